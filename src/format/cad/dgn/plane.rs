//! The design plane: places are whole numbers of 32 bits.
//!
//! In millimetres these reach 2,147 km, and the equator is farther away than that from most places. So the plane is laid around
//! the middle of the drawing, and the file says where the coordinates' zero lies on it (the global origin, a floating-point
//! number): programs show, and readers report, the coordinates of the system.

use crate::error::{Error, Result};
use crate::format::drafting::{Head, Unit};
use crate::geo::ring::{Path, Point};

/// How a unit is divided, the finest first.
struct Division {
    unit: &'static str,
    /// What programs call the unit and what it is made of.
    labels: [u8; 4],
    /// Sub-units in the unit, positions in a sub-unit.
    parts: [i32; 2],
}

#[rustfmt::skip]
static DIVISIONS: [Division; 8] = [
    Division { unit: "m", labels: *b"m mm", parts: [1000, 1] },
    Division { unit: "m", labels: *b"m cm", parts: [100, 1] },
    Division { unit: "m", labels: *b"m dm", parts: [10, 1] },
    Division { unit: "mm", labels: *b"mmmm", parts: [1, 1] },
    Division { unit: "ft", labels: *b"fttn", parts: [10, 100] },
    Division { unit: "ft", labels: *b"fttn", parts: [10, 10] },
    Division { unit: "ft", labels: *b"fttn", parts: [10, 1] },
    Division { unit: "ft", labels: *b"ftft", parts: [1, 1] },
];

/// The middle lies at a multiple of so many positions.
const ROUND: f64 = 1e6;
/// Positions from the middle to the side of the plane, less room for texts beside the drawing.
const REACH: f64 = 2.0e9;

/// Where it lies, and how finely it is divided.
pub(super) struct Plane {
    pub(super) labels: [u8; 4],
    pub(super) parts: [i32; 2],
    /// Where zero lies on it, in positions.
    pub(super) origin: [f64; 2],
    /// Positions in a unit.
    pub(super) scale: f64,
}

impl Plane {
    /// The finest that the drawing fits on.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub(super) fn around(head: &Head) -> Result<Self> {
        let unit: &Unit = head.unit;
        let [left, bottom, right, top] = head.extent;
        let reach = (right - left).max(top - bottom) / 2.0;
        let scale = |division: &Division| f64::from(division.parts.iter().product::<i32>());
        let fits = |division: &&Division| division.unit == unit.id && reach * scale(division) + ROUND < REACH;
        let division = DIVISIONS.iter().find(fits).ok_or_else(|| beyond(unit.name))?;
        let scale = scale(division);
        let origin = |low: f64, high: f64| -libm::round((low + high) / 2.0 * scale / ROUND) * ROUND;
        let origin = [origin(left, right), origin(bottom, top)];
        Ok(Self { labels: division.labels, parts: division.parts, origin, scale })
    }

    /// A place of the drawing.
    ///
    /// # Errors
    /// [`Error::TooLarge`] where it lies beside the plane.
    pub(super) fn at(&self, [x, y]: [f64; 2]) -> Result<Point> {
        let [left, bottom] = self.origin;
        let place = [libm::round(x * self.scale) + left, libm::round(y * self.scale) + bottom];
        if place.iter().any(|side| side.is_nan() || side.abs() > f64::from(i32::MAX)) {
            return Err(beyond("this unit"));
        }
        Ok(place.map(|side| side as i64))
    }

    /// Places of the drawing.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub(super) fn all(&self, points: &[[f64; 2]]) -> Result<Path> {
        points.iter().map(|point| self.at(*point)).collect()
    }
}

fn beyond(unit: &str) -> Error {
    Error::TooLarge(format!("the map is larger than the plane of a design file in {unit}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::drafting::Layout;

    fn plane(unit: &str, extent: [f64; 4]) -> Result<Plane> {
        let [title, credit, scale] = [const { String::new() }; 3];
        let layout = Layout { paper: [0.0; 2], map: [0.0; 4], title, credit, scale };
        let (about, provenance) = (Vec::new(), String::new());
        Plane::around(&Head {
            about,
            provenance,
            extent,
            mm: 1.0,
            unit: Unit::of(unit),
            epsg: 3857,
            origin: [0.0; 2],
            layout,
        })
    }

    #[test]
    fn coordinates_of_the_system_are_true_to_the_millimetre() {
        let plane = plane("m", [500_000.0, 9_000_000.0, 510_000.0, 9_010_000.0]).unwrap();
        assert_eq!(plane.origin, [-505e6, -9005e6]);
        assert_eq!(plane.at([500_000.123_4, 9_000_000.000_7]).unwrap(), [-4_999_877, -4_999_999]);
        assert!(plane.at([0.0, 0.0]).is_err() && plane.at([f64::NAN, 0.0]).is_err());
    }

    #[test]
    fn large_drawings_are_less_fine() {
        let wide = |unit: &str, reach: f64| plane(unit, [-reach, -reach, reach, reach]).map(|plane| plane.scale).ok();
        assert_eq!(wide("m", 1.9e6), Some(1000.0));
        assert_eq!(wide("m", 1.9e7), Some(100.0));
        assert_eq!(wide("m", 2.1e7), Some(10.0));
        assert_eq!(wide("mm", 1.9e9), Some(1.0));
        assert_eq!(wide("mm", 2.1e9), None);
        assert_eq!(wide("ft", 1.9e6), Some(1000.0));
        assert_eq!(wide("ft", 6e7), Some(10.0));
    }
}
