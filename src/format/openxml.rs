//! What packages of Office Open XML (ECMA-376, part 2) share: the list of kinds, relationships, what a document says of itself.

use crate::osm::ATTRIBUTION;
use crate::wire::xml::Xml;

/// Where names of Office Open XML begin.
pub const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
/// Where names of its packages begin.
pub const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// A relationship: its kind, its target, and whether that lies outside the package.
pub type Relationship<'a> = (String, &'a str, bool);

/// `[Content_Types].xml`: names of parts, without the slash they begin with, and their kinds; those of documents' properties
/// are added.
pub fn types<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("Types").attr("xmlns", &format!("{PACKAGE}/content-types"));
    let defaults = [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")];
    for (extension, kind) in defaults {
        xml.start("Default").attr("Extension", extension).attr("ContentType", kind).end();
    }
    let properties = [
        ("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        ("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml"),
    ];
    for (name, kind) in parts.chain(properties) {
        xml.start("Override").attr("PartName", &format!("/{name}")).attr("ContentType", kind).end();
    }
    xml.finish()
}

/// Relationships, numbered from 1.
pub fn relationships<'a>(list: impl IntoIterator<Item = Relationship<'a>>) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("Relationships").attr("xmlns", &format!("{PACKAGE}/relationships"));
    for (row, (kind, target, outside)) in list.into_iter().enumerate() {
        xml.start("Relationship").attr("Id", &format!("rId{}", row + 1)).attr("Type", &kind).attr("Target", target);
        if outside {
            xml.attr("TargetMode", "External");
        }
        xml.end();
    }
    xml.finish()
}

/// `_rels/.rels`: the main part, by the kind of its relationship, the properties, and others by kind and target.
pub fn roots(kind: &str, main: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let list = [
        (kind.to_owned(), main, false),
        (format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml", false),
        (format!("{OFFICE}/relationships/extended-properties"), "docProps/app.xml", false),
    ];
    relationships(list.into_iter().chain(others.iter().map(|(kind, target)| ((*kind).to_owned(), *target, false))))
}

/// `docProps/core.xml`: title, credit, and the date of the data.
pub fn core(title: &str, date: &str) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("cp:coreProperties")
        .attr("xmlns:cp", &format!("{PACKAGE}/metadata/core-properties"))
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .attr("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    xml.leaf("dc:title", title);
    xml.leaf("dc:creator", "OpenStreetMap contributors");
    xml.leaf("dc:description", &format!("{ATTRIBUTION} (https://opendatacommons.org/licenses/odbl/1-0/)"));
    if crate::wire::date::seconds(date).is_some() {
        xml.start("dcterms:created").attr("xsi:type", "dcterms:W3CDTF").text(date).end();
    }
    xml.finish()
}

/// `docProps/app.xml`.
pub fn app() -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("Properties").attr("xmlns", &format!("{OFFICE}/extended-properties"));
    xml.leaf("Application", "mapwright");
    xml.finish()
}

/// The part that says how a package was made, its kind, and the kind of the relationship of the package that names it. Programs
/// pass over relationships they do not know (ECMA-376, part 2, §6.5).
pub const MADE: (&str, &str, &str) = ("docProps/mapwright.json", "application/json", "urn:mapwright:provenance");
