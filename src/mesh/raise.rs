//! [`Features`] in metres → [`Mesh`].

use super::building::{self, Losses};
use super::ring::{self, Rings};
use super::{Body, Face, Layer, Material, Mesh, Triangle, ribbon::ribbon};
use crate::error::Result;
use crate::map::{Feature, Features, Geometry};
use crate::note::Notes;
use crate::scene::Color;
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
/// What the style draws in no colour.
const PLAIN: Color = Color { r: 200, g: 200, b: 196, a: 255 };

/// What bodies are made with.
pub(super) struct Maker<'f, 's> {
    pub features: &'f Features<'f>,
    legend: Legend<'s>,
    materials: Vec<Material>,
}

impl Maker<'_, '_> {
    /// The colour that the style gives a feature.
    pub fn color(&self, feature: &Feature) -> Color {
        let color = self.legend.look(self.features.class(feature), feature.geometry).color;
        color.map_or(PLAIN, |color| Color { a: 255, ..color })
    }

    /// The row of the material of a colour.
    pub fn material(&mut self, color: Color) -> usize {
        let found = self.materials.iter().position(|known| known.color == color);
        found.unwrap_or_else(|| {
            let name = format!("#{:02x}{:02x}{:02x}", color.r, color.g, color.b);
            self.materials.push(Material { name, color });
            self.materials.len() - 1
        })
    }

    /// The body of a feature.
    pub fn body(&self, feature: &Feature, faces: Vec<Face>) -> Body {
        let id = self.features.map.osm.id(feature.element);
        let source = (id != 0).then_some((feature.element.kind.letter(), id));
        Body { source, name: self.features.name(feature).map(|name| name.into_owned()), faces }
    }
}

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
    let hidden = outlines(features, origin);
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
    let mut say = |code, count: u64, what: &str| {
        if count > 0 {
            notes.say(code, count, format!("{count} {what}"));
        }
    };
    say(
        "height_guessed",
        losses.guessed,
        "buildings have neither height nor levels; they have the usual one of their class",
    );
    say("roof_flat", losses.plain, "roofs have a shape that is not built on their footprint; they are flat");
    say("building_failed", losses.failed, "footprints could not be raised");
    say("underground", tunnels, "roads, railways and waters below the ground were left out");
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
    let material = maker.material(GROUND);
    Layer { name: "ground", bodies: vec![Body { faces: vec![Face { material, triangles }], ..Body::default() }] }
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
            let row = WIDTHS.iter().find(|(layer, id, _)| *layer == class.layer && (id.is_empty() || *id == class.id));
            let Some((.., width)) = row else { return Vec::new() };
            let shapes = &features.shapes;
            let moved = |part| {
                let points = shapes.points(part).iter();
                points.map(|point| [point[0] - origin[0], point[1] - origin[1]]).collect::<Vec<_>>()
            };
            shapes.parts(&feature.parts).iter().flat_map(|part| ribbon(&moved(part), *width, z)).collect()
        }
    }
}

/// Rows of buildings that are not drawn because their parts are.
fn outlines(features: &Features, origin: [f64; 2]) -> std::collections::BTreeSet<usize> {
    let areas = |parts: bool| {
        features.rows.iter().enumerate().filter(move |(_, row)| {
            let class = features.class(row);
            class.layer == "buildings" && row.geometry == Geometry::Area && (class.id == "part") == parts
        })
    };
    let polygons = |feature: &Feature| ring::polygons(features, feature, origin);
    let places: Vec<[f64; 2]> =
        areas(true).flat_map(|(_, part)| polygons(part)).filter_map(|rings| building::inside(&rings)).collect();
    if places.is_empty() {
        return Default::default();
    }
    let holds = |feature: &Feature| {
        let rings: Rings = polygons(feature).into_iter().flatten().collect();
        places.iter().any(|place| within(*place, &rings))
    };
    areas(false).filter(|(_, feature)| holds(feature)).map(|(row, _)| row).collect()
}

/// Whether a point lies in rings, by the even-odd rule.
fn within([x, y]: [f64; 2], rings: &Rings) -> bool {
    let mut inside = false;
    for ring in rings {
        for (a, b) in ring.iter().zip(ring.iter().cycle().skip(1)) {
            let crosses = (a[1] > y) != (b[1] > y);
            inside ^= crosses && x < a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1]);
        }
    }
    inside
}
