//! How high a building is: Simple 3D Buildings, <https://wiki.openstreetmap.org/wiki/Simple_3D_Buildings>.

use crate::map::{Feature, Features, LAYERS, Value};

/// Height of a storey, metres.
const STOREY: f64 = 3.0;
/// What a building without a height is given: `class`, metres.
const USUAL: &[(&str, f64)] =
    &[("outbuilding", 3.0), ("roof", 4.0), ("industrial", 7.0), ("religious", 12.0), ("ruins", 2.0), ("public", 9.0)];
/// The same, for all other classes.
const OTHERS: f64 = 6.0;
/// Lowest wall, metres; a body must have one.
const LEAST: f64 = 0.1;

/// From where to where a building goes, metres above the ground.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Height {
    /// Its underside.
    pub base: f64,
    /// Where the roof begins.
    pub eaves: f64,
    /// Its top.
    pub top: f64,
    /// Nothing says how high it is.
    pub guessed: bool,
}

/// What the tags of a building say; `sloped` where its roof is not flat, `width` the short side of its footprint.
pub(super) fn height(features: &Features, feature: &Feature, sloped: bool, width: f64) -> Height {
    let number = |name: &str| {
        let fields = LAYERS.iter().find(|layer| layer.id == "buildings").map_or(&[][..], |layer| layer.fields);
        let field = fields.iter().find(|field| field.name == name)?;
        match features.field(feature, field) {
            Value::Number(number) if number.is_finite() && (0.0..2000.0).contains(&number) => Some(number),
            _ => None,
        }
    };
    let base = number("min_height").or_else(|| number("min_level").map(|level| level * STOREY)).unwrap_or(0.0);
    let given = number("height");
    let storeys = number("levels").filter(|levels| *levels > 0.0).map(|levels| levels * STOREY);
    let pitched = number("roof_angle").filter(|angle| (1.0..80.0).contains(angle));
    let roof = match (number("roof_ht"), pitched, number("roof_lvls").filter(|levels| *levels > 0.0)) {
        _ if !sloped => 0.0,
        (Some(roof), ..) => roof,
        (None, Some(angle), _) => libm::tan(angle.to_radians()) * width / 2.0,
        (None, None, Some(levels)) => levels * STOREY,
        (None, None, None) => (width / 2.0 * 0.6).min(given.map_or(STOREY * 1.5, |height| (height - base) / 2.0)),
    };
    let class = features.class(feature).id;
    let usual = USUAL.iter().find(|(id, _)| *id == class).map_or(OTHERS, |(_, usual)| *usual);
    let top = match (given, storeys) {
        (Some(height), _) => height,
        (None, Some(walls)) => walls + roof,
        (None, None) => base + usual + roof,
    };
    let top = top.max(base + LEAST);
    let eaves = (top - roof).clamp(base + LEAST.min(top - base), top);
    Height { base, eaves, top, guessed: given.is_none() && storeys.is_none() }
}
