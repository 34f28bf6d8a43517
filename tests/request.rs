//! The request: one schema, errors that name the field.

use mapwright::request::{Area, Clip, Condition, CrsChoice, Language, Limits, MapStyle, Size};
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
            "layers": ["roads", "water.sea"], "filter": {"amenity": ["cafe", "bar"], "name": true, "access": false}, "crs": "EPSG:3857", "clip": false, "language": "ru+name",
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
    let any = Condition::AnyOf(vec!["cafe".into(), "bar".into()]);
    let conditions = [("access", Condition::Absent), ("amenity", any), ("name", Condition::Present)];
    assert!(request.filter.0.iter().map(|(key, wanted)| (key.as_str(), wanted.clone())).eq(conditions));
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
fn places_come_through_json_unchanged() {
    let long = r#"{"bbox": [7.123456789876543, -43.1111111119, 7.98765432123456789, 43.5], "area": {"type": "Polygon",
        "coordinates": [[[7.123456789876543, 43.1], [7.2, 43.1], [7.2, 43.2222222222222], [7.123456789876543, 43.1]]]}}"#;
    let once = Request::from_json(long).unwrap();
    let twice = Request::from_json(&serde_json::to_string(&once).unwrap()).unwrap();
    assert_eq!(once, twice);
    assert_eq!(once.bbox.map(|bbox| bbox.min_lon), Some(7.123_456_79));
    assert_eq!(wrong(r#"{"bbox": [1, 2, 1.0000000001, 3]}"#).0, "bbox", "no width is left");
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
        (r#"{"detail_level": 3.5}"#, "detail_level", "1 to 6"),
        (r#"{"detail_level": -1}"#, "detail_level", "1 to 6"),
        (r#"{"formats": ["svg", "pdf", "svg"]}"#, "formats", "\"svg\" is named more than once"),
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
        (r#"{"filter": ["amenity"]}"#, "filter", "map"),
        (r#"{"filter": {"amenity": "cafe"}}"#, "filter.amenity", "list of values"),
        (r#"{"filter": {"amenity": ["cafe", 3]}}"#, "filter.amenity", "list of values"),
        (r#"{"filter": {"amenity": null}}"#, "filter.amenity", "list of values"),
        (r#"{"filter": {"amenity": []}}"#, "filter.amenity", "true for any"),
        (r#"{"filter": {"amenity": [""]}}"#, "filter.amenity", "255"),
        (r#"{"filter": {"": true}}"#, "filter.", "255"),
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
fn filters_have_limits() {
    let keys = |count: usize| serde_json::json!({"filter": (0..count).map(|n| (format!("k{n}"), true)).collect::<std::collections::BTreeMap<_, _>>()});
    assert!(Request::from_json(&keys(20).to_string()).is_ok());
    assert_eq!(wrong(&keys(21).to_string()).0, "filter");
    let values =
        |count: usize| serde_json::json!({"filter": {"ref": (0..count).map(|n| n.to_string()).collect::<Vec<_>>()}});
    assert!(Request::from_json(&values(200).to_string()).is_ok());
    assert_eq!(wrong(&values(201).to_string()).0, "filter.ref");
    let long = |count: usize| serde_json::json!({"filter": {"name": ["ü".repeat(count)]}});
    assert!(Request::from_json(&long(255).to_string()).is_ok());
    assert_eq!(wrong(&long(256).to_string()).0, "filter.name");
}

#[test]
fn codes_statuses_and_exits_are_distinct_where_they_must_be() {
    let request = Error::request("bbox", "x");
    assert_eq!((request.code(), request.status(), request.exit()), ("bad_request", 400, 64));
    assert_eq!(request.field(), Some("bbox"));
    assert_eq!(Error::CutOff("x".into()).code(), "cut_off");
    assert_eq!(Error::Cancelled.exit(), 130);
}

#[test]
fn whole_numbers_may_be_written_with_a_point() {
    let level = |json: &str| Request::from_json(json).unwrap().detail_level;
    assert_eq!((level(r#"{"detail_level": 3}"#), level(r#"{"detail_level": 3.0}"#)), (Some(3), Some(3)));
    assert_eq!(level(r#"{"detail_level": null}"#), None);
    let area = |json: &str| Request::from_json(json).unwrap().area;
    assert_eq!(area(r#"{"area": {"relation": 7}}"#), area(r#"{"area": {"relation": 7.0}}"#));
    let digits = Request::from_json(r#"{"formats": ["geojson"], "options": {"geojson": {"digits": 6.0}}}"#).unwrap();
    assert_eq!(check(&digits), Ok(()));
    let between = Request::from_json(r#"{"formats": ["geojson"], "options": {"geojson": {"digits": 6.5}}}"#).unwrap();
    assert_eq!(check(&between).unwrap_err().field(), Some("options.geojson.digits"));
}

fn check(request: &Request) -> mapwright::Result<()> {
    mapwright::export::check(request, &Limits::default())
}

#[test]
fn long_values_are_not_said_again() {
    let long = "x".repeat(1 << 20);
    for field in ["crs", "language", "text", "clip", "map_style", "detail_level"] {
        let body = serde_json::json!({"formats": ["svg"], field: long.as_str()}).to_string();
        let fault = Request::from_json(&body).and_then(|request| check(&request)).unwrap_err();
        assert!(fault.to_string().len() < 4000, "{field}: {} bytes", fault.to_string().len());
        assert_eq!(fault.field(), Some(field));
    }
    for body in [
        serde_json::json!({"formats": [long.as_str()]}),
        serde_json::json!({"formats": ["svg"], "layers": [long.as_str()]}),
        serde_json::json!({"formats": ["svg"], "page": {"size": long.as_str()}}),
        serde_json::json!({"formats": ["svg"], "options": {"svg": {long.as_str(): 1}}}),
        serde_json::json!({"formats": ["svg"], long.as_str(): 1}),
        serde_json::json!({"formats": ["svg"], "overlays": [{"data": format!("<{long}/>")}]}),
    ] {
        let fault = Request::from_json(&body.to_string()).and_then(|request| check(&request)).unwrap_err();
        assert!(fault.to_string().len() < 4000, "{} bytes", fault.to_string().len());
    }
    let fault = check(&Request::from_json(r#"{"formats": ["dwf"]}"#).unwrap()).unwrap_err().to_string();
    assert!(fault.contains("\"dwf\" is not a format") && fault.contains("webp"), "lists are whole: {fault}");
}

#[test]
fn what_can_be_known_at_once_is_said_at_once() {
    for (json, field, words) in [
        (
            r#"{"formats": ["svg"], "overlays": [{"data": "<gpx><trk><trkseg><trkpt lat=\"1\""}]}"#,
            "overlays[0].data",
            "XML",
        ),
        (r#"{"formats": ["csv"], "overlays": [{"data": "<gpx>"}]}"#, "overlays[0].data", "ends before"),
        (r#"{"formats": ["svg"], "bbox": [25.1, 60.1, 24.9, 60.2]}"#, "bbox", "swapped"),
        (r#"{"formats": ["csv"], "layers": ["Roads"]}"#, "layers", "\"Roads\" is not a layer; there are"),
        (r#"{"formats": ["csv"], "layers": ["roads.lane"]}"#, "layers", "\"lane\" is not a class of roads; there are"),
    ] {
        let fault = check(&Request::from_json(json).unwrap()).unwrap_err();
        assert_eq!((fault.field(), fault.status()), (Some(field), 400), "{fault}");
        assert!(fault.to_string().contains(words), "{fault}");
    }
}
