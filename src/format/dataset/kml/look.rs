//! Classes as styles of KML (§12): colours as aabbggrr, widths in pixels.

use crate::color::Color;
use crate::style::symbol::Symbol;
use crate::style::{PIXEL, State};
use crate::styled::Look;
use crate::table::Table;
use crate::wire::number;
use crate::wire::xml::Xml;

/// Pixels of a mark whose scale is 1.
const MARK: f64 = 32.0;
/// Pixels of a label whose scale is 1.
const LABEL: f64 = 16.0;
/// Smallest mark that can be clicked, pixels.
const LEAST: f64 = 6.0;

/// What the style of a class in a table is called.
pub fn id(table: &Table, look: &Look) -> String {
    let state = match look.state {
        State::Plain => "",
        State::Bridge => ".bridge",
        State::Tunnel => ".tunnel",
    };
    format!("{}.{}{state}", table.name, look.class.id)
}

/// Writes the style of a class; marks of places show the image at `mark`.
pub fn style(xml: &mut Xml, id: &str, symbol: &Symbol, mark: &str) {
    xml.start("Style").attr("id", id);
    if let Some(dot) = &symbol.dot {
        xml.start("IconStyle").leaf("color", &color(dot.color));
        scale(xml, (dot.size / PIXEL).max(LEAST) / MARK);
        xml.start("Icon").leaf("href", mark).end_block().end_block();
    }
    xml.start("LabelStyle");
    match &symbol.label {
        Some(label) => {
            xml.leaf("color", &color(label.color));
            scale(xml, label.size / PIXEL / LABEL);
        }
        None => scale(xml, 0.0),
    }
    xml.end_block();
    // Of a road with its edge, the filling.
    let stroke = symbol.strokes.last();
    if let Some(stroke) = stroke {
        xml.start("LineStyle").leaf("color", &color(stroke.color));
        xml.leaf("width", &number::text(stroke.width / PIXEL, 2)).end_block();
    }
    if symbol.fill.is_some() || stroke.is_some() {
        xml.start("PolyStyle");
        if let Some(fill) = symbol.fill {
            xml.leaf("color", &color(fill));
        }
        xml.leaf("fill", flag(symbol.fill.is_some())).leaf("outline", flag(stroke.is_some())).end_block();
    }
    xml.end_block();
}

fn scale(xml: &mut Xml, value: f64) {
    xml.leaf("scale", &number::text(value, 2));
}

/// A flag as KML writes it.
pub fn flag(flag: bool) -> &'static str {
    if flag { "1" } else { "0" }
}

/// Opacity, blue, green, red (§16.2).
fn color(color: Color) -> String {
    let Color { r, g, b, a } = color;
    format!("{a:02x}{b:02x}{g:02x}{r:02x}")
}
