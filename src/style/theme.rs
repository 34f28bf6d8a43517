//! The built-in styles, and the palettes that let a request change their colours.

use super::color::Rgba;
use crate::error::{Error, Result};
use crate::request::MapStyle;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A built-in style.
#[derive(Debug)]
pub struct Theme {
    /// Its id, e.g. `blueprint`.
    pub id: &'static str,
    /// Its title.
    pub title: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// The style document, JSON. Colours `"@name"` stand in `metadata.mapwright.palette`.
    pub document: &'static str,
}

/// All built-in styles.
pub static THEMES: &[Theme] = &[
    Theme {
        id: "default",
        title: "Default",
        about: "A full general map: every road class, railways, buildings, land use, water, names and places of interest.",
        document: include_str!("themes/default.json"),
    },
    Theme {
        id: "minimal",
        title: "Minimal",
        about: "Roads, water, green and buildings in quiet colours with few names.",
        document: include_str!("themes/minimal.json"),
    },
    Theme {
        id: "blueprint",
        title: "Blueprint",
        about: "White and cyan lines on blue, as a technical drawing.",
        document: include_str!("themes/blueprint.json"),
    },
];

/// The document a request asks for, its palette filled in.
///
/// # Errors
/// [`Error::Request`] for `map_style` where it names what does not exist.
pub fn document(wanted: Option<&MapStyle>) -> Result<Json> {
    let unchanged = BTreeMap::new();
    let (id, colors) = match wanted {
        None => ("default", &unchanged),
        Some(MapStyle::Named(id)) => (id.as_str(), &unchanged),
        Some(MapStyle::Based { base, colors }) => (base.as_str(), colors),
        Some(MapStyle::Document(document)) => return filled(document.clone(), &unchanged),
    };
    let Some(theme) = THEMES.iter().find(|theme| theme.id == id) else {
        let known: Vec<_> = THEMES.iter().map(|theme| theme.id).collect();
        return Err(Error::request("map_style", format!("there is no style \"{id}\"; there are {}", known.join(", "))));
    };
    let document = serde_json::from_str(theme.document)
        .map_err(|fault| Error::Internal(format!("the style {id} is not JSON: {fault}")))?;
    filled(document, colors)
}

/// Replaces every `"@name"` below `layers` by its colour.
fn filled(mut document: Json, colors: &BTreeMap<String, String>) -> Result<Json> {
    let entries =
        document.pointer("/metadata/mapwright/palette").and_then(Json::as_object).cloned().unwrap_or_default();
    let mut palette: BTreeMap<String, Json> = entries.into_iter().collect();
    for (name, color) in colors {
        let field = format!("map_style.colors.{name}");
        if !palette.contains_key(name) {
            let known: Vec<_> = palette.keys().cloned().collect();
            return Err(Error::request(field, format!("no such colour; there are {}", known.join(", "))));
        }
        if Rgba::parse(color).is_none() {
            return Err(Error::request(field, format!("\"{color}\" is not a CSS colour, such as \"#d33682\"")));
        }
        palette.insert(name.clone(), color.clone().into());
    }
    // An entry may stand for another one.
    let targets = palette.clone();
    for value in palette.values_mut() {
        fill(value, &targets);
    }
    if let Some(layers) = document.get_mut("layers") {
        fill(layers, &palette);
    }
    Ok(document)
}

fn fill(json: &mut Json, palette: &BTreeMap<String, Json>) {
    match json {
        Json::String(text) => {
            if let Some(color) = text.strip_prefix('@').and_then(|name| palette.get(name)) {
                *json = color.clone();
            }
        }
        Json::Array(list) => list.iter_mut().for_each(|item| fill(item, palette)),
        Json::Object(map) => map.values_mut().for_each(|item| fill(item, palette)),
        _ => {}
    }
}
