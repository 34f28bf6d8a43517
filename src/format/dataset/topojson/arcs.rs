//! Lines and rings cut into pieces that features share.

use foldhash::fast::FixedState;
use hashbrown::HashMap;

/// No point.
const NONE: u32 = u32::MAX;

/// Lines and rings as they come, by numbers of places.
#[derive(Default)]
pub struct Lines {
    known: HashMap<[i64; 2], u32, FixedState>,
    places: Vec<Place>,
    /// Lines one after the other; of rings, the point that closes them is left out.
    points: Vec<u32>,
    lines: Vec<Line>,
}

struct Place {
    at: [i64; 2],
    /// The places beside it on the first line that came by.
    beside: [u32; 2],
    /// Lines part here.
    junction: bool,
}

#[derive(Clone, Copy)]
struct Line {
    end: usize,
    ring: bool,
}

/// The pieces, and which of them each line is made of.
pub struct Arcs {
    places: Vec<[i64; 2]>,
    points: Vec<u32>,
    ends: Vec<usize>,
    /// Numbers of pieces, line after line; the complement of one that is run backwards.
    pieces: Vec<i64>,
    line_ends: Vec<usize>,
    next: usize,
}

impl Lines {
    /// Adds a line, or a ring whose last point is its first.
    pub fn push(&mut self, trace: &[[i64; 2]], ring: bool) {
        let start = self.points.len();
        let trace = if ring { trace.split_last().map_or(trace, |(_, rest)| rest) } else { trace };
        for at in trace {
            let fresh = self.places.len() as u32;
            let place = *self.known.entry(*at).or_insert(fresh);
            if place == fresh {
                self.places.push(Place { at: *at, beside: [NONE, NONE], junction: false });
            }
            self.points.push(place);
        }
        self.lines.push(Line { end: self.points.len(), ring });
        let own = self.points.get(start..).unwrap_or_default();
        let count = own.len();
        for (row, &place) in own.iter().enumerate() {
            let beside = |step: usize| own.get((row + step) % count.max(1)).copied().unwrap_or(NONE);
            let (before, after) = (beside(count.saturating_sub(1)), beside(1));
            let Some(place) = self.places.get_mut(place as usize) else { continue };
            let pair = [before.min(after), before.max(after)];
            if !ring && (row == 0 || row + 1 == count) {
                place.junction = true;
            } else if place.beside == [NONE, NONE] {
                place.beside = pair;
            } else if place.beside != pair {
                place.junction = true;
            }
        }
    }

    /// Cuts everything where lines part or end, and keeps each piece once.
    pub fn cut(self) -> Arcs {
        let Self { known, places, points, lines } = self;
        drop(known);
        let junction = |place: u32| places.get(place as usize).is_some_and(|place| place.junction);
        let mut arcs = Builder::default();
        let mut start = 0;
        for Line { end, ring } in lines {
            let own = points.get(start..end).unwrap_or_default();
            start = end;
            let first = if ring { own.iter().position(|place| junction(*place)) } else { Some(0) };
            match first {
                // A ring that shares all or nothing begins where any other along it would.
                None => {
                    let least = own.iter().enumerate().min_by_key(|(_, place)| **place).map_or(0, |(row, _)| row);
                    arcs.add(&turned(own, least));
                }
                Some(first) => {
                    let line = if ring { turned(own, first) } else { own.to_vec() };
                    let mut from = 0;
                    for (row, place) in line.iter().enumerate().skip(1) {
                        if junction(*place) || row + 1 == line.len() {
                            arcs.add(line.get(from..=row).unwrap_or_default());
                            from = row;
                        }
                    }
                }
            }
            arcs.line_ends.push(arcs.pieces.len());
        }
        let Builder { points, ends, pieces, line_ends, .. } = arcs;
        Arcs { places: places.into_iter().map(|place| place.at).collect(), points, ends, pieces, line_ends, next: 0 }
    }
}

/// A ring from another of its points on, closed.
fn turned(ring: &[u32], first: usize) -> Vec<u32> {
    let (head, tail) = ring.split_at_checked(first).unwrap_or((ring, &[]));
    tail.iter().chain(head).chain(tail.first()).copied().collect()
}

#[derive(Default)]
struct Builder {
    points: Vec<u32>,
    ends: Vec<usize>,
    /// By both ends and what lies beside them, in the lesser direction: pieces that may be the same.
    known: HashMap<[u32; 4], Vec<u32>, FixedState>,
    pieces: Vec<i64>,
    line_ends: Vec<usize>,
}

