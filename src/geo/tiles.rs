//! A large area in tiles, so that what lies near something small is found without looking at all of its border.

use super::ring::{Box, Path, bounds, holds};
use super::window::ring_at_box;

/// Tiles in a row.
const ACROSS: i64 = 32;
/// Borders of fewer points are not worth tiles.
const WORTH: usize = 200;

/// The rings of an area, and their part in each tile of the box around them.
pub struct Tiles {
    rings: Vec<Path>,
    extent: Box,
    /// Width and height of a tile.
    size: [i64; 2],
    /// By row and column; empty where there are no tiles.
    parts: Vec<Vec<Path>>,
}

impl Tiles {
    /// Lays tiles over closed rings.
    pub fn new(rings: Vec<Path>) -> Self {
        let extent = bounds(rings.iter().flatten()).unwrap_or_default();
        let [left, bottom, right, top] = extent;
        let size = [(right - left) / ACROSS + 1, (top - bottom) / ACROSS + 1];
        let mut parts = Vec::new();
        if rings.iter().map(Vec::len).sum::<usize>() >= WORTH {
            for row in 0..ACROSS {
                let low = bottom + row * size[1];
                let strip: Vec<Path> = cut(&rings, &[left, low, right, low + size[1]]);
                parts.extend((0..ACROSS).map(|column| {
                    let west = left + column * size[0];
                    cut(&strip, &[west, low, west + size[0], low + size[1]])
                }));
            }
        }
        Self { rings, extent, size, parts }
    }

    /// Rings that cover within `window` what the area covers there.
    pub fn near(&self, window: &Box) -> &[Path] {
        let place = |axis: usize| (window[axis] - self.extent[axis]).div_euclid(self.size[axis]);
        let (column, row) = (place(0), place(1));
        let corner = [self.extent[0] + column * self.size[0], self.extent[1] + row * self.size[1]];
        let tile = [corner[0], corner[1], corner[0] + self.size[0], corner[1] + self.size[1]];
        let inside = (0..ACROSS).contains(&column) && (0..ACROSS).contains(&row) && holds(&tile, window);
        let part = inside.then(|| self.parts.get((row * ACROSS + column) as usize)).flatten();
        part.unwrap_or(&self.rings)
    }
}

fn cut(rings: &[Path], tile: &Box) -> Vec<Path> {
    rings.iter().map(|ring| ring_at_box(ring, tile)).filter(|ring| ring.len() > 3).collect()
}
