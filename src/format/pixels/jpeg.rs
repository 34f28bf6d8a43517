//! Small JPEG pictures: baseline, colours at full resolution.

use super::on_white;
use crate::error::{Error, Result};
use jpeg_encoder::{ColorType, Encoder, PixelDensity, PixelDensityUnit, SamplingFactor};

/// A picture of straight RGBA on white.
///
/// # Errors
/// [`Error::Internal`] for pixels of another number than the size has.
pub fn small(rgba: &[u8], [width, height]: [u32; 2], quality: u8, dpi: f64) -> Result<Vec<u8>> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, quality);
    let dots = libm::round(dpi).clamp(1.0, 65_535.0) as u16;
    encoder.set_density(PixelDensity { density: (dots, dots), unit: PixelDensityUnit::Inches });
    encoder.set_sampling_factor(SamplingFactor::F_1_1);
    encoder.set_optimized_huffman_tables(true);
    let rgb: Vec<u8> = rgba.chunks_exact(4).flat_map(on_white).collect();
    let [columns, rows] = [width, height].map(|side| side.min(65_535) as u16);
    encoder.encode(&rgb, columns, rows, ColorType::Rgb).map_err(|fault| Error::Internal(format!("jpg: {fault}")))?;
    Ok(out)
}
