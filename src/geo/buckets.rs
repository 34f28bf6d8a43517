//! Boxes in a uniform grid: which of them lie near a place.

use super::ring::{Box, meet};

/// Cells along the longer side, at most.
const CELLS: i64 = 256;

/// Boxes, found by where they are.
#[derive(Debug)]
pub struct Buckets {
    boxes: Vec<Box>,
    origin: [i64; 2],
    side: i64,
    wide: i64,
    high: i64,
    cells: Vec<Vec<u32>>,
}

impl Buckets {
    /// Of boxes; each is known by its row.
    pub fn new(boxes: Vec<Box>) -> Self {
        let start = [i64::MAX, i64::MAX, i64::MIN, i64::MIN];
        let all = boxes.iter().fold(start, |a, b| [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]);
        let [x, y, right, top] = if boxes.is_empty() { [0; 4] } else { all };
        // No more cells than boxes, about.
        let count = boxes.len().isqrt() as i64 * 2 + 1;
        let side = ((right - x).max(top - y) / count.min(CELLS)).max(1);
        let (wide, high) = ((right - x) / side + 1, (top - y) / side + 1);
        let cells = vec![Vec::new(); (wide * high) as usize];
        let mut buckets = Self { boxes, origin: [x, y], side, wide, high, cells };
        for row in 0..buckets.boxes.len() {
            let Some(area) = buckets.boxes.get(row).copied() else { continue };
            for cell in buckets.cover(&area) {
                if let Some(cell) = buckets.cells.get_mut(cell) {
                    cell.push(row as u32);
                }
            }
        }
        buckets
    }

    /// Rows of the boxes that have a point in common with `area`, ascending, each once.
    pub fn near(&self, area: &Box) -> Vec<usize> {
        let mut found: Vec<usize> = self
            .cover(area)
            .filter_map(|cell| self.cells.get(cell))
            .flatten()
            .map(|row| *row as usize)
            .filter(|row| self.boxes.get(*row).is_some_and(|other| meet(area, other)))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Cells that a box lies in.
    fn cover(&self, area: &Box) -> impl Iterator<Item = usize> + use<> {
        let column = |x: i64| (x.saturating_sub(self.origin[0])).div_euclid(self.side).clamp(-1, self.wide);
        let line = |y: i64| (y.saturating_sub(self.origin[1])).div_euclid(self.side).clamp(-1, self.high);
        let (left, right) = (column(area[0]).max(0), column(area[2]).min(self.wide - 1));
        let (low, top) = (line(area[1]).max(0), line(area[3]).min(self.high - 1));
        let wide = self.wide;
        (low..=top).flat_map(move |y| (left..=right).map(move |x| (y * wide + x) as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_near_is_found() {
        let boxes: Vec<Box> = (0..100).map(|n| [n * 10, n % 7 * 20, n * 10 + 5, n % 7 * 20 + 30]).collect();
        let buckets = Buckets::new(boxes.clone());
        for area in [[0, 0, 2000, 2000], [95, 0, 100, 10], [-50, -50, -1, -1], [333, 40, 333, 40], [990, 0, 5000, 9]] {
            let expected: Vec<usize> = (0..100).filter(|row| meet(&area, &boxes[*row])).collect();
            assert_eq!(buckets.near(&area), expected);
        }
        assert!(Buckets::new(vec![]).near(&[0, 0, 1, 1]).is_empty());
    }
}
