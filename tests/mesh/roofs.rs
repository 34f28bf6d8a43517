//! Each shape of roof by itself: closed, as large as its formula says, turned as its tags say.

use super::town::{LONG, building, open_edges, triangles, turned, volume};
use mapwright::mesh::Triangle;

/// Walls of 6 and roofs of 4 metres on 20 by 10: shape, volume.
const VOLUMES: &[(&str, f64)] = &[
    ("flat", 20.0 * 10.0 * 10.0),
    ("gabled", 1200.0 + 200.0 * 4.0 / 2.0),
    ("skillion", 1200.0 + 200.0 * 4.0 / 2.0),
    ("pyramidal", 1200.0 + 200.0 * 4.0 / 3.0),
    // A wedge without two halves of pyramids: w h (3 l - w) / 6.
    ("hipped", 1200.0 + 10.0 * 4.0 * (60.0 - 10.0) / 6.0),
];
/// An L of three squares of 10 by 10.
const CORNER: [[f64; 2]; 6] = [[0.0, 0.0], [20.0, 0.0], [20.0, 10.0], [10.0, 10.0], [10.0, 20.0], [0.0, 20.0]];

fn tags(shape: &str, more: &str) -> String {
    format!("height=10, roof:height=4, roof:shape={shape}, {more}")
}

fn body(ring: &[[f64; 2]], shape: &str, more: &str) -> Vec<Triangle> {
    triangles(&building(ring, &tags(shape, more)))
}

#[test]
fn roofs_on_a_rectangle_are_closed_and_have_their_volume() {
    for degrees in [0.0, 30.0, 90.0, 135.0, 277.7] {
        for (shape, expected) in VOLUMES {
            let triangles = body(&turned(&LONG, degrees), shape, "");
            assert_eq!(open_edges(&triangles), 0, "{shape} turned by {degrees}");
            let found = volume(&triangles);
            assert!((found / expected - 1.0).abs() < 0.005, "{shape} turned by {degrees}: {found}, not {expected}");
        }
    }
}

#[test]
fn roofs_on_an_l_are_closed_and_have_their_volume() {
    // The box of the L is a square, so its ridges run along its first side.
    let share = |shape: &str, x: f64, y: f64| match shape {
        "gabled" => 1.0 - (y - 10.0).abs() / 10.0,
        "skillion" => y / 20.0,
        // Not built on what is not convex: flat.
        _ => f64::from((x > 0.0) as u8),
    };
    for (shape, _) in VOLUMES {
        let triangles = body(&CORNER, shape, "roof:direction=S");
        assert_eq!(open_edges(&triangles), 0, "{shape}");
        let cells = (0..400).flat_map(|row| (0..400).map(move |column| (column, row)));
        let places = cells.map(|(x, y)| (f64::from(x) * 0.05 + 0.025, f64::from(y) * 0.05 + 0.025));
        let inside = places.filter(|(x, y)| *x < 10.0 || *y < 10.0);
        let expected: f64 = inside.map(|(x, y)| (6.0 + 4.0 * share(shape, x, y)) * 0.05 * 0.05).sum();
        let found = volume(&triangles);
        assert!((found / expected - 1.0).abs() < 0.005, "{shape}: {found}, not {expected}");
    }
}

/// Places at the top of a roof, in the plane.
fn top(more: &str, shape: &str) -> Vec<[f64; 2]> {
    let all = body(&LONG, shape, more);
    let mut found: Vec<[f64; 2]> =
        all.iter().flatten().filter(|corner| corner[2] > 9.999).map(|corner| [corner[0], corner[1]]).collect();
    found.sort_by(|a, b| a[0].total_cmp(&b[0]).then(a[1].total_cmp(&b[1])));
    found.dedup();
    found
}

#[test]
fn ridges_run_along_unless_they_are_told_otherwise() {
    let lies = |more: &str, axis: usize, place: f64| {
        let top = top(more, "gabled");
        assert!(top.len() == 2 && top.iter().all(|point| (point[axis] - place).abs() < 0.03), "{more}: {top:?}");
    };
    lies("", 1, 5.0);
    lies("roof:orientation=along", 1, 5.0);
    lies("roof:orientation=across", 0, 10.0);
    lies("roof:direction=N", 1, 5.0);
    lies("roof:direction=90", 0, 10.0);
    lies("roof:direction=WSW", 0, 10.0);
    // A ridge of a hip is as much shorter as the house is wide.
    assert_eq!(top("", "hipped"), [[5.0, 5.0], [15.0, 5.0]]);
    assert_eq!(top("", "pyramidal"), [[10.0, 5.0]]);
}

#[test]
fn a_skillion_is_low_where_it_faces() {
    // What it faces, then the axis and place of its upper edge.
    for (direction, axis, place) in [("S", 1, 10.0), ("N", 1, 0.0), ("E", 0, 0.0), ("270", 0, 20.0), ("170", 1, 10.0)] {
        let top = top(&format!("roof:direction={direction}"), "skillion");
        assert!(top.len() == 2 && top.iter().all(|point| point[axis] == place), "{direction}: {top:?}");
    }
}
