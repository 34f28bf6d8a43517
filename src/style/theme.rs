//! The built-in styles.

use super::resolve::{filled, resolve};
use crate::error::{Error, Result};
use crate::request::{MapStyle, brief};
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
    /// How it differs from the base, JSON.
    pub document: &'static str,
}

macro_rules! themes {
    ($($id:literal $title:literal $about:literal)*) => {
        /// All built-in styles.
        pub static THEMES: &[Theme] = &[$(Theme {
            id: $id, title: $title, about: $about, document: include_str!(concat!("themes/", $id, ".json")),
        }),*];
    };
}

themes! {
    "default" "Default" "A full general map: every road class, railways, buildings, land use, water, names and places of interest."
    "minimal" "Minimal" "Roads, water, green and buildings in quiet colours with few names."
    "light" "Light" "Pale greys with names: a ground for data of your own."
    "dark" "Dark" "Dark greys with light streets and names, for screens and dark pages."
    "blueprint" "Blueprint" "White and cyan lines on blue, as a technical drawing."
    "toner" "Toner" "Black and white with bold streets and black water, for copies and posters."
    "mono" "Mono" "Shades of grey and nothing else, for print in one ink."
    "schwarzplan" "Figure ground" "Buildings black on white and nothing else: the plan of architects and town planners."
    "vintage" "Vintage" "Sepia ink and hand-coloured areas on old paper."
    "watercolor" "Watercolor" "Soft washes of colour that run over each other, without hard edges."
    "outdoor" "Outdoor" "Paths, land cover, water and peaks in front, roads behind."
    "nautical" "Nautical" "Water, shores, harbours and lights on a chart, buff land behind."
    "laser" "Laser" "Hairlines in one colour for each operation, nothing filled: cut, score and engrave."
    "plotter" "Plotter" "Single strokes for pens: centre lines and outlines, each drawn once, nothing filled."
    "neon" "Neon" "Glowing streets and shores in a black night."
    "transit" "Transit" "Railways, trams, stations, stops and ferries in colour on a muted town."
}

/// The document a request asks for, its names filled in.
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
        return Err(Error::request(
            "map_style",
            format!("there is no style \"{}\"; there are {}", brief(id), known.join(", ")),
        ));
    };
    resolve(theme.document, colors)
}

/// Takes out names along borders on their own side: other programs would write half of them on the side of the neighbour.
pub fn without_sides(document: &mut Json) {
    if let Some(layers) = document.get_mut("layers").and_then(Json::as_array_mut) {
        layers.retain(|layer| layer.pointer("/metadata/mapwright:within") != Some(&Json::Bool(true)));
    }
}
