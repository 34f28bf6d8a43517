//! OSM PBF (fileformat.proto and osmformat.proto of the OSM-binary project): everything that was read, dense nodes, zlib.

mod block;

use crate::error::Result;
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::osm::{Bounds, Element, Kind, Osm};
use crate::provenance::Provenance;
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use crate::wire::protobuf::{Message, zigzag};
use crate::wire::{date, deflate};
use block::Block;

/// The family.
pub const FORMATS: &[Format] = &[OSM_PBF];

const OSM_PBF: Format = Format {
    id: "osm-pbf",
    aliases: &["pbf"],
    title: "OSM PBF",
    family: "OSM PBF",
    version: "",
    extension: "osm.pbf",
    mime: "application/vnd.openstreetmap.data+pbf",
    tier: Tier::Free,
    topics: &[Topic::Gis],
    about: "The OpenStreetMap data themselves, compact: nodes, ways and relations with all tags and members, nothing cut or left out.",
    for_whom: "Developers of routers, tile servers and search, researchers, mappers",
    kept: "Every node, way and relation with its id, tags, members and roles; the box and date of the data",
    lost: "Layers and assembled areas; versions, authors and dates of single objects, which are not read",
    programs: &[
        "osmium",
        "JOSM",
        "QGIS",
        "GDAL",
        "osm2pgsql",
        "Planetiler",
        "tilemaker",
        "OSRM",
        "Valhalla",
        "GraphHopper",
        "OpenTripPlanner",
        "BRouter",
        "Nominatim",
        "Pyrosm",
        "Osmosis",
        "imposm",
    ],
    specification: "https://wiki.openstreetmap.org/wiki/PBF_Format",
    credit: Credit::Inside("`source` of the header"),
    provenance: Some("an optional feature of the header"),
    size: Size::Input,
    memory: Memory::Stream,
    options: &[],
    write: Write::Osm(write),
};

/// Most elements of a block, as the format's page advises.
const ELEMENTS: usize = 8000;
/// A block is closed once it holds this many bytes; the format allows 32 MiB and advises 16.
const BYTES: usize = 8 << 20;

fn write(osm: &Osm, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    blob(sink, "OSMHeader", &header(osm, job.provenance).bytes, false)?;
    let counts =
        [(Kind::Node, osm.nodes.id.len()), (Kind::Way, osm.ways.id.len()), (Kind::Relation, osm.relations.id.len())];
    let total = counts.iter().map(|(_, count)| *count as u64).sum();
    let mut done = 0;
    for (kind, count) in counts {
        let mut block = Block::new(osm, kind);
        for index in 0..count as u32 {
            if done % 1000 == 0 {
                watch.at(Stage::Write, done, total)?;
            }
            done += 1;
            block.push(Element { kind, index });
            if block.count >= ELEMENTS || block.size() >= BYTES {
                blob(sink, "OSMData", &block.finish().bytes, true)?;
                block = Block::new(osm, kind);
            }
        }
        if block.count > 0 {
            blob(sink, "OSMData", &block.finish().bytes, true)?;
        }
    }
    if !osm.centers.is_empty() {
        let count = osm.centers.len() as u64;
        let message = format!("{count} objects came with a centre and no geometry; PBF has no place for centres.");
        job.notes.say("centers", count, message);
    }
    Ok(())
}

/// Box, features, terms, date, and how it was made.
fn header(osm: &Osm, provenance: &Provenance) -> Message {
    let mut header = Message::default();
    if let Some(Bounds { west, south, east, north }) = osm.bounds {
        let mut sides = Message::default();
        for (field, side) in [(1, west), (2, east), (3, north), (4, south)] {
            sides.number(field, zigzag(i64::from(side) * 100));
        }
        header.part(1, &sides);
    }
    header.bytes(4, b"OsmSchema-V0.6").bytes(4, b"DenseNodes");
    // Ids below zero, which readers sort by different rules, stand for points that came without one.
    if osm.nodes.id.first().is_none_or(|id| *id >= 0) {
        header.bytes(5, b"Sort.Type_then_ID");
    }
    // Features are words for whoever knows them, such as `timestamp=…` of Osmosis.
    header.bytes(5, provenance.text().as_bytes());
    header.bytes(16, b"mapwright").bytes(17, crate::osm::ATTRIBUTION.as_bytes());
    if let Some(seconds) = date::seconds(&osm.timestamp) {
        header.number(32, seconds);
    }
    header
}

/// Appends a blob with its header; the first one stays readable, so that the terms are.
fn blob(sink: &mut dyn Sink, kind: &str, data: &[u8], packed: bool) -> Result<()> {
    let mut blob = Message::default();
    if packed {
        blob.number(2, data.len() as u64).bytes(3, &deflate::zlib(data)?);
    } else {
        blob.bytes(1, data);
    }
    let mut header = Message::default();
    header.bytes(1, kind.as_bytes()).number(3, blob.bytes.len() as u64);
    sink.put(&(header.bytes.len() as u32).to_be_bytes())?;
    sink.put(&header.bytes)?;
    sink.put(&blob.bytes)
}
