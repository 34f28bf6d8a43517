//! Theme + base → style document. A theme is a small file that says how it differs from `themes/base.json`:
//!
//! | entry | meaning |
//! |---|---|
//! | `palette` | colours by name: CSS, `"@other"`, `["mix", a, b, share of b]` or `["fade", a, opacity]` |
//! | `values` | any other JSON by name: class lists, widths, fonts |
//! | `once` | true where machines draw: strokes of one pen that lie on each other are drawn once |
//! | `without`, `only` | ids of layers to leave out or to keep, `*` at the end for any ending |
//! | `layers` | by id (or `*` ending), what to change in a layer: merged, `null` takes away; `before` moves it |
//! | `add` | more layers, each `before` another one or on top |
//!
//! `"@name"` in a layer stands for a colour or a value. The result is a plain document that any MapLibre tool edits.

use super::color::Rgba;
use crate::color::hex;
use crate::error::{Error, Result};
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;

/// How deep names may stand for names.
const DEEPEST: usize = 24;
/// What every theme starts from.
pub const BASE: &str = include_str!("themes/base.json");

/// The document of a theme with some colours replaced.
///
/// # Errors
/// [`Error::Request`] for `map_style.colors` where a colour does not exist or is none.
pub fn resolve(theme: &str, colors: &BTreeMap<String, String>) -> Result<Json> {
    let read = |text| serde_json::from_str::<Json>(text).map_err(|fault| Error::Internal(format!("a style: {fault}")));
    let (mut document, theme) = (read(BASE)?, read(theme)?);
    for part in ["palette", "values"] {
        let merged = merged_names(&document, &theme, part);
        if let Some(own) = document.pointer_mut("/metadata/mapwright").and_then(Json::as_object_mut) {
            own.insert(part.into(), merged.into());
        }
    }
    if let (Some(once), Some(own)) = (theme.get("once"), document.pointer_mut("/metadata/mapwright")) {
        own["once"] = once.clone();
    }
    if let Some(name) = theme.get("name") {
        document["name"] = name.clone();
    }
    if let Some(Json::Array(layers)) = document.get_mut("layers") {
        let kept = std::mem::take(layers).into_iter().filter(|layer| keeps(&theme, id(layer)));
        let (moved, stay) = kept.map(|layer| changed(layer, &theme)).partition(|layer| layer.get("before").is_some());
        *layers = stay;
        let more = theme.get("add").and_then(Json::as_array).into_iter().flatten().cloned();
        for layer in Vec::into_iter(moved).chain(more) {
            add(layers, layer);
        }
        for layer in layers.iter_mut().filter(|layer| layer.get("source-layer").is_some()) {
            layer["source"] = "map".into();
        }
    }
    filled(document, colors)
}

/// Fills in names; the palette stays in the metadata as plain colours.
///
/// # Errors
/// As [`resolve`].
pub fn filled(mut document: Json, colors: &BTreeMap<String, String>) -> Result<Json> {
    let entries = |part: &str| {
        let place = document.pointer(&format!("/metadata/mapwright/{part}"));
        place.and_then(Json::as_object).cloned().unwrap_or_default()
    };
    let (mut palette, values) = (entries("palette"), entries("values"));
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
    let mut names: Map<String, Json> = values;
    for (name, entry) in &palette {
        if let Some(color) = color(entry, &palette, 0) {
            names.insert(name.clone(), written(color));
        }
    }
    for (name, entry) in &mut palette {
        *entry = names.get(name).cloned().unwrap_or_else(|| entry.clone());
    }
    if let Some(layers) = document.get_mut("layers") {
        fill(layers, &names, 0);
    }
    if let Some(own) = document.pointer_mut("/metadata/mapwright").and_then(Json::as_object_mut) {
        own.remove("values");
        own.insert("palette".into(), palette.into());
    }
    Ok(document)
}

fn id(layer: &Json) -> &str {
    layer.get("id").and_then(Json::as_str).unwrap_or_default()
}

