//! Styles of layers as OGC defines them (Styled Layer Descriptor 1.0.0, OGC 02-070), which map servers and GIS read.

use crate::color::{Color, hex};
use crate::map::Geometry;
use crate::style::State;
use crate::style::symbol::{Dot, Label, Stroke};
use crate::styled::{Look, StyledLayer};
use crate::wire::number;
use crate::wire::xml::Xml;

/// A pixel of OGC, mm (§10.2 of the specification).
const PIXEL: f64 = 0.28;
/// What lies on what inside a layer: so many levels of lines.
const LEVELS: usize = 4;

/// A document with the styles of some layers.
pub fn document(layers: &[StyledLayer]) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("StyledLayerDescriptor").attr("version", "1.0.0").attr("xmlns", "http://www.opengis.net/sld");
    xml.attr("xmlns:ogc", "http://www.opengis.net/ogc").attr("xmlns:xlink", "http://www.w3.org/1999/xlink");
    xml.attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    xml.attr(
        "xsi:schemaLocation",
        "http://www.opengis.net/sld http://schemas.opengis.net/sld/1.0.0/StyledLayerDescriptor.xsd",
    );
    layers.iter().for_each(|layer| named(&mut xml, layer));
    xml.finish()
}

fn named(xml: &mut Xml, layer: &StyledLayer) {
    let name = &layer.table.name;
    xml.start("NamedLayer").leaf("Name", name).start("UserStyle").leaf("Name", name);
    let geometry = layer.table.geometry;
    let states = layer.classes.iter().any(|look| look.state != State::Plain);
    let mut begun = false;
    let mut level = |xml: &mut Xml, has: &dyn Fn(&Look) -> bool, write: &dyn Fn(&mut Xml, &Look)| {
        if !layer.classes.iter().any(has) {
            return;
        }
        begun = true;
        xml.start("FeatureTypeStyle");
        for look in layer.classes.iter().filter(|look| has(look)) {
            rule(xml, look, states);
            if !look.symbol.is_drawn() {
                // Readers want a mark before a text.
                unseen(xml, geometry);
            }
            write(xml, look);
            xml.end_block();
        }
        xml.end_block();
    };
    level(xml, &|look| look.symbol.fill.is_some(), &|xml, look| fill(xml, look.symbol.fill));
    for at in 0..LEVELS {
        let stroke = |look: &Look| look.symbol.strokes.get(at).cloned();
        level(xml, &|look| stroke(look).is_some(), &|xml, look| line(xml, stroke(look)));
    }
    level(xml, &|look| look.symbol.dot.is_some(), &|xml, look| mark(xml, look.symbol.dot.as_ref()));
    level(xml, &|look| look.symbol.label.is_some(), &|xml, look| text(xml, look, geometry));
    if !begun {
        // A style must have one; this draws nothing.
        xml.start("FeatureTypeStyle").start("Rule");
        unseen(xml, geometry);
        xml.end_block().end_block();
    }
    xml.end_block().end_block();
}

/// Begins the rule of a class, and of one of its states where the layer has `states`.
fn rule(xml: &mut Xml, look: &Look, states: bool) {
    let state = match look.state {
        State::Plain => "",
        State::Bridge => " (bridge)",
        State::Tunnel => " (tunnel)",
    };
    xml.start("Rule").leaf("Name", &format!("{}{state}", look.class.id));
    xml.start("ogc:Filter");
    // Comparing with true is true of nothing else, so that features without the fields are plain.
    match look.state {
        _ if !states => equal(xml, "class", look.class.id),
        State::Plain => {
            xml.start("ogc:And");
            equal(xml, "class", look.class.id);
            for field in ["bridge", "tunnel"] {
                xml.start("ogc:Not");
                equal(xml, field, "true");
                xml.end_block();
            }
            xml.end_block();
        }
        State::Bridge | State::Tunnel => {
            xml.start("ogc:And");
            equal(xml, "class", look.class.id);
            equal(xml, if look.state == State::Bridge { "bridge" } else { "tunnel" }, "true");
            xml.end_block();
        }
    }
    xml.end_block();
    if let Some(scale) = look.from {
        xml.leaf("MaxScaleDenominator", &number::text(scale, 0));
    }
}

