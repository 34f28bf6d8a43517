//! Levels: a design has 63 of them, which have numbers alone. Layers are given one each as far as they reach; others share one
//! for each layer of the map. How things look is said with each of them, so that they keep it wherever they lie.

use super::element::Look;
use super::palette::Palette;
use crate::format::drafting::{Layer, Lies};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

/// Levels for layers.
const LEVELS: usize = 62;
/// The level of what is written of the levels beside the drawing.
pub(super) const TABLE: u8 = 63;
/// Millimetres on paper of a step of line weight, and the heaviest.
const STEP: f64 = 0.2;
const HEAVIEST: f64 = 31.0;

/// How many features each layer of the map has of each class.
pub(super) type Counts = BTreeMap<(&'static str, &'static str), usize>;

/// The layers of a drawing on levels.
pub(super) struct Levels {
    looks: BTreeMap<String, Look>,
    /// The layers on each level.
    named: BTreeMap<u8, Vec<String>>,
}

impl Levels {
    /// Of layers, whose dashes are in units of the drawing: so many are a millimetre.
    pub(super) fn of(layers: &[Layer], counts: &Counts, palette: &Palette, mm: f64) -> Self {
        let mut levels = Self { looks: BTreeMap::new(), named: BTreeMap::new() };
        let look = |layer: &Layer, level: u8| Look {
            level,
            color: palette.place(layer.color),
            weight: layer.weight.map_or(0.0, |width| libm::round(width / STEP).clamp(0.0, HEAVIEST)) as u8,
            style: layer.dashes.as_ref().map_or(0, |dashes| style(&dashes.lengths, mm)),
        };
        for (row, level) in shared(layers, counts).into_iter().enumerate() {
            let Some(layer) = layers.get(row) else { continue };
            levels.looks.insert(layer.name.clone(), look(layer, level));
            levels.named.entry(level).or_default().push(layer.name.clone());
        }
        levels
    }

    /// How things on a layer look.
    pub(super) fn look(&self, layer: &str) -> Look {
        self.looks.get(layer).copied().unwrap_or_default()
    }

    /// Which layers lie on which level.
    pub(super) fn named(&self) -> impl Iterator<Item = (u8, &[String])> {
        self.named.iter().map(|(level, names)| (*level, names.as_slice()))
    }

    /// How many layers share a level with others.
    pub(super) fn sharing(&self) -> usize {
        self.named.values().map(Vec::len).filter(|count| *count > 1).sum()
    }
}

/// The level of each layer. Those of names have their own first, then lines by how many they are; fillings are missed least.
fn shared(layers: &[Layer], counts: &Counts) -> Vec<u8> {
    let rank = |layer: &Layer| match layer.lies {
        Lies::Names => 0,
        Lies::Lines => 1,
        Lies::Fill | Lies::Hatch => 2,
    };
    let group = |layer: &Layer| (rank(layer), layer.of);
    let count = |layer: &Layer| counts.get(&(layer.of, layer.class)).copied().unwrap_or(0);
    let mut rows: Vec<(usize, &Layer)> = layers.iter().enumerate().collect();
    rows.sort_by_key(|(_, layer)| (rank(layer), Reverse(count(layer))));
    let groups = |rows: &[(usize, &Layer)]| rows.iter().map(|(_, layer)| group(layer)).collect::<BTreeSet<_>>().len();
    let fits = |own: &usize| own + groups(rows.get(*own..).unwrap_or_default()) <= LEVELS;
    let (alone, together) = rows.split_at((0..=rows.len()).rev().find(fits).unwrap_or(0));
    // What lies on a level: one layer, or those of a group. Levels are numbered by what they are of, then as layers come.
    let alone = alone.iter().map(|(row, layer)| ((group(layer), *row), *row));
    let last = layers.len();
    let together = together.iter().map(|(row, layer)| ((group(layer), last), *row));
    let mut lying: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (place, row) in alone.chain(together) {
        lying.entry(place).or_default().push(row);
    }
    let mut levels = vec![0; layers.len()];
    for (place, rows) in lying.into_values().enumerate() {
        for row in rows {
            if let Some(level) = levels.get_mut(row) {
                *level = place.min(LEVELS - 1) as u8 + 1;
            }
        }
    }
    levels
}

/// Dashes so short are dots, mm.
const DOT: f64 = 0.6;
/// Dashes up to these lengths are short, and of middle length, mm.
const SHORT: f64 = 1.5;
const MIDDLE: f64 = 3.5;

/// The line style that is most like dashes and gaps by turns: 1 dotted, 2 middle, 3 long, 4 dash and dot, 5 short, 6 dash and
/// two dots, 7 long and short.
fn style(lengths: &[f64], mm: f64) -> u8 {
    let dashes: Vec<f64> = lengths.iter().step_by(2).map(|length| length / mm).collect();
    let (longest, shortest) = dashes.iter().fold((0.0_f64, f64::MAX), |(a, b), dash| (a.max(*dash), b.min(*dash)));
    match dashes.len() {
        0 => 0,
        _ if longest <= DOT => 1,
        count if shortest < longest * 0.9 => match count {
            _ if shortest > DOT && shortest > longest * 0.3 => 7,
            2 => 4,
            _ => 6,
        },
        _ if longest <= SHORT => 5,
        _ if longest <= MIDDLE => 2,
        _ => 3,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::drafting::Paint;

    fn layer(of: &'static str, lies: Lies, class: &'static str) -> Layer {
        let (name, color) = (format!("{of}-{class}-{lies:?}"), Paint::Ink);
        Layer { name, of, class, lies, color, dashes: None, weight: None }
    }

    #[test]
    fn each_layer_has_a_level_as_far_as_they_reach() {
        let few: Vec<Layer> = (0..62).map(|_| layer("roads", Lies::Lines, "path")).collect();
        assert_eq!(shared(&few, &Counts::new()), (1..=62).collect::<Vec<u8>>());
        let mut many: Vec<Layer> = (0..60).map(|_| layer("roads", Lies::Lines, "path")).collect();
        many.push(layer("roads", Lies::Fill, "path"));
        many.push(layer("roads", Lies::Fill, "bridge"));
        many.push(layer("water", Lies::Lines, "lake"));
        many.push(layer("water", Lies::Names, ""));
        let levels = shared(&many, &Counts::from([(("water", "lake"), 9), (("roads", "bridge"), 3)]));
        assert_eq!((levels[63], levels[62]), (1, 62 - 1));
        assert_eq!((levels[0], levels[57], levels[58], levels[59]), (2, 59, 60, 60));
        assert_eq!((levels[60], levels[61]), (62, 62));
        let found = Levels::of(&many, &Counts::new(), &Palette::of(&many), 1.0);
        assert_eq!((found.named().count(), found.sharing()), (62, 4));
    }

    #[test]
    fn dashes_are_one_of_seven_styles() {
        let found = |dashes: &[f64]| style(&dashes.iter().map(|mm| mm * 5.0).collect::<Vec<_>>(), 5.0);
        assert_eq!(found(&[0.0, 1.0]), 1);
        assert_eq!(found(&[2.0, 1.0, 2.0, 1.0]), 2);
        assert_eq!(found(&[6.0, 3.0]), 3);
        assert_eq!(found(&[6.0, 2.0, 0.4, 2.0]), 4);
        assert_eq!(found(&[1.0, 1.0]), 5);
        assert_eq!(found(&[6.0, 1.0, 0.4, 1.0, 0.4, 1.0]), 6);
        assert_eq!(found(&[15.0, 3.0, 6.0, 3.0]), 7);
    }
}
