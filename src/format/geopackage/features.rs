//! The tables of features: rows, R-trees, what keeps both in step, and what other tables say of them.

use super::tables::{COLUMNS, CONTENTS, COUNTS, EXTENSIONS, GEOMETRY};
use crate::error::Result;
use crate::format::Settings;
use crate::format::{database, terms};
use crate::styled::StyledLayer;
use crate::table::shape::union;
use crate::table::{ColumnKind, Dialect, about, wkb};
use crate::watch::{Stage, Watch};
use crate::wire::number::real;
use crate::wire::sqlite::{self, Database, TableId, Value};

/// The columns that every table of features begins with.
const ID: &str = "fid";
const GEOM: &str = "geom";
/// Where extensions are defined.
const SCHEMA: &str = "http://www.geopackage.org/spec121/#extension_schema";
const RTREE: &str = "http://www.geopackage.org/spec121/#extension_rtree";
const METADATA: &str = "http://www.geopackage.org/spec121/#extension_metadata";

/// Writes layers one after the other, and a row in each of the other tables.
pub struct Layers {
    contents: TableId,
    geometry: TableId,
    columns: TableId,
    extensions: TableId,
    counts: TableId,
    styles: Option<TableId>,
}

impl Layers {
    /// Begins the tables.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn new(database: &mut Database, settings: &Settings) -> Result<Self> {
        let extensions = database.table(&EXTENSIONS)?;
        for (table, name, definition) in [
            ("gpkg_metadata", "gpkg_metadata", METADATA),
            ("gpkg_metadata_reference", "gpkg_metadata", METADATA),
            ("gpkg_data_columns", "gpkg_schema", SCHEMA),
        ] {
            let words = [name, definition, "read-write"].map(Value::Text);
            database.insert(extensions, &[[Value::Text(table), Value::Null].as_slice(), &words].concat())?;
        }
        let styles = if settings.flag("styles") { Some(database::styles(database)?) } else { None };
        Ok(Self {
            contents: database.table(&CONTENTS)?,
            geometry: database.table(&GEOMETRY)?,
            columns: database.table(&COLUMNS)?,
            extensions,
            counts: database.table(&COUNTS)?,
            styles,
        })
    }

    /// Writes a layer.
    ///
    /// # Errors
    /// [`crate::error::Error::Cancelled`], those of the sink.
    pub fn layer(&mut self, database: &mut Database, layer: &StyledLayer, watch: &mut Watch) -> Result<()> {
        let table = layer.table;
        let digits = table.digits();
        let kind = table.kind();
        let columns = database::columns(table, ID, (GEOM, kind.word()), "INTEGER");
        let id = database.table(&sqlite::Table { name: &table.name, columns: &columns, rules: &[] })?;
        let tree = database.rtree(&format!("rtree_{}_{GEOM}", table.name), &["id", "minx", "maxx", "miny", "maxy"])?;
        let srs = i32::from(table.features.crs.epsg);
        let mut bounds: Option<[i64; 4]> = None;
        let rows = table.rows.len();
        for row in 0..rows {
            if row % 1000 == 0 {
                watch.at(Stage::Write, row as u64, rows as u64)?;
            }
            let shape = table.shape(row, digits).unwrap_or_default();
            let geometry = wkb(&shape, digits, Dialect::GeoPackage(srs), kind == kind.multi());
            let fid = database.insert(id, &database::values(table, row, &geometry))?;
            let own = shape.bounds();
            if let Some(own) = own {
                let [west, south, east, north] = own.map(|side| real(side, digits));
                database.bound(tree, fid, [west, east, south, north])?;
            }
            bounds = union(bounds, own);
        }
        let bounds = bounds.map(|sides| sides.map(|side| real(side, digits)));
        self.describe(database, layer, (kind.word(), bounds))?;
        keep_in_step(database, &table.name)
    }

    /// What other tables say of a layer.
    fn describe(
        &self,
        database: &mut Database,
        layer: &StyledLayer,
        (kind, bounds): (&str, Option<[f64; 4]>),
    ) -> Result<()> {
        let table = layer.table;
        let name = Value::Text(&table.name);
        let srs = Value::Int(table.features.crs.epsg.into());
        let changed = database::dated(&table.features.map.osm.timestamp);
        let side = |at: usize| bounds.and_then(|bounds| bounds.get(at).copied()).map_or(Value::Null, Value::Real);
        let sides = [side(0), side(1), side(2), side(3)];
        let about_it = terms::about(table.features);
        let words = [name, Value::Text("features"), name, Value::Text(&about_it), Value::Text(&changed)];
        database.insert(self.contents, &[words.as_slice(), &sides, &[srs]].concat())?;
        let (no, geom) = (Value::Int(0), Value::Text(GEOM));
        database.insert(self.geometry, &[name, geom, Value::Text(kind), srs, no, no])?;
        let words = [Value::Text("gpkg_rtree_index"), Value::Text(RTREE), Value::Text("write-only")];
        database.insert(self.extensions, &[[name, geom].as_slice(), &words].concat())?;
        database.insert(self.counts, &[name, Value::Int(table.rows.len() as i64)])?;
        for column in &table.columns {
            let words = [name, Value::Text(&column.name), Value::Text(&column.name), Value::Text(&column.name)];
            let about = about(column);
            let mime = if column.kind == ColumnKind::Json { Value::Text("application/json") } else { Value::Null };
            database.insert(self.columns, &[words.as_slice(), &[Value::Text(&about), mime, Value::Null]].concat())?;
        }
        match self.styles {
            Some(styles) => database::put_style(database, styles, layer, GEOM),
            None => Ok(()),
        }
    }
}

