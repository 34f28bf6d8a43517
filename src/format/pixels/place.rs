//! Where a picture lies on the ground.

use crate::geo::crs::Crs;
use crate::scene::raster::Raster;
use crate::wire::number;

/// A picture whose rows go east and whose columns go south in a system of coordinates.
pub struct Place<'s> {
    /// The system.
    pub crs: &'s Crs,
    /// The upper left corner of the first pixel.
    pub corner: [f64; 2],
    /// The side of a pixel.
    pub pixel: f64,
    /// Width and height in pixels.
    pub size: [u32; 2],
}

impl<'s> Place<'s> {
    /// Of a picture of a sheet.
    pub fn of(raster: &Raster<'s>) -> Self {
        let sheet = &raster.scene.sheet;
        let (corner, mm) = raster.place();
        Self {
            crs: &sheet.crs,
            corner: sheet.lift(corner),
            pixel: mm / sheet.mm_per_unit,
            size: [raster.width, raster.height],
        }
    }

    /// The point at a number of pixels from the upper left corner.
    pub fn at(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        [self.corner[0] + x * self.pixel, self.corner[1] - y * self.pixel]
    }

    /// West, south, east, north in its system.
    pub fn bounds(&self) -> [f64; 4] {
        let [west, north] = self.corner;
        let [east, south] = self.at(self.size.map(f64::from));
        [west, south, east, north]
    }

    /// The six lines of a world file: the side of a pixel, no turn, and the middle of the first pixel.
    pub fn world_file(&self) -> String {
        let [x, y] = self.at([0.5, 0.5]);
        let side = [self.pixel, 0.0, 0.0, -self.pixel].map(|value| number::text(value, 12));
        // Northings have seven figures before the point.
        let lines = [side.as_slice(), &[x, y].map(|value| number::text(value, 9))].concat();
        lines.join("\r\n") + "\r\n"
    }
}
