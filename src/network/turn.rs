//! Restrictions of turning (OSM wiki: Relation:restriction): relations → sequences of edges that must not be driven.

use super::{Modes, Network, Turn};
use crate::error::Result;
use crate::order;
use crate::osm::{Element, Kind, Osm};
use crate::watch::{Stage, Watch};
use hashbrown::HashMap;

/// Most edges between the first and the last of a restriction.
const LONGEST: usize = 40;

/// What speaks of vehicles in general, of cars, of bicycles.
const KEYS: &[(&str, Modes)] = &[
    ("restriction", Modes { car: true, bicycle: true, foot: false }),
    ("restriction:motor_vehicle", Modes { car: true, bicycle: false, foot: false }),
    ("restriction:motorcar", Modes { car: true, bicycle: false, foot: false }),
    ("restriction:bicycle", Modes { car: false, bicycle: true, foot: false }),
];

/// Edges by what they leave, and by the way they belong to.
struct Index {
    leaving: Vec<Vec<u32>>,
    of_way: HashMap<u32, Vec<u32>, foldhash::fast::FixedState>,
    /// Rows of nodes by rows of OSM nodes.
    nodes: HashMap<u32, u32, foldhash::fast::FixedState>,
}

/// Reads all restrictions among the relations.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn restrict(network: &mut Network, watch: &mut Watch) -> Result<()> {
    let osm = &*network.features.map.osm;
    let index = index(network);
    let (mut turns, mut unclear) = (Vec::new(), 0_u64);
    let total = osm.relations.id.len();
    for row in 0..total as u32 {
        if row % 1000 == 0 {
            watch.at(Stage::Draw, row.into(), total as u64)?;
        }
        let element = Element { kind: Kind::Relation, index: row };
        let tag = |key: &str| {
            let found = osm.tags(element).iter().find(|(known, _)| osm.strings.get(*known) == key);
            found.map(|(_, value)| osm.strings.get(*value))
        };
        if !matches!(tag("type"), Some("restriction")) {
            continue;
        }
        let except = tag("except").unwrap_or_default();
        let excepted = |words: &[&str]| except.split(';').any(|word| words.contains(&word.trim()));
        let free = Modes {
            car: excepted(&["motorcar", "motor_vehicle", "vehicle"]),
            bicycle: excepted(&["bicycle", "vehicle"]),
            foot: false,
        };
        for (key, modes) in KEYS {
            let (Some(value), modes) = (tag(key), modes.without(free)) else { continue };
            if modes.is_none() {
                continue;
            }
            match read(network, osm, &index, row, value, modes) {
                Some(found) => turns.extend(found),
                None => unclear += 1,
            }
        }
    }
    order::sort_by(&mut turns, |a: &Turn, b: &Turn| a.edges.cmp(&b.edges));
    turns.dedup_by(|again, first| {
        let same = again.edges == first.edges;
        if same {
            let [a, b] = [first.modes, again.modes];
            first.modes = Modes { car: a.car || b.car, bicycle: a.bicycle || b.bicycle, foot: a.foot || b.foot };
        }
        same
    });
    network.turns = turns;
    if unclear > 0 {
        let message =
            format!("{unclear} restrictions of turning do not fit the streets that are there and are left out");
        network.notes.say("unclear_restrictions", unclear, message);
    }
    Ok(())
}

fn index(network: &Network) -> Index {
    let mut leaving = vec![Vec::new(); network.nodes.len()];
    let mut of_way: HashMap<u32, Vec<u32>, _> = HashMap::default();
    for (row, edge) in network.edges.iter().enumerate() {
        if let Some(list) = leaving.get_mut(edge.from as usize) {
            list.push(row as u32);
        }
        if let Some(feature) = network.features.rows.get(edge.feature as usize) {
            of_way.entry(feature.element.index).or_default().push(row as u32);
        }
    }
    let nodes = network.nodes.iter().enumerate().map(|(row, node)| (node.row, row as u32)).collect();
    Index { leaving, of_way, nodes }
}

/// The sequences one restriction forbids; none if its members do not fit together.
fn read(network: &Network, osm: &Osm, index: &Index, row: u32, value: &str, modes: Modes) -> Option<Vec<Turn>> {
    let only = value.starts_with("only_");
    if !only && !value.starts_with("no_") {
        return None;
    }
    let members = |role: &str, kind: Kind| -> Vec<u32> {
        let members =
            osm.members(row).iter().filter(|member| osm.strings.get(member.role) == role && member.kind == kind);
        members.filter_map(|member| osm.find(kind, member.id)).map(|element| element.index).collect()
    };
    let edges = |ways: Vec<u32>| -> Vec<u32> {
        ways.iter()
            .filter_map(|way| index.of_way.get(way))
            .flatten()
            .copied()
            .filter(|&edge| drivable(network, edge, modes))
            .collect()
    };
    let (from, to) = (edges(members("from", Kind::Way)), edges(members("to", Kind::Way)));
    let (via_nodes, via) = (members("via", Kind::Node), edges(members("via", Kind::Way)));
    let begins: Vec<Vec<u32>> = match via_nodes.as_slice() {
        [node] => {
            let node = *index.nodes.get(node)?;
            from.iter().filter(|edge| head(network, **edge) == Some(node)).map(|edge| vec![*edge]).collect()
        }
        [] if !via.is_empty() => from.iter().flat_map(|edge| chains(network, index, *edge, &via, &to)).collect(),
        _ => return None,
    };
    let mut turns = Vec::new();
    for begin in begins {
        let leaving = index.leaving.get(head(network, *begin.last()?)? as usize)?;
        let (allowed, others): (Vec<u32>, Vec<u32>) = leaving.iter().partition(|edge| to.contains(edge));
        if allowed.is_empty() {
            continue;
        }
        for last in if only { others } else { allowed } {
            if drivable(network, last, modes) {
                turns.push(Turn { edges: begin.iter().copied().chain([last]).collect(), modes });
            }
        }
    }
    (!turns.is_empty() || only).then_some(turns)
}

fn drivable(network: &Network, edge: u32, modes: Modes) -> bool {
    network.edges.get(edge as usize).is_some_and(|edge| !edge.modes.and(modes).is_none())
}

fn head(network: &Network, edge: u32) -> Option<u32> {
    network.edges.get(edge as usize).map(|edge| edge.to)
}

/// The ways along `via` that lead from an edge to where one of `to` begins: each with that edge first.
fn chains(network: &Network, index: &Index, from: u32, via: &[u32], to: &[u32]) -> Vec<Vec<u32>> {
    let mut found = Vec::new();
    let mut open = vec![vec![from]];
    while let Some(chain) = open.pop() {
        let leaving = chain.last().and_then(|&edge| index.leaving.get(head(network, edge)? as usize));
        for &next in leaving.into_iter().flatten().filter(|edge| via.contains(edge)) {
            let passed = |edge: &u32| network.edges.get(*edge as usize).map(|edge| edge.from) == head(network, next);
            if chain.len() > LONGEST || chain.iter().any(passed) {
                continue;
            }
            let longer: Vec<u32> = chain.iter().copied().chain([next]).collect();
            let exit = head(network, next).and_then(|node| index.leaving.get(node as usize));
            if exit.is_some_and(|leaving| leaving.iter().any(|edge| to.contains(edge))) {
                found.push(longer);
            } else {
                open.push(longer);
            }
        }
    }
    found
}
