//! The parts of a document.

use crate::format::openxml::{MADE, OFFICE, relationships};
use crate::format::painting::Page;
use crate::format::print::drawingml::{MAIN, emu};
use crate::scene::Scene;
use crate::wire::xml::Xml;

const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const GROUP: &str = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup";
/// Twentieths of a point in a millimetre.
const TWIPS: f64 = 1440.0 / 25.4;

/// Parts and their kinds.
pub const TYPES: &[(&str, &str)] = &[
    ("word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    ("word/styles.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"),
    ("word/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
    (MADE.0, MADE.1),
];

/// What the document refers to.
pub fn relations() -> Vec<u8> {
    let kind = |name: &str| format!("{OFFICE}/relationships/{name}");
    relationships([(kind("styles"), "styles.xml", false), (kind("theme"), "theme/theme1.xml", false)])
}

/// The usual paragraph, and that of captions.
pub fn styles() -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("w:styles").attr("xmlns:w", WORD);
    xml.start("w:style").attr("w:type", "paragraph").attr("w:default", "1").attr("w:styleId", "Normal");
    xml.start("w:name").attr("w:val", "Normal").end().end();
    xml.start("w:style").attr("w:type", "paragraph").attr("w:styleId", "Caption");
    xml.start("w:name").attr("w:val", "caption").end().start("w:basedOn").attr("w:val", "Normal").end();
    xml.start("w:pPr").start("w:spacing").attr("w:before", "60").attr("w:after", "0").end();
    xml.start("w:ind").attr("w:left", "284").attr("w:right", "284").end().end();
    xml.start("w:rPr").start("w:i").end().start("w:sz").attr("w:val", "18").end();
    xml.finish()
}

/// The document: a paragraph with the map, one with its caption, the page they stand on.
pub fn document(scene: &Scene, page: Page, height: f64, caption: bool, drawing: &[u8]) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("w:document").attr("xmlns:w", WORD).attr("xmlns:a", MAIN);
    xml.attr("xmlns:wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing");
    xml.attr("xmlns:wp14", "http://schemas.microsoft.com/office/word/2010/wordprocessingDrawing");
    xml.attr("xmlns:wpg", GROUP).attr("xmlns:wps", "http://schemas.microsoft.com/office/word/2010/wordprocessingShape");
    xml.attr("xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006").attr("mc:Ignorable", "wp14");
    xml.start("w:body").start("w:p").start("w:pPr");
    if caption {
        xml.start("w:keepNext").end();
    }
    xml.start("w:spacing").attr("w:before", "0").attr("w:after", "0").end().end();
    // Word before 2010 has no groups of shapes, and is told so.
    xml.start("w:r").start("mc:AlternateContent").start("mc:Choice").attr("Requires", "wpg").start("w:drawing");
    anchored(&mut xml, scene, page, drawing);
    xml.end().end().end().end().end();
    if caption {
        xml.start("w:p").start("w:pPr").start("w:pStyle").attr("w:val", "Caption").end().end();
        let text = if scene.title.is_empty() {
            scene.attribution.clone()
        } else {
            format!("{}. {}", scene.title, scene.attribution)
        };
        xml.start("w:r").start_inline("w:t").attr("xml:space", "preserve").text(&text).end().end().end();
    }
    let twips = |mm: f64| (libm::round(mm * TWIPS) as i64).to_string();
    xml.start("w:sectPr").start("w:pgSz").attr("w:w", &twips(page.width)).attr("w:h", &twips(height));
    if page.width > height {
        xml.attr("w:orient", "landscape");
    }
    // The caption, or an empty line, stands below the map, which lies on the page itself.
    let top = if caption { page.height } else { 0.0 };
    xml.end().start("w:pgMar").attr("w:top", &twips(top));
    for side in ["right", "bottom", "left", "header", "footer", "gutter"] {
        xml.attr(&format!("w:{side}"), "0");
    }
    xml.finish()
}

/// The map, at the page's corner, in front of nothing.
fn anchored(xml: &mut Xml, scene: &Scene, page: Page, drawing: &[u8]) {
    let [width, height] = [page.width, page.height].map(|side| emu(side).to_string());
    xml.start("wp:anchor");
    for (name, value) in [
        ("distT", "0"),
        ("distB", "0"),
        ("distL", "0"),
        ("distR", "0"),
        ("simplePos", "0"),
        ("relativeHeight", "1"),
        ("behindDoc", "1"),
        ("locked", "0"),
        ("layoutInCell", "1"),
        ("allowOverlap", "1"),
    ] {
        xml.attr(name, value);
    }
    xml.start("wp:simplePos").attr("x", "0").attr("y", "0").end();
    for way in [["wp:positionH", "wp:posOffset"], ["wp:positionV", "wp:posOffset"]] {
        xml.start(way[0]).attr("relativeFrom", "page").start_inline(way[1]).text("0").end().end();
    }
    xml.start("wp:extent").attr("cx", &width).attr("cy", &height).end();
    xml.start("wp:effectExtent").attr("l", "0").attr("t", "0").attr("r", "0").attr("b", "0").end();
    xml.start("wp:wrapNone").end();
    xml.start("wp:docPr")
        .attr("id", "1")
        .attr("name", "Map")
        .attr("descr", &format!("{}. {}", scene.title, scene.attribution))
        .end();
    xml.start("wp:cNvGraphicFramePr").end();
    xml.start("a:graphic").start("a:graphicData").attr("uri", GROUP);
    xml.text_with(|out| out.extend_from_slice(drawing));
    xml.end().end().end();
}
