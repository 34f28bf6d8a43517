//! In which order EPSG has the two coordinates of a system. Here the one towards the east is always first; formats that name
//! a system by its code mean the order of EPSG.

/// Whose axes EPSG has in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Axes {
    /// East, then north: as here.
    EastNorth,
    /// North, then east.
    NorthEast,
    /// West or south.
    Other,
}

/// First and last codes of projected systems with the northing first. What lies between is all of that kind, or no projected
/// system. Read from the EPSG registry by PROJ.
const NORTH_EAST: &[u16] = &[
    2036, 2036, 2044, 2045, 2081, 2083, 2085, 2086, 2091, 2093, 2096, 2098, 2105, 2132, 2166, 2180, 2193, 2193, 2199,
    2200, 2206, 2212, 2319, 2549, 2551, 2735, 2738, 2758, 2935, 2941, 2953, 2953, 3006, 3030, 3034, 3035, 3038, 3051,
    3058, 3059, 3068, 3068, 3114, 3118, 3120, 3120, 3126, 3140, 3146, 3147, 3150, 3152, 3300, 3301, 3328, 3335, 3346,
    3346, 3350, 3352, 3366, 3366, 3386, 3390, 3396, 3399, 3407, 3407, 3414, 3414, 3416, 3416, 3764, 3764, 3788, 3793,
    3795, 3796, 3833, 3854, 3873, 3885, 3907, 3911, 4026, 4038, 4417, 4417, 4434, 4434, 4491, 4554, 4568, 4589, 4652,
    4822, 4839, 4880, 5048, 5048, 5105, 5188, 5253, 5259, 5269, 5275, 5343, 5349, 5367, 5367, 5479, 5482, 5518, 5520,
    5562, 5588, 5632, 5639, 5651, 5653, 6244, 6275, 6362, 6362, 6372, 6387, 6669, 6687, 6707, 6709, 6870, 6876, 6962,
    6962, 7799, 7801, 7825, 7831, 8433, 8441, 9039, 9040, 9221, 9254, 9271, 9285, 9377, 9377, 9498, 9498, 9821, 9821,
    9831, 9841, 9851, 9865, 9895, 9895, 10286, 10286, 10288, 10288, 10290, 10290, 10306, 10306, 10329, 10329, 11114,
    11118, 20004, 20032, 20064, 20092, 20904, 20932, 21004, 21032, 21207, 21264, 21307, 21483, 21896, 21899, 22171,
    22197, 22240, 22240, 23301, 23333, 25884, 25884, 27205, 27232, 27391, 27398, 27492, 27492, 28402, 28492, 29701,
    29702, 30161, 30179, 30800, 30800, 31251, 31259, 31275, 31290, 31466, 31469, 31700, 31700, 32661, 32661, 32761,
    32761,
];

/// The same for axes that point west or south.
const OTHER: &[u16] = &[
    2046, 2055, 2065, 2065, 2218, 2218, 2221, 2221, 2296, 2307, 2963, 2963, 3052, 3053, 3144, 3145, 3173, 3173, 5017,
    5017, 5224, 5224, 5513, 5513, 5515, 5515, 8044, 8045, 8352, 8352, 22275, 22293, 29371, 29385,
];

/// Geographic systems whose longitude stands first.
const LONGITUDE_FIRST: &[u16] = &[
    7034, 7035, 7036, 7037, 7038, 7039, 7040, 7041, 7042, 7084, 7085, 7086, 7087, 7088, 7133, 8901, 8902, 9778, 9779,
    9783, 9784, 10300, 10307, 10311, 10312, 10318, 10672, 10673,
];

/// The order of the axes of an EPSG code; systems of degrees have the latitude first, with few exceptions.
pub fn axes(epsg: u16, geographic: bool) -> Axes {
    let within = |table: &[u16]| table.as_chunks().0.iter().any(|[first, last]| (*first..=*last).contains(&epsg));
    match geographic {
        true if LONGITUDE_FIRST.contains(&epsg) => Axes::EastNorth,
        true => Axes::NorthEast,
        false if within(OTHER) => Axes::Other,
        false if within(NORTH_EAST) => Axes::NorthEast,
        false => Axes::EastNorth,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_those_of_epsg() {
        for (code, geographic, order) in [
            (4326, true, Axes::NorthEast),
            (3857, false, Axes::EastNorth),
            (25832, false, Axes::EastNorth),
            (3067, false, Axes::EastNorth),
            (31467, false, Axes::NorthEast),
            (3006, false, Axes::NorthEast),
            (2180, false, Axes::NorthEast),
            (5041, false, Axes::EastNorth),
            (32661, false, Axes::NorthEast),
            (2048, false, Axes::Other),
        ] {
            assert_eq!(axes(code, geographic), order, "{code}");
        }
    }
}
