//! GeoPackage 1.3 with picture tiles (OGC 12-128r18 §2.2): a matrix for every zoom, all of the world square of Web Mercator.

use super::mbtiles::title;
use crate::error::Result;
use crate::format::database::dated;
use crate::format::geopackage::tables::{CONTENTS, METADATA, REFERENCES, systems};
use crate::format::geopackage::{APPLICATION, VERSION};
use crate::format::pixels::tileset::{HALF, KEPT, LOST, OPTIONS, Tile, Tileset};
use crate::format::{Credit, Format, Job, Memory, Products, Size, Tier, Topic, Write, Written};
use crate::geo::crs::Crs;
use crate::osm::{ATTRIBUTION, LICENCE};
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::sqlite::{Column, Database, Rule, Table, Value};

/// The family.
pub const FORMATS: &[Format] = &[GPKG];

const GPKG: Format = Format {
    id: "gpkg-raster",
    aliases: &["gpkg-tiles", "geopackage-raster"],
    title: "GeoPackage (pictures)",
    family: "GeoPackage (pictures)",
    version: "",
    extension: "gpkg",
    mime: "application/geopackage+sqlite3",
    tier: Tier::Pro,
    topics: &[Topic::Gis, Topic::Gps, Topic::Pictures],
    about: "Picture tiles of all zooms in one GeoPackage, the file of GIS that phones in the field read, too.",
    for_whom: "GIS users, surveyors, field teams, emergency services",
    kept: KEPT,
    lost: LOST,
    programs: &[
        "QGIS",
        "QField",
        "Mergin Maps",
        "ArcGIS",
        "GDAL",
        "GeoServer",
        "ATAK",
        "Global Mapper",
        "Esri Field Maps",
    ],
    specification: "https://www.geopackage.org/spec131/#tiles",
    credit: Credit::Inside("`description` of `gpkg_contents`, and `gpkg_metadata`"),
    provenance: Some("`gpkg_metadata`"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: OPTIONS,
    write: Write::Several("Pixels", write),
};

/// The table of the tiles.
const NAME: &str = "map";
const MERCATOR: i64 = 3857;
/// Whose words the metadata are.
const OWN: &str = "urn:mapwright:provenance";

const WHOLE: &str = "NOT NULL";
const SET: Table = Table {
    name: "gpkg_tile_matrix_set",
    columns: &[
        Column::new("table_name", "TEXT").with(WHOLE),
        Column::new("srs_id", "INTEGER").with(WHOLE),
        Column::new("min_x", "DOUBLE").with(WHOLE),
        Column::new("min_y", "DOUBLE").with(WHOLE),
        Column::new("max_x", "DOUBLE").with(WHOLE),
        Column::new("max_y", "DOUBLE").with(WHOLE),
    ],
    rules: &[
        Rule::Primary(&["table_name"]),
        Rule::Sql("CONSTRAINT fk_gtms_table_name FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name)"),
        Rule::Sql("CONSTRAINT fk_gtms_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)"),
    ],
};
const MATRIX: Table = Table {
    name: "gpkg_tile_matrix",
    columns: &[
        Column::new("table_name", "TEXT").with(WHOLE),
        Column::new("zoom_level", "INTEGER").with(WHOLE),
        Column::new("matrix_width", "INTEGER").with(WHOLE),
        Column::new("matrix_height", "INTEGER").with(WHOLE),
        Column::new("tile_width", "INTEGER").with(WHOLE),
        Column::new("tile_height", "INTEGER").with(WHOLE),
        Column::new("pixel_x_size", "DOUBLE").with(WHOLE),
        Column::new("pixel_y_size", "DOUBLE").with(WHOLE),
    ],
    rules: &[
        Rule::Primary(&["table_name", "zoom_level"]),
        Rule::Sql("CONSTRAINT fk_tmm_table_name FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name)"),
    ],
};
const TILES: Table = Table {
    name: NAME,
    columns: &[
        Column::counted("id"),
        Column::new("zoom_level", "INTEGER").with(WHOLE),
        Column::new("tile_column", "INTEGER").with(WHOLE),
        Column::new("tile_row", "INTEGER").with(WHOLE),
        Column::new("tile_data", "BLOB").with(WHOLE),
    ],
    rules: &[Rule::Unique(&["zoom_level", "tile_column", "tile_row"])],
};

fn write(products: &mut dyn Products, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let set = Tileset::new(products.shown(), job)?;
    let date = dated(&products.osm(&mut crate::note::Notes::default()).timestamp);
    let mut database = Database::new(sink)?;
    database.application_id = APPLICATION;
    database.user_version = VERSION;
    said(&mut database, &date, job, watch)?;
    systems(&mut database, Some(3857), watch)?;
    contents(&mut database, &set, &date, job, watch)?;
    let table = database.table(&TILES)?;
    watch.part(0.0..0.98, |watch| {
        set.each(products, job, watch, &mut |tile: &Tile| {
            let [zoom, column, row] = [tile.z.into(), tile.x.into(), tile.y.into()].map(Value::Int);
            database.insert(table, &[Value::Null, zoom, column, row, Value::Blob(&tile.bytes)]).map(|_| ())
        })
    })?;
    watch.part(0.98..1.0, |watch| database.finish(watch))
}

/// How it was made, first, so that it stands where the file begins.
fn said(database: &mut Database, date: &str, job: &Job, watch: &mut Watch) -> Result<()> {
    let metadata = database.table(&METADATA)?;
    let own = job.provenance.text();
    let words =
        [Value::Null, Value::Text("dataset"), Value::Text(OWN), Value::Text("application/json"), Value::Text(&own)];
    database.insert(metadata, &words)?;
    database.close(metadata, watch)?;
    let references = database.table(&REFERENCES)?;
    let none = Value::Null;
    let row = [Value::Text("geopackage"), none, none, none, Value::Text(date), Value::Int(1), none];
    database.insert(references, &row)?;
    database.close(references, watch)
}

/// What lies in the file, and its matrices.
fn contents(database: &mut Database, set: &Tileset, date: &str, job: &Job, watch: &mut Watch) -> Result<()> {
    let [west, south, east, north] = set.flat();
    let crs = Crs::web_mercator();
    let (a, b) = (crs.project([west, south])?, crs.project([east, north])?);
    let table = database.table(&CONTENTS)?;
    let (name, mercator) = (Value::Text(NAME), Value::Int(MERCATOR));
    let (title, about) = (title(job), format!("{ATTRIBUTION}, {LICENCE}"));
    let words = [name, Value::Text("tiles"), Value::Text(&title), Value::Text(&about), Value::Text(date)];
    database.insert(table, &[words.as_slice(), &[a[0], a[1], b[0], b[1]].map(Value::Real), &[mercator]].concat())?;
    database.close(table, watch)?;
    let table = database.table(&SET)?;
    database.insert(table, &[[name, mercator].as_slice(), &[-HALF, -HALF, HALF, HALF].map(Value::Real)].concat())?;
    database.close(table, watch)?;
    let table = database.table(&MATRIX)?;
    for zoom in set.zooms.clone() {
        let count = Value::Int(1 << zoom);
        let side = Value::Int(set.side.into());
        let pixel = Value::Real(2.0 * HALF / f64::from(set.side) / libm::exp2(f64::from(zoom)));
        database.insert(table, &[name, Value::Int(zoom.into()), count, count, side, side, pixel, pixel])?;
    }
    database.close(table, watch)
}
