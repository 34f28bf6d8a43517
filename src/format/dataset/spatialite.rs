//! SpatiaLite databases (<https://www.gaia-gis.it/gaia-sins/spatialite-cookbook/html/metadata.html>, metadata of version 4):
//! a table for every layer and kind of geometry, with spatial indexes and styles.

mod tables;

use crate::error::Result;
use crate::format::{
    COLUMNS, Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written, database, sea, terms,
};
use crate::osm::ATTRIBUTION;
use crate::sink::Sink;
use crate::styled::{StyledLayer, StyledLayers};
use crate::table::{Dialect, wkb};
use crate::watch::{Stage, Watch};
use crate::wire::number::real;
use crate::wire::sqlite::{Database, Table, Value};

/// The family.
pub const FORMATS: &[Format] = &[SPATIALITE];

const SPATIALITE: Format = Format {
    id: "spatialite",
    aliases: &[],
    title: "SpatiaLite",
    family: "SpatiaLite",
    version: "",
    extension: "sqlite",
    mime: "application/vnd.sqlite3",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "An SQLite database with geometry and spatial indexes, which answers spatial questions in SQL without a server.",
    for_whom: "Analysts who work in SQL, users of QGIS, developers of desktop and mobile programs",
    kept: "Geometry to the last digit, ids, class, names, typed fields, all tags as JSON, colours and labels for QGIS",
    lost: "Which features share a node, relations that are no area, route or boundary",
    programs: &["SpatiaLite", "spatialite_gui", "QGIS", "GDAL", "GeoPandas", "Datasette", "GRASS GIS", "SQLite"],
    specification: "https://www.gaia-gis.it/gaia-sins/",
    credit: Credit::Inside("the table `mapwright`"),
    provenance: Some("the table `mapwright`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        COLUMNS,
        sea(true),
        Opt::flag("styles", "Styles for QGIS and GeoServer in the table layer_styles", true),
    ],
    write: Write::Styled(write),
};

/// The columns that every table begins with.
const ID: &str = "pk_uid";
const GEOMETRY: &str = "geometry";
/// The part of the progress that rows take; indexes take the rest.
const ROWS: f64 = 0.9;

fn write(layers: &StyledLayers, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let drawn = layers.drawn();
    let mut database = Database::new(sink)?;
    let words = database.table(&tables::WORDS)?;
    let features = layers.tables.first().map(|table| table.features);
    let about = features.map(terms::about).unwrap_or_default();
    let date = features.map_or("", |features| &features.map.osm.timestamp);
    let rows = [
        ("attribution", ATTRIBUTION),
        ("license", crate::osm::LICENCE),
        ("description", &about),
        ("date", date),
        ("mapwright", &job.provenance.text()),
    ];
    for (name, text) in rows {
        database.insert(words, &[Value::Text(name), Value::Text(text)])?;
    }
    database.close(words, watch)?;
    tables::systems(&mut database, layers, watch)?;
    let columns = database.table(&tables::COLUMNS)?;
    tables::EMPTY.iter().try_for_each(|table| database.table(table).map(|_| ()))?;
    // What answers questions about places by the index.
    database.virtual_table("SpatialIndex", "VirtualSpatialIndex()")?;
    let styles = if job.settings.flag("styles") { Some(database::styles(&mut database)?) } else { None };
    watch.part(0.0..ROWS, |watch| {
        let count = drawn.len() as f64;
        for (row, layer) in drawn.iter().enumerate() {
            watch.part(row as f64 / count..(row + 1) as f64 / count, |watch| rows_of(&mut database, layer, watch))?;
            let table = layer.table;
            let [kind, srid] = [i64::from(table.kind() as u8), table.features.crs.epsg.into()].map(Value::Int);
            let [name, geometry] = [&table.name, GEOMETRY].map(Value::Text);
            database.insert(columns, &[name, geometry, kind, Value::Int(2), srid, Value::Int(1)])?;
            if let Some(styles) = styles {
                database::put_style(&mut database, styles, layer, GEOMETRY)?;
            }
        }
        Ok(())
    })?;
    watch.part(ROWS..1.0, |watch| database.finish(watch))
}

/// The rows of a layer, its index, and what keeps that in step.
fn rows_of(database: &mut Database, layer: &StyledLayer, watch: &mut Watch) -> Result<()> {
    let table = layer.table;
    let (digits, kind) = (table.digits(), table.kind());
    let columns = database::columns(table, ID, (GEOMETRY, kind.word()), "BIGINT");
    let id = database.table(&Table { name: &table.name, columns: &columns, rules: &[] })?;
    let index = format!("idx_{}_{GEOMETRY}", table.name);
    let tree = database.rtree(&index, &["pkid", "xmin", "xmax", "ymin", "ymax"])?;
    let srid = table.features.crs.epsg.into();
    let rows = table.rows.len();
    for row in 0..rows {
        if row % 1000 == 0 {
            watch.at(Stage::Write, row as u64, rows as u64)?;
        }
        let shape = table.shape(row, digits).unwrap_or_default();
        let blob = wkb(&shape, digits, Dialect::SpatiaLite(srid), kind == kind.multi());
        let rowid = database.insert(id, &database::values(table, row, &blob))?;
        if let Some(bounds) = shape.bounds() {
            let [west, south, east, north] = bounds.map(|side| real(side, digits));
            database.bound(tree, rowid, [west, east, south, north])?;
        }
    }
    tables::triggers(database, &table.name, GEOMETRY)
}
