//! What documents of OpenDocument 1.3 (ISO/IEC 26300) share: namespaces, the manifest, what a document says of itself.

use super::Job;
use crate::osm::ATTRIBUTION;
use crate::provenance::VERSION;
use crate::wire::xml::Xml;

/// The version that is written.
pub const EDITION: &str = "1.3";

const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("xmlns:number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    ("xmlns:draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
    ("xmlns:presentation", "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0"),
    ("xmlns:svg", "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"),
    ("xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    ("xmlns:config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
];

/// Starts the root element of a part: `office:document-content` and its like.
pub fn root<'x>(xml: &'x mut Xml, name: &'static str) -> &'x mut Xml {
    xml.start(name);
    NAMESPACES.iter().for_each(|(name, uri)| _ = xml.attr(name, uri));
    xml.attr("office:version", EDITION)
}

/// `META-INF/manifest.xml` of a document of the media type `kind` with these parts.
pub fn manifest(kind: &str, parts: &[&str]) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("manifest:manifest").attr("xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0");
    xml.attr("manifest:version", EDITION);
    xml.start("manifest:file-entry").attr("manifest:full-path", "/").attr("manifest:version", EDITION);
    xml.attr("manifest:media-type", kind).end();
    for part in parts {
        xml.start("manifest:file-entry").attr("manifest:full-path", part).attr("manifest:media-type", "text/xml").end();
    }
    xml.finish()
}

/// `office:meta`: title, credit, the date of the data, how it was made.
pub fn about(xml: &mut Xml, job: &Job, title: &str, date: &str) {
    xml.start("office:meta");
    xml.leaf("meta:generator", &format!("mapwright/{VERSION}"));
    xml.leaf("dc:title", title);
    xml.leaf("dc:description", &format!("{ATTRIBUTION} (https://opendatacommons.org/licenses/odbl/1-0/)"));
    xml.leaf("meta:initial-creator", "OpenStreetMap contributors");
    if crate::wire::date::seconds(date).is_some() {
        xml.leaf("meta:creation-date", date);
    }
    xml.start("meta:user-defined").attr("meta:name", "mapwright").attr("meta:value-type", "string");
    // It has no sign that XML would take for its own.
    xml.ready(&job.provenance.text()).end();
    xml.end_block();
}

/// `meta.xml`.
pub fn meta(job: &Job, title: &str, date: &str) -> Vec<u8> {
    let mut xml = Xml::new(true);
    root(&mut xml, "office:document-meta");
    about(&mut xml, job, title, date);
    xml.finish()
}
