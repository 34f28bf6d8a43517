//! Where the data end: at the box they were cut at or, where they were cut along a border, around what stands on the ground.

use super::classify::class;
use super::features::{Feature, Features};
use crate::geo::hull::{depth, hull};
use crate::geo::rim::{NEAR, exit, shorter};
use crate::geo::ring::{Box, Path, Point, bounds};

/// Layers whose features stand on the ground, if they are no bridges or tunnels.
const GROUND: &[&str] = &["buildings", "addresses", "roads", "railways", "vegetation"];

/// Where the data end, in steps of a CRS.
pub(super) struct Ends {
    /// The box that the data name.
    known: Option<Box>,
    /// Around what stands on the ground.
    hull: Path,
    /// How deep in the hull a place may lie.
    depth: f64,
}

impl Ends {
    /// Of what is seen.
    pub fn of(seen: &Features, known: Option<Box>) -> Self {
        let rows = seen.rows.iter().filter(|row: &&Feature| on_ground(row));
        let hull = hull(rows.filter_map(|row| first(seen, row)).collect());
        let depth = bounds(&hull).map_or(0.0, |around| shorter(&around) * NEAR);
        Self { known, hull, depth }
    }

    /// Whether they end near a place. That a line ends there says so, too, if none goes on `nearby`.
    pub fn near(&self, place: &Point, nearby: bool) -> bool {
        let at_box = |known: &Box| exit(place, known).0 < (shorter(known) * NEAR) as i64;
        self.known.as_ref().is_some_and(at_box)
            || !nearby && self.hull.len() > 3 && depth(place, &self.hull) < self.depth
    }
}

/// A place of a feature in steps of the CRS.
pub(super) fn step(seen: &Features, place: &[f64; 2]) -> Point {
    place.map(|value| libm::round(value * seen.crs.steps()) as i64)
}

/// The first place of a feature.
pub(super) fn first(seen: &Features, row: &Feature) -> Option<Point> {
    let part = seen.shapes.parts(&row.parts).first()?;
    seen.shapes.points(part).first().map(|place| step(seen, place))
}

/// Whether a feature stands on the ground.
pub(super) fn on_ground(row: &Feature) -> bool {
    row.layer_z == 0 && GROUND.contains(&class(row.class).layer)
}
