//! Buildings → closed bodies, by the rules of Simple 3D Buildings.

use super::maker::Maker;
use super::ring::{self, Rings};
use super::roof::{self, Roof};
use super::{Body, Face, solid};
use crate::color::Color;
use crate::map::height::height;
use crate::map::measure::{self, Quantity};
use crate::map::{Feature, Features};
use crate::note::Notes;
use crate::style::color::Rgba;
use std::borrow::Cow;

/// Colours of materials.
const MATERIALS: &[(&str, Color)] = &[
    ("brick", rgb(168, 96, 72)),
    ("concrete", rgb(190, 188, 180)),
    ("copper", rgb(124, 176, 152)),
    ("glass", rgb(150, 190, 208)),
    ("grass", rgb(130, 168, 92)),
    ("metal", rgb(172, 178, 182)),
    ("plaster", rgb(226, 218, 200)),
    ("roof_tiles", rgb(176, 84, 56)),
    ("sandstone", rgb(214, 190, 144)),
    ("slate", rgb(92, 98, 106)),
    ("stone", rgb(176, 170, 158)),
    ("tar_paper", rgb(84, 84, 86)),
    ("wood", rgb(158, 118, 80)),
];

const fn rgb(r: u8, g: u8, b: u8) -> Color {
    Color { r, g, b, a: 255 }
}

/// Buildings that a model could not show as they are.
#[derive(Default)]
pub(super) struct Losses {
    pub underground: u64,
    pub unread: u64,
    pub guessed: u64,
    pub plain: u64,
    pub failed: u64,
}

impl Losses {
    /// Tells the caller.
    pub fn say(&self, notes: &mut Notes) {
        let rows = [
            ("underground_buildings", self.underground, "buildings and parts below the ground were left out"),
            (
                "unread_numbers",
                self.unread,
                "heights and levels of buildings could not be read or cannot be; the usual ones were taken",
            ),
            (
                "height_guessed",
                self.guessed,
                "buildings have no height or levels that can be used; they have the usual one of their class",
            ),
            ("roof_flat", self.plain, "roofs have a shape that is not built on their footprint; they are flat"),
            ("building_failed", self.failed, "footprints could not be raised"),
        ];
        for (code, count, what) in rows.into_iter().filter(|(_, count, _)| *count > 0) {
            notes.say(code, count, format!("{count} {what}"));
        }
    }
}

/// The body of a building or part.
pub(super) fn building(maker: &mut Maker, feature: &Feature, polygons: &[Rings], losses: &mut Losses) -> Option<Body> {
    let features = maker.features;
    let wall = colour(features, feature, "building:colour", "building:material");
    let cover = colour(features, feature, "roof:colour", "roof:material").or(wall);
    let plain = maker.color(feature);
    let (wall, cover) = (maker.material(wall.unwrap_or(plain)), maker.material(cover.unwrap_or(darker(plain))));
    let mut faces = [Face { material: wall, triangles: vec![] }, Face { material: cover, triangles: vec![] }];
    for Block { rings, levels, roof } in blocks(features, feature, polygons, losses) {
        let mut found = solid::solid(&rings, levels, roof.as_ref());
        if found.is_none() && roof.is_some() {
            losses.plain += 1;
            found = solid::solid(&rings, levels, None);
        }
        match found {
            Some([walls, lid]) => {
                let [first, second] = &mut faces;
                first.triangles.extend(walls);
                second.triangles.extend(lid);
            }
            None => losses.failed += 1,
        }
    }
    let faces: Vec<Face> = faces.into_iter().filter(|face| !face.triangles.is_empty()).collect();
    (!faces.is_empty()).then(|| maker.body(feature, faces))
}

/// A polygon of a building: its footprint, its underside, eaves and top (metres above the ground), its roof.
pub(super) struct Block<'r> {
    pub rings: Cow<'r, Rings>,
    pub levels: [f64; 3],
    pub roof: Option<Roof>,
}

/// What the tags of a building make of its polygons.
pub(super) fn blocks<'r>(
    features: &Features,
    feature: &Feature,
    polygons: &'r [Rings],
    losses: &mut Losses,
) -> Vec<Block<'r>> {
    let shape = first(features, feature, "roof:shape").unwrap_or("flat");
    let known = roof::SHAPES.iter().copied().find(|known| known.eq_ignore_ascii_case(shape));
    let meant = |rings: &'r Rings| match (known, rings.as_slice()) {
        (Some(_), [ring]) => ring::straightened(ring).map_or(Cow::Borrowed(rings), |ring| Cow::Owned(vec![ring])),
        _ => Cow::Borrowed(rings),
    };
    let polygons: Vec<Cow<'r, Rings>> = polygons.iter().map(meant).collect();
    let width = polygons.iter().flat_map(|rings| rings.iter()).map(|ring| roof::width(ring)).fold(0.0, f64::max);
    let high = height(features, feature, known.is_some(), width);
    losses.guessed += u64::from(high.guessed);
    losses.unread += high.unread;
    let direction = first(features, feature, "roof:direction").and_then(compass);
    let across = first(features, feature, "roof:orientation").is_some_and(|told| told.eq_ignore_ascii_case("across"));
    let mut block = |rings: Cow<'r, Rings>| {
        let shaped = known.filter(|_| high.top > high.eaves);
        let roof = shaped.and_then(|shape| roof::roof(shape, &rings, direction, across));
        let level = ["flat", "no"].iter().any(|level| level.eq_ignore_ascii_case(shape));
        losses.plain += u64::from(roof.is_none() && !level);
        let eaves = if roof.is_some() { high.eaves } else { high.top };
        Block { rings, levels: [high.base, eaves, high.top], roof }
    };
    polygons.into_iter().map(&mut block).collect()
}

/// The first of the values of a tag.
fn first<'f>(features: &'f Features, feature: &Feature, key: &str) -> Option<&'f str> {
    features.tag(feature, key)?.split(';').map(str::trim).find(|value| !value.is_empty())
}

/// A colour by its tag, else by the tag of the material.
fn colour(features: &Features, feature: &Feature, colour: &str, material: &str) -> Option<Color> {
    let byte = |share: f64| libm::round(share.clamp(0.0, 1.0) * 255.0) as u8;
    let named = features.tag(feature, colour).and_then(|text| Rgba::parse(&text.replace([' ', '_'], "")));
    let named = named.map(|color| rgb(byte(color.r), byte(color.g), byte(color.b)));
    let kind = features.tag(feature, material);
    named.or_else(|| MATERIALS.iter().find(|(name, _)| kind == Some(name)).map(|(_, color)| *color))
}

fn darker(color: Color) -> Color {
    let part = |value: u8| (u32::from(value) * 85 / 100) as u8;
    Color { r: part(color.r), g: part(color.g), b: part(color.b), a: color.a }
}

/// Degrees of a compass direction.
fn compass(text: &str) -> Option<f64> {
    const ROSE: [&str; 16] =
        ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];
    let named = ROSE.iter().position(|name| name.eq_ignore_ascii_case(text)).map(|row| row as f64 * 22.5);
    named.or_else(|| measure::read(text, Quantity::Plain))
}
