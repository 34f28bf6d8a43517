//! Formats of tables: names that are out to break them come back, empty maps are whole files.

use super::sample;
use mapwright::format::find;
use mapwright::request::Request;
use mapwright::watch::Watch;
use serde_json::{Value, json};

fn written(id: &str, options: Value, empty: bool) -> Vec<u8> {
    let mut request = Request::default();
    request.options.insert(id.into(), serde_json::from_value(options).unwrap());
    sample::write(&find(id).unwrap(), &request, empty, &mut Watch::silent()).unwrap().0
}

fn holds(bytes: &[u8], text: &str) -> bool {
    text.is_empty() || bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Every name in a document, in order.
fn names(features: &Value, place: &str) -> Vec<String> {
    let name = |feature: &Value| feature[place]["name"].as_str().unwrap_or_default().to_owned();
    features.as_array().unwrap().iter().map(name).filter(|name| !name.is_empty()).collect()
}

#[test]
fn hostile_names_come_back_from_json() {
    let hostile = sample::hostile();
    let mut wanted: Vec<&str> = hostile.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
    wanted.sort_unstable();
    let document: Value = serde_json::from_slice(&written("jsonfg", json!({}), false)).unwrap();
    let mut found = names(&document["features"], "properties");
    found.sort_unstable();
    assert!(wanted.iter().all(|name| found.iter().any(|found| found == name)), "{found:?}");
    let document: Value = serde_json::from_slice(&written("topojson", json!({}), false)).unwrap();
    let objects = document["objects"].as_object().unwrap().values();
    let found: Vec<String> = objects.flat_map(|object| names(&object["geometries"], "properties")).collect();
    assert!(wanted.iter().all(|name| found.iter().any(|found| found == name)), "{found:?}");
}

#[test]
fn hostile_names_come_back_from_bytes() {
    for id in ["flatgeobuf", "geoarrow", "geobuf"] {
        let bytes = written(id, json!({}), false);
        assert!(sample::hostile().iter().all(|name| holds(&bytes, name.trim())), "{id}");
    }
    let bytes = written("geoparquet", json!({"compression": "none", "tags": "json"}), false);
    assert!(sample::hostile().iter().all(|name| holds(&bytes, name.trim())));
}

#[test]
fn maps_of_nothing_are_whole() {
    assert_eq!(written("wkt", json!({}), true), b"GEOMETRYCOLLECTION EMPTY\n");
    assert_eq!(written("wkb", json!({"srid": true}), true), b"010700000000000000\n");
    for id in ["jsonfg", "topojson"] {
        assert!(serde_json::from_slice::<Value>(&written(id, json!({}), true)).is_ok(), "{id}");
    }
    let plain = serde_json::from_slice::<Value>(&written("topojson", json!({"quantised": false}), false)).unwrap();
    assert!(plain.get("transform").is_none());
    assert!(plain["arcs"][0][0][0].as_f64().unwrap() > 1.0);
    assert!(written("geoparquet", json!({}), true).ends_with(b"PAR1"));
    let arrow = written("geoarrow", json!({}), true);
    assert!(arrow.starts_with(b"ARROW1\0\0") && arrow.ends_with(b"ARROW1"));
    assert!(written("flatgeobuf", json!({}), true).starts_with(b"fgb\x03fgb\x00"));
}

#[test]
fn lines_of_geometry_say_which_element_it_is() {
    let text = String::from_utf8(written("ewkt", json!({"ids": true, "digits": 3}), false)).unwrap();
    assert!(text.lines().all(|line| {
        line.split_once('\t').is_some_and(|(id, shape)| id.starts_with(['n', 'w', 'r']) && shape.starts_with("SRID="))
    }));
    assert!(text.contains("r9007199254740993\tSRID=") || text.contains("w9007199254740993\tSRID="), "{text}");
}
