//! The elements of a style: how a layer is drawn and labelled.

use super::rule::{has_states, labelled, rule};
use super::{label, symbol};
use crate::map::Geometry;
use crate::styled::{Look, StyledLayer};
use crate::wire::xml::Xml;

/// The elements of a style, inside that of a style file or of a layer of a project.
pub fn style(xml: &mut Xml, layer: &StyledLayer) {
    renderer(xml, layer);
    if layer.classes.iter().any(labelled) {
        label::labeling(xml, &layer.classes);
    }
    xml.leaf("blendMode", "0").leaf("featureBlendMode", "0").leaf("layerOpacity", "1");
}

/// A rule for every class: classes that the style leaves out are not drawn, those of larger scales only there.
fn renderer(xml: &mut Xml, layer: &StyledLayer) {
    let lines = layer.table.geometry == Some(Geometry::Line);
    let areas = layer.table.geometry == Some(Geometry::Area);
    xml.start("renderer-v2").attr("type", "RuleRenderer").attr("forceraster", "0").attr("referencescale", "-1");
    // Edges of all roads lie under the fillings of all, so that crossings are open.
    xml.attr("symbollevels", if lines { "1" } else { "0" }).attr("enableorderby", "1");
    let drawn: Vec<&Look> = layer.classes.iter().filter(|look| !look.symbol.is_empty()).collect();
    xml.start("rules").attr("key", "{classes}");
    for (row, look) in drawn.iter().enumerate() {
        rule(xml, look, has_states(&layer.classes)).attr("symbol", &row.to_string()).end();
    }
    xml.end_block();
    xml.start("symbols");
    for (row, look) in drawn.iter().enumerate() {
        symbol::symbol(xml, row, &look.symbol, layer.table.geometry);
    }
    xml.end_block();
    // The largest area lies at the bottom; bridges lie above what they cross.
    let order = if areas { "-$area" } else { "\"layer_z\"" };
    xml.start("orderby").start("orderByClause").attr("asc", "1").attr("nullsFirst", "1").text(order).end().end_block();
    xml.end_block();
}
