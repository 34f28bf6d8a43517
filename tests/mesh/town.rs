//! A town written by hand, in metres, and what can be measured of a model.

use mapwright::geo::crs::Crs;
use mapwright::map::classify::class_id;
use mapwright::map::{Feature, Features, Geometry, Map, Role, Shapes, Traces};
use mapwright::mesh::{Body, Corner, Mesh, Triangle, raise};
use mapwright::note::Notes;
use mapwright::osm::{Builder, Element, Kind};
use mapwright::request::Language;
use mapwright::watch::Watch;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A thing: `layer.class`, its ring (counter-clockwise, open) or line, its tags as `key=value, key=value`.
pub type Thing<'a> = (&'a str, &'a [[f64; 2]], &'a str);

/// A rectangle of 20 by 10 metres, the longer side from west to east.
pub const LONG: [[f64; 2]; 4] = [[0.0, 0.0], [20.0, 0.0], [20.0, 10.0], [0.0, 10.0]];

/// Raises things on a ground of 200 by 100 metres about the origin of UTM zone 32.
pub fn model(things: &[Thing]) -> Mesh {
    let style = mapwright::style::style(None, &mut Notes::default()).unwrap();
    with(things, |features| raise(&features, &style, &mut Watch::silent()).unwrap())
}

/// Features of things, whose origin is the middle of the frame.
pub fn with<T>(things: &[Thing], work: impl FnOnce(Features) -> T) -> T {
    const MIDDLE: [f64; 2] = [500_000.0, 5_000_000.0];
    let mut builder = Builder::new();
    for (row, (_, _, tags)) in things.iter().enumerate() {
        let pairs = tags.split(", ").filter_map(|tag| tag.split_once('='));
        let tags: Vec<_> =
            pairs.map(|(key, value)| (builder.string(key).unwrap(), builder.string(value).unwrap())).collect();
        builder.way(row as i64 + 1, &[], &tags);
    }
    let map = Map {
        osm: Arc::new(builder.finish()),
        features: vec![],
        shapes: Shapes::default(),
        several: vec![],
        borders: Vec::new(),
        sided: Vec::new(),
        coast: 0..0,
        streets: Vec::new(),
        notes: Notes::default(),
    };
    let mut shapes = Traces::default();
    let mut rows = Vec::new();
    for (row, (class, points, _)) in things.iter().enumerate() {
        let (layer, class) = class.split_once('.').unwrap();
        let area = !matches!(layer, "roads" | "railways");
        let role = if area { Role::Outer } else { Role::Line };
        let closing = points.first().filter(|_| area);
        let moved = points.iter().chain(closing).map(|[x, y]| [x + MIDDLE[0], y + MIDDLE[1]]);
        let start = shapes.all().len() as u32;
        shapes.push(role, moved);
        rows.push(Feature {
            element: Element { kind: Kind::Way, index: row as u32 },
            class: class_id(layer, class).expect("a class"),
            geometry: if area { Geometry::Area } else { Geometry::Line },
            parts: start..start + 1,
            value: 0,
            layer_z: 0,
            place: 0,
        });
    }
    work(Features {
        map: &map,
        crs: Crs::utm(9.0, 45.0),
        extent: [MIDDLE[0] - 100.0, MIDDLE[1] - 50.0, MIDDLE[0] + 100.0, MIDDLE[1] + 50.0],
        rows,
        shapes,
        language: Language::default(),
        notes: Notes::default(),
    })
}

/// The body of a building with these tags.
pub fn building(ring: &[[f64; 2]], tags: &str) -> Body {
    let mut model = model(&[("buildings.building", ring, tags)]);
    let mut layer = model.layers.pop().unwrap();
    assert_eq!((layer.name, layer.bodies.len()), ("buildings", 1));
    layer.bodies.remove(0)
}

/// All triangles of a body.
pub fn triangles(body: &Body) -> Vec<Triangle> {
    body.faces.iter().flat_map(|face| face.triangles.iter().copied()).collect()
}

/// Edges that do not have exactly one triangle on either side; a tenth of a millimetre counts as one place.
pub fn open_edges(triangles: &[Triangle]) -> usize {
    let step = |corner: Corner| corner.map(|side| (side * 1e4).round() as i64);
    let mut edges: BTreeMap<_, (u32, u32)> = BTreeMap::new();
    for [a, b, c] in triangles.iter().map(|corners| corners.map(step)) {
        for (from, to) in [(a, b), (b, c), (c, a)] {
            assert_ne!(from, to, "an edge without length");
            let seen = edges.entry((from.min(to), from.max(to))).or_default();
            if from < to { seen.0 += 1 } else { seen.1 += 1 }
        }
    }
    edges.values().filter(|seen| **seen != (1, 1)).count()
}

/// What triangles enclose.
pub fn volume(triangles: &[Triangle]) -> f64 {
    let six = |[a, b, c]: &Triangle| {
        a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0])
    };
    triangles.iter().map(six).sum::<f64>() / 6.0
}

/// Lowest and highest place.
pub fn reach(triangles: &[Triangle]) -> [f64; 2] {
    let heights = || triangles.iter().flatten().map(|corner| corner[2]);
    [heights().fold(f64::INFINITY, f64::min), heights().fold(f64::NEG_INFINITY, f64::max)]
}

/// Points turned about the origin.
pub fn turned(points: &[[f64; 2]], degrees: f64) -> Vec<[f64; 2]> {
    let (sin, cos) = degrees.to_radians().sin_cos();
    points.iter().map(|[x, y]| [x * cos - y * sin, x * sin + y * cos]).collect()
}
