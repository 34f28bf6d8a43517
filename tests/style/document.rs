//! Documents of users: what they use is drawn or named.

use mapwright::Error;
use mapwright::note::Notes;
use mapwright::style::expr::Value;
use mapwright::style::{Nothing, Prop, compile};
use serde_json::json;

#[test]
fn what_is_not_supported_is_named() {
    let document = json!({"version": 8, "layers": [
        {"id": "a", "type": "line", "source": "x", "source-layer": "roads",
         "paint": {"line-blur": 2, "line-color": ["within", {}], "line-width": 3, "line-pattern": "wave"}},
        {"id": "b", "type": "heatmap", "source-layer": "pois"},
        {"id": "c", "type": "symbol", "source-layer": "pois", "layout": {"icon-image": "cafe-15", "icon-text-fit": "both", "text-field": "{name}"}},
        {"id": "d", "type": "fill", "source-layer": "transportation"},
        {"id": "e", "type": "fill", "source-layer": "water", "layout": {"visibility": "none"}},
    ]});
    let mut notes = Notes::default();
    let style = compile(&document, &mut notes).unwrap();
    assert_eq!(style.layers.iter().map(|layer| layer.id.as_str()).collect::<Vec<_>>(), ["a", "c"]);
    let text = |code: &str| notes.list().iter().find(|note| note.code == code).unwrap().message.clone();
    let unsupported = text("style_unsupported");
    for part in ["a: line-blur", "a: line-color", "\"within\"", "a: line-pattern", "\"heatmap\"", "c: icon-text-fit"] {
        assert!(unsupported.contains(part), "{part} in {unsupported}");
    }
    assert!(text("style_source_layers").contains("transportation"));
}

#[test]
fn no_style_document() {
    for document in [json!({}), json!({"version": 7, "layers": []}), json!({"version": 8}), json!(3)] {
        let fault = compile(&document, &mut Notes::default()).unwrap_err();
        assert!(matches!(fault, Error::Request { ref field, .. } if field == "map_style"), "{fault:?}");
    }
}

#[test]
fn functions_with_stops() {
    let document = json!({"version": 8, "layers": [{"id": "a", "type": "line", "source-layer": "roads", "paint": {
        "line-width": {"base": 2, "stops": [[10, 1], [12, 5]]},
        "line-color": {"stops": [[10, "#000000"], [20, "#ffffff"]]},
        "line-gap-width": {"property": "rank", "type": "categorical", "stops": [[1, 4]], "default": 7}
    }, "layout": {"line-cap": {"stops": [[10, "butt"], [14, "round"]]}}}]});
    let mut notes = Notes::default();
    let style = compile(&document, &mut notes).unwrap();
    assert_eq!(notes.list(), []);
    let at = |zoom: f64| style.layers[0].at(zoom);
    // (2^1 - 1) / (2^2 - 1) of the way from 1 to 5.
    assert!((at(11.0).number(Prop::LineWidth, &Nothing) - (1.0 + 4.0 / 3.0)).abs() < 1e-12);
    assert_eq!(at(9.0).words(Prop::LineCap, &Nothing), ["butt"]);
    assert_eq!(at(14.0).words(Prop::LineCap, &Nothing), ["round"]);
    assert_eq!(at(14.0).number(Prop::LineGapWidth, &Nothing), 7.0);
    let grey = at(15.0).color(Prop::LineColor, Prop::LineOpacity, &Nothing).unwrap();
    assert_eq!([grey.r, grey.g, grey.b, grey.a], [128, 128, 128, 255]);
}

#[test]
fn wrong_values_fall_back_to_defaults() {
    let document = json!({"version": 8, "layers": [{"id": "a", "type": "line", "source-layer": "roads",
        "paint": {"line-width": ["get", "lanes"], "line-color": ["to-color", ["get", "colour"]]}}]});
    let style = compile(&document, &mut Notes::default()).unwrap();
    let bound = style.layers[0].at(12.0);
    assert_eq!(bound.value(Prop::LineWidth, &Nothing), Value::Number(1.0));
    assert_eq!(bound.color(Prop::LineColor, Prop::LineOpacity, &Nothing).map(|c| c.r), Some(0));
}
