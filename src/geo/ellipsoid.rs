//! Lengths (by geo's geodesics, Karney 2013) and areas on the WGS 84 ellipsoid.

use geo::{Distance, Geodesic};

/// Half the baseline that lengths are measured over, degrees.
const HALF: f64 = 5e-4;

/// Metres of one degree of longitude and of latitude at a latitude in degrees.
pub fn metres_per_degree(latitude: f64) -> [f64; 2] {
    let length = |a: [f64; 2], b: [f64; 2]| Geodesic.distance(a.into(), b.into()) / (2.0 * HALF);
    [length([-HALF, latitude], [HALF, latitude]), length([0.0, latitude - HALF], [0.0, latitude + HALF])]
}

/// Square kilometres of a box `[west, south, east, north]` in degrees between two parallels, exactly (Snyder 1987, eq. 3-12).
pub fn box_area([west, south, east, north]: [f64; 4]) -> f64 {
    /// Semi-major axis of WGS 84, km, and its squared eccentricity.
    const A: f64 = 6378.137;
    const E2: f64 = 0.006_694_379_990_141_317;
    let e = libm::sqrt(E2);
    let zone = |latitude: f64| {
        let sine = libm::sin(latitude.to_radians());
        (1.0 - E2) * (sine / (1.0 - E2 * sine * sine) + libm::atanh(e * sine) / e)
    };
    let width = if east < west { east - west + 360.0 } else { east - west };
    width.to_radians() * A * A / 2.0 * (zone(north) - zone(south))
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

    #[test]
    fn boxes_have_their_areas() {
        // The whole ellipsoid, 510 065 621.724 km² (Moritz 2000), and one degree at the equator across the antimeridian.
        assert!((box_area([-180.0, -90.0, 180.0, 90.0]) - 510_065_621.724).abs() < 1.0);
        let one = box_area([10.0, 0.0, 11.0, 1.0]);
        assert!((one - 12_308.8).abs() < 1.0, "{one}");
        assert!((box_area([179.5, 0.0, -179.5, 1.0]) - one).abs() < 1e-6);
    }
}
