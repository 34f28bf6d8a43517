//! Waters that the edge of the data cut.

use super::world::{World, area, faults, look, see, what};
use mapwright::geo::clip::Cut;
use mapwright::geo::ring::{Path, Point, Polygon, area2};
use mapwright::map::{Geometry, Map};

/// What the data were cut at.
const EDGE: [f64; 4] = [0.0, 0.0, 10.0, 10.0];

type Place = (f64, f64);

fn step(&(x, y): &Place) -> Point {
    [x, y].map(|side| (side * 1e7).round() as i64)
}

/// The share of the box that is water, and the codes of the notes.
fn water(map: &Map) -> (f64, Vec<&'static str>) {
    let mut view = look(EDGE);
    view.clip = true;
    let features = see(map, &view);
    assert!(faults(&features).is_empty(), "{:?}", faults(&features));
    let rows = what(&features);
    let areas =
        rows.iter().enumerate().filter(|(_, (name, kind))| name.starts_with("water.") && *kind == Geometry::Area);
    let codes = features.notes.list().iter().map(|note| note.code).collect();
    (areas.map(|(row, _)| area(&features, row)).sum::<f64>() / 100.0, codes)
}

/// The share of the box that rings cover.
fn truth(rings: &[&[Place]]) -> f64 {
    let rings: Vec<Path> = rings.iter().map(|ring| ring.iter().map(step).collect()).collect();
    let lines: Vec<&[Point]> = rings.iter().map(Path::as_slice).collect();
    let cut = Cut::new(EDGE.map(|side| (side * 1e7) as i64), None);
    let parts: Vec<Polygon> = cut.polygon(&lines).unwrap_or_else(|| vec![rings.clone()]);
    parts.iter().flatten().map(|ring| area2(ring)).sum::<i128>() as f64 / 2e16
}

/// A closed line about a place, with corners and bays.
fn shore(x: f64, y: f64, radius: f64, corners: usize) -> Vec<Place> {
    let corner = |row: usize| {
        let angle = row as f64 / corners as f64 * std::f64::consts::TAU;
        let far = radius * (1.0 + 0.15 * (5.0 * angle).sin());
        (x + far * angle.cos(), y + far * angle.sin())
    };
    (0..=corners).map(|row| corner(row % corners)).collect()
}

fn inside(&(x, y): &Place) -> bool {
    (0.0..=10.0).contains(&x) && (0.0..=10.0).contains(&y)
}

/// Adds a shore as an extract of complete ways has it: in ways of some corners, those without one in the box are missing.
fn add(world: &mut World, ring: &[Place], tags: &str) -> Vec<i64> {
    let ways = ring.chunks(4).enumerate().map(|(row, part)| {
        let next = ring.get(4 * row + part.len());
        part.iter().chain(next).copied().collect::<Vec<Place>>()
    });
    let whole = ways.filter(|way| way.len() > 1 && way.iter().any(inside)).collect::<Vec<_>>();
    whole.into_iter().map(|way| world.way(&way, tags)).collect()
}