/// What changes the R-tree (annex F.3) and the count when somebody edits a table.
fn keep_in_step(database: &mut Database, table: &str) -> Result<()> {
    let tree = format!("rtree_{table}_{GEOM}");
    let sides = |row: &str| {
        format!(
            "{row}.\"{ID}\", ST_MinX({row}.\"{GEOM}\"), ST_MaxX({row}.\"{GEOM}\"), ST_MinY({row}.\"{GEOM}\"), ST_MaxY({row}.\"{GEOM}\")"
        )
    };
    let some = format!("NEW.\"{GEOM}\" NOT NULL AND NOT ST_IsEmpty(NEW.\"{GEOM}\")");
    let none = format!("(NEW.\"{GEOM}\" ISNULL OR ST_IsEmpty(NEW.\"{GEOM}\"))");
    let fill = format!("INSERT OR REPLACE INTO \"{tree}\" VALUES ({});", sides("NEW"));
    let clear = |row: &str| format!("DELETE FROM \"{tree}\" WHERE id = {row}.\"{ID}\";");
    let same = format!("OLD.\"{ID}\" = NEW.\"{ID}\"");
    let other = format!("OLD.\"{ID}\" != NEW.\"{ID}\"");
    let both = format!("DELETE FROM \"{tree}\" WHERE id IN (OLD.\"{ID}\", NEW.\"{ID}\");");
    let count = |step: &str| {
        format!(
            "UPDATE gpkg_ogr_contents SET feature_count = feature_count {step} 1 WHERE lower(table_name) = lower('{table}');"
        )
    };
    let triggers = [
        (format!("{tree}_insert"), format!("AFTER INSERT ON \"{table}\" WHEN ({some}) BEGIN {fill} END")),
        (
            format!("{tree}_update1"),
            format!("AFTER UPDATE OF \"{GEOM}\" ON \"{table}\" WHEN {same} AND ({some}) BEGIN {fill} END"),
        ),
        (
            format!("{tree}_update2"),
            format!("AFTER UPDATE OF \"{GEOM}\" ON \"{table}\" WHEN {same} AND {none} BEGIN {} END", clear("OLD")),
        ),
        (
            format!("{tree}_update3"),
            format!("AFTER UPDATE ON \"{table}\" WHEN {other} AND ({some}) BEGIN {} {fill} END", clear("OLD")),
        ),
        (format!("{tree}_update4"), format!("AFTER UPDATE ON \"{table}\" WHEN {other} AND {none} BEGIN {both} END")),
        (
            format!("{tree}_delete"),
            format!("AFTER DELETE ON \"{table}\" WHEN OLD.\"{GEOM}\" NOT NULL BEGIN {} END", clear("OLD")),
        ),
        (
            format!("trigger_insert_feature_count_{table}"),
            format!("AFTER INSERT ON \"{table}\" BEGIN {} END", count("+")),
        ),
        (
            format!("trigger_delete_feature_count_{table}"),
            format!("AFTER DELETE ON \"{table}\" BEGIN {} END", count("-")),
        ),
    ];
    for (name, what) in triggers {
        database.trigger(&name, table, &what)?;
    }
    Ok(())
}