/// Whether an id is what `pattern` says: the same, or beginning alike where that ends in `*`.
fn fits(pattern: &str, id: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => id.starts_with(start),
        None => pattern == id,
    }
}

/// Entries of base and theme; those of the theme count.
fn merged_names(base: &Json, theme: &Json, part: &str) -> Map<String, Json> {
    let of = |json: Option<&Json>| json.and_then(Json::as_object).cloned().unwrap_or_default();
    let mut names = of(base.pointer(&format!("/metadata/mapwright/{part}")));
    names.extend(of(theme.get(part)));
    names
}

fn keeps(theme: &Json, id: &str) -> bool {
    let listed = |key: &str| {
        let list = theme.get(key).and_then(Json::as_array)?;
        Some(list.iter().filter_map(Json::as_str).any(|pattern| fits(pattern, id)))
    };
    listed("only").unwrap_or(true) && !listed("without").unwrap_or(false)
}

fn changed(mut layer: Json, theme: &Json) -> Json {
    for (pattern, change) in theme.get("layers").and_then(Json::as_object).into_iter().flatten() {
        if fits(pattern, id(&layer)) {
            merge(&mut layer, change);
        }
    }
    layer
}

/// RFC 7396: objects are merged, null takes away, anything else replaces.
fn merge(target: &mut Json, change: &Json) {
    let Some(entries) = change.as_object() else {
        *target = change.clone();
        return;
    };
    if !target.is_object() {
        *target = json!({});
    }
    for (key, value) in entries {
        if value.is_null() {
            target.as_object_mut().and_then(|map| map.remove(key));
        } else {
            merge(&mut target[key.as_str()], value);
        }
    }
}

fn add(layers: &mut Vec<Json>, mut layer: Json) {
    let before = layer.as_object_mut().and_then(|map| map.remove("before"));
    let before = before.as_ref().and_then(Json::as_str);
    let place = before.and_then(|before| layers.iter().position(|known| id(known) == before));
    layers.insert(place.unwrap_or(layers.len()), layer);
}

/// What an entry of a palette is.
fn color(entry: &Json, palette: &Map<String, Json>, depth: usize) -> Option<Rgba> {
    if depth > DEEPEST {
        return None;
    }
    let inner = |entry: &Json| color(entry, palette, depth + 1);
    match entry {
        Json::String(text) => match text.strip_prefix('@') {
            Some(name) => inner(palette.get(name)?),
            None => Rgba::parse(text),
        },
        Json::Array(list) => match list.as_slice() {
            [Json::String(word), a, b, share] if word == "mix" => Some(inner(a)?.mix(inner(b)?, share.as_f64()?)),
            [Json::String(word), a, share] if word == "fade" => {
                let color = inner(a)?;
                Some(Rgba { a: color.a * share.as_f64()?, ..color })
            }
            _ => None,
        },
        _ => None,
    }
}

/// A colour as documents have it: hex where it is opaque.
fn written(color: Rgba) -> Json {
    let byte = |share: f64| libm::round(share.clamp(0.0, 1.0) * 255.0) as u8;
    let [r, g, b] = [color.r, color.g, color.b].map(byte);
    match color.a >= 1.0 {
        true => hex([r, g, b]).into(),
        false => format!("rgba({r},{g},{b},{})", libm::round(color.a * 1000.0) / 1000.0).into(),
    }
}

fn fill(json: &mut Json, names: &Map<String, Json>, depth: usize) {
    match json {
        Json::String(text) => {
            if let Some(value) = text.strip_prefix('@').and_then(|name| names.get(name))
                && depth < DEEPEST
            {
                *json = value.clone();
                fill(json, names, depth + 1);
            }
        }
        Json::Array(list) => list.iter_mut().for_each(|item| fill(item, names, depth)),
        Json::Object(map) => map.values_mut().for_each(|item| fill(item, names, depth)),
        _ => {}
    }
}
