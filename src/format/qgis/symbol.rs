//! Symbols of QGIS: simple fills, lines and markers, sizes in millimetres.

use super::rule::color;
use crate::map::Geometry;
use crate::style::symbol::{Stroke, Symbol};
use crate::wire::number;
use crate::wire::xml::Xml;

/// A symbol under the number that its rule names.
pub fn symbol(xml: &mut Xml, row: usize, symbol: &Symbol, geometry: Option<Geometry>) {
    let kind = match geometry {
        Some(Geometry::Line) => "line",
        Some(Geometry::Area) => "fill",
        Some(Geometry::Point) | None => "marker",
    };
    xml.start("symbol").attr("name", &row.to_string()).attr("type", kind);
    xml.attr("alpha", "1").attr("clip_to_extent", "1").attr("force_rhr", "0");
    if let Some(fill) = symbol.fill {
        layer(xml, "SimpleFill", 0);
        for (name, value) in [("color", color(fill)), ("style", "solid".into()), ("outline_style", "no".into())] {
            option(xml, name, &value);
        }
        xml.end_block().end_block();
    }
    if !symbol.is_drawn() {
        // Only what is drawn is labelled: a symbol that nobody sees.
        let class = match kind {
            "line" => "SimpleLine",
            "fill" => "SimpleFill",
            _ => "SimpleMarker",
        };
        layer(xml, class, 0);
        let unseen =
            [("color", "0,0,0,0"), ("style", "no"), ("line_style", "no"), ("outline_style", "no"), ("size", "0.1")];
        unseen.into_iter().for_each(|(name, value)| option(xml, name, value));
        xml.end_block().end_block();
    }
    for (pass, stroke) in symbol.strokes.iter().enumerate() {
        layer(xml, "SimpleLine", pass);
        line(xml, stroke);
        xml.end_block().end_block();
    }
    if let Some(dot) = &symbol.dot {
        layer(xml, "SimpleMarker", 0);
        option(xml, "name", "circle");
        option(xml, "color", &color(dot.color));
        length(xml, "size", dot.size);
        match &dot.edge {
            Some(edge) => {
                option(xml, "outline_style", "solid");
                option(xml, "outline_color", &color(edge.color));
                length(xml, "outline_width", edge.width);
            }
            None => option(xml, "outline_style", "no"),
        }
        xml.end_block().end_block();
    }
    xml.end_block();
}

/// Begins a layer of a symbol and its options; `pass` is the level on which it is drawn.
fn layer(xml: &mut Xml, class: &str, pass: usize) {
    xml.start("layer").attr("class", class).attr("enabled", "1").attr("locked", "0").attr("pass", &pass.to_string());
    xml.start("Option").attr("type", "Map");
}

fn line(xml: &mut Xml, stroke: &Stroke) {
    option(xml, "line_color", &color(stroke.color));
    option(xml, "line_style", "solid");
    length(xml, "line_width", stroke.width);
    option(xml, "joinstyle", "round");
    option(xml, "capstyle", if stroke.dashes.is_empty() { "round" } else { "flat" });
    if !stroke.dashes.is_empty() {
        let dashes: Vec<String> = stroke.dashes.iter().map(|dash| number::text(*dash, 3)).collect();
        option(xml, "use_custom_dash", "1");
        option(xml, "customdash", &dashes.join(";"));
        option(xml, "customdash_unit", "MM");
    }
}

fn length(xml: &mut Xml, name: &str, millimetres: f64) {
    option(xml, name, &number::text(millimetres, 3));
    option(xml, &format!("{name}_unit"), "MM");
}

fn option(xml: &mut Xml, name: &str, value: &str) {
    xml.start("Option").attr("type", "QString").attr("name", name).attr("value", value).end();
}
