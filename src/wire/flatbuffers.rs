//! FlatBuffers (flatbuffers.dev, internals): tables whose fields stand where a list before them says, and what they refer to
//! behind them.

use super::record::Little;
use crate::error::{Error, Result};
use crate::sink::Sink;

/// The value of a field.
#[derive(Debug, Clone)]
#[expect(missing_docs)]
pub enum Value<'a> {
    U8(u8),
    U16(u16),
    U64(u64),
    I32(i32),
    /// A string.
    Text(&'a str),
    /// Vectors.
    Bytes(&'a [u8]),
    Words(&'a [u32]),
    Reals(&'a [f64]),
    /// A vector of structures of so many whole numbers each, eight bytes a number.
    Longs(&'a [u64], usize),
    Tables(Vec<Table<'a>>),
    /// A table.
    Table(Table<'a>),
}

/// A table: fields by the row they have in their schema. Those that are not there have their default.
#[derive(Debug, Clone, Default)]
pub struct Table<'a>(Vec<(u16, Value<'a>)>);

impl<'a> Table<'a> {
    /// Adds a field.
    #[must_use]
    pub fn with(mut self, row: u16, value: Value<'a>) -> Self {
        self.0.push((row, value));
        self
    }

    /// Adds a field that may not be there.
    #[must_use]
    pub fn maybe(self, row: u16, value: Option<Value<'a>>) -> Self {
        match value {
            Some(value) => self.with(row, value),
            None => self,
        }
    }
}

impl Value<'_> {
    /// Bytes within the table; what is elsewhere takes an offset.
    fn width(&self) -> usize {
        match self {
            Self::U8(_) => 1,
            Self::U16(_) => 2,
            Self::U64(_) => 8,
            _ => 4,
        }
    }
}

/// Widest number there is: tables begin at multiples of it.
const WIDEST: usize = 8;
/// Bytes of an offset and of a length.
const OFFSET: usize = 4;

/// A buffer with the length before it, a multiple of eight bytes in all, so that the next one stands well.
///
/// # Errors
/// [`Error::TooLarge`] beyond 2 GB, which is as far as offsets reach.
pub fn sized(root: &Table) -> Result<Vec<u8>> {
    let mut writer = Writer { out: Little::new() };
    writer.out.u32(0);
    writer.root(root)?;
    let length = offset(writer.out.len() - OFFSET)?;
    let mut bytes = writer.out.finish();
    bytes.patch(0, &length.to_le_bytes())?;
    Ok(bytes)
}

/// A buffer as it is, a multiple of eight bytes.
///
/// # Errors
/// As [`sized`].
pub fn plain(root: &Table) -> Result<Vec<u8>> {
    let mut writer = Writer { out: Little::new() };
    writer.root(root)?;
    Ok(writer.out.finish())
}

fn offset(length: usize) -> Result<u32> {
    i32::try_from(length)
        .map(i32::unsigned_abs)
        .map_err(|_| Error::TooLarge("a feature of more than 2 GB does not fit into FlatBuffers".into()))
}

struct Writer {
    out: Little,
}

impl Writer {
    /// What a buffer begins with, and everything in it.
    fn root(&mut self, root: &Table) -> Result<()> {
        let start = self.out.len();
        self.out.u32(0);
        let at = self.table(root)?;
        self.refer(start, at)?;
        self.out.pad(WIDEST);
        Ok(())
    }

    /// Lets the offset at `from` lead to `to`.
    fn refer(&mut self, from: usize, to: usize) -> Result<()> {
        let step = offset(to - from)?;
        let mut bytes = std::mem::take(&mut self.out).finish();
        let done = bytes.patch(from as u64, &step.to_le_bytes());
        self.out = Little::after(bytes);
        done
    }

    /// A table, and everything that it refers to behind it; where it stands.
    fn table(&mut self, table: &Table) -> Result<usize> {
        let slots = table.0.iter().map(|(row, _)| usize::from(*row) + 1).max().unwrap_or(0);
        // The widest first, so that little is left empty between them.
        let mut order: Vec<&(u16, Value)> = table.0.iter().collect();
        order.sort_by_key(|(_, value)| std::cmp::Reverse(value.width()));
        let (mut places, mut end) = (vec![0_u16; slots], OFFSET);
        for (row, value) in &order {
            end = end.next_multiple_of(value.width());
            if let Some(place) = places.get_mut(usize::from(*row)) {
                *place = end as u16;
            }
            end += value.width();
        }
        self.out.pad(2);
        let list = self.out.len();
        self.out.u16((4 + 2 * slots) as u16).u16(end as u16);
        places.iter().for_each(|place| _ = self.out.u16(*place));
        self.out.pad(WIDEST);
        let start = self.out.len();
        self.out.i32((start - list) as i32);
        let mut elsewhere = Vec::new();
        for (_, value) in &order {
            self.out.pad(value.width());
            match value {
                Value::U8(number) => _ = self.out.u8(*number),
                Value::U16(number) => _ = self.out.u16(*number),
                Value::U64(number) => _ = self.out.u64(*number),
                Value::I32(number) => _ = self.out.i32(*number),
                _ => {
                    elsewhere.push((self.out.len(), value));
                    self.out.u32(0);
                }
            }
        }
        for (from, value) in elsewhere {
            let to = self.value(value)?;
            self.refer(from, to)?;
        }
        Ok(start)
    }

    /// What a field refers to; where it stands.
    fn value(&mut self, value: &Value) -> Result<usize> {
        if let Value::Table(table) = value {
            return self.table(table);
        }
        self.out.pad(OFFSET);
        if matches!(value, Value::Reals(_) | Value::Longs(..)) && self.out.len().is_multiple_of(WIDEST) {
            // The length stands before numbers that begin at a multiple of eight.
            self.out.u32(0);
        }
        let start = self.out.len();
        match value {
            Value::Text(text) => _ = self.out.u32(offset(text.len())?).put(text.as_bytes()).u8(0),
            Value::Bytes(bytes) => _ = self.out.u32(offset(bytes.len())?).put(bytes),
            Value::Words(words) => {
                self.out.u32(offset(words.len())?);
                words.iter().for_each(|word| _ = self.out.u32(*word));
            }
            Value::Reals(reals) => {
                self.out.u32(offset(reals.len())?);
                reals.iter().for_each(|real| _ = self.out.f64(*real));
            }
            Value::Longs(numbers, each) => {
                self.out.u32(offset(numbers.len() / each.max(&1))?);
                numbers.iter().for_each(|number| _ = self.out.u64(*number));
            }
            Value::Tables(tables) => {
                self.out.u32(offset(tables.len())?);
                let first = self.out.len();
                tables.iter().for_each(|_| _ = self.out.u32(0));
                for (row, table) in tables.iter().enumerate() {
                    let to = self.table(table)?;
                    self.refer(first + row * OFFSET, to)?;
                }
            }
            Value::U8(_) | Value::U16(_) | Value::U64(_) | Value::I32(_) | Value::Table(_) => {}
        }
        Ok(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number<const N: usize>(bytes: &[u8], at: usize) -> usize {
        bytes[at..at + N].iter().rev().fold(0, |sum, byte| sum << 8 | usize::from(*byte))
    }

    /// Where the value of a field stands.
    fn field(bytes: &[u8], table: usize, row: usize) -> Option<usize> {
        let list = table - number::<4>(bytes, table);
        let place = if 4 + 2 * row < number::<2>(bytes, list) { number::<2>(bytes, list + 4 + 2 * row) } else { 0 };
        (place > 0).then_some(table + place)
    }

    #[test]
    fn fields_stand_where_the_list_says() {
        let inner = Table::default().with(1, Value::Text("Straße"));
        let root = Table::default()
            .with(0, Value::U8(7))
            .with(3, Value::U64(1 << 40))
            .with(4, Value::Reals(&[1.5, -2.0]))
            .with(5, Value::Tables(vec![inner.clone(), inner]))
            .with(7, Value::Longs(&[1, 2, 3, 4], 2))
            .maybe(6, None);
        let bare = plain(&root).unwrap();
        let longs = field(&bare, number::<4>(&bare, 0), 7).unwrap();
        let longs = longs + number::<4>(&bare, longs);
        assert_eq!((number::<4>(&bare, longs), (longs + 4) % 8, number::<8>(&bare, longs + 12)), (2, 0, 2));
        let bytes = sized(&root).unwrap();
        assert_eq!((number::<4>(&bytes, 0), bytes.len() % 8), (bytes.len() - 4, 0));
        let table = 4 + number::<4>(&bytes, 4);
        let at = |row| field(&bytes, table, row).unwrap();
        assert_eq!((bytes[at(0)], number::<8>(&bytes, at(3)), at(3) % 8), (7, 1 << 40, 0));
        assert_eq!([1, 2, 6, 99].map(|row| field(&bytes, table, row)), [None; 4]);
        let reals = at(4) + number::<4>(&bytes, at(4));
        assert_eq!((number::<4>(&bytes, reals), (reals + 4) % 8), (2, 0));
        assert_eq!(&bytes[reals + 4..reals + 12], 1.5_f64.to_le_bytes());
        let tables = at(5) + number::<4>(&bytes, at(5));
        let second = tables + 8 + number::<4>(&bytes, tables + 8);
        let text = field(&bytes, second, 1).unwrap();
        let text = text + number::<4>(&bytes, text);
        assert_eq!(&bytes[text..text + 12], "\u{7}\0\0\0Straße\0".as_bytes());
    }
}
