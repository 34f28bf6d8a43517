//! What a client may bring along, and what a sheet holds: counted before the work begins.

use crate::common;
use mapwright::map::Own;
use mapwright::request::{Area, Limits, Overlay};
use mapwright::{Engine, Error, Opened, Request, Result, Watch};
use serde_json::{Value, json};
use std::sync::atomic::AtomicBool;

fn chance(seed: &mut u64) -> f64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    (*seed >> 33) as f64 / 2_147_483_648.0
}

/// A ring of random places about Monaco.
fn random(count: usize, seed: &mut u64) -> Vec<[f64; 2]> {
    let mut ring: Vec<[f64; 2]> =
        (1..count).map(|_| [7.42 + chance(seed) / 50.0, 43.73 + chance(seed) / 50.0]).collect();
    ring.extend(ring.first().copied());
    ring
}

/// A ring with teeth to the north, or turned to the east.
fn comb(teeth: usize, turned: bool) -> Vec<[f64; 2]> {
    let step = 0.01 / teeth as f64;
    let tooth = |row: usize| [row as f64 * step, if row.is_multiple_of(2) { 0.0 } else { 0.01 }];
    let mut ring: Vec<[f64; 2]> = (0..teeth).map(tooth).collect();
    ring.extend([[0.011, -0.001], [0.0, 0.0]]);
    ring.iter().map(|&[x, y]| if turned { [7.42 + y, 43.73 + x] } else { [7.42 + x, 43.73 + y] }).collect()
}

fn area(polygons: &[Vec<[f64; 2]>]) -> Area {
    let polygons: Vec<_> = polygons.iter().map(|ring| vec![ring]).collect();
    serde_json::from_value(json!({"type": "MultiPolygon", "coordinates": polygons})).unwrap()
}

fn overlay(kind: &str, coordinates: Value) -> Overlay {
    Overlay { data: json!({"type": kind, "coordinates": coordinates}), style: None }
}

fn read(area: Option<&Area>, overlays: &[Overlay], limits: Limits) -> Result<Own> {
    Own::read(area, overlays, &limits, &mut Watch::silent())
}

fn refused(area: Option<&Area>, overlays: &[Overlay], limits: Limits) -> (String, u16, String) {
    let fault = read(area, overlays, limits).err().expect("it was taken");
    (fault.field().unwrap_or_default().to_owned(), fault.status(), fault.to_string())
}

#[test]
fn vertices_are_counted_over_area_and_overlays() {
    let line = |count: usize| {
        overlay("LineString", json!((0..count).map(|row| [7.0 + row as f64 * 1e-6, 43.0]).collect::<Vec<_>>()))
    };
    let limits = Limits { vertices: 100, ..Limits::default() };
    assert!(read(None, &[line(60), line(40)], limits).is_ok());
    let (field, status, words) = refused(None, &[line(60), line(41)], limits);
    assert_eq!((field.as_str(), status), ("overlays[1]", 413));
    assert!(words.contains("101 vertices") && words.contains("100 are taken"), "{words}");
    let points = overlay("MultiPoint", json!(vec![[7.0, 43.0]; 97]));
    assert_eq!(refused(Some(&area(&[comb(2, false)])), &[points], limits).0, "overlays[0]");
    assert_eq!(refused(Some(&area(&[comb(120, false)])), &[line(3)], limits).0, "area");
    let usual = refused(None, &[line(100_001)], Limits::default());
    assert_eq!((usual.1, usual.2.contains("100001") && usual.2.contains("100000")), (413, true));
}

#[test]
fn borders_that_cross_too_often_are_refused_before_they_are_overlaid() {
    let mut seed = 1;
    let many = overlay("Polygon", json!([random(50_000, &mut seed)]));
    let triangles: Vec<_> = (0..200).map(|_| random(4, &mut seed)).collect();
    let triangles = area(&triangles);
    let few = overlay("Polygon", json!([random(4000, &mut seed)]));
    for (area, overlays, field) in
        [(None, vec![many], "overlays[0]"), (Some(&triangles), vec![], "area"), (None, vec![few], "overlays[0]")]
    {
        let (named, status, words) = refused(area, &overlays, Limits::default());
        assert_eq!((named.as_str(), status), (field, 400), "{words}");
        assert!(words.contains("10000"), "{words}");
    }
    // Neither crosses itself; one upon the other does.
    let (upright, lying) = (area(&[comb(2000, false)]), overlay("Polygon", json!([comb(2000, true)])));
    assert!(read(Some(&upright), &[], Limits::default()).is_ok());
    assert!(read(None, std::slice::from_ref(&lying), Limits::default()).is_ok());
    assert_eq!(refused(Some(&upright), &[lying], Limits::default()).0, "overlays[0]");
    let line = overlay("LineString", json!(comb(2000, true)));
    assert_eq!(refused(Some(&upright), &[line], Limits::default()).0, "overlays[0]", "a line over a border");
    let higher = Limits { crossings: 100_000, ..Limits::default() };
    assert!(read(Some(&triangles), &[], higher).is_ok());
}

