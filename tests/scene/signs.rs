//! Signs, numbers and marks of single things, and what lies over what among roads.

use super::draw::drawn;
use mapwright::color::Color;
use mapwright::scene::{Group, Item, Path, Scene};
use std::fmt::Write;

/// Things on nodes that have a sign at 1:2,500, in the latitude of Rome.
const SIGNS: [&str; 33] = [
    "railway=level_crossing",
    "highway=traffic_signals",
    "barrier=gate",
    "barrier=lift_gate",
    "barrier=bollard",
    "barrier=toll_booth",
    "barrier=stile",
    "amenity=bicycle_parking",
    "amenity=motorcycle_parking",
    "amenity=parking_entrance",
    "waterway=waterfall",
    "natural=spring",
    "natural=cave_entrance",
    "power=generator generator:source=wind",
    "shop=greengrocer",
    "shop=butcher",
    "shop=copyshop",
    "shop=tobacco",
    "amenity=car_wash",
    "amenity=car_sharing",
    "amenity=community_centre",
    "amenity=social_facility",
    "amenity=vending_machine",
    "amenity=hunting_stand",
    "leisure=picnic_table",
    "man_made=chimney",
    "man_made=silo",
    "historic=wayside_cross",
    "historic=wayside_shrine",
    "amenity=place_of_worship religion=hindu",
    "amenity=place_of_worship religion=sikh",
    "amenity=place_of_worship religion=bahai",
    "aeroway=helipad",
];

/// A node: id, tags, column and row.
type Node<'a> = (i64, &'a str, (i32, i32));
/// A way: id, tags, its course.
type Way<'a> = (i64, &'a str, &'a [(i32, i32)]);

/// OSM XML: nodes at columns and rows of a grid of about 10 m.
fn xml(nodes: &[Node], ways: &[Way]) -> String {
    let tags = |list: &str| {
        let tags = list.split(' ').filter_map(|tag| tag.split_once('='));
        tags.map(|(key, value)| format!("<tag k='{key}' v='{}'/>", value.replace('~', " "))).collect::<String>()
    };
    let place =
        |(x, y): (i32, i32)| format!("lat='{}' lon='{}'", 41.9 + f64::from(y) * 1e-4, 12.5 + f64::from(x) * 1e-4);
    let (mut first, mut second) = (String::new(), String::new());
    for (id, list, at) in nodes {
        write!(first, "<node id='{id}' {}>{}</node>", place(*at), tags(list)).unwrap();
    }
    for (id, list, course) in ways {
        write!(second, "<way id='{id}'>").unwrap();
        for &(x, y) in *course {
            let node = 1_000_000 + (y + 500) * 1000 + x + 500;
            write!(first, "<node id='{node}' {}/>", place((x, y))).unwrap();
            write!(second, "<nd ref='{node}'/>").unwrap();
        }
        write!(second, "{}</way>", tags(list)).unwrap();
    }
    format!("<osm version='0.6'>{first}{second}</osm>")
}

/// About 300 by 300 m at 1:2,500.
fn at(nodes: &[Node], ways: &[Way]) -> Scene {
    let request =
        r#"{"formats": ["svg"], "bbox": [12.498, 41.8985, 12.502, 41.9015], "sea": "land", "page": {"scale": 2500}}"#;
    drawn(xml(nodes, ways).as_bytes(), request)
}

fn collect<'s>(list: &'s [Group], items: &mut Vec<(&'s str, &'s Item)>) {
    for group in list {
        items.extend(group.items.iter().map(|item| (group.id.as_str(), item)));
        collect(&group.groups, items);
    }
}

/// Paths in drawing order, with the ids of their groups.
fn paths(scene: &Scene) -> Vec<(&str, &Path)> {
    let mut items = Vec::new();
    collect(&scene.groups, &mut items);
    items
        .into_iter()
        .filter_map(|(id, item)| match item {
            Item::Path(path) => Some((id, path)),
            _ => None,
        })
        .collect()
}

fn texts(scene: &Scene) -> Vec<String> {
    let mut items = Vec::new();
    collect(&scene.groups, &mut items);
    items
        .into_iter()
        .filter_map(|(_, item)| match item {
            Item::Text(text) => Some(text.string.replace('\n', " ")),
            _ => None,
        })
        .collect()
}

#[test]
fn single_things_have_signs() {
    let place = |row: usize| (row as i32 % 6 * 6 - 15, row as i32 / 6 * 4 - 10);
    let nodes: Vec<_> = SIGNS.iter().enumerate().map(|(row, tags)| (row as i64 + 1, *tags, place(row))).collect();
    let scene = at(&nodes, &[]);
    let signs = paths(&scene);
    for (id, tags, _) in &nodes {
        let sign = |(group, path): &(&str, &Path)| group.starts_with("symbols") && path.source == Some(('n', *id));
        assert!(signs.iter().any(sign), "{tags}");
    }
    assert!(scene.notes.list().iter().all(|note| note.code != "style_images"), "{:?}", scene.notes.list());
}

