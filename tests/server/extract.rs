//! Local extracts: a small piece is what a genuine server answers for it.

use mapwright::osm::{Element, Kind, Osm, read};
use mapwright::server::source::Sources;
use mapwright::{Request, Watch, request::Bbox};
use std::collections::BTreeSet;

fn file(name: &str) -> String {
    format!("file:{}", crate::common::path(name).display())
}

fn request(bbox: &str) -> Request {
    Request::from_json(&format!(r#"{{"formats":["geojson"],"bbox":[{bbox}]}}"#)).unwrap()
}

fn placed(osm: &Osm) -> BTreeSet<i64> {
    (0..osm.nodes.id.len() as u32)
        .filter(|&row| osm.place(row).is_some())
        .map(|row| osm.nodes.id[row as usize])
        .collect()
}

fn set(ids: &[i64]) -> BTreeSet<i64> {
    ids.iter().copied().collect()
}

#[test]
fn a_piece_is_what_overpass_answers() {
    let sources = Sources::new(&[file("overpass/monaco.map.json.gz")]).unwrap();
    let ours = sources.osm(&request("7.4268,43.7390,7.4285,43.7400"), &mut Watch::silent()).unwrap();
    let theirs = read(&crate::common::data("overpass/monaco-tiny.map.json.gz"), &mut Watch::silent()).unwrap();
    // Ours also brings what surrounds the box.
    for (what, ours, theirs) in [
        ("nodes", placed(&ours), placed(&theirs)),
        ("ways", set(&ours.ways.id), set(&theirs.ways.id)),
        ("relations", set(&ours.relations.id), set(&theirs.relations.id)),
    ] {
        let missing: Vec<_> = theirs.difference(&ours).collect();
        assert!(missing.is_empty(), "{what} are missing: {missing:?}");
        assert!(ours.len() < theirs.len() * 3, "{} {what} for {}", ours.len(), theirs.len());
    }
    let name = |osm: &Osm, id| {
        let element = osm.find(Kind::Way, id).unwrap();
        let refs: Vec<_> =
            osm.refs(element.index).iter().map(|&index| osm.id(Element { kind: Kind::Node, index })).collect();
        let tags =
            osm.tags(element).iter().map(|&(k, v)| (osm.strings.get(k).to_owned(), osm.strings.get(v).to_owned()));
        (refs, tags.collect::<BTreeSet<_>>())
    };
    for &id in &theirs.ways.id {
        assert_eq!(name(&ours, id), name(&theirs, id), "way {id}");
    }
    assert_eq!(ours.timestamp, theirs.timestamp);
}

#[test]
fn what_surrounds_the_box_is_there() {
    // Inside a forest that is a multipolygon, 20 m wide.
    let sources = Sources::new(&[file("overpass/forest-enclosing.map.json.gz")]).unwrap();
    let osm = sources.osm(&request("9.5400,47.1400,9.5402,47.1402"), &mut Watch::silent()).unwrap();
    assert!(osm.relations.id.contains(&22868));
    let forest = osm.find(Kind::Relation, 22868).unwrap();
    let rings = osm.members(forest.index).iter().filter(|member| member.kind == Kind::Way);
    assert!(rings.clone().count() > 0 && rings.clone().all(|ring| osm.find(Kind::Way, ring.id).is_some()));
}

#[test]
fn the_api_answers_as_the_original_does() {
    let all = read(&crate::common::data("extracts/moscow.osm.pbf"), &mut Watch::silent()).unwrap();
    let bounds = all.bounds.unwrap();
    let middle = |a: i32, b: i32, share: f64| (f64::from(a) + (f64::from(b) - f64::from(a)) * share) / 1e7;
    let bbox = Bbox::new(
        middle(bounds.west, bounds.east, 0.4),
        middle(bounds.south, bounds.north, 0.4),
        middle(bounds.west, bounds.east, 0.6),
        middle(bounds.south, bounds.north, 0.6),
    )
    .unwrap();
    let sources = Sources::new(&[file("extracts/moscow.osm.pbf")]).unwrap();
    let ours = sources.map(bbox, usize::MAX, &mut Watch::silent()).unwrap().unwrap();
    let inside = |row: u32| {
        all.place(row).is_some_and(|[x, y]| {
            let (x, y) = (f64::from(x) / 1e7, f64::from(y) / 1e7);
            bbox.min_lon <= x && x <= bbox.max_lon && bbox.min_lat <= y && y <= bbox.max_lat
        })
    };
    let rows = |count: usize| 0..count as u32;
    let ways: Vec<u32> =
        rows(all.ways.id.len()).filter(|&way| all.refs(way).iter().any(|&node| inside(node))).collect();
    let mut nodes: BTreeSet<u32> = rows(all.nodes.id.len()).filter(|&node| inside(node)).collect();
    let in_box = nodes.len();
    nodes.extend(ways.iter().flat_map(|&way| all.refs(way)).filter(|&&node| all.place(node).is_some()));
    let id = |kind, index| all.id(Element { kind, index });
    let node_ids: BTreeSet<i64> = nodes.iter().map(|&row| id(Kind::Node, row)).collect();
    let way_ids: BTreeSet<i64> = ways.iter().map(|&row| id(Kind::Way, row)).collect();
    assert!(node_ids.len() > 100 && way_ids.len() > 10);
    assert_eq!(placed(&ours), node_ids);
    assert_eq!(set(&ours.ways.id), way_ids);
    let direct: BTreeSet<i64> = rows(all.relations.id.len())
        .filter(|&row| {
            all.members(row).iter().any(|member| match member.kind {
                Kind::Node => node_ids.contains(&member.id),
                Kind::Way => way_ids.contains(&member.id),
                Kind::Relation => false,
            })
        })
        .map(|row| id(Kind::Relation, row))
        .collect();
    let above = rows(all.relations.id.len())
        .filter(|&row| {
            all.members(row).iter().any(|member| member.kind == Kind::Relation && direct.contains(&member.id))
        })
        .map(|row| id(Kind::Relation, row));
    assert_eq!(set(&ours.relations.id), direct.iter().copied().chain(above).collect());
    assert!(sources.map(bbox, in_box, &mut Watch::silent()).is_ok());
    assert_eq!(sources.map(bbox, in_box - 1, &mut Watch::silent()).unwrap_err().code(), "too_large");
}

#[test]
fn the_first_that_covers_answers() {
    let sources = Sources::samples().unwrap();
    let open = |bbox: &str| sources.osm(&request(bbox), &mut Watch::silent());
    assert!(open("7.42,43.735,7.43,43.74").unwrap().notes.list().iter().all(|note| note.code != "partly_covered"));
    let partly = open("7.3,43.7,7.42,43.74").unwrap();
    assert!(partly.notes.list().iter().any(|note| note.code == "partly_covered"));
    let fault = open("13.37,52.50,13.38,52.51").unwrap_err();
    assert_eq!((fault.status(), fault.field()), (400, Some("bbox")));
    assert!(fault.to_string().contains("helsinki") && fault.to_string().contains("monaco"), "{fault}");
    let fault = sources.osm(&Request::from_json(r#"{"formats":["svg"]}"#).unwrap(), &mut Watch::silent()).unwrap_err();
    assert_eq!((fault.status(), fault.field()), (400, Some("bbox")));
}

#[test]
fn a_sheet_brings_what_it_shows() {
    let sources = Sources::samples().unwrap();
    let count = |json: &str| {
        let osm = sources.osm(&Request::from_json(json).unwrap(), &mut Watch::silent()).unwrap();
        osm.node_count()
    };
    let bbox = r#""bbox":[7.424,43.737,7.426,43.739]"#;
    let data = count(&format!(r#"{{"formats":["geojson"],{bbox}}}"#));
    let sheet = count(&format!(r#"{{"formats":["geojson","svg"],{bbox},"page":{{"size":"A4","scale":5000}}}}"#));
    assert!(sheet > data * 3, "{sheet} and {data}");
}

#[test]
fn an_area_may_stand_for_the_box() {
    let sources = Sources::new(&[file("overpass/monaco.map.json.gz")]).unwrap();
    let ring = "[[[7.42,43.735],[7.43,43.735],[7.425,43.74],[7.42,43.735]]]";
    let json = format!(r#"{{"formats":["geojson"],"area":{{"type":"Polygon","coordinates":{ring}}}}}"#);
    let osm = sources.osm(&Request::from_json(&json).unwrap(), &mut Watch::silent()).unwrap();
    assert!(osm.ways.id.len() > 50);
    let json = r#"{"formats":["geojson"],"area":{"relation":1}}"#;
    let fault = sources.osm(&Request::from_json(json).unwrap(), &mut Watch::silent()).unwrap_err();
    assert_eq!((fault.status(), fault.field()), (400, Some("area.relation")));
}
