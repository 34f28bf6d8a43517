//! The table of colours: those of the layers, as far as they find room, and the nearest of them for others.

use crate::format::autocad;
use crate::format::drafting::{Layer, Paint};

/// Colours there is room for; the last place is the background's.
const ROOM: usize = 255;
/// Paper, and the ink on it.
const PAPER: [u8; 3] = [255; 3];
const INK: [u8; 3] = [0; 3];

/// Colours in the order of the layers; the first is the ink.
pub(super) struct Palette(Vec<[u8; 3]>);

impl Palette {
    /// Of layers.
    pub(super) fn of(layers: &[Layer]) -> Self {
        let mut colors = vec![INK];
        for color in layers.iter().map(|layer| parts(layer.color)) {
            if colors.len() < ROOM && !colors.contains(&color) {
                colors.push(color);
            }
        }
        Self(colors)
    }

    /// The place of a colour, or of the nearest.
    pub(super) fn place(&self, paint: Paint) -> u8 {
        let wanted = parts(paint);
        let off = |color: &[u8; 3]| -> u32 {
            color.iter().zip(wanted).map(|(a, b)| u32::from(a.abs_diff(b)) * u32::from(a.abs_diff(b))).sum()
        };
        let nearest = self.0.iter().enumerate().min_by_key(|(_, color)| off(color));
        nearest.map_or(0, |(place, _)| place as u8)
    }

    /// The whole table; places that are free have the ink's colour.
    pub(super) fn table(&self) -> [[u8; 3]; 256] {
        let mut table = [INK; 256];
        for (place, color) in table.iter_mut().zip(&self.0) {
            *place = *color;
        }
        let [.., background] = &mut table;
        *background = PAPER;
        table
    }
}

fn parts(paint: Paint) -> [u8; 3] {
    autocad::rgb(paint).unwrap_or(INK)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::color::Color;
    use crate::format::drafting::Lies;

    fn layer(r: u8, g: u8) -> Layer {
        let color = Paint::Color(Color { r, g, b: 0, a: 255 });
        Layer { name: String::new(), of: "", class: "", lies: Lies::Lines, color, dashes: None, weight: None }
    }

    #[test]
    fn colours_beyond_the_room_are_the_nearest() {
        let layers: Vec<Layer> = (0..=255).rev().map(|r| layer(r, 9)).collect();
        let palette = Palette::of(&layers);
        assert_eq!(palette.place(Paint::Ink), 0);
        assert_eq!((palette.place(layers[0].color), palette.place(layers[253].color)), (1, 254));
        assert_eq!(palette.place(layer(1, 9).color), 254);
        let table = palette.table();
        assert_eq!((table[0], table[1], table[255]), ([0; 3], [255, 9, 0], [255; 3]));
        assert_eq!(Palette::of(&[]).place(layers[0].color), 0);
    }
}
