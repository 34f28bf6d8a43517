//! Sea: right of the coast, closed along the frame.

use super::world::{World, area, faults, look, see, what};
use crate::common;
use mapwright::Watch;
use mapwright::map::{Features, Map, build};
use mapwright::request::Sea;
use std::sync::Arc;

const FRAME: [f64; 4] = [0.0, 0.0, 10.0, 10.0];

/// The part of the frame that is sea, and what notes say.
fn sea(map: &Map, frame: [f64; 4], choice: Sea) -> (f64, Vec<&'static str>) {
    let mut view = look(frame);
    view.sea = Some(choice);
    view.clip = true;
    let features = see(map, &view);
    assert!(faults(&features).is_empty(), "{:?}", faults(&features));
    let codes = features.notes.list().iter().map(|note| note.code).collect();
    (share(&features, frame), codes)
}

fn share(features: &Features, frame: [f64; 4]) -> f64 {
    let row = what(features).iter().position(|(name, _)| name == "water.sea");
    row.map_or(0.0, |row| area(features, row)) / ((frame[2] - frame[0]) * (frame[3] - frame[1]))
}

fn coast(lines: &[&[(f64, f64)]]) -> Map {
    let mut world = World::new();
    for line in lines {
        world.way(line, "natural=coastline");
    }
    world.map()
}

/// A closed way about a place; land inside if it runs counter-clockwise.
fn square(x: f64, y: f64, half: f64, land: bool) -> Vec<(f64, f64)> {
    let mut ring = vec![
        (x - half, y - half),
        (x + half, y - half),
        (x + half, y + half),
        (x - half, y + half),
        (x - half, y - half),
    ];
    if !land {
        ring.reverse();
    }
    ring
}

fn near(found: (f64, Vec<&str>), expected: f64) {
    assert!((found.0 - expected).abs() < 1e-6 && found.1.is_empty(), "{found:?}, expected {expected}");
}

#[test]
fn water_is_right_of_the_coast() {
    // Northwards at x = 4: land in the west.
    near(sea(&coast(&[&[(4.0, -1.0), (4.0, 5.0)], &[(4.0, 5.0), (4.0, 11.0)]]), FRAME, Sea::Auto), 0.6);
    // Southwards: land in the east. The choice does not matter where there is coast.
    near(sea(&coast(&[&[(4.0, 11.0), (4.0, -1.0)]]), FRAME, Sea::Land), 0.4);
    // A corner.
    near(sea(&coast(&[&[(-1.0, 2.0), (2.0, 2.0), (2.0, -1.0)]]), FRAME, Sea::Auto), 0.04);
    near(sea(&coast(&[&[(2.0, -1.0), (2.0, 2.0), (-1.0, 2.0)]]), FRAME, Sea::Auto), 0.96);
}

#[test]
fn straits_bays_islands_and_inland_seas() {
    let strait: [&[(f64, f64)]; 2] = [&[(4.0, -1.0), (4.0, 11.0)], &[(6.0, 11.0), (6.0, -1.0)]];
    near(sea(&coast(&strait), FRAME, Sea::Auto), 0.2);
    let island = square(5.0, 5.0, 0.5, true);
    near(sea(&coast(&[strait[0], strait[1], &island]), FRAME, Sea::Auto), 0.19);
    near(sea(&coast(&[&square(5.0, 5.0, 2.0, true)]), FRAME, Sea::Auto), 0.84);
    near(sea(&coast(&[&square(5.0, 5.0, 2.0, false)]), FRAME, Sea::Auto), 0.16);
    // An island in an inland sea on an island.
    let rings = [square(5.0, 5.0, 4.0, true), square(5.0, 5.0, 3.0, false), square(5.0, 5.0, 1.0, true)];
    near(sea(&coast(&[&rings[0], &rings[1], &rings[2]]), FRAME, Sea::Auto), 1.0 - 0.64 + 0.36 - 0.04);
    // A peninsula that leaves the frame twice.
    near(sea(&coast(&[&[(2.0, -1.0), (2.0, 4.0), (11.0, 4.0)]]), FRAME, Sea::Auto), 0.32);
}

