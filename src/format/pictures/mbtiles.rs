//! MBTiles 1.3 with pictures: all zooms in an SQLite database.

use crate::format::mbtiles::{APPLICATION, METADATA, TILES};
use crate::format::pixels::tileset::{KEPT, LOST, OPTIONS, Tile, Tileset};
use crate::format::{Credit, Format, Job, Memory, Products, Size, Tier, Topic, Write, Written};
use crate::osm::{ATTRIBUTION, COPYRIGHT};
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::sqlite::{Database, Value};

/// The family.
pub const FORMATS: &[Format] = &[MBTILES];

const MBTILES: Format = Format {
    id: "mbtiles",
    aliases: &["mbtiles-raster"],
    title: "MBTiles (pictures)",
    family: "MBTiles (pictures)",
    version: "",
    extension: "mbtiles",
    mime: "application/vnd.sqlite3",
    tier: Tier::Pro,
    topics: &[Topic::Gps, Topic::Web, Topic::Gis, Topic::Pictures],
    about: "Picture tiles of all zooms in one SQLite database, as offline maps of phones and tile servers take them.",
    for_whom: "Hikers, sailors, pilots and drivers with offline maps, operators of tile servers, GIS users",
    kept: KEPT,
    lost: LOST,
    programs: &[
        "OruxMaps",
        "Locus Map",
        "OpenCPN",
        "ATAK",
        "ForeFlight",
        "Guru Maps",
        "QGIS",
        "GDAL",
        "TileServer GL",
        "mbtileserver",
    ],
    specification: "https://github.com/mapbox/mbtiles-spec/blob/master/1.3/spec.md",
    credit: Credit::Inside("`attribution` of the table `metadata`"),
    provenance: Some("`mapwright` of the table `metadata`"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: OPTIONS,
    write: Write::Several("Pixels", write),
};

fn write(products: &mut dyn Products, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let set = Tileset::new(products.shown(), job)?;
    let mut database = Database::new(sink)?;
    database.application_id = APPLICATION;
    let metadata = database.table(&METADATA)?;
    database.index(metadata, "metadata_name", &["name"], true)?;
    for (name, value) in words(&set, job) {
        database.insert(metadata, &[Value::Text(name), Value::Text(&value)])?;
    }
    database.close(metadata, watch)?;
    let table = database.table(&TILES)?;
    database.index(table, "tile_index", &["zoom_level", "tile_column", "tile_row"], true)?;
    watch.part(0.0..0.98, |watch| {
        set.each(products, job, watch, &mut |tile: &Tile| {
            // Rows are counted from the south.
            let row = (1_i64 << tile.z) - 1 - i64::from(tile.y);
            let [zoom, column, row] = [tile.z.into(), tile.x.into(), row].map(Value::Int);
            database.insert(table, &[zoom, column, row, Value::Blob(&tile.bytes)]).map(|_| ())
        })
    })?;
    watch.part(0.98..1.0, |watch| database.finish(watch))
}

/// The rows of the metadata (§Metadata of the specification).
fn words(set: &Tileset, job: &Job) -> Vec<(&'static str, String)> {
    let joined = |numbers: &[f64]| numbers.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
    vec![
        ("name", title(job)),
        ("format", if set.jpg { "jpg" } else { "png" }.into()),
        ("type", "baselayer".into()),
        ("version", "1".into()),
        ("description", "OpenStreetMap data".into()),
        ("attribution", format!("<a href=\"{COPYRIGHT}\">{ATTRIBUTION}</a>")),
        ("minzoom", set.zooms.start().to_string()),
        ("maxzoom", set.zooms.end().to_string()),
        ("bounds", joined(&set.flat())),
        ("center", format!("{},{}", joined(&set.middle()), set.zooms.start())),
        ("mapwright", job.provenance.text()),
    ]
}

/// What the map is called.
pub fn title(job: &Job) -> String {
    job.request.page.furniture.title.clone().filter(|title| !title.trim().is_empty()).unwrap_or_else(|| "map".into())
}
