//! CSV and the table it is made from.

use super::sample;
use mapwright::format::find;
use mapwright::map::{FieldKind, LAYERS, Value};
use mapwright::request::Request;
use mapwright::table::{Column, Split, list};
use mapwright::watch::Watch;
use serde_json::json;
use std::collections::BTreeMap;

fn written(options: serde_json::Value) -> String {
    let mut request = Request::default();
    request.options.insert("csv".into(), serde_json::from_value(options).unwrap());
    String::from_utf8(sample::write(&find("csv").unwrap(), &request, false, &mut Watch::silent()).unwrap().0).unwrap()
}

/// Rows as RFC 4180 tells them apart.
fn rows(text: &str, delimiter: char) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut value, mut quoted) = (vec![], vec![], String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => value.extend(chars.next()),
            '"' => quoted = !quoted,
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut value));
                rows.push(std::mem::take(&mut row));
            }
            c if c == delimiter && !quoted => row.push(std::mem::take(&mut value)),
            c => value.push(c),
        }
    }
    assert!(!quoted && row.is_empty() && value.is_empty());
    rows
}

#[test]
fn hostile_names_come_back() {
    for (delimiter, sign) in [("comma", ','), ("semicolon", ';'), ("tab", '\t')] {
        let rows = rows(&written(json!({ "delimiter": delimiter })), sign);
        let column = rows[0].iter().position(|name| name == "name").unwrap();
        assert!(rows.iter().all(|row| row.len() == rows[0].len()));
        for (row, name) in sample::hostile().iter().enumerate() {
            assert_eq!(rows[row + 1][column], name.trim());
        }
    }
}

#[test]
fn columns_are_in_order_and_typed() {
    let rows = rows(&written(json!({ "wkt": true })), ',');
    assert_eq!(rows[0][..7], ["layer", "osm_id", "osm_type", "class", "type", "name", "layer_z"]);
    assert_eq!(rows[0][rows[0].len() - 6..], ["geometry", "lon", "lat", "tags", "WKT", "source"]);
    let cell = |row: usize, name: &str| rows[row][rows[0].iter().position(|column| column == name).unwrap()].clone();
    let last = rows.len() - 1;
    assert_eq!(cell(last, "osm_id"), "9007199254740993");
    assert_eq!(cell(last, "geometry"), "area");
    assert!(cell(last, "WKT").starts_with("MULTIPOLYGON (((10.735 59.905,"));
    assert_eq!(
        cell(last - 1, "WKT"),
        "MULTILINESTRING ((10.735 59.905,10.7350001 59.9055,10.74 59.906),(10 59,11 60))"
    );
    assert_eq!([cell(last - 1, "lon"), cell(last - 1, "lat")], ["10.5", "59.5"]);
    assert_eq!(cell(2, "WKT"), "POINT (10.7350001 59.905)");
    assert_eq!(cell(1, "bridge"), "false");
    assert_eq!(cell(1, "source"), "© OpenStreetMap contributors, ODbL");
}

#[test]
fn marks_and_guards_are_as_asked() {
    assert!(written(json!({ "bom": true })).starts_with('\u{feff}'));
    assert!(written(json!({})).starts_with("layer,"));
    let map = sample::map();
    assert!(map.osm.strings.find("=1+1").is_none());
    let rows = rows(&written(json!({ "guard": true })), ',');
    assert!(!rows.is_empty());
    assert!(rows.iter().flatten().all(|value| !value.starts_with(['=', '+', '@'])));
}

