//! Who may use a way, by its class and its tags (OSM wiki: Key:access, OSM tags for routing/Access restrictions).

use super::Modes;

const CAR: Modes = Modes { car: true, bicycle: false, foot: false };
const CYCLE: Modes = Modes { car: false, bicycle: true, foot: true };
const WALK: Modes = Modes { car: false, bicycle: false, foot: true };

/// Who may use a class of ways where no tag says otherwise.
const CLASSES: &[(&str, Modes)] = &[
    ("motorway", CAR),
    ("motorway_link", CAR),
    ("trunk", Modes::ALL),
    ("trunk_link", Modes::ALL),
    ("primary", Modes::ALL),
    ("primary_link", Modes::ALL),
    ("secondary", Modes::ALL),
    ("secondary_link", Modes::ALL),
    ("tertiary", Modes::ALL),
    ("tertiary_link", Modes::ALL),
    ("unclassified", Modes::ALL),
    ("residential", Modes::ALL),
    ("living_street", Modes::ALL),
    ("road", Modes::ALL),
    ("service", Modes::ALL),
    ("track", CYCLE),
    ("cycleway", CYCLE),
    ("path", CYCLE),
    ("pedestrian", WALK),
    ("footway", WALK),
    ("bridleway", WALK),
    ("corridor", WALK),
    ("steps", WALK),
    ("busway", Modes::NONE),
];

/// Tags that speak of somebody, the most special last.
const CAR_KEYS: [&str; 4] = ["access", "vehicle", "motor_vehicle", "motorcar"];
const BICYCLE_KEYS: [&str; 3] = ["access", "vehicle", "bicycle"];
const FOOT_KEYS: [&str; 2] = ["access", "foot"];

/// Barriers that stop cars where no tag says otherwise; gates and bars are taken as open.
const STOPS_CARS: &[&str] = &[
    "bollard",
    "block",
    "cycle_barrier",
    "motorcycle_barrier",
    "kissing_gate",
    "stile",
    "turnstile",
    "full-height_turnstile",
    "planter",
    "log",
    "debris",
    "jersey_barrier",
    "bus_trap",
    "sump_buster",
    "chain",
    "horse_stile",
];
/// Barriers that stop bicycles as well.
const STOPS_BICYCLES: &[&str] =
    &["kissing_gate", "stile", "turnstile", "full-height_turnstile", "debris", "horse_stile"];

/// Who may use a way; `tag` gives the value of a key. None for what is no street; squares are areas, even where their
/// border is cut open.
pub fn of_way<'a>(tag: &impl Fn(&str) -> Option<&'a str>) -> Option<Modes> {
    let highway = tag("highway").filter(|_| tag("area") != Some("yes"))?;
    let (_, class) = CLASSES.iter().find(|(known, _)| *known == highway)?;
    let mut class = *class;
    if tag("motorroad") == Some("yes") {
        class = CAR;
    }
    Some(apply(class, tag))
}

/// Who may pass a node.
pub fn of_node<'a>(tag: &impl Fn(&str) -> Option<&'a str>) -> Modes {
    let barrier = tag("barrier").unwrap_or_default();
    let open = Modes { car: !STOPS_CARS.contains(&barrier), bicycle: !STOPS_BICYCLES.contains(&barrier), foot: true };
    // Access tags of crossings, entrances and the like speak of those, not of the way.
    if barrier.is_empty() { Modes::ALL } else { apply(open, tag) }
}

fn apply<'a>(class: Modes, tag: &impl Fn(&str) -> Option<&'a str>) -> Modes {
    let told = |keys: &[&str], class: bool| {
        let said = keys.iter().rev().find_map(|key| tag(key).and_then(meaning));
        said.unwrap_or(class)
    };
    Modes {
        car: told(&CAR_KEYS, class.car),
        bicycle: told(&BICYCLE_KEYS, class.bicycle),
        foot: told(&FOOT_KEYS, class.foot),
    }
}

/// What a value of an access tag says; none where it says nothing about people in general.
fn meaning(value: &str) -> Option<bool> {
    match value {
        "yes" | "permissive" | "designated" | "official" | "destination" | "customers" | "delivery" | "public"
        | "permit" => Some(true),
        "no" | "private" | "agricultural" | "forestry" | "emergency" | "military" | "psv" | "bus" | "dismount"
        | "use_sidepath" | "restricted" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn modes(tags: &[(&str, &'static str)]) -> Option<(bool, bool, bool)> {
        let tag = |key: &str| tags.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
        of_way(&tag).map(|modes| (modes.car, modes.bicycle, modes.foot))
    }

    #[test]
    fn tags_rank_from_general_to_special() {
        assert_eq!(modes(&[("highway", "residential")]), Some((true, true, true)));
        assert_eq!(modes(&[("highway", "motorway")]), Some((true, false, false)));
        assert_eq!(modes(&[("highway", "residential"), ("access", "no"), ("foot", "yes")]), Some((false, false, true)));
        assert_eq!(modes(&[("highway", "track"), ("vehicle", "no"), ("bicycle", "yes")]), Some((false, true, true)));
        assert_eq!(modes(&[("highway", "track"), ("motor_vehicle", "yes")]), Some((true, true, true)));
        assert_eq!(modes(&[("highway", "trunk"), ("motorroad", "yes")]), Some((true, false, false)));
        assert_eq!(modes(&[("highway", "service"), ("access", "unknown")]), Some((true, true, true)));
        assert_eq!(modes(&[("highway", "construction")]), None);
        assert_eq!(modes(&[("highway", "pedestrian"), ("area", "yes")]), None);
    }
}
