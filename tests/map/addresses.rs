//! Addresses that do not stand on the house: streets that relations name, numbers between two ends.

use super::world::{look, see};
use crate::common::data;
use mapwright::Watch;
use mapwright::map::{Features, Field, Geometry, LAYERS, Map, Value, build};
use mapwright::osm::read;
use std::sync::Arc;

fn open(bytes: &[u8]) -> Map {
    build(Arc::new(read(bytes, &mut Watch::silent()).unwrap()), &mut Watch::silent()).unwrap()
}

fn field(layer: &str, name: &str) -> &'static Field {
    let layer = LAYERS.iter().find(|known| known.id == layer).unwrap();
    layer.fields.iter().find(|field| field.name == name).unwrap()
}

#[test]
fn a_relation_names_the_street_of_its_houses() {
    let map = open(&data("reports/associated-street.osm"));
    let features = see(&map, &look([7.9, 49.9, 8.1, 50.1]));
    let house = features.rows.iter().find(|row| features.tag(row, "addr:housenumber") == Some("7")).unwrap();
    assert_eq!(features.class(house).layer, "buildings");
    assert_eq!(features.field(house, field("buildings", "street")), Value::Text("Rue X"));
    assert_eq!(features.tag(house, "addr:street"), None, "tags are those of the house");
    let relation = features.rows.iter().find(|row| features.tag(row, "type") == Some("associatedStreet")).unwrap();
    assert_eq!(relation.geometry, Geometry::Line);
    let parts = features.shapes.parts(&relation.parts);
    assert_eq!(parts.len(), 1);
    assert_eq!(features.shapes.points(&parts[0]).as_ref(), [[8.0082454, 49.9999102], [8.0089442, 49.9999102]]);
}

/// A street of houses: numbered nodes on a way of interpolation, at steps of a thousandth of a degree.
fn row(kind: &str, numbers: &[&str], way: &str) -> String {
    let node = |(at, number): (usize, &&str)| {
        let tag = format!("<tag k='addr:housenumber' v='{number}'/><tag k='addr:city' v='Bern'/>");
        format!(
            "<node id='{}' lat='47' lon='7.00{at}'>{}<tag k='addr:street' v='Gasse'/></node>",
            at + 1,
            if number.is_empty() { "" } else { &tag }
        )
    };
    let nodes: String = numbers.iter().enumerate().map(node).collect();
    let refs: String = (1..=numbers.len()).map(|id| format!("<nd ref='{id}'/>")).collect();
    format!("<osm version='0.6'>{nodes}<way id='9'>{refs}<tag k='addr:interpolation' v='{kind}'/>{way}</way></osm>")
}

/// Number and longitude of what was interpolated, and whether a note was made.
fn between(kind: &str, numbers: &[&str]) -> (Vec<(String, f64)>, bool) {
    let map = open(row(kind, numbers, "").as_bytes());
    let features = see(&map, &look([6.9, 46.9, 7.1, 47.1]));
    let made = features.rows.iter().filter(|row| features.class(row).id == "interpolated");
    let found = made.map(|row| {
        assert_eq!((row.geometry, features.class(row).layer), (Geometry::Point, "addresses"));
        assert_eq!(features.value(row), kind);
        assert!(features.map.osm.id(row.element) < 0);
        let text = |name| match features.field(row, field("addresses", name)) {
            Value::Text(text) => text.to_owned(),
            other => panic!("{name}: {other:?}"),
        };
        assert_eq!([text("street"), text("city")], ["Gasse", "Bern"]);
        let place = features.shapes.points(&features.shapes.parts(&row.parts)[0])[0];
        assert_eq!(place[1], 47.0);
        (text("number"), place[0])
    });
    (found.collect(), map.notes.list().iter().any(|note| note.code == "interpolation"))
}

#[test]
fn numbers_between_two_ends_are_points() {
    let named =
        |rows: &[(&str, f64)]| rows.iter().map(|(number, lon)| ((*number).to_owned(), *lon)).collect::<Vec<_>>();
    assert_eq!(between("even", &["2", "8"]), (named(&[("4", 7.0003333), ("6", 7.0006667)]), false));
    assert_eq!(between("odd", &["7", "1"]), (named(&[("5", 7.0003333), ("3", 7.0006667)]), false));
    assert_eq!(between("all", &["1", "", "3"]), (named(&[("2", 7.001)]), false));
    assert_eq!(between("10", &["10", "30"]), (named(&[("20", 7.0005)]), false));
    // A number on the way is taken as it is.
    assert_eq!(between("even", &["2", "4", "8"]), (named(&[("6", 7.0015)]), false));
    assert_eq!(between("even", &["2", "4"]), (vec![], false));
    for (kind, numbers) in [
        ("alphabetic", ["10a", "10d"]),
        ("even", ["1", "7"]),
        ("even", ["2", "9"]),
        ("even", ["2", "2"]),
        ("odd", ["1", ""]),
        ("all", ["1", "99999999"]),
        ("-2", ["2", "8"]),
    ] {
        assert_eq!(between(kind, &numbers), (vec![], true), "{kind} {numbers:?}");
    }
}

#[test]
fn interpolated_numbers_have_ids_of_their_own() {
    let map = open(row("even", &["2", "12"], "").as_bytes());
    let features: Features = see(&map, &look([6.9, 46.9, 7.1, 47.1]));
    let mut ids: Vec<i64> = features.rows.iter().map(|row| features.map.osm.id(row.element)).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids, [-4, -3, -2, -1, 1, 2, 9]);
    // The way itself stays, as the line it is.
    let line = features.rows.iter().find(|row| features.class(row).id == "interpolation").unwrap();
    assert_eq!(line.geometry, Geometry::Line);
}

#[test]
fn places_are_a_field() {
    let xml = "<osm version='0.6'><node id='1' lat='47' lon='7'><tag k='addr:housenumber' v='3'/>\
               <tag k='addr:place' v='Weiler'/></node></osm>";
    let map = open(xml.as_bytes());
    let features = see(&map, &look([6.9, 46.9, 7.1, 47.1]));
    assert_eq!(features.field(&features.rows[0], field("addresses", "place")), Value::Text("Weiler"));
}
