//! The order in which features are drawn: as the style draws them, the lowest first.

use super::looks::Looks;
use crate::map::{Features, Geometry};
use crate::order;

/// Rows of features: areas and lines as the style has them, those on bridges and in tunnels by their level, then points.
pub(super) fn order(features: &Features, looks: &mut Looks) -> Vec<usize> {
    let mut keys: Vec<(bool, i8, usize, usize)> = Vec::with_capacity(features.rows.len());
    for (row, feature) in features.rows.iter().enumerate() {
        let point = feature.geometry == Geometry::Point;
        let place = looks.of(features, feature).place;
        // What the style never draws lies below all.
        let place = if place == usize::MAX { 0 } else { place + 1 };
        let level = if feature.geometry == Geometry::Line { feature.layer_z.max(0) } else { 0 };
        keys.push((point, level, place, row));
    }
    order::sort(&mut keys);
    keys.into_iter().map(|(.., row)| row).collect()
}
