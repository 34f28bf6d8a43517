//! One thing of an overlay, whatever file it comes from.

use crate::geo::crs::DEGREE;
use crate::geo::ring::{Path, Point, Polygon};

/// One thing of an overlay.
pub struct Thing {
    /// Class in the layer `overlays`.
    pub class: &'static str,
    pub shape: Shape,
    /// Properties; `name` and `type` among them.
    pub tags: Vec<(String, String)>,
}

/// Where a thing is, in steps of 1e-7 degrees.
pub enum Shape {
    Points(Vec<Point>),
    Lines(Vec<Path>),
    /// Polygons: rings by the even-odd rule.
    Areas(Vec<Polygon>),
}

/// A place in degrees as a point of the grid.
pub fn place(longitude: f64, latitude: f64) -> Result<Point, String> {
    if !(longitude.abs() <= 180.0 && latitude.abs() <= 90.0) {
        return Err(format!(
            "{longitude}, {latitude} is no place on earth: coordinates are degrees of WGS 84 (EPSG:4326), longitude \
             within 180 and latitude within 90; what is in metres must be converted first"
        ));
    }
    Ok([longitude, latitude].map(|value| libm::round(value * DEGREE) as i64))
}

/// A ring, closed if it was not.
pub fn closed(mut ring: Path) -> Path {
    if ring.first() != ring.last() {
        ring.extend(ring.first().copied());
    }
    ring
}
