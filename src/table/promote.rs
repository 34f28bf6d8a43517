//! Tags with a column of their own.

use super::{Column, ColumnKind};
use crate::map::{Features, Value};
use crate::osm::StringId;
use std::collections::BTreeMap;

/// The word for the tags that many features have.
const AUTO: &str = "auto";
/// Such a tag is on one of so many rows at least.
const OFTEN: usize = 20;
/// So many of them at most; more have no room in a form or a sheet.
const MOST: usize = 64;
/// What stands before a key that is a column already.
const PREFIX: &str = "tag_";

/// Columns of the tags that are wanted: keys with commas between them, or `auto` for those that one row in twenty has.
/// `taken` are the names of columns that are there. Keys that no row has get no column.
pub fn promote(features: &Features, rows: &[u32], wanted: &str, taken: &[Column]) -> Vec<Column> {
    // Packs whose tables have no such option go without what follows.
    if !cfg!(feature = "styled") || wanted.trim().is_empty() {
        return Vec::new();
    }
    let osm = &features.map.osm;
    let tags = |row: u32| features.rows.get(row as usize).map_or(&[][..], |feature| osm.tags(feature.element));
    let mut counts: BTreeMap<StringId, usize> = BTreeMap::new();
    for &(key, _) in rows.iter().flat_map(|&row| tags(row)) {
        *counts.entry(key).or_default() += 1;
    }
    let mut keys: Vec<(StringId, usize)> = match wanted.trim() {
        AUTO => counts.into_iter().filter(|(_, count)| count * OFTEN >= rows.len()).collect(),
        list => {
            let named: Vec<&str> = list.split(',').map(str::trim).collect();
            counts.into_iter().filter(|(key, _)| named.contains(&osm.strings.get(*key))).collect()
        }
    };
    crate::order::sort_by(&mut keys, |a, b| b.1.cmp(&a.1).then_with(|| osm.strings.get(a.0).cmp(osm.strings.get(b.0))));
    keys.truncate(MOST);
    let column = |(key, _): (StringId, usize)| {
        let name = osm.strings.get(key);
        let known = taken.iter().any(|column| column.name.eq_ignore_ascii_case(name));
        let name = if known { format!("{PREFIX}{name}") } else { name.to_owned() };
        let mut column = Column::new(name, ColumnKind::Text);
        for &row in rows {
            let value = tags(row).iter().find(|(own, _)| *own == key).map(|(_, value)| osm.strings.get(*value));
            column.push(value.map_or(Value::None, Value::Text));
        }
        column
    };
    keys.into_iter().map(column).collect()
}
