//! The other 28 cases of the grid of osm-testdata: single nodes and ways, sound and unsound, have the geometry their own
//! WKT says, or none.

use super::world::{look, parts, see};
use crate::common;
use mapwright::Watch;
use mapwright::map::build;
use mapwright::osm::{Kind, read};
use std::collections::BTreeMap;
use std::sync::Arc;

type Places = Vec<(i64, i64)>;

fn step(word: &str) -> i64 {
    (word.parse::<f64>().unwrap() * 1e7).round() as i64
}

/// Lines of `id WKT` → places by id; none where there is no geometry.
fn geometries(text: &str) -> BTreeMap<i64, Places> {
    let line = |line: &str| {
        let (id, wkt) = line.split_once(' ').unwrap();
        let inside = wkt.split_once('(').map_or("", |(_, rest)| rest.trim_end_matches(')'));
        let place = |pair: &str| pair.split_once(' ').map(|(x, y)| (step(x), step(y)));
        (id.parse().unwrap(), inside.split(',').filter_map(place).collect())
    };
    text.lines().map(line).collect()
}

#[test]
fn every_simple_case_of_the_grid() {
    let folder = common::path("osm-testdata/grid/data");
    let mut names: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let (mut nodes, mut ways, mut refused) = (0, 0, Vec::new());
    for name in &names {
        let file = |file: &str| std::fs::read_to_string(folder.join(name).join(file)).unwrap_or_default();
        let osm = match read(file("data.osm").as_bytes(), &mut Watch::silent()) {
            Ok(osm) => osm,
            Err(fault) => {
                refused.push(format!("{name:?}: {fault}"));
                continue;
            }
        };
        for (id, places) in geometries(&file("nodes.wkt")) {
            let found = osm.find(Kind::Node, id).and_then(|node| osm.place(node.index));
            let found: Places = found.iter().map(|[x, y]| (i64::from(*x), i64::from(*y))).collect();
            assert_eq!(found, places, "node {id}");
            nodes += 1;
        }
        let map = build(Arc::new(osm), &mut Watch::silent()).unwrap();
        let features = see(&map, &look([-180.0, -90.0, 180.0, 90.0]));
        for (id, places) in geometries(&file("ways.wkt")) {
            let row =
                features.rows.iter().position(|row| row.element.kind == Kind::Way && map.osm.id(row.element) == id);
            let parts = row.map(|row| parts(&features, row)).unwrap_or_default();
            let found = parts.iter().flat_map(|(_, points)| points);
            let found: Places = found.map(|p| ((p[0] * 1e7).round() as i64, (p[1] * 1e7).round() as i64)).collect();
            assert_eq!(found, places, "way {id}");
            ways += 1;
        }
    }
    println!(
        "{} cases: {nodes} nodes and {ways} ways are as expected, {} refused: {refused:?}",
        names.len(),
        refused.len()
    );
    assert_eq!(names.len(), 28);
}
