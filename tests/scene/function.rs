//! What buildings are: what stands on those of real places, and how much stands on a map at all.

use super::draw::drawn;
use mapwright::map::Geometry;
use mapwright::osm::Element;
use mapwright::scene::{Group, Item, Scene};
use mapwright::{Opened, Watch};
use std::collections::{BTreeMap, BTreeSet};

/// Extracts below the project's folder, and boxes that hold their buildings.
const PLACES: [(&str, [f64; 4]); 8] = [
    ("assets/sample/helsinki.osm.pbf", [24.9352, 60.1642, 24.9534, 60.1791]),
    ("assets/sample/monaco.osm.pbf", [7.4092, 43.7234, 7.4486, 43.7517]),
    ("tests/data/extracts/moscow.osm.pbf", [37.5826, 55.8053, 37.6269, 55.8245]),
    ("tests/data/extracts/dreieich.pbf", [8.7006, 49.9935, 8.7256, 50.0099]),
    ("tests/data/extracts/syria.osm.gz", [36.7142, 34.0101, 36.7479, 34.0369]),
    ("tests/data/extracts/ebisu.osm.gz", [139.6947, 35.6384, 139.7083, 35.6480]),
    ("tests/data/extracts/suwon.osm.gz", [127.0412, 37.2772, 127.0503, 37.2874]),
    ("tests/data/extracts/taipei.osm.gz", [121.5179, 25.0481, 121.5317, 25.0578]),
];
/// What is looked for: values of `amenity` and `tourism`.
const KINDS: [&str; 3] = ["place_of_worship", "hotel", "museum"];
/// Smallest building that is large enough, mm².
const LARGE: f64 = 4.0;

/// A place as it is drawn at a scale, without a wish for detail.
fn at(bytes: &[u8], bbox: [f64; 4], scale: u32) -> Scene {
    drawn(bytes, &format!(r#"{{"formats": ["svg"], "bbox": {bbox:?}, "page": {{"scale": {scale}}}}}"#))
}

/// The elements that signs stand for, and all texts on one line.
fn signs(groups: &[Group], found: &mut (BTreeSet<(char, i64)>, Vec<String>)) {
    for group in groups {
        for item in &group.items {
            match item {
                Item::Path(path) if group.id.starts_with("symbols") => found.0.extend(path.source),
                Item::Text(text) => found.1.push(text.string.replace('\n', " ")),
                _ => {}
            }
        }
        signs(&group.groups, found);
    }
}

/// Elements of a kind on large buildings that lie in the frame: their name, or an empty one.
fn wanted(opened: &Opened, scene: &Scene) -> BTreeMap<Element, String> {
    let (map, sheet) = (opened.map(), &scene.sheet);
    let [x, y, width, height] = sheet.map;
    let is_kind = |element: Element| {
        let tags =
            map.osm.tags(element).iter().map(|(key, value)| (map.osm.strings.get(*key), map.osm.strings.get(*value)));
        tags.clone().any(|(key, value)| ["amenity", "tourism"].contains(&key) && KINDS.contains(&value))
            && tags.clone().any(|(key, _)| key == "building")
    };
    let areas = map.features.iter().filter(|feature| feature.geometry == Geometry::Area && is_kind(feature.element));
    let large = areas.filter(|feature| {
        let rings = map.shapes.parts(&feature.parts).iter().map(|part| {
            let points = map.shapes.points(part).iter().map(|point| point.map(|side| f64::from(side) / 1e7));
            points.map(|point| sheet.place(sheet.crs.project(point).unwrap())).collect::<Vec<_>>()
        });
        let rings: Vec<_> = rings.collect();
        let inside =
            |&[px, py]: &[f64; 2]| px > x + 3.0 && py > y + 3.0 && px < x + width - 3.0 && py < y + height - 3.0;
        let area = |ring: &Vec<[f64; 2]>| {
            ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum::<f64>() / 2.0
        };
        rings.iter().flatten().all(inside) && rings.iter().map(area).sum::<f64>().abs() >= LARGE
    });
    let name = |element: Element| {
        let tags = map.osm.tags(element).iter();
        tags.filter(|(key, _)| map.osm.strings.get(*key) == "name")
            .map(|(_, name)| map.osm.strings.get(*name))
            .collect()
    };
    large.map(|feature| (feature.element, name(feature.element))).collect()
}

#[test]
fn worship_hotels_and_museums_stand_on_their_buildings() {
    let (mut all, mut missing) = (0, Vec::new());
    for (path, bbox) in PLACES {
        let bytes = std::fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let opened = Opened::open(&bytes, &mut Watch::silent()).unwrap();
        let scene = at(&bytes, bbox, 2500);
        let mut found = (BTreeSet::new(), Vec::new());
        signs(&scene.groups, &mut found);
        for (element, name) in wanted(&opened, &scene) {
            all += 1;
            let source = (element.kind.letter(), opened.map().osm.id(element));
            if !found.0.contains(&source) && !found.1.contains(&name) {
                missing.push(format!("{path}: {source:?} {name}"));
            }
        }
    }
    println!("{} of {all} are missing: {missing:?}", missing.len());
    assert!(all >= 40, "{all}");
    assert!(missing.len() * 20 <= all, "{} of {all}:\n{}", missing.len(), missing.join("\n"));
}

#[test]
fn a_dense_centre_is_rich_and_every_level_richer() {
    let bytes = std::fs::read(format!("{}/assets/sample/helsinki.osm.pbf", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let texts = |more: &str| {
        let scene = drawn(
            &bytes,
            &format!(
                r#"{{"formats": ["svg"], "bbox": [24.9352, 60.1662, 24.9520, 60.1720], "page": {{"size": "A3", "orientation": "landscape"{more}}}"#
            ),
        );
        let mut found = (BTreeSet::new(), Vec::new());
        signs(&scene.groups, &mut found);
        (found.1.len(), found.1.len() + found.0.len())
    };
    let normal = texts(r#", "scale": 2500}"#);
    assert!(normal.0 >= 500, "{normal:?}");
    for scale in [5000, 10_000] {
        let counts: Vec<_> =
            (1..=5).map(|level| texts(&format!(r#", "scale": {scale}}}, "detail_level": {level}"#)).1).collect();
        assert!(counts.windows(2).all(|pair| pair[0] < pair[1]), "1:{scale}: {counts:?}");
    }
}
