//! Pieces of one picture, drawn one after the other.

use super::painter::{Op, Painter, Part, View};
use crate::error::Result;

/// Items between two looks whether to go on.
const LOOK: usize = 1000;

/// Draws pieces of one size.
pub struct Drawer<'s> {
    painter: Painter<'s>,
    ops: Vec<Op<'s>>,
    size: [u32; 2],
}

impl<'s> Drawer<'s> {
    /// For pieces of so many pixels.
    ///
    /// # Errors
    /// [`crate::error::Error::TooLarge`].
    pub fn new(view: View<'s>, part: &Part<'s>, size: [u32; 2]) -> Result<Self> {
        let painter = Painter::new(view, size[0], size[1])?;
        let ops = painter.ops(part);
        Ok(Self { painter, ops, size })
    }

    /// How many items there are.
    pub fn count(&self) -> u64 {
        self.ops.len() as u64
    }

    /// The piece whose upper left corner this is, as straight RGBA; `go_on` hears how many items were looked at, now and then.
    ///
    /// # Errors
    /// Those of `go_on`.
    pub fn draw(&mut self, [left, top]: [u32; 2], go_on: &mut dyn FnMut(u64) -> Result<()>) -> Result<&[u8]> {
        self.painter.begin([left, top]);
        let [x0, y0] = [left, top].map(f64::from);
        let [x1, y1] = [f64::from(left + self.size[0]), f64::from(top + self.size[1])];
        for (done, op) in self.ops.iter().enumerate() {
            if done % LOOK == 0 {
                go_on(done as u64)?;
            }
            let [a, b, c, d] = op.reach;
            if a < x1 && b < y1 && c > x0 && d > y0 {
                self.painter.paint(op);
            }
        }
        Ok(self.painter.end())
    }
}
