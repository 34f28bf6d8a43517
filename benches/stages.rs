//! Time of each stage on real extracts, as medians in milliseconds.
//!
//! `cargo bench --bench stages -- [words a row must contain]`. `MAPWRIGHT_BENCH` names PBF files separated by colons; without it
//! the samples of the repository are used. XML and JSON of the same data are written here first.

use mapwright::osm::{self, Element, Kind, Osm};
use mapwright::request::Request;
use mapwright::{Engine, Opened, Watch};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Each row is measured at least so often and so long.
const ROUNDS: usize = 5;
const LONG: Duration = Duration::from_millis(1500);

fn main() {
    let given = std::env::var("MAPWRIGHT_BENCH").unwrap_or_default();
    let samples =
        ["helsinki", "monaco"].map(|name| format!("{}/assets/sample/{name}.osm.pbf", env!("CARGO_MANIFEST_DIR")));
    let paths: Vec<String> =
        if given.is_empty() { samples.into() } else { given.split(':').map(str::to_owned).collect() };
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    println!("{:<14} {:<26} {:>9} {:>9} {:>9}", "extract", "stage", "MB", "ms", "MB/s");
    for path in paths {
        let pbf = std::fs::read(&path).unwrap_or_else(|fault| panic!("{path}: {fault}"));
        let name = path.rsplit('/').next().unwrap_or_default().split('.').next().unwrap_or_default().to_owned();
        Bench { name, words: words.clone() }.stages(&pbf);
    }
}

struct Bench {
    name: String,
    words: Vec<String>,
}

impl Bench {
    fn stages(&self, pbf: &[u8]) {
        let read = |bytes: &[u8]| osm::read(bytes, &mut Watch::silent()).unwrap();
        let osm = read(pbf);
        let (json, xml) = (json(&osm), xml(&osm));
        let count = osm.node_count() + osm.ways.id.len() + osm.relations.id.len();
        println!(
            "{:<14} {count} objects, {:.1} bytes a node in the store",
            self.name,
            osm.bytes() as f64 / osm.node_count() as f64
        );
        self.row("read pbf", pbf.len(), || read(pbf));
        self.row("read pbf in 64 KiB pieces", pbf.len(), || {
            let mut reader = osm::Reader::new(0);
            pbf.chunks(64 << 10).for_each(|piece| reader.push(piece, &mut Watch::silent()).unwrap());
            reader.finish(&mut Watch::silent()).unwrap()
        });
        self.row("read json", json.len(), || read(json.as_bytes()));
        self.row("sonic-rs of the same json", json.len(), || sonic_rs::from_str::<Answer>(&json).unwrap());
        self.row("read xml", xml.len(), || read(xml.as_bytes()));
        let shared = std::sync::Arc::new(osm);
        self.row("assemble", 0, || mapwright::map::build(shared.clone(), &mut Watch::silent()).unwrap());
        let map = Opened::open(pbf, &mut Watch::silent()).unwrap();
        let engine = Engine::native().unwrap();
        for format in ["geojson", "svg", "pdf"] {
            let request = Request::from_json(&format!("{{\"formats\": [\"{format}\"]}}")).unwrap();
            let export = || map.export(&engine, &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
            let size = if self.wanted(format) { export()[0].1.len() } else { 0 };
            self.row(&format!("view and write {format}"), size, export);
        }
        let request = Request::from_json("{\"formats\": [\"geojson\"]}").unwrap();
        self.row("pbf to geojson, whole", pbf.len(), || {
            let map = Opened::open(pbf, &mut Watch::silent()).unwrap();
            map.export(&engine, &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap()
        });
    }

    fn wanted(&self, stage: &str) -> bool {
        self.words.is_empty()
            || self.words.iter().any(|word| stage.contains(word.as_str()) || self.name.contains(word.as_str()))
    }

    fn row<T>(&self, stage: &str, bytes: usize, mut work: impl FnMut() -> T) {
        if !self.wanted(stage) {
            return;
        }
        let begin = Instant::now();
        let mut times = Vec::new();
        while times.len() < ROUNDS || begin.elapsed() < LONG {
            let start = Instant::now();
            let result = work();
            times.push(start.elapsed());
            drop(result);
        }
        times.sort_unstable();
        let median = times[times.len() / 2].as_secs_f64();
        let megabytes = bytes as f64 / 1e6;
        println!("{:<14} {stage:<26} {megabytes:>9.2} {:>9.2} {:>9.1}", self.name, median * 1e3, megabytes / median);
    }
}

/// An Overpass answer as a program would declare it for sonic-rs.
#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct Answer<'a> {
    #[serde(borrow)]
    elements: Vec<Thing<'a>>,
}

#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct Thing<'a> {
    r#type: &'a str,
    id: i64,
    #[serde(default)]
    lat: f64,
    #[serde(default)]
    lon: f64,
    #[serde(default)]
    nodes: Vec<i64>,
    #[serde(borrow, default)]
    members: Vec<Part<'a>>,
    #[serde(borrow, default)]
    tags: Tags<'a>,
}

/// Tags as a list: cheaper to fill than a map.
#[derive(Default)]
#[allow(dead_code)]
struct Tags<'a>(Vec<(Text<'a>, Text<'a>)>);

