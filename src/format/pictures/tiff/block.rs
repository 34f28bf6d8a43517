//! Pixels → the bytes of a strip or tile.

use crate::error::{Error, Result};
use crate::format::Settings;
use crate::format::pixels::{grey, on_white};
use crate::wire::deflate::zlib;
use crate::wire::icc::cmyk;
use weezl::BitOrder;
use weezl::encode::Encoder;

/// What samples pixels have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Color {
    /// Red, green, blue.
    Rgb,
    /// The same and opacity, which they are not multiplied by.
    Rgba,
    /// Inks.
    Cmyk,
    /// One, which is lightness.
    Grey,
}

/// How samples are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// Not at all.
    None,
    /// Lempel, Ziv and Welch (§13).
    Lzw,
    /// As in ZIP (technical note 2 of Adobe).
    Deflate,
}

/// How blocks are made.
#[derive(Debug, Clone, Copy)]
pub struct Coding {
    /// Samples.
    pub color: Color,
    /// Packing.
    pub packing: Packing,
}

impl Coding {
    /// As the options say.
    pub fn new(opaque: bool, settings: &Settings) -> Self {
        let color = match settings.text("color") {
            "cmyk" => Color::Cmyk,
            "grey" => Color::Grey,
            _ if opaque => Color::Rgb,
            _ => Color::Rgba,
        };
        let packing = match settings.text("compression") {
            "lzw" => Packing::Lzw,
            "none" => Packing::None,
            _ => Packing::Deflate,
        };
        Self { color, packing }
    }

    /// Samples of a pixel.
    pub fn samples(&self) -> u32 {
        match self.color {
            Color::Grey => 1,
            Color::Rgb => 3,
            Color::Rgba | Color::Cmyk => 4,
        }
    }

    /// Rows of straight RGBA as a block.
    ///
    /// # Errors
    /// None that memory does not have.
    pub fn encode(&self, rgba: &[u8], width: u32) -> Result<Vec<u8>> {
        let mut samples = self.convert(rgba);
        if self.packing != Packing::None {
            let step = self.samples() as usize;
            // Differences from pixel to pixel (§14): even colours become zeros.
            for row in samples.chunks_exact_mut(width as usize * step) {
                for at in (step..row.len()).rev() {
                    let before = row.get(at - step).copied().unwrap_or_default();
                    if let Some(sample) = row.get_mut(at) {
                        *sample = sample.wrapping_sub(before);
                    }
                }
            }
        }
        match self.packing {
            Packing::None => Ok(samples),
            Packing::Deflate => zlib(&samples),
            Packing::Lzw => Encoder::with_tiff_size_switch(BitOrder::Msb, 8)
                .encode(&samples)
                .map_err(|fault| Error::Internal(format!("LZW: {fault}"))),
        }
    }

    fn convert(&self, rgba: &[u8]) -> Vec<u8> {
        let pixels = rgba.chunks_exact(4);
        match self.color {
            Color::Rgba => rgba.to_vec(),
            Color::Rgb => pixels.flat_map(|pixel| pixel.iter().take(3).copied()).collect(),
            Color::Grey => pixels.map(|pixel| grey(on_white(pixel))).collect(),
            Color::Cmyk => {
                // Neighbours are mostly of one colour.
                let mut last = ([255; 3], [0; 4]);
                let inks = |color| cmyk(color).map(|share| libm::roundf(share * 255.0) as u8);
                let of = |pixel| {
                    let color = on_white(pixel);
                    if color != last.0 {
                        last = (color, inks(color));
                    }
                    last.1
                };
                pixels.flat_map(of).collect()
            }
        }
    }
}

/// The square of a band that begins at a column; what lies beyond the band is nothing.
pub fn cut(rgba: &[u8], width: u32, left: u32, side: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity(side as usize * side as usize * 4);
    for row in rgba.chunks_exact(width as usize * 4) {
        let end = (left + side).min(width) as usize * 4;
        out.extend_from_slice(row.get(left as usize * 4..end).unwrap_or_default());
        out.resize(out.len().next_multiple_of(side as usize * 4), 0);
    }
    out.resize(side as usize * side as usize * 4, 0);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tile_beyond_the_edge_is_filled_up() {
        let rgba: Vec<u8> = (0..3 * 2 * 4).collect();
        let tile = cut(&rgba, 3, 2, 2);
        assert_eq!(tile, [8, 9, 10, 11, 0, 0, 0, 0, 20, 21, 22, 23, 0, 0, 0, 0]);
    }

    #[test]
    fn differences_run_along_each_row_alone() {
        let coding = Coding { color: Color::Grey, packing: Packing::Lzw };
        let rgba = [[10_u8, 10, 10, 255], [12, 12, 12, 255], [200, 200, 200, 255], [200, 200, 200, 255]].concat();
        let packed = coding.encode(&rgba, 2).unwrap();
        let mut decoder = weezl::decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8);
        assert_eq!(decoder.decode(&packed).unwrap(), [10, 2, 200, 0]);
    }
}
