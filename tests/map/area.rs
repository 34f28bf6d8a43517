//! The area of a request: polygons together, relations of either style, and what is said where there is no ring.

use super::world::{World, area, look, see};
use mapwright::Error;

const SQUARE: [(f64, f64); 5] = [(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)];

fn ring(west: f64, south: f64, east: f64, north: f64) -> Vec<[f64; 2]> {
    vec![[west, south], [east, south], [east, north], [west, north], [west, south]]
}

fn forest(from: (f64, f64), to: (f64, f64)) -> World {
    let mut world = World::new();
    world.way(&[from, (to.0, from.1), to, (from.0, to.1), from], "landuse=forest");
    world
}

#[test]
fn polygons_that_overlap_count_once_and_holes_stay() {
    let map = forest((0.0, 0.0), (3.0, 3.0)).map();
    let mut cut = look([0.0, 0.0, 3.0, 3.0]);
    cut.clip = true;
    let mut total = |polygons: &[Vec<Vec<[f64; 2]>>]| {
        cut.area = polygons.to_vec();
        area(&see(&map, &cut), 0)
    };
    let near = |found: f64, expected: f64| assert!((found - expected).abs() < 1e-6, "{found} for {expected}");
    near(total(&[vec![ring(0.0, 0.0, 2.0, 1.0)], vec![ring(1.0, 0.0, 3.0, 1.0)]]), 3.0);
    near(total(&[vec![ring(0.0, 0.0, 2.0, 1.0)], vec![ring(0.0, 0.0, 2.0, 1.0)]]), 2.0);
    // The second polygon, whichever way it runs, fills a part of the first one's hole.
    let mut island = ring(1.0, 1.0, 2.5, 2.0);
    island.reverse();
    near(total(&[vec![ring(0.0, 0.0, 3.0, 3.0), ring(0.5, 0.5, 2.0, 2.5)], vec![island]]), 9.0 - 3.0 + 1.0);
}

#[test]
fn an_area_may_lie_across_the_antimeridian() {
    let mut world = World::new();
    world.way(&[(179.0, 0.0), (180.0, 0.0), (180.0, 1.0), (179.0, 1.0), (179.0, 0.0)], "landuse=forest");
    world.way(&[(-180.0, 0.0), (-179.0, 0.0), (-179.0, 1.0), (-180.0, 1.0), (-180.0, 0.0)], "landuse=forest");
    let map = world.map();
    let mut cut = look([178.0, -1.0, -178.0, 2.0]);
    cut.clip = true;
    for shape in [
        vec![vec![ring(179.5, 0.0, -179.5, 0.5)]],
        vec![vec![ring(179.5, 0.0, 180.0, 0.5)], vec![ring(-180.0, 0.0, -179.5, 0.5)]],
    ] {
        cut.area = shape;
        let seen = see(&map, &cut);
        let found = [area(&seen, 0), area(&seen, 1)];
        assert!(found.iter().all(|half| (half - 0.25).abs() < 1e-6), "{found:?}");
    }
}

#[test]
fn an_area_without_inside_is_named() {
    let map = forest((0.0, 0.0), (3.0, 3.0)).map();
    let mut cut = look([0.0, 0.0, 3.0, 3.0]);
    cut.area = vec![vec![vec![[0.0, 0.0], [1.0, 1.0], [2.0, 2.0], [0.0, 0.0]]]];
    let fault = mapwright::map::view(&map, &cut, &mut mapwright::Watch::silent()).err().unwrap();
    assert_eq!(fault.field(), Some("area"));
}

#[test]
fn relations_of_either_style_and_of_any_kind_have_their_ring() {
    for tags in ["type=multipolygon, landuse=forest", "type=multipolygon", "type=boundary", "type=site, name=Fair"] {
        let mut world = World::new();
        let outer = world.way(&SQUARE, if tags == "type=multipolygon" { "landuse=forest" } else { "" });
        let inner = world.way(&[(1.2, 1.2), (1.4, 1.2), (1.4, 1.4), (1.2, 1.2)], "");
        let id = world.relation(&[(outer, "outer"), (inner, "inner")], tags);
        let polygons = world.map().relation_area(id).unwrap();
        assert_eq!(polygons.iter().map(Vec::len).collect::<Vec<_>>(), [2], "{tags}");
    }
}

#[test]
fn a_relation_without_ring_is_named() {
    let why = |make: &dyn Fn(&mut World) -> i64| {
        let mut world = World::new();
        let id = make(&mut world);
        match world.map().relation_area(id) {
            Err(Error::Request { field, message }) if field == "area.relation" => message,
            other => panic!("{other:?}"),
        }
    };
    for (found, part) in [
        (why(&|_| 99), "relation 99 is not in the data"),
        (why(&|world| world.relation(&[], "type=boundary")), "has no ways"),
        (
            why(&|world| {
                let half = world.way(&SQUARE[..3], "");
                world.relation(&[(half, "outer"), (4711, "outer")], "type=boundary")
            }),
            "1 of its 2 ways are missing",
        ),
        (
            why(&|world| {
                let half = world.way(&SQUARE[..3], "");
                world.relation(&[(half, "outer")], "type=boundary")
            }),
            "does not close",
        ),
        (
            why(&|world| {
                let bow = world.way(&[(1.0, 1.0), (2.0, 2.0), (2.0, 1.0), (1.0, 2.0), (1.0, 1.0)], "");
                world.relation(&[(bow, "outer")], "type=boundary")
            }),
            "crosses itself",
        ),
    ] {
        assert!(found.contains(part), "{found}");
    }
}

#[test]
fn ways_that_say_more_than_their_relation_stay_with_its_holes() {
    let mut world = World::new();
    let outer = world.way(&SQUARE, "building=yes, name=Palace");
    let inner = world.way(&[(1.2, 1.2), (1.4, 1.2), (1.4, 1.4), (1.2, 1.2)], "building=yes, name=Kiosk");
    let same = world.way(&[(1.5, 1.5), (1.7, 1.5), (1.7, 1.7), (1.5, 1.5)], "building=yes");
    world.relation(&[(outer, "outer"), (inner, "inner"), (same, "inner")], "type=multipolygon, building=yes");
    let map = world.map();
    let seen = see(&map, &look([0.0, 0.0, 3.0, 3.0]));
    let mut areas: Vec<f64> = (0..seen.rows.len()).map(|row| (area(&seen, row) * 1e4).round() / 1e4).collect();
    areas.sort_by(f64::total_cmp);
    assert_eq!(areas, [0.02, 0.96, 0.96]);
}

#[test]
fn outer_ways_of_the_old_style_keep_their_own_names() {
    let mut world = World::new();
    let first = world.way(&SQUARE, "landuse=forest, name=A");
    let second = world.way(&[(4.0, 1.0), (5.0, 1.0), (5.0, 2.0), (4.0, 1.0)], "landuse=forest, name=B");
    let hole = world.way(&[(1.2, 1.2), (1.4, 1.2), (1.4, 1.4), (1.2, 1.2)], "");
    world.relation(&[(first, "outer"), (second, "outer"), (hole, "inner")], "type=multipolygon");
    let map = world.map();
    let seen = see(&map, &look([0.0, 0.0, 6.0, 3.0]));
    let mut found: Vec<_> = (0..seen.rows.len())
        .map(|row| (seen.tag(&seen.rows[row], "name").unwrap().to_owned(), (area(&seen, row) * 100.0).round()))
        .collect();
    found.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(found, [("A".to_owned(), 98.0), ("B".to_owned(), 50.0)]);
}
