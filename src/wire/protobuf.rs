//! Protocol Buffers wire format, written: fields of a message straight into bytes.

/// Writes the fields of one message, or a packed list.
#[derive(Debug, Default, Clone)]
pub struct Message {
    /// The bytes so far.
    pub bytes: Vec<u8>,
}

impl Message {
    /// A varint field.
    pub fn number(&mut self, field: u32, value: u64) -> &mut Self {
        varint(&mut self.bytes, u64::from(field) << 3);
        varint(&mut self.bytes, value);
        self
    }

    /// A field with bytes: text, a message, a packed list.
    pub fn bytes(&mut self, field: u32, value: &[u8]) -> &mut Self {
        varint(&mut self.bytes, u64::from(field) << 3 | 2);
        varint(&mut self.bytes, value.len() as u64);
        self.bytes.extend_from_slice(value);
        self
    }

    /// A field with a message or packed list; an empty one is left out.
    pub fn part(&mut self, field: u32, value: &Self) -> &mut Self {
        if value.bytes.is_empty() { self } else { self.bytes(field, &value.bytes) }
    }

    /// One more number of a packed list.
    pub fn push(&mut self, value: u64) -> &mut Self {
        varint(&mut self.bytes, value);
        self
    }

    /// One more ZigZag-coded number of a packed list: what it is beyond `before`, which then becomes it.
    pub fn push_step(&mut self, value: i64, before: &mut i64) -> &mut Self {
        varint(&mut self.bytes, zigzag(value.wrapping_sub(*before)));
        *before = value;
        self
    }
}

/// ZigZag coding: small numbers of either sign stay short.
pub fn zigzag(value: i64) -> u64 {
    (value << 1 ^ value >> 63) as u64
}

/// Appends a varint.
pub fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
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
}