impl Builder {
    fn add(&mut self, piece: &[u32]) {
        let (Some(&[a, b]), Some(&[c, d])) = (piece.first_chunk(), piece.last_chunk()) else { return };
        let key = [a, b, d, c].min([d, c, a, b]);
        let alike = self.known.entry(key).or_default();
        for &number in alike.iter() {
            let number = number as usize;
            let start = number.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
            let other = self.ends.get(number).and_then(|&end| self.points.get(start..end)).unwrap_or_default();
            if other == piece {
                return self.pieces.push(number as i64);
            }
            if other.iter().rev().eq(piece) {
                return self.pieces.push(!(number as i64));
            }
        }
        alike.push(self.ends.len() as u32);
        self.pieces.push(self.ends.len() as i64);
        self.points.extend_from_slice(piece);
        self.ends.push(self.points.len());
    }
}

impl Arcs {
    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// The places of a piece.
    pub fn points(&self, arc: usize) -> impl Iterator<Item = [i64; 2]> {
        let start = arc.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let own = self.ends.get(arc).and_then(|&end| self.points.get(start..end)).unwrap_or_default();
        own.iter().filter_map(|place| self.places.get(*place as usize).copied())
    }

    /// The pieces of the next line, in the order in which lines came.
    pub fn next_line(&mut self) -> Vec<i64> {
        let start = self.next.checked_sub(1).and_then(|before| self.line_ends.get(before)).copied().unwrap_or(0);
        let end = self.line_ends.get(self.next).copied().unwrap_or(start);
        self.next += 1;
        self.pieces.get(start..end).unwrap_or_default().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every line put together again from its pieces.
    fn joined(arcs: &mut Arcs, lines: usize) -> Vec<Vec<[i64; 2]>> {
        let mut all = Vec::new();
        for _ in 0..lines {
            let mut line: Vec<[i64; 2]> = Vec::new();
            for piece in arcs.next_line() {
                let mut points: Vec<_> = arcs.points(piece.max(!piece) as usize).collect();
                if piece < 0 {
                    points.reverse();
                }
                if let Some(last) = line.pop() {
                    assert_eq!(points.first(), Some(&last));
                }
                line.extend(points);
            }
            all.push(line);
        }
        all
    }

    #[test]
    fn neighbours_share_their_border() {
        let mut lines = Lines::default();
        // Two squares side by side, the right one again, a line along the common side and beyond it.
        let left = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]];
        let right = [[1, 0], [2, 0], [2, 1], [1, 1], [1, 0]];
        let again = [[2, 1], [1, 1], [1, 0], [2, 0], [2, 1]];
        let along = [[1, 1], [1, 0], [1, -1]];
        for ring in [left, right, again] {
            lines.push(&ring, true);
        }
        lines.push(&along, false);
        let mut arcs = lines.cut();
        // Both halves that are not shared, the common side, the rest of the line.
        assert_eq!(arcs.len(), 4);
        let back = joined(&mut arcs, 4);
        let same = |ours: &[[i64; 2]], theirs: &[[i64; 2]]| {
            let (ours, theirs) = (&ours[1..], &theirs[1..]);
            ours.len() == theirs.len()
                && (0..ours.len()).any(|turn| (0..ours.len()).all(|i| ours[(i + turn) % ours.len()] == theirs[i]))
        };
        assert!(same(&back[0], &left) && same(&back[1], &right) && same(&back[2], &again), "{back:?}");
        assert_eq!(back[3], along);
    }

    #[test]
    fn rings_alone_are_one_piece_whatever_they_begin_with() {
        let mut lines = Lines::default();
        lines.push(&[[0, 0], [1, 0], [1, 1], [0, 0]], true);
        lines.push(&[[1, 1], [1, 0], [0, 0], [1, 1]], true);
        let mut arcs = lines.cut();
        assert_eq!((arcs.len(), arcs.next_line(), arcs.next_line()), (1, vec![0], vec![-1]));
    }

    #[test]
    fn lines_of_one_place_and_lines_that_turn_back_stay() {
        let (mut lines, kinds) = (
            Lines::default(),
            [vec![[3, 3], [3, 3]], vec![[0, 0], [1, 0], [0, 0]], vec![[0, 0], [1, 0], [2, 0], [1, 0], [1, 1]]],
        );
        kinds.iter().for_each(|line| lines.push(line, false));
        let mut arcs = lines.cut();
        assert_eq!(joined(&mut arcs, 3), kinds);
    }
}
