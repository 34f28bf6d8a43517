//! What is taken: oriented boxes in a uniform grid.

/// A rectangle that may be turned; millimetres on the sheet.
#[derive(Debug, Clone, Copy)]
pub struct Block {
    /// Its middle.
    pub center: [f64; 2],
    /// Direction of its first side, a unit vector.
    pub axis: [f64; 2],
    /// Half of each side.
    pub half: [f64; 2],
}

impl Block {
    /// The smallest along `axis` that holds all points.
    pub fn around(axis: [f64; 2], points: impl IntoIterator<Item = [f64; 2]>) -> Self {
        let empty = [f64::INFINITY, f64::NEG_INFINITY];
        let grown = |[least, most]: [f64; 2], value: f64| [least.min(value), most.max(value)];
        let [along, aside] = points.into_iter().fold([empty; 2], |[along, aside], point| {
            [grown(along, dot(point, axis)), grown(aside, dot(point, across(axis)))]
        });
        let (x, y) = ((along[0] + along[1]) / 2.0, (aside[0] + aside[1]) / 2.0);
        let center = [x * axis[0] - y * axis[1], x * axis[1] + y * axis[0]];
        Self { center, axis, half: [(along[1] - along[0]) / 2.0, (aside[1] - aside[0]) / 2.0] }
    }

    /// With room around it.
    pub fn grown(self, by: f64) -> Self {
        Self { half: self.half.map(|half| half + by), ..self }
    }

    /// Least and greatest x and y.
    pub fn bounds(&self) -> [f64; 4] {
        let [cos, sin] = self.axis.map(f64::abs);
        let reach = [cos * self.half[0] + sin * self.half[1], sin * self.half[0] + cos * self.half[1]];
        let [x, y] = self.center;
        [x - reach[0], y - reach[1], x + reach[0], y + reach[1]]
    }

    /// Whether it lies within `[x, y, width, height]`.
    pub fn within(&self, [x, y, width, height]: [f64; 4]) -> bool {
        let [left, top, right, bottom] = self.bounds();
        left >= x && top >= y && right <= x + width && bottom <= y + height
    }

    /// Whether two blocks share some area: no side of either separates them (separating axis theorem).
    pub fn overlaps(&self, other: &Self) -> bool {
        let between = [other.center[0] - self.center[0], other.center[1] - self.center[1]];
        let apart = |axis: [f64; 2]| dot(between, axis).abs() >= self.reach(axis) + other.reach(axis);
        ![self.axis, across(self.axis), other.axis, across(other.axis)].into_iter().any(apart)
    }

    /// How far it reaches from its middle along an axis.
    fn reach(&self, axis: [f64; 2]) -> f64 {
        self.half[0] * dot(self.axis, axis).abs() + self.half[1] * dot(across(self.axis), axis).abs()
    }
}

fn dot(a: [f64; 2], b: [f64; 2]) -> f64 {
    a[0] * b[0] + a[1] * b[1]
}

fn across([x, y]: [f64; 2]) -> [f64; 2] {
    [-y, x]
}

/// Blocks that are taken.
pub struct Grid {
    frame: [f64; 4],
    cell: f64,
    columns: usize,
    rows: usize,
    cells: Vec<Vec<u32>>,
    blocks: Vec<Block>,
    /// Those that touch more than [`WIDE`] cells, which do not hold them.
    wide: Vec<u32>,
}

/// Cells along the longer side of the frame, at most.
const CELLS: f64 = 256.0;
/// Most cells that hold one block.
const WIDE: usize = 512;
/// Smallest cell, mm.
const CELL: f64 = 4.0;

impl Grid {
    /// Nothing is taken within the frame `[x, y, width, height]`.
    pub fn new(frame: [f64; 4]) -> Self {
        let [_, _, width, height] = frame;
        let cell = (width.max(height) / CELLS).max(CELL);
        let count = |side: f64| (libm::ceil(side / cell) as usize).clamp(1, CELLS as usize + 1);
        let (columns, rows) = (count(width), count(height));
        Self {
            frame,
            cell,
            columns,
            rows,
            cells: vec![Vec::new(); columns * rows],
            blocks: Vec::new(),
            wide: Vec::new(),
        }
    }

    /// Whether nothing that is taken overlaps `block`.
    pub fn free(&self, block: &Block) -> bool {
        let near = self.touched(block).filter_map(|cell| self.cells.get(cell)).flatten();
        self.wide
            .iter()
            .chain(near)
            .all(|&row| self.blocks.get(row as usize).is_none_or(|taken| !taken.overlaps(block)))
    }

    /// Takes a block.
    pub fn take(&mut self, block: Block) {
        let row = self.blocks.len() as u32;
        let cells: Vec<usize> = self.touched(&block).take(WIDE + 1).collect();
        if cells.len() > WIDE {
            self.wide.push(row);
        }
        for cell in cells.into_iter().filter(|_| self.wide.last() != Some(&row)) {
            if let Some(cell) = self.cells.get_mut(cell) {
                cell.push(row);
            }
        }
        self.blocks.push(block);
    }

    /// Cells that a block touches; what lies outside the frame counts to the outermost cells.
    fn touched(&self, block: &Block) -> impl Iterator<Item = usize> + use<> {
        let [left, top, right, bottom] = block.bounds();
        let at = |mm: f64, start: f64, count: usize| (((mm - start) / self.cell).max(0.0) as usize).min(count - 1);
        let (x, y) = (self.frame[0], self.frame[1]);
        let columns = at(left, x, self.columns)..=at(right, x, self.columns);
        let (from, to, width) = (at(top, y, self.rows), at(bottom, y, self.rows), self.columns);
        (from..=to).flat_map(move |row| columns.clone().map(move |column| row * width + column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wide_blocks_fill_no_cells_and_are_seen_from_everywhere() {
        let mut grid = Grid::new([0.0, 0.0, 800.0, 800.0]);
        let block = |center: [f64; 2], half: f64| Block { center, axis: [1.0, 0.0], half: [half; 2] };
        for _ in 0..100 {
            grid.take(block([400.0; 2], 300.0));
        }
        grid.take(block([20.0; 2], 5.0));
        let held: usize = grid.cells.iter().map(Vec::len).sum();
        assert!(held <= WIDE, "{held} entries");
        assert!(!grid.free(&block([110.0, 690.0], 1.0)) && !grid.free(&block([22.0; 2], 1.0)));
        assert!(grid.free(&block([50.0, 50.0], 1.0)));
    }
}
