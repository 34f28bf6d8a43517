//! GeoJSON sequences: the features of GeoJSON, a line each.

use super::sample;
use mapwright::format::find;
use mapwright::request::Request;
use mapwright::watch::Watch;
use serde_json::{Value, json};

fn written(name: &str, options: Value) -> Vec<u8> {
    let entry = find(name).unwrap();
    let mut request = Request::default();
    request.options.insert(entry.format.id.into(), serde_json::from_value(options).unwrap());
    sample::write_as(name, &entry, &request, false, &mut Watch::silent()).unwrap().0
}

#[test]
fn lines_are_the_features_of_geojson() {
    let whole: Value = serde_json::from_slice(&written("geojson", json!({}))).unwrap();
    let bytes = written("geojsonseq", json!({}));
    assert_eq!((bytes.first(), bytes.last()), (Some(&0x1e), Some(&b'\n')));
    let records = bytes[1..].split(|&byte| byte == 0x1e);
    let mut features: Vec<Value> = records.map(|record| serde_json::from_slice(record).unwrap()).collect();
    let first = features[0].as_object_mut().unwrap();
    assert!(first.remove("mapwright").is_some(), "how it was made");
    for key in ["attribution", "license", "source", "generator", "timestamp"] {
        assert_eq!(first.remove(key), Some(whole[key].clone()), "{key}");
    }
    assert_eq!(Value::Array(features), whole["features"]);
}

#[test]
fn separators_are_as_asked() {
    let begins = |name: &str, separator: &str| written(name, json!({ "separator": separator }))[0];
    assert_eq!(begins("geojsonl", "auto"), b'{');
    assert_eq!(begins("geojsonseq", "auto"), 0x1e);
    assert_eq!(begins("geojsonl", "rs"), 0x1e);
    assert_eq!(begins("geojsonseq", "newline"), b'{');
}
