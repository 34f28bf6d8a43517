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
