//! The parts of a document beside its content.

use crate::format::opendocument;
use crate::format::sheets::Sheet;
use crate::wire::xml::Xml;

/// Parts of a workbook beside the manifest.
pub const PARTS: &[&str] = &["content.xml", "meta.xml", "settings.xml", "styles.xml"];

/// `styles.xml`: the usual cell.
pub fn styles() -> Vec<u8> {
    let mut xml = Xml::new(true);
    opendocument::root(&mut xml, "office:document-styles").start("office:styles");
    xml.start("style:style").attr("style:name", "Default").attr("style:family", "table-cell");
    xml.finish()
}

/// `settings.xml`: the heading of every sheet stays.
pub fn settings(sheets: &[Sheet]) -> Vec<u8> {
    let mut xml = Xml::new(true);
    opendocument::root(&mut xml, "office:document-settings").start("office:settings");
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
