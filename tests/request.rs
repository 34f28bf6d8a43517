//! The request: one schema, errors that name the field.

use mapwright::request::{Area, Clip, CrsChoice, Language, MapStyle, Size};
use mapwright::{Error, Request};

fn wrong(json: &str) -> (String, String) {
    match Request::from_json(json) {
        Err(Error::Request { field, message }) => (field, message),
        other => panic!("{json}: {other:?}"),
    }
}

#[test]
fn every_field_is_read() {
    let request = Request::from_json(
        r##"{"formats": ["svg", "pdf"], "bbox": [7.4, 43.7, 7.5, 43.8], "area": {"relation": 1124039},
            "map_style": {"base": "minimal", "colors": {"water": "#00f"}}, "detail_level": 4,
            "layers": ["roads", "water.sea"], "crs": "EPSG:3857", "clip": false, "language": "ru+name",
            "page": {"size": "A3", "orientation": "portrait", "scale": 5000, "margin": 5, "bleed": 3, "dpi": 300,
                     "frame": {"shape": "circle"}, "furniture": {"title": "Rome", "scale_bar": true},
                     "window": [0, 0, 10, 10]},
            "text": "outline", "sea": "land", "overlays": [{"data": "<gpx/>"}],
            "options": {"geojson": {"digits": 6}}}"##,
    )
    .unwrap();
    assert_eq!(request.formats, ["svg", "pdf"]);
    assert_eq!(request.area, Some(Area::Relation { relation: 1_124_039 }));
    assert_eq!(request.crs, CrsChoice::Epsg(3857));
    assert_eq!(request.clip, Clip::No);
    assert_eq!(request.language, Language::Both("ru".into()));
    assert_eq!(request.page.size, Size::Named("A3"));
    assert!(matches!(request.map_style, Some(MapStyle::Based { ref base, .. }) if base == "minimal"));
    let again = Request::from_json(&serde_json::to_string(&request).unwrap()).unwrap();
    assert_eq!(again, request, "a request survives being written and read");
}

#[test]
fn boxes_come_as_list_or_object() {
    let list = Request::from_json(r#"{"bbox": [7.4, 43.7, 7.5, 43.8]}"#).unwrap();
    let named = r#"{"bbox": {"min_lon": 7.4, "min_lat": 43.7, "max_lon": 7.5, "max_lat": 43.8}}"#;
    assert_eq!(list, Request::from_json(named).unwrap());
    let across = Request::from_json(r#"{"bbox": [179.5, -17, -179.5, -16]}"#).unwrap().bbox.unwrap();
    assert!((across.width() - 1.0).abs() < 1e-9);
    assert!((across.center()[0].abs() - 180.0).abs() < 1e-9);
}

#[test]
fn misspelt_fields_are_named() {
    for (json, field, hint) in [
        (r#"{"fromat": "svg"}"#, "fromat", "format"),
        (r#"{"page": {"papersize": "A4"}}"#, "page.papersize", "size"),
        (r#"{"page": {"furniture": {"titel": "x"}}}"#, "page.furniture.titel", "title"),
        (r#"{"page": {"frame": {"form": "circle"}}}"#, "page.frame.form", "shape"),
        (r#"{"overlays": [{"daten": 1}]}"#, "overlays[0].daten", "data"),
    ] {
        let (named, message) = wrong(json);
        assert_eq!(named, field, "{message}");
        assert!(message.contains(hint), "{message} should list what is allowed");
    }
}

#[test]
fn wrong_values_name_the_field_and_what_would_be_right() {
    for (json, field, hint) in [
        (r#"{"bbox": [1, 2, 3]}"#, "bbox", "min_lon"),
        (r#"{"bbox": [1, 50, 2, 40]}"#, "bbox", "less than"),
        (r#"{"bbox": [1, 50, 1, 51]}"#, "bbox", "width"),
        (r#"{"bbox": [1, 95, 2, 96]}"#, "bbox", "90"),
        (r#"{"bbox": [1, 2, 3, 1e400]}"#, "bbox[3]", "number"),
        (r#"{"crs": "utm"}"#, "crs", "EPSG:n"),
        (r#"{"detail_level": 7}"#, "detail_level", "1 to 6"),
        (r#"{"page": {"size": "A9"}}"#, "page.size", "A4"),
        (r#"{"page": {"dpi": -1}}"#, "page.dpi", "10"),
        (r#"{"page": {"scale": "big"}}"#, "page.scale", "f64"),
        (r#"{"area": {"type": "Point", "coordinates": [1, 2]}}"#, "area", "Polygon"),
        (r#"{"area": {"relation": -4}}"#, "area", "positive"),
        (r#"{"area": {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1]]]}}"#, "area", "four positions"),
        (r#"{"map_style": 7}"#, "map_style", "base"),
        (r#"{"language": "!"}"#, "language", "latin"),
        (r#"{"clip": "maybe"}"#, "clip", "auto"),
        (r#"{"text": "curves"}"#, "text", "outline"),
        (r#"{"sea": "lake"}"#, "sea", "land"),
        (r#"{"formats": ["a", "b", "c", "d", "e", "f"]}"#, "formats", "5"),
        (r#"{"format": "svg", "formats": ["pdf"]}"#, "format", "either"),
        (r#"[]"#, "request", "object"),
        (r#"{"#, "request", "EOF"),
        (r#"{} x"#, "request", "trailing"),
    ] {
        let (named, message) = wrong(json);
        assert_eq!(named, field, "{json}: {message}");
        assert!(message.contains(hint), "{json}: \"{message}\" should say \"{hint}\"");
    }
}

#[test]
fn codes_statuses_and_exits_are_distinct_where_they_must_be() {
    let request = Error::request("bbox", "x");
    assert_eq!((request.code(), request.status(), request.exit()), ("bad_request", 400, 64));
    assert_eq!(request.field(), Some("bbox"));
    assert_eq!(Error::CutOff("x".into()).code(), "cut_off");
    assert_eq!(Error::Cancelled.exit(), 130);
}