#[test]
fn rings_say_what_they_are_wherever_they_lie() {
    let north: &[(f64, f64)] = &[(4.0, -1.0), (4.0, 11.0)];
    let beside =
        |x: f64, y: f64, half: f64, land: bool| sea(&coast(&[north, &square(x, y, half, land)]), FRAME, Sea::Auto);
    // Land in land, an island; a lake, water in the sea.
    near(beside(2.0, 5.0, 1.0, true), 0.6);
    near(beside(7.0, 5.0, 1.0, true), 0.56);
    near(beside(2.0, 5.0, 1.0, false), 0.64);
    near(beside(7.0, 5.0, 1.0, false), 0.6);
    // The frame cuts them, or touches them from within or without; one fills a corner.
    near(beside(0.0, 5.0, 1.0, true), 0.6);
    near(beside(0.0, 5.0, 1.0, false), 0.62);
    near(beside(1.0, 5.0, 1.0, true), 0.6);
    near(beside(-1.0, 5.0, 1.0, true), 0.6);
    near(beside(10.0, 5.0, 1.0, true), 0.58);
    near(beside(0.0, 0.0, 1.0, false), 0.61);
    // They touch the coast at a point, or along a side.
    let corner = [(4.0, 5.0), (3.0, 6.0), (2.0, 5.0), (3.0, 4.0), (4.0, 5.0)];
    near(sea(&coast(&[&[(4.0, -1.0), (4.0, 5.0)], &[(4.0, 5.0), (4.0, 11.0)], &corner]), FRAME, Sea::Auto), 0.6);
    near(beside(3.0, 5.0, 1.0, true), 0.6);
    near(beside(5.0, 5.0, 1.0, true), 0.56);
    // Nested, each in its own kind and in the other.
    let nest = |kinds: &[bool]| {
        let rings: Vec<_> =
            kinds.iter().enumerate().map(|(row, land)| square(5.0, 5.0, 4.0 - row as f64, *land)).collect();
        let lines: Vec<_> = rings.iter().map(Vec::as_slice).collect();
        sea(&coast(&lines), FRAME, Sea::Auto)
    };
    near(nest(&[true, true]), 0.36);
    near(nest(&[true, true, false]), 0.36 + 0.16);
    near(nest(&[true, true, false, true]), 0.36 + 0.16 - 0.04);
    near(nest(&[false, false, true]), 0.64 - 0.16);
    // Mapped twice, from another corner.
    let (mut twice, one) = (square(5.0, 5.0, 2.0, true), square(5.0, 5.0, 2.0, true));
    twice.rotate_left(1);
    twice[4] = twice[0];
    near(sea(&coast(&[&one, &twice]), FRAME, Sea::Auto), 0.84);
}

/// Rings in a box, each with rings in it; answers what they cover and how much of that is water.
fn scatter(
    at: [f64; 2],
    size: f64,
    depth: u32,
    next: &mut dyn FnMut() -> u32,
    rings: &mut Vec<Vec<(f64, f64)>>,
) -> [f64; 2] {
    let mut sum = [0.0; 2];
    for quarter in 0..4 {
        let (x, y) = (at[0] + size / 2.0 * f64::from(quarter % 2), at[1] + size / 2.0 * f64::from(quarter / 2));
        if depth == 0 || next().is_multiple_of(4) {
            continue;
        }
        let (half, land) = (size * 0.2, next().is_multiple_of(2));
        let mut ring = square(x + size / 4.0, y + size / 4.0, half, land);
        let turn = next() as usize % 4;
        ring.pop();
        ring.rotate_left(turn);
        ring.push(ring[0]);
        rings.push(ring);
        let corner = [x + size / 4.0 - half, y + size / 4.0 - half];
        let inner = scatter(corner, 2.0 * half, depth - 1, next, rings);
        let area = 4.0 * half * half;
        sum = [sum[0] + area, sum[1] + inner[1] + if land { 0.0 } else { area - inner[0] }];
    }
    sum
}

