//! GeoArrow (geoarrow.org, 0.2): one table as a file of Arrow, geometry as WKB in a column that says so, rows in an order of
//! place. What programs hold in memory as it lies there: nothing is compressed.

mod column;
mod ipc;

use crate::format::delimited::DIGITS;
use crate::format::spatial::Order;
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written, terms};
use crate::geo::projjson::projjson;
use crate::sink::Sink;
use crate::table::{Split, Table};
use crate::watch::{Stage, Watch};
use column::Leaf;
use ipc::File;
use serde_json::json;

/// The family.
pub const FORMATS: &[Format] = &[GEOARROW];

const GEOARROW: Format = Format {
    id: "geoarrow",
    aliases: &["arrow"],
    title: "GeoArrow",
    family: "GeoArrow",
    version: "",
    extension: "arrow",
    mime: "application/vnd.apache.arrow.file",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "All features as a table in columns as programs hold it in memory: opened at once, without anything to unpack.",
    for_whom: "Data scientists, developers of maps with a lot on them, engineers of data pipelines",
    kept: "Geometry to the last digit, ids, layer and class, names, typed fields, all tags as a map, the coordinate reference system",
    lost: "Layers as such: the column `layer` tells them apart; which features share a node; the look",
    programs: &[
        "PyArrow",
        "GeoPandas",
        "Polars",
        "pandas",
        "DuckDB",
        "R arrow and geoarrow",
        "Lonboard",
        "deck.gl",
        "GDAL",
        "QGIS",
        "Arrow JS",
        "Arrow.jl",
        "DataFusion",
    ],
    specification: "https://geoarrow.org/",
    credit: Credit::Inside("`attribution` of the schema's metadata"),
    provenance: Some("`mapwright` of the schema's metadata"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        DIGITS,
        COLUMNS,
        Opt::choice("tags", "All tags as", &["map", "json"]),
        Opt::int("group", "Rows in a batch, which readers load at once", 1000, 1_000_000, 20_000),
    ],
    write: Write::Table(Split::Shaped, write),
};

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let digits = job.settings.int("digits").clamp(0, 9) as u32;
    let Some(table) = tables.first() else { return Ok(()) };
    let order = Order::new(table, digits, watch)?;
    let leaves = Leaf::all(table, job.settings.text("tags") == "json");
    let extension = json!({"crs": crs(table).0, "crs_type": crs(table).1}).to_string();
    let fields = leaves.iter().map(|leaf| leaf.field(&extension)).collect();
    let mut file = File::new(fields, terms::pairs(table.features, job), sink)?;
    let group = usize::try_from(job.settings.int("group")).unwrap_or(1).max(1);
    let rows = order.items.len() as u64;
    for (number, items) in order.items.chunks(group).enumerate() {
        let mut batch = ipc::Batch::new(items.len());
        for (step, leaf) in leaves.iter().enumerate() {
            let done = rows + (number * group) as u64 + (items.len() * step / leaves.len()) as u64;
            watch.at(Stage::Write, done, 2 * rows)?;
            leaf.write(&mut batch, table, items, digits, watch)?;
        }
        file.batch(batch, sink)?;
    }
    terms::say_empty(order.empty() as u64, job.notes);
    file.finish(sink)
}

/// The system of coordinates as the metadata of the geometry have it: whole, or its code alone. Longitude or the way east
/// always stands first.
fn crs(table: &Table) -> (serde_json::Value, &'static str) {
    let crs = &table.features.crs;
    match projjson(crs) {
        _ if crs.epsg == 4326 => ("OGC:CRS84".into(), "authority_code"),
        Some(whole) => (whole, "projjson"),
        None => (format!("EPSG:{}", crs.epsg).into(), "authority_code"),
    }
}