#[test]
fn formulas_are_told() {
    let text = r#"<osm version="0.6"><node id="1" lat="1" lon="-1"><tag k="place" v="town"/><tag k="name" v="=1+1"/></node>
        <node id="2" lat="-1" lon="1"><tag k="place" v="town"/><tag k="name" v="A-1"/><tag k="population" v="-5"/></node>
        <node id="3" lat="-1" lon="-1"><tag k="shop" v="car"/><tag k="name" v="@ home"/><tag k="layer" v="-1"/>
        <tag k="phone" v="+49 30"/></node></osm>"#;
    let opened = mapwright::Opened::open(text.as_bytes(), &mut Watch::silent()).unwrap();
    let notes = |guard: bool| {
        let json = json!({"formats": ["csv"], "bbox": [-2, -2, 2, 2], "options": {"csv": {"guard": guard}}});
        let request = Request::from_json(&json.to_string()).unwrap();
        let engine = mapwright::Engine::default();
        let files = opened.export(&engine, &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
        let (file, bytes) = &files[0];
        let risky = rows(std::str::from_utf8(bytes).unwrap(), ',');
        let risky = risky.iter().flatten().filter(|cell| cell.starts_with(['=', '+', '@'])).count() as u64;
        let told = file.notes.iter().find(|note| ["formulas", "guarded"].contains(&note.code)).unwrap();
        (told.code, told.count, told.message.contains("csv.guard"), risky)
    };
    // Numbers below zero are numbers: degrees, the column layer_z, the population.
    let (code, count, how, risky) = notes(false);
    assert!(code == "formulas" && count == risky && count >= 2 && how, "{code} {count} {risky}");
    assert_eq!(notes(true), ("guarded", count, false, 0));
}

#[test]
fn tables_hold_every_feature_once() {
    let map = sample::map();
    let features = sample::features(&map);
    let split = list(&features, Split::Layers, "", &mut Watch::silent()).unwrap();
    assert_eq!(
        split.iter().map(|table| table.name.as_str()).collect::<Vec<_>>(),
        ["roads_point", "roads_line", "roads_area"]
    );
    let mut all: Vec<u32> = split.iter().flat_map(|table| table.rows.clone()).collect();
    all.sort_unstable();
    assert!(all.into_iter().eq(0..features.rows.len() as u32));
    for table in &split {
        let row = table.rows.len();
        assert!(table.columns.iter().all(|column| column.cell(row) == Value::None));
        assert_eq!(table.columns[0].name, "osm_id");
        assert_eq!(table.columns.last().unwrap().name, "tags");
        assert!(table.columns.last().unwrap().widest() > 1);
    }
}

#[test]
fn tags_that_are_named_have_columns() {
    let map = sample::map();
    let features = sample::features(&map);
    let columns = |promoted: &str| {
        let tables = list(&features, Split::Whole, promoted, &mut Watch::silent()).unwrap();
        let values = |column: &Column| (0..tables[0].rows.len()).filter(|row| column.cell(*row) != Value::None).count();
        tables[0].columns.iter().map(|column| (column.name.to_string(), values(column))).collect::<Vec<_>>()
    };
    let plain = columns("");
    let some = columns("highway, nothing,name");
    let new: Vec<_> = some.iter().filter(|column| !plain.contains(column)).collect();
    let named = map.osm.nodes.id.len();
    // A key that is a column already says that it is a tag; one that nothing has gets no column.
    assert_eq!(new[0].0, "tag_name");
    assert!(
        new.iter().all(|(name, count)| (name == "tag_name" || name == "highway") && *count <= named + 3),
        "{new:?}"
    );
    assert_eq!(some.last().unwrap().0, "tags");
    assert!(columns("auto").len() > plain.len());
}

/// Formats put all layers side by side: a name must mean one kind of value, and none of the common columns.
#[test]
fn fields_of_layers_do_not_clash() {
    let common =
        ["layer", "osm_id", "osm_type", "class", "type", "name", "layer_z", "geometry", "lon", "lat", "x", "y", "tags"];
    let mut kinds: BTreeMap<&str, FieldKind> = BTreeMap::new();
    for field in LAYERS.iter().flat_map(|layer| layer.fields) {
        assert!(!common.contains(&field.name), "{}", field.name);
        assert_eq!(*kinds.entry(field.name).or_insert(field.kind), field.kind, "{}", field.name);
    }
}
