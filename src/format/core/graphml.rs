//! GraphML (graphml.graphdrawing.org, 1.0): the streets as a directed graph, with the attributes of OSMnx.

mod keys;

use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::network::{Edge, Modes, Network, Node, Turn};
use crate::osm::{Element, Kind};
use crate::provenance::Provenance;
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use crate::wire::xml::Xml;
use crate::wire::{number, wkt};
use keys::{KEYS, Key};

/// The family.
pub const FORMATS: &[Format] = &[GRAPHML];

const GRAPHML: Format = Format {
    id: "graphml",
    aliases: &[],
    title: "GraphML street network",
    family: "GraphML",
    version: "",
    extension: "graphml",
    mime: "application/graphml+xml",
    tier: Tier::Pro,
    topics: &[Topic::Simulation, Topic::Gis],
    about: "Streets and paths as a directed graph: junctions, pieces between them with length, speed and time, one-way rules, forbidden turns.",
    for_whom: "Researchers of traffic and cities, planners, students of graphs, developers of routing",
    kept: "Junctions with places, the course of every piece, way ids, names, classes, who may pass in which direction, speeds, turn restrictions, barriers",
    lost: "Everything that is no street; squares, ferries, lanes side by side, conditions by time and weight",
    programs: &[
        "OSMnx",
        "NetworkX",
        "igraph",
        "Gephi",
        "Cytoscape",
        "yEd",
        "graph-tool",
        "Neo4j",
        "Wolfram Mathematica",
        "R",
    ],
    specification: "http://graphml.graphdrawing.org/specification.html",
    credit: Credit::Inside("`attribution` of the graph"),
    provenance: Some("`provenance` of the graph"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        Opt::choice("mode", "For whom", &["all", "car", "bicycle", "foot"]),
        Opt::choice("turns", "Forbidden turns", &["data", "expand", "none"]),
        Opt::flag("geometry", "Course of every piece as WKT", true),
        Opt::flag("osmnx", "Values are text to Python, as OSMnx loads them, and numbers to all others", true),
    ],
    write: Write::Network(write),
};

/// Decimals of degrees.
const DIGITS: u32 = 7;

fn write(network: &mut Network, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    match job.settings.text("mode") {
        "car" => network.keep(Modes { car: true, ..Modes::NONE }),
        "bicycle" => network.keep(Modes { bicycle: true, ..Modes::NONE }),
        "foot" => network.keep(Modes { foot: true, ..Modes::NONE }),
        _ => {}
    }
    match job.settings.text("turns") {
        "expand" => network.expand(),
        "none" => network.turns.clear(),
        _ => {}
    }
    let mut writer = Writer {
        xml: Xml::new(true),
        network,
        geometry: job.settings.flag("geometry"),
        osmnx: job.settings.flag("osmnx"),
    };
    writer.head(job.provenance);
    let total = (network.nodes.len() + network.edges.len()) as u64;
    for (row, node) in network.nodes.iter().enumerate() {
        if row % 1000 == 0 {
            watch.at(Stage::Write, row as u64, total)?;
        }
        writer.node(row, node);
        writer.xml.spill(sink)?;
    }
    let mut turns = network.turns.iter().peekable();
    for (row, edge) in network.edges.iter().enumerate() {
        if row % 1000 == 0 {
            watch.at(Stage::Write, (network.nodes.len() + row) as u64, total)?;
        }
        let mut own: Vec<&Turn> = Vec::new();
        // Turns are in order of their first edge.
        while let Some(turn) = turns.next_if(|turn| turn.edges.first().is_some_and(|first| *first as usize <= row)) {
            own.push(turn);
        }
        writer.edge(row, edge, &own);
        writer.xml.spill(sink)?;
    }
    sink.put(&writer.xml.finish())
}

struct Writer<'a, 'f, 'm> {
    xml: Xml,
    network: &'a Network<'f, 'm>,
    geometry: bool,
    osmnx: bool,
}

