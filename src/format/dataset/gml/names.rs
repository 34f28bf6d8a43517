//! Columns as names of elements.

use crate::format::cells;
use crate::table::Table;

/// The namespace of features.
pub const NAMESPACE: &str = "urn:mapwright:map";
/// What stands before their names.
pub const PREFIX: &str = "map";
/// The property that holds the geometry.
pub const GEOMETRY: &str = "geometry";
/// Longest name of an element; XML knows no limit, readers of it do.
const LONGEST: usize = 64;

/// The names of a table's columns as XML allows them (Namespaces in XML §3).
pub fn names(table: &Table) -> Vec<String> {
    cells::names(table, LONGEST, &[GEOMETRY])
}
