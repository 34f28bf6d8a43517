//! The grid of the world: Web Mercator (EPSG:3857) from the north-west corner, 2^32 steps wide and high.

use crate::geo::ring::Point;
use crate::map::{Shapes, Traces};
use std::f64::consts::PI;

/// Bits of a side.
pub const BITS: u32 = 32;
/// Steps of a side.
pub const WORLD: i64 = 1 << BITS;
/// Bits of a side of a tile's own grid.
pub const TILE: u32 = 12;
/// Where Web Mercator ends, degrees.
const LATITUDE: f64 = 85.051_128_779_806_6;

/// A place in degrees on the grid.
pub fn world([lon, lat]: [f64; 2]) -> Point {
    let side = WORLD as f64;
    let lat = lat.clamp(-LATITUDE, LATITUDE);
    let x = (lon + 180.0) / 360.0;
    let y = (1.0 - libm::asinh(libm::tan(lat * PI / 180.0)) / PI) / 2.0;
    [libm::round(x * side) as i64, libm::round(y * side) as i64]
}

/// All points on the grid. What crosses the antimeridian goes on beyond an edge of the world.
pub fn project(traces: &Traces) -> Shapes<Point> {
    let mut out = Shapes::default();
    for part in traces.all() {
        out.push(part.role, traces.points(part).iter().map(|place| world(*place)));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_of_the_world_are_corners_of_the_grid() {
        assert_eq!(world([-180.0, 90.0]), [0, 0]);
        assert_eq!(world([180.0, -90.0]), [WORLD, WORLD]);
        assert_eq!(world([0.0, 0.0]), [WORLD / 2, WORLD / 2]);
        // Helsinki lies in tile 10/582/296.
        let [x, y] = world([24.94, 60.17]);
        assert_eq!([x >> 22, y >> 22], [582, 296]);
    }
}
