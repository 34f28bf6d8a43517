//! Inputs after public reports: heights in units, storeys, what lies below the ground, roofs on untidy footprints.

use super::print::closed;
use super::town::{LONG, Thing, building, model, open_edges, reach, triangles, turned, volume};
use crate::common::data;
use mapwright::geo::crs::Crs;
use mapwright::map::{Features, Frame, View, build, view};
use mapwright::mesh::print::{Measures, print};
use mapwright::mesh::{Body, Mesh, raise};
use mapwright::note::Notes;
use mapwright::request::Language;
use mapwright::watch::Watch;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a file shows, in UTM, to the borders of its box.
fn with<T>(name: &str, work: impl FnOnce(&Features) -> T) -> T {
    let osm = mapwright::osm::read(&data(&format!("reports/{name}.osm")), &mut Watch::silent()).unwrap();
    let map = build(Arc::new(osm), &mut Watch::silent()).unwrap();
    let crs = Crs::utm(8.0, 50.0);
    let [x, y] = crs.project([8.0, 50.0]).unwrap();
    let frame = Frame::Projected([x - 50.0, y - 50.0, x + 800.0, y + 1000.0]);
    let language = Language::Local;
    let look = View {
        crs,
        frame,
        area: vec![],
        clip: true,
        layers: vec![],
        once: false,
        filter: mapwright::request::Filter::default(),
        detail_level: None,
        tolerance: 0.0,
        sea: None,
        borders: true,
        language,
    };
    work(&view(&map, &look, &mut Watch::silent()).unwrap())
}

fn raised(name: &str) -> Mesh {
    let style = mapwright::style::style(None, &mut Notes::default()).unwrap();
    with(name, |features| raise(features, &style, &mut Watch::silent()).unwrap())
}

fn buildings(mesh: &Mesh) -> &[Body] {
    mesh.layers.iter().find(|layer| layer.name == "buildings").map_or(&[], |layer| &layer.bodies)
}

fn named<'m>(mesh: &'m Mesh, name: &str) -> &'m Body {
    buildings(mesh)
        .iter()
        .find(|body| body.name.as_deref() == Some(name))
        .unwrap_or_else(|| panic!("{name} is missing"))
}

/// How many things a note is about.
fn noted(notes: &Notes, code: &str) -> u64 {
    notes.list().iter().find(|note| note.code == code).map_or(0, |note| note.count)
}

#[test]
fn heights_are_read_in_all_units() {
    let rows: Vec<(String, String, Option<f64>)> =
        serde_json::from_slice(&data("reports/heights-in-units.expect.json")).unwrap();
    let mesh = raised("heights-in-units");
    for (key, value, expected) in &rows {
        let body = named(&mesh, &format!("{key}={value}"));
        let [low, high] = reach(&triangles(body));
        let expected = expected.unwrap_or(6.0);
        assert!(low == 0.0 && (high - expected).abs() < 1e-6, "{key}={value}: {high}, not {expected}");
    }
    let usual = rows.iter().filter(|(.., expected)| expected.is_none()).count() as u64;
    assert_eq!((noted(&mesh.notes, "unread_numbers"), noted(&mesh.notes, "height_guessed")), (usual, usual));
}

#[test]
fn storeys_give_heights_that_are_never_negative() {
    let mesh = raised("levels");
    for (name, base, top) in [
        ("A-frame", 0.0, 3.0),
        ("height-wins", 0.0, 20.0),
        ("garage", 0.0, 3.0),
        ("neg", 0.0, 6.0),
        ("1.5", 0.0, 6.0),
        ("12,5 ft", 0.0, 3.81),
        ("min 3 m", 3.0, 10.0),
        ("minlevel1", 3.0, 10.0),
        ("10 FT", 0.0, 3.048),
        ("space 15", 0.0, 15.0),
        ("15m;20m", 0.0, 15.0),
        ("5 mi", 0.0, 6.0),
        ("arabic 20", 0.0, 20.0),
    ] {
        let [low, high] = reach(&triangles(named(&mesh, name)));
        assert!((low - base).abs() < 1e-6 && (high - top).abs() < 1e-6, "{name}: {low} to {high}");
    }
    assert_eq!(noted(&mesh.notes, "unread_numbers"), 2);
}

