//! The network: what is a junction, who may pass, what must not be turned.

use crate::common::data;
use mapwright::geo::crs::Crs;
use mapwright::map::{self, Features, Frame, View};
use mapwright::network::{Modes, Network, link};
use mapwright::osm::read;
use mapwright::request::{Bbox, Language};
use mapwright::watch::Watch;
use std::sync::Arc;

/// A cross of streets at node 5, a footway, a bollard, a roundabout; `extra` are relations.
fn town(extra: &str) -> String {
    format!(
        r#"<osm version="0.6">
<node id="1" lon="0" lat="0.001"/><node id="2" lon="0" lat="-0.001"/>
<node id="3" lon="-0.001" lat="0"/><node id="4" lon="0.001" lat="0"/><node id="5" lon="0" lat="0"/>
<node id="6" lon="0.002" lat="0"><tag k="barrier" v="bollard"/></node><node id="7" lon="0.003" lat="0"/>
<node id="8" lon="0.0005" lat="0.0001"/>
<way id="10"><nd ref="1"/><nd ref="5"/><nd ref="2"/><tag k="highway" v="residential"/><tag k="maxspeed" v="20 mph"/></way>
<way id="11"><nd ref="3"/><nd ref="5"/><tag k="highway" v="primary"/><tag k="oneway" v="yes"/></way>
<way id="12"><nd ref="5"/><nd ref="8"/><nd ref="4"/><tag k="highway" v="primary"/></way>
<way id="13"><nd ref="4"/><nd ref="6"/><nd ref="7"/><tag k="highway" v="service"/></way>
<way id="14"><nd ref="7"/><nd ref="2"/><tag k="highway" v="footway"/></way>
<way id="15"><nd ref="2"/><nd ref="99"/><nd ref="3"/><tag k="highway" v="construction"/></way>
{extra}</osm>"#
    )
}

fn with<T>(xml: &str, look: impl FnOnce(&mut Network) -> T) -> T {
    let mut watch = Watch::silent();
    let map = map::build(Arc::new(read(xml.as_bytes(), &mut watch).unwrap()), &mut watch).unwrap();
    let view = View {
        crs: Crs::wgs84(),
        frame: Frame::Degrees(Bbox::new(-0.01, -0.01, 9.0, 51.0).unwrap()),
        area: vec![],
        clip: false,
        layers: vec![],
        once: true,
        filter: mapwright::request::Filter::default(),
        detail_level: None,
        tolerance: 0.0,
        sea: None,
        borders: true,
        language: Language::default(),
    };
    let features: Features = map::view(&map, &view, &mut watch).unwrap();
    look(&mut link(&features, &mut watch).unwrap())
}

/// Edges as `from>to modes`, by ids of nodes.
fn edges(network: &Network) -> Vec<String> {
    let osm = &network.features.map.osm;
    let name = |row: u32| {
        let node = &network.nodes[row as usize];
        format!("{}{}", osm.nodes.id[node.row as usize], "'".repeat(node.copy as usize))
    };
    let letters = |modes: Modes| {
        [(modes.car, 'c'), (modes.bicycle, 'b'), (modes.foot, 'f')]
            .iter()
            .filter(|(open, _)| *open)
            .map(|(_, c)| *c)
            .collect::<String>()
    };
    network.edges.iter().map(|edge| format!("{}>{} {}", name(edge.from), name(edge.to), letters(edge.modes))).collect()
}

#[test]
fn ways_are_split_where_they_meet() {
    with(&town(""), |network| {
        let expected = [
            "1>5 cbf", "5>1 cbf", "5>2 cbf", "2>5 cbf", "3>5 cbf", "5>3 f", "5>4 cbf", "4>5 cbf", "4>6 cbf", "6>4 cbf",
            "6>7 cbf", "7>6 cbf", "7>2 f", "2>7 f",
        ];
        assert_eq!(edges(network), expected);
        let first = &network.edges[0];
        assert!((first.length - 110.574).abs() < 1e-3, "{}", first.length);
        assert!((first.speed - 32.18688).abs() < 1e-9);
        assert!((first.seconds() - first.length / (first.speed / 3.6)).abs() < 1e-9);
        assert_eq!(network.course(&network.edges[7]), [[0.001, 0.0], [0.0005, 0.0001], [0.0, 0.0]]);
        let bollard = network.nodes.iter().find(|node| node.place == [0.002, 0.0]).unwrap();
        assert_eq!(bollard.passable, Modes { car: false, ..Modes::ALL });
        network.keep(Modes { foot: true, ..Modes::NONE });
        assert_eq!(network.edges.len(), 14);
        network.keep(Modes { car: true, ..Modes::NONE });
        assert!(network.edges.is_empty() && network.nodes.is_empty());
    });
}

