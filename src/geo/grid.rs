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
        let size = 1 << self.width;
        let span = |axis: usize| a[axis].min(b[axis]) >> self.width..=a[axis].max(b[axis]) >> self.width;
        // A long one lies in the squares along it, not in all of the box around it.
        let long = length(segment) > 8 * size;
        for x in span(0) {
            for y in span(1) {
                if !long || near(segment, [x * size + size / 2, y * size + size / 2], size) {
                    // Multiplied by 2^64 over the golden ratio (Knuth, The Art of Computer Programming 3, 6.4).
                    let hash = (x as u64 ^ (y as u64).rotate_left(32)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
                    tell((hash >> (64 - self.slots)) as usize);
                }
            }
        }
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

/// Whether a cell about `middle` may hold some of a segment.
fn near([a, b]: &[&Point; 2], middle: Point, size: i64) -> bool {
    let (ux, uy) = ((b[0] - a[0]) as f64, (b[1] - a[1]) as f64);
    let off = ux * (middle[1] - a[1]) as f64 - uy * (middle[0] - a[0]) as f64;
    off.abs() <= libm::hypot(ux, uy) * size as f64
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
    fn rows_are_sorted_by_slot() {
        assert_eq!(sorted(&[(2, 5), (0, 6), (2, 7), (3, 8)], &[1, 0, 2, 1]), [6, 5, 7, 8]);
    }
}
