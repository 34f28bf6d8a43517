//! Elements: what all of them begin with, and what is attached to them.

use super::numbers::{bound, word};
use crate::geo::ring::Box;

/// Types of elements.
pub(super) const CELL: u8 = 2;
pub(super) const LINE: u8 = 3;
pub(super) const STRING: u8 = 4;
pub(super) const GROUP_DATA: u8 = 5;
pub(super) const SHAPE: u8 = 6;
pub(super) const TEXT_NODE: u8 = 7;
pub(super) const CHAIN: u8 = 12;
pub(super) const COMPLEX_SHAPE: u8 = 14;
pub(super) const TEXT: u8 = 17;
pub(super) const APPLICATION: u8 = 66;

/// Properties: it is a hole, or a cell that no library has; data are attached.
pub(super) const HOLE: u16 = 0x8000;
const ATTACHED: u16 = 0x0800;
/// Words before the one that says where attached data begin, and itself.
const BEFORE: usize = 16;
/// Words of the head.
const HEAD: usize = 18;

/// How an element looks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Look {
    /// Its level, 1 to 63.
    pub(super) level: u8,
    /// Its colour, a place in the table of colours.
    pub(super) color: u8,
    /// Its line weight, 0 to 31.
    pub(super) weight: u8,
    /// Its line style, 0 to 7.
    pub(super) style: u8,
}

/// What an element begins with.
#[derive(Debug, Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) kind: u8,
    pub(super) look: Look,
    /// The box around it.
    pub(super) range: Box,
    /// Whether it is part of the one before.
    pub(super) part: bool,
    pub(super) properties: u16,
    /// Attached data, whole words.
    pub(super) links: &'a [u8],
}

impl Element<'_> {
    /// Appends an element: its head, what its type says (whole words), attached data.
    pub(super) fn write(&self, out: &mut Vec<u8>, body: &[u8]) {
        let words = HEAD + body.len() / 2;
        let [left, bottom, right, top] = self.range;
        out.push(self.look.level & 0x3f | u8::from(self.part) << 7);
        out.push(self.kind);
        word(out, (words + self.links.len() / 2 - 2) as u16);
        for side in [left, bottom, 0, right, top, 0] {
            out.extend(bound(side));
        }
        word(out, 0);
        word(out, (words - BEFORE) as u16);
        word(out, self.properties | if self.links.is_empty() { 0 } else { ATTACHED });
        out.push(self.look.style & 7 | self.look.weight << 3);
        out.push(self.look.color);
        out.extend(body);
        out.extend(self.links);
    }
}

/// The bit of a linkage's head that says that it is a program's own.
const USER: u8 = 0x10;
/// Our number among programs that attach data: `MW`.
const OURS: [u8; 2] = *b"MW";
/// Words of a linkage that programs take for one of a database.
const DATABASE: usize = 8;

/// Data of our own, as text; programs pass them over.
pub(super) fn data(text: &[u8]) -> Vec<u8> {
    let mut words = 2 + text.len().div_ceil(2);
    if words == DATABASE {
        words += 1;
    }
    let [a, b] = OURS;
    let mut out = vec![(words - 1) as u8, USER, a, b];
    out.extend(text);
    out.resize(2 * words, 0);
    out
}

/// The colour that an area is filled with.
pub(super) fn filled(color: u8) -> [u8; 16] {
    [7, USER, 0x41, 0, 2, 8, 1, 0, color, 0, 0, 0, 0, 0, 0, 0]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_says_how_long_it_is_and_where_data_begin() {
        let look = Look { level: 5, color: 7, weight: 3, style: 2 };
        let links = data(b"w1");
        let line = Element { kind: LINE, look, range: [0, -1, 1, 0], part: true, properties: HOLE, links: &links };
        let mut out = Vec::new();
        line.write(&mut out, &[0; 16]);
        assert_eq!(out.len(), 52 + 6);
        assert_eq!(out[..4], [0x85, 3, 27, 0]);
        assert_eq!(out[4..12], [0, 0x80, 0, 0, 0xff, 0x7f, 0xff, 0xff]);
        assert_eq!(out[28..36], [0, 0, 10, 0, 0, 0x88, 3 << 3 | 2, 7]);
        assert_eq!(out[52..], [2, 0x10, b'M', b'W', b'w', b'1']);
    }

    #[test]
    fn no_data_are_as_long_as_those_of_a_database() {
        let lengths: Vec<usize> = (8..15).map(|length| data(&vec![b'x'; length]).len()).collect();
        assert_eq!(lengths, [12, 14, 14, 18, 18, 18, 18]);
    }
}