#[test]
fn streets_count_once_at_a_node() {
    let file = String::from_utf8(data("reports/street-graph.osm")).unwrap();
    let counts = |network: &Network| -> Vec<(i64, u32)> {
        let osm = &network.features.map.osm;
        network.nodes.iter().map(|node| (osm.nodes.id[node.row as usize], node.streets)).collect()
    };
    with(&file, |network| {
        // A link between two carriageways, five arms, ends of one-way streets and of two-way ones, a lasso with its two ends.
        for expected in
            [(16, 3), (19, 3), (2, 5), (7, 1), (15, 1), (48, 1), (51, 1), (28, 3), (30, 3), (36, 2), (37, 4)]
        {
            assert!(counts(network).contains(&expected), "{expected:?} in {:?}", counts(network));
        }
        let all = counts(network);
        network.expand();
        assert!(counts(network).iter().all(|count| all.contains(count)));
        assert!(network.nodes.iter().any(|node| node.copy > 0));
    });
    // For cars alone, a footway is no street at a junction.
    with(&town(""), |network| {
        assert!(counts(network).contains(&(7, 2)));
        network.keep(Modes { car: true, ..Modes::NONE });
        assert!(counts(network).contains(&(7, 1)) && counts(network).contains(&(5, 4)));
    });
}

fn restriction(kind: &str, via: &str, tags: &str) -> String {
    format!(
        r#"<relation id="1"><member type="way" ref="11" role="from"/>{via}<member type="way" ref="10" role="to"/>
<tag k="type" v="restriction"/><tag k="restriction" v="{kind}"/>{tags}</relation>"#
    )
}

const VIA: &str = r#"<member type="node" ref="5" role="via"/>"#;

fn turns(network: &Network) -> Vec<String> {
    let edges = edges(network);
    let name = |edge: &u32| edges[*edge as usize].split(' ').next().unwrap().to_owned();
    network.turns.iter().map(|turn| turn.edges.iter().map(name).collect::<Vec<_>>().join(" ")).collect()
}

#[test]
fn restrictions_forbid_sequences() {
    let found = |extra: &str| with(&town(extra), |network| (turns(network), network.notes.list().len()));
    assert_eq!(found(&restriction("no_left_turn", VIA, "")).0, ["3>5 5>1", "3>5 5>2"]);
    assert_eq!(found(&restriction("only_right_turn", VIA, "")).0, ["3>5 5>4"]);
    assert_eq!(found(&restriction("no_left_turn", VIA, r#"<tag k="except" v="bicycle"/>"#)).0.len(), 2);
    assert_eq!(found(&restriction("no_left_turn", "", "")), (vec![], 1));
    let long = r#"<relation id="1"><member type="way" ref="13" role="from"/><member type="way" ref="12" role="via"/>
<member type="way" ref="10" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>"#;
    assert_eq!(found(long).0, ["6>4 4>5 5>1", "6>4 4>5 5>2"]);
}

#[test]
fn expansion_makes_forbidden_turns_impossible() {
    let tags = r#"<tag k="except" v="bicycle"/>"#;
    with(&town(&restriction("no_left_turn", VIA, tags)), |network| {
        let before: f64 = network.edges.iter().map(|edge| edge.length).sum();
        network.expand();
        let edges = edges(network);
        assert!(edges.contains(&"3>5' cbf".into()), "{edges:?}");
        assert!(!edges.contains(&"3>5 cbf".into()), "{edges:?}");
        for expected in ["5'>1 bf", "5'>2 bf", "5'>4 cbf", "5'>3 f", "2>5 cbf", "5>1 cbf"] {
            assert!(edges.contains(&expected.into()), "{expected} is missing in {edges:?}");
        }
        assert!(network.turns.is_empty());
        assert!(network.edges.iter().map(|edge| edge.length).sum::<f64>() > before);
    });
    let long = r#"<relation id="1"><member type="way" ref="13" role="from"/><member type="way" ref="12" role="via"/>
<member type="way" ref="10" role="to"/><tag k="type" v="restriction"/><tag k="restriction" v="no_left_turn"/></relation>"#;
    with(&town(long), |network| {
        network.expand();
        let edges = edges(network);
        for expected in ["6>4' cbf", "4'>5' cbf", "5'>1 f", "5'>4 cbf", "4'>6 cbf", "4>5 cbf", "5>1 cbf"] {
            assert!(edges.contains(&expected.into()), "{expected} is missing in {edges:?}");
        }
    });
}
