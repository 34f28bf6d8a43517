//! Attributes: `.dbf` (dBASE III), texts in UTF-8, which the file `.cpg` says.

use super::field::{Field, Names, piece};
use crate::error::Result;
use crate::format::cells;
use crate::map::Value;
use crate::sink::Sink;
use crate::table::Table;
use crate::watch::{Stage, Watch};
use crate::wire::record::Little;

/// Bytes before the fields, and of each of them.
const HEAD: usize = 32;

/// Length of the file, bytes.
pub fn length(fields: &[Field], table: &Table) -> u64 {
    (head_length(fields) + 1) as u64 + (record_length(fields) * table.rows.len()) as u64
}

fn head_length(fields: &[Field]) -> usize {
    HEAD * (fields.len() + 1) + 1
}

fn record_length(fields: &[Field]) -> usize {
    1 + fields.iter().map(|field| field.width).sum::<usize>()
}

/// Writes the file; `names` count texts that are cut.
///
/// # Errors
/// [`crate::error::Error::Cancelled`], those of the sink.
pub fn write(fields: &[Field], table: &Table, names: &mut Names, watch: &mut Watch, sink: &mut dyn Sink) -> Result<()> {
    let rows = table.rows.len();
    let mut out = Little::new();
    let date = date(&table.features.map.osm.timestamp);
    out.u8(3)
        .put(&date)
        .u32(rows as u32)
        .u16(head_length(fields) as u16)
        .u16(record_length(fields) as u16)
        .put(&[0; 20]);
    for field in fields {
        let mut name = field.name.clone().into_bytes();
        name.resize(11, 0);
        out.put(&name).u8(field.kind).put(&[0; 4]).u8(field.width as u8).u8(field.decimals as u8).put(&[0; 14]);
    }
    out.u8(b'\r');
    for row in 0..rows {
        if row % 1000 == 0 {
            watch.at(Stage::Write, (2 * rows + row) as u64, 3 * rows as u64)?;
        }
        out.u8(b' ');
        for field in fields {
            cell(&mut out, field, row, names);
        }
        out.spill(sink)?;
    }
    out.u8(0x1a);
    sink.put(out.as_ref())
}

/// Year since 1900, month and day of the data; the first day there is for data without one.
fn date(timestamp: &str) -> [u8; 3] {
    let part = |range: std::ops::Range<usize>| timestamp.get(range).and_then(|part| part.parse::<u16>().ok());
    match (part(0..4), part(5..7), part(8..10)) {
        (Some(year @ 1900..=2155), Some(month), Some(day)) => [(year - 1900) as u8, month as u8, day as u8],
        _ => [80, 1, 1],
    }
}

fn cell(out: &mut Little, field: &Field, row: usize, names: &mut Names) {
    let value = field.column.cell(row);
    match value {
        Value::Text(words) => {
            let (piece, cut) = piece(words, field.piece, field.width);
            // What is left after the last field that there is for it.
            names.cut += u64::from(cut && field.last);
            left(out, piece, field.width);
        }
        Value::Flag(flag) => _ = out.u8(if flag { b'T' } else { b'F' }),
        Value::None if field.kind == b'L' => _ = out.u8(b'?'),
        Value::None if field.kind == b'C' => left(out, "", field.width),
        _ => {
            let text = cells::cell(field.column, row).unwrap_or_default();
            blanks(out, field.width.saturating_sub(text.len()));
            out.put(text.as_bytes());
        }
    }
}

fn left(out: &mut Little, text: &str, width: usize) {
    // A zero would end the text for readers in C; it is no character of a name.
    out.put(text.as_bytes());
    blanks(out, width.saturating_sub(text.len()));
}

/// No field is wider than a byte can tell.
fn blanks(out: &mut Little, count: usize) {
    out.put([b' '; u8::MAX as usize].get(..count).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_data() {
        assert_eq!(date("2024-05-06T07:08:09Z"), [124, 5, 6]);
        assert_eq!(date(""), [80, 1, 1]);
    }
}
