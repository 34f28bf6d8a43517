//! Elements that stand in several layers.

use super::world::{World, look, see};
use crate::common;
use mapwright::Watch;
use mapwright::export::Opened;
use mapwright::map::{Features, Geometry, Map, View, build};
use std::sync::Arc;

const RING: [(f64, f64); 5] = [(1.0, 1.0), (1.1, 1.0), (1.1, 1.1), (1.0, 1.1), (1.0, 1.0)];

fn report(name: &str) -> Map {
    let osm = mapwright::osm::read(&common::data(&format!("reports/{name}.osm")), &mut Watch::silent()).unwrap();
    build(Arc::new(osm), &mut Watch::silent()).unwrap()
}

/// `layer.class geometry` of every feature with this name, the main one first.
fn named(features: &Features, name: &str) -> Vec<String> {
    let mut rows: Vec<_> = features.rows.iter().filter(|row| features.tag(row, "name") == Some(name)).collect();
    rows.sort_by_key(|row| row.place);
    rows.iter().map(|row| format!("{} {}", full(features, row), letter(row.geometry))).collect()
}

fn full(features: &Features, row: &mapwright::map::Feature) -> String {
    format!("{}.{}", features.class(row).layer, features.class(row).id)
}

fn letter(geometry: Geometry) -> &'static str {
    match geometry {
        Geometry::Point => "point",
        Geometry::Line => "line",
        Geometry::Area => "area",
    }
}

fn layered() -> View {
    View { once: false, ..look([-180.0, -89.0, 180.0, 89.0]) }
}

/// All that a closed way with these tags is.
fn closed(tags: &str) -> String {
    let mut world = World::new();
    world.way(&RING, &format!("{tags}, name=A"));
    let map = world.map();
    named(&see(&map, &layered()), "A").join(", ")
}

#[test]
fn pois_on_buildings_are_both() {
    let map = report("pois-on-buildings");
    let features = see(&map, &layered());
    for (name, expected) in [
        ("Node rest", vec!["pois.food point"]),
        ("Trattoria", vec!["buildings.building area", "pois.food point"]),
        ("Super", vec!["buildings.commercial area", "pois.shop point"]),
        ("Schuhe", vec!["buildings.part area", "pois.shop point"]),
        ("Area rest", vec!["pois.food area"]),
        ("St. Anna", vec!["buildings.religious area", "pois.religion point"]),
        ("Hotel", vec!["buildings.commercial area", "pois.lodging point"]),
        ("Hbf", vec!["buildings.transport area", "transport.station area"]),
        ("Klinik", vec!["buildings.building area", "landuse.healthcare area", "pois.health point"]),
        ("P1", vec!["buildings.transport area", "transport.parking area"]),
    ] {
        assert_eq!(named(&features, name), expected, "{name}");
    }
    let inside = |row: &mapwright::map::Feature| {
        let point = features.shapes.points(&features.shapes.parts(&row.parts)[0])[0];
        let building = features.rows.iter().find(|other| other.element == row.element && other.place == 0).unwrap();
        let ring = features.shapes.points(&features.shapes.parts(&building.parts)[0]).to_vec();
        (0..2).all(|axis| ring.iter().any(|p| p[axis] < point[axis]) && ring.iter().any(|p| p[axis] > point[axis]))
    };
    let marks: Vec<_> = features.rows.iter().filter(|row| row.place > 0 && row.geometry == Geometry::Point).collect();
    assert!(marks.len() == 6 && marks.into_iter().all(inside));
}

#[test]
fn areas_with_barriers_and_borders_are_both() {
    let map = report("area-and-barrier");
    let features = see(&map, &layered());
    let school = ["landuse.education area", "pois.education point", "barriers.fence line"];
    assert_eq!(named(&features, "School"), school);
    assert_eq!(named(&features, "Compound"), ["landuse.residential area", "barriers.wall line"]);
    let restaurant = ["buildings.building area", "pois.food point", "addresses.housenumber point"];
    assert_eq!(named(&features, "Trattoria"), restaurant);
    assert_eq!(named(&features, "Park"), ["leisure.park area", "boundaries.protected area"]);
}

#[test]
fn single_collections_hold_each_element_once_with_its_other_layers() {
    let map = report("area-and-barrier");
    let features = see(&map, &look([-180.0, -89.0, 180.0, 89.0]));
    let rows: Vec<_> = features.rows.iter().map(|row| (full(&features, row), features.also(row))).collect();
    let expected = [
        ("landuse.residential", "barriers"),
        ("landuse.education", "pois,barriers"),
        ("leisure.park", "boundaries"),
        ("buildings.building", "pois,addresses"),
    ];
    assert_eq!(rows, expected.map(|(class, also)| (class.to_owned(), also.to_owned())));
    // Of the layers that are wanted, the first of each element.
    let wanted = View { layers: vec!["barriers".into(), "pois".into()], ..look([-180.0, -89.0, 180.0, 89.0]) };
    let features = see(&map, &wanted);
    let rows: Vec<_> = features.rows.iter().map(|row| (full(&features, row), row.place, features.also(row))).collect();
    let expected =
        [("barriers.wall", "landuse"), ("pois.food", "buildings,addresses"), ("pois.education", "landuse,barriers")];
    let mut rows = rows;
    rows.sort();
    let mut expected = expected.map(|(class, also)| (class.to_owned(), 0, also.to_owned()));
    expected.sort();
    assert_eq!(rows, expected);
}

#[test]
fn a_tag_means_one_thing_and_weak_keys_add_nothing() {
    for (tags, expected) in [
        ("amenity=parking", "transport.parking area"),
        ("leisure=swimming_pool", "water.pool area"),
        ("building=yes, sport=climbing", "buildings.building area"),
        ("shop=bicycle, sport=cycling", "pois.shop area"),
        ("highway=pedestrian, area=yes, emergency=yes", "roads.pedestrian area"),
        ("highway=residential, landuse=grass", "roads.residential line, vegetation.grass area"),
        ("highway=residential, railway=tram", "roads.residential line, railways.tram line"),
        ("amenity=place_of_worship, man_made=tower", "pois.religion area, buildings.structure area"),
        ("man_made=tower", "buildings.structure area, pois.landmark point"),
        ("man_made=pier", "water.pier area"),
        ("man_made=storage_tank", "buildings.structure area"),
        ("building=yes, addr:housenumber=7", "buildings.building area, addresses.housenumber point"),
        ("natural=wood, landuse=forest", "vegetation.forest area"),
        ("building=no, landuse=meadow", "vegetation.meadow area"),
    ] {
        assert_eq!(closed(tags), expected, "{tags}");
    }
}

#[test]
fn counts_are_those_of_layers() {
    let bytes = common::data("reports/area-and-barrier.osm");
    let opened = Opened::open(&bytes, &mut Watch::silent()).unwrap();
    let expected = [
        ("landuse", 2),
        ("leisure", 1),
        ("buildings", 1),
        ("barriers", 2),
        ("boundaries", 1),
        ("pois", 2),
        ("addresses", 1),
    ];
    assert_eq!(opened.info().layers, expected);
}
