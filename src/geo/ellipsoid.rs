//! Lengths and areas on the WGS 84 ellipsoid (constants and radii of curvature: NIMA TR8350.2, chapters 3 and 4).

/// Semi-major axis, metres.
const A: f64 = 6_378_137.0;
/// First eccentricity squared.
const E2: f64 = 6.694_379_990_141_316e-3;

/// Metres of one degree of longitude and of latitude at a latitude in degrees.
pub fn metres_per_degree(latitude: f64) -> [f64; 2] {
    let phi = latitude.to_radians();
    let w2 = 1.0 - E2 * libm::sin(phi) * libm::sin(phi);
    let w = libm::sqrt(w2);
    let meridian = A * (1.0 - E2) / (w2 * w);
    let normal = A / w;
    [(normal * libm::cos(phi)).to_radians(), meridian.to_radians()]
}

/// Area of a box between two latitudes and `width` degrees of longitude, square metres
/// (closed form of the authalic area; Snyder, Map Projections: A Working Manual, equation 3-12).
pub fn box_area(south: f64, north: f64, width: f64) -> f64 {
    let e = libm::sqrt(E2);
    let q = |latitude: f64| {
        let s = libm::sin(latitude.to_radians());
        (1.0 - E2) * (s / (1.0 - E2 * s * s) + libm::atanh(e * s) / e)
    };
    A * A / 2.0 * width.to_radians() * (q(north) - q(south))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_have_their_lengths() {
        let [lon, lat] = metres_per_degree(0.0);
        assert!((lon - 111_319.491).abs() < 1e-3 && (lat - 110_574.276).abs() < 1e-3, "{lon} {lat}");
        let [lon, lat] = metres_per_degree(60.0);
        assert!((lon - 55_799.98).abs() < 0.1 && (lat - 111_412.27).abs() < 0.1, "{lon} {lat}");
    }

    #[test]
    fn the_globe_has_its_area() {
        // 510,065,621.7 km²: the surface of the WGS 84 ellipsoid.
        assert!((box_area(-90.0, 90.0, 360.0) / 1e6 - 510_065_621.724).abs() < 1.0);
    }
}