fn lake(rings: &[(&[Place], &'static str)], houses: impl IntoIterator<Item = Place>) -> Map {
    let mut world = World::new();
    world.bounds(EDGE);
    let mut members = Vec::new();
    for (ring, role) in rings {
        members.extend(add(&mut world, ring, "").into_iter().map(|way| (way, *role)));
    }
    world.relation(&members, "type=multipolygon, natural=water, water=lake");
    for (x, y) in houses {
        world.way(&[(x, y), (x + 0.1, y), (x + 0.1, y + 0.1), (x, y)], "building=yes");
    }
    world.map()
}

/// Places on land, evenly.
fn land(ring: &[Place]) -> Vec<Place> {
    let rings = [ring.iter().map(step).collect::<Path>()];
    let out = |place: &Place| {
        mapwright::geo::ring::side(&step(place), rings.iter().map(Path::as_slice)) == mapwright::geo::ring::Side::Out
    };
    (0..144).map(|row| (f64::from(row % 12) * 0.8 + 0.3, f64::from(row / 12) * 0.8 + 0.3)).filter(out).collect()
}

#[test]
fn a_lake_is_closed_along_the_edge_whichever_part_is_there() {
    let mut decided = 0;
    for row in 0..60 {
        let turn = f64::from(row) * 0.7;
        let (x, y) = (5.0 + 6.0 * turn.cos(), 5.0 + 6.0 * turn.sin());
        let ring = shore(x, y, 3.0 + f64::from(row % 7), 80);
        if !ring.iter().any(inside) {
            continue;
        }
        let expected = truth(&[&ring]);
        let (share, codes) = water(&lake(&[(&ring, "outer")], land(&ring)));
        assert!((share - expected).abs() < 1e-6, "{row}: {share}, expected {expected}, {codes:?}");
        assert!(!codes.contains(&"open_banks"));
        decided += 1;
    }
    assert!(decided > 40, "{decided}");
}

#[test]
fn islands_tell_where_the_water_is() {
    // Nothing else is mapped, and the lake is most of the box; its island lies in it, a second lake on land.
    let (ring, island, pond) = (shore(3.0, 3.0, 9.0, 80), shore(3.0, 3.0, 1.0, 12), shore(9.2, 9.2, 0.3, 12));
    let (share, codes) = water(&lake(&[(&ring, "outer"), (&island, "inner"), (&pond, "outer")], []));
    let expected = truth(&[&ring]) - truth(&[&island]) + truth(&[&pond]);
    assert!((share - expected).abs() < 1e-6, "{share}, expected {expected}, {codes:?}");
    // All of the shore lies beyond the box, which is water around an island.
    let (ring, island) = (shore(5.0, 5.0, 30.0, 400), shore(5.0, 5.0, 2.0, 20));
    let far: Vec<Place> = ring.iter().copied().take(9).collect();
    let mut world = World::new();
    world.bounds(EDGE);
    let (outer, inner) = (world.way(&far, ""), world.way(&island, ""));
    world.relation(&[(outer, "outer"), (inner, "inner")], "type=multipolygon, natural=water");
    let (share, _) = water(&world.map());
    assert!((share - (1.0 - truth(&[&island]))).abs() < 1e-6, "{share}");
}

#[test]
fn rivers_of_every_style_are_closed() {
    let banks: [&[Place]; 2] = [&[(-1.0, 4.0), (5.0, 4.0), (11.0, 5.0)], &[(11.0, 6.0), (5.0, 6.0), (-1.0, 5.0)]];
    let expected = truth(&[&[banks[0], banks[1], &banks[0][..1]].concat()]);
    let river = |tags: [&str; 2]| {
        let mut world = World::new();
        world.bounds(EDGE);
        let ways = banks.map(|bank| (world.way(bank, tags[0]), "outer"));
        world.relation(&ways, tags[1]);
        world.way(&[(-1.0, 4.5), (5.0, 5.0), (11.0, 5.5)], "waterway=river");
        for x in 0..9 {
            world.way(&[(f64::from(x), 1.0), (f64::from(x) + 0.5, 2.0)], "highway=residential");
        }
        world.map()
    };
    for tags in [["", "type=multipolygon, natural=water, water=river"], ["waterway=riverbank", "type=multipolygon"]] {
        let map = river(tags);
        let (share, codes) = water(&map);
        assert!((share - expected).abs() < 1e-6 && !codes.contains(&"open_banks"), "{share} {expected} {codes:?}");
        // Its banks are no rivers.
        let lines = what(&see(&map, &look(EDGE)))
            .iter()
            .filter(|what| **what == ("water.river".into(), Geometry::Line))
            .count();
        assert_eq!(lines, 1, "{tags:?}");
    }
}

#[test]
fn a_lake_whose_nodes_are_missing_is_closed() {
    let ring = shore(9.0, 5.0, 3.0, 60);
    let mut world = World::new();
    world.bounds(EDGE);
    let mut refs: Vec<i64> = ring
        .iter()
        .enumerate()
        .map(|(row, place)| if inside(place) { world.node(*place, "") } else { 90_000 + row as i64 })
        .collect();
    refs[60] = refs[0];
    world.way_of(&refs, "natural=water");
    let (share, codes) = water(&world.map());
    // The stretch between the last node and the edge is straight.
    assert!((share - truth(&[&ring])).abs() < 0.005 && !codes.contains(&"open_banks"), "{share} {codes:?}");
}

#[test]
fn what_nothing_tells_is_said_and_no_area() {
    let mut world = World::new();
    world.bounds(EDGE);
    let bank = world.way(&[(5.0, -1.0), (5.0, 11.0)], "");
    let river = world.relation(&[(bank, "outer")], "type=multipolygon, natural=water");
    let map = world.map();
    let (share, codes) = water(&map);
    assert!(share == 0.0 && codes.contains(&"open_banks"), "{share} {codes:?}");
    let note = map.notes.list().iter().find(|note| note.code == "open_banks").unwrap();
    assert!(note.message.ends_with(&format!(": r{river}")), "{}", note.message);
    // Neither is one that ends in the middle.
    let mut world = World::new();
    world.bounds(EDGE);
    let bank = world.way(&[(5.0, -1.0), (5.0, 5.0), (7.0, 5.0)], "");
    world.relation(&[(bank, "outer")], "type=multipolygon, natural=water");
    assert_eq!(water(&world.map()).0, 0.0);
}
