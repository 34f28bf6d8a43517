//! Routes: what of their members one goes along, and in how many lines.

use super::world::{World, look, parts, see};
use crate::common::data;
use mapwright::Watch;
use mapwright::geo::ellipsoid;
use mapwright::map::{Geometry, Map, build};
use mapwright::osm::read;
use std::sync::Arc;

fn open(name: &str) -> Map {
    build(Arc::new(read(&data(name), &mut Watch::silent()).unwrap()), &mut Watch::silent()).unwrap()
}

/// The lines of the route of this name.
fn lines(map: &Map, name: &str) -> Vec<Vec<[f64; 2]>> {
    let features = see(map, &look([0.0, 0.0, 10.0, 60.0]));
    let is_it = |row: &usize| {
        let feature = &features.rows[*row];
        features.class(feature).id == "route" && features.tag(feature, "name") == Some(name)
    };
    let row = (0..features.rows.len()).find(is_it).unwrap();
    assert_eq!(features.rows[row].geometry, Geometry::Line);
    parts(&features, row).into_iter().map(|(_, line)| line).collect()
}

fn length(lines: &[Vec<[f64; 2]>]) -> f64 {
    lines.iter().map(|line| ellipsoid::length(line)).sum()
}

#[test]
fn platforms_and_stops_are_not_gone_along() {
    let found = lines(&open("reports/route-with-platforms.osm"), "Bus 12");
    assert_eq!(found.len(), 1);
    assert!((length(&found) - 200.0).abs() < 1.0, "{}", length(&found));
}

#[test]
fn ways_of_a_route_are_one_line() {
    let map = open("reports/route-of-several-ways.osm");
    for (name, points, metres) in
        [("chain", 5, 400.0), ("shuffled", 5, 400.0), ("lollipop", 6, 200.0), ("round", 5, 200.0)]
    {
        let found = lines(&map, name);
        assert_eq!((found.len(), found[0].len()), (1, points), "{name}");
        assert!(length(&found) > metres, "{name}: {}", length(&found));
    }
    assert_eq!(lines(&map, "chain")[0][0], [8.0, 50.0]);
    assert_eq!(lines(&map, "chain")[0][4], [8.0055901, 50.0]);
}

#[test]
fn gaps_and_ways_back_are_lines_of_their_own() {
    let mut world = World::new();
    let way = |world: &mut World, places: &[(f64, f64)]| world.way(places, "highway=path");
    let trunk = way(&mut world, &[(1.0, 1.0), (1.1, 1.0)]);
    let out = way(&mut world, &[(1.1, 1.0), (1.2, 1.1), (1.3, 1.0)]);
    let back = way(&mut world, &[(1.1, 1.0), (1.2, 0.9), (1.3, 1.0)]);
    let end = way(&mut world, &[(1.3, 1.0), (1.4, 1.0)]);
    let far = way(&mut world, &[(1.6, 1.0), (1.7, 1.0)]);
    let stop = way(&mut world, &[(1.4, 1.1), (1.4, 1.2)]);
    let roles = [(trunk, ""), (out, "forward"), (back, "backward"), (end, "hail_and_ride")];
    world.relation(&roles, "type=route, route=bicycle, name=split");
    world.relation(&[(trunk, ""), (out, "main"), (far, "")], "type=route, route=hiking, name=gap");
    let platforms =
        [(stop, "platform_entry_only"), (stop, "stop_exit_only"), (stop, "forward:stop:1"), (trunk, "north")];
    world.relation(&platforms, "type=route, route=bus, name=roles");
    let map = world.map();
    let split = lines(&map, "split");
    assert_eq!(split[0], [[1.0, 1.0], [1.1, 1.0], [1.2, 1.1], [1.3, 1.0], [1.4, 1.0]]);
    assert_eq!(split[1], [[1.3, 1.0], [1.2, 0.9], [1.1, 1.0]]);
    assert_eq!(split.len(), 2);
    assert_eq!(lines(&map, "gap").len(), 2);
    assert_eq!(lines(&map, "roles"), [[[1.0, 1.0], [1.1, 1.0]]]);
}
