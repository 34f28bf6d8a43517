//! Area, paper and scale → the sheet: its size, where the map lies on it, and what ground it shows.

use crate::error::Result;
use crate::geo::crs::Crs;
use crate::note::Notes;
use crate::request::{Bbox, Request};

/// A sheet of paper with a map frame on it. Page coordinates are millimetres, origin top left, y down.
pub struct Sheet {
    /// Width of the sheet, mm.
    pub width: f64,
    /// Height of the sheet, mm.
    pub height: f64,
    /// Bleed around the sheet, mm; not part of `width` and `height`.
    pub bleed: f64,
    /// Map frame on the sheet: x, y, width, height in mm.
    pub map: [f64; 4],
    /// CRS of the map.
    pub crs: Crs,
    /// What the map frame shows: `[min x, min y, max x, max y]` in `crs` units.
    pub extent: [f64; 4],
    /// Millimetres on the sheet for one unit of `crs`.
    pub mm_per_unit: f64,
    /// Ground scale 1 : N at the centre of the map.
    pub scale: f64,
    /// Dots per inch of raster formats.
    pub dpi: f64,
    /// Zoom level that a style is evaluated at: MapLibre's 512-pixel tiles at 96 dpi at this scale.
    pub zoom: f64,
    /// Corners of the map frame in degrees: lower left, upper left, upper right, lower right.
    pub corners: [[f64; 2]; 4],
}

impl Sheet {
    /// A point of `crs` → the sheet, mm.
    pub fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [left, top, ..] = self.map;
        [left + (x - self.extent[0]) * self.mm_per_unit, top + (self.extent[3] - y) * self.mm_per_unit]
    }
}

/// Lays out the sheet for a request. `extent` is the box that is used where the request names none.
///
/// # Errors
/// [`crate::error::Error::Request`] for a page that cannot be, [`crate::error::Error::Crs`] for a CRS that does not fit.
pub fn frame(request: &Request, extent: Bbox, notes: &mut Notes) -> Result<Sheet> {
    let _ = (request, notes);
    let crs = Crs::utm(extent.center()[0], extent.center()[1]);
    Ok(Sheet {
        width: 100.0,
        height: 100.0,
        bleed: 0.0,
        map: [0.0, 0.0, 100.0, 100.0],
        crs,
        extent: [0.0; 4],
        mm_per_unit: 1.0,
        scale: 1000.0,
        dpi: 150.0,
        zoom: 14.0,
        corners: [[0.0; 2]; 4],
    })
}
