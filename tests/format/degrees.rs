//! Formats that hold degrees alone hold the same ones whatever `crs` asks for.

use mapwright::Engine;
use mapwright::export::Opened;
use mapwright::request::Request;
use mapwright::watch::Watch;
use serde_json::json;

fn exported(opened: &Opened, format: &str, crs: &str) -> (String, Vec<&'static str>) {
    let fields = json!({"formats": [format], "crs": crs, "layers": ["roads", "buildings", "pois"],
        "bbox": [7.42, 43.735, 7.435, 43.745]});
    let request = Request::from_json(&fields.to_string()).unwrap();
    let engine = Engine::native().unwrap();
    let mut files = opened.export(&engine, &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
    let (file, bytes) = files.remove(0);
    (String::from_utf8(bytes).unwrap(), file.notes.iter().map(|note| note.code).collect())
}

/// Every number of a text that looks like a coordinate of Monaco.
fn places(text: &str) -> Vec<f64> {
    let number = |part: &str| {
        part.parse::<f64>().ok().filter(|value| (7.0..8.0).contains(value) || (43.0..44.0).contains(value))
    };
    text.split(|c: char| !c.is_ascii_digit() && c != '.').filter(|part| part.len() > 7).filter_map(number).collect()
}

#[test]
fn another_system_makes_no_difference_but_a_note() {
    let opened = Opened::open(&crate::common::data("overpass/monaco-tiny.map.json.gz"), &mut Watch::silent()).unwrap();
    for format in ["kml", "gpx", "georss", "polish-mp"] {
        let (plain, quiet) = exported(&opened, format, "EPSG:4326");
        assert!(!quiet.contains(&"degrees_only"), "{format}");
        for crs in ["EPSG:3857", "EPSG:32632", "EPSG:2056", "EPSG:4258"] {
            let (other, notes) = exported(&opened, format, crs);
            assert!(notes.contains(&"degrees_only"), "{format} {crs}");
            let (plain, other) = (places(&plain), places(&other));
            assert_eq!(plain.len(), other.len(), "{format} {crs}");
            assert!(plain.len() > 300, "{format}");
            let far = plain.iter().zip(&other).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
            assert!(far < 1.1e-6, "{format} {crs}: {far}");
        }
    }
}

#[test]
fn what_another_system_shows_across_180_degrees_is_refused() {
    let opened = Opened::open(&crate::common::data("reports/antimeridian-road.osm"), &mut Watch::silent()).unwrap();
    let engine = Engine::native().unwrap();
    for format in ["kml", "gpx", "georss", "polish-mp"] {
        let made = |crs: &str| {
            let fields = json!({"formats": [format], "crs": crs, "bbox": [179.8, -17.3, -179.8, -16.8]});
            let request = Request::from_json(&fields.to_string()).unwrap();
            opened.export(&engine, &request, &mut Watch::silent(), |_| Ok(Vec::new())).map(|files| files.len())
        };
        assert_eq!(made("auto"), Ok(1), "{format}");
        // Its middle lies at 150 degrees east.
        let fault = made("EPSG:3832").unwrap_err();
        assert_eq!(fault.field(), Some("crs"), "{format}: {fault}");
    }
}
