//! GeoJSON sequences: the features of GeoJSON, a line each.

use super::sample;
use mapwright::format::find;
use mapwright::request::Request;
use mapwright::watch::Watch;
use serde_json::{Value, json};

fn written(id: &str, formats: &[&str], options: Value) -> Vec<u8> {
    let formats = formats.iter().map(|&name| name.to_owned()).collect();
    let mut request = Request { formats, ..Request::default() };
    request.options.insert(id.into(), serde_json::from_value(options).unwrap());
    sample::write(&find(id).unwrap(), &request, false, &mut Watch::silent()).unwrap().0
}

#[test]
fn lines_are_the_features_of_geojson() {
    let whole: Value = serde_json::from_slice(&written("geojson", &[], json!({}))).unwrap();
    let bytes = written("geojsonseq", &["geojsonseq"], json!({}));
    assert_eq!((bytes.first(), bytes.last()), (Some(&0x1e), Some(&b'\n')));
    let records = bytes[1..].split(|&byte| byte == 0x1e);
    let mut features: Vec<Value> = records.map(|record| serde_json::from_slice(record).unwrap()).collect();
    let first = features[0].as_object_mut().unwrap();
    for key in ["attribution", "license", "source", "generator", "timestamp"] {
        assert_eq!(first.remove(key), Some(whole[key].clone()), "{key}");
    }
    assert_eq!(Value::Array(features), whole["features"]);
}

#[test]
fn separators_are_as_asked() {
    let begins =
        |formats: &[&str], separator: &str| written("geojsonseq", formats, json!({ "separator": separator }))[0];
    assert_eq!(begins(&["geojsonl"], "auto"), b'{');
    assert_eq!(begins(&["geojsonl", "geojsonseq"], "auto"), 0x1e);
    assert_eq!(begins(&[], "auto"), 0x1e);
    assert_eq!(begins(&["geojsonl"], "rs"), 0x1e);
    assert_eq!(begins(&["geojsonseq"], "newline"), b'{');
}
