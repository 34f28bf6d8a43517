//! Which closed ways are areas, compared with the published list of osm-polygon-features.

use super::world::{World, look, see, what};
use crate::common::data;
use mapwright::map::Geometry;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A row of the list: closed ways with this key are areas.
#[derive(Deserialize)]
struct Row {
    key: String,
    polygon: Rule,
    #[serde(default)]
    values: Vec<String>,
}

/// Of which values.
#[derive(Deserialize, PartialEq)]
#[serde(rename_all = "lowercase")]
enum Rule {
    All,
    Whitelist,
    Blacklist,
}

/// Where the table differs on purpose: key, values, whether they are areas here, and why.
const EXCEPTIONS: &[(&str, &[&str], bool, &str)] = &[
    (
        "barrier",
        &["city_wall", "ditch", "hedge", "retaining_wall", "spikes", "wall"],
        false,
        "what is closed runs round something; thick ones are areas by area=yes (OSM wiki: Key:barrier)",
    ),
    (
        "barrier",
        &[
            "block",
            "bollard",
            "barrier_board",
            "border_control",
            "bump_gate",
            "bus_trap",
            "cattle_grid",
            "cycle_barrier",
            "debris",
            "entrance",
            "full-height_turnstile",
            "gate",
            "hampshire_gate",
            "kissing_gate",
            "lift_gate",
            "motorcycle_barrier",
            "planter",
            "sally_port",
            "sliding_gate",
            "stile",
            "swing_gate",
            "toll_booth",
            "turnstile",
            "wicket_gate",
        ],
        true,
        "single things: a closed way is the outline of one",
    ),
    ("highway", &["platform"], true, "as railway=platform and public_transport=platform"),
    ("historic", &["citywalls", "city_wall"], false, "as barrier=city_wall"),
    ("leisure", &["track"], false, "the lane that one runs along (OSM wiki: Tag:leisure=track)"),
    ("leisure", &["slipway"], false, "a way down to the water; its surface is an area by area=yes"),
    ("natural", &["earth_bank", "gully", "valley"], false, "lines along a form of the ground, as cliff and ridge are"),
    ("man_made", &["dyke"], false, "a line along its crest; around a polder it is closed"),
    ("aeroway", &["taxilane", "parking_position", "jet_bridge"], false, "lines that one moves along, as taxiway is"),
    ("waterway", &["fuel"], true, "a station for boats, mapped by its outline"),
    (
        "railway",
        &[
            "engine_shed",
            "halt",
            "subway_entrance",
            "train_station_entrance",
            "traverser",
            "tram_stop",
            "wash",
            "workshop",
        ],
        true,
        "places and sheds beside the track, mapped by their outline as station and roundhouse are",
    ),
    (
        "power",
        &["converter", "pole", "portal", "station", "sub_station", "switchgear", "tower"],
        true,
        "installations mapped by their outline, old names of substation among them",
    ),
];

/// The values that `layers.toml` knows of a key.
fn known(table: &str, key: &str) -> BTreeSet<String> {
    let terms = table.split('"').flat_map(|text| text.split(" & ")).filter_map(|term| term.split_once('='));
    let values = terms.filter(|(known, _)| *known == key).flat_map(|(_, values)| values.split('|'));
    values.filter(|value| *value != "*").map(str::to_owned).collect()
}

/// What a closed way with this tag is.
fn closed(tag: &str) -> Option<Geometry> {
    let mut world = World::new();
    world.way(&[(1.0, 1.0), (1.1, 1.0), (1.1, 1.1), (1.0, 1.1), (1.0, 1.0)], tag);
    let map = world.map();
    what(&see(&map, &look([0.0, 0.0, 2.0, 2.0]))).first().map(|(_, geometry)| *geometry)
}

#[test]
fn closed_ways_are_areas_as_published() {
    let list: Vec<Row> = serde_json::from_slice(&data("polygon-features/polygon-features.json")).unwrap();
    let table = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/src/map/layers.toml")).unwrap();
    let (mut wrong, mut used, mut count) = (Vec::new(), BTreeSet::new(), 0);
    // `area` is no kind of thing: it speaks of the tags beside it.
    for Row { key, polygon, values } in list.iter().filter(|row| row.key != "area") {
        let mut all = known(&table, key);
        all.extend(values.iter().cloned());
        all.insert("something_new".into());
        all.remove("no");
        for value in all {
            let listed = match polygon {
                Rule::All => true,
                Rule::Whitelist => values.contains(&value),
                Rule::Blacklist => !values.contains(&value),
            };
            let exception = EXCEPTIONS.iter().find(|(k, values, ..)| k == key && values.contains(&value.as_str()));
            used.extend(exception.map(|_| (key.clone(), value.clone())));
            let expected = exception.map_or(listed, |(_, _, area, _)| *area);
            if exception.is_some_and(|(_, _, area, _)| *area == listed) {
                wrong.push(format!("{key}={value} is no exception"));
            }
            let found = closed(&format!("{key}={value}"));
            if found != Some(if expected { Geometry::Area } else { Geometry::Line }) {
                wrong.push(format!("{key}={value}: {found:?}, listed as {}", if listed { "area" } else { "line" }));
            }
            count += 1;
        }
        let tag = format!("{key}=something_new");
        assert_eq!(closed(&format!("{tag}, area=yes")), Some(Geometry::Area), "{tag}, area=yes");
        assert_eq!(closed(&format!("{tag}, area=no")), Some(Geometry::Line), "{tag}, area=no");
    }
    let every: usize = EXCEPTIONS.iter().map(|(_, values, ..)| values.len()).sum();
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert_eq!(used.len(), every, "exceptions that nothing asks for");
    assert!(count > 600, "{count} tags");
}

#[test]
fn the_list_holds_for_a_file_too() {
    let osm = mapwright::osm::read(&data("reports/areas-by-tag.osm"), &mut mapwright::Watch::silent()).unwrap();
    let map = mapwright::map::build(std::sync::Arc::new(osm), &mut mapwright::Watch::silent()).unwrap();
    for tag in ["services", "rest_area", "elevator", "escape", "platform"] {
        let name = map.osm.strings.find(&format!("highway={tag}")).unwrap();
        let named = |row: &&mapwright::map::Feature| map.osm.tags(row.element).iter().any(|(_, value)| *value == name);
        let found: Vec<Geometry> = map.features.iter().filter(named).map(|row| row.geometry).collect();
        assert_eq!(found, [Geometry::Area], "{tag}");
    }
}