impl Writer<'_, '_, '_> {
    /// Keys, the graph and what is said of it.
    fn head(&mut self, provenance: &Provenance) {
        let xml = &mut self.xml;
        xml.start("graphml").attr("xmlns", "http://graphml.graphdrawing.org/xmlns");
        if !self.osmnx {
            xml.attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
            xml.attr(
                "xsi:schemaLocation",
                "http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd",
            );
        }
        for (row, Key { owner, name, kind, about }) in KEYS.iter().enumerate() {
            xml.start("key").attr("id", &format!("d{row}")).attr("for", owner);
            xml.attr("attr.name", name).attr("attr.type", kind);
            // OSMnx wants every value as text. NetworkX, which reads for it, takes what yEd calls by a type of its own as
            // text; all others pass over that word and see the type.
            if self.osmnx && *kind != "string" {
                xml.attr("yfiles.type", name);
            }
            xml.leaf("desc", about).end_block();
        }
        xml.start("graph").attr("id", "streets").attr("edgedefault", "directed");
        let timestamp = self.network.features.map.osm.timestamp.clone();
        self.data("graph", "crs", "epsg:4326");
        self.data("graph", "attribution", crate::osm::ATTRIBUTION);
        self.data("graph", "created_with", "mapwright");
        if !timestamp.is_empty() {
            self.data("graph", "timestamp", &timestamp);
        }
        self.data("graph", "provenance", &provenance.text());
    }

    /// A value; an empty one is left out.
    fn data(&mut self, owner: &str, name: &str, value: &str) {
        let row = KEYS.iter().position(|key| key.owner == owner && key.name == name);
        if let (Some(row), false) = (row, value.is_empty()) {
            self.xml.start("data").attr("key", &format!("d{row}")).text(value).end();
        }
    }

    /// True or false, as GraphML or as Python writes it.
    fn flag(&mut self, owner: &str, name: &str, value: bool) {
        let text = match (value, self.osmnx) {
            (true, false) => "true",
            (false, false) => "false",
            (true, true) => "True",
            (false, true) => "False",
        };
        self.data(owner, name, text);
    }

    fn modes(&mut self, owner: &str, modes: Modes) {
        self.flag(owner, "car", modes.car);
        self.flag(owner, "bicycle", modes.bicycle);
        self.flag(owner, "foot", modes.foot);
    }

    fn name(&self, row: u32) -> String {
        let Some(node) = self.network.nodes.get(row as usize) else { return String::new() };
        let id = self.network.features.map.osm.id(Element { kind: Kind::Node, index: node.row });
        match node.copy {
            0 => id.to_string(),
            _ => format!("-{}", i64::from(row) + 1),
        }
    }

    fn node(&mut self, row: usize, node: &Node) {
        let osm = &self.network.features.map.osm;
        let element = Element { kind: Kind::Node, index: node.row };
        let tag = |key: &str| {
            let found = osm.tags(element).iter().find(|(known, _)| osm.strings.get(*known) == key);
            found.map_or("", |(_, value)| osm.strings.get(*value))
        };
        let (id, highway, barrier) = (osm.id(element), tag("highway"), tag("barrier"));
        let name = self.name(row as u32);
        self.xml.start("node").attr("id", &name);
        let [x, y] = node.place;
        self.data("node", "x", &number::text(x, DIGITS));
        self.data("node", "y", &number::text(y, DIGITS));
        self.data("node", "osm_id", &id.to_string());
        self.data("node", "street_count", &node.streets.to_string());
        self.data("node", "highway", highway);
        self.data("node", "barrier", barrier);
        if node.passable != Modes::ALL {
            self.modes("node", node.passable);
        }
        self.xml.end_block();
    }

    fn edge(&mut self, row: usize, edge: &Edge, turns: &[&Turn]) {
        let features = self.network.features;
        let Some(feature) = features.rows.get(edge.feature as usize) else { return };
        let tag = |key: &str| features.tag(feature, key).unwrap_or("");
        let (from, to) = (self.name(edge.from), self.name(edge.to));
        // Without ids of their own, NetworkX numbers the edges between two nodes: the two directions of a street alike.
        self.xml.start("edge").attr("source", &from).attr("target", &to);
        self.data("edge", "edge", &row.to_string());
        self.data("edge", "osmid", &features.map.osm.id(feature.element).to_string());
        self.data("edge", "name", features.name(feature).as_deref().unwrap_or(""));
        for key in [
            "ref", "highway", "lanes", "maxspeed", "bridge", "tunnel", "junction", "service", "surface", "access",
            "width",
        ] {
            self.data("edge", key, tag(key));
        }
        self.data("edge", "class", features.class(feature).id);
        self.flag("edge", "oneway", edge.oneway);
        self.flag("edge", "reversed", edge.reversed);
        self.data("edge", "length", &number::text(edge.length, 3));
        self.data("edge", "speed_kph", &number::text(edge.pace(), 3));
        self.data("edge", "travel_time", &number::text(edge.seconds(), 2));
        self.modes("edge", edge.modes);
        if !turns.is_empty() {
            let sequences: Vec<String> = turns.iter().map(|turn| sequence(turn)).collect();
            self.data("edge", "forbidden", &sequences.join(";"));
        }
        if self.geometry {
            let line = wkt::positions(&wkt::trace(self.network.course(edge), DIGITS), DIGITS);
            self.data("edge", "geometry", &format!("LINESTRING {line}"));
        }
        self.xml.end_block();
    }
}

/// The edges that must not follow, and for whom: `12>14 car+bicycle`.
fn sequence(turn: &Turn) -> String {
    let edges: Vec<String> = turn.edges.iter().skip(1).map(u32::to_string).collect();
    let modes = [("car", turn.modes.car), ("bicycle", turn.modes.bicycle), ("foot", turn.modes.foot)];
    let modes: Vec<&str> = modes.iter().filter(|(_, bound)| *bound).map(|(mode, _)| *mode).collect();
    format!("{} {}", edges.join(">"), modes.join("+"))
}
