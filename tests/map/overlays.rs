//! Own data on top of the map: what is read, where it goes, and what is said of what cannot be read.

use super::world::{World, area};
use crate::common;
use mapwright::map::{Features, Frame, Geometry, Map, Own, View, view};
use mapwright::request::{Limits, Overlay};
use mapwright::{Engine, Opened, Request, Watch};
use serde_json::{Value, json};

const GPX: &str = r#"<?xml version="1.0"?>
<gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">
  <metadata><name>Not a feature</name></metadata>
  <wpt lat="43.7392" lon="7.4271"><ele>12</ele><name>Caf&#233; &amp; Bar</name><type>food</type></wpt>
  <rte><name>Way there</name><rtept lat="43.7392" lon="7.4271"/><rtept lat="43.7396" lon="7.4279"/></rte>
  <trk><name><![CDATA[Morning <run>]]></name>
    <trkseg><trkpt lat="43.7391" lon="7.4270"/><trkpt lat="43.7395" lon="7.4275"/></trkseg>
    <trkseg><trkpt lat="43.7396" lon="7.4276"/><trkpt lat="43.7398" lon="7.4280"/></trkseg>
  </trk>
</gpx>"#;

const KML: &str = r#"<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><Folder>
  <Placemark><name>Plot</name><ExtendedData><Data name="type"><value>claim</value></Data></ExtendedData><Polygon>
    <outerBoundaryIs><LinearRing><coordinates>7.427,43.739,0 7.428,43.739,0 7.428,43.740,0 7.427,43.740,0 7.427,43.739,0</coordinates></LinearRing></outerBoundaryIs>
    <innerBoundaryIs><LinearRing><coordinates>7.4272,43.7392 7.4274,43.7392 7.4274,43.7394 7.4272,43.7392</coordinates></LinearRing></innerBoundaryIs>
  </Polygon></Placemark>
  <Placemark><name>Walk</name><gx:Track><gx:coord>7.427 43.739 5</gx:coord><gx:coord>7.428 43.7395 6</gx:coord></gx:Track></Placemark>
</Folder></Document></kml>"#;

fn geojson() -> Value {
    json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {"name": "Here", "type": "meeting", "seats": 4, "stroke": "#00ff00"}, "geometry":
            {"type": "GeometryCollection", "geometries": [
                {"type": "Point", "coordinates": [7.4272, 43.7393]},
                {"type": "LineString", "coordinates": [[7.4272, 43.7393, 10], [7.4278, 43.7397]]}]}},
        {"type": "Feature", "properties": null, "geometry": null},
        {"type": "Feature", "properties": {"title": "Bow"}, "geometry":
            {"type": "Polygon", "coordinates": [[[7.427, 43.739], [7.428, 43.740], [7.428, 43.739], [7.427, 43.740], [7.427, 43.739]]]}}]})
}

fn overlaid(map: &Map, overlays: &[Overlay]) -> mapwright::Result<Map> {
    let watch = &mut Watch::silent();
    Own::read(None, overlays, &Limits::default(), watch)?.over(map, watch)
}

fn overlay(data: Value) -> Overlay {
    Overlay { data, style: None }
}

/// Class, type, name and id of everything in the layer.
fn listed(features: &Features) -> Vec<(String, String, String, i64)> {
    let own = features.rows.iter().filter(|row| features.class(row).layer == "overlays");
    own.map(|row| {
        let name = features.name(row).unwrap_or_default().into_owned();
        (features.class(row).id.into(), features.value(row).into(), name, features.map.osm.id(row.element))
    })
    .collect()
}

fn all() -> View {
    View {
        frame: Frame::Degrees(mapwright::request::Bbox::new(7.0, 43.0, 8.0, 44.0).unwrap()),
        ..super::world::look([7.0, 43.0, 8.0, 44.0])
    }
}

