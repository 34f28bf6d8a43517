//! How high a building is: Simple 3D Buildings, <https://wiki.openstreetmap.org/wiki/Simple_3D_Buildings>.

use super::measure::{self, Quantity};
use super::{Feature, Features};

/// Height of a storey, metres.
const STOREY: f64 = 3.0;
/// What a building without a height is given: `class`, metres.
const USUAL: &[(&str, f64)] =
    &[("outbuilding", 3.0), ("roof", 4.0), ("industrial", 7.0), ("religious", 12.0), ("ruins", 2.0), ("public", 9.0)];
/// The same, for all other classes.
const OTHERS: f64 = 6.0;
/// Lowest wall, metres; a body must have one.
const LEAST: f64 = 0.1;
/// What is believed of a building at most, metres and storeys.
const HIGHEST: f64 = 2000.0;
const MOST: f64 = 600.0;

/// From where to where a building goes, metres above the ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Height {
    /// Its underside.
    pub base: f64,
    /// Where the roof begins.
    pub eaves: f64,
    /// Its top.
    pub top: f64,
    /// Nothing that can be used says how high it is.
    pub guessed: bool,
    /// Tags whose number cannot be read, or cannot be.
    pub unread: u64,
}

/// The number of the first of some keys that has one within limits; those before it that have none are counted.
fn number(
    features: &Features,
    feature: &Feature,
    unread: &mut u64,
    (keys, quantity, [least, most]): (&[&str], Quantity, [f64; 2]),
) -> Option<f64> {
    keys.iter().find_map(|key| {
        let text = features.tag(feature, key).filter(|text| !text.trim().is_empty())?;
        let found = measure::read(text, quantity).filter(|number| (least..=most).contains(number));
        *unread += u64::from(found.is_none());
        found
    })
}

/// What the tags of a building say; `sloped` where its roof is not flat, `width` the short side of its footprint. What
/// reaches below the ground begins there.
pub fn height(features: &Features, feature: &Feature, sloped: bool, width: f64) -> Height {
    use Quantity::{Length, Plain};
    let mut unread = 0;
    let mut number = |row| number(features, feature, &mut unread, row);
    let given = number((&["height", "building:height", "est_height"], Length, [LEAST, HIGHEST]));
    let levels = number((&["building:levels"], Plain, [0.0, MOST]));
    let begins = number((&["min_height"], Length, [-HIGHEST, HIGHEST]));
    let begins = begins.or_else(|| number((&["building:min_level"], Plain, [-MOST, MOST])).map(|level| level * STOREY));
    let base = begins.unwrap_or(0.0).max(0.0);
    let told = number((&["roof:height"], Length, [0.0, HIGHEST]));
    let pitched = number((&["roof:angle"], Plain, [0.0, 90.0])).filter(|angle| (1.0..80.0).contains(angle));
    let attic = number((&["roof:levels"], Plain, [0.0, MOST])).filter(|levels| *levels > 0.0);
    let attic = attic.map(|levels| levels * STOREY);
    let roof = match (told, pitched, attic) {
        _ if !sloped => 0.0,
        (Some(roof), ..) => roof,
        (None, Some(angle), _) => libm::tan(angle.to_radians()) * width / 2.0,
        (None, None, Some(attic)) => attic,
        (None, None, None) => (width / 2.0 * 0.6).min(given.map_or(STOREY * 1.5, |height| (height - base) / 2.0)),
    };
    // Storeys below the roof, and the roof, even if it is drawn flat; a house may be all roof.
    let storeys = levels.map(|levels| levels * STOREY + if sloped { roof } else { attic.unwrap_or(0.0) });
    let storeys = storeys.filter(|storeys| *storeys > 0.0);
    let class = features.class(feature).id;
    let usual = USUAL.iter().find(|(id, _)| *id == class).map_or(OTHERS, |(_, usual)| *usual);
    let top = given.or(storeys).unwrap_or(base + usual + roof).max(base + LEAST);
    let eaves = (top - roof).clamp(base + LEAST.min(top - base), top);
    Height { base, eaves, top, guessed: given.is_none() && storeys.is_none(), unread }
}
