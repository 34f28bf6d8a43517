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
    /// Names the producer as PDF does, too.
    pub pdf: bool,
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
    if about.pdf {
        xml.attr("xmlns:pdf", "http://ns.adobe.com/pdf/1.3/");
    }
    xml.leaf("dc:format", about.format);
    for (element, text) in [("dc:title", about.title), ("dc:rights", about.rights)] {
        xml.start(element).start("rdf:Alt");
        xml.start("rdf:li").attr("xml:lang", "x-default").text(text).end().end_block().end_block();
    }
    xml.leaf("dc:source", SOURCE).leaf("xmpRights:Marked", "True").leaf("xmpRights:WebStatement", SOURCE);
    xml.leaf("xmp:CreatorTool", "mapwright");
    if about.pdf {
        xml.leaf("pdf:Producer", "mapwright");
    }
    if date::seconds(about.timestamp).is_some() {
        xml.leaf("xmp:CreateDate", about.timestamp).leaf("xmp:ModifyDate", about.timestamp);
    }
    xml.start("mapwright:provenance").ready(about.provenance).end();
    let mut packet = "<?xpacket begin=\"\u{feff}\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n".as_bytes().to_vec();
    packet.extend(xml.finish());
    packet.extend_from_slice(b"<?xpacket end=\"r\"?>");
    packet
}
