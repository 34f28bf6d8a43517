//! Boxes over runs of rows. Objects near each other in id were mapped together, so that a box of a few dozen of them is
//! small, and a small area out of a large extract touches few.

use crate::osm::LonLatE7;

/// West, south, east, north in units of 1e-7 degrees; west is greater than east where there is nothing.
pub type Cell = [i32; 4];

/// A box of nothing.
pub const EMPTY: Cell = [i32::MAX, i32::MAX, i32::MIN, i32::MIN];

/// Makes a box hold a place.
pub fn grow(cell: &mut Cell, [x, y]: LonLatE7) {
    *cell = [cell[0].min(x), cell[1].min(y), cell[2].max(x), cell[3].max(y)];
}

/// The box of two boxes.
pub fn join(a: Cell, b: Cell) -> Cell {
    [a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]
}

/// Whether two boxes have a point in common.
pub fn overlap(a: &Cell, b: &Cell) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/// Whether `outer` holds all of `inner`, which is not empty.
pub fn holds(outer: &Cell, inner: &Cell) -> bool {
    outer[0] <= inner[0] && outer[1] <= inner[1] && outer[2] >= inner[2] && outer[3] >= inner[3]
}

/// Whether a box holds a place.
pub fn inside(cell: &Cell, [x, y]: LonLatE7) -> bool {
    cell[0] <= x && x <= cell[2] && cell[1] <= y && y <= cell[3]
}

/// A box for every run of `size` rows.
#[derive(Debug, Default)]
pub struct Blocks {
    size: u32,
    rows: u32,
    cells: Vec<Cell>,
}

impl Blocks {
    /// Of `rows` rows, each with the box that `cell` gives.
    pub fn new(size: u32, rows: usize, mut cell: impl FnMut(u32) -> Cell) -> Self {
        let rows = rows as u32;
        let mut cells = Vec::with_capacity(rows.div_ceil(size) as usize);
        for start in (0..rows).step_by(size as usize) {
            let run = start..rows.min(start.saturating_add(size));
            cells.push(run.fold(EMPTY, |all, row| join(all, cell(row))));
        }
        Self { size, rows, cells }
    }

    /// Rows of the runs that touch one of the windows, ascending.
    pub fn near<'b>(&'b self, windows: &'b [Cell]) -> impl Iterator<Item = u32> + 'b {
        let runs = self.cells.iter().enumerate();
        let runs = runs.filter(|(_, cell)| windows.iter().any(|window| overlap(cell, window)));
        runs.flat_map(|(run, _)| {
            let start = run as u32 * self.size;
            start..self.rows.min(start.saturating_add(self.size))
        })
    }

    /// The box of all.
    pub fn all(&self) -> Cell {
        self.cells.iter().fold(EMPTY, |all, cell| join(all, *cell))
    }
}
