//! AutoCAD's 255 numbered colours (ACI): which of them looks most like a colour.

use crate::color::Color as Rgb;
use crate::format::drafting::Paint;
use std::sync::OnceLock;

/// Black on paper and white on a dark screen.
const INK: u8 = 7;
/// Chroma (Oklab) below which a tint may become a grey, and that of greys.
const TINT: f64 = 0.04;
const GREY: f64 = 0.02;
/// What differences in chroma and in hue weigh beside those in lightness: the palette has few pale colours, so the sea is rather
/// a bluer blue than a grey, and a forest a stronger green than a sand.
const WEIGHTS: [f64; 2] = [0.6, 3.0];

/// The number of a colour, or of the nearest.
pub fn index(paint: Paint) -> u8 {
    match paint {
        Paint::Ink => INK,
        Paint::Index(index) => index,
        Paint::Color(Rgb { r, g, b, .. }) => nearest([r, g, b]),
    }
}

/// Red, green and blue of a colour; none for ink.
pub fn rgb(paint: Paint) -> Option<[u8; 3]> {
    match paint {
        Paint::Ink => None,
        Paint::Index(index) => palette(index),
        Paint::Color(Rgb { r, g, b, .. }) => Some([r, g, b]),
    }
}

/// The nearest to the eye; the first of several.
fn nearest(color: [u8; 3]) -> u8 {
    static TABLE: OnceLock<Vec<(u8, [f64; 3])>> = OnceLock::new();
    let known = |index: u8| palette(index).map(|rgb| (index, oklab(rgb)));
    let table = TABLE.get_or_init(|| (1..=255).filter(|index| *index != INK).filter_map(known).collect());
    let wanted = oklab(color);
    let distance = |[l, a, b]: [f64; 3]| {
        let paler = (chroma([l, a, b]) - chroma(wanted)).powi(2);
        let turned = ((a - wanted[1]).powi(2) + (b - wanted[2]).powi(2) - paler).max(0.0);
        let lost = if chroma(wanted) > TINT && chroma([l, a, b]) < GREY { chroma(wanted) } else { 0.0 };
        (l - wanted[0]).powi(2) + WEIGHTS[0] * paler + WEIGHTS[1] * (turned + lost.powi(2))
    };
    let best = table.iter().map(|(index, color)| (*index, distance(*color))).min_by(|a, b| a.1.total_cmp(&b.1));
    best.map_or(INK, |(index, _)| index)
}

/// Numbers 1 to 9: pure colours, ink, greys.
const PURE: [[u8; 3]; 9] =
    [[255, 0, 0], [255, 255, 0], [0, 255, 0], [0, 255, 255], [0, 0, 255], [255, 0, 255], [255; 3], [128; 3], [192; 3]];
/// Numbers 250 to 255.
const GREYS: [u8; 6] = [51, 91, 132, 173, 214, 255];
/// Brightness of the five pairs of a hue.
const BRIGHT: [f64; 5] = [255.0, 165.0, 127.0, 76.0, 38.0];

/// Red, green and blue of a number: from 10 on there are ten of every 15 degrees of hue, pairs of a full and a half saturated one,
/// each pair darker than the one before.
fn palette(index: u8) -> Option<[u8; 3]> {
    let row = usize::from(index);
    if let 1..=9 = row {
        return PURE.get(row - 1).copied();
    }
    if let Some(grey) = row.checked_sub(250) {
        return GREYS.get(grey).map(|level| [*level; 3]);
    }
    let row = row.checked_sub(10)?;
    let high = *BRIGHT.get(row % 10 / 2)?;
    let low = if row % 2 == 1 { high / 2.0 } else { 0.0 };
    let turn = row / 10 * 15;
    let part = (high - low) * (turn % 60) as f64 / 60.0;
    let (rising, falling) = (low + part, high - part);
    let rgb = match turn / 60 {
        0 => [high, rising, low],
        1 => [falling, high, low],
        2 => [low, high, rising],
        3 => [low, falling, high],
        4 => [rising, low, high],
        _ => [high, low, falling],
    };
    // A half goes down.
    Some(rgb.map(|level| libm::ceil(level - 0.5) as u8))
}

fn chroma([_, a, b]: [f64; 3]) -> f64 {
    libm::hypot(a, b)
}

/// Lightness and two hues in which equal steps look alike (Björn Ottosson, "A perceptual color space for image processing", 2020).
fn oklab(rgb: [u8; 3]) -> [f64; 3] {
    let [r, g, b] = rgb.map(|level| {
        let level = f64::from(level) / 255.0;
        if level <= 0.04045 { level / 12.92 } else { libm::pow((level + 0.055) / 1.055, 2.4) }
    });
    let [l, m, s] = [
        0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
        0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
        0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
    ]
    .map(libm::cbrt);
    [
        0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
        1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
        0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_find_themselves_and_tints_keep_their_hue() {
        // As AutoCAD shows them.
        let shown = [
            (11, [255, 127, 127]),
            (32, [165, 82, 0]),
            (141, [127, 223, 255]),
            (33, [165, 124, 82]),
            (62, [124, 165, 0]),
            (253, [173; 3]),
        ];
        shown.iter().for_each(|(index, rgb)| assert_eq!(palette(*index), Some(*rgb), "{index}"));
        for index in (1..=255).filter(|index| *index != INK) {
            let rgb = palette(index).unwrap();
            assert_eq!(palette(nearest(rgb)), Some(rgb), "{index}");
        }
        let hue = |color| palette(nearest(color)).unwrap();
        // Water, a park, a forest, a motorway: as pale as tables of styles have them.
        let [r, g, b] = hue([0xaa, 0xd3, 0xdf]);
        assert!(b > r && g > r, "{r} {g} {b}");
        let [r, g, b] = hue([0xc8, 0xfa, 0xcc]);
        assert!(g > r && g > b, "{r} {g} {b}");
        let [r, g, b] = hue([0xad, 0xd1, 0x9e]);
        assert!(g > r && g > b, "{r} {g} {b}");
        let [r, g, b] = hue([0xe8, 0x92, 0xa2]);
        assert!(r > g && r > b, "{r} {g} {b}");
        assert_eq!(hue([0xff, 0xff, 0xff]), [255; 3]);
        assert_eq!(hue([0xc0, 0xc0, 0xc1]), [192; 3]);
    }
}
