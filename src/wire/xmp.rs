//! XMP packets (ISO 16684-1): what a document says about itself and what may be done with it.

use super::date;
use super::xml::Xml;

const SOURCE: &str = "https://www.openstreetmap.org/copyright";

/// What a packet says.
pub struct About<'a> {
    /// Media type.
    pub format: &'a str,
    /// Title.
    pub title: &'a str,
    /// Whose the content is.
    pub rights: &'a str,
    /// Date of the data (RFC 3339); left out where it is none.
    pub timestamp: &'a str,
    /// How it was made, fit for XML.
    pub provenance: &'a str,
    /// Of what it is a part.
    pub kind: Kind,
    /// A name that no other document has, where its kind wants one.
    pub id: &'a str,
}

/// Documents that have packets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A picture.
    Picture,
    /// PDF, which names its producer, too.
    Pdf,
    /// PDF/A-2u, which says so and describes properties of its own (ISO 19005-2, 6.6).
    Archive,
    /// PDF/X-4, which says so and whether it is trapped (ISO 15930-7, 6.17).
    Press,
}

/// Date of a print whose data have none.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// Namespaces, and elements with texts, that only some kinds have.
type Pairs = &'static [(&'static str, &'static str)];

impl Kind {
    fn namespaces(self) -> Pairs {
        match self {
            Self::Picture => &[],
            Self::Pdf => &[("xmlns:pdf", "http://ns.adobe.com/pdf/1.3/")],
            Self::Archive => &[
                ("xmlns:pdf", "http://ns.adobe.com/pdf/1.3/"),
                ("xmlns:pdfaid", "http://www.aiim.org/pdfa/ns/id/"),
                ("xmlns:pdfaExtension", "http://www.aiim.org/pdfa/ns/extension/"),
                ("xmlns:pdfaSchema", "http://www.aiim.org/pdfa/ns/schema#"),
                ("xmlns:pdfaProperty", "http://www.aiim.org/pdfa/ns/property#"),
            ],
            Self::Press => &[
                ("xmlns:pdf", "http://ns.adobe.com/pdf/1.3/"),
                ("xmlns:pdfxid", "http://www.npes.org/pdfx/ns/id/"),
                ("xmlns:xmpMM", "http://ns.adobe.com/xap/1.0/mm/"),
            ],
        }
    }

    fn texts(self) -> Pairs {
        match self {
            Self::Picture => &[],
            Self::Pdf => &[("pdf:Producer", "mapwright")],
            Self::Archive => &[("pdf:Producer", "mapwright"), ("pdfaid:part", "2"), ("pdfaid:conformance", "U")],
            Self::Press => &[
                ("pdf:Producer", "mapwright"),
                ("pdf:Trapped", "False"),
                ("pdfxid:GTS_PDFXVersion", "PDF/X-4"),
                ("xmpMM:VersionID", "1"),
                ("xmpMM:RenditionClass", "default"),
            ],
        }
    }
}

/// The packet, with its header and trailer.
pub fn packet(about: &About) -> Vec<u8> {
    let mut xml = Xml::new(false);
    xml.start("x:xmpmeta").attr("xmlns:x", "adobe:ns:meta/");
    xml.start("rdf:RDF").attr("xmlns:rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    xml.start("rdf:Description").attr("rdf:about", "");
    for (prefix, uri) in [
        ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
        ("xmlns:xmp", "http://ns.adobe.com/xap/1.0/"),
        ("xmlns:xmpRights", "http://ns.adobe.com/xap/1.0/rights/"),
        ("xmlns:mapwright", "urn:mapwright:"),
    ] {
        xml.attr(prefix, uri);
    }
    for (prefix, uri) in about.kind.namespaces() {
        xml.attr(prefix, uri);
    }
    xml.leaf("dc:format", about.format);
    // The subject of a PDF is its description.
    let subject = (about.kind == Kind::Archive).then_some(("dc:description", about.rights));
    for (element, text) in [("dc:title", about.title), ("dc:rights", about.rights)].into_iter().chain(subject) {
        xml.start(element).start("rdf:Alt");
        xml.start("rdf:li").attr("xml:lang", "x-default").text(text).end().end_block().end_block();
    }
    xml.leaf("dc:source", SOURCE).leaf("xmpRights:Marked", "True").leaf("xmpRights:WebStatement", SOURCE);
    xml.leaf("xmp:CreatorTool", "mapwright");
    for (element, text) in about.kind.texts() {
        xml.leaf(element, text);
    }
    let press = about.kind == Kind::Press;
    let timestamp = if date::seconds(about.timestamp).is_none() && press { NEVER } else { about.timestamp };
    if date::seconds(timestamp).is_some() {
        xml.leaf("xmp:CreateDate", timestamp).leaf("xmp:ModifyDate", timestamp);
    }
    if press {
        xml.leaf("xmp:MetadataDate", timestamp).leaf("xmpMM:DocumentID", about.id);
    }
    if about.kind == Kind::Archive {
        extension(&mut xml);
    }
    xml.start("mapwright:provenance").ready(about.provenance).end();
    let mut packet = "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n".as_bytes().to_vec();
    packet.extend(xml.finish());
    packet.extend_from_slice(b"<?xpacket end=\"r\"?>");
    packet
}

/// Describes the one property that no published schema has.
fn extension(xml: &mut Xml) {
    xml.start("pdfaExtension:schemas").start("rdf:Bag").start("rdf:li").attr("rdf:parseType", "Resource");
    xml.leaf("pdfaSchema:schema", "mapwright").leaf("pdfaSchema:namespaceURI", "urn:mapwright:");
    xml.leaf("pdfaSchema:prefix", "mapwright");
    xml.start("pdfaSchema:property").start("rdf:Seq").start("rdf:li").attr("rdf:parseType", "Resource");
    xml.leaf("pdfaProperty:name", "provenance").leaf("pdfaProperty:valueType", "Text");
    xml.leaf("pdfaProperty:category", "internal").leaf("pdfaProperty:description", "How the file was made, as JSON");
    for _ in 0..6 {
        xml.end_block();
    }
}
