//! Columns of a table of MapInfo: names of 31 letters, types, texts of 254 bytes.

use crate::format::cells;
use crate::map::Value;
use crate::table::{ColumnKind, Table};
use crate::wire::codepage::CodePage;

/// Longest name of a column, bytes.
const NAME: usize = 31;
/// Longest text, bytes.
const TEXT: usize = 254;
/// Most columns that one of tags becomes.
const PARTS: usize = 8;

/// A column of MapInfo's.
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type, in words.
    pub kind: String,
    /// The column of the table.
    pub column: usize,
    /// Which part of its text.
    part: usize,
}

/// The columns of a table in a code page; long JSON goes on from one to the next.
pub fn fields(table: &Table, page: CodePage) -> Vec<Field> {
    let rows = table.rows.len();
    let mut fields = Vec::with_capacity(table.columns.len());
    for (index, (column, name)) in table.columns.iter().zip(cells::names(table, NAME - 2, &[])).enumerate() {
        let kind = match column.kind {
            ColumnKind::Int if cells::is_small(column, rows) => "Integer".to_owned(),
            // Ids have more than 32 bits; this type has had them since the first version.
            ColumnKind::Int => "Decimal(20,0)".to_owned(),
            ColumnKind::Number(_) => "Float".to_owned(),
            ColumnKind::Flag => "Logical".to_owned(),
            ColumnKind::Text | ColumnKind::Json => {
                let longest = (0..rows).map(|row| split(&value(table, index, row), page).len()).max().unwrap_or(1);
                let most = if column.kind == ColumnKind::Json { PARTS } else { 1 };
                for part in 0..longest.clamp(1, most) {
                    let name = if part == 0 { name.clone() } else { format!("{name}_{}", part + 1) };
                    fields.push(Field { name, kind: format!("Char({TEXT})"), column: index, part });
                }
                continue;
            }
        };
        fields.push(Field { name, kind, column: index, part: 0 });
    }
    fields
}

/// The text of a row in a column; a line end is none of the characters that it may have.
fn value(table: &Table, column: usize, row: usize) -> String {
    let text = table.columns.get(column).and_then(|column| cells::cell(column, row)).unwrap_or_default();
    text.replace("\r\n", " ").replace(['\n', '\r', '\t'], " ")
}

/// A text in pieces of as many bytes as fit into a column.
fn split(text: &str, page: CodePage) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut length) = (0, 0);
    for (at, c) in text.char_indices() {
        let bytes = if page == CodePage::Utf8 { c.len_utf8() } else { 1 };
        if length + bytes > TEXT {
            parts.extend(text.get(start..at));
            (start, length) = (at, 0);
        }
        length += bytes;
    }
    parts.extend(text.get(start..).filter(|rest| !rest.is_empty()));
    parts
}

/// What a row of the file with the values is made of.
#[derive(Default)]
pub struct Losses {
    /// Texts whose line ends became spaces.
    pub spaced: u64,
    /// Letters that the page lacks.
    pub lacking: u64,
    /// Texts that go on after the last column.
    pub cut: u64,
}

/// Appends the values of a row.
pub fn row(out: &mut Vec<u8>, table: &Table, fields: &[Field], row: usize, page: CodePage) -> Losses {
    let mut losses = Losses::default();
    for (place, field) in fields.iter().enumerate() {
        if place > 0 {
            out.push(b',');
        }
        let Some(column) = table.columns.get(field.column) else { continue };
        match (column.cell(row), column.kind) {
            (Value::Flag(flag), _) => out.push(if flag { b'T' } else { b'F' }),
            (value, ColumnKind::Text | ColumnKind::Json) => {
                let text = self::value(table, field.column, row);
                let parts = split(&text, page);
                let last = fields.get(place + 1).is_none_or(|next| next.column != field.column);
                losses.cut += u64::from(last && parts.len() > field.part + 1);
                let changed = matches!(value, Value::Text(own) if own.contains(['\n', '\r', '\t']));
                losses.spaced += u64::from(changed && field.part == 0);
                out.push(b'"');
                let part = parts.get(field.part).copied().unwrap_or_default();
                losses.lacking += page.encode(out, &part.replace('"', "\"\""));
                out.push(b'"');
            }
            _ => out.extend_from_slice(cells::cell(column, row).unwrap_or_default().as_bytes()),
        }
    }
    out.push(b'\n');
    losses
}