#[test]
fn every_kind_becomes_features_with_names_and_types() {
    let mut world = World::new();
    world.way(&[(7.4, 43.7), (7.5, 43.8)], "highway=path, name=Trail");
    let map = world.map();
    let over = overlaid(&map, &[overlay(geojson()), overlay(json!(GPX)), overlay(json!(KML))]).unwrap();
    let mut with = all();
    // A choice of layers is one of the map.
    with.layers = vec!["roads".into()];
    let features = view(&over, &with, &mut Watch::silent()).unwrap();
    let text =
        |list: [(&str, &str, &str, i64); 8]| list.map(|(a, b, c, id)| (a.to_owned(), b.to_owned(), c.to_owned(), id));
    assert_eq!(
        listed(&features),
        text([
            ("area", "area", "Bow", -3),
            ("area", "claim", "Plot", -7),
            ("line", "meeting", "Here", -2),
            ("line", "line", "Walk", -8),
            ("point", "meeting", "Here", -1),
            ("track", "track", "Morning <run>", -6),
            ("route", "route", "Way there", -5),
            ("waypoint", "food", "Café & Bar", -4),
        ])
    );
    let row = |name: &str| features.rows.iter().position(|row| features.name(row).as_deref() == Some(name)).unwrap();
    assert_eq!(features.tag(&features.rows[row("Here")], "seats"), Some("4"));
    assert_eq!(features.tag(&features.rows[row("Café & Bar")], "ele"), Some("12"));
    assert_eq!(features.shapes.parts(&features.rows[row("Morning <run>")].parts).len(), 2);
    // The hole counts against, and a bow tie is two triangles.
    assert!((area(&features, row("Plot")) - (1e-6 - 2e-8)).abs() < 1e-12);
    assert!((area(&features, row("Bow")) - 0.5e-6).abs() < 1e-12);
    assert!(super::world::faults(&features).is_empty());
    // The map itself is as it was.
    assert_eq!(features.rows.len(), 9);
    assert_eq!(map.features.len(), 1);
}

