//! A style document, JSON → [`Style`]. What cannot be drawn is named, and the rest is drawn.

use super::expr::{Expr, Keys, is_expression, modern_filter, modern_function, modern_tokens, parse};
use super::layer::{Layer, LayerKind, Order};
use super::property::{Kind, MEANINGLESS, PROPERTIES};
use crate::error::{Error, Result};
use crate::map::LAYERS;
use crate::note::Notes;
use crate::request::brief;
use serde_json::{Value as Json, json};

/// Kinds of layers, as documents call them.
const KINDS: &[(&str, LayerKind)] = &[
    ("background", LayerKind::Background),
    ("fill", LayerKind::Fill),
    ("line", LayerKind::Line),
    ("circle", LayerKind::Circle),
    ("symbol", LayerKind::Symbol),
    ("fill-extrusion", LayerKind::Extrusion),
];
/// Most things that one note names.
const NAMED: usize = 30;

/// A parsed and compiled style.
#[derive(Debug)]
pub struct Style {
    /// Its name.
    pub name: String,
    /// Its layers, the lowest first.
    pub layers: Vec<Layer>,
    /// Whether strokes of one pen that lie on each other are drawn once.
    pub once: bool,
    /// The tags it asks for.
    pub keys: Keys,
}

/// Compiles a document whose palette is already filled in.
///
/// # Errors
/// [`Error::Request`] for `map_style` where the document is none of version 8.
pub fn compile(document: &Json, notes: &mut Notes) -> Result<Style> {
    let wrong = |message: &str| Err(Error::request("map_style", message));
    if document.get("version").and_then(Json::as_u64) != Some(8) {
        return wrong("a style document says \"version\": 8");
    }
    let Some(list) = document.get("layers").and_then(Json::as_array) else {
        return wrong("a style document has a list \"layers\"");
    };
    let mut compiler = Compiler { keys: Keys::default(), unsupported: Vec::new(), strangers: Vec::new() };
    let layers = list.iter().enumerate().filter_map(|(row, json)| compiler.layer(row, json)).collect();
    compiler.tell(notes);
    let name = document.get("name").and_then(Json::as_str).unwrap_or("style").to_owned();
    let once = document.pointer("/metadata/mapwright/once") == Some(&json!(true));
    Ok(Style { name, layers, once, keys: compiler.keys })
}

struct Compiler {
    keys: Keys,
    /// Layer, property and reason of everything that is not drawn.
    unsupported: Vec<String>,
    /// Source layers that do not exist here.
    strangers: Vec<String>,
}

impl Compiler {
    fn layer(&mut self, row: usize, json: &Json) -> Option<Layer> {
        let text = |key: &str| json.get(key).and_then(Json::as_str).unwrap_or_default().to_owned();
        let (id, kind) = (text("id"), text("type"));
        // Who wrote no id finds the layer by its place.
        let id = if id.is_empty() { format!("layers[{row}]") } else { brief(&id) };
        if json.pointer("/layout/visibility").and_then(Json::as_str) == Some("none") {
            return None;
        }
        let Some((_, kind)) = KINDS.iter().find(|(name, _)| *name == kind) else {
            self.unsupported.push(format!("{id}: layers of type \"{kind}\""));
            return None;
        };
        let source = text("source-layer");
        let known = LAYERS.is_empty() || LAYERS.iter().any(|layer| layer.id == source);
        if !known && *kind != LayerKind::Background {
            if !self.strangers.contains(&source) {
                self.strangers.push(source);
            }
            return None;
        }
        let filter = json.get("filter").map(modern_filter);
        let filter = filter.and_then(|filter| self.expr(&filter, &id, "filter"));
        let word =
            |key: &str| json.pointer(&format!("/metadata/mapwright:{key}")).and_then(Json::as_str).map(str::to_owned);
        let zoom = |key: &str| json.get(key).and_then(Json::as_f64);
        let mut layer = Layer {
            kind: *kind,
            source,
            min_zoom: zoom("minzoom").unwrap_or(f64::NEG_INFINITY),
            max_zoom: zoom("maxzoom").unwrap_or(f64::INFINITY),
            filter,
            order: match word("order").as_deref() {
                Some("levels") => Order::Levels,
                Some("area") => Order::Area,
                _ => Order::Plain,
            },
            merge: json.pointer("/metadata/mapwright:merge") == Some(&json!(true)),
            within: json.pointer("/metadata/mapwright:within") == Some(&json!(true)),
            inset: json
                .pointer("/metadata/mapwright:inset")
                .and_then(Json::as_f64)
                .filter(|_| *kind == LayerKind::Fill)
                .unwrap_or(0.0),
            group: word("group"),
            signs: word("signs"),
            properties: Vec::new(),
            id,
        };
        for part in ["layout", "paint"] {
            for (name, value) in json.get(part).and_then(Json::as_object).into_iter().flatten() {
                self.property(&mut layer, name, value);
            }
        }
        Some(layer)
    }

    fn property(&mut self, layer: &mut Layer, name: &str, value: &Json) {
        let Some((prop, _, kind, _)) = PROPERTIES.iter().find(|(_, id, ..)| *id == name) else {
            if !MEANINGLESS.contains(&name) && !name.ends_with("-transition") && !is_default(name, value) {
                self.unsupported.push(format!("{}: {name}", layer.id));
            }
            return;
        };
        let smooth = matches!(kind, Kind::Number | Kind::Color);
        let json = match value {
            Json::Object(map) => match modern_function(map, smooth, *kind == Kind::Text) {
                Some(json) => json,
                None => {
                    self.unsupported.push(format!("{}: {name} (this form of function)", layer.id));
                    return;
                }
            },
            Json::String(text) if *kind == Kind::Text => modern_tokens(text),
            Json::Array(_) if *kind == Kind::List && !is_expression(value) => json!(["literal", value]),
            other => other.clone(),
        };
        if let Some(expr) = self.expr(&json, &layer.id, name) {
            layer.properties.push((*prop, expr));
        }
    }

    fn expr(&mut self, json: &Json, layer: &str, property: &str) -> Option<Expr> {
        match parse(json, &mut self.keys) {
            Ok(expr) => Some(expr),
            Err(fault) => {
                self.unsupported.push(format!("{layer}: {property} ({fault})"));
                None
            }
        }
    }

    fn tell(&mut self, notes: &mut Notes) {
        let listed = |list: &[String], separator: &str| {
            let more = list.len().saturating_sub(NAMED);
            let named = list.iter().take(NAMED).cloned().collect::<Vec<_>>().join(separator);
            if more > 0 { format!("{named} and {more} more") } else { named }
        };
        if !self.unsupported.is_empty() {
            let list = listed(&self.unsupported, "; ");
            notes.say(
                "style_unsupported",
                self.unsupported.len() as u64,
                format!("the style uses what is not drawn: {list}"),
            );
        }
        if !self.strangers.is_empty() {
            let known: Vec<_> = LAYERS.iter().map(|layer| layer.id).collect();
            let message = format!(
                "the style draws source layers that this map does not have: {}; it has {}",
                listed(&self.strangers, ", "),
                known.join(", ")
            );
            notes.say("style_source_layers", self.strangers.len() as u64, message);
        }
    }
}

/// Whether an unsupported property is set to what is drawn anyway: no shift, no blur.
fn is_default(name: &str, value: &Json) -> bool {
    (name.ends_with("-blur") && value.as_f64() == Some(0.0))
        || (name.ends_with("-translate") && *value == json!([0, 0]))
}
