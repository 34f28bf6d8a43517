//! SQLite 3 databases (<https://www.sqlite.org/fileformat2.html>), written from the first page to the last.
//!
//! Rows of any number of tables may come in any order, those of one table with ascending row ids. A page leaves as soon as it
//! is full, so what is in memory is the right edge of each b-tree, and what can only be sorted once it is all there: the
//! entries of indexes and the boxes of R-trees. Only the first page, which holds the schema, is written over at the end.

mod database;
mod design;
mod keys;
mod pages;
mod rtree;
mod tree;
mod value;

pub use database::{Database, RtreeId, TableId};
pub use design::{Column, Rule, Table};
pub use value::Value;
