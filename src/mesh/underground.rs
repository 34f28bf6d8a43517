//! Which buildings lie below the ground. `layer` says only what lies on what: a house below a bridge has a negative one.

use crate::map::measure::{self, Quantity};
use crate::map::{Feature, Features};

/// Tags that say so by themselves.
const SAID: &[(&str, &str)] = &[("location", "underground"), ("tunnel", "yes")];
/// Tags that say so together, of what has no storeys.
const GARAGE: &[(&str, &str)] = &[("amenity", "parking"), ("parking", "underground")];

/// Whether all of a building or part lies below the ground.
pub(super) fn underground(features: &Features, feature: &Feature) -> bool {
    let tag = |key: &str| features.tag(feature, key).map(str::trim);
    let number = |key: &str, quantity| measure::read(tag(key)?, quantity);
    let height = ["height", "building:height", "est_height"].iter().find_map(|key| number(key, Quantity::Length));
    let stands = || height.is_some_and(|height| height > 0.0);
    let storeys = |key: &str| number(key, Quantity::Plain);
    let none = |key: &str| storeys(key).is_none_or(|levels| levels <= 0.0);
    let above = || stands() || !none("building:levels") || !none("roof:levels");
    // A cellar with nothing above it.
    let cellar = || storeys("building:levels") == Some(0.0) && !none("building:levels:underground");
    let begins = || number("min_height", Quantity::Length).or_else(|| storeys("building:min_level"));
    let ends = || height.or_else(|| storeys("building:levels"));
    let said = |(key, value): &(&str, &str)| tag(key).is_some_and(|told| told.eq_ignore_ascii_case(value));
    SAID.iter().any(said)
        || (GARAGE.iter().all(said) && !above())
        || tag("level").is_some_and(below)
        || (cellar() && !above())
        || (begins().is_some_and(|from| from < 0.0) && ends().is_some_and(|to| to <= 0.0) && !above())
}

/// Whether all storeys of a list, or both ends of a range, have numbers below zero: `-1`, `-2;-1`, `-3--1`.
fn below(levels: &str) -> bool {
    let negative = |level: &str| measure::read(level, Quantity::Plain).is_some_and(|level| level < 0.0);
    levels.split(';').map(str::trim).all(|part| {
        // The hyphen of a range stands behind a figure.
        let hyphen = part.char_indices().skip(1).find(|(_, c)| *c == '-').map(|(at, _)| at);
        match hyphen.and_then(|at| part.split_at_checked(at)) {
            Some((from, to)) => negative(from) && negative(to.strip_prefix('-').unwrap_or(to)),
            None => negative(part),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn levels_are_below_where_all_are() {
        for (levels, expected) in [
            ("-1", true),
            ("-2;-1", true),
            ("-3--1", true),
            ("-0.5", true),
            ("-1;0", false),
            ("-1-0", false),
            ("-1-2", false),
            ("0", false),
            ("1", false),
            ("", false),
            ("P1", false),
        ] {
            assert_eq!(below(levels), expected, "{levels}");
        }
    }
}
