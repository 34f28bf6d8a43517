//! Real data in every form gives the objects it holds.

use crate::common::data;
use mapwright::osm::{self, Kind, Osm};
use mapwright::{Error, Watch};

pub fn read(name: &str) -> Osm {
    osm::read(&data(name), &mut Watch::silent()).unwrap_or_else(|fault| panic!("{name}: {fault}"))
}

fn sample(name: &str) -> Osm {
    let path = format!("{}/assets/sample/{name}", env!("CARGO_MANIFEST_DIR"));
    osm::read(&std::fs::read(path).unwrap(), &mut Watch::silent()).unwrap()
}

fn counts(osm: &Osm) -> [usize; 3] {
    [osm.node_count(), osm.ways.id.len(), osm.relations.id.len()]
}

fn tagged(osm: &Osm, kind: Kind, count: usize) -> usize {
    (0..count as u32).filter(|&index| !osm.tags(osm::Element { kind, index }).is_empty()).count()
}

/// Ids, places, references, members and tags as one text, to compare two readers.
pub fn fingerprint(osm: &Osm) -> Vec<String> {
    let mut lines = Vec::new();
    let tags = |element| {
        let mut list: Vec<_> =
            osm.tags(element).iter().map(|(k, v)| format!("{}={}", osm.strings.get(*k), osm.strings.get(*v))).collect();
        list.sort();
        list.join(",")
    };
    for (kind, count) in
        [(Kind::Node, osm.nodes.id.len()), (Kind::Way, osm.ways.id.len()), (Kind::Relation, osm.relations.id.len())]
    {
        for index in 0..count as u32 {
            let element = osm::Element { kind, index };
            let body = match kind {
                Kind::Node => format!("{:?}", osm.place(index)),
                Kind::Way => {
                    format!("{:?}", osm.refs(index).iter().map(|&row| osm.nodes.id[row as usize]).collect::<Vec<_>>())
                }
                Kind::Relation => format!(
                    "{:?}",
                    osm.members(index).iter().map(|m| (m.kind, m.id, osm.strings.get(m.role))).collect::<Vec<_>>()
                ),
            };
            lines.push(format!("{}{} {body} {}", kind.letter(), osm.id(element), tags(element)));
        }
    }
    lines
}

#[test]
fn counts_are_those_of_the_recordings() {
    for (name, expected) in [
        ("monaco.map", [25_423, 4_106, 210]),
        ("moscow-ostankino.map", [8_402, 1_652, 234]),
        ("monaco-tiny.map", [489, 48, 7]),
        ("monaco-tiny.recurse", [2_035, 270, 7]),
        ("monaco-tiny.meta", [250, 48, 7]),
        ("forest-enclosing.map", [1_069, 46, 2]),
    ] {
        let found = counts(&read(&format!("overpass/{name}.json.gz")));
        assert_eq!(found[1..], expected[1..], "{name}");
        if !name.ends_with("meta") {
            assert_eq!(found[0], expected[0], "{name}");
        }
    }
}

#[test]
fn doubles_without_tags_do_not_lose_tags() {
    let twice = read("overpass/monaco-tiny.body-skel.json.gz");
    let once = read("overpass/monaco-tiny.map.json.gz");
    let lines: std::collections::BTreeSet<_> = fingerprint(&twice).into_iter().collect();
    let lost: Vec<_> =
        fingerprint(&once).into_iter().filter(|line| line.starts_with('w') && !lines.contains(line)).collect();
    assert!(lost.is_empty(), "{:.2000}", lost.join("\n"));
    assert!(tagged(&twice, Kind::Way, twice.ways.id.len()) > 40);
}

#[test]
fn geometry_inside_ways_gives_their_nodes() {
    let geom = read("overpass/monaco-tiny.geom.json.gz");
    let map = read("overpass/monaco-tiny.map.json.gz");
    for (row, &id) in map.ways.id.iter().enumerate() {
        let Some(way) = geom.find(Kind::Way, id) else { panic!("way {id} is missing") };
        let places = |osm: &Osm, index| osm.refs(index).iter().map(|&node| osm.place(node)).collect::<Vec<_>>();
        assert_eq!(places(&geom, way.index), places(&map, row as u32), "way {id}");
    }
}

#[test]
fn clipped_geometry_leaves_gaps() {
    let clipped = read("overpass/monaco-tiny.geom-clip.json.gz");
    let gaps = (0..48).flat_map(|way| clipped.refs(way)).filter(|&&node| clipped.place(node).is_none()).count();
    assert_eq!(gaps, 204, "208 nulls in ways, 4 of them nodes that another way places");
}

