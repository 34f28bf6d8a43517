//! Rules of QGIS: for a class, and from a scale on.

use crate::color::Color;
use crate::style::State;
use crate::styled::Look;
use crate::wire::xml::Xml;

/// The version of QGIS whose elements these are; later ones read them.
const VERSION: &str = "3.22.0";

/// Begins a document of QGIS: its root, which takes more attributes.
pub fn begun() -> Xml {
    let mut xml = Xml::new(false);
    xml.ready("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n");
    xml.start("qgis").attr("version", VERSION);
    xml
}

/// Whether a class has labels.
pub fn labelled(look: &Look) -> bool {
    look.symbol.label.is_some()
}

/// Whether a layer tells bridges and tunnels apart.
pub fn has_states(looks: &[Look]) -> bool {
    looks.iter().any(|look| look.state != State::Plain)
}

/// Begins a rule for a class, and for one of its states where the layer has `states`.
pub fn rule<'x>(xml: &'x mut Xml, look: &Look, states: bool) -> &'x mut Xml {
    let id = look.class.id;
    let (state, more) = match look.state {
        _ if !states => ("", ""),
        State::Plain => ("", " AND NOT coalesce(\"bridge\", false) AND NOT coalesce(\"tunnel\", false)"),
        State::Bridge => (" (bridge)", " AND \"bridge\" AND NOT coalesce(\"tunnel\", false)"),
        State::Tunnel => (" (tunnel)", " AND \"tunnel\""),
    };
    xml.start("rule").attr("key", &format!("{{{id}{state}}}")).attr("filter", &format!("\"class\" = '{id}'{more}"));
    xml.attr("label", &format!("{id}{state}"));
    if let Some(scale) = look.from {
        xml.attr("scalemaxdenom", &format!("{scale:.0}"));
    }
    xml
}

/// A colour as QGIS writes it: red, green, blue, opacity.
pub fn color(color: Color) -> String {
    format!("{},{},{},{}", color.r, color.g, color.b, color.a)
}
