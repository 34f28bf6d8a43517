//! Few colours for many: each pixel the nearest, with what it is off handed on to its neighbours or hidden in a pattern.

use super::palette::Palette;

/// How it is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// The nearest colour alone.
    Plain,
    /// The error goes to the neighbours (Floyd and Steinberg).
    Diffusion,
    /// A pattern of 8 by 8 (Bayer).
    Pattern,
}

/// The words of an option for it; the first is the default.
pub const MANNERS: &[&str] = &["diffusion", "pattern", "none"];
/// The same where the nearest colour is the default.
pub const PLAIN_FIRST: &[&str] = &["none", "diffusion", "pattern"];

impl Manner {
    /// By its word.
    pub fn of(word: &str) -> Self {
        match word {
            "diffusion" => Self::Diffusion,
            "pattern" => Self::Pattern,
            _ => Self::Plain,
        }
    }
}

/// Rows of pixels → rows of places in a palette.
pub struct Dither {
    palette: Palette,
    manner: Manner,
    /// What the row before and this one hand on, in sixteenths.
    carried: [Vec<[i32; 3]>; 2],
    row: usize,
    /// How far a pattern moves a colour.
    reach: i32,
}

impl Dither {
    /// For rows of one width.
    pub fn new(palette: Palette, manner: Manner, width: usize) -> Self {
        // Between the colours of a small palette lies more.
        let reach = if palette.colors.len() < 17 { 255 / (palette.colors.len() as i32 - 1).max(1) } else { 24 };
        Self { palette, manner, carried: [vec![[0; 3]; width + 2], vec![[0; 3]; width + 2]], row: 0, reach }
    }

    /// The colours.
    pub fn colors(&self) -> &[[u8; 3]] {
        &self.palette.colors
    }

    /// The places of the next row.
    pub fn row(&mut self, pixels: impl Iterator<Item = [u8; 3]>, out: &mut Vec<u8>) {
        let [now, next] = &mut self.carried;
        std::mem::swap(now, next);
        next.iter_mut().for_each(|carried| *carried = [0; 3]);
        for (column, color) in pixels.enumerate() {
            let wanted = match self.manner {
                Manner::Plain => color,
                Manner::Pattern => {
                    let shift = (bayer(column, self.row) * 2 - 63) * self.reach / 128;
                    color.map(|part| (i32::from(part) + shift).clamp(0, 255) as u8)
                }
                Manner::Diffusion => {
                    let carried = now.get(column + 1).copied().unwrap_or_default();
                    let mut wanted = color;
                    wanted.iter_mut().zip(carried).for_each(|(part, carried)| {
                        *part = (i32::from(*part) + (carried + 8).div_euclid(16)).clamp(0, 255) as u8;
                    });
                    wanted
                }
            };
            let place = self.palette.nearest(wanted);
            out.push(place);
            if self.manner == Manner::Diffusion {
                let taken = self.palette.colors.get(usize::from(place)).copied().unwrap_or_default();
                let mut off = [0; 3];
                off.iter_mut()
                    .zip(wanted.iter().zip(taken))
                    .for_each(|(off, (a, b))| *off = i32::from(*a) - i32::from(b));
                let hand_on = |line: &mut [[i32; 3]], at: usize, share: i32| {
                    if let Some(carried) = line.get_mut(at) {
                        carried.iter_mut().zip(off).for_each(|(carried, off)| *carried += off * share);
                    }
                };
                hand_on(now, column + 2, 7);
                [3, 5, 1].into_iter().enumerate().for_each(|(step, share)| hand_on(next, column + step, share));
            }
        }
        self.row += 1;
    }
}

/// The pattern of Bayer, 0 to 63.
fn bayer(x: usize, y: usize) -> i32 {
    let mut value = 0;
    for bit in 0..3 {
        let (x, y) = (x >> bit & 1, y >> bit & 1);
        value = value << 2 | ((x ^ y) << 1 | y);
    }
    value as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share_of_white(manner: Manner, level: u8) -> f64 {
        let mut dither = Dither::new(Palette::new(vec![[0; 3], [255; 3]]), manner, 64);
        let mut out = Vec::new();
        for _ in 0..64 {
            dither.row(std::iter::repeat_n([level; 3], 64), &mut out);
        }
        f64::from(out.iter().map(|place| u32::from(*place)).sum::<u32>()) / 4096.0
    }

    #[test]
    fn grey_is_as_many_dots_as_it_is_light() {
        for level in [32_u8, 100, 128, 220] {
            for manner in [Manner::Diffusion, Manner::Pattern] {
                let share = share_of_white(manner, level);
                assert!((share - f64::from(level) / 255.0).abs() < 0.03, "{manner:?} {level}: {share}");
            }
        }
        assert_eq!([share_of_white(Manner::Plain, 100), share_of_white(Manner::Plain, 200)], [0.0, 1.0]);
    }
}
