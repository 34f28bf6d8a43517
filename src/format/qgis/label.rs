//! Labels of QGIS: a rule for every class that has some.

use super::rule::{color, has_states, labelled, rule};
use crate::style::symbol::Label;
use crate::styled::Look;
use crate::wire::number;
use crate::wire::xml::Xml;

/// The font that drawings have, and what QGIS takes in its place where it is not installed.
const FONT: &str = "Noto Sans";
/// How a label is placed (`QgsPalLayerSettings::Placement`): over the point, around it, along the line, level.
const OVER: &str = "1";
const AROUND: &str = "6";
const CURVED: &str = "3";
const LEVEL: &str = "4";
/// Where around a point it is tried, the best place first.
const PLACES: &str = "BR,TR,B,T,BL,TL,R,L";
/// Letters of a line before it breaks.
const WRAP: &str = "18";

/// The rules of labels.
pub fn labeling(xml: &mut Xml, looks: &[Look]) {
    xml.start("labeling").attr("type", "rule-based").start("rules").attr("key", "{labels}");
    for look in looks.iter().filter(|look| labelled(look)) {
        let Some(label) = &look.symbol.label else { continue };
        rule(xml, look, has_states(looks));
        let drawn = look.symbol.dot.is_some();
        settings(xml, label, drawn, look.symbol.fill.is_some());
        xml.end_block();
    }
    xml.end_block().end_block();
}

fn settings(xml: &mut Xml, label: &Label, dotted: bool, area: bool) {
    xml.start("settings").attr("calloutType", "simple");
    xml.start("text-style").attr("fieldName", label.field).attr("isExpression", "0").attr("fontFamily", FONT);
    xml.attr("fontSize", &number::text(label.size, 3)).attr("fontSizeUnit", "MM");
    xml.attr("textColor", &color(label.color)).attr("textOpacity", "1");
    let style = match (label.bold, label.italic) {
        (true, true) => "Bold Italic",
        (true, false) => "Bold",
        (false, true) => "Italic",
        (false, false) => "Regular",
    };
    // Weights as Qt 5 counts them.
    xml.attr("namedStyle", style).attr("fontWeight", if label.bold { "75" } else { "50" });
    xml.attr("fontItalic", if label.italic { "1" } else { "0" });
    if let Some((halo, width)) = label.halo {
        xml.start("text-buffer").attr("bufferDraw", "1").attr("bufferSize", &number::text(width, 3));
        xml.attr("bufferSizeUnits", "MM").attr("bufferColor", &color(halo)).attr("bufferOpacity", "1");
        xml.attr("bufferNoFill", "1").attr("bufferJoinStyle", "128").end();
    }
    xml.end_block();
    let wrap = if label.along { "0" } else { WRAP };
    xml.start("text-format").attr("autoWrapLength", wrap).attr("multilineAlign", "1").end();
    let placement = match (label.along, dotted, area) {
        (true, ..) => CURVED,
        (_, true, _) => AROUND,
        (.., true) => LEVEL,
        _ => OVER,
    };
    xml.start("placement").attr("placement", placement).attr("placementFlags", "1").attr("quadOffset", "4");
    xml.attr("predefinedPositionOrder", PLACES).attr("dist", "0.6").attr("distUnits", "MM");
    xml.attr("maxCurvedCharAngleIn", "25")
        .attr("maxCurvedCharAngleOut", "-25")
        .attr("priority", &priority(label).to_string());
    xml.end();
    // Pieces of one street have one name.
    let merge = if label.along { "1" } else { "0" };
    xml.start("rendering").attr("drawLabels", "1").attr("obstacle", "1").attr("mergeLines", merge);
    xml.attr("scaleVisibility", "0").attr("fontLimitPixelSize", "0").end();
    xml.end_block();
}

/// How early a label is placed, 0 to 10: towns before streets, streets before shops.
fn priority(label: &Label) -> u32 {
    let large = libm::round(label.size * 2.0).clamp(0.0, 9.0) as u32;
    if label.along { large.max(5) } else { large }
}