#[test]
fn they_reach_data_and_drawn_products() {
    let opened = Opened::open(&common::data("overpass/monaco-tiny.map.json.gz"), &mut Watch::silent()).unwrap();
    let export = |overlays: Value, format: &str| {
        let request = json!({"format": format, "bbox": [7.4268, 43.739, 7.4285, 43.74], "overlays": overlays});
        let request = Request::from_json(&request.to_string()).unwrap();
        let files =
            opened.export(&Engine::native().unwrap(), &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
        String::from_utf8_lossy(&files[0].1).into_owned()
    };
    let data: Value = serde_json::from_str(&export(json!([{"data": GPX}]), "geojson")).unwrap();
    let own: Vec<&Value> =
        data["features"].as_array().unwrap().iter().filter(|f| f["properties"]["layer"] == "overlays").collect();
    assert_eq!(own.len(), 3);
    let waypoint = own.iter().find(|f| f["properties"]["class"] == "waypoint").unwrap();
    assert_eq!(waypoint["geometry"]["coordinates"], json!([7.4271, 43.7392]));
    assert_eq!(waypoint["properties"]["type"], "food");
    let plain = export(json!([]), "svg");
    let drawn = export(json!([{"data": geojson()}]), "svg");
    assert!(!plain.contains("overlays") && drawn.contains("overlays"));
    assert!(
        drawn.contains("\"#0f0\"") && drawn.contains("#c2255c"),
        "the colour of the data, and the one of the style"
    );
    let styled = export(json!([{"data": GPX, "style": {"color": "#123456", "stroke-width": 5}}]), "svg");
    assert!(styled.contains("#123456") && !styled.contains("#c2255c"));
    // A colour that is none is not drawn as text, but as the default.
    assert!(export(json!([{"data": GPX, "style": {"color": "\"><script>"}}]), "svg").contains("#c2255c"));
}

#[test]
fn an_overlay_across_the_antimeridian_is_cut_where_degrees_end() {
    let line = json!({"type": "LineString", "coordinates": [[179.9, -17.0], [-179.9, -17.0]]});
    let map = overlaid(&World::new().map(), &[overlay(line)]).unwrap();
    let frame = |west, east| mapwright::request::Bbox::new(west, -18.0, east, -16.0).unwrap();
    for (frame, count) in [(Frame::Degrees(frame(179.0, -179.0)), 2), (Frame::Unrolled(frame(179.0, -179.0)), 1)] {
        let features = view(&map, &View { frame, ..all() }, &mut Watch::silent()).unwrap();
        let parts = features.shapes.parts(&features.rows[0].parts);
        assert_eq!((features.rows[0].geometry, parts.len()), (Geometry::Line, count));
    }
}

#[test]
fn what_cannot_be_read_is_named() {
    let map = World::new().map();
    let deep = format!("{}<wpt lat=\"1\" lon=\"1\"/>{}", "<gpx>".repeat(5000), "</gpx>".repeat(5000));
    let laughs = "<!DOCTYPE gpx [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><gpx><wpt lat=\"1\" lon=\"1\"><name>&b;</name></wpt></gpx>";
    for (data, part) in [
        (json!(""), "expected GeoJSON"),
        (json!(42), "expected GeoJSON"),
        (json!(["a"]), "expected GeoJSON"),
        (json!("lat,lon\n1,2"), "expected GeoJSON"),
        (json!("{\"type\": \"Point\""), "not valid JSON"),
        (json!({"coordinates": [1, 2]}), "\"type\""),
        (json!({"type": "Topology"}), "\"Topology\" is not a type"),
        (json!({"type": "Point", "coordinates": [7.4]}), "position"),
        (json!({"type": "Point", "coordinates": ["7", "43"]}), "position"),
        (json!({"type": "Point", "coordinates": [2594000.0, 1200000.0]}), "2594000, 1200000 is no place on earth"),
        (json!({"type": "Point", "coordinates": [370000.0, 4843000.0]}), "degrees of WGS 84 (EPSG:4326)"),
        (json!(GPX.get(..GPX.len() - 6).unwrap()), "ends before"),
        (json!(GPX.get(..GPX.len() - 9).unwrap()), "not valid XML"),
        (json!({"type": "Polygon", "coordinates": [1, 2]}), "no list"),
        (json!({"type": "FeatureCollection"}), "features"),
        (json!({"type": "FeatureCollection", "features": []}), "holds nothing"),
        (json!({"type": "FeatureCollection", "features": [{"type": "Feature"}]}), "features[0]: a Feature has a"),
        (
            json!({"type": "Point", "coordinates": [1, 2], "crs": {"properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}}),
            "3857",
        ),
        (json!("<html><body>404</body></html>"), "this is <html>"),
        (json!("<gpx>"), "ends before"),
        (json!("<gpx><wpt lat=\"1\"></gpx>"), "not valid XML"),
        (json!("<gpx><wpt lat=\"1\"/></gpx>"), "a <wpt> has no lon"),
        (json!("<gpx><wpt lat=\"NaN\" lon=\"1\"/></gpx>"), "is no place"),
        (json!("<gpx><wpt lat=\"91\" lon=\"1\"/></gpx>"), "is no place"),
        (json!("<gpx><wpt lat=\"north\" lon=\"1\"/></gpx>"), "not a number"),
        (json!("<gpx><wpt lat=\"1\" lon=\"1\"><name>&nbsp;</name></wpt></gpx>"), "not valid XML"),
        (json!("<gpx/>"), "holds nothing"),
        (json!("<kml><Placemark><Point><coordinates>here</coordinates></Point></Placemark></kml>"), "\"here\""),
        (json!(deep), "deeper than 64"),
        (json!(laughs), "DOCTYPE"),
    ] {
        let fault = overlaid(&map, &[overlay(data.clone())]).err().unwrap();
        assert_eq!(fault.field(), Some("overlays[0].data"), "{fault}");
        assert!(fault.to_string().contains(part), "{fault}");
    }
    let styled =
        |style: Value| overlaid(&map, &[overlay(json!(GPX)), Overlay { data: json!(GPX), style: Some(style) }]);
    for style in [json!("red"), json!({"colour": "red"}), json!({"stroke": {}})] {
        assert_eq!(styled(style).err().unwrap().field(), Some("overlays[1].style"));
    }
}

#[test]
fn overlays_are_judged_before_there_are_data() {
    let check = |overlays: Value| {
        let request = json!({"format": "geojson", "overlays": overlays});
        mapwright::export::check(&Request::from_json(&request.to_string()).unwrap(), &Limits::default())
    };
    check(json!([{"data": GPX}, {"data": KML}, {"data": geojson()}])).unwrap();
    let metres = json!({"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [370000, 4843000]}}]});
    for (data, part) in [(metres, "features[0]: 370000, 4843000 is no place"), (json!("<gpx><trk>"), "ends before")] {
        let fault = check(json!([{"data": GPX}, {"data": data}])).unwrap_err();
        assert_eq!(fault.field(), Some("overlays[1].data"), "{fault}");
        assert!(fault.to_string().contains(part), "{fault}");
    }
}

#[test]
fn degenerate_shapes_do_no_harm() {
    let map = World::new().map();
    for shape in [
        json!({"type": "LineString", "coordinates": [[1, 2]]}),
        json!({"type": "LineString", "coordinates": [[1, 2], [1, 2]]}),
        json!({"type": "LineString", "coordinates": []}),
        json!({"type": "Polygon", "coordinates": []}),
        json!({"type": "Polygon", "coordinates": [[]]}),
        json!({"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}),
        json!({"type": "MultiPoint", "coordinates": []}),
        json!({"type": "Polygon", "coordinates": [[[-170, 70], [0, 70], [170, 70], [-170, 70]]]}),
    ] {
        let over = overlaid(&map, &[overlay(shape.clone())]).unwrap();
        assert!(over.features.len() <= 1, "{shape}");
    }
}
