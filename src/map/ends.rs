//! Where the data end: at the box they were cut at or, where they were cut along a border, around what stands on the ground.

use super::classify::class;
use super::features::{Feature, Features};
use crate::geo::hull::{depth, hull};
use crate::geo::rim::{NEAR, exit, shorter};
use crate::geo::ring::{Box, Path, Point, bounds};
use std::cell::OnceCell;

/// Layers whose features stand on the ground, if they are no bridges or tunnels.
const GROUND: &[&str] = &["buildings", "addresses", "roads", "railways", "vegetation"];

/// Where the data end, in steps of a CRS.
pub(super) struct Ends<'a> {
    /// What is seen.
    seen: &'a Features<'a>,
    /// The box that the data name.
    known: Option<Box>,
    /// Around what stands on the ground, once somebody asks, and how deep in it a place may lie.
    hull: OnceCell<(Path, f64)>,
}

impl<'a> Ends<'a> {
    /// Of what is seen.
    pub fn of(seen: &'a Features<'a>, known: Option<Box>) -> Self {
        Self { seen, known, hull: OnceCell::new() }
    }

    /// Whether they end near a place. That a line ends there says so, too, if none goes on `nearby`.
    pub fn near(&self, place: &Point, nearby: bool) -> bool {
        let at_box = |known: &Box| exit(place, known).0 < (shorter(known) * NEAR) as i64;
        self.known.as_ref().is_some_and(at_box) || !nearby && self.at_hull(place)
    }

    fn at_hull(&self, place: &Point) -> bool {
        let (hull, most) = self.hull.get_or_init(|| {
            let rows = self.seen.rows.iter().filter(|row: &&Feature| on_ground(row));
            let hull = hull(rows.filter_map(|row| first(self.seen, row)));
            let most = bounds(&hull).map_or(0.0, |around| shorter(&around) * NEAR);
            (hull, most)
        });
        hull.len() > 3 && depth(place, hull) < *most
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
