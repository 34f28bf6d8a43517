//! What crosses the antimeridian, in the files that people get.

use crate::common;
use mapwright::{Engine, Opened, Request, Watch};
use serde_json::{Value, json};

const BOX: [f64; 4] = [179.8, -17.3, -179.8, -16.8];

fn open(name: &str) -> Opened {
    Opened::open(&common::data(&format!("reports/antimeridian-{name}.osm")), &mut Watch::silent()).unwrap()
}

/// The file of one format, of a request with this box or none.
fn export(opened: &Opened, format: &str, bbox: Option<[f64; 4]>, more: Value) -> Vec<u8> {
    let mut request = json!({"format": format});
    if let Some(bbox) = bbox {
        request["bbox"] = json!(bbox);
    }
    request.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let request = Request::from_json(&request.to_string()).unwrap();
    let files = opened.export(&Engine::native().unwrap(), &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
    files.into_iter().next().unwrap().1
}

fn text(opened: &Opened, format: &str, bbox: Option<[f64; 4]>, more: Value) -> String {
    // DXF is Windows-1252.
    String::from_utf8_lossy(&export(opened, format, bbox, more)).into_owned()
}

/// Corners of the polylines on layers whose name begins so, in metres, and whether they are closed.
fn polylines(dxf: &str, layer: &str) -> Vec<(bool, Vec<[i64; 2]>)> {
    let lines: Vec<&str> = dxf.lines().map(str::trim).collect();
    let (mut found, mut on) = (Vec::<(bool, Vec<[i64; 2]>)>::new(), false);
    for pair in lines.chunks_exact(2) {
        match *pair {
            ["0", kind] => {
                on = kind == "LWPOLYLINE";
                if on {
                    found.push((false, Vec::new()));
                }
            }
            ["8", name] if on && !name.starts_with(layer) => {
                found.pop();
                on = false;
            }
            ["70", flags] if on => found.last_mut().unwrap().0 = flags.parse::<u32>().unwrap() & 1 == 1,
            ["10", x] if on => found.last_mut().unwrap().1.push([x.parse::<f64>().unwrap().round() as i64, 0]),
            ["20", y] if on => {
                found.last_mut().unwrap().1.last_mut().unwrap()[1] = y.parse::<f64>().unwrap().round() as i64;
            }
            _ => {}
        }
    }
    found
}

/// Twice the area of a closed ring, positive counter-clockwise.
fn twice(ring: &[[f64; 2]]) -> f64 {
    ring.windows(2).map(|pair| pair[0][0] * pair[1][1] - pair[1][0] * pair[0][1]).sum()
}

/// Polygons of the first feature of a GeoJSON file, each a list of rings.
fn polygons(file: &Value) -> Vec<Vec<Vec<[f64; 2]>>> {
    let geometry = &file["features"][0]["geometry"];
    let coordinates = geometry["coordinates"].clone();
    match geometry["type"].as_str().unwrap() {
        "Polygon" => vec![serde_json::from_value(coordinates).unwrap()],
        "MultiPolygon" => serde_json::from_value(coordinates).unwrap(),
        other => panic!("{other}"),
    }
}

fn area(polygons: &[Vec<Vec<[f64; 2]>>]) -> f64 {
    polygons.iter().flatten().map(|ring| twice(ring) / 2.0).sum()
}

#[test]
fn a_road_is_one_straight_piece() {
    let opened = open("road");
    let dxf = text(&opened, "dxf", Some(BOX), json!({}));
    assert_eq!(polylines(&dxf, "roads"), [(false, vec![[169_979, 8_112_294], [191_287, 8_112_622]])]);
    let svg = text(&opened, "svg", Some(BOX), json!({}));
    let path = svg.split("id=\"roads.primary\"").nth(1).unwrap().split(" d=\"").nth(1).unwrap();
    assert!(path.starts_with("M53.23 139.17l106.45-1.64\""), "{}", &path[..60]);
    let found = opened.info().bbox.unwrap();
    assert_eq!((found.min_lon, found.max_lon), (179.9, -179.9));
    assert!(found.min_lat < -17.05 && found.max_lat > -17.05);
    let whole = polylines(&text(&opened, "dxf", None, json!({})), "roads");
    assert_eq!(whole, [(false, vec![[169_979, 8_112_294], [191_287, 8_112_622]])]);
    assert!(text(&opened, "svg", None, json!({})).contains("id=\"roads.primary\""));
    let csv = text(&opened, "csv", Some(BOX), json!({"options": {"csv": {"wkt": true}}}));
    assert!(csv.contains("MULTILINESTRING ((179.9 -17.05,180 -17.05),(-180 -17.05,-179.9 -17.05))"), "{csv}");
    // A projected file has it in one piece.
    let metres = text(&opened, "csv", Some(BOX), json!({"crs": "EPSG:32760", "options": {"csv": {"wkt": true}}}));
    assert!(metres.contains("\"LINESTRING ("), "{metres}");
}

#[test]
fn areas_lie_where_they_lie_and_keep_their_holes() {
    for (name, parts, size, holes) in [
        ("closed-way", 2, 0.02, 0),
        ("multipolygon-with-hole", 2, 0.0194, 1),
        ("multipolygon-touching", 2, 0.0192, 1),
        ("boundary", 2, 0.16 - 0.01, 1),
        ("four-crossings", 3, 0.4 * 0.3 - 0.3 * 0.1, 0),
    ] {
        let opened = open(name);
        for bbox in [None, Some([179.0, -18.0, -179.0, -16.0])] {
            let file: Value = serde_json::from_slice(&export(&opened, "geojson", bbox, json!({}))).unwrap();
            let found = polygons(&file);
            assert_eq!(found.len(), parts, "{name}");
            assert!((area(&found) - size).abs() < 1e-9, "{name}: {}", area(&found));
            let [west, _, east, _]: [f64; 4] = serde_json::from_value(file["bbox"].clone()).unwrap();
            assert!(west > 179.0 && east < -179.0, "{name}: {west} {east}");
            for ring in found.iter().flatten() {
                let sides = ring.iter().map(|[x, _]| *x > 0.0).collect::<Vec<_>>();
                assert!(sides.iter().all(|side| *side == sides[0]), "{name}: {ring:?}");
            }
            // Drawn in metres, in one piece with its holes.
            let dxf = text(&opened, "dxf", bbox.or(Some([179.7, -17.4, -179.7, -16.6])), json!({}));
            let layer = if name == "four-crossings" {
                "water"
            } else if name == "boundary" {
                "boundaries"
            } else {
                "veg"
            };
            let drawn = polylines(&dxf, layer);
            assert_eq!(drawn.len(), 1 + holes, "{name}: {drawn:?}");
            assert!(drawn.iter().all(|(closed, _)| *closed));
        }
        let csv = text(&opened, "csv", Some(BOX), json!({"options": {"csv": {"wkt": true}}}));
        assert!(csv.contains("MULTIPOLYGON (") && !csv.contains("(179.9 -17.1,-179.9"), "{csv}");
    }
}

#[test]
fn a_route_and_a_coast_go_on() {
    let route = open("route");
    let drawn = polylines(&text(&route, "dxf", Some([179.5, -17.2, -179.5, -16.8]), json!({})), "transport");
    let mut ends: Vec<i64> = drawn.iter().flat_map(|(_, line)| [line[0][0], line[line.len() - 1][0]]).collect();
    ends.sort_unstable();
    let mut meet = ends.clone();
    meet.dedup();
    assert_eq!(meet.len() - 1, drawn.len(), "what follows begins where the last one ends: {ends:?}");
    assert!((meet[meet.len() - 1] - meet[0] - 63_900).abs() < 100, "{meet:?}");
    // The sea around an island across 180 degrees.
    let coast = open("coast");
    let svg = text(&coast, "svg", Some(BOX), json!({}));
    let sea = svg.split("id=\"water.sea\"").nth(1).unwrap().split(" d=\"").nth(1).unwrap().split('"').next().unwrap();
    assert_eq!(sea.matches('M').count(), 2, "the frame and the island: {sea}");
    assert!(svg.contains("id=\"roads.primary\""));
}

#[test]
fn a_ring_around_a_pole_is_filled_there() {
    let opened = open("pole");
    let file: Value =
        serde_json::from_slice(&export(&opened, "geojson", Some([-180.0, -90.0, 180.0, -60.0]), json!({}))).unwrap();
    assert!((area(&polygons(&file)) - 3600.0).abs() < 1e-6, "{}", file["features"][0]["geometry"]);
    let dxf = text(&opened, "dxf", Some([-180.0, -90.0, 180.0, -60.0]), json!({"crs": "EPSG:3031"}));
    let drawn = polylines(&dxf, "natural");
    assert_eq!(drawn.len(), 1);
    let ring: Vec<[f64; 2]> = drawn[0].1.iter().chain(drawn[0].1.first()).map(|p| p.map(|v| v as f64)).collect();
    // A polygon of 36 corners, ten degrees from the pole: 1.09 Mm on the plane, which is true at 71 degrees south.
    let corner = libm::hypot(ring[0][0], ring[0][1]);
    let disc = 18.0 * corner * corner * libm::sin(std::f64::consts::PI / 18.0);
    assert!((twice(&ring).abs() / 2.0 / disc - 1.0).abs() < 1e-3, "{ring:?}");
    for format in ["svg", "png", "csv", "glb"] {
        assert!(!export(&opened, format, Some([-180.0, -89.0, 180.0, -60.0]), json!({})).is_empty());
    }
}

#[test]
fn an_area_of_the_request_concludes_a_box_across() {
    let opened = open("closed-way");
    let across = json!({"type": "Polygon", "coordinates": [[[179.95, -17.1], [-179.95, -17.1], [-179.95, -17], [179.95, -17], [179.95, -17.1]]]});
    let halves = json!({"type": "MultiPolygon", "coordinates": [
        [[[179.95, -17.1], [180, -17.1], [180, -17], [179.95, -17], [179.95, -17.1]]],
        [[[-180, -17.1], [-179.95, -17.1], [-179.95, -17], [-180, -17], [-180, -17.1]]]]});
    for shape in [across, halves] {
        let file: Value =
            serde_json::from_slice(&export(&opened, "geojson", None, json!({"area": shape, "clip": true}))).unwrap();
        assert!((area(&polygons(&file)) - 0.01).abs() < 1e-9);
        let dxf = text(&opened, "dxf", None, json!({"area": shape}));
        assert_eq!(polylines(&dxf, "veg").len(), 1);
    }
}
