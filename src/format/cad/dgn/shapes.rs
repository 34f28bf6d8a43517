//! Lines and areas as elements. One holds 101 points; longer lines are chains of them, and areas shapes that consist of them.

use super::element::{CELL, CHAIN, COMPLEX_SHAPE, Element, HOLE, LINE, Look, SHAPE, STRING};
use super::numbers::{long, name, word};
use crate::geo::clip::Cut;
use crate::geo::ring::{Box, Path, Point, Polygon, bounds};

/// Points of an element.
const POINTS: usize = 101;
/// Strings of a chain: the words of all together, 423 each, are counted with 16 bits.
const STRINGS: usize = 150;
/// Words of an element of many.
const WORDS: usize = 65_535;
/// Words of the head of a cell that count among those of its parts.
const CELL_WORDS: usize = 27;
/// A cell that is neither turned nor scaled.
const UNTURNED: [i32; 4] = [214_748, 0, 0, 214_748];

/// What the elements of a thing have in common.
#[derive(Clone, Copy)]
pub(super) struct Thing<'a> {
    pub(super) look: Look,
    /// Attached data.
    pub(super) links: &'a [u8],
    /// Whether it is part of the element before.
    pub(super) part: bool,
    pub(super) properties: u16,
}

impl Thing<'_> {
    /// Appends a line.
    pub(super) fn line(&self, out: &mut Vec<u8>, points: &[Point]) {
        let mut rest = points;
        // Where a chain ends, the next begins.
        while let Some((piece, _)) =
            rest.split_at_checked(STRINGS * (POINTS - 1) + 1).filter(|(_, rest)| !rest.is_empty())
        {
            self.strings(out, CHAIN, piece);
            rest = rest.get(STRINGS * (POINTS - 1)..).unwrap_or_default();
        }
        match rest.len() {
            0 | 1 => {}
            2 => self.element(LINE, rest).write(out, &places(rest)),
            ..=POINTS => self.string(out, STRING, rest),
            _ => self.strings(out, CHAIN, rest),
        }
    }

    /// Appends a place: a line without length.
    pub(super) fn point(&self, out: &mut Vec<u8>, at: Point) {
        self.line(out, &[at, at]);
    }

    /// Appends a closed ring: an area, or a line where it is longer than any area can be.
    pub(super) fn ring(&self, out: &mut Vec<u8>, ring: &[Point]) {
        match ring.len() {
            ..=POINTS => self.string(out, SHAPE, ring),
            length if length <= STRINGS * (POINTS - 1) + 1 => self.strings(out, COMPLEX_SHAPE, ring),
            _ => self.line(out, ring),
        }
    }

    /// Appends an area: an outer ring and its holes, closed. What is too long for one is cut in halves.
    pub(super) fn area(&self, out: &mut Vec<u8>, rings: &[Path]) {
        let [outer, holes @ ..] = rings else { return };
        let Some(range) = bounds(outer) else { return };
        let strings: usize = rings.iter().map(|ring| ring.len().div_ceil(POINTS - 1)).sum();
        let mut parts = Vec::new();
        if strings <= STRINGS {
            if holes.is_empty() {
                return self.ring(out, outer);
            }
            // Grouped holes: a cell that no library has.
            let part = Self { part: true, ..*self };
            part.ring(&mut parts, outer);
            let hole = Self { links: &[], properties: self.properties | HOLE, ..part };
            holes.iter().for_each(|ring| hole.ring(&mut parts, ring));
            if parts.len() / 2 + CELL_WORDS + self.links.len() / 2 <= WORDS {
                let orphan = Thing { links: &[], properties: HOLE, ..*self };
                return orphan.cell(out, "", [range[0], range[1]], range, &parts);
            }
        }
        for half in halves(&range) {
            let rings: Vec<&[Point]> = rings.iter().map(Path::as_slice).collect();
            let pieces: Vec<Polygon> = Cut::new(half, None).polygon(&rings).unwrap_or_default();
            pieces.iter().for_each(|piece| self.area(out, piece));
        }
    }

    /// Appends a cell of parts.
    pub(super) fn cell(&self, out: &mut Vec<u8>, called: &str, at: Point, range: Box, parts: &[u8]) {
        let mut body = Vec::new();
        word(&mut body, (CELL_WORDS + self.links.len() / 2 + parts.len() / 2) as u16);
        body.extend(name(called));
        word(&mut body, 0);
        body.extend((1_u64 << (self.look.level.max(1) - 1)).to_le_bytes());
        let [left, bottom, right, top] = range;
        // The box of its definition lies around zero.
        let about = [left - at[0], bottom - at[1], right - at[0], top - at[1]];
        body.extend(about.into_iter().flat_map(|side| long(side as i32)));
        body.extend(UNTURNED.into_iter().flat_map(long));
        body.extend(at.into_iter().flat_map(|side| long(side as i32)));
        Element { range, ..self.element(CELL, &[]) }.write(out, &body);
        out.extend(parts);
    }

    fn element(&self, kind: u8, points: &[Point]) -> Element<'_> {
        let range = bounds(points).unwrap_or_default();
        Element { kind, look: self.look, range, part: self.part, properties: self.properties, links: self.links }
    }

    fn string(&self, out: &mut Vec<u8>, kind: u8, points: &[Point]) {
        let mut body = Vec::new();
        word(&mut body, points.len() as u16);
        body.extend(places(points));
        self.element(kind, points).write(out, &body);
    }

    /// The head of a chain or shape, and the strings that it consists of: where one ends, the next begins.
    fn strings(&self, out: &mut Vec<u8>, kind: u8, points: &[Point]) {
        let piece = Thing { links: &[], part: true, ..*self };
        let (mut parts, mut count, mut rest) = (Vec::new(), 0, points);
        while rest.len() > 1 {
            piece.string(&mut parts, STRING, rest.get(..POINTS).unwrap_or(rest));
            count += 1;
            rest = rest.get(POINTS - 1..).unwrap_or_default();
        }
        let mut body = Vec::new();
        // No element is shorter than 24 words; what fills it up is a linkage to no database.
        let links = if self.links.is_empty() { &[0; 8] } else { self.links };
        word(&mut body, (1 + links.len() / 2 + parts.len() / 2) as u16);
        word(&mut body, count);
        Element { links, ..self.element(kind, points) }.write(out, &body);
        out.extend(parts);
    }
}

