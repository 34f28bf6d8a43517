//! Limits of speed: what `maxspeed` says in numbers, in words and for zones (OSM wiki: Key:maxspeed).

use super::measure::{self, MILE, Quantity};

/// What stands behind the colon of values as `RU:urban`, km/h.
const ZONES: &[(&str, f64)] = &[
    ("walk", 5.0),
    ("living_street", 10.0),
    ("pedestrian_zone", 5.0),
    ("bicycle_road", 30.0),
    ("urban", 50.0),
    ("rural", 90.0),
    ("trunk", 100.0),
    ("expressway", 100.0),
    ("motorway", 120.0),
    ("nsl_restricted", 30.0 * MILE),
    ("nsl_single", 60.0 * MILE),
    ("nsl_dual", 70.0 * MILE),
];
/// Countries where it is another speed, km/h.
const COUNTRIES: &[(&str, f64)] = &[
    ("RU:urban", 60.0),
    ("BY:urban", 60.0),
    ("KZ:urban", 60.0),
    ("RU:motorway", 110.0),
    ("RU:living_street", 20.0),
    ("UA:living_street", 20.0),
    ("BY:living_street", 20.0),
    ("DE:rural", 100.0),
    ("AT:rural", 100.0),
    ("DE:motorway", 130.0),
    ("FR:motorway", 130.0),
    ("IT:motorway", 130.0),
    ("AT:motorway", 130.0),
    ("UA:motorway", 130.0),
    ("FR:rural", 80.0),
    ("CH:rural", 80.0),
    ("NL:rural", 80.0),
    ("NO:rural", 80.0),
    ("FI:rural", 80.0),
    ("FR:living_street", 20.0),
    ("CH:living_street", 20.0),
    ("GB:motorway", 70.0 * MILE),
    ("DE:living_street", 7.0),
];
/// A limit in km/h; of several the lowest. Infinite where there is none (`none`); None for signals and the like.
pub fn limit(value: &str) -> Option<f64> {
    value
        .split([';', '|'])
        .flat_map(|part| part.split(", "))
        .filter_map(|part| single(part.trim()))
        .min_by(f64::total_cmp)
}

fn single(value: &str) -> Option<f64> {
    if value.eq_ignore_ascii_case("none") {
        return Some(f64::INFINITY);
    }
    let named = |table: &[(&str, f64)], name: &str| {
        table.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, speed)| *speed)
    };
    let zone = value.split_once(':').map_or(value, |(_, zone)| zone);
    // `DE:zone30`, `DE:zone:30`, `FR:30`.
    let figures = zone.trim_start_matches("zone").trim_start_matches(':');
    let told = || measure::read(figures, Quantity::Speed).filter(|speed| (1.0..=1000.0).contains(speed));
    named(COUNTRIES, value).or_else(|| named(ZONES, zone)).or_else(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_come_in_many_words() {
        for (value, speed) in [
            ("50", Some(50.0)),
            ("30 mph", Some(30.0 * MILE)),
            ("60mph", Some(60.0 * MILE)),
            ("30 MPH", Some(30.0 * MILE)),
            ("50 km/h", Some(50.0)),
            ("5 knots", Some(9.26)),
            ("20 knots", Some(37.04)),
            ("٥٠", Some(50.0)),
            ("walk", Some(5.0)),
            ("DE:walk", Some(5.0)),
            ("none", Some(f64::INFINITY)),
            ("RU:urban", Some(60.0)),
            ("ru:urban", Some(60.0)),
            ("DE:urban", Some(50.0)),
            ("DE:zone30", Some(30.0)),
            ("DE:zone:20", Some(20.0)),
            ("GB:nsl_single", Some(60.0 * MILE)),
            ("70;50", Some(50.0)),
            ("70, 50", Some(50.0)),
            ("50|none", Some(50.0)),
            ("signals", None),
            ("variable", None),
            ("0", None),
            ("-50", None),
            ("1e300", None),
            ("", None),
        ] {
            assert_eq!(limit(value), speed, "{value}");
        }
    }
}
