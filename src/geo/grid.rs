//! Segments in the squares of a grid: which of them may meet.

use super::ring::Point;

/// Squares about as wide as two segments are long, in slots by a hash of their place. Now and then two share a slot.
pub struct Grid {
    /// Width as a power of two.
    width: u32,
    /// Number of slots as a power of two.
    slots: u32,
}

impl Grid {
    /// A grid for these segments.
    pub fn new(segments: &[[&Point; 2]]) -> Self {
        let total: i64 = segments.iter().map(length).sum();
        let width = (2 * total / segments.len().max(1) as i64).max(1).ilog2();
        Grid { width, slots: (2 * segments.len()).max(2).ilog2() }
    }

    /// How many slots there are.
    pub fn slots(&self) -> usize {
        1 << self.slots
    }

    /// Tells the slots of the squares that a segment may lie in.
    pub fn visit(&self, segment: &[&Point; 2], mut tell: impl FnMut(usize)) {
        let [a, b] = segment;
        let span = |axis: usize| a[axis].min(b[axis]) >> self.width..=a[axis].max(b[axis]) >> self.width;
        // A long one lies in the squares along it, not in all of the box around it.
        let long = self.squares(segment) > 8;
        for x in span(0) {
            let rows = if long { self.along(segment, x) } else { span(1) };
            for y in rows {
                // Multiplied by 2^64 over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
                let hash = (x as u64 ^ (y as u64).rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                tell((hash >> (64 - self.slots)) as usize);
            }
        }
    }

    /// About how many squares a segment passes.
    pub fn squares(&self, segment: &[&Point; 2]) -> i64 {
        length(segment) >> self.width
    }

    /// The squares of column `x` that a segment passes, and at most one more at either end.
    fn along(&self, [a, b]: &[&Point; 2], x: i64) -> std::ops::RangeInclusive<i64> {
        let (low, high) = (a[1].min(b[1]), a[1].max(b[1]));
        if a[0] == b[0] {
            return low >> self.width..=high >> self.width;
        }
        let height = |column: i64| {
            let share = ((column << self.width) - a[0]) as f64 / (b[0] - a[0]) as f64;
            a[1] as f64 + (b[1] - a[1]) as f64 * share.clamp(0.0, 1.0)
        };
        let (one, two) = (height(x), height(x + 1));
        // A step more for what is lost in 64 bits.
        let (from, to) = (libm::floor(one.min(two)) as i64 - 1, libm::ceil(one.max(two)) as i64 + 1);
        from.max(low) >> self.width..=to.min(high) >> self.width
    }
}

/// Rows by their slots, of which it is known how many each has; those of one slot stay in their order.
pub fn sorted(places: &[(u32, u32)], counts: &[u32]) -> Vec<u32> {
    let begin = |sum: &mut u32, count: &u32| Some(std::mem::replace(sum, *sum + count));
    let mut next: Vec<u32> = counts.iter().scan(0, begin).collect();
    let mut rows = vec![0; places.len()];
    for &(slot, row) in places {
        let Some(at) = next.get_mut(slot as usize) else { continue };
        if let Some(place) = rows.get_mut(*at as usize) {
            *place = row;
        }
        *at += 1;
    }
    rows
}

/// How far it is from end to end along the axes.
fn length([a, b]: &[&Point; 2]) -> i64 {
    (a[0].abs_diff(b[0]) + a[1].abs_diff(b[1])) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::ring::touch;

    #[test]
    fn segments_that_meet_share_a_slot() {
        // Short ones, some as long as everything, on either side of the origin.
        let mut seed = 7_u64;
        let mut chance = |limit: i64| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (seed >> 33) as i64 % limit
        };
        let points: Vec<[Point; 2]> = (0..400)
            .map(|row| {
                let (x, y) = (chance(1200) - 600, chance(1200) - 600);
                let reach = if row % 40 == 0 { 3000 } else { 90 };
                [[x, y], [x + chance(2 * reach) - reach, y + chance(2 * reach) - reach]]
            })
            .collect();
        let segments: Vec<[&Point; 2]> = points.iter().map(|[a, b]| [a, b]).collect();
        let grid = Grid::new(&segments);
        let slots = |segment: &[&Point; 2]| {
            let mut slots = Vec::new();
            grid.visit(segment, |slot| slots.push(slot));
            assert!(slots.iter().all(|slot| *slot < grid.slots()));
            slots
        };
        let mut count = 0;
        for (row, one) in segments.iter().enumerate() {
            for two in segments.iter().skip(row + 1).filter(|two| touch(*one, **two)) {
                let own = slots(one);
                assert!(slots(two).iter().any(|slot| own.contains(slot)), "{one:?} {two:?}");
                count += 1;
            }
        }
        assert!(count > 100, "{count} meetings");
    }

    #[test]
    fn a_long_segment_lies_in_the_squares_along_it_alone() {
        let short: Vec<[Point; 2]> = (0..1000).map(|row| [[row, 0], [row, 1]]).collect();
        let long: [Point; 2] = [[0, 0], [1 << 20, 1 << 20]];
        let segments: Vec<[&Point; 2]> = short.iter().chain([&long]).map(|[a, b]| [a, b]).collect();
        let grid = Grid::new(&segments);
        let mut visits = 0;
        grid.visit(&[&long[0], &long[1]], |_| visits += 1);
        let across = (1 << 20 >> grid.width) + 1;
        assert!((across..=4 * across).contains(&visits), "{visits} squares on a way of {across}");
    }

    #[test]
    fn rows_are_sorted_by_slot() {
        assert_eq!(sorted(&[(2, 5), (0, 6), (2, 7), (3, 8)], &[1, 0, 2, 1]), [6, 5, 7, 8]);
    }
}
