//! Values, and the records that rows and entries of indexes are (§2.1 of the file format).

use crate::error::{Error, Result};
use std::cmp::Ordering;

/// Longest row, bytes: what SQLite takes unless it is built otherwise.
const LONGEST: usize = 1_000_000_000;

/// What stands in a column of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// A whole number.
    Int(i64),
    /// A number; what is no number is stored as nothing, as SQLite does.
    Real(f64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Blob(&'a [u8]),
}

impl Value<'_> {
    /// Number of the type, and with it of the bytes.
    fn serial(self) -> u64 {
        match self {
            Self::Null => 0,
            Self::Real(real) if real.is_nan() => 0,
            Self::Real(_) => 7,
            Self::Int(0) => 8,
            Self::Int(1) => 9,
            // How many bits it has besides its sign.
            Self::Int(int) => match 64 - if int < 0 { !int } else { int }.leading_zeros() {
                0..8 => 1,
                8..16 => 2,
                16..24 => 3,
                24..32 => 4,
                32..48 => 5,
                _ => 6,
            },
            Self::Blob(bytes) => 12 + 2 * bytes.len() as u64,
            Self::Text(text) => 13 + 2 * text.len() as u64,
        }
    }

    fn content(self, serial: u64, out: &mut Vec<u8>) {
        match self {
            Self::Int(int) => {
                let bytes = int.to_be_bytes();
                out.extend_from_slice(bytes.get(8 - whole(serial)..).unwrap_or_default());
            }
            Self::Real(real) if serial != 0 => out.extend_from_slice(&real.to_be_bytes()),
            Self::Text(text) => out.extend_from_slice(text.as_bytes()),
            Self::Blob(bytes) => out.extend_from_slice(bytes),
            Self::Null | Self::Real(_) => {}
        }
    }

    /// How SQLite sorts (collation BINARY): nothing, numbers, text, bytes.
    pub fn order(self, other: Self) -> Ordering {
        let class = |value| match value {
            Self::Null => 0,
            Self::Int(_) | Self::Real(_) => 1,
            Self::Text(_) => 2,
            Self::Blob(_) => 3,
        };
        match (self, other) {
            (Self::Int(a), Self::Int(b)) => a.cmp(&b),
            // No record has what is no number.
            (Self::Real(a), Self::Real(b)) => a.partial_cmp(&b).unwrap_or(Ordering::Equal),
            (Self::Int(a), Self::Real(b)) => against(a, b),
            (Self::Real(a), Self::Int(b)) => against(b, a).reverse(),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            (Self::Blob(a), Self::Blob(b)) => a.cmp(b),
            _ => class(self).cmp(&class(other)),
        }
    }
}

/// Bytes of a whole number of a type.
fn whole(serial: u64) -> usize {
    match serial {
        1..=4 => serial as usize,
        5 => 6,
        6 | 7 => 8,
        _ => 0,
    }
}

/// A whole number against another kind, without the rounding that turning it would bring.
fn against(int: i64, real: f64) -> Ordering {
    // Powers of two: exact.
    if real >= 9_223_372_036_854_775_808.0 {
        return Ordering::Less;
    }
    if real < -9_223_372_036_854_775_808.0 {
        return Ordering::Greater;
    }
    let part = real as i64;
    int.cmp(&part).then_with(|| (part as f64).partial_cmp(&real).unwrap_or(Ordering::Equal))
}

/// Appends a number of one to nine bytes: seven bits each, the highest first, eight in the ninth.
pub fn varint(out: &mut Vec<u8>, value: u64) {
    let last = if value >> 56 == 0 { 7 } else { 8 };
    let groups = if last == 8 { 8 } else { (64 - (value >> last).leading_zeros()).div_ceil(7) };
    out.extend((0..groups).rev().map(|group| (value >> (last + 7 * group)) as u8 | 0x80));
    out.push(if last == 8 { value as u8 } else { value as u8 & 0x7f });
}

/// Such a number, and what follows it.
pub fn read_varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (row, byte) in bytes.iter().enumerate() {
        let rest = bytes.get(row + 1..)?;
        if row == 8 {
            return Some((value << 8 | u64::from(*byte), rest));
        }
        value = value << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, rest));
        }
    }
    None
}

/// Appends a record.
///
/// # Errors
/// [`Error::TooLarge`] for one that SQLite would not read.
pub fn record<'a>(out: &mut Vec<u8>, values: impl Iterator<Item = Value<'a>> + Clone) -> Result<()> {
    let mut types = Vec::new();
    values.clone().for_each(|value| varint(&mut types, value.serial()));
    let length: usize = values.clone().map(|value| bytes(value.serial())).sum::<usize>() + types.len();
    if length > LONGEST {
        return Err(Error::TooLarge(format!(
            "a row of {length} bytes is longer than what SQLite takes, which is {LONGEST}"
        )));
    }
    // Its own length counts.
    let own = if types.len() < 127 { 1 } else { 2 };
    varint(out, (types.len() + own) as u64);
    out.extend_from_slice(&types);
    values.for_each(|value| value.content(value.serial(), out));
    Ok(())
}

/// Bytes of the content of a type.
fn bytes(serial: u64) -> usize {
    if serial < 12 { whole(serial) } else { ((serial - 12) / 2) as usize }
}