#[test]
fn lines_may_cross_themselves_and_neighbours_may_share_borders() {
    let mut seed = 2;
    let track = overlay("LineString", json!(random(20_000, &mut seed)));
    assert!(read(None, &[track], Limits::default()).is_ok());
    let cell = |x: usize, y: usize| {
        let [x, y] = [7.0 + x as f64 * 1e-3, 43.0 + y as f64 * 1e-3];
        vec![[x, y], [x + 1e-3, y], [x + 1e-3, y + 1e-3], [x, y + 1e-3], [x, y]]
    };
    let cells: Vec<_> = (0..120).flat_map(|x| (0..120).map(move |y| cell(x, y))).collect();
    assert!(read(Some(&area(&cells)), &[], Limits::default()).is_ok());
    // Across the antimeridian and elsewhere: no border goes round the Earth.
    let far: Vec<_> = (0..200)
        .map(|row| {
            vec![
                [179.0, row as f64 * 0.1],
                [-179.0, row as f64 * 0.1],
                [-179.0, row as f64 * 0.1 + 0.05],
                [179.0, row as f64 * 0.1],
            ]
        })
        .collect();
    let near: Vec<_> = (0..200)
        .map(|row| {
            vec![
                [row as f64 * 0.1, -1.0],
                [row as f64 * 0.1 + 0.05, 21.0],
                [row as f64 * 0.1 + 0.01, 21.0],
                [row as f64 * 0.1, -1.0],
            ]
        })
        .collect();
    assert!(read(Some(&area(&[far, near].concat())), &[], Limits { crossings: 100, ..Limits::default() }).is_ok());
}

#[test]
fn counting_hears_a_stop() {
    let mut seed = 4;
    let many = overlay("Polygon", json!([random(5000, &mut seed)]));
    let stop = AtomicBool::new(true);
    let mut watch = Watch::silent().stoppable(&stop);
    let limits = Limits { crossings: usize::MAX / 1000, ..Limits::default() };
    assert_eq!(Own::read(None, &[many], &limits, &mut watch).err(), Some(Error::Cancelled));
}

/// A style of so many layers that ask for a label each.
fn style(layers: usize) -> Value {
    let layer = |row: usize| json!({"id": format!("l{row}"), "type": "symbol", "source-layer": "pois", "layout": {"text-field": "A", "text-size": 6}, "paint": {}});
    json!({"version": 8, "layers": (0..layers).map(layer).collect::<Vec<_>>()})
}

#[test]
fn layers_of_a_style_are_counted() {
    let request =
        |layers| Request::from_json(&json!({"formats": ["svg"], "map_style": style(layers)}).to_string()).unwrap();
    assert_eq!(mapwright::export::check(&request(1000), &Limits::default()), Ok(()));
    let fault = mapwright::export::check(&request(6000), &Limits::default()).unwrap_err();
    assert_eq!((fault.field(), fault.status(), fault.code()), (Some("map_style"), 413, "too_large"));
    assert!(fault.to_string().contains("6000 layers") && fault.to_string().contains("1000"), "{fault}");
    let bytes = common::data("overpass/monaco-tiny.map.json.gz");
    let opened = Opened::open(&bytes, &mut Watch::silent()).unwrap();
    let fault = opened
        .export(&Engine::native().unwrap(), &request(6000), &mut Watch::silent(), |_| Ok(Vec::new()))
        .unwrap_err();
    assert_eq!(fault.field(), Some("map_style"), "in every door");
}

#[test]
fn a_sheet_holds_so_many_labels() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample/helsinki.osm.pbf");
    let bytes = std::fs::read(path).unwrap();
    let opened = Opened::open(&bytes, &mut Watch::silent()).unwrap();
    let request = Request::from_json(
        &json!({"formats": ["svg"], "bbox": [24.936, 60.166, 24.948, 60.172], "map_style": style(3)}).to_string(),
    )
    .unwrap();
    let noted = |labels: usize| {
        let engine = Engine { limits: Limits { labels, ..Limits::default() }, ..Engine::native().unwrap() };
        let files = opened.export(&engine, &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
        let note = files[0].0.notes.iter().find(|note| note.code == "too_many_labels");
        (
            String::from_utf8_lossy(&files[0].1).matches("<text").count(),
            note.map(|note| (note.count, note.message.clone())),
        )
    };
    let (all, none) = noted(20_000);
    assert!(all > 50 && none.is_none(), "{all} {none:?}");
    let (few, note) = noted(20);
    let (left_out, message) = note.expect("it says nothing");
    assert!(few < 30 && left_out > 50 && message.contains("at most 20"), "{few}: {message}");
}
