//! Every built-in style: compiles without a note, agrees with the oracle, names colours that exist.

use super::oracle::{Sample, agree, migrated};
use maplibre_expr::Type;
use mapwright::Error;
use mapwright::map::{CLASSES, Geometry};
use mapwright::note::Notes;
use mapwright::request::MapStyle;
use mapwright::style::property::{Kind, PROPERTIES};
use mapwright::style::{BASE, Legend, State, THEMES, document, style};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, BTreeSet};

/// Features of every class of a layer: each geometry, plain and with everything that themes ask for.
fn samples(source: &str) -> Vec<Sample> {
    let mut samples = Vec::new();
    for class in CLASSES.iter().filter(|class| class.layer == source) {
        for geometry in ["Point", "LineString", "Polygon"] {
            let plain = json!({"class": class.id, "type": class.id, "rank": class.rank, "detail": class.detail,
                "layer_z": 0, "bridge": false, "tunnel": false, "link": false, "oneway": 0, "area": 0.5, "length": 3.25});
            let rich = json!({"class": class.id, "type": "hangar", "rank": class.rank, "detail": class.detail, "layer_z": 1,
                "bridge": true, "tunnel": class.rank % 2 == 0, "link": true, "oneway": 1, "area": 5000, "length": 300.5,
                "name": "Нëйм 名", "ref": "A 1", "ele": "812", "iata": "HEL", "addr:housenumber": "12a", "parking": "surface",
                "location": "underground", "leaf_type": "needleleaved", "religion": "christian", "footway": "sidewalk"});
            samples.extend([Sample::new(plain, geometry), Sample::new(rich, geometry)]);
        }
    }
    samples
}

fn expected(kind: Kind) -> Option<Type> {
    match kind {
        Kind::Number => Some(Type::Number),
        Kind::Color => Some(Type::Color),
        Kind::Flag => Some(Type::Boolean),
        Kind::Word => Some(Type::String),
        Kind::Text => Some(Type::Formatted),
        Kind::List => Some(Type::array(Type::Number, None)),
    }
}

#[test]
fn every_expression_of_every_theme_agrees_with_the_oracle() {
    let mut count = 0;
    for theme in THEMES {
        let document = document(Some(&MapStyle::Named(theme.id.into()))).unwrap();
        let mut known: BTreeMap<String, Vec<Sample>> = BTreeMap::new();
        let mut seen = BTreeSet::new();
        for layer in document["layers"].as_array().unwrap() {
            let source = layer["source-layer"].as_str().unwrap_or_default().to_owned();
            let samples = known.entry(source.clone()).or_insert_with_key(|source| samples(source));
            let mut both = |expression: &Json, kind: Option<Type>| {
                if expression.is_array() && seen.insert(format!("{source} {expression}")) {
                    count += 1;
                    samples.iter_mut().for_each(|sample| agree(expression, kind.clone(), sample, &[9.3, 12.0, 15.7]));
                }
            };
            both(&layer["filter"], Some(Type::Boolean));
            for part in ["layout", "paint"] {
                for (name, value) in layer[part].as_object().into_iter().flatten() {
                    let (.., kind, _) = PROPERTIES.iter().find(|(_, id, ..)| id == name).unwrap();
                    if *kind != Kind::List || ["match", "case"].contains(&value[0].as_str().unwrap_or_default()) {
                        both(&migrated(name, value), expected(*kind));
                    }
                }
            }
        }
    }
    assert!(count > 200, "{count} expressions");
}

#[test]
fn themes_compile_without_a_note() {
    for theme in THEMES {
        let mut notes = Notes::default();
        let style = style(Some(&MapStyle::Named(theme.id.into())), &mut notes).unwrap();
        assert_eq!(notes.list(), [], "{}", theme.id);
        assert!(style.layers.len() >= 3, "{}", theme.id);
        let ids: BTreeSet<_> = style.layers.iter().map(|layer| &layer.id).collect();
        assert_eq!(ids.len(), style.layers.len(), "{}: a layer id twice", theme.id);
    }
}

