//! Our evaluator and maplibre-expr, which passes the whole upstream conformance suite, must agree.

use maplibre_expr as oracle;
use mapwright::style::color::Rgba;
use mapwright::style::expr::{FIELDS, Key, Keys, Subject, Value, modern_filter, parse};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// A feature that both evaluators can read.
pub struct Sample {
    pub properties: BTreeMap<String, Json>,
    pub geometry: &'static str,
    pub keys: Vec<String>,
}

impl Sample {
    pub fn new(properties: Json, geometry: &'static str) -> Self {
        let properties = properties.as_object().unwrap().clone().into_iter().collect();
        Self { properties, geometry, keys: Vec::new() }
    }

    fn context(&self, zoom: f64) -> oracle::EvaluationContext {
        let properties = self.properties.iter().map(|(key, value)| (key.clone(), oracle::Value::from_json(value)));
        oracle::EvaluationContext::new().with_zoom(zoom).with_feature(oracle::Feature {
            id: self.properties.get("osm_id").map(oracle::Value::from_json),
            properties: properties.collect(),
            geometry_type: Some(self.geometry.into()),
            ..Default::default()
        })
    }
}

impl Subject for Sample {
    fn get(&self, key: Key) -> Value<'_> {
        let name = match key {
            Key::Field(field) => FIELDS.iter().find(|(_, known)| *known == field).unwrap().0,
            Key::Tag(row) => &self.keys[usize::from(row)],
        };
        self.named(name)
    }
    fn named(&self, name: &str) -> Value<'_> {
        self.properties.get(name).map_or(Value::Null, Value::of)
    }
    fn all(&self) -> Value<'_> {
        Value::of(&Json::Object(self.properties.clone().into_iter().collect()))
    }
    fn id(&self) -> Value<'_> {
        self.named("osm_id")
    }
    fn geometry(&self) -> &'static str {
        self.geometry
    }
}

/// Whether two numbers are the same as far as the oracle solves Bézier curves.
fn near(a: f64, b: f64) -> bool {
    a == b || (a.is_nan() && b.is_nan()) || (a - b).abs() <= 1e-6 * a.abs().max(b.abs())
}

fn same_color(a: Rgba, b: oracle::Color) -> bool {
    near(a.r, b.r) && near(a.g, b.g) && near(a.b, b.b) && near(a.a, b.a)
}

/// Whether both mean the same; text that stands for a colour is one.
pub fn same(ours: &Value, theirs: &oracle::Value) -> bool {
    match (ours, theirs) {
        (Value::Null, oracle::Value::Null) => true,
        (Value::Bool(a), oracle::Value::Bool(b)) => a == b,
        (Value::Number(a), oracle::Value::Number(b)) => near(*a, *b),
        (Value::Text(a), oracle::Value::String(b)) => a == b,
        (Value::Color(a), oracle::Value::Color(b)) => same_color(*a, *b),
        (Value::Text(_), oracle::Value::Color(b)) => ours.color().is_some_and(|a| same_color(a, *b)),
        (Value::List(a), oracle::Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Map(a), oracle::Value::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((k, a), (l, b))| k == l && same(a, b))
        }
        (Value::Formatted(a), oracle::Value::Formatted(b)) => {
            a.len() == b.len()
                && a.iter().zip(b).all(|(a, b)| {
                    a.text == b.text
                        && a.scale == b.scale
                        && match (a.color, b.text_color) {
                            (None, None) => true,
                            (Some(a), Some(b)) => same_color(a, b),
                            _ => false,
                        }
                })
        }
        // A label's text need not be in pieces.
        (_, oracle::Value::Formatted(b)) => {
            ours.to_text() == b.iter().map(|piece| piece.text.as_str()).collect::<String>()
        }
        (Value::Image(a), oracle::Value::Image { name, .. }) => a == name,
        _ => false,
    }
}

/// Evaluates with both and compares; `kind` is what the property takes.
pub fn agree(expression: &Json, kind: Option<oracle::Type>, sample: &mut Sample, zooms: &[f64]) {
    if let Some(wrong) = disagreement(expression, kind, sample, zooms) {
        panic!("{wrong}");
    }
}

fn disagreement(expression: &Json, kind: Option<oracle::Type>, sample: &mut Sample, zooms: &[f64]) -> Option<String> {
    let mut keys = Keys::default();
    let ours = parse(expression, &mut keys).unwrap_or_else(|fault| panic!("{expression}: {fault}"));
    sample.keys = keys.list().to_vec();
    let theirs = oracle::parse(expression).unwrap_or_else(|fault| panic!("{expression}: {fault}"));
    let theirs = match oracle::typecheck(&theirs, kind.as_ref(), kind == Some(oracle::Type::String)) {
        Ok(theirs) => theirs,
        // Constants are evaluated while types are checked: a fault there is a fault for every feature.
        Err(_) if kind.is_none() && ours.constant() && ours.eval(sample, 0.0).is_err() => return None,
        Err(fault) => return Some(format!("{expression}: {fault}")),
    };
    for &zoom in zooms {
        let expected = oracle::evaluate(&theirs, &sample.context(zoom));
        let found = ours.eval(sample, zoom);
        let agreed = match (&found, &expected) {
            (Ok(found), Ok(expected)) => same(found, expected),
            // What has no value falls back to the default: null says the same.
            (Err(_) | Ok(Value::Null), Err(_)) => true,
            // Kinds are checked where the value is used.
            (Ok(found), Err(_)) => {
                kind == Some(oracle::Type::Color) && found.color().is_none()
                    || kind == Some(oracle::Type::Number) && found.number().is_none()
                    || kind == Some(oracle::Type::String) && found.text().is_none()
            }
            (Err(_), Ok(_)) => false,
        };
        if !agreed {
            return Some(format!("{expression} at {zoom} for {:?}: {found:?}, not {expected:?}", sample.properties));
        }
    }
    None
}

