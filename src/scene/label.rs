//! Where text goes: what the style wishes for, by priority, without overlaps, inside the frame.

mod along;
mod baseline;
mod block;
mod grid;
mod names;
mod placer;
mod short;
mod wish;

pub(super) use block::CAPITALS;
pub use wish::{Anchor, At, Look, Plate, Wish};

use super::font::Fonts;
use super::shape::Shaper;
use super::{Paths, Text};
use crate::error::Result;
use crate::note::Notes;
use crate::watch::Watch;

/// Sets text about a point without asking whether there is room: the text, and the rectangle it covers.
pub(super) fn set(
    shaper: &mut Shaper,
    text: &str,
    look: &Look,
    point: [f64; 2],
    anchor: Anchor,
) -> Option<(Text, [f64; 4])> {
    let spot = block::Spot { point, offset: [0.0; 2], clearance: 0.0, rotation: 0.0 };
    let (text, blocks) = block::Lines::new(shaper, text, look)?.stand(look, &spot, anchor);
    let bounds = blocks
        .iter()
        .map(grid::Block::bounds)
        .reduce(|[a, b, c, d], [e, f, g, h]| [a.min(e), b.min(f), c.max(g), d.max(h)]);
    bounds.map(|[left, top, right, bottom]| (text, [left, top, right - left, bottom - top]))
}

/// Places as many wishes as fit into `frame` (x, y, width, height in mm), best first; no label touches the
/// rectangles `taken`. Returns for each placed label the row of its wish, in the order of `wishes`; a line wish may be placed several times. Lines of text along a path are
/// added to `paths`. Characters that no loaded font has are noted, never drawn as boxes. A point wish without text holds
/// its clearance free and comes back as an empty text.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn place(
    wishes: &[Wish],
    frame: [f64; 4],
    taken: &[[f64; 4]],
    fonts: &Fonts,
    paths: &mut Paths,
    notes: &mut Notes,
    watch: &mut Watch,
) -> Result<Vec<(usize, Text)>> {
    placer::Placer::new(frame, taken, fonts, paths).place(wishes, notes, watch)
}
