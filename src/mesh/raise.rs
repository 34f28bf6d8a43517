//! [`Features`] in metres → [`Mesh`].

use super::building::{self, Losses};
use super::maker::Maker;
use super::outline::hidden;
use super::{Body, Face, Layer, Mesh, Triangle, ribbon::ribbon, ring};
use crate::color::Color;
use crate::error::Result;
use crate::map::{Class, Feature, Features, Geometry};
use crate::note::Notes;
use crate::style::{Legend, Style};
use crate::watch::{Stage, Watch};

/// Layers of the map that are surfaces, and how high above the ground they lie (metres), so that none hides another.
const SURFACES: &[(&str, f64)] =
    &[("landuse", 0.02), ("vegetation", 0.04), ("leisure", 0.06), ("water", 0.08), ("roads", 0.12), ("railways", 0.16)];
/// Widths of lines, metres: layer, class, width. The first row that fits counts.
const WIDTHS: &[(&str, &str, f64)] = &[
    ("roads", "motorway", 14.0),
    ("roads", "trunk", 12.0),
    ("roads", "primary", 10.0),
    ("roads", "secondary", 9.0),
    ("roads", "tertiary", 8.0),
    ("roads", "unclassified", 6.0),
    ("roads", "residential", 6.0),
    ("roads", "living_street", 5.0),
    ("roads", "pedestrian", 5.0),
    ("roads", "service", 4.0),
    ("roads", "track", 3.0),
    ("roads", "cycleway", 2.5),
    ("roads", "footway", 2.0),
    ("roads", "path", 1.5),
    ("roads", "steps", 2.0),
    ("roads", "construction", 5.0),
    ("roads", "busway", 6.0),
    ("railways", "", 3.0),
    ("water", "river", 12.0),
    ("water", "canal", 8.0),
    ("water", "stream", 2.5),
    ("water", "ditch", 1.5),
];
/// The ground, where the style has no background.
const GROUND: Color = Color { r: 238, g: 236, b: 228, a: 255 };
/// Said of what lies below the ground.
pub(super) const UNDERGROUND: &str = "roads, railways and waters below the ground were left out";

/// Raises a model from features in metres, in the colours of `style`.
///
/// # Errors
/// [`crate::Error::Cancelled`].
pub fn raise(features: &Features, style: &Style, watch: &mut Watch) -> Result<Mesh> {
    let [left, bottom, right, top] = features.extent;
    let origin = [libm::round((left + right) / 2.0), libm::round((bottom + top) / 2.0)];
    let mut maker = Maker { features, legend: Legend::new(style), materials: Vec::new() };
    let mut layers = vec![ground(&mut maker, origin)];
    layers.extend(SURFACES.iter().map(|(name, _)| Layer { name, bodies: vec![] }));
    let mut buildings = Layer { name: "buildings", bodies: vec![] };
    let (mut losses, mut tunnels) = (Losses::default(), 0);
    let hidden = hidden(features, origin, &mut losses, watch)?;
    let total = features.rows.len() as u64;
    for (done, feature) in features.rows.iter().enumerate() {
        if done.is_multiple_of(500) {
            watch.at(Stage::Draw, done as u64, total)?;
        }
        let class = features.class(feature);
        if class.layer == "buildings" {
            if feature.geometry == Geometry::Area && !hidden.contains(&done) {
                let polygons = ring::polygons(features, feature, origin);
                buildings.bodies.extend(building::building(&mut maker, feature, &polygons, &mut losses));
            }
            continue;
        }
        let Some(row) = SURFACES.iter().position(|(name, _)| *name == class.layer) else { continue };
        if feature.layer_z < 0 {
            tunnels += 1;
            continue;
        }
        let z = SURFACES.get(row).map_or(0.0, |(_, z)| *z);
        let triangles = surface(features, feature, origin, z);
        if let Some(layer) = layers.get_mut(row + 1)
            && !triangles.is_empty()
        {
            let material = maker.material(maker.color(feature));
            layer.bodies.push(maker.body(feature, vec![Face { material, triangles }]));
        }
    }
    layers.push(buildings);
    layers.retain(|layer| !layer.bodies.is_empty());
    let mut notes = Notes::default();
    losses.say(&mut notes);
    if tunnels > 0 {
        notes.say("underground", tunnels, format!("{tunnels} {UNDERGROUND}"));
    }
    notes.append(&features.notes);
    Ok(Mesh {
        layers,
        materials: maker.materials,
        crs: features.crs.clone(),
        origin,
        size: [right - left, top - bottom],
        timestamp: features.map.osm.timestamp.clone(),
        notes,
    })
}

/// The frame as a plate without thickness.
fn ground(maker: &mut Maker, origin: [f64; 2]) -> Layer {
    let [left, bottom, right, top] = maker.features.extent;
    let [l, b, r, t] = [left - origin[0], bottom - origin[1], right - origin[0], top - origin[1]];
    let triangles = vec![[[l, b, 0.0], [r, b, 0.0], [r, t, 0.0]], [[l, b, 0.0], [r, t, 0.0], [l, t, 0.0]]];
    let background = maker.legend.background().filter(|color| color.a > 0);
    let material = maker.material(background.map_or(GROUND, |color| Color { a: 255, ..color }));
    Layer { name: "ground", bodies: vec![Body { faces: vec![Face { material, triangles }], ..Body::default() }] }
}

/// How wide lines of a class are on the ground, metres; none for those that are not shown.
pub(super) fn width(class: &Class) -> Option<f64> {
    let row = WIDTHS.iter().find(|(layer, id, _)| *layer == class.layer && (id.is_empty() || *id == class.id));
    row.map(|(.., width)| *width)
}

/// A feature that lies on the ground.
fn surface(features: &Features, feature: &Feature, origin: [f64; 2], z: f64) -> Vec<Triangle> {
    match feature.geometry {
        Geometry::Point => Vec::new(),
        Geometry::Area => ring::polygons(features, feature, origin)
            .iter()
            .filter_map(|rings| ring::triangles(rings))
            .flatten()
            .map(|corners| corners.map(|[x, y]| [x, y, z]))
            .collect(),
        Geometry::Line => {
            let class = features.class(feature);
            let Some(width) = width(class) else { return Vec::new() };
            let shapes = &features.shapes;
            let moved = |part| {
                let points = shapes.points(part);
                points.iter().map(|point| [point[0] - origin[0], point[1] - origin[1]]).collect::<Vec<_>>()
            };
            shapes.parts(&feature.parts).iter().flat_map(|part| ribbon(&moved(part), width, z)).collect()
        }
    }
}
