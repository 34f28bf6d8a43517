//! Entries of an index, in memory until they can be sorted: each takes its record, a byte or two, and a `usize`.

use super::pages::Pages;
use super::tree::Tree;
use super::value::{Value, compare, read_varint, record, values, varint};
use crate::error::{Error, Result};
use crate::watch::{Stage, Watch};

/// An index in the making.
pub struct Keys {
    /// Places of its columns in the table.
    pub columns: Vec<usize>,
    /// Whether no two rows may have the same values.
    pub unique: bool,
    /// Lengths and records, one after the other.
    bytes: Vec<u8>,
    starts: Vec<usize>,
}

impl Keys {
    /// None so far.
    pub fn new(columns: Vec<usize>, unique: bool) -> Self {
        Self { columns, unique, bytes: Vec::new(), starts: Vec::new() }
    }

    /// Keeps the entry of a row; `room` is room to work in.
    ///
    /// # Errors
    /// [`Error::TooLarge`] as for rows.
    pub fn push(&mut self, row: &[Value], rowid: i64, room: &mut Vec<u8>) -> Result<()> {
        let own = self.columns.iter().filter_map(|column| row.get(*column).copied());
        room.clear();
        record(room, own.chain([Value::Int(rowid)]))?;
        self.starts.push(self.bytes.len());
        varint(&mut self.bytes, room.len() as u64);
        self.bytes.extend_from_slice(room);
        Ok(())
    }

    /// Sorts the entries and writes them; gives the number of the root, `name` is for what goes wrong.
    ///
    /// # Errors
    /// Those of the sink and of `watch`; [`Error::Internal`] where values that must not repeat do.
    pub fn finish(mut self, name: &str, pages: &mut Pages, watch: &mut Watch) -> Result<u32> {
        let bytes = &self.bytes;
        self.starts.sort_unstable_by(|a, b| compare(entry(bytes, *a), entry(bytes, *b)));
        let (mut tree, mut cell) = (Tree::index(), Vec::new());
        let mut before: Option<&[u8]> = None;
        for (row, start) in self.starts.iter().enumerate() {
            if row.is_multiple_of(10_000) {
                watch.at(Stage::Write, row as u64, self.starts.len() as u64)?;
            }
            let entry = entry(bytes, *start);
            if self.unique && before.is_some_and(|before| repeats(before, entry, self.columns.len())) {
                let words: Vec<_> = values(entry).take(self.columns.len()).map(|value| format!("{value:?}")).collect();
                return Err(Error::Internal(format!("{name}: two rows have the values {}", words.join(", "))));
            }
            tree.entry(pages, entry, &mut cell)?;
            before = Some(entry);
        }
        tree.finish(pages)
    }
}

/// The record that begins at a place, after its length.
fn entry(bytes: &[u8], start: usize) -> &[u8] {
    let (length, rest) = bytes.get(start..).and_then(read_varint).unwrap_or_default();
    rest.get(..length as usize).unwrap_or_default()
}

/// Whether two entries have the same values in their first `columns`; nothing is never the same as nothing.
fn repeats(a: &[u8], b: &[u8], columns: usize) -> bool {
    values(a).zip(values(b)).take(columns).all(|(a, b)| a != Value::Null && a.order(b).is_eq())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_must_not_repeat_do_not() {
        let finished = |unique: bool, rows: &[[Value; 2]]| {
            let mut keys = Keys::new(vec![1, 0], unique);
            let mut out = Vec::new();
            let mut pages = Pages::new(&mut out).unwrap();
            for (rowid, row) in rows.iter().enumerate() {
                keys.push(row, rowid as i64, &mut Vec::new()).unwrap();
            }
            keys.finish("an index", &mut pages, &mut Watch::silent()).map_err(|fault| fault.to_string())
        };
        let (a, b, none) = (Value::Text("a"), Value::Int(7), Value::Null);
        assert!(finished(true, &[[a, b], [b, a], [a, a]]).is_ok());
        assert!(finished(true, &[[a, none], [a, none], [none, none], [none, none]]).is_ok());
        assert!(finished(false, &[[a, b], [a, b]]).is_ok());
        let fault = finished(true, &[[a, b], [b, a], [a, Value::Real(7.0)]]).unwrap_err();
        assert!(fault.contains("an index: two rows have the values") && fault.contains("Text(\"a\")"), "{fault}");
    }
}
