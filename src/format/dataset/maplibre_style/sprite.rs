//! Symbols as a sprite of signed distances (<https://maplibre.org/maplibre-style-spec/sprite/>), which styles colour.

use crate::error::{Error, Result};
use crate::style::outline::{HALF, Rings, all};
use png::{BitDepth, ColorType, Encoder};
use serde_json::{Map, Value, json};

/// Symbols in a row.
const ACROSS: usize = 16;
/// How far distances reach, pixels of the sprite, and what stands at the outline itself, of 1.
const REACH: f64 = 8.0;
const EDGE: f64 = 0.75;

/// The index and the picture (PNG) for screens with so many pixels to one of CSS.
///
/// # Errors
/// [`Error::Internal`], which nobody will see.
pub fn sprite(ratio: usize) -> Result<(Value, Vec<u8>)> {
    let symbols: Vec<(&str, Rings)> = all().collect();
    let side = 2 * HALF as usize * ratio + ratio;
    let (width, height) = (ACROSS * side, symbols.len().div_ceil(ACROSS) * side);
    let mut pixels = vec![0_u8; 2 * width * height];
    let mut index = Map::new();
    for (row, (name, rings)) in symbols.iter().enumerate() {
        let [left, top] = [row % ACROSS * side, row / ACROSS * side];
        let place = json!({"x": left, "y": top, "width": side, "height": side, "pixelRatio": ratio, "sdf": true});
        index.insert((*name).to_owned(), place);
        for (line, column) in (0..side * side).map(|pixel| (pixel / side, pixel % side)) {
            let middle = |pixel: usize| (pixel as f64 + 0.5) / ratio as f64 - HALF - 0.5;
            let away = distance(rings, [middle(column), middle(line)]) * ratio as f64;
            let share = (EDGE - away / REACH).clamp(0.0, 1.0);
            if let Some(pixel) =
                pixels.get_mut(2 * ((top + line) * width + left + column)..).and_then(|rest| rest.first_chunk_mut())
            {
                *pixel = [255, libm::round(share * 255.0) as u8];
            }
        }
    }
    let fault = |fault: png::EncodingError| Error::Internal(format!("PNG: {fault}"));
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, width as u32, height as u32);
    encoder.set_color(ColorType::GrayscaleAlpha);
    encoder.set_depth(BitDepth::Eight);
    let mut writer = encoder.write_header().map_err(fault)?;
    writer.write_image_data(&pixels).map_err(fault)?;
    writer.finish().map_err(fault)?;
    Ok((index.into(), out))
}

/// How far a place lies outside some rings, pixels of CSS; inside, below zero.
fn distance(rings: &Rings, [x, y]: [f64; 2]) -> f64 {
    let (mut nearest, mut inside) = (f64::INFINITY, false);
    for ring in rings {
        for (at, &[ax, ay]) in ring.iter().enumerate() {
            let Some(&[bx, by]) = ring.get((at + 1) % ring.len().max(1)) else { continue };
            let (dx, dy) = (bx - ax, by - ay);
            let length = dx * dx + dy * dy;
            let along = if length > 0.0 { (((x - ax) * dx + (y - ay) * dy) / length).clamp(0.0, 1.0) } else { 0.0 };
            nearest = nearest.min(libm::hypot(ax + along * dx - x, ay + along * dy - y));
            if (ay > y) != (by > y) && x < ax + (y - ay) / (by - ay) * dx {
                inside = !inside;
            }
        }
    }
    if inside { -nearest } else { nearest }
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn distances_have_their_sign() {
        let square = vec![vec![[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]]];
        assert_eq!(distance(&square, [0.0, 0.0]), -1.0);
        assert_eq!(distance(&square, [3.0, 0.5]), 2.0);
        assert_eq!(distance(&vec![], [0.0, 0.0]), f64::INFINITY);
    }
}
