//! MBTiles 1.3 with vector tiles: all zooms in an SQLite database, each tile in gzip.

use crate::error::Result;
use crate::format::mbtiles::{APPLICATION, METADATA, TILES};
use crate::format::tileset::{KEPT, LOST, OPTIONS, Tileset};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::sink::Sink;
use crate::tiles::{Tile, Tiles};
use crate::watch::Watch;
use crate::wire::deflate::Gzip;
use crate::wire::sqlite::{Database, Value};
use serde_json::json;

/// The family.
pub const FORMATS: &[Format] = &[MBTILES];

const MBTILES: Format = Format {
    id: "mbtiles-vector",
    aliases: &[],
    title: "MBTiles (vector)",
    family: "MBTiles (vector)",
    version: "",
    extension: "mbtiles",
    mime: "application/vnd.sqlite3",
    tier: Tier::Pro,
    topics: &[Topic::Web, Topic::Gis, Topic::Gps],
    about: "Vector tiles of all zooms in one SQLite database, as tile servers and offline maps take them.",
    for_whom: "Operators of tile servers, developers of apps with offline maps, GIS users",
    kept: KEPT,
    lost: LOST,
    programs: &[
        "TileServer GL",
        "martin",
        "mbtileserver",
        "MapTiler",
        "QGIS",
        "GDAL",
        "Maputnik",
        "tippecanoe",
        "OpenMapTiles",
        "SQLite",
    ],
    specification: "https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md",
    credit: Credit::Inside("`attribution` of the table `metadata`"),
    provenance: Some("`mapwright` of the table `metadata`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: OPTIONS,
    write: Write::Tiles(write),
};

/// How often a map was published before: it is always the first time.
const VERSION: &str = "1";

/// The part of the progress that cutting takes; sorting the index takes the rest.
const CUT: f64 = 0.98;

fn write(tiles: &Tiles, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let set = Tileset::new(tiles, job);
    let mut database = Database::new(sink)?;
    database.application_id = APPLICATION;
    let metadata = database.table(&METADATA)?;
    database.index(metadata, "metadata_name", &["name"], true)?;
    for (name, value) in words(&set, job) {
        database.insert(metadata, &[Value::Text(&name), Value::Text(&value)])?;
    }
    database.close(metadata, watch)?;
    let table = database.table(&TILES)?;
    database.index(table, "tile_index", &["zoom_level", "tile_column", "tile_row"], true)?;
    let place = |tile: &Tile| (tile.x, tile.y);
    let insert = |tile: &Tile| {
        // Rows are counted from the south.
        let row = (1_i64 << tile.z) - 1 - i64::from(tile.y);
        let [zoom, column, row] = [tile.z.into(), tile.x.into(), row].map(Value::Int);
        database.insert(table, &[zoom, column, row, Value::Blob(&packed(&tile.bytes)?)]).map(|_| ())
    };
    watch.part(0.0..CUT, |watch| set.each(watch, place, insert))?;
    watch.part(CUT..1.0, |watch| database.finish(watch))
}

/// The rows of the metadata (§Metadata of the specification).
fn words(set: &Tileset, job: &Job) -> Vec<(String, String)> {
    let joined = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
    let metadata = set.metadata(job);
    let words = metadata.as_object().into_iter().flatten();
    let mut rows: Vec<(String, String)> =
        words.filter_map(|(name, text)| Some((name.clone(), text.as_str()?.to_owned()))).collect();
    let [longitude, latitude] = set.middle;
    rows.extend(
        [
            ("format", "pbf".to_owned()),
            ("version", VERSION.to_owned()),
            ("minzoom", set.zooms.start().to_string()),
            ("maxzoom", set.zooms.end().to_string()),
            ("bounds", joined(&set.flat_bounds())),
            ("center", format!("{},{}", joined(&[longitude, latitude]), set.first_zoom)),
            ("json", json!({"vector_layers": metadata.get("vector_layers")}).to_string()),
            ("mapwright", job.provenance.text()),
        ]
        .map(|(name, text)| (name.to_owned(), text)),
    );
    rows
}

fn packed(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len() / 2);
    let mut gzip = Gzip::new(&mut out);
    gzip.put(bytes)?;
    gzip.finish()?;
    Ok(out)
}
