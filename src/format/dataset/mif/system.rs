//! Coordinate systems in the words of MapInfo (MAPINFOW.PRJ), as far as it has words for them.

use crate::geo::crs::Crs;

/// Degrees of WGS 84.
pub const WGS84: &str = "Earth Projection 1, 104";

/// Datums by number: WGS 84, ETRS89, Pulkovo 1942.
const DATUMS: [(u16, u16); 3] = [(4326, 104), (4258, 115), (4284, 1001)];

/// The clause of a system; none where it takes more than a projection and a datum that both sides know alike.
pub fn system(crs: &Crs) -> Option<String> {
    if let Some((_, datum)) = DATUMS.iter().find(|(code, _)| *code == crs.epsg) {
        return Some(format!("Earth Projection 1, {datum}"));
    }
    let transverse = |datum: u16, zone: u16, scale: &str, east: u32, north: u32| {
        let middle = i32::from(zone) * 6 - 183;
        Some(format!("Earth Projection 8, {datum}, \"m\", {middle}, 0, {scale}, {east}, {north}"))
    };
    match crs.epsg {
        3857 => Some("Earth Projection 10, 157, \"m\", 0".to_owned()),
        code @ 32601..=32660 => transverse(104, code - 32600, "0.9996", 500_000, 0),
        code @ 32701..=32760 => transverse(104, code - 32700, "0.9996", 500_000, 10_000_000),
        code @ 25828..=25838 => transverse(115, code - 25800, "0.9996", 500_000, 0),
        // Gauss-Krüger: zones count from Greenwich, and their number stands before the easting.
        code @ 28402..=28432 => {
            let zone = code - 28400;
            transverse(1001, zone + 30, "1", u32::from(zone) * 1_000_000 + 500_000, 0)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn systems_are_in_the_words_of_mapinfo() {
        for (code, wanted) in [
            (4326, Some(WGS84)),
            (3857, Some("Earth Projection 10, 157, \"m\", 0")),
            (32637, Some("Earth Projection 8, 104, \"m\", 39, 0, 0.9996, 500000, 0")),
            (32732, Some("Earth Projection 8, 104, \"m\", 9, 0, 0.9996, 500000, 10000000")),
            (28407, Some("Earth Projection 8, 1001, \"m\", 39, 0, 1, 7500000, 0")),
            (2056, None),
        ] {
            let crs = Crs::from_epsg(code).unwrap();
            assert_eq!(system(&crs).as_deref(), wanted, "{code}");
        }
    }
}