#[test]
fn themes_draw_classes_that_exist() {
    let classes: BTreeSet<_> = CLASSES.iter().map(|class| (class.layer, class.id)).collect();
    for theme in THEMES {
        let document = document(Some(&MapStyle::Named(theme.id.into()))).unwrap();
        for layer in document["layers"].as_array().unwrap() {
            let Some(source) = layer["source-layer"].as_str() else { continue };
            for class in named_classes(&layer["filter"]) {
                assert!(classes.contains(&(source, class.as_str())), "{} {}: {source}.{class}", theme.id, layer["id"]);
            }
        }
    }
}

/// The classes that a filter compares with.
fn named_classes(filter: &Json) -> Vec<String> {
    let Some(list) = filter.as_array() else { return Vec::new() };
    let words = |json: &Json| match json {
        Json::String(word) => vec![word.clone()],
        Json::Array(list) => list.iter().filter_map(|word| word.as_str().map(str::to_owned)).collect(),
        _ => Vec::new(),
    };
    if list.get(1) == Some(&json!(["get", "class"])) {
        return list.get(2).map(|operand| words(operand.get(1).unwrap_or(operand))).unwrap_or_default();
    }
    list.iter().flat_map(named_classes).collect()
}

#[test]
fn palettes_are_used_and_complete() {
    let base: Json = serde_json::from_str(BASE).unwrap();
    let own = &base["metadata"]["mapwright"];
    let names = |json: &Json| json.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect::<Vec<_>>();
    for theme in THEMES {
        let theme_json: Json = serde_json::from_str(theme.document).unwrap();
        let (mut known, mut used) = (BTreeSet::new(), BTreeSet::new());
        for part in [&own["palette"], &own["values"], &theme_json["palette"], &theme_json["values"]] {
            known.extend(names(part));
            references(part, &mut used);
        }
        references(&base["layers"], &mut used);
        references(&theme_json["layers"], &mut used);
        references(&theme_json["add"], &mut used);
        assert_eq!(used.difference(&known).collect::<Vec<_>>(), Vec::<&String>::new(), "{}: unknown", theme.id);
        // What only some themes use stands in the base all the same.
        let shared = ["waterlined"].map(str::to_owned);
        let idle: Vec<_> = known.difference(&used).filter(|name| !shared.contains(name)).collect();
        assert_eq!(idle, Vec::<&String>::new(), "{}: never used", theme.id);
    }
}

#[test]
fn themes_change_layers_that_exist() {
    let base: Json = serde_json::from_str(BASE).unwrap();
    let ids: Vec<&str> = base["layers"].as_array().unwrap().iter().map(|layer| layer["id"].as_str().unwrap()).collect();
    for theme in THEMES {
        let json: Json = serde_json::from_str(theme.document).unwrap();
        let listed = |key: &str| json[key].as_array().cloned().unwrap_or_default();
        let patterns = listed("only").into_iter().chain(listed("without")).map(|id| id.as_str().unwrap().to_owned());
        let changed = json["layers"].as_object().into_iter().flat_map(|map| map.keys().cloned());
        let before = listed("add").into_iter().filter_map(|layer| layer["before"].as_str().map(str::to_owned));
        for pattern in patterns.chain(changed).chain(before) {
            let fits = |id: &&str| match pattern.strip_suffix('*') {
                Some(start) => id.starts_with(start),
                None => **id == pattern,
            };
            assert!(ids.iter().any(fits), "{}: no layer {pattern}", theme.id);
        }
    }
}

#[test]
fn a_resolved_theme_is_a_plain_style_document() {
    for theme in THEMES {
        let document = document(Some(&MapStyle::Named(theme.id.into()))).unwrap();
        assert_eq!(document["version"], 8);
        assert!(document["metadata"]["mapwright"]["values"].is_null());
        let mut left = BTreeSet::new();
        references(&document, &mut left);
        assert_eq!(left, BTreeSet::new(), "{}", theme.id);
        for layer in document["layers"].as_array().unwrap() {
            assert!(layer["type"] == "background" || layer["source"] == "map", "{}: {}", theme.id, layer["id"]);
        }
        // What was resolved once stays as it is: users may edit it and hand it back.
        assert_eq!(mapwright::style::document(Some(&MapStyle::Document(document.clone()))).unwrap(), document);
    }
}

