//! The fields of a feature set: columns with names that geodatabases take, and their types.

use crate::format::json_cells as cells;
use crate::map::Value;
use crate::table::{Column, ColumnKind, Table};
use crate::wire::{json, number};
use serde_json::json;
use std::collections::BTreeSet;

/// The number of a feature in its set, which ArcGIS wants.
const OBJECT: &str = "OBJECTID";
/// Words that file geodatabases have for themselves.
const RESERVED: &[&str] = &[
    "add", "alter", "and", "between", "by", "column", "create", "delete", "drop", "exists", "for", "from", "group",
    "in", "insert", "into", "is", "like", "not", "null", "or", "order", "select", "set", "shape", "table", "update",
    "values", "where",
];

/// Columns as fields.
pub struct Fields(Vec<Field>);

struct Field {
    name: String,
    alias: String,
    kind: &'static str,
    /// Longest text, at least in characters.
    length: Option<usize>,
}

impl Fields {
    /// Those of a table.
    pub fn new(table: &Table) -> Self {
        let mut used = BTreeSet::from([OBJECT.to_lowercase()]);
        Self(table.columns.iter().map(|column| field(column, table.rows.len(), &mut used)).collect())
    }

    /// Appends the members `fieldAliases` and `fields`.
    pub fn describe(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\"fieldAliases\":{\"OBJECTID\":\"OBJECTID\"");
        for Field { name, alias, .. } in &self.0 {
            out.push(b',');
            cells::member(out, name, alias);
        }
        let object = json!({"name": OBJECT, "type": "esriFieldTypeOID", "alias": OBJECT});
        out.extend_from_slice(format!("}},\n\"fields\":[\n{object}").as_bytes());
        for Field { name, alias, kind, length } in &self.0 {
            let mut field = json!({"name": name, "type": kind, "alias": alias});
            if let (Some(length), Some(field)) = (length, field.as_object_mut()) {
                field.insert("length".into(), json!(length));
            }
            out.extend_from_slice(format!(",\n{field}").as_bytes());
        }
        out.extend_from_slice(b"\n],\n");
    }

    /// Appends the members of `attributes`.
    pub fn values(&self, out: &mut Vec<u8>, table: &Table, row: usize) {
        out.extend_from_slice(b"\"OBJECTID\":");
        number::integer(out, row as i64 + 1);
        for (field, column) in self.0.iter().zip(&table.columns) {
            out.push(b',');
            json::string(out, &field.name);
            out.push(b':');
            match column.cell(row) {
                Value::Flag(flag) => out.push(if flag { b'1' } else { b'0' }),
                // A field holds text, not objects.
                value => cells::value(
                    out,
                    value,
                    if column.kind == ColumnKind::Json { ColumnKind::Text } else { column.kind },
                ),
            }
        }
    }
}

fn field(column: &Column, rows: usize, used: &mut BTreeSet<String>) -> Field {
    let small = |row| !matches!(column.cell(row), Value::Int(whole) if i32::try_from(whole).is_err());
    let (kind, length) = match column.kind {
        ColumnKind::Text | ColumnKind::Json => ("esriFieldTypeString", Some(column.widest().max(1))),
        ColumnKind::Number(_) => ("esriFieldTypeDouble", None),
        ColumnKind::Flag => ("esriFieldTypeSmallInteger", None),
        // Ids of OpenStreetMap have 64 bits, whether those of this table need them or not.
        ColumnKind::Int if column.name != "osm_id" && (0..rows).all(small) => ("esriFieldTypeInteger", None),
        ColumnKind::Int => ("esriFieldTypeBigInteger", None),
    };
    Field { name: name(&column.name, used), alias: column.name.to_string(), kind, length }
}

/// A name of letters, digits and `_` that begins with a letter, has at most 64 characters and is used once.
fn name(wish: &str, used: &mut BTreeSet<String>) -> String {
    let plain: String = wish.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
    let mut stem: String = plain.chars().take(60).collect();
    if !stem.starts_with(char::is_alphabetic) {
        stem.insert_str(0, "f_");
    }
    if RESERVED.contains(&stem.to_lowercase().as_str()) {
        stem.push('_');
    }
    let mut name = stem.clone();
    let mut count = 1;
    while !used.insert(name.to_lowercase()) {
        count += 1;
        name = format!("{stem}_{count}");
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_those_of_geodatabases() {
        let mut used = BTreeSet::from(["objectid".to_owned()]);
        for (wish, expected) in [
            ("addr:street", "addr_street"),
            ("addr_street", "addr_street_2"),
            ("from", "from_"),
            ("3dmr", "f_3dmr"),
            ("ObjectId", "ObjectId_2"),
            ("название", "название"),
            ("", "f_"),
        ] {
            assert_eq!(name(wish, &mut used), expected);
        }
        assert!(name(&"x".repeat(300), &mut used).len() <= 64);
    }
}
