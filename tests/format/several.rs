//! Elements that stand in several layers, in the files that people get.

use crate::common;
use mapwright::{Engine, Opened, Request, Watch};
use serde_json::{Value, json};

fn text(report: &str, format: &str, more: Value) -> String {
    let opened = Opened::open(&common::data(&format!("reports/{report}.osm")), &mut Watch::silent()).unwrap();
    let mut request = json!({"format": format});
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let request = Request::from_json(&request.to_string()).unwrap();
    let files = opened.export(&Engine::native().unwrap(), &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
    String::from_utf8_lossy(&files.into_iter().next().unwrap().1).into_owned()
}

fn features(report: &str, more: Value) -> Vec<Value> {
    let file: Value = serde_json::from_str(&text(report, "geojson", more)).unwrap();
    file["features"].as_array().unwrap().clone()
}

#[test]
fn a_collection_holds_each_element_once() {
    let all = features("pois-on-buildings", json!({}));
    assert_eq!(all.len(), 10);
    let named = |name: &str| all.iter().find(|row| row["properties"]["name"] == name).unwrap()["properties"].clone();
    let also = |name: &str| named(name)["also"].clone();
    assert_eq!((also("Trattoria"), also("Klinik")), (json!("pois"), json!("landuse,pois")));
    assert_eq!((also("Hbf"), also("Node rest")), (json!("transport"), Value::Null));
    // Asked for by layer, each that stands there, with the geometry that it has there.
    let pois = features("pois-on-buildings", json!({"layers": ["pois"]}));
    let kind = |name: &str| pois.iter().filter(|row| row["properties"]["name"] == name).count();
    assert_eq!(pois.len(), 8);
    assert_eq!(["Trattoria", "Super", "Schuhe", "St. Anna", "Hotel", "Klinik"].map(kind), [1; 6]);
    let points = pois.iter().filter(|row| row["geometry"]["type"] == "Point").count();
    assert_eq!(points, 7, "the area of a restaurant that is nothing else stays");
    let both = features("pois-on-buildings", json!({"layers": ["pois", "transport"]}));
    assert_eq!(both.len(), 10);
}

#[test]
fn tables_name_the_other_layers() {
    let csv = text("area-and-barrier", "csv", json!({}));
    let head: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let place = |name: &str| head.iter().position(|column| *column == name).unwrap();
    assert_eq!(place("also"), place("layer_z") + 1);
    assert_eq!(csv.lines().count(), 5);
    assert!(csv.contains("\"pois,barriers\"") && csv.contains("\"pois,addresses\""), "{csv}");
}

#[test]
fn drawings_write_a_name_and_draw_an_outline_once() {
    for report in ["pois-on-buildings", "area-and-barrier"] {
        let svg = text(report, "svg", json!({"page": {"scale": 1000}, "detail_level": 6}));
        for name in ["Trattoria", "Hotel", "Klinik", "St. Anna", "Hbf", "School", "Park"] {
            let count = svg.matches(&format!(">{name}<")).count();
            assert!(count <= 1, "{report}: {name} {count} times");
        }
        assert!(svg.contains(">Trattoria<"), "{report}");
    }
    let svg = text("area-and-barrier", "svg", json!({"page": {"scale": 1000}, "detail_level": 6}));
    let strokes = |group: &str| {
        let from = svg.find(&format!("id=\"{group}\"")).unwrap_or_else(|| panic!("no group {group}"));
        svg[from..].split("</g>").next().unwrap().matches("<path").count()
    };
    assert_eq!(strokes("barriers.fence"), 1);
    assert_eq!(strokes("protected.protected"), 1);
}

#[test]
fn dxf_has_each_layer_and_each_name_once() {
    let dxf = text("pois-on-buildings", "dxf", json!({}));
    let lines: Vec<&str> = dxf.lines().map(str::trim).collect();
    let points = lines.join("\n");
    let texts = points.split("\n0\n").filter(|entity| entity.starts_with("TEXT\n"));
    assert_eq!(texts.filter(|text| text.contains("\n1\nTrattoria\n")).count(), 1);
    let entities =
        points.split("\n0\n").filter(|entity| ["POINT\n", "INSERT\n"].iter().any(|kind| entity.starts_with(kind)));
    assert_eq!(entities.filter(|entity| entity.contains("\n8\npois")).count(), 7);
}