#[test]
fn the_innermost_ring_decides() {
    let mut seed = 5_u64;
    let mut next = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as u32
    };
    for round in 0..60 {
        let mut rings = Vec::new();
        let [covered, water] = scatter([0.0, 0.0], 10.0, 1 + round % 4, &mut next, &mut rings);
        // A coast above them says what lies around them.
        let coasts: [&[(f64, f64)]; 2] = [&[(-1.0, 9.999), (11.0, 9.999)], &[(11.0, 9.999), (-1.0, 9.999)]];
        for (line, outside) in [(coasts[0], true), (coasts[1], false)] {
            let lines: Vec<_> = rings.iter().map(Vec::as_slice).chain([line]).collect();
            let (share, codes) = sea(&coast(&lines), FRAME, Sea::Auto);
            let strip = 10.0 * 0.001;
            let rest = if outside { 100.0 - strip - covered } else { strip };
            assert!(
                (share * 100.0 - water - rest).abs() < 1e-3 && codes.is_empty(),
                "{round}: {share} {water} {covered} {outside}"
            );
        }
    }
}

#[test]
fn an_island_in_a_river_floods_nothing() {
    let island = square(5.0, 5.0, 1.0, true);
    // Within the mapped river, whole or with a hole; in a river that is a line, with houses and a bridge beside it.
    let mut river = World::new();
    river.way(&island, "natural=coastline");
    river.way(&[(-1.0, 3.0), (11.0, 3.0), (11.0, 7.0), (-1.0, 7.0), (-1.0, 3.0)], "natural=water, water=river");
    near(sea(&river.map(), FRAME, Sea::Auto), 0.0);
    let mut river = World::new();
    let inner = river.way(&island, "natural=coastline");
    let outer = river.way(&[(-1.0, 3.0), (11.0, 3.0), (11.0, 7.0), (-1.0, 7.0), (-1.0, 3.0)], "");
    river.relation(&[(outer, "outer"), (inner, "inner")], "type=multipolygon, natural=water");
    near(sea(&river.map(), FRAME, Sea::Auto), 0.0);
    let town = |on: f64, bridge: &str| {
        let mut world = World::new();
        world.way(&island, "natural=coastline");
        for n in 0..4 {
            world.way(&square(on, 4.4 + 0.4 * f64::from(n), 0.1, true), "building=yes");
        }
        world.way(&[(5.0, 5.0), (9.0, 5.0)], &format!("highway=service{bridge}"));
        sea(&world.map(), FRAME, Sea::Auto)
    };
    near(town(8.0, ""), 0.0);
    // An island of the sea with a town on it, and bare rocks under a bridge.
    near(town(5.0, ""), 0.96);
    let mut rocks = World::new();
    rocks.way(&island, "natural=coastline");
    rocks.way(&[(1.0, 1.0), (9.0, 1.0)], "highway=primary, bridge=yes");
    near(sea(&rocks.map(), FRAME, Sea::Auto), 0.96);
    // The coast beyond the frame knows.
    let far: [&[(f64, f64)]; 2] = [&[(20.0, -30.0), (20.0, 30.0)], &[(-20.0, -30.0), (-20.0, 30.0)]];
    near(sea(&coast(&[far[0], &island]), FRAME, Sea::Auto), 0.0);
    near(sea(&coast(&[far[1], &island]), FRAME, Sea::Auto), 0.96);
    near(sea(&coast(&[&square(5.0, 5.0, 30.0, true), &island]), FRAME, Sea::Auto), 0.0);
    near(sea(&coast(&[&square(30.0, 5.0, 3.0, true), &island]), FRAME, Sea::Auto), 0.96);
}

#[test]
fn rings_of_coast_on_land_stay_land() {
    let read = |name: &str| {
        let osm = mapwright::osm::read(&common::data(&format!("reports/{name}.osm")), &mut Watch::silent()).unwrap();
        build(Arc::new(osm), &mut Watch::silent()).unwrap()
    };
    let frame = [8.0, 50.0, 8.0139752, 50.0089831];
    // The outer ring takes up 40% of the width and height; the coast has 60% of the frame east of it.
    for (name, expected) in [("coast-ring-in-island", 1.0 - 0.4 * 0.4), ("coast-ring-inland", 0.6)] {
        let (share, codes) = sea(&read(name), frame, Sea::Auto);
        assert!((share - expected).abs() < 1e-5 && codes.is_empty(), "{name}: {share} {codes:?}");
    }
    // Where only the ring is in the frame, the coast east of it tells.
    near(sea(&read("coast-ring-inland"), [8.0005, 50.004, 8.0025, 50.005], Sea::Auto), 0.0);
}