fn references(json: &Json, used: &mut BTreeSet<String>) {
    match json {
        Json::String(text) => used.extend(text.strip_prefix('@').map(str::to_owned)),
        Json::Array(list) => list.iter().for_each(|item| references(item, used)),
        Json::Object(map) => map.values().for_each(|item| references(item, used)),
        _ => {}
    }
}

#[test]
fn colours_can_be_replaced() {
    let based = |name: &str, color: &str| MapStyle::Based {
        base: "default".into(),
        colors: [(name.to_owned(), color.to_owned())].into(),
    };
    let document = document(Some(&based("land", "#010203"))).unwrap();
    assert_eq!(document["layers"][0]["paint"]["background-color"], "#010203");
    let fault = |wanted: &MapStyle| match mapwright::style::document(Some(wanted)) {
        Err(Error::Request { field, message }) => (field, message),
        other => panic!("{other:?}"),
    };
    let (field, message) = fault(&based("lnd", "#010203"));
    assert_eq!(field, "map_style.colors.lnd");
    assert!(message.contains("land"), "{message}");
    assert_eq!(fault(&based("land", "redd")).0, "map_style.colors.land");
    let (field, message) = fault(&MapStyle::Named("defualt".into()));
    assert_eq!(field, "map_style");
    assert!(message.contains("default, minimal, light"), "{message}");
}

#[test]
fn symbols_have_the_colours_of_drawings() {
    for theme in THEMES {
        let style = style(Some(&MapStyle::Named(theme.id.into())), &mut Notes::default()).unwrap();
        let legend = Legend::new(&style);
        let mut drawn = 0;
        for class in CLASSES {
            for geometry in [Geometry::Line, Geometry::Area] {
                let (look, symbol) = (legend.look(class, geometry), legend.symbol(class, geometry, State::Plain));
                let fill = if geometry == Geometry::Area { symbol.fill } else { None };
                let top = symbol.strokes.last();
                assert_eq!(
                    look.color,
                    fill.or(top.map(|stroke| stroke.color)),
                    "{} {} {geometry:?}",
                    theme.id,
                    class.id
                );
                let dashes = if fill.is_some() { None } else { top.map(|stroke| stroke.dashes.clone()) };
                assert_eq!(look.dashes, dashes.unwrap_or_default(), "{} {}", theme.id, class.id);
                drawn += usize::from(!symbol.is_empty());
            }
        }
        assert!(drawn > 5, "{}: {drawn}", theme.id);
    }
}

#[test]
fn symbols_are_labelled_and_marked() {
    let style = style(None, &mut Notes::default()).unwrap();
    let legend = Legend::at(&style, 16.0);
    let symbol = |layer: &str, id: &str, geometry| {
        legend.symbol(
            CLASSES.iter().find(|class| class.layer == layer && class.id == id).unwrap(),
            geometry,
            State::Plain,
        )
    };
    let street = symbol("roads", "residential", Geometry::Line);
    assert!(street.strokes.len() == 2 && street.strokes[0].width > street.strokes[1].width, "{street:?}");
    assert!(street.label.is_some_and(|label| label.along && label.field == "name" && label.halo.is_some()));
    let number = symbol("addresses", "housenumber", Geometry::Point);
    assert_eq!(number.label.map(|label| label.field), Some("number"));
    let tree = symbol("natural", "tree", Geometry::Point);
    assert!(tree.dot.is_some_and(|dot| dot.size > 0.2) && tree.label.is_none());
    let town = symbol("places", "town", Geometry::Point);
    assert!(town.label.is_some_and(|label| !label.along && label.size > 2.0));
}
