//! GeoJSON: numbers, structure and strings as another parser reads them.

use super::sample;
use mapwright::format::{Job, Settings, Write, find};
use mapwright::geo::crs::Crs;
use mapwright::map::{Geometry, Role};
use mapwright::note::Notes;
use mapwright::osm::Kind;
use mapwright::provenance::Provenance;
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
    for (row, name) in sample::hostile().iter().enumerate() {
        assert_eq!(file["features"][row]["properties"]["tags"]["name"], **name);
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
    let without = |options| {
        let mut file = parsed(options);
        assert!(file.as_object_mut().unwrap().remove("mapwright").is_some(), "that it was asked for is said");
        file
    };
    assert_eq!(without(json!({ "pretty": true })), without(json!({})));
}

/// A file of one feature.
fn alone(crs: Crs, geometry: Geometry, parts: &[(Role, &[[f64; 2]])]) -> (Value, Notes) {
    let map = sample::map();
    let mut features = sample::features(&map);
    features.rows.clear();
    features.crs = crs;
    sample::add(&mut features, (Kind::Way, 0), geometry, parts);
    let format = find("geojson").unwrap().format;
    let settings = Settings::new(format.id, format.options, None).unwrap();
    let (request, mut notes) = (Request::default(), Notes::default());
    let mut job = Job {
        name: format.id,
        file: "map",
        settings: &settings,
        notes: &mut notes,
        request: &request,
        provenance: &Provenance::default(),
    };
    let Write::Features(write) = format.write else { panic!("geojson is made from features") };
    let mut bytes = Vec::new();
    write(&features, &mut job, &mut Watch::silent(), &mut bytes).unwrap();
    (serde_json::from_slice(&bytes).unwrap(), notes)
}

#[test]
fn the_box_of_what_is_cut_at_the_antimeridian_crosses_it() {
    let halves: [&[[f64; 2]]; 2] = [&[[179.5, -17.0], [180.0, -16.5]], &[[-180.0, -16.5], [-179.5, -16.0]]];
    let (file, _) = alone(Crs::wgs84(), Geometry::Line, &halves.map(|half| (Role::Line, half)));
    assert_eq!(file["bbox"], json!([179.5, -17, -179.5, -16]));
    // One that goes round the Earth does not.
    let round: &[[f64; 2]] = &[[-180.0, 0.0], [0.0, 1.0], [180.0, 0.0]];
    let (file, _) = alone(Crs::wgs84(), Geometry::Line, &[(Role::Line, round)]);
    assert_eq!(file["bbox"], json!([-180, 0, 180, 1]));
}

#[test]
fn another_crs_is_named_and_noted() {
    let line: &[[f64; 2]] = &[[597_000.125, 6_641_000.5], [597_010.0, 6_641_000.0]];
    let (file, notes) = alone(Crs::utm(10.7, 59.9), Geometry::Line, &[(Role::Line, line)]);
    assert_eq!(file["crs"]["properties"]["name"], "urn:ogc:def:crs:EPSG::32632");
    assert_eq!(file["features"][0]["geometry"]["coordinates"][0], json!([597_000.125, 6_641_000.5]));
    assert!(notes.list().iter().any(|note| note.code == "not_wgs84"));
}
