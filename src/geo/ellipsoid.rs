//! Lengths on the WGS 84 ellipsoid, by geo's geodesics (Karney 2013).

use geo::{Distance, Geodesic};

/// Half the baseline that lengths are measured over, degrees.
const HALF: f64 = 5e-4;

/// Metres of one degree of longitude and of latitude at a latitude in degrees.
pub fn metres_per_degree(latitude: f64) -> [f64; 2] {
    let length = |a: [f64; 2], b: [f64; 2]| Geodesic.distance(a.into(), b.into()) / (2.0 * HALF);
    [length([-HALF, latitude], [HALF, latitude]), length([0.0, latitude - HALF], [0.0, latitude + HALF])]
}

/// Metres along a line of places in degrees.
pub fn length(line: &[[f64; 2]]) -> f64 {
    line.array_windows().map(|[a, b]| Geodesic.distance((*a).into(), (*b).into())).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_have_their_lengths() {
        // Radii of curvature of WGS 84 (NIMA TR8350.2) at the equator and at 60 degrees.
        let [lon, lat] = metres_per_degree(0.0);
        assert!((lon - 111_319.491).abs() < 1e-2 && (lat - 110_574.276).abs() < 1e-2, "{lon} {lat}");
        assert!((length(&[[0.0, 0.0], [1.0, 0.0], [0.0, 0.0]]) - 2.0 * 111_319.491).abs() < 1e-2);
        let [lon, lat] = metres_per_degree(60.0);
        assert!((lon - 55_799.98).abs() < 0.1 && (lat - 111_412.27).abs() < 0.1, "{lon} {lat}");
    }
}