#[test]
fn buildings_below_the_ground_are_left_out_and_told() {
    let mesh = raised("underground-buildings");
    let names: BTreeSet<&str> = buildings(&mesh).iter().filter_map(|body| body.name.as_deref()).collect();
    assert_eq!(names, BTreeSet::from(["normal", "layer-1", "neg-min"]));
    assert_eq!(noted(&mesh.notes, "underground_buildings"), 6);
    assert_eq!(reach(&triangles(named(&mesh, "neg-min"))), [0.0, 5.0]);
    let measures = Measures { size: 200.0, base: 2.0, exaggeration: 1.0, least: 0.1, roads: 0.0, water: 0.0 };
    let print = with("underground-buildings", |features| print(features, &measures, &mut Watch::silent()).unwrap());
    assert_eq!(noted(&print.notes, "underground_buildings"), 6);
    let heights: BTreeSet<i64> = closed(&print, "print")
        .iter()
        .flatten()
        .map(|corner| ((corner[2] - 2.0) * 1050.0 / 200.0).round() as i64)
        .collect();
    assert_eq!(heights.into_iter().filter(|height| *height >= 0).collect::<Vec<_>>(), [0, 3, 5, 6]);
}

#[test]
fn what_lies_below_hides_nothing_above() {
    let drawn = |tags: &str| {
        let things: [Thing; 2] = [("buildings.building", &LONG, "height=9"), ("buildings.part", &LONG, tags)];
        let mesh = model(&things);
        buildings(&mesh).iter().filter_map(|body| Some(body.source?.1)).collect::<Vec<_>>()
    };
    assert_eq!(drawn("height=20"), [2]);
    for tags in [
        "level=-1, height=3",
        "level=-3;-2",
        "location=Underground",
        "min_height=-6, height=-1",
        "building:min_level=-2, building:levels=0",
        "building:levels=0, building:levels:underground=3",
    ] {
        assert_eq!(drawn(tags), [1], "{tags}");
    }
    // These stand, on the ground.
    for tags in [
        "level=-1;0, height=3",
        "layer=-1, height=3",
        "min_height=-3, height=8",
        "building:levels=2, building:levels:underground=1",
    ] {
        assert_eq!(drawn(tags), [2], "{tags}");
        assert_eq!(reach(&triangles(&building(&LONG, tags)))[0], 0.0, "{tags}");
    }
}

/// Heights at which a body has corners, millimetres.
fn levels(body: &Body) -> BTreeSet<i64> {
    triangles(body).iter().flatten().map(|corner| (corner[2] * 1000.0).round() as i64).collect()
}

/// Whether two bodies have corners at the same heights, to the centimetres by which rounded walls differ.
fn alike(one: &Body, other: &Body) -> bool {
    let [one, other] = [one, other].map(levels);
    let near = |a: &BTreeSet<i64>, b: &BTreeSet<i64>| a.iter().all(|a| b.iter().any(|b| (a - b).abs() < 40));
    near(&one, &other) && near(&other, &one)
}

#[test]
fn a_node_in_a_wall_changes_no_roof() {
    let mesh = raised("roofs-hipped-extra-nodes");
    for shape in ["hipped", "pyramidal", "gabled"] {
        for row in 0..6 {
            let [plain, more] = ["rect", "mid"].map(|kind| named(&mesh, &format!("{kind}-{shape}-{row}")));
            assert!(alike(plain, more), "{shape} {row}: {:?}, not {:?}", levels(more), levels(plain));
            assert!(
                shape == "gabled" || levels(more) == BTreeSet::from([0, 6000, 10000]),
                "{shape} {row}: {:?}",
                levels(more)
            );
            let [plain, more] = [plain, more].map(|body| volume(&triangles(body)));
            assert!((more / plain - 1.0).abs() < 0.005, "{shape} {row}: {more}, not {plain}");
        }
    }
    for body in buildings(&mesh) {
        assert_eq!(open_edges(&triangles(body)), 0, "{:?}", body.name);
    }
}