#[test]
fn numbers_and_names_of_ways_are_written() {
    let scene = at(
        &[(1, "highway=motorway_junction ref=14~b name=Nord", (-12, 12))],
        &[
            (2, "railway=platform area=yes ref=3", &[(-10, -10), (10, -10), (10, -12), (-10, -12), (-10, -10)]),
            (3, "railway=rail railway:track_ref=9", &[(-14, -5), (14, -5)]),
            (4, "golf=hole ref=17", &[(-10, 0), (10, 0)]),
            (5, "man_made=bridge name=Ponte~Alto", &[(-14, 4), (14, 4), (14, 6), (-14, 6), (-14, 4)]),
            (6, "highway=tertiary ref=SP~5", &[(-14, 9), (14, 9)]),
            (7, "aeroway=taxiway ref=K", &[(-14, -8), (14, -8)]),
            (8, "building=yes addr:housenumber=23", &[(11, 11), (14, 11), (14, 14), (11, 14), (11, 11)]),
        ],
    );
    let found = texts(&scene);
    for text in ["14 b Nord", "3", "9", "17", "Ponte Alto", "SP 5", "K", "23"] {
        assert!(found.iter().any(|known| known == text), "{text} is not in {found:?}");
    }
}

#[test]
fn squares_cover_casings_and_links_lie_below_what_they_meet() {
    let square = [(-8, -8), (8, -8), (8, 8), (-8, 8), (-8, -8)];
    let scene = at(
        &[],
        &[
            (1, "highway=pedestrian area=yes", &square),
            (2, "highway=service", &[(-14, 0), (14, 0)]),
            (3, "highway=primary_link", &[(-14, 12), (0, 12)]),
            (4, "highway=residential", &[(0, 14), (0, 10)]),
        ],
    );
    let all = paths(&scene);
    let of = |id: i64, group: &str| {
        let place = all.iter().position(|(known, path)| path.source == Some(('w', id)) && known.starts_with(group));
        place.unwrap_or_else(|| panic!("{id} {group}"))
    };
    let casing = all.iter().rposition(|(id, _)| id.starts_with("roads-casings")).unwrap();
    assert!(casing < of(1, "roads-areas") && of(1, "roads-areas") < of(2, "roads."));
    assert!(of(3, "roads.") < of(4, "roads."));
}

#[test]
fn arrows_give_way_to_names() {
    let street = |tags: &str| {
        let scene = at(&[], &[(1, tags, &[(-14, 0), (14, 0)])]);
        paths(&scene).iter().filter(|(id, _)| *id == "symbols.roads-arrows").count()
    };
    assert!(
        street("highway=residential oneway=yes")
            > street("highway=residential oneway=yes name=Via~della~Lunga~e~Lenta~Strada")
    );
}

#[test]
fn seamarks_have_their_symbols_on_charts() {
    let bytes = crate::common::data("seamarks.osm");
    let request = r#"{"formats": ["svg"], "bbox": [10.02, 54.48, 10.06, 54.5], "sea": "sea", "map_style": "nautical",
        "page": {"scale": 5000}}"#;
    let scene = drawn(&bytes, request);
    let text = std::str::from_utf8(&bytes).unwrap();
    let marks: Vec<(i64, &str)> = text
        .split("<node id='")
        .skip(1)
        .map(|node| {
            let kind = node.split_once("seamark:type\" v=\"").unwrap().1;
            (node.split_once('\'').unwrap().0.parse().unwrap(), kind.split_once('"').unwrap().0)
        })
        .collect();
    assert_eq!(marks.len(), 25);
    let signs = paths(&scene);
    let of = |id: i64| signs.iter().filter(move |(_, path)| path.source == Some(('n', id)));
    let danger = |kind: &str| matches!(kind, "wreck" | "rock" | "obstruction");
    for (id, kind) in marks.iter().filter(|(_, kind)| !danger(kind)) {
        let count = of(*id).filter(|(group, _)| group.contains("seamark")).count();
        // Lights flare up around their symbol.
        assert!(count > usize::from(kind.starts_with("light")), "{id} {kind}: {count}");
    }
    let fill = |id: i64| of(id).find_map(|(group, path)| path.fill.filter(|_| group.starts_with("symbols")));
    let [green, red] = [[0x1e, 0x84, 0x49], [0xc8, 0x23, 0x2c]].map(|[r, g, b]| Some(Color { r, g, b, a: 255 }));
    assert_eq!([fill(5), fill(6), fill(12)], [green, red, red]);
    let found = texts(&scene);
    assert_eq!(found.iter().filter(|text| *text == "+").count(), 3, "{found:?}");
    assert!(found.iter().any(|name| name == "Feuerschiff Amalia"), "{found:?}");
    assert!(scene.notes.list().iter().all(|note| note.code != "style_images" && note.code != "missing_glyphs"));
}
