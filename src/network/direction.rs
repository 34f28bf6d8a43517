//! In which direction a way may be used (OSM wiki: Key:oneway).

use super::Modes;

/// Directions of a way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Direction {
    /// Who may go along the way.
    pub forward: Modes,
    /// Who may go against it.
    pub backward: Modes,
    /// Vehicles may go in one direction only.
    pub oneway: bool,
}

/// Along, against.
type Ways = [bool; 2];

const BOTH: Ways = [true, true];

/// Who of `modes` may go along a way, and who against it; `tag` gives the value of a key.
pub fn of<'a>(modes: Modes, tag: &impl Fn(&str) -> Option<&'a str>) -> Direction {
    let circle = matches!(tag("junction"), Some("roundabout" | "circular"));
    let implied = circle || tag("highway") == Some("motorway");
    let general = tag("oneway").and_then(meaning).unwrap_or(if implied { [true, false] } else { BOTH });
    let special =
        |keys: &[&str], general: Ways| keys.iter().find_map(|key| tag(key).and_then(meaning)).unwrap_or(general);
    let vehicle = special(&["oneway:vehicle"], general);
    let car = special(&["oneway:motorcar", "oneway:motor_vehicle"], vehicle);
    let mut bicycle = special(&["oneway:bicycle"], vehicle);
    let lanes = ["cycleway", "cycleway:left", "cycleway:right", "cycleway:both"];
    if lanes.iter().any(|key| tag(key).is_some_and(|value| value.starts_with("opposite"))) {
        bicycle = BOTH;
    }
    // The tag speaks of vehicles: who walks needs one of their own.
    let foot = special(&["oneway:foot", "foot:oneway"], BOTH);
    let side = |side: usize| {
        let at = |ways: Ways| ways.get(side).copied().unwrap_or(false);
        modes.and(Modes { car: at(car), bicycle: at(bicycle), foot: at(foot) })
    };
    Direction { forward: side(0), backward: side(1), oneway: vehicle != BOTH }
}

fn meaning(value: &str) -> Option<Ways> {
    match value {
        "yes" | "true" | "1" => Some([true, false]),
        "-1" | "reverse" => Some([false, true]),
        "no" | "false" | "0" | "alternating" => Some(BOTH),
        // By the hour, or by signals: nothing to rely on.
        "reversible" => Some([false, false]),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(tags: &[(&str, &'static str)]) -> [(bool, bool, bool); 2] {
        let tag = |key: &str| tags.iter().find(|(known, _)| *known == key).map(|(_, value)| *value);
        let direction = of(Modes::ALL, &tag);
        [direction.forward, direction.backward].map(|modes| (modes.car, modes.bicycle, modes.foot))
    }

    #[test]
    fn directions_are_as_tagged_or_implied() {
        let (all, foot) = ((true, true, true), (false, false, true));
        assert_eq!(found(&[]), [all, all]);
        assert_eq!(found(&[("oneway", "yes")]), [all, foot]);
        assert_eq!(found(&[("oneway", "-1")]), [foot, all]);
        assert_eq!(found(&[("junction", "roundabout")]), [all, foot]);
        assert_eq!(found(&[("highway", "motorway")]), [all, foot]);
        assert_eq!(found(&[("highway", "motorway"), ("oneway", "no")]), [all, all]);
        assert_eq!(found(&[("oneway", "yes"), ("oneway:bicycle", "no")]), [all, (false, true, true)]);
        assert_eq!(found(&[("oneway", "yes"), ("cycleway", "opposite_lane")]), [all, (false, true, true)]);
        assert_eq!(found(&[("oneway", "reversible")]), [foot, foot]);
    }
}
