//! OSM XML and PBF: what was written is read again as it was.

use super::sample;
use crate::common::data;
use mapwright::format::{Job, Settings, Write, find};
use mapwright::note::Notes;
use mapwright::osm::{Builder, Element, Kind, Member, Osm, read};
use mapwright::provenance::Provenance;
use mapwright::request::Request;
use mapwright::watch::Watch;
use serde_json::{Value, json};
use std::fmt::Write as _;

const EXTRACTS: &[&str] = &[
    "extracts/dreieich.osm.gz",
    "extracts/dreieich.pbf",
    "extracts/moscow.osm.pbf",
    "extracts/saint_barthelemy.osm.pbf",
    "extracts/missing-nodes.pbf",
    "extracts/osm-meta_geom.osm",
    "osm-testdata/grid/all.osm",
    "osm-testdata/xml/data/140-unicode/data.osm",
    "osm-testdata/xml/data/141-entities/data.osm",
];

fn written(id: &str, osm: &Osm, options: Value) -> (Vec<u8>, Notes) {
    let format = find(id).unwrap().format;
    let given = serde_json::from_value(options).unwrap();
    let settings = Settings::new(format.id, format.options, Some(&given)).unwrap();
    let (request, mut notes) = (Request::default(), Notes::default());
    let mut job = Job {
        name: format.id,
        file: "map",
        settings: &settings,
        notes: &mut notes,
        request: &request,
        provenance: &Provenance::default(),
    };
    let Write::Osm(write) = format.write else { panic!("{id} is not made from what was read") };
    let mut bytes = Vec::new();
    write(osm, &mut job, &mut Watch::silent(), &mut bytes).unwrap();
    (bytes, notes)
}

/// Everything an input says, as text; ids of strings and rows may differ.
fn told(osm: &Osm) -> String {
    let text = |id| osm.strings.get(id);
    let mut out = format!("{:?} {}\n", osm.bounds, osm.timestamp);
    for (kind, ids) in [(Kind::Node, &osm.nodes.id), (Kind::Way, &osm.ways.id), (Kind::Relation, &osm.relations.id)] {
        for index in 0..ids.len() as u32 {
            let element = Element { kind, index };
            let tags: Vec<_> = osm.tags(element).iter().map(|&(key, value)| (text(key), text(value))).collect();
            let node = |&node: &u32| osm.id(Element { kind: Kind::Node, index: node });
            let line = match kind {
                Kind::Node => format!("{:?}", osm.place(index)),
                Kind::Way => format!("{:?}", osm.refs(index).iter().map(node).collect::<Vec<_>>()),
                Kind::Relation => {
                    let member = |member: &Member| format!("{:?} {} {}", member.kind, member.id, text(member.role));
                    format!("{:?}", osm.members(index).iter().map(member).collect::<Vec<_>>())
                }
            };
            writeln!(out, "{}{} {line} {tags:?}", kind.letter(), osm.id(element)).unwrap();
        }
    }
    out
}

#[test]
fn what_was_read_is_read_again() {
    for name in EXTRACTS {
        let osm = read(&data(name), &mut Watch::silent()).unwrap();
        for id in ["osm-xml", "osm-pbf"] {
            let (bytes, notes) = written(id, &osm, json!({}));
            let again = read(&bytes, &mut Watch::silent()).unwrap_or_else(|fault| panic!("{id} of {name}: {fault}"));
            assert!(told(&again) == told(&osm), "{id} changes {name}");
            assert!(notes.list().is_empty(), "{id} of {name}: {notes:?}");
        }
    }
}

#[test]
fn hostile_texts_survive_or_are_noted() {
    let map = sample::map();
    let (bytes, notes) = written("osm-pbf", &map.osm, json!({}));
    assert_eq!(told(&read(&bytes, &mut Watch::silent()).unwrap()), told(&map.osm));
    assert!(notes.list().is_empty());
    let (bytes, notes) = written("osm-xml", &map.osm, json!({}));
    let without = told(&map.osm).replace("\\u{1}", "");
    assert_eq!(told(&read(&bytes, &mut Watch::silent()).unwrap()), without);
    assert_eq!(notes.list().iter().map(|note| (note.code, note.count)).collect::<Vec<_>>(), [("xml_characters", 1)]);
}

/// Far ids, members of every kind, centres, and more nodes than a block holds.
fn extremes() -> Osm {
    let mut builder = Builder::new();
    let text = |builder: &mut Builder, text: &str| builder.string(text).unwrap();
    let (key, empty) = (text(&mut builder, "key"), text(&mut builder, ""));
    for id in 0..20_000 {
        let tags: &[_] = if id % 3000 == 0 { &[(key, empty), (empty, key)] } else { &[] };
        builder.node(id * 1_000_000_007 - 5, [1_800_000_000 - id as i32, id as i32 - 900_000_000], tags);
    }
    builder.node(i64::MAX, [-1_800_000_000, 900_000_000], &[(key, key)]);
    builder.node(-7, [1, -1], &[]);
    builder.way(i64::MAX - 1, &[i64::MAX, -7, 12, i64::MAX], &[(key, key)]);
    builder.way(-3, &[], &[]);
    let member = |kind, id| Member { kind, id, role: key };
    let members =
        [member(Kind::Relation, i64::MAX), member(Kind::Node, -7), member(Kind::Way, 5), member(Kind::Node, -7)];
    builder.relation(i64::MAX, &members, &[(key, key)]);
    builder.relation(4, &[], &[]);
    builder.center(Kind::Relation, 4, [77_000_000, -8]);
    builder.finish()
}

#[test]
fn extremes_come_back() {
    let osm = extremes();
    for id in ["osm-xml", "osm-pbf"] {
        let (bytes, notes) = written(id, &osm, json!({}));
        let again = read(&bytes, &mut Watch::silent()).unwrap();
        assert!(told(&again) == told(&osm), "{id}");
        let centers = if id == "osm-xml" { &osm.centers[..] } else { &[] };
        assert_eq!(again.centers, centers, "{id}");
        assert_eq!(notes.list().len(), usize::from(id == "osm-pbf"));
    }
}

#[test]
fn versions_are_there_where_asked_for() {
    let osm = extremes();
    let count =
        |options| String::from_utf8(written("osm-xml", &osm, options).0).unwrap().matches(" version=\"1\"").count();
    assert_eq!((count(json!({})), count(json!({ "versions": true }))), (0, 20_006));
}