fn places(points: &[Point]) -> Vec<u8> {
    points.iter().flatten().flat_map(|side| long(*side as i32)).collect()
}

/// A box cut across its longer side.
fn halves(&[left, bottom, right, top]: &Box) -> [Box; 2] {
    let (x, y) = (left.midpoint(right), bottom.midpoint(top));
    match right - left > top - bottom {
        true => [[left, bottom, x, top], [x, bottom, right, top]],
        false => [[left, bottom, right, y], [left, y, right, top]],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::cad::dgn::element::data;

    /// Type, words, whether it is part of another, and words that follow in its parts, of each element.
    fn elements(out: &[u8]) -> Vec<(u8, usize, bool, usize)> {
        let word = |at: usize| usize::from(u16::from_le_bytes([out[at], out[at + 1]]));
        let (mut found, mut at) = (Vec::new(), 0);
        while at < out.len() {
            let words = word(at + 2) + 2;
            found.push((out[at + 1], words, out[at] & 0x80 != 0, word(at + 36)));
            at += 2 * words;
        }
        assert_eq!(at, out.len());
        found
    }

    /// Heads count the words of their parts, and none has more than can be counted.
    fn counted(out: &[u8]) -> Vec<u8> {
        let found = elements(out);
        assert!(found.iter().all(|(_, words, ..)| (24..=768).contains(words)));
        let mut heads = Vec::new();
        for (row, (kind, words, part, follow)) in found.iter().enumerate().filter(|(_, element)| !element.2) {
            let parts = found[row + 1..].iter().take_while(|(.., part, _)| *part);
            let parts: usize = parts.map(|(_, words, ..)| words).sum();
            assert!(!part && (parts == 0 || *follow == parts + words - 19), "{kind}: {follow}, {parts}");
            heads.push(*kind);
        }
        heads
    }

    fn ring(points: i64, size: f64) -> Path {
        let turn = |row: i64| (row % points) as f64 / points as f64 * std::f64::consts::TAU;
        (0..=points).map(|row| [turn(row).cos(), turn(row).sin()].map(|side| (side * size) as i64)).collect()
    }

    fn drawn(draw: impl Fn(&Thing, &mut Vec<u8>)) -> Vec<u8> {
        let links = data(b"osm=w1;class=water.lake");
        let thing = Thing { look: Look { level: 3, ..Look::default() }, links: &links, part: false, properties: 0 };
        let mut out = Vec::new();
        draw(&thing, &mut out);
        counted(&out)
    }

    #[test]
    fn lines_are_as_long_as_they_have_to_be() {
        let line = |points: i64| (0..points).map(|row| [row, row]).collect::<Path>();
        let kinds = |points: i64| drawn(|thing, out| thing.line(out, &line(points)));
        assert_eq!(
            (kinds(1), kinds(2), kinds(3), kinds(101), kinds(102)),
            (vec![], vec![3], vec![4], vec![4], vec![12])
        );
        assert_eq!((kinds(15_001), kinds(15_002), kinds(40_000)), (vec![12], vec![12, 3], vec![12; 3]));
    }

    #[test]
    fn rings_are_shapes_as_far_as_they_can_be() {
        let kinds = |points: i64| drawn(|thing, out| thing.ring(out, &ring(points, 1e8)));
        assert_eq!((kinds(4), kinds(100), kinds(101), kinds(15_000)), (vec![6], vec![6], vec![14], vec![14]));
        assert_eq!(kinds(15_001), [12, 3]);
    }

    #[test]
    fn areas_with_holes_are_cells_and_what_is_too_long_is_cut() {
        let area = |outer: i64, hole: i64| drawn(|thing, out| thing.area(out, &[ring(outer, 1e8), ring(hole, 1e7)]));
        assert_eq!((area(9, 4), area(5_000, 500)), (vec![2], vec![2]));
        let pieces = area(40_000, 500);
        assert!(pieces.len() >= 3 && pieces.iter().all(|kind| [2, 6, 14].contains(kind)), "{pieces:?}");
        let alone = drawn(|thing, out| thing.area(out, &[ring(40_000, 1e8)]));
        assert!(alone.len() >= 3 && alone.iter().all(|kind| *kind == 14), "{alone:?}");
    }

    #[test]
    fn no_head_is_shorter_than_24_words() {
        let thing = Thing { look: Look::default(), links: &[], part: false, properties: 0 };
        let mut out = Vec::new();
        thing.ring(&mut out, &ring(200, 1e6));
        assert_eq!(counted(&out), [14]);
        assert_eq!(elements(&out)[0].1, 24);
    }
}