/// The values of a record of ours.
pub fn values(record: &[u8]) -> impl Iterator<Item = Value<'_>> {
    let (length, types) = read_varint(record).unwrap_or((0, &[]));
    let head = record.len() - types.len();
    let split = (length as usize).saturating_sub(head).min(types.len());
    let (mut types, mut content) = types.split_at(split);
    std::iter::from_fn(move || {
        let (serial, others) = read_varint(types)?;
        types = others;
        let (own, rest) = content.split_at_checked(bytes(serial))?;
        content = rest;
        Some(value(serial, own))
    })
}

fn value(serial: u64, bytes: &[u8]) -> Value<'_> {
    let number = || {
        let sign = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { -1 } else { 0 };
        bytes.iter().fold(sign, |value: i64, byte| value << 8 | i64::from(*byte))
    };
    match serial {
        0 => Value::Null,
        7 => Value::Real(f64::from_bits(number() as u64)),
        8 => Value::Int(0),
        9 => Value::Int(1),
        1..=6 => Value::Int(number()),
        _ if serial.is_multiple_of(2) => Value::Blob(bytes),
        // Written from text.
        _ => std::str::from_utf8(bytes).map_or(Value::Blob(bytes), Value::Text),
    }
}

/// How two records of as many values sort.
pub fn compare(a: &[u8], b: &[u8]) -> Ordering {
    let pairs = values(a).zip(values(b));
    pairs.map(|(a, b)| a.order(b)).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_take_the_bytes_they_need() {
        for (value, wanted) in [
            (0, &b"\0"[..]),
            (127, b"\x7f"),
            (128, b"\x81\0"),
            (16_383, b"\xff\x7f"),
            (16_384, b"\x81\x80\0"),
            ((1 << 56) - 1, b"\xff\xff\xff\xff\xff\xff\xff\x7f"),
            (1 << 56, b"\x80\xc0\x80\x80\x80\x80\x80\x80\0"),
            (u64::MAX, b"\xff\xff\xff\xff\xff\xff\xff\xff\xff"),
        ] {
            let mut out = Vec::new();
            varint(&mut out, value);
            assert_eq!(out, wanted, "{value}");
            assert_eq!(read_varint(&[&out[..], b"x"].concat()), Some((value, &b"x"[..])));
        }
        assert_eq!(read_varint(b"\x81"), None);
    }

    #[test]
    fn records_hold_the_smallest_types() {
        let made = |values: &[Value]| {
            let mut out = Vec::new();
            record(&mut out, values.iter().copied()).unwrap();
            assert!(super::values(&out).eq(values.iter().copied()), "{values:?}");
            out
        };
        assert_eq!(made(&[Value::Null, Value::Int(0), Value::Int(1)]), [4, 0, 8, 9]);
        for (int, serial, size) in [
            (-1, 1, 1),
            (127, 1, 1),
            (-128, 1, 1),
            (128, 2, 2),
            (-32_769, 3, 3),
            (8_388_607, 3, 3),
            (8_388_608, 4, 4),
            (1 << 31, 5, 6),
            (-(1 << 47), 5, 6),
            (1 << 47, 6, 8),
            (i64::MIN, 6, 8),
            (i64::MAX, 6, 8),
        ] {
            let out = made(&[Value::Int(int)]);
            assert_eq!((out[1], out.len() - 2), (serial, size), "{int}");
        }
        assert_eq!(made(&[Value::Text("é"), Value::Blob(b"ab")]), [3, 17, 16, 0xc3, 0xa9, b'a', b'b']);
        assert_eq!(made(&[Value::Real(-1.5)])[1], 7);
        let many = [Value::Int(5); 126];
        assert_eq!(made(&many)[..2], [127, 1]);
        assert_eq!(made(&[&many[..], &many[..1]].concat())[..3], [0x81, 0x01, 1]);
        let mut out = Vec::new();
        record(&mut out, [Value::Real(f64::NAN)].into_iter()).unwrap();
        assert_eq!(out, [2, 0]);
    }

    #[test]
    fn values_sort_as_sqlite_sorts_them() {
        let sorted = [
            Value::Null,
            Value::Real(f64::NEG_INFINITY),
            Value::Int(i64::MIN),
            Value::Real(-1.5),
            Value::Int(-1),
            Value::Int(0),
            Value::Real(0.5),
            Value::Int(9_007_199_254_740_992),
            // No f64 has this number.
            Value::Int(9_007_199_254_740_993),
            Value::Real(9_007_199_254_740_994.0),
            Value::Int(i64::MAX),
            Value::Real(9_223_372_036_854_775_808.0),
            Value::Text(""),
            Value::Text("A"),
            Value::Text("a"),
            Value::Text("ab"),
            Value::Text("é"),
            Value::Blob(b""),
            Value::Blob(b"A"),
        ];
        for (row, a) in sorted.iter().enumerate() {
            for (other, b) in sorted.iter().enumerate() {
                let made = [a, b].map(|value| {
                    let mut out = Vec::new();
                    record(&mut out, [Value::Int(3), *value].into_iter()).unwrap();
                    out
                });
                assert_eq!(compare(&made[0], &made[1]), row.cmp(&other), "{a:?} {b:?}");
            }
        }
        for (a, b) in [
            (Value::Int(3), Value::Real(3.0)),
            (Value::Int(0), Value::Real(-0.0)),
            (Value::Real(0.0), Value::Real(-0.0)),
        ] {
            assert_eq!((a.order(b), b.order(a)), (Ordering::Equal, Ordering::Equal), "{a:?}");
        }
    }
}
