//! The parts of a presentation beside its slide.

use crate::format::openxml::{MADE, OFFICE, relationships};
use crate::format::print::drawingml::MAIN;
use crate::wire::xml::Xml;

const PRESENTATION: &str = "http://schemas.openxmlformats.org/presentationml/2006/main";
const MASTER: &str = "ppt/slideMasters/slideMaster1.xml";
const LAYOUT: &str = "ppt/slideLayouts/slideLayout1.xml";

/// Parts and their kinds.
pub const TYPES: &[(&str, &str)] = &[
    ("ppt/presentation.xml", "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"),
    ("ppt/slides/slide1.xml", "application/vnd.openxmlformats-officedocument.presentationml.slide+xml"),
    (MASTER, "application/vnd.openxmlformats-officedocument.presentationml.slideMaster+xml"),
    (LAYOUT, "application/vnd.openxmlformats-officedocument.presentationml.slideLayout+xml"),
    ("ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme+xml"),
    (MADE.0, MADE.1),
];

/// All parts but the slide, for slides of this width and height in English metric units.
pub fn fixed(size: [i64; 2]) -> Vec<(&'static str, Vec<u8>)> {
    let kind = |name: &str| format!("{OFFICE}/relationships/{name}");
    vec![
        ("ppt/presentation.xml", presentation(size)),
        (
            "ppt/_rels/presentation.xml.rels",
            relationships([
                (kind("slideMaster"), "slideMasters/slideMaster1.xml", false),
                (kind("slide"), "slides/slide1.xml", false),
                (kind("theme"), "theme/theme1.xml", false),
            ]),
        ),
        (MASTER, master()),
        (
            "ppt/slideMasters/_rels/slideMaster1.xml.rels",
            relationships([
                (kind("slideLayout"), "../slideLayouts/slideLayout1.xml", false),
                (kind("theme"), "../theme/theme1.xml", false),
            ]),
        ),
        (LAYOUT, layout()),
        (
            "ppt/slideLayouts/_rels/slideLayout1.xml.rels",
            relationships([(kind("slideMaster"), "../slideMasters/slideMaster1.xml", false)]),
        ),
        ("ppt/theme/theme1.xml", theme()),
        (
            "ppt/slides/_rels/slide1.xml.rels",
            relationships([(kind("slideLayout"), "../slideLayouts/slideLayout1.xml", false)]),
        ),
    ]
}

fn root(xml: &mut Xml, name: &'static str) {
    xml.start(name)
        .attr("xmlns:a", MAIN)
        .attr("xmlns:r", &format!("{OFFICE}/relationships"))
        .attr("xmlns:p", PRESENTATION);
}

fn presentation([width, height]: [i64; 2]) -> Vec<u8> {
    let mut xml = Xml::new(true);
    root(&mut xml, "p:presentation");
    xml.start("p:sldMasterIdLst").start("p:sldMasterId").attr("id", "2147483648").attr("r:id", "rId1").end().end();
    xml.start("p:sldIdLst").start("p:sldId").attr("id", "256").attr("r:id", "rId2").end().end();
    xml.start("p:sldSz").attr("cx", &width.to_string()).attr("cy", &height.to_string()).end();
    xml.start("p:notesSz").attr("cx", "6858000").attr("cy", "9144000").end();
    xml.finish()
}

/// A tree of shapes with `content` in it.
fn tree(xml: &mut Xml, content: &[u8]) {
    xml.start("p:cSld").start("p:spTree").start("p:nvGrpSpPr");
    xml.start("p:cNvPr").attr("id", "1").attr("name", "").end().start("p:cNvGrpSpPr").end().start("p:nvPr").end().end();
    xml.start("p:grpSpPr").end();
    xml.text_with(|out| out.extend_from_slice(content));
    xml.end().end();
}

/// The slide.
pub fn slide(content: &[u8]) -> Vec<u8> {
    let mut xml = Xml::new(true);
    root(&mut xml, "p:sld");
    tree(&mut xml, content);
    xml.start("p:clrMapOvr").start("a:masterClrMapping").end().end();
    xml.finish()
}

fn layout() -> Vec<u8> {
    let mut xml = Xml::new(true);
    root(&mut xml, "p:sldLayout");
    xml.attr("type", "blank").attr("preserve", "1");
    tree(&mut xml, b"");
    xml.start("p:clrMapOvr").start("a:masterClrMapping").end().end();
    xml.finish()
}

fn master() -> Vec<u8> {
    let mut xml = Xml::new(true);
    root(&mut xml, "p:sldMaster");
    tree(&mut xml, b"");
    xml.start("p:clrMap");
    for (role, color) in [("bg1", "lt1"), ("tx1", "dk1"), ("bg2", "lt2"), ("tx2", "dk2")] {
        xml.attr(role, color);
    }
    (1..=6).for_each(|row| _ = xml.attr(&format!("accent{row}"), &format!("accent{row}")));
    xml.attr("hlink", "hlink").attr("folHlink", "folHlink").end();
    xml.start("p:sldLayoutIdLst").start("p:sldLayoutId").attr("id", "2147483649").attr("r:id", "rId1").end().end();
    xml.start("p:txStyles");
    for style in ["p:titleStyle", "p:bodyStyle", "p:otherStyle"] {
        xml.start(style).end();
    }
    xml.finish()
}

/// Colours, fonts and effects (§20.1.6.9), the least that programs ask for.
pub fn theme() -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("a:theme").attr("xmlns:a", MAIN).attr("name", "Map").start("a:themeElements");
    xml.start("a:clrScheme").attr("name", "Map");
    for (role, color) in [
        ("a:dk1", "000000"),
        ("a:lt1", "FFFFFF"),
        ("a:dk2", "1F2A44"),
        ("a:lt2", "EEECE1"),
        ("a:accent1", "2F6DA8"),
        ("a:accent2", "C0504D"),
        ("a:accent3", "6A9A3A"),
        ("a:accent4", "7D5BA6"),
        ("a:accent5", "2E9CA6"),
        ("a:accent6", "E08A2C"),
        ("a:hlink", "0563C1"),
        ("a:folHlink", "954F72"),
    ] {
        xml.start(role).start_inline("a:srgbClr").attr("val", color).end().end();
    }
    xml.end().start("a:fontScheme").attr("name", "Map");
    for font in ["a:majorFont", "a:minorFont"] {
        xml.start(font).start("a:latin").attr("typeface", "Calibri").end();
        xml.start("a:ea").attr("typeface", "").end().start("a:cs").attr("typeface", "").end().end();
    }
    xml.end().start("a:fmtScheme").attr("name", "Map");
    let plain = |xml: &mut Xml| {
        xml.start("a:solidFill").start_inline("a:schemeClr").attr("val", "phClr").end().end();
    };
    xml.start("a:fillStyleLst");
    (0..3).for_each(|_| plain(&mut xml));
    xml.end().start("a:lnStyleLst");
    for width in ["6350", "12700", "19050"] {
        xml.start("a:ln").attr("w", width);
        plain(&mut xml);
        xml.end();
    }
    xml.end().start("a:effectStyleLst");
    (0..3).for_each(|_| _ = xml.start("a:effectStyle").start("a:effectLst").end().end());
    xml.end().start("a:bgFillStyleLst");
    (0..3).for_each(|_| plain(&mut xml));
    xml.finish()
}