#[test]
fn without_coast_in_view_the_nearest_decides_then_the_choice() {
    let map = coast(&[&[(4.0, -1.0), (4.0, 11.0)]]);
    near(sea(&map, [5.0, 1.0, 6.0, 2.0], Sea::Auto), 1.0);
    near(sea(&map, [1.0, 1.0, 2.0, 2.0], Sea::Auto), 0.0);
    near(sea(&map, [5.0, 1.0, 6.0, 2.0], Sea::Land), 0.0);
    near(sea(&map, [1.0, 1.0, 2.0, 2.0], Sea::Sea), 1.0);
    let mut ferry = World::new();
    ferry.way(&[(0.0, 1.0), (9.0, 2.0)], "route=ferry");
    near(sea(&ferry.map(), FRAME, Sea::Auto), 1.0);
    let mut village = World::new();
    village.way(&[(0.0, 1.0), (9.0, 2.0)], "highway=residential");
    near(sea(&village.map(), FRAME, Sea::Auto), 0.0);
}

#[test]
fn broken_coast_is_told_and_left_unfilled() {
    let (share, codes) = sea(&coast(&[&[(4.0, -1.0), (4.0, 5.0)]]), FRAME, Sea::Auto);
    assert_eq!((share, codes), (0.0, vec!["broken_coast"]));
    // Two coasts that both say land lies between them and themselves.
    let (share, codes) = sea(&coast(&[&[(4.0, -1.0), (4.0, 11.0)], &[(6.0, -1.0), (6.0, 11.0)]]), FRAME, Sea::Auto);
    assert_eq!((share, codes), (0.0, vec!["broken_coast"]));
    // An island beside it does not turn land and sea around.
    let island = square(8.0, 5.0, 1.0, true);
    let (share, codes) = sea(&coast(&[&[(4.0, 1.5), (4.0, 8.5)], &island]), FRAME, Sea::Auto);
    assert_eq!((share, codes), (0.0, vec!["broken_coast"]));
    // Nor does a corner of coast that would put the land side of the broken piece under water.
    let corner: &[(f64, f64)] = &[(1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)];
    let (share, codes) = sea(&coast(&[&[(4.0, 8.5), (4.0, 1.5)], corner]), FRAME, Sea::Auto);
    assert!(share == 0.0 && codes == ["broken_coast"], "{share} {codes:?}");
    // Data cut just before the frame.
    let (share, codes) = sea(&coast(&[&[(4.0, 0.2), (4.0, 9.7)]]), FRAME, Sea::Auto);
    assert!((share - 0.6).abs() < 1e-6 && codes == ["short_coast"], "{share} {codes:?}");
}

#[test]
fn coast_that_left_the_known_box_goes_on_to_the_frame() {
    let nodes = [(4.0, 2.9), (4.0, 7.1)].iter().enumerate();
    let nodes: String = nodes.map(|(row, (x, y))| format!("<node id='{}' lon='{x}' lat='{y}'/>", row + 1)).collect();
    let text = format!(
        "<osm version='0.6'><bounds minlon='3' minlat='3' maxlon='7' maxlat='7'/>{nodes}<way id='1'><nd ref='1'/>\
         <nd ref='2'/><tag k='natural' v='coastline'/></way></osm>"
    );
    let osm = mapwright::osm::read(text.as_bytes(), &mut Watch::silent()).unwrap();
    let map = build(Arc::new(osm), &mut Watch::silent()).unwrap();
    let (share, codes) = sea(&map, FRAME, Sea::Auto);
    assert!((share - 0.6).abs() < 1e-6 && codes == ["short_coast"], "{share} {codes:?}");
}

#[test]
fn an_archipelago() {
    let osm = mapwright::osm::read(&common::data("extracts/saint_barthelemy.osm.pbf"), &mut Watch::silent()).unwrap();
    let map = build(Arc::new(osm), &mut Watch::silent()).unwrap();
    let (share, codes) = sea(&map, [-62.95, 17.85, -62.75, 17.98], Sea::Auto);
    assert!(!codes.contains(&"broken_coast"), "{codes:?}");
    // The islands have 21 of the 305 square kilometres in the frame.
    assert!((0.93..0.933).contains(&share), "{share}");
}
