//! Speeds of cars: what `maxspeed` says, else what is usual on a way of its class.

/// By bicycle, km/h.
pub const BICYCLE: f64 = 15.0;
/// On foot, km/h.
pub const FOOT: f64 = 5.0;

/// Where nothing is said, km/h.
const CLASSES: &[(&str, f64)] = &[
    ("motorway", 110.0),
    ("motorway_link", 60.0),
    ("trunk", 90.0),
    ("trunk_link", 50.0),
    ("primary", 60.0),
    ("primary_link", 45.0),
    ("secondary", 50.0),
    ("secondary_link", 40.0),
    ("tertiary", 45.0),
    ("tertiary_link", 35.0),
    ("unclassified", 40.0),
    ("road", 40.0),
    ("residential", 30.0),
    ("service", 15.0),
    ("living_street", 10.0),
    ("track", 15.0),
];
/// Where cars are the exception, km/h.
const ELSEWHERE: f64 = 10.0;

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
/// No limit: what is advised on a German motorway, km/h.
const UNLIMITED: f64 = 130.0;
/// A mile in kilometres.
const MILE: f64 = 1.609_344;

/// The speed of a car on a way, km/h; `tag` gives the value of a key, `side` is `forward` or `backward`.
pub fn of<'a>(tag: &impl Fn(&str) -> Option<&'a str>, side: &str) -> f64 {
    let told = tag(&format!("maxspeed:{side}")).and_then(parse).or_else(|| tag("maxspeed").and_then(parse));
    let zone = || {
        ["maxspeed:type", "source:maxspeed", "zone:maxspeed", "zone:traffic"].iter().find_map(|key| parse(tag(key)?))
    };
    told.or_else(zone).unwrap_or_else(|| {
        let class = tag("highway").unwrap_or_default();
        CLASSES.iter().find(|(known, _)| *known == class).map_or(ELSEWHERE, |(_, speed)| *speed)
    })
}

/// A limit in km/h; of several the lowest. None for signals and the like.
fn parse(value: &str) -> Option<f64> {
    value.split([';', '|', ',']).filter_map(|part| single(part.trim())).min_by(f64::total_cmp)
}

fn single(value: &str) -> Option<f64> {
    if value == "none" {
        return Some(UNLIMITED);
    }
    if let Some((_, speed)) = COUNTRIES.iter().find(|(known, _)| *known == value) {
        return Some(*speed);
    }
    let zone = value.split_once(':').map_or(value, |(_, zone)| zone);
    if let Some((_, speed)) = ZONES.iter().find(|(known, _)| *known == zone) {
        return Some(*speed);
    }
    // `DE:zone30`, `DE:zone:30`, `FR:30`.
    let figures = zone.trim_start_matches("zone").trim_start_matches(':');
    let end = figures.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(figures.len());
    let (number, unit) = figures.split_at(end);
    let factor = match unit.trim() {
        "" | "km/h" | "kmh" | "kph" => 1.0,
        "mph" => MILE,
        "knots" => 1.852,
        _ => return None,
    };
    number.parse::<f64>().ok().map(|speed| speed * factor).filter(|speed| (1.0..=200.0).contains(speed))
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
            ("50 km/h", Some(50.0)),
            ("5 knots", Some(9.26)),
            ("walk", Some(5.0)),
            ("DE:walk", Some(5.0)),
            ("none", Some(130.0)),
            ("RU:urban", Some(60.0)),
            ("DE:urban", Some(50.0)),
            ("DE:zone30", Some(30.0)),
            ("DE:zone:20", Some(20.0)),
            ("GB:nsl_single", Some(60.0 * MILE)),
            ("70;50", Some(50.0)),
            ("signals", None),
            ("variable", None),
            ("0", None),
            ("1e300", None),
            ("", None),
        ] {
            assert_eq!(parse(value), speed, "{value}");
        }
    }

    #[test]
    fn one_side_may_differ() {
        let tags = [("highway", "primary"), ("maxspeed", "50"), ("maxspeed:backward", "30")];
        let tag = |key: &str| tags.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
        assert_eq!([of(&tag, "forward"), of(&tag, "backward")], [50.0, 30.0]);
        assert_eq!(of(&|key: &str| (key == "highway").then_some("residential"), "forward"), 30.0);
    }
}
