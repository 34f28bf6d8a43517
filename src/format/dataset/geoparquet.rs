//! GeoParquet 1.1 (geoparquet.org): one table in columns, geometry as WKB, boxes beside it, rows in an order of place.

mod column;
mod fault;
mod schema;

use crate::format::delimited::DIGITS;
use crate::format::spatial::Order;
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written, terms};
use crate::geo::projjson::projjson;
use crate::provenance::VERSION;
use crate::sink::Sink;
use crate::table::{Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::number::real;
use column::Leaf;
use fault::ours;
use parquet::basic::Compression;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// The family.
pub const FORMATS: &[Format] = &[GEOPARQUET];

const GEOPARQUET: Format = Format {
    id: "geoparquet",
    aliases: &["parquet"],
    title: "GeoParquet",
    family: "GeoParquet",
    version: "",
    extension: "parquet",
    mime: "application/vnd.apache.parquet",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "All features as a table in columns, compressed and in an order of place: what data people query without a database.",
    for_whom: "Data scientists, analysts, engineers of data lakes",
    kept: "Geometry to the last digit, ids, layer and class, names, typed fields, all tags as a map, boxes of all features, the coordinate reference system",
    lost: "Layers as such: the column `layer` tells them apart; which features share a node; the look",
    programs: &[
        "DuckDB",
        "GeoPandas",
        "pandas",
        "Polars",
        "QGIS",
        "GDAL",
        "BigQuery",
        "Snowflake",
        "Apache Sedona",
        "Spark",
        "Dask",
        "kepler.gl",
        "Lonboard",
        "ArcGIS Pro",
        "FME",
        "Overture tools",
    ],
    specification: "https://geoparquet.org/releases/v1.1.0/",
    credit: Credit::Inside("`attribution` of the file's key-value metadata"),
    provenance: Some("`mapwright` of the file's key-value metadata"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        DIGITS,
        COLUMNS,
        Opt::choice("compression", "Compression", &["snappy", "gzip", "none"]),
        Opt::choice("tags", "All tags as", &["map", "json"]),
        Opt::int("group", "Rows in a group, which readers load or pass over", 1000, 1_000_000, 50_000),
    ],
    write: Write::Table(Split::Shaped, write),
};

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let digits = job.settings.int("digits").clamp(0, 9) as u32;
    let Some(table) = tables.first() else { return Ok(()) };
    let order = Order::new(table, digits, watch)?;
    let leaves = Leaf::all(table, job.settings.text("tags") == "json");
    let schema = ours(schema::schema(&leaves))?;
    let properties = Arc::new(properties(job, metadata(table, &order, digits, job)));
    let mut file = ours(SerializedFileWriter::new(Vec::new(), Arc::new(schema), properties))?;
    let group = usize::try_from(job.settings.int("group")).unwrap_or(1).max(1);
    let rows = order.items.len() as u64;
    for (number, items) in order.items.chunks(group).enumerate() {
        let (start, steps) = (rows + (number * group) as u64, leaves.len() as u64);
        let mut writer = ours(file.next_row_group())?;
        for (step, leaf) in leaves.iter().enumerate() {
            watch.at(Stage::Write, start + items.len() as u64 * step as u64 / steps.max(1), 2 * rows)?;
            if let Some(mut column) = ours(writer.next_column())? {
                leaf.write(&mut column, table, items, digits, watch)?;
                ours(column.close())?;
            }
        }
        ours(writer.close())?;
        // The writer counts for itself where it is.
        sink.put(&std::mem::take(file.inner_mut()))?;
    }
    let rest = ours(file.into_inner())?;
    terms::say_empty(order.empty() as u64, job.notes);
    let crs = &table.features.crs;
    if crs.epsg != 4326 && projjson(crs).is_none() {
        let message = format!(
            "GeoParquet wants the whole definition of a coordinate reference system, which is not at hand for EPSG:{0}; \
             the file says that it is unknown. Set it to EPSG:{0} where you read it.",
            crs.epsg
        );
        job.notes.say("crs_unsaid", 1, message);
    }
    sink.put(&rest)
}

fn properties(job: &Job, metadata: Vec<(&str, String)>) -> WriterProperties {
    let compression = match job.settings.text("compression") {
        "gzip" => Compression::GZIP(parquet::basic::GzipLevel::default()),
        "none" => Compression::UNCOMPRESSED,
        _ => Compression::SNAPPY,
    };
    let path = |parts: &[&str]| ColumnPath::new(parts.iter().map(|part| (*part).to_owned()).collect());
    let pairs = metadata.into_iter().map(|(key, value)| KeyValue::new(key.to_owned(), value));
    let mut builder = WriterProperties::builder()
        .set_created_by(format!("mapwright version {VERSION}"))
        .set_compression(compression)
        .set_key_value_metadata(Some(pairs.collect()))
        // The least and the greatest geometry by its bytes say nothing.
        .set_column_statistics_enabled(path(&["geometry"]), EnabledStatistics::None)
        .set_column_dictionary_enabled(path(&["geometry"]), false)
        .set_column_dictionary_enabled(path(&["osm_id"]), false);
    for side in schema::SIDES {
        builder = builder.set_column_dictionary_enabled(path(&["bbox", side]), false);
    }
    builder.build()
}

/// What stands in the file beside its columns.
fn metadata(table: &Table, order: &Order, digits: u32, job: &Job) -> Vec<(&'static str, String)> {
    let mut geometry = Map::new();
    geometry.insert("encoding".into(), "WKB".into());
    let kinds: Vec<&str> = order.kinds.iter().map(|kind| kind.name()).collect();
    geometry.insert("geometry_types".into(), json!(kinds));
    let crs = &table.features.crs;
    if crs.epsg != 4326 {
        geometry.insert("crs".into(), projjson(crs).unwrap_or(Value::Null));
    }
    geometry.insert("orientation".into(), "counterclockwise".into());
    geometry.insert("edges".into(), "planar".into());
    if let Some(bounds) = order.bounds {
        geometry.insert("bbox".into(), json!(bounds.map(|value| real(value, digits))));
    }
    let sides: Map<String, Value> =
        schema::SIDES.iter().map(|side| ((*side).to_owned(), json!(["bbox", side]))).collect();
    geometry.insert("covering".into(), json!({"bbox": sides}));
    let geo = json!({"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": geometry}});
    let geo = [("geo", geo.to_string())];
    geo.into_iter().chain(terms::pairs(table.features, job)).collect()
}
