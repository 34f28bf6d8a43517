//! Speeds of cars: what `maxspeed` says, else what is usual on a way of its class.

use crate::map::speed::limit;

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

/// Where there is no limit: what is advised on a German motorway, km/h.
const UNLIMITED: f64 = 130.0;
/// The fastest that is believed of a road, km/h.
const FASTEST: f64 = 200.0;

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

/// A limit that a car may keep to, km/h.
fn parse(value: &str) -> Option<f64> {
    match limit(value)? {
        f64::INFINITY => Some(UNLIMITED),
        speed => (1.0..=FASTEST).contains(&speed).then_some(speed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_those_of_roads() {
        let rows = [("50", Some(50.0)), ("none", Some(130.0)), ("RU:urban", Some(60.0)), ("0", None), ("320", None)];
        for (value, speed) in rows {
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