#[test]
fn centres_and_bounds_stand_for_geometry() {
    for name in ["center", "bb"] {
        let osm = read(&format!("overpass/monaco-tiny.{name}.json.gz"));
        let placed = |way: &u32| {
            osm.refs(*way).iter().any(|&node| osm.place(node).is_some())
                || osm.centers.iter().any(|(element, _)| *element == osm::Element { kind: Kind::Way, index: *way })
        };
        assert_eq!((0..48).filter(placed).count(), 48, "{name}");
        assert_eq!(osm.centers.iter().filter(|(element, _)| element.kind == Kind::Relation).count(), 7, "{name}");
    }
}

#[test]
fn counting_is_no_data() {
    let fault = osm::read(&data("overpass/monaco-tiny.count.json.gz"), &mut Watch::silent()).unwrap_err();
    assert!(matches!(fault, Error::Empty(_)), "{fault:?}");
}

#[test]
fn xml_and_pbf_say_the_same() {
    let (xml, pbf) = (read("extracts/dreieich.osm.gz"), read("extracts/dreieich.pbf"));
    assert_eq!(counts(&xml), [24_828, 4_627, 62]);
    assert!(fingerprint(&xml) == fingerprint(&pbf));
    assert_eq!(xml.bounds, pbf.bounds);
}

#[test]
fn samples_hold_what_osmium_counts() {
    assert_eq!(counts(&sample("helsinki.osm.pbf")), [24_260, 5_130, 620]);
    assert_eq!(counts(&sample("monaco.osm.pbf")), [25_423, 4_106, 243]);
    assert_eq!(sample("monaco.osm.pbf").timestamp, "2021-04-21T20:21:46Z");
}

#[test]
fn overpass_and_pbf_place_nodes_the_same() {
    let (json, pbf) = (read("overpass/monaco.map.json.gz"), sample("monaco.osm.pbf"));
    let same = json.nodes.id.iter().enumerate().filter(|(row, id)| {
        pbf.find(Kind::Node, **id).is_some_and(|node| pbf.place(node.index) == json.place(*row as u32))
    });
    assert_eq!(same.count(), 25_423);
}

#[test]
fn plain_and_dense_nodes_are_the_same_node() {
    let [plain, dense] = ["", "-densenodes"].map(|kind| read(&format!("extracts/data_pbf_version-1{kind}.osm.pbf")));
    assert_eq!(fingerprint(&plain), fingerprint(&dense));
    assert_eq!(counts(&plain)[0], 1);
}

#[test]
fn nodes_that_are_missing_keep_their_reference() {
    let osm = read("extracts/missing-nodes.pbf");
    assert_eq!(osm.node_count(), 4);
    assert!(osm.nodes.id.len() > 4, "absent nodes have a row without a place");
}

#[test]
fn history_is_refused_by_name() {
    let fault = osm::read(&data("extracts/deleted_nodes.osh.pbf"), &mut Watch::silent()).unwrap_err();
    assert!(fault.to_string().contains("history"), "{fault}");
}

#[test]
fn overpass_xml_brings_geometry() {
    let osm = read("extracts/osm-meta_geom.osm");
    assert_eq!(osm.ways.id.len(), 2);
    assert!((0..2).all(|way| osm.refs(way).iter().all(|&node| osm.place(node).is_some())));
}

/// Where we are more lenient than the cases ask: elements we do not know are passed over, because Overpass and editors
/// add their own.
const LENIENT: [&str; 6] = ["106", "109", "123", "124", "125", "300"];

#[test]
fn xml_cases_are_valid_or_not_as_described() {
    let folder = crate::common::path("osm-testdata/xml/data");
    let mut seen = 0;
    for case in std::fs::read_dir(folder).unwrap().flatten() {
        let name = case.file_name().to_string_lossy().into_owned();
        let valid = std::fs::read_to_string(case.path().join("result")).is_ok_and(|text| text.trim() == "valid");
        let file = ["data.osm", "data.osm.gz", "data.osc"]
            .map(|file| case.path().join(file))
            .into_iter()
            .find(|f| f.is_file());
        let result = osm::read(&std::fs::read(file.unwrap()).unwrap(), &mut Watch::silent());
        seen += 1;
        if LENIENT.iter().any(|id| name.starts_with(id)) {
            // Change files are valid, but no extract.
            assert_eq!(result.is_ok(), !name.starts_with("300"), "{name}: {result:?}");
            continue;
        }
        assert_eq!(result.is_ok(), valid, "{name}: {:?}", result.err());
    }
    assert_eq!(seen, 25);
}

#[test]
fn unicode_and_entities_arrive() {
    let osm = read("osm-testdata/xml/data/141-entities/data.osm");
    let texts: Vec<_> = (0..osm.strings.len() as u32).map(|id| osm.strings.get(id)).collect();
    for wanted in ["&", "<", ">", "\"", "'"] {
        assert!(texts.iter().any(|text| text.contains(wanted)), "{wanted} in {texts:?}");
    }
}
