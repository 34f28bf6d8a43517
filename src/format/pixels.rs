//! What formats of pictures share: limits, colours on paper, rows from below, where a picture lies on the ground.

pub mod dither;
pub mod jpeg;
pub mod layers;
pub mod palette;
pub mod place;
pub mod tileset;

use crate::error::{Error, Result};
use crate::scene::raster::Raster;
use crate::watch::Watch;

/// Refuses a picture of more pixels than a format holds, before anything is drawn.
///
/// # Errors
/// [`Error::TooLarge`], which says at which resolution it fits.
pub fn within(raster: &Raster, format: &str, side: u32, pixels: u64) -> Result<()> {
    let (width, height) = (raster.width, raster.height);
    let [wide, all] = [f64::from(width.max(height)), f64::from(width) * f64::from(height)];
    let excess = (wide / f64::from(side)).max(libm::sqrt(all / pixels as f64));
    if excess <= 1.0 {
        return Ok(());
    }
    let dpi = libm::floor(raster.dpi / excess).max(1.0);
    Err(Error::TooLarge(format!(
        "{width} × {height} pixels are too many for {format}, which takes {side} a side and {} million in all: set page.dpi to {dpi} or less",
        pixels / 1_000_000
    )))
}

/// A pixel on white paper.
pub fn on_white(pixel: &[u8]) -> [u8; 3] {
    match *pixel {
        [r, g, b, 255] => [r, g, b],
        [r, g, b, a] => {
            [r, g, b].map(|part| ((u32::from(part) * u32::from(a) + 255 * (255 - u32::from(a)) + 127) / 255) as u8)
        }
        _ => [255; 3],
    }
}

/// How light a colour is, as video has it (ITU-R BT.601).
pub fn grey([r, g, b]: [u8; 3]) -> u8 {
    ((u32::from(r) * 299 + u32::from(g) * 587 + u32::from(b) * 114 + 500) / 1000) as u8
}

/// Draws a picture and hands its rows on from the lowest to the highest.
///
/// # Errors
/// Those of drawing and of `take`.
pub fn upwards(raster: &Raster, watch: &mut Watch, take: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
    let (rows, height) = (raster.rows.clamp(1, raster.height), raster.height);
    let bands = height.div_ceil(rows);
    let corners: Vec<[u32; 2]> = (1..=bands).map(|band| [0, height.saturating_sub(band * rows)]).collect();
    let mut band = 0;
    raster.pieces([raster.width, rows], &corners, watch, &mut |rgba| {
        let left = (height - band * rows).min(rows) as usize;
        band += 1;
        let row = raster.width as usize * 4;
        rgba.get(..left * row).unwrap_or(rgba).chunks_exact(row.max(1)).rev().try_for_each(&mut *take)
    })
}
