//! Real extracts: every ring is valid whatever is done to it, and counts are those of osmium.

use super::world::{faults, look, see, what};
use crate::common;
use mapwright::Watch;
use mapwright::geo::crs::Crs;
use mapwright::map::{Frame, Geometry, Map, build};
use mapwright::osm::Kind;
use mapwright::request::Sea;
use std::sync::Arc;

/// Extract, box, and how many areas osmium makes of its relations; how many of these have their tags on an outer way and
/// stand under that way here; how many more relations close in part, which osmium leaves out.
const EXTRACTS: &[(&str, [f64; 4], [usize; 3])] = &[
    ("overpass/monaco.map.json.gz", [7.41, 43.72, 7.44, 43.75], [39, 0, 2]),
    ("overpass/moscow-ostankino.map.json.gz", [37.59, 55.807, 37.62, 55.822], [31, 3, 0]),
    ("extracts/dreieich.pbf", [8.7006, 49.9935, 8.7256, 50.0099], [4, 0, 3]),
    ("extracts/saint_barthelemy.osm.pbf", [-62.95, 17.85, -62.75, 17.98], [4, 0, 0]),
];

fn open(name: &str) -> Map {
    let osm = mapwright::osm::read(&common::data(name), &mut Watch::silent()).unwrap();
    build(Arc::new(osm), &mut Watch::silent()).unwrap()
}

#[test]
fn rings_are_valid_whole_cut_projected_and_simplified() {
    for (name, bbox, _) in EXTRACTS {
        let map = open(name);
        let utm = Crs::utm(bbox[0], bbox[1]);
        for (crs, clip, tolerance) in [
            (Crs::wgs84(), false, 0.0),
            (Crs::wgs84(), true, 0.0),
            (Crs::wgs84(), true, 1e-4),
            (utm.clone(), false, 0.0),
            (utm.clone(), true, 0.0),
            (utm.clone(), true, 3.0),
            (utm, true, 30.0),
            (Crs::web_mercator(), true, 5.0),
        ] {
            let mut view = look(*bbox);
            if clip && !crs.geographic {
                let [left, bottom] = crs.project([bbox[0], bbox[1]]).unwrap();
                let [right, top] = crs.project([bbox[2], bbox[3]]).unwrap();
                view.frame = Frame::Projected([left, bottom, right, top]);
            }
            (view.crs, view.clip, view.tolerance, view.sea) = (crs, clip, tolerance, Some(Sea::Auto));
            let features = see(&map, &view);
            let faults = faults(&features);
            assert!(faults.is_empty(), "{name} {:?} {clip} {tolerance}: {faults:?}", features.crs);
            assert!(features.rows.len() > 300, "{name}: {} features", features.rows.len());
            let order: Vec<_> = features.rows.iter().map(|row| (row.class, row.element)).collect();
            assert!(order.is_sorted());
        }
    }
}

#[test]
fn as_many_relations_become_areas_as_osmium_finds() {
    for (name, _, [osmium, old, part]) in EXTRACTS {
        let map = open(name);
        let found = map
            .features
            .iter()
            .filter(|f| f.element.kind == Kind::Relation && f.place == 0 && f.geometry == Geometry::Area);
        assert_eq!(found.count(), osmium - old + part, "{name}");
    }
}

#[test]
fn everything_tagged_is_there_once() {
    let map = open("extracts/dreieich.pbf");
    let features = see(&map, &look([-180.0, -89.0, 180.0, 89.0]));
    let mut elements: Vec<_> = features.rows.iter().map(|row| row.element).collect();
    elements.sort_unstable();
    let count = elements.len();
    elements.dedup();
    assert_eq!(elements.len(), count, "an element is there twice");
    let other = what(&features).iter().filter(|(name, _)| name == "other.other").count();
    assert!(other * 100 < count, "{other} of {count} features are in no theme");
}