/// The expression a legacy form of a property stands for, by the oracle's migration.
pub fn migrated(name: &str, value: &Json) -> Json {
    oracle::migrate::migrate_property(name, value)
}

const ZOOMS: [f64; 6] = [0.0, 8.0, 11.99, 14.3, 16.0, 22.0];

fn samples() -> Vec<Sample> {
    vec![
        Sample::new(
            json!({"class": "primary", "name": "Mannerheimintie", "ref": "45", "lanes": "4", "rank": 2, "bridge": true,
            "layer_z": 1, "osm_id": 42, "area": 0.0, "width": 12.5}),
            "LineString",
        ),
        Sample::new(
            json!({"class": "park", "name": "Эспланада", "area": 812.25, "bridge": false, "rank": 0}),
            "Polygon",
        ),
        Sample::new(json!({"class": "peak", "ele": "2094", "rank": 7, "prominence": -3.5, "tags": {"a": 1}}), "Point"),
        Sample::new(json!({}), "Point"),
    ]
}

#[test]
fn every_operator_agrees() {
    let table: Vec<Json> = serde_json::from_str(include_str!("expressions.json")).unwrap();
    assert!(table.len() > 120);
    let mut wrong = Vec::new();
    for expression in &table {
        for mut sample in samples() {
            wrong.extend(disagreement(expression, None, &mut sample, &ZOOMS));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_colour_is_what_maplibre_takes_for_one() {
    // Those that are none here are colours of CSS, or nearly: a map that shows them would look different elsewhere.
    let colours = [
        ("#FFF8 #a1b2c3 #a1b2c3d4 RED LightSlateGrey transparent rgb(300,-5,0) rgba(1,2,3,50%) rgb(10%,20%,30%)", true),
        ("hsl(-30,50%,50%) hsla(120,50%,50%,.5) rgb(1e2,1,2) hsl(120,150%,50%)", true),
        ("fff beef face abcdef hsl(1turn,50%,50%) hsl(120,50,50) hsv(120,50%,50%) rgb(10%,2,3) rgb(1,2)", false),
        ("rgb(NaN,1,2) rgb(inf,1,2) #12345 #ggg redd currentcolor rgb(1,2,3,4,5)", false),
    ];
    let spaced = [
        ("hsl(120deg 50% 50% / 40%)", true),
        ("rgb(1 2 3 / 0.5)", true),
        (" red ", true),
        ("rgb( 1 , 2 , 3 )", true),
        ("hwb(120 10% 20%)", false),
        ("lab(50 10 20)", false),
        ("rgb(none 0 0)", false),
        ("rgb(1, 2 3)", false),
        ("rgb(from red r g b)", false),
    ];
    let words = colours.iter().flat_map(|(words, is)| words.split(' ').map(move |word| (word, *is)));
    for (text, is) in words.chain(spaced) {
        assert_eq!(Rgba::parse(text).is_some(), is, "{text}");
        agree(&json!(["to-color", text]), None, &mut Sample::new(json!({}), "Point"), &[0.0]);
    }
}

#[test]
fn legacy_filters_agree() {
    let filters = [
        json!(["==", "class", "primary"]),
        json!(["!=", "class", "primary"]),
        json!(["==", "$type", "Polygon"]),
        json!([">", "area", 100]),
        json!(["<=", "rank", 2]),
        json!(["<", "name", "N"]),
        json!([">=", "lanes", 2]),
        json!(["in", "class", "park", "peak"]),
        json!(["!in", "class", "park", "peak"]),
        json!(["in", "rank", 0, 7]),
        json!(["has", "ref"]),
        json!(["!has", "ref"]),
        json!(["has", "$id"]),
        json!(["==", "bridge", true]),
        json!(["all", ["==", "$type", "LineString"], ["has", "name"], ["!=", "bridge", false]]),
        json!(["any", [">", "area", 1], ["==", "class", "peak"]]),
        json!(["none", ["has", "ele"], [">", "width", 3]]),
        json!(["all"]),
        json!(["any"]),
        json!(["all", ["any", ["<", "prominence", 0], [">", "lanes", 1]], ["!has", "area"]]),
        json!(["in", "$type", "Point", "Polygon"]),
    ];
    for filter in filters {
        let ours = modern_filter(&filter);
        let theirs = oracle::parse_filter(&filter).unwrap();
        for mut sample in samples() {
            let mut keys = Keys::default();
            let expr = parse(&ours, &mut keys).unwrap();
            sample.keys = keys.list().to_vec();
            let found = expr.eval(&sample, 12.0).map(|value| value.truth()).unwrap_or(false);
            let expected =
                oracle::evaluate(&theirs, &sample.context(12.0)).map(|value| value.is_truthy()).unwrap_or(false);
            assert_eq!(found, expected, "{filter} → {ours} for {:?}", sample.properties);
        }
    }
}
