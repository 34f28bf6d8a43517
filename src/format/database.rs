//! What SQLite databases of features share: columns, values, styles.

use super::{qgis, sld};
use crate::error::Result;
use crate::map::Value as Cell;
use crate::styled::StyledLayer;
use crate::table::{ColumnKind, Table};
use crate::wire::sqlite::{self, Column, Database, TableId, Value};

/// The date of data that have none: the first that archives know.
const UNDATED: &str = "1980-01-01T00:00:00.000Z";

/// Styles, where QGIS and GeoServer look for them.
const STYLES: sqlite::Table = sqlite::Table {
    name: "layer_styles",
    columns: &[
        Column::counted("id"),
        Column::new("f_table_catalog", "TEXT(256)"),
        Column::new("f_table_schema", "TEXT(256)"),
        Column::new("f_table_name", "TEXT(256)"),
        Column::new("f_geometry_column", "TEXT(256)"),
        Column::new("styleName", "TEXT(30)"),
        Column::new("styleQML", "TEXT"),
        Column::new("styleSLD", "TEXT"),
        Column::new("useAsDefault", "BOOLEAN"),
        Column::new("description", "TEXT"),
        Column::new("owner", "TEXT(30)"),
        Column::new("ui", "TEXT(30)"),
        Column::new("update_time", "DATETIME").with("DEFAULT CURRENT_TIMESTAMP"),
    ],
    rules: &[],
};

/// The columns of a table of features: its number, its geometry, then what the table has; `whole` is what readers take for
/// numbers of 64 bits.
pub fn columns<'t>(
    table: &'t Table,
    id: &'t str,
    geometry: (&'t str, &'t str),
    whole: &'static str,
) -> Vec<Column<'t>> {
    let mut columns = vec![Column::counted(id).with("NOT NULL"), Column::new(geometry.0, geometry.1)];
    columns.extend(table.columns.iter().map(|column| {
        let kind = match column.kind {
            ColumnKind::Text | ColumnKind::Json => "TEXT",
            ColumnKind::Int => whole,
            ColumnKind::Number(_) => "REAL",
            ColumnKind::Flag => "BOOLEAN",
        };
        Column::new(&column.name, kind)
    }));
    columns
}

/// The values of a row; no bytes are no geometry.
pub fn values<'t>(table: &'t Table, row: usize, geometry: &'t [u8]) -> Vec<Value<'t>> {
    let geometry = if geometry.is_empty() { Value::Null } else { Value::Blob(geometry) };
    let cells = table.columns.iter().map(|column| match column.cell(row) {
        Cell::None => Value::Null,
        Cell::Text(text) => Value::Text(text),
        Cell::Int(whole) => Value::Int(whole),
        Cell::Number(number) => Value::Real(number),
        Cell::Flag(flag) => Value::Int(flag.into()),
    });
    [Value::Null, geometry].into_iter().chain(cells).collect()
}

/// The date of data, with milliseconds.
pub fn dated(timestamp: &str) -> String {
    match timestamp.strip_suffix('Z') {
        Some(plain) if plain.len() == 19 => format!("{plain}.000Z"),
        _ => UNDATED.to_owned(),
    }
}

/// Begins the table of styles.
///
/// # Errors
/// Those of the sink.
pub fn styles(database: &mut Database) -> Result<TableId> {
    database.table(&STYLES)
}

/// Puts the style of a layer into that table.
///
/// # Errors
/// Those of the sink.
pub fn put_style(database: &mut Database, styles: TableId, layer: &StyledLayer, geometry: &str) -> Result<()> {
    let [qml, sld] = [qgis::document(layer), sld::document(std::slice::from_ref(layer))];
    let [qml, sld] = [String::from_utf8_lossy(&qml), String::from_utf8_lossy(&sld)];
    let date = dated(&layer.table.features.map.osm.timestamp);
    let (empty, name) = (Value::Text(""), Value::Text(&layer.table.name));
    let words = [Value::Null, empty, empty, name, Value::Text(geometry), name, Value::Text(&qml), Value::Text(&sld)];
    let rest = [Value::Int(1), Value::Text("How the map looks"), Value::Text("mapwright"), Value::Null];
    database.insert(styles, &[words.as_slice(), &rest, &[Value::Text(&date)]].concat()).map(|_| ())
}
