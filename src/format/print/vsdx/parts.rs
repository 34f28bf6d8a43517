//! The parts of a drawing beside the shapes: styles, layers, the page.

use super::writer::{Style, Writer, cell, inches};
use crate::color::hex;
use crate::format::openxml::{MADE, OFFICE, relationships};
use crate::scene::Cap;
use crate::wire::number;
use crate::wire::xml::Xml;

const MAIN: &str = "http://schemas.microsoft.com/office/visio/2012/main";

/// Parts and their kinds.
pub const TYPES: &[(&str, &str)] = &[
    ("visio/document.xml", "application/vnd.ms-visio.drawing.main+xml"),
    ("visio/pages/pages.xml", "application/vnd.ms-visio.pages+xml"),
    ("visio/pages/page1.xml", "application/vnd.ms-visio.page+xml"),
    (MADE.0, MADE.1),
];

/// A kind of relationship of Visio.
pub fn kind(name: &str) -> String {
    format!("http://schemas.microsoft.com/visio/2010/relationships/{name}")
}

/// What the document refers to, and what the list of pages does.
pub fn relations() -> [Vec<u8>; 2] {
    [relationships([(kind("pages"), "pages/pages.xml", false)]), relationships([(kind("page"), "page1.xml", false)])]
}

fn root(xml: &mut Xml, name: &'static str) {
    xml.start(name)
        .attr("xmlns", MAIN)
        .attr("xmlns:r", &format!("{OFFICE}/relationships"))
        .attr("xml:space", "preserve");
}

/// Fonts and styles: what has no look of its own, and a style for every look.
pub fn document(writer: &Writer) -> Vec<u8> {
    let mut xml = Xml::new(true);
    root(&mut xml, "VisioDocument");
    xml.start("DocumentSettings").attr("TopPage", "0").attr("DefaultTextStyle", "0").attr("DefaultLineStyle", "0");
    xml.attr("DefaultFillStyle", "0").end();
    xml.start("FaceNames");
    for family in &writer.families {
        xml.start("FaceName").attr("NameU", family).attr("UnicodeRanges", "-1 -1 -1 -1").end();
    }
    xml.end().start("StyleSheets");
    xml.start("StyleSheet").attr("ID", "0").attr("NameU", "No Style").attr("Name", "No Style");
    for (name, value) in [
        ("EnableLineProps", "1"),
        ("EnableFillProps", "1"),
        ("EnableTextProps", "1"),
        ("LinePattern", "0"),
        ("LineWeight", "0.01"),
        ("LineColor", "#000000"),
        ("LineCap", "0"),
        ("FillPattern", "0"),
        ("FillForegnd", "#ffffff"),
        ("LeftMargin", "0"),
        ("RightMargin", "0"),
        ("TopMargin", "0"),
        ("BottomMargin", "0"),
        ("VerticalAlign", "1"),
    ] {
        cell(&mut xml, name, value);
    }
    xml.end();
    for (row, style) in writer.styles.things().enumerate() {
        let id = (row + 1).to_string();
        let name = format!("Map {id}");
        xml.start("StyleSheet").attr("ID", &id).attr("NameU", &name).attr("Name", &name);
        xml.attr("LineStyle", "0").attr("FillStyle", "0").attr("TextStyle", "0");
        look(&mut xml, style);
        xml.end();
    }
    xml.finish()
}

fn look(xml: &mut Xml, style: &Style) {
    let through = |opacity: u8| number::text(1.0 - f64::from(opacity) / 255.0, 4);
    match style {
        Style::Shape { look, pattern } => {
            if let Some((fill, opacity)) = look.fill {
                cell(xml, "FillForegnd", &hex(fill));
                cell(xml, "FillPattern", "1");
                if opacity < 255 {
                    cell(xml, "FillForegndTrans", &through(opacity));
                }
            }
            if let Some(pen) = &look.pen {
                cell(xml, "LineWeight", &inches(pen.width));
                cell(xml, "LineColor", &hex(pen.color));
                cell(xml, "LinePattern", &pattern.to_string());
                let cap = match pen.cap {
                    Cap::Round => "0",
                    Cap::Butt => "1",
                    Cap::Square => "2",
                };
                cell(xml, "LineCap", cap);
                if pen.opacity < 255 {
                    cell(xml, "LineColorTrans", &through(pen.opacity));
                }
            }
        }
        Style::Text(lettering) => {
            xml.start("Section").attr("N", "Character").start("Row").attr("IX", "0");
            cell(xml, "Font", lettering.face.family);
            cell(xml, "AsianFont", lettering.face.family);
            cell(xml, "ComplexScriptFont", lettering.face.family);
            cell(xml, "Color", &hex(lettering.color));
            let bold = u8::from(lettering.face.weight >= 600);
            cell(xml, "Style", &(bold + 2 * u8::from(lettering.face.italic)).to_string());
            cell(xml, "Size", &inches(lettering.size));
            if lettering.spacing != 0.0 {
                cell(xml, "Letterspace", &inches(lettering.spacing));
            }
            if lettering.opacity < 255 {
                cell(xml, "ColorTrans", &through(lettering.opacity));
            }
            xml.end().end().start("Section").attr("N", "Paragraph").start("Row").attr("IX", "0");
            cell(xml, "HorzAlign", "0");
            xml.end().end();
        }
    }
}

/// The list of pages: the one there is, its size, its layers.
pub fn pages(writer: &Writer) -> Vec<u8> {
    let mut xml = Xml::new(true);
    root(&mut xml, "Pages");
    xml.start("Page").attr("ID", "0").attr("NameU", "Map").attr("Name", "Map");
    xml.start("PageSheet").attr("LineStyle", "0").attr("FillStyle", "0").attr("TextStyle", "0");
    cell(&mut xml, "PageWidth", &inches(writer.page.width));
    cell(&mut xml, "PageHeight", &inches(writer.page.height));
    for (name, value) in
        [("PageScale", "1"), ("DrawingScale", "1"), ("DrawingSizeType", "3"), ("DrawingScaleType", "0")]
    {
        cell(&mut xml, name, value);
    }
    xml.start("Section").attr("N", "Layer");
    for (row, name) in writer.layers.iter().enumerate() {
        xml.start("Row").attr("IX", &row.to_string());
        for (key, value) in [
            ("Name", name.as_str()),
            ("Color", "255"),
            ("Status", "0"),
            ("Visible", "1"),
            ("Print", "1"),
            ("Active", "0"),
            ("Lock", "0"),
            ("Snap", "1"),
            ("Glue", "1"),
            ("NameUniv", name.as_str()),
            ("ColorTrans", "0"),
        ] {
            cell(&mut xml, key, value);
        }
        xml.end();
    }
    xml.end().end();
    xml.start("Rel").attr("r:id", "rId1").end();
    xml.finish()
}

/// The page with its shapes.
pub fn page(shapes: Vec<u8>) -> Vec<u8> {
    let mut xml = Xml::new(true);
    root(&mut xml, "PageContents");
    xml.start("Shapes").text_with(|out| out.extend_from_slice(&shapes)).end();
    xml.finish()
}
