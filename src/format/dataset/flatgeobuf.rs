//! FlatGeobuf 3 (flatgeobuf.org): one layer with a packed Hilbert R-tree before the features, by which programs read from the
//! web only what they show.

mod feature;
mod tree;

use crate::error::Result;
use crate::format::delimited::DIGITS;
use crate::format::spatial::Order;
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::sink::{BATCH, Sink, spill};
use crate::table::shape::Kind;
use crate::table::{Column, ColumnKind, Filled, Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::flatbuffers::{self, Value};
use crate::wire::number::real;
use feature::feature;
use serde_json::json;
use tree::{Tree, size};

/// The family.
pub const FORMATS: &[Format] = &[FLATGEOBUF];

const FLATGEOBUF: Format = Format {
    id: "flatgeobuf",
    aliases: &["fgb"],
    title: "FlatGeobuf",
    family: "FlatGeobuf",
    version: "",
    extension: "fgb",
    mime: "application/vnd.flatgeobuf",
    tier: Tier::Pro,
    topics: &[Topic::Web, Topic::Gis],
    about: "All features in one binary layer with a spatial index: web maps and GIS read from a large file only what they show.",
    for_whom: "Web developers without a server, GIS users, data scientists",
    kept: "Geometry to the last digit, ids, layer and class, names, typed fields, all tags as JSON, the coordinate reference system; a spatial index",
    lost: "Layers as such: the column `layer` tells them apart; which features share a node; the look",
    programs: &[
        "QGIS",
        "GDAL",
        "flatgeobuf for JavaScript",
        "Leaflet",
        "OpenLayers",
        "MapLibre",
        "PostGIS",
        "GeoPandas",
        "tippecanoe",
        "GeoServer",
        "DuckDB",
        "sf for R",
    ],
    specification: "https://flatgeobuf.org/",
    credit: Credit::Inside("`description` of the header, and `attribution` of its metadata"),
    provenance: Some("`mapwright` of the metadata in the header, as text"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[DIGITS, COLUMNS],
    write: Write::Table(Split::Shaped, write),
};

/// The first bytes: version 3.0.
const MAGIC: &[u8] = b"fgb\x03fgb\x00";

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let digits = job.settings.int("digits").clamp(0, 9) as u32;
    let Some(table) = tables.first() else { return Ok(()) };
    let order = Order::new(table, digits, watch)?;
    let (columns, filled) = (&table.columns, Filled::new(table));
    let held = order.items.len() - order.empty();
    let kind = common(&order.kinds);
    sink.put(MAGIC)?;
    sink.put(&header(table, columns, &order, kind, digits, job)?)?;
    let index_at = sink.position();
    let mut left = size(held) as usize;
    while left > 0 {
        let part = left.min(BATCH);
        sink.put(&vec![0; part])?;
        left -= part;
    }
    let start = sink.position();
    let (mut out, mut leaves) = (Vec::new(), Vec::with_capacity(held));
    let rows = order.items.len() as u64;
    for (done, item) in order.items.iter().enumerate() {
        if done % 1000 == 0 {
            watch.at(Stage::Write, rows + done as u64, 2 * rows)?;
        }
        let (Some(bounds), Some(shape)) = (item.bounds, table.shape(item.row as usize, digits)) else { break };
        leaves.push((bounds.map(|value| real(value, digits)), sink.position() + out.len() as u64 - start));
        let row = item.row as usize;
        out.extend_from_slice(&feature(&shape, kind, digits, columns, filled.of(row), row)?);
        spill(&mut out, sink)?;
    }
    sink.put(&out)?;
    index(&Tree::new(leaves), index_at, sink)?;
    if order.empty() > 0 {
        let (count, message) = (order.empty() as u64, "features are smaller than the last decimal and were left out");
        job.notes.say("empty_geometry", count, format!("{count} {message}: FlatGeobuf indexes places."));
    }
    Ok(())
}

/// Writes the index where room was left for it.
fn index(tree: &Tree, at: u64, sink: &mut dyn Sink) -> Result<()> {
    let (mut out, mut at) = (Vec::new(), at);
    for node in tree.nodes() {
        out.extend_from_slice(&node);
        if out.len() >= BATCH {
            sink.patch(at, &out)?;
            at += out.len() as u64;
            out.clear();
        }
    }
    if out.is_empty() { Ok(()) } else { sink.patch(at, &out) }
}

/// The kind of all features, where one and several of a kind count as several; none where they differ.
fn common(kinds: &[Kind]) -> Option<Kind> {
    match kinds {
        [] => None,
        [single] => Some(*single),
        [first, rest @ ..] => rest.iter().all(|kind| kind.multi() == first.multi()).then(|| first.multi()),
    }
}

fn header(
    table: &Table,
    columns: &[Column],
    order: &Order,
    kind: Option<Kind>,
    digits: u32,
    job: &Job,
) -> Result<Vec<u8>> {
    let timestamp = &table.features.map.osm.timestamp;
    let (attribution, provenance) = (crate::osm::ATTRIBUTION, job.provenance.inner());
    let description = format!("{attribution}. OpenStreetMap data {timestamp}").trim_end().to_owned();
    let metadata = json!({
        "attribution": attribution,
        "license": crate::osm::LICENCE,
        "generator": "mapwright",
        "mapwright": provenance,
    })
    .to_string();
    let envelope = order.bounds.map(|bounds| bounds.map(|value| real(value, digits)));
    let fields = columns.iter().map(|column| {
        let kind = match column.kind {
            ColumnKind::Flag => 2,
            ColumnKind::Int => 7,
            ColumnKind::Number(_) => 10,
            ColumnKind::Text => 11,
            ColumnKind::Json => 12,
        };
        flatbuffers::Table::default().with(0, Value::Text(&column.name)).with(1, Value::U8(kind))
    });
    let crs =
        flatbuffers::Table::default().with(0, Value::Text("EPSG")).with(1, Value::I32(table.features.crs.epsg.into()));
    let held = order.items.len() - order.empty();
    // Rows of the table Header in header.fbs.
    let header = flatbuffers::Table::default()
        .with(0, Value::Text(&table.name))
        .maybe(1, envelope.as_ref().map(|envelope| Value::Reals(envelope)))
        .with(2, Value::U8(kind.map_or(0, |kind| kind as u8)))
        .with(7, Value::Tables(fields.collect()))
        .with(8, Value::U64(held as u64))
        .with(9, Value::U16(if held == 0 { 0 } else { tree::NODE as u16 }))
        .with(10, Value::Table(crs))
        .with(11, Value::Text(job.request.page.furniture.title.as_deref().unwrap_or("map")))
        .with(12, Value::Text(&description))
        .with(13, Value::Text(&metadata));
    flatbuffers::sized(&header)
}