#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct Text<'a>(#[serde(borrow)] std::borrow::Cow<'a, str>);

impl<'de: 'a, 'a> serde::Deserialize<'de> for Tags<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(source: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> serde::de::Visitor<'de> for Pairs {
            type Value = Tags<'de>;
            fn expecting(&self, words: &mut std::fmt::Formatter) -> std::fmt::Result {
                words.write_str("an object")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut tags = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    tags.push(pair);
                }
                Ok(Tags(tags))
            }
        }
        source.deserialize_map(Pairs)
    }
}

#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct Part<'a> {
    r#type: &'a str,
    r#ref: i64,
    role: std::borrow::Cow<'a, str>,
}

fn elements(osm: &Osm) -> impl Iterator<Item = Element> + '_ {
    let of = |kind, count: usize| (0..count as u32).map(move |index| Element { kind, index });
    let nodes = of(Kind::Node, osm.nodes.id.len()).filter(|node| osm.place(node.index).is_some());
    nodes.chain(of(Kind::Way, osm.ways.id.len())).chain(of(Kind::Relation, osm.relations.id.len()))
}

fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Node => "node",
        Kind::Way => "way",
        Kind::Relation => "relation",
    }
}

fn degrees(value: i32) -> String {
    let size = value.unsigned_abs();
    format!("{}{}.{:07}", if value < 0 { "-" } else { "" }, size / 10_000_000, size % 10_000_000)
}

/// The data as Overpass writes them.
fn json(osm: &Osm) -> String {
    let quoted =
        |id| format!("\"{}\"", osm.strings.get(id).replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n"));
    let mut out = String::from("{\n  \"version\": 0.6,\n  \"elements\": [\n\n");
    for (row, element) in elements(osm).enumerate() {
        let comma = if row > 0 { ",\n" } else { "" };
        write!(out, "{comma}{{\n  \"type\": \"{}\",\n  \"id\": {}", word(element.kind), osm.id(element)).unwrap();
        match element.kind {
            Kind::Node => {
                let [lon, lat] = osm.place(element.index).unwrap().map(degrees);
                write!(out, ",\n  \"lat\": {lat},\n  \"lon\": {lon}").unwrap();
            }
            Kind::Way => {
                let refs: Vec<_> =
                    osm.refs(element.index).iter().map(|&row| format!("    {}", osm.nodes.id[row as usize])).collect();
                write!(out, ",\n  \"nodes\": [\n{}\n  ]", refs.join(",\n")).unwrap();
            }
            Kind::Relation => {
                let member = |member: &osm::Member| {
                    let (kind, role) = (word(member.kind), quoted(member.role));
                    format!(
                        "    {{\n      \"type\": \"{kind}\",\n      \"ref\": {},\n      \"role\": {role}\n    }}",
                        member.id
                    )
                };
                let members: Vec<_> = osm.members(element.index).iter().map(member).collect();
                write!(out, ",\n  \"members\": [\n{}\n  ]", members.join(",\n")).unwrap();
            }
        }
        let tags: Vec<_> =
            osm.tags(element).iter().map(|&(key, value)| format!("    {}: {}", quoted(key), quoted(value))).collect();
        if !tags.is_empty() {
            write!(out, ",\n  \"tags\": {{\n{}\n  }}", tags.join(",\n")).unwrap();
        }
        out += "\n}";
    }
    out + "\n\n  ]\n}\n"
}

/// The data as the OSM API writes them.
fn xml(osm: &Osm) -> String {
    let text = |id| {
        let text = osm.strings.get(id).replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;");
        text.replace('\n', "&#10;")
    };
    let mut out = String::from("<?xml version='1.0' encoding='UTF-8'?>\n<osm version=\"0.6\">\n");
    for element in elements(osm) {
        let (name, id) = (word(element.kind), osm.id(element));
        match element.kind {
            Kind::Node => {
                let [lon, lat] = osm.place(element.index).unwrap().map(degrees);
                writeln!(
                    out,
                    "  <node id=\"{id}\" version=\"1\" timestamp=\"2020-01-01T00:00:00Z\" lat=\"{lat}\" lon=\"{lon}\">"
                )
                .unwrap();
            }
            _ => writeln!(out, "  <{name} id=\"{id}\" version=\"1\" timestamp=\"2020-01-01T00:00:00Z\">").unwrap(),
        }
        if element.kind == Kind::Way {
            for &row in osm.refs(element.index) {
                writeln!(out, "    <nd ref=\"{}\"/>", osm.nodes.id[row as usize]).unwrap();
            }
        }
        if element.kind == Kind::Relation {
            for member in osm.members(element.index) {
                let (kind, role) = (word(member.kind), text(member.role));
                writeln!(out, "    <member type=\"{kind}\" ref=\"{}\" role=\"{role}\"/>", member.id).unwrap();
            }
        }
        for &(key, value) in osm.tags(element) {
            writeln!(out, "    <tag k=\"{}\" v=\"{}\"/>", text(key), text(value)).unwrap();
        }
        writeln!(out, "  </{name}>").unwrap();
    }
    out + "</osm>\n"
}
