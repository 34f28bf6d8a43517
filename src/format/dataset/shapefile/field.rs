//! Columns as fields of dBASE: names of ten letters, texts of 254 bytes.

use crate::format::cells;
use crate::map::Value;
use crate::note::Notes;
use crate::table::{Column, ColumnKind, Table};
use std::collections::BTreeMap;

/// Longest name of a field, and longest text.
const NAME: usize = 10;
const TEXT: usize = 254;
/// Most fields of a table.
const MOST: usize = 255;
/// So many fields at most hold the tags of an element.
const PIECES: usize = 100;
/// Least width of ids: readers take narrower ones for numbers of 32 bits.
const IDS: usize = 12;

/// A field.
pub struct Field<'t> {
    pub name: String,
    pub column: &'t Column,
    /// The letter of its kind: text, number, true or false.
    pub kind: u8,
    pub width: usize,
    pub decimals: u32,
    /// Which piece of a text it holds, where one field is too short, and whether no other piece has a field.
    pub piece: usize,
    pub last: bool,
}

/// What became of the names and texts.
#[derive(Default)]
pub struct Names {
    /// Names that are not what they were.
    changed: BTreeMap<String, String>,
    /// Fields that have no room.
    dropped: BTreeMap<String, u64>,
    /// Texts that were too long.
    pub cut: u64,
    /// Most pieces of a text.
    pieces: usize,
}

impl Names {
    /// Says what became of them.
    pub fn tell(&self, notes: &mut Notes) {
        if !self.changed.is_empty() {
            let list: Vec<String> = self.changed.iter().map(|(from, to)| format!("{from} is {to}")).collect();
            let message = format!("names of fields have ten letters at most: {}", list.join(", "));
            notes.say("short_names", self.changed.len() as u64, message);
        }
        if self.pieces > 1 {
            let message = format!(
                "all tags of an element stand in the fields tags, tags_2 … tags_{}, one behind the other",
                self.pieces
            );
            notes.say("tags_in_pieces", self.pieces as u64, message);
        }
        if self.cut > 0 {
            let message = format!("{} texts were cut: a field holds {TEXT} bytes", self.cut);
            notes.say("cut_texts", self.cut, message);
        }
        if !self.dropped.is_empty() {
            let list: Vec<&str> = self.dropped.keys().map(String::as_str).collect();
            let message = format!("a table has {MOST} fields at most; these are left out: {}", list.join(", "));
            notes.say("dropped_fields", self.dropped.len() as u64, message);
        }
    }
}

/// The fields of a table.
pub fn fields<'t>(table: &'t Table, names: &mut Names) -> Vec<Field<'t>> {
    let mut fields: Vec<Field> = Vec::with_capacity(table.columns.len());
    // No column is called as a further piece of another would be.
    let pieced = |column: &&Column| column.kind == ColumnKind::Json;
    let further: Vec<String> = table
        .columns
        .iter()
        .filter(pieced)
        .flat_map(|column| (2..=PIECES).map(|piece| piece_name(column, piece)))
        .collect();
    let taken: Vec<&str> = further.iter().map(String::as_str).collect();
    for (column, short) in table.columns.iter().zip(cells::names(table, NAME, &taken)) {
        if short != column.name {
            names.changed.insert(column.name.to_string(), short.clone());
        }
        let pieces = if column.kind == ColumnKind::Json { pieces(column, table.rows.len()) } else { 1 };
        for piece in 0..pieces {
            if fields.len() == MOST {
                *names.dropped.entry(column.name.to_string()).or_default() += 1;
                continue;
            }
            let (kind, width, decimals) = measure(column, table.rows.len());
            let name = if piece == 0 { short.clone() } else { piece_name(column, piece + 1) };
            fields.push(Field { name, column, kind, width, decimals, piece, last: piece + 1 == pieces });
        }
        names.pieces = names.pieces.max(pieces);
    }
    fields
}

fn piece_name(column: &Column, number: usize) -> String {
    format!("{}_{number}", column.name)
}

/// How many fields the longest text of a column takes.
fn pieces(column: &Column, rows: usize) -> usize {
    let count = |row: usize| match column.cell(row) {
        Value::Text(text) => (0..PIECES).take_while(|number| piece(text, *number, TEXT).1).count() + 1,
        _ => 1,
    };
    (0..rows).map(count).max().unwrap_or(1).min(PIECES)
}

/// The piece of a text with this number, as wide as a field, and whether something follows. Pieces end between characters.
pub fn piece(text: &str, number: usize, width: usize) -> (&str, bool) {
    let mut rest = text;
    let width = width.min(TEXT);
    for _ in 0..number {
        rest = rest.get(fitting(rest, width)..).unwrap_or_default();
    }
    let end = fitting(rest, width);
    (rest.get(..end).unwrap_or_default(), end < rest.len())
}

fn fitting(text: &str, width: usize) -> usize {
    if text.len() <= width {
        return text.len();
    }
    // Readers take spaces at both ends of a field away.
    let ends = |end: &usize| {
        let piece = text.get(..*end).is_some_and(|piece| !piece.ends_with(' '));
        piece && text.get(*end..).is_some_and(|rest| !rest.starts_with(' '))
    };
    (1..=width).rev().find(ends).unwrap_or(width)
}

/// Kind, width and decimals that all values of a column fit into.
fn measure(column: &Column, rows: usize) -> (u8, usize, u32) {
    let widest = || {
        let width = |row: usize| cells::cell(column, row).map_or(0, |text| text.len());
        (0..rows).map(width).max().unwrap_or(0).max(1)
    };
    match column.kind {
        ColumnKind::Text | ColumnKind::Json => (b'C', column.widest().clamp(1, TEXT), 0),
        ColumnKind::Int => (b'N', widest().max(if column.name == "osm_id" { IDS } else { 1 }), 0),
        ColumnKind::Number(digits) => (b'N', widest(), digits),
        ColumnKind::Flag => (b'L', 1, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::piece;

    #[test]
    fn pieces_end_between_characters_and_have_no_space_at_their_ends() {
        assert_eq!(piece("äöü", 0, 3), ("ä", true));
        assert_eq!(piece("äöü", 2, 3), ("ü", false));
        assert_eq!(piece("abc", 1, 3), ("", false));
        assert_eq!((piece("ab cd", 0, 3), piece("ab cd", 1, 3)), (("a", true), ("b c", true)));
    }
}
