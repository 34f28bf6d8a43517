//! GeoJSON: numbers, structure and strings as another parser reads them.

use super::sample;
use mapwright::format::find;
use mapwright::request::Request;
use mapwright::watch::Watch;
use serde_json::{Value, json};

fn parsed(options: Value) -> Value {
    let mut request = Request::default();
    request.options.insert("geojson".into(), serde_json::from_value(options).unwrap());
    let (bytes, _) = sample::write(&find("geojson").unwrap(), &request, false, &mut Watch::silent()).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

#[test]
fn hostile_names_come_back_whole() {
    let file = parsed(json!({}));
    for (row, name) in sample::HOSTILE.iter().enumerate() {
        assert_eq!(file["features"][row]["properties"]["tags"]["name"], *name);
    }
}

#[test]
fn geometry_is_exact_and_typed() {
    let file = parsed(json!({}));
    let kinds: Vec<_> = file["features"].as_array().unwrap().iter().map(|f| f["geometry"]["type"].clone()).collect();
    assert_eq!(kinds[kinds.len() - 3..], ["LineString", "MultiLineString", "MultiPolygon"]);
    let area = file["features"].as_array().unwrap().last().unwrap();
    assert_eq!(area["id"], "r9007199254740993");
    assert_eq!(area["properties"]["osm_id"], 9_007_199_254_740_993_i64);
    assert_eq!(area["geometry"]["coordinates"].as_array().unwrap().len(), 2);
    assert_eq!(area["geometry"]["coordinates"][0].as_array().unwrap().len(), 2);
    assert_eq!(file["features"][1]["geometry"]["coordinates"], json!([10.735_000_1, 59.905]));
    assert_eq!(file["bbox"], json!([10, 59, 11, 60]));
}

#[test]
fn fewer_decimals_leave_no_broken_rings() {
    let file = parsed(json!({ "digits": 3 }));
    let area = &file["features"].as_array().unwrap().last().unwrap()["geometry"]["coordinates"];
    assert_eq!(area.as_array().unwrap().len(), 1, "the ring of a tenth of a metre is gone");
    assert_eq!(area[0][1].as_array().unwrap().len(), 5);
    let file = parsed(json!({ "digits": 0 }));
    assert_eq!(file["features"].as_array().unwrap().last().unwrap()["geometry"], Value::Null);
}

#[test]
fn layout_changes_nothing_but_space() {
    assert_eq!(parsed(json!({ "pretty": true })), parsed(json!({})));
}