fn equal(xml: &mut Xml, field: &str, value: &str) {
    xml.start("ogc:PropertyIsEqualTo").leaf("ogc:PropertyName", field).leaf("ogc:Literal", value).end_block();
}

/// What is drawn and cannot be seen.
fn unseen(xml: &mut Xml, geometry: Option<Geometry>) {
    let none = Color { r: 255, g: 255, b: 255, a: 0 };
    match geometry {
        Some(Geometry::Area) => fill(xml, Some(none)),
        Some(Geometry::Line) => line(xml, Some(Stroke { color: none, width: PIXEL, dashes: Vec::new() })),
        Some(Geometry::Point) | None => mark(xml, Some(&Dot { color: none, size: PIXEL, edge: None })),
    }
}

fn fill(xml: &mut Xml, color: Option<Color>) {
    let Some(color) = color else { return };
    xml.start("PolygonSymbolizer").start("Fill");
    paint(xml, "fill", color);
    xml.end_block().end_block();
}

fn line(xml: &mut Xml, stroke: Option<Stroke>) {
    let Some(stroke) = stroke else { return };
    xml.start("LineSymbolizer");
    pen(xml, &stroke);
    xml.end_block();
}

fn pen(xml: &mut Xml, stroke: &Stroke) {
    xml.start("Stroke");
    paint(xml, "stroke", stroke.color);
    parameter(xml, "stroke-width", &pixels(stroke.width));
    if stroke.dashes.is_empty() {
        parameter(xml, "stroke-linejoin", "round");
        parameter(xml, "stroke-linecap", "round");
    } else {
        let dashes: Vec<String> = stroke.dashes.iter().map(|dash| pixels(*dash)).collect();
        parameter(xml, "stroke-dasharray", &dashes.join(" "));
    }
    xml.end_block();
}

fn mark(xml: &mut Xml, dot: Option<&Dot>) {
    let Some(dot) = dot else { return };
    xml.start("PointSymbolizer").start("Graphic").start("Mark").leaf("WellKnownName", "circle").start("Fill");
    paint(xml, "fill", dot.color);
    xml.end_block();
    if let Some(edge) = &dot.edge {
        pen(xml, edge);
    }
    xml.end_block().leaf("Size", &pixels(dot.size)).end_block().end_block();
}

fn text(xml: &mut Xml, look: &Look, geometry: Option<Geometry>) {
    let Some(Label { field, size, color, halo, along, bold, italic, .. }) = &look.symbol.label else { return };
    xml.start("TextSymbolizer").start("Label").leaf("ogc:PropertyName", field).end_block();
    xml.start("Font");
    parameter(xml, "font-family", "Noto Sans");
    parameter(xml, "font-size", &pixels(*size));
    if *italic {
        parameter(xml, "font-style", "italic");
    }
    if *bold {
        parameter(xml, "font-weight", "bold");
    }
    xml.end_block().start("LabelPlacement");
    if *along && geometry == Some(Geometry::Line) {
        xml.start("LinePlacement").end();
    } else {
        let below = if look.symbol.dot.is_some() { "1" } else { "0.5" };
        xml.start("PointPlacement").start("AnchorPoint").leaf("AnchorPointX", "0.5").leaf("AnchorPointY", below);
        xml.end_block().end_block();
    }
    xml.end_block();
    if let Some((around, width)) = halo {
        xml.start("Halo").leaf("Radius", &pixels(*width)).start("Fill");
        paint(xml, "fill", *around);
        xml.end_block().end_block();
    }
    xml.start("Fill");
    paint(xml, "fill", *color);
    xml.end_block().end_block();
}

/// A colour and how much it covers.
fn paint(xml: &mut Xml, name: &str, color: Color) {
    parameter(xml, name, &hex([color.r, color.g, color.b]));
    if color.a < u8::MAX {
        parameter(xml, &format!("{name}-opacity"), &number::text(f64::from(color.a) / 255.0, 3));
    }
}

fn parameter(xml: &mut Xml, name: &str, value: &str) {
    xml.start("CssParameter").attr("name", name).text(value).end();
}

fn pixels(millimetres: f64) -> String {
    number::text(millimetres / PIXEL, 2)
}
