//! Protocol Buffers wire format: fields of a message, varints, packed lists.

use crate::error::{Error, Result};

/// A value on the wire.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// Wire type 0.
    Varint(u64),
    /// Wire type 2.
    Bytes(&'a [u8]),
    /// Wire types 1 and 5, which OSM PBF does not use.
    Fixed,
}

impl<'a> Value<'a> {
    /// The bytes of a length-delimited field; none for the others.
    pub fn bytes(self) -> Option<&'a [u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes),
            _ => None,
        }
    }

    /// The number of a varint field; none for the others.
    pub fn number(self) -> Option<u64> {
        match self {
            Self::Varint(number) => Some(number),
            _ => None,
        }
    }

    /// A number that was ZigZag-coded or plain, as a list: packed or a single one.
    pub fn list(self) -> List<'a> {
        match self {
            Self::Bytes(bytes) => List { bytes, single: None },
            Self::Varint(number) => List { bytes: &[], single: Some(number) },
            Self::Fixed => List { bytes: &[], single: None },
        }
    }
}

/// A packed list of varints.
#[derive(Debug, Clone, Copy, Default)]
pub struct List<'a> {
    bytes: &'a [u8],
    single: Option<u64>,
}

impl Iterator for List<'_> {
    type Item = u64;

    #[inline]
    fn next(&mut self) -> Option<u64> {
        if let Some(number) = self.single.take() {
            return Some(number);
        }
        if self.bytes.is_empty() {
            return None;
        }
        // A broken varint ends the list; the caller sees that it is too short.
        let number = varint(&mut self.bytes);
        if number.is_none() {
            self.bytes = &[];
        }
        number
    }
}

/// Undoes ZigZag coding.
pub fn signed(number: u64) -> i64 {
    (number >> 1) as i64 ^ -((number & 1) as i64)
}

#[inline]
fn varint(bytes: &mut &[u8]) -> Option<u64> {
    // Most numbers are differences of one byte or two.
    match bytes {
        [low @ 0..0x80, rest @ ..] => {
            let number = u64::from(*low);
            *bytes = rest;
            Some(number)
        }
        [low, high @ 0..0x80, rest @ ..] => {
            let number = u64::from(*low & 0x7F) | u64::from(*high) << 7;
            *bytes = rest;
            Some(number)
        }
        _ => long_varint(bytes),
    }
}

fn long_varint(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for (row, byte) in bytes.iter().take(10).enumerate() {
        number |= u64::from(byte & 0x7F) << (7 * row as u32).min(63);
        if byte & 0x80 == 0 {
            *bytes = bytes.get(row + 1..)?;
            return Some(number);
        }
    }
    None
}

/// The fields of a message, in order.
///
/// # Errors
/// [`Error::Corrupt`] from `each`'s caller's point of view: a field that runs past the end.
pub fn fields<'a>(mut bytes: &'a [u8], mut each: impl FnMut(u64, Value<'a>) -> Result<()>) -> Result<()> {
    let broken = || Error::Corrupt("not valid PBF: a message ends in the middle of a field".into());
    while !bytes.is_empty() {
        let tag = varint(&mut bytes).ok_or_else(broken)?;
        let value = match tag & 7 {
            0 => Value::Varint(varint(&mut bytes).ok_or_else(broken)?),
            2 => {
                let length = varint(&mut bytes).and_then(|length| usize::try_from(length).ok()).ok_or_else(broken)?;
                let (field, rest) = bytes.split_at_checked(length).ok_or_else(broken)?;
                bytes = rest;
                Value::Bytes(field)
            }
            kind @ (1 | 5) => {
                bytes = bytes.get(if kind == 1 { 8 } else { 4 }..).ok_or_else(broken)?;
                Value::Fixed
            }
            kind => return Err(Error::Corrupt(format!("not valid PBF: unknown wire type {kind}"))),
        };
        each(tag >> 3, value)?;
    }
    Ok(())
}
