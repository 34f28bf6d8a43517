//! The document around the objects: colours, layers, the page.

use super::writer::{Writer, points};
use crate::error::Result;
use crate::sink::Sink;
use crate::wire::number;
use crate::wire::xml::Xml;

/// Writes it; `about` is title, credit, how it was made.
pub fn put(
    writer: Writer,
    [title, credit, made]: [&str; 3],
    bleed: f64,
    cmyk: bool,
    sink: &mut dyn Sink,
) -> Result<()> {
    let (width, height) = (points(writer.page.width), points(writer.page.height));
    let mut xml = Xml::new(true);
    xml.start("SCRIBUSUTF8NEW").attr("Version", "1.5.8").start("DOCUMENT");
    let upright = if writer.page.height >= writer.page.width { "0" } else { "1" };
    let bleed = points(bleed);
    for (name, value) in [
        ("ANZPAGES", "1"),
        ("PAGEWIDTH", &width),
        ("PAGEHEIGHT", &height),
        ("BORDERLEFT", "0"),
        ("BORDERRIGHT", "0"),
        ("BORDERTOP", "0"),
        ("BORDERBOTTOM", "0"),
        ("PRESET", "0"),
        ("BleedTop", &bleed),
        ("BleedLeft", &bleed),
        ("BleedRight", &bleed),
        ("BleedBottom", &bleed),
        ("ORIENTATION", upright),
        ("PAGESIZE", "Custom"),
        ("FIRSTNUM", "1"),
        ("BOOK", "0"),
        ("DFONT", "Noto Sans Regular"),
        ("DSIZE", "8"),
        ("TITLE", title),
        ("AUTHOR", "OpenStreetMap contributors"),
        ("COMMENTS", credit),
        ("KEYWORDS", made),
        ("UNITS", "1"),
        ("ScratchLeft", "0"),
        ("ScratchTop", "0"),
        ("ScratchRight", "0"),
        ("ScratchBottom", "0"),
        ("GapHorizontal", "0"),
        ("GapVertical", "40"),
    ] {
        xml.attr(name, value);
    }
    for (row, &[r, g, b]) in writer.colors.things().enumerate() {
        xml.start("COLOR").attr("NAME", &format!("map {row}"));
        if cmyk {
            let [c, m, y, k] = inks([r, g, b]);
            xml.attr("SPACE", "CMYK");
            for (name, ink) in [("C", c), ("M", m), ("Y", y), ("K", k)] {
                xml.attr(name, &number::text(ink * 100.0, 2));
            }
        } else {
            xml.attr("SPACE", "RGB").attr("R", &r.to_string()).attr("G", &g.to_string()).attr("B", &b.to_string());
        }
        xml.end();
    }
    for (row, name) in writer.layers.iter().enumerate() {
        xml.start("LAYERS").attr("NUMMER", &row.to_string()).attr("LEVEL", &row.to_string()).attr("NAME", name);
        for (key, value) in [
            ("SICHTBAR", "1"),
            ("DRUCKEN", "1"),
            ("EDIT", "1"),
            ("SELECT", "0"),
            ("FLOW", "1"),
            ("TRANS", "1"),
            ("BLEND", "0"),
            ("OUTL", "0"),
            ("LAYERC", "#000000"),
        ] {
            xml.attr(key, value);
        }
        xml.end();
    }
    for kind in ["MASTERPAGE", "PAGE"] {
        xml.start(kind)
            .attr("PAGEXPOS", "0")
            .attr("PAGEYPOS", "0")
            .attr("PAGEWIDTH", &width)
            .attr("PAGEHEIGHT", &height);
        for border in ["BORDERLEFT", "BORDERRIGHT", "BORDERTOP", "BORDERBOTTOM"] {
            xml.attr(border, "0");
        }
        xml.attr("NUM", "0").attr("NAM", if kind == "PAGE" { "" } else { "Normal" });
        xml.attr("MNAM", if kind == "PAGE" { "Normal" } else { "" });
        xml.attr("Size", "Custom").attr("Orientation", upright).attr("LEFT", "0").attr("PRESET", "0").end();
    }
    let objects = writer.xml.finish();
    xml.text_with(|out| out.extend_from_slice(&objects));
    sink.put(&xml.finish())
}

/// Cyan, magenta, yellow and black, 0 to 1, with as much black as there is in all three.
fn inks(color: [u8; 3]) -> [f64; 4] {
    let [r, g, b] = color.map(|part| f64::from(part) / 255.0);
    let light = r.max(g).max(b);
    if light <= 0.0 {
        return [0.0, 0.0, 0.0, 1.0];
    }
    let ink = |part: f64| (light - part) / light;
    [ink(r), ink(g), ink(b), 1.0 - light]
}
