//! Protocol Buffers wire format: the fields of a message, varints and packed lists, written and read.

use crate::error::{Error, Result};

/// Writes the fields of one message, or a packed list.
#[derive(Debug, Default, Clone)]
pub struct Message {
    /// The bytes so far.
    pub bytes: Vec<u8>,
}

impl Message {
    /// A varint field.
    pub fn number(&mut self, field: u32, value: u64) -> &mut Self {
        put_varint(&mut self.bytes, u64::from(field) << 3);
        put_varint(&mut self.bytes, value);
        self
    }

    /// A field with a number of 64 bits, as it is.
    pub fn double(&mut self, field: u32, value: f64) -> &mut Self {
        put_varint(&mut self.bytes, u64::from(field) << 3 | 1);
        self.bytes.extend_from_slice(&value.to_le_bytes());
        self
    }

    /// A field with bytes: text, a message, a packed list.
    pub fn bytes(&mut self, field: u32, value: &[u8]) -> &mut Self {
        put_varint(&mut self.bytes, u64::from(field) << 3 | 2);
        put_varint(&mut self.bytes, value.len() as u64);
        self.bytes.extend_from_slice(value);
        self
    }

    /// A field with a message or packed list; an empty one is left out.
    pub fn part(&mut self, field: u32, value: &Self) -> &mut Self {
        if value.bytes.is_empty() { self } else { self.bytes(field, &value.bytes) }
    }

    /// One more number of a packed list.
    pub fn push(&mut self, value: u64) -> &mut Self {
        put_varint(&mut self.bytes, value);
        self
    }

    /// One more ZigZag-coded number of a packed list: what it is beyond `before`, which then becomes it.
    pub fn push_step(&mut self, value: i64, before: &mut i64) -> &mut Self {
        put_varint(&mut self.bytes, zigzag(value.wrapping_sub(*before)));
        *before = value;
        self
    }
}

/// ZigZag coding: small numbers of either sign stay short.
pub fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63) as u64
}

/// Appends a varint: seven bits a byte, the lowest first.
pub fn put_varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A value on the wire.
#[derive(Debug, Clone, Copy)]
pub enum Value<'a> {
    /// Wire type 0.
    Varint(u64),
    /// Wire type 2.
    Bytes(&'a [u8]),
    /// Wire types 1 and 5, which nothing that is read here uses.
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

/// Takes a varint off the front.
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
/// [`Error::Corrupt`] for a field that runs past the end or is of no known kind; those of `each`.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_short_as_the_wire_allows() {
        // Examples of the Protocol Buffers documentation.
        let mut message = Message::default();
        message.number(1, 150).bytes(2, b"testing");
        assert_eq!(message.bytes, b"\x08\x96\x01\x12\x07testing");
        assert_eq!([0, -1, 1, -2, i64::MAX, i64::MIN].map(zigzag), [0, 1, 2, 3, u64::MAX - 1, u64::MAX]);
    }

    #[test]
    fn lists_hold_steps() {
        let (mut list, mut before) = (Message::default(), 0);
        list.push_step(10, &mut before).push_step(8, &mut before).push_step(-300, &mut before);
        assert_eq!(list.bytes, [20, 3, 0xe7, 4]);
    }

    #[test]
    fn what_was_written_is_read_again() {
        let numbers = [0, 1, 127, 128, 300, 1 << 14, u64::from(u32::MAX), 1 << 63, u64::MAX];
        let (mut list, mut message, mut ends) = (Message::default(), Message::default(), Vec::new());
        for number in numbers {
            list.push(number);
            ends.push(message.number(7, number).bytes.len());
        }
        ends.push(message.part(8, &list).part(9, &Message::default()).bytes.len());
        message.bytes(2047, b"");
        let (mut singles, mut packed, mut last) = (Vec::new(), Vec::new(), 0);
        fields(&message.bytes, |field, value| {
            match field {
                7 => singles.extend(value.number()),
                8 => packed.extend(value.list()),
                _ => assert_eq!(value.bytes(), Some(b"".as_slice())),
            }
            last = field;
            Ok(())
        })
        .unwrap();
        assert_eq!((singles.as_slice(), packed.as_slice(), last), (numbers.as_slice(), numbers.as_slice(), 2047));
        // Cut off, it is damaged, unless a field ends there.
        for end in 1..message.bytes.len() {
            assert_eq!(fields(&message.bytes[..end], |_, _| Ok(())).is_ok(), ends.contains(&end), "{end}");
        }
        assert!([0, 1, -1, 77, i64::MAX, i64::MIN].iter().all(|&number| signed(zigzag(number)) == number));
    }
}
