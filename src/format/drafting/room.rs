//! What is taken on the ground by texts and symbols, so that no two lie on each other.

use std::collections::BTreeMap;

/// Squares, each about a place.
pub(super) struct Room {
    /// Side of the cells in which they are looked for; no square is wider.
    cell: f64,
    taken: BTreeMap<[i64; 2], Vec<([f64; 2], f64)>>,
}

/// A bar: its middle, its angle in degrees, its length and its height.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bar {
    pub(super) at: [f64; 2],
    pub(super) angle: f64,
    pub(super) length: f64,
    pub(super) height: f64,
}

impl Room {
    /// For bars of at most that height.
    pub(super) fn new(highest: f64) -> Self {
        Self { cell: highest.max(1e-9), taken: BTreeMap::new() }
    }

    fn cell(&self, place: [f64; 2]) -> [i64; 2] {
        place.map(|side| libm::floor(side / self.cell) as i64)
    }

    /// Whether nothing is where a bar would be.
    pub(super) fn is_free(&self, bar: Bar) -> bool {
        bar.squares().all(|place| {
            let [column, row] = self.cell(place);
            let cells = (-1..=1).flat_map(|x| (-1..=1).map(move |y| [column + x, row + y]));
            let mut taken = cells.filter_map(|cell| self.taken.get(&cell)).flatten();
            taken.all(|([x, y], height)| {
                let near = (height + bar.height) / 2.0;
                (x - place[0]).abs() >= near || (y - place[1]).abs() >= near
            })
        })
    }

    /// Takes what a bar covers.
    pub(super) fn take(&mut self, bar: Bar) {
        for place in bar.squares() {
            self.taken.entry(self.cell(place)).or_default().push((place, bar.height));
        }
    }

    /// The same, if it is free.
    pub(super) fn try_take(&mut self, bar: Bar) -> bool {
        let free = self.is_free(bar);
        if free {
            self.take(bar);
        }
        free
    }
}

impl Bar {
    /// Places along it, half a height from each other.
    fn squares(self) -> impl Iterator<Item = [f64; 2]> {
        let turn = self.angle.to_radians();
        let (cos, sin) = (libm::cos(turn), libm::sin(turn));
        let long = (self.length - self.height).max(0.0);
        let count = libm::ceil(2.0 * long / self.height) as i64;
        (0..=count).map(move |step| {
            let along = if count == 0 { 0.0 } else { long * (step as f64 / count as f64 - 0.5) };
            [self.at[0] + along * cos, self.at[1] + along * sin]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Bar, Room};

    #[test]
    fn bars_that_touch_have_no_room() {
        let mut room = Room::new(2.0);
        let bar = |x: f64, y: f64, angle: f64| Bar { at: [x, y], angle, length: 10.0, height: 2.0 };
        assert!(room.try_take(bar(0.0, 0.0, 0.0)));
        assert!(!room.is_free(bar(0.0, 1.9, 0.0)) && room.is_free(bar(0.0, 2.1, 0.0)));
        assert!(!room.is_free(bar(9.0, 0.0, 0.0)) && room.is_free(bar(10.1, 0.0, 0.0)));
        assert!(!room.is_free(bar(0.0, 5.0, 90.0)) && room.is_free(bar(0.0, 6.1, 90.0)));
    }
}
