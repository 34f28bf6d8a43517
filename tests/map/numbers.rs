//! Fields of numbers: units, words, and what cannot be read.

use super::world::{World, look, see};
use mapwright::map::{LAYERS, Value};

const FIELDS: &[(&str, &str, Option<f64>)] = &[
    ("width", "12′6″", Some(3.81)),
    ("width", "10 FT", Some(3.048)),
    ("width", "~12", Some(12.0)),
    ("width", "1 200 m", Some(1200.0)),
    ("width", "narrow", None),
    ("maxspeed", "30 mph", Some(48.280_32)),
    ("maxspeed", "50 km/h", Some(50.0)),
    ("maxspeed", "20 knots", Some(37.04)),
    ("maxspeed", "walk", Some(5.0)),
    ("maxspeed", "RU:urban", Some(60.0)),
    ("maxspeed", "signals", None),
    ("lanes", "2;3", Some(2.0)),
    ("lanes", "٢", Some(2.0)),
];

#[test]
fn fields_have_numbers_and_what_has_none_is_told() {
    let mut world = World::new();
    let places = |row: usize| [(1.0, 1.0 + row as f64 / 1000.0), (1.1, 1.0 + row as f64 / 1000.0)];
    for (row, (key, text, _)) in FIELDS.iter().enumerate() {
        world.way(&places(row), &format!("highway=residential, name={row}, {key}={text}"));
    }
    // No limit is read, and is no number.
    world.way(&places(FIELDS.len()), "highway=motorway, maxspeed=none");
    let map = world.map();
    let mut seen = see(&map, &look([0.0, 0.0, 2.0, 2.0]));
    let roads = LAYERS.iter().find(|layer| layer.id == "roads").unwrap();
    for feature in &seen.rows {
        let row = seen.name(feature).and_then(|name| name.parse::<usize>().ok());
        let (key, text, expected) = row.map_or(("maxspeed", "none", None), |row| FIELDS[row]);
        let field = roads.fields.iter().find(|field| field.key == key).unwrap();
        let found = match seen.field(feature, field) {
            Value::Number(number) => Some((number * 1e6).round() / 1e6),
            Value::Int(whole) => Some(whole as f64),
            _ => None,
        };
        assert_eq!(found, expected, "{key}={text}");
    }
    seen.say_unread();
    let note = seen.notes.list().iter().find(|note| note.code == "unread_numbers").unwrap();
    assert_eq!(note.count, 2, "{}", note.message);
}