#[test]
fn untidy_footprints_have_the_roofs_of_tidy_ones() {
    /// Nodes beside those of a rectangle of 20 by 10 metres: in walls, a little beside them, twice at a corner.
    const UNTIDY: [[f64; 2]; 11] = [
        [0.0, 0.0],
        [0.0, 0.0],
        [7.0, 0.02],
        [12.5, -0.03],
        [20.0, 0.0],
        [20.0, 0.02],
        [19.98, 5.0],
        [20.0, 10.0],
        [10.0, 10.01],
        [0.0, 10.0],
        [0.01, 3.0],
    ];
    for angle in 0..18 {
        // On the grid of 1e-7 degrees, at 50 degrees north.
        let round = |ring: &[[f64; 2]]| -> Vec<[f64; 2]> {
            let grid = [0.007_155, 0.011_132];
            turned(ring, f64::from(angle) * 20.0 + 3.0)
                .iter()
                .map(|[x, y]| [(x / grid[0]).round() * grid[0], (y / grid[1]).round() * grid[1]])
                .collect()
        };
        let footprints: Vec<Vec<[f64; 2]>> = (0..=UNTIDY.len())
            .map(|start| {
                let mut ring = UNTIDY;
                ring.rotate_left(start % UNTIDY.len());
                // The last is the tidy one.
                if start == UNTIDY.len() { round(&LONG) } else { round(&ring) }
            })
            .collect();
        for shape in ["gabled", "hipped", "pyramidal", "skillion"] {
            let tags = format!("height=10, roof:height=4, roof:shape={shape}");
            let things: Vec<Thing> =
                footprints.iter().map(|ring| ("buildings.building", ring.as_slice(), tags.as_str())).collect();
            let mesh = model(&things);
            let (plain, rest) = buildings(&mesh).split_last().unwrap();
            assert_eq!(rest.len(), UNTIDY.len());
            for (start, more) in rest.iter().enumerate() {
                let what = format!("{shape} turned by {angle} times 20, from node {start}");
                assert_eq!(open_edges(&triangles(more)), 0, "{what}");
                assert!(alike(plain, more), "{what}: {:?}, not {:?}", levels(more), levels(plain));
                let [plain, more] = [plain, more].map(|body| volume(&triangles(body)));
                assert!((more / plain - 1.0).abs() < 0.01, "{what}: {more}, not {plain}");
            }
        }
    }
}

#[test]
fn round_towers_keep_their_corners() {
    let tower: Vec<[f64; 2]> = (0..36).map(|step| turned(&[[3.0, 0.0]], f64::from(step) * 10.0)[0]).collect();
    let body = building(&tower, "height=10, roof:height=4, roof:shape=pyramidal");
    let corners: BTreeSet<[i64; 2]> = triangles(&body)
        .iter()
        .flatten()
        .filter(|corner| corner[2] == 0.0)
        .map(|corner| [0, 1].map(|axis| (corner[axis] * 1000.0).round() as i64))
        .collect();
    assert_eq!(corners.len(), 36);
}

#[test]
fn shapes_are_built_whatever_their_letters_or_counted() {
    let mesh = raised("roofs-all-shapes");
    let gabled = named(&mesh, "plain");
    for name in ["nodes-gabled", "shape-Gabled", "shape-gabled;hipped"] {
        assert!(alike(named(&mesh, name), gabled), "{name}");
    }
    for name in ["nodes-hipped", "nodes-pyramidal"] {
        assert_eq!(levels(named(&mesh, name)), BTreeSet::from([0, 6000, 10000]), "{name}");
    }
    let boxes =
        buildings(&mesh).iter().filter(|body| levels(body).len() == 2 && body.name.as_deref() != Some("shape-flat"));
    assert_eq!(noted(&mesh.notes, "roof_flat"), boxes.count() as u64);
}
