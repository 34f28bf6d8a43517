//! Neighbours on real extracts: areas that had a border and nothing else in common have so after simplification.

use super::world::{World, look, parts, see, what};
use crate::common;
use mapwright::Watch;
use mapwright::geo::crs::Crs;
use mapwright::geo::overlay::intersect;
use mapwright::geo::ring::{Path, Point, area2};
use mapwright::map::{Features, Geometry, Map, build};
use mapwright::osm::Element;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The rings of every area, in millimetres.
fn areas(map: &Map, crs: &Crs, bbox: [f64; 4], tolerance: f64) -> BTreeMap<Element, Vec<Path>> {
    let mut view = look(bbox);
    (view.crs, view.tolerance) = (crs.clone(), tolerance);
    let features = see(map, &view);
    let rings = |features: &Features, row| {
        let step = |p: &[f64; 2]| p.map(|value| (value * 1e3).round() as i64);
        parts(features, row).iter().map(|(_, points)| points.iter().map(step).collect()).collect()
    };
    let rows = features.rows.iter().enumerate().filter(|(_, row)| row.geometry == Geometry::Area);
    rows.map(|(row, feature)| (feature.element, rings(&features, row))).collect()
}

fn edges(rings: &[Path]) -> impl Iterator<Item = (Point, Point)> {
    rings.iter().flat_map(|ring| ring.windows(2).map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1]))))
}

/// What two areas have in common, in square metres.
fn common_area(a: &[Path], b: &[Path]) -> f64 {
    let both = intersect(a.iter().map(Path::as_slice), b.iter().map(Path::as_slice));
    both.iter().flatten().map(|ring| area2(ring)).sum::<i128>() as f64 / 2e6
}

#[test]
fn neighbours_stay_neighbours() {
    for (name, bbox) in [
        ("extracts/dreieich.pbf", [8.7006, 49.9935, 8.7256, 50.0099]),
        ("overpass/moscow-ostankino.map.json.gz", [37.59, 55.807, 37.62, 55.822]),
        ("overpass/monaco.map.json.gz", [7.41, 43.72, 7.44, 43.75]),
    ] {
        let osm = mapwright::osm::read(&common::data(name), &mut Watch::silent()).unwrap();
        let map = build(Arc::new(osm), &mut Watch::silent()).unwrap();
        let crs = Crs::utm(bbox[0], bbox[1]);
        let whole = areas(&map, &crs, bbox, 0.0);
        let mut owners: BTreeMap<_, Vec<Element>> = BTreeMap::new();
        for (element, rings) in &whole {
            edges(rings).for_each(|edge| owners.entry(edge).or_default().push(*element));
        }
        let pairs = owners.values().flat_map(|owners| {
            owners.iter().flat_map(move |a| owners.iter().filter(move |b| a < b).map(move |b| (*a, *b)))
        });
        let pairs: BTreeSet<_> = pairs.filter(|(a, b)| common_area(&whole[a], &whole[b]) == 0.0).collect();
        assert!(pairs.len() > 50, "{name}: {}", pairs.len());
        for tolerance in [1.0, 5.0, 20.0] {
            let simple = areas(&map, &crs, bbox, tolerance);
            for (a, b) in &pairs {
                let (Some(one), Some(two)) = (simple.get(a), simple.get(b)) else { continue };
                let both = common_area(one, two);
                // A point that is moved to the nearest millimetre makes a sliver beside a long edge.
                assert!(both < 0.2, "{name} {tolerance}: {a:?} and {b:?} overlap by {both} square metres");
                // An edge that both had and one still has, the other has too; coarser still, an area may become so thin
                // that both its sides fall on one line.
                let [before, after] = [[&whole[a], &whole[b]], [one, two]]
                    .map(|pair| pair.map(|rings| edges(rings).collect::<BTreeSet<_>>()));
                let shared: BTreeSet<_> = before[0].intersection(&before[1]).collect();
                let strays = after[0].symmetric_difference(&after[1]).filter(|edge| shared.contains(edge));
                assert!(tolerance > 10.0 || strays.count() == 0, "{name} {tolerance}: {a:?} and {b:?}");
            }
        }
    }
}

#[test]
fn borders_at_sea_are_light_and_those_along_a_coast_are_the_coast() {
    let mut world = World::new();
    let tags = "boundary=administrative, admin_level=2";
    let land = world.way(&[(1.0, 1.0), (9.0, 1.0)], tags);
    let coast = world.way(&[(9.0, 1.0), (9.0, 5.0)], &format!("natural=coastline, {tags}"));
    let sea = world.way(&[(9.0, 5.0), (1.0, 9.0), (1.0, 1.0)], &format!("maritime=yes, {tags}"));
    world.relation(&[(land, "outer"), (coast, "outer"), (sea, "outer")], &format!("type=boundary, {tags}"));
    let map = world.map();
    let mut view = look([0.0, 0.0, 10.0, 10.0]);
    view.once = false;
    let classes = |features: &Features| {
        let mut found: Vec<_> = what(features).into_iter().filter(|(name, _)| name.starts_with("boundaries")).collect();
        found.sort();
        found
    };
    let line = |class: &str| (format!("boundaries.{class}"), Geometry::Line);
    // Data hold the area, and the ways with what they are.
    let area = ("boundaries.country".to_owned(), Geometry::Area);
    assert_eq!(classes(&see(&map, &view)), [line("country"), area, line("maritime"), line("maritime")]);
    // A drawing has the border on land.
    view.borders = true;
    let drawn = see(&map, &view);
    assert_eq!(classes(&drawn), [line("country"), line("country"), line("maritime"), line("maritime")]);
    let relation = drawn.rows.iter().position(|row| row.element.kind == mapwright::osm::Kind::Relation).unwrap();
    assert_eq!(
        parts(&drawn, relation).into_iter().map(|(_, line)| line).collect::<Vec<_>>(),
        [[[1.0, 1.0], [9.0, 1.0]]]
    );
}
