//! Stretches of lines between the places where lines meet, and how far their points lie from a chord.

use super::ring::{Path, Point};
use crate::error::Result;

/// A stretch between two places where lines meet, and the rows of its points that are left of it.
pub struct Arc {
    /// All its points.
    pub points: Path,
    /// Those that are left, ascending; the first and the last are.
    pub kept: Vec<u32>,
    /// Whether it is a border of an area.
    pub border: bool,
}

/// Hears how much is done of how much, and may stop the work.
pub type Tick<'a> = dyn FnMut(u64, u64) -> Result<()> + 'a;

/// Of the points between two, the row of the one farthest from their segment, and its squared distance.
pub(super) fn farthest(path: &[Point], start: usize, end: usize) -> Option<(f64, usize)> {
    let (a, b) = (path.get(start)?, path.get(end)?);
    let between = path.iter().enumerate().take(end).skip(start + 1);
    between.map(|(row, point)| (distance2(point, a, b), row)).max_by(|p, q| p.0.total_cmp(&q.0))
}

/// Squared distance of a point from segment `ab`.
fn distance2(p: &Point, a: &Point, b: &Point) -> f64 {
    let (ux, uy) = ((b[0] - a[0]) as f64, (b[1] - a[1]) as f64);
    let (vx, vy) = ((p[0] - a[0]) as f64, (p[1] - a[1]) as f64);
    let length2 = ux * ux + uy * uy;
    let share = if length2 > 0.0 { ((vx * ux + vy * uy) / length2).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (vx - ux * share, vy - uy * share);
    x * x + y * y
}
