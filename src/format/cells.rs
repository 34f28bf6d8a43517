//! Rows of tables as text: what formats share that write values one by one.

use crate::map::Value;
use crate::table::{Column, ColumnKind, Table};
use crate::wire::number;
use std::borrow::Cow;

/// A value as text, numbers with a point; none where there is none.
pub fn cell(column: &Column, row: usize) -> Option<Cow<'_, str>> {
    match (column.cell(row), column.kind) {
        (Value::None, _) => None,
        (Value::Text(text), _) => Some(text.into()),
        (Value::Int(whole), _) => Some(whole.to_string().into()),
        (Value::Number(real), ColumnKind::Number(digits)) => Some(number::text(real, digits).into()),
        (Value::Number(real), _) => Some(number::text(real, 3).into()),
        (Value::Flag(flag), _) => Some(if flag { "true" } else { "false" }.into()),
    }
}

/// The text of a row in the column of a name, where there is both.
pub fn text<'t>(table: &'t Table, name: &str, row: usize) -> Option<&'t str> {
    match column(table, name)?.cell(row) {
        Value::Text(text) => Some(text),
        _ => None,
    }
}

/// The number of a row in the column of a name, where there is both.
pub fn number(table: &Table, name: &str, row: usize) -> Option<f64> {
    match column(table, name)?.cell(row) {
        Value::Number(real) => Some(real),
        Value::Int(whole) => Some(whole as f64),
        _ => None,
    }
}

/// The column of a name.
pub fn column<'t>(table: &'t Table, name: &str) -> Option<&'t Column> {
    table.columns.iter().find(|column| column.name == name)
}

/// What people call a row: its name, the number of a house, the number of a road.
pub fn title<'t>(table: &'t Table, row: usize) -> Option<&'t str> {
    ["name", "number", "ref"].into_iter().find_map(|name| text(table, name, row))
}

/// The tags of a row, in their order.
pub fn tags<'t>(table: &'t Table, row: usize) -> impl Iterator<Item = (&'t str, &'t str)> + use<'t> {
    let osm = &table.features.map.osm;
    let tags = table.feature(row).map_or(&[][..], |feature| osm.tags(feature.element));
    tags.iter().map(|&(key, value)| (osm.strings.get(key), osm.strings.get(value)))
}

/// The tags of a row for people, `key=value` a line.
pub fn tag_lines(table: &Table, row: usize) -> String {
    let lines: Vec<String> = tags(table, row).map(|(key, value)| format!("{key}={value}")).collect();
    lines.join("\n")
}

/// The names of a table's columns in ASCII letters, figures and low lines, a letter or low line first, at most `most` bytes
/// long, each once whatever the case, and none of them `taken`.
pub fn names(table: &Table, most: usize, taken: &[&str]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(table.columns.len());
    for column in &table.columns {
        let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        let mut first: String = column.name.chars().map(plain).collect();
        if first.starts_with(|c: char| c.is_ascii_digit()) || first.is_empty() {
            first.insert(0, '_');
        }
        first.truncate(most);
        let mut name = first.clone();
        let known = |name: &str| {
            let same = |other: &&str| other.eq_ignore_ascii_case(name);
            taken.iter().any(same) || names.iter().map(String::as_str).any(|other| same(&other))
        };
        let mut number = 2;
        while known(&name) {
            let ending = format!("_{number}");
            name = first.chars().take(most.saturating_sub(ending.len())).collect::<String>() + &ending;
            number += 1;
        }
        names.push(name);
    }
    names
}

/// The column of ids, which outgrow 32 bits in some tables and in others not yet.
const ID: &str = "osm_id";

/// Whether every number of a column fits into 32 bits with a sign; ids never count as such.
pub fn is_small(column: &Column, rows: usize) -> bool {
    column.name != ID
        && (0..rows).all(|row| match column.cell(row) {
            Value::Int(whole) => i32::try_from(whole).is_ok(),
            _ => true,
        })
}
