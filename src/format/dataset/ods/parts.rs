//! The parts of a document beside its content.

use crate::format::Job;
use crate::format::sheets::Sheet;
use crate::osm::ATTRIBUTION;
use crate::provenance::VERSION;
use crate::wire::xml::Xml;

const NAMESPACES: &[(&str, &str)] = &[
    ("xmlns:office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
    ("xmlns:style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
    ("xmlns:text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
    ("xmlns:table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
    ("xmlns:number", "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0"),
    ("xmlns:fo", "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"),
    ("xmlns:meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
    ("xmlns:config", "urn:oasis:names:tc:opendocument:xmlns:config:1.0"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:xlink", "http://www.w3.org/1999/xlink"),
];

/// Attributes of the element just started.
pub fn namespaces(xml: &mut Xml) {
    NAMESPACES.iter().for_each(|(name, uri)| _ = xml.attr(name, uri));
}

/// `META-INF/manifest.xml`.
pub fn manifest() -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("manifest:manifest").attr("xmlns:manifest", "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0");
    xml.attr("manifest:version", "1.3");
    let parts = [
        ("/", "application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", "text/xml"),
        ("meta.xml", "text/xml"),
        ("settings.xml", "text/xml"),
        ("styles.xml", "text/xml"),
    ];
    for (path, kind) in parts {
        xml.start("manifest:file-entry").attr("manifest:full-path", path);
        if path == "/" {
            xml.attr("manifest:version", "1.3");
        }
        xml.attr("manifest:media-type", kind).end();
    }
    xml.finish()
}

/// `meta.xml`: credit, the date of the data, how it was made.
pub fn meta(job: &Job, date: &str) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("office:document-meta");
    namespaces(&mut xml);
    xml.attr("office:version", "1.3").start("office:meta");
    xml.leaf("meta:generator", &format!("mapwright/{VERSION}"));
    xml.leaf("dc:title", job.request.page.furniture.title.as_deref().unwrap_or("map"));
    xml.leaf("dc:description", &format!("{ATTRIBUTION} (https://opendatacommons.org/licenses/odbl/1-0/)"));
    xml.leaf("meta:initial-creator", "OpenStreetMap contributors");
    if crate::wire::date::seconds(date).is_some() {
        xml.leaf("meta:creation-date", date);
    }
    xml.start("meta:user-defined").attr("meta:name", "mapwright").attr("meta:value-type", "string");
    // It has no sign that XML would take for its own.
    xml.ready(&job.provenance.text()).end();
    xml.finish()
}

/// `styles.xml`: the usual cell.
pub fn styles() -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("office:document-styles");
    namespaces(&mut xml);
    xml.attr("office:version", "1.3").start("office:styles");
    xml.start("style:style").attr("style:name", "Default").attr("style:family", "table-cell");
    xml.finish()
}

/// `settings.xml`: the heading of every sheet stays.
pub fn settings(sheets: &[Sheet]) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("office:document-settings");
    namespaces(&mut xml);
    xml.attr("office:version", "1.3").start("office:settings");
    xml.start("config:config-item-set").attr("config:name", "ooo:view-settings");
    xml.start("config:config-item-map-indexed").attr("config:name", "Views");
    xml.start("config:config-item-map-entry");
    let item = |xml: &mut Xml, name: &str, kind: &str, value: &str| {
        xml.start("config:config-item").attr("config:name", name).attr("config:type", kind).text(value).end();
    };
    item(&mut xml, "ViewId", "string", "view1");
    xml.start("config:config-item-map-named").attr("config:name", "Tables");
    for sheet in sheets {
        xml.start("config:config-item-map-entry").attr("config:name", &sheet.name);
        // A split that is fixed, behind the first row; the view goes on below it.
        for (name, kind, value) in [
            ("HorizontalSplitMode", "short", "0"),
            ("VerticalSplitMode", "short", "2"),
            ("HorizontalSplitPosition", "int", "0"),
            ("VerticalSplitPosition", "int", "1"),
            ("ActiveSplitRange", "short", "2"),
            ("PositionTop", "int", "0"),
            ("PositionBottom", "int", "1"),
        ] {
            item(&mut xml, name, kind, value);
        }
        xml.end_block();
    }
    xml.end_block();
    item(&mut xml, "ActiveTable", "string", crate::format::sheets::ABOUT);
    xml.finish()
}

/// Whole numbers without separators, degrees with all decimals, true and false, headings.
pub fn number_styles(xml: &mut Xml) {
    for (name, places) in [("n-whole", "0"), ("n-place", "7")] {
        xml.start("number:number-style").attr("style:name", name);
        xml.start("number:number").attr("number:decimal-places", places).attr("number:min-decimal-places", places);
        xml.attr("number:min-integer-digits", "1").end().end_block();
    }
    xml.start("number:boolean-style").attr("style:name", "n-flag").start("number:boolean").end().end_block();
    for (name, data) in [("whole", "n-whole"), ("place", "n-place"), ("flag", "n-flag")] {
        xml.start("style:style").attr("style:name", name).attr("style:family", "table-cell");
        xml.attr("style:parent-style-name", "Default").attr("style:data-style-name", data).end();
    }
    xml.start("style:style").attr("style:name", "heading").attr("style:family", "table-cell");
    xml.attr("style:parent-style-name", "Default");
    xml.start("style:table-cell-properties").attr("fo:background-color", "#e7e6e6").end();
    xml.start("style:text-properties").attr("fo:font-weight", "bold").end().end_block();
}
