//! A [`Scene`] → pixels, in bands, by vello_cpu.

#[cfg(not(target_family = "wasm"))]
pub mod crew;
mod drawer;
mod painter;

use super::Scene;
use crate::error::{Error, Result};
use crate::watch::{Stage, Watch};
pub use drawer::Drawer;
pub use painter::{Part, View};

/// Most pixels of one side: vello_cpu counts them in 16 bits.
const MAX_SIDE: f64 = 65_535.0;
/// Most pixels in all: a poster of 33 by 33 thousand.
const MAX_PIXELS: f64 = 1.1e9;
/// Pixels drawn at a time; with its strips a band needs about ten bytes each.
const BAND_PIXELS: u32 = 6_000_000;

/// Rows of bands are a multiple of this: formats divide them further.
const BLOCK: u32 = 16;

/// Draws a scene band by band, so that a poster never needs all its pixels at once.
pub struct Raster<'s> {
    /// What is drawn.
    pub scene: &'s Scene,
    /// Width in pixels, bleed included.
    pub width: u32,
    /// Height in pixels, bleed included.
    pub height: u32,
    /// Dots per inch.
    pub dpi: f64,
    /// True: neither paper nor the scene's background is painted.
    pub transparent: bool,
    /// Rows drawn at a time.
    pub rows: u32,
    /// What of the scene is drawn.
    pub part: Part<'s>,
    /// Whether an opaque map lies on white paper.
    pub paper: bool,
    /// Pixels for a millimetre.
    scale: f64,
    /// Where the picture begins, in pixels from the upper left corner of the sheet with its bleed.
    origin: [f64; 2],
}

impl<'s> Raster<'s> {
    /// Prepares a scene at `dpi`.
    ///
    /// # Errors
    /// [`Error::TooLarge`] past 65,535 pixels a side or 1,100 million in all.
    pub fn new(scene: &'s Scene, dpi: f64) -> Result<Self> {
        let sheet = &scene.sheet;
        let side = |mm: f64| libm::round((mm + 2.0 * sheet.outer()) / 25.4 * dpi).max(1.0);
        let (width, height) = (side(sheet.width), side(sheet.height));
        let excess = (width.max(height) / MAX_SIDE).max(libm::sqrt(width * height / MAX_PIXELS));
        if excess > 1.0 {
            return Err(Error::TooLarge(format!(
                "{width} × {height} pixels are too many; at most 65,535 a side and 1,100 million in all: set page.dpi to {} or less",
                libm::floor(dpi / excess).max(1.0)
            )));
        }
        Ok(Self::scaled(scene, dpi / 25.4, [0.0; 2], [width as u32, height as u32]))
    }

    /// So many pixels a millimetre, from a pixel of the whole sheet on, of any size: for pictures drawn in pieces.
    pub fn scaled(scene: &'s Scene, scale: f64, origin: [f64; 2], [width, height]: [u32; 2]) -> Self {
        let rows = ((BAND_PIXELS / width.max(1)).clamp(BLOCK, 2048) / BLOCK * BLOCK).min(height);
        let dpi = scale * 25.4;
        Self { scene, width, height, dpi, transparent: false, rows, part: Part::Whole, paper: true, scale, origin }
    }

    /// The whole sheet in the middle of a picture of another size.
    pub fn fitted(scene: &'s Scene, size: [u32; 2]) -> Self {
        let sheet = &scene.sheet;
        let sides = [sheet.width, sheet.height].map(|mm| mm + 2.0 * sheet.outer());
        let [x, y] = size.map(f64::from);
        let scale = (x / sides[0]).min(y / sides[1]);
        Self::scaled(scene, scale, [(sides[0] * scale - x) / 2.0, (sides[1] * scale - y) / 2.0], size)
    }

    /// The whole sheet in so many columns.
    pub fn wide(scene: &'s Scene, width: u32) -> Self {
        let sheet = &scene.sheet;
        let [x, y] = [sheet.width, sheet.height].map(|mm| mm + 2.0 * sheet.outer());
        let scale = f64::from(width) / x;
        Self::scaled(scene, scale, [0.0; 2], [width, libm::round(y * scale).max(1.0) as u32])
    }

    /// The same picture `times` smaller, the last pixels of a row or column a little beyond the sheet.
    pub fn reduced(&self, times: u32) -> Self {
        let by = f64::from(times.max(1));
        let size = [self.width, self.height].map(|side| side.div_ceil(times.max(1)));
        let small = Self::scaled(self.scene, self.scale / by, self.origin.map(|place| place / by), size);
        Self { transparent: self.transparent, part: self.part.clone(), paper: self.paper, ..small }
    }

    /// The pixels of this picture from `corner` on.
    pub fn window(&self, corner: [u32; 2], size: [u32; 2]) -> Self {
        let origin = [self.origin[0] + f64::from(corner[0]), self.origin[1] + f64::from(corner[1])];
        let small = Self::scaled(self.scene, self.scale, origin, size);
        Self { dpi: self.dpi, transparent: self.transparent, part: self.part.clone(), paper: self.paper, ..small }
    }

    /// The same picture of a part of the scene.
    pub fn of(&self, part: Part<'s>) -> Self {
        Self { part, ..*self }
    }

    /// The pixels that may not be see-through: left, top, right, bottom; none where all are.
    ///
    /// # Errors
    /// None that memory does not have.
    pub fn reach(&self) -> Result<Option<[u32; 4]>> {
        if !matches!(self.part, Part::Groups(_)) {
            return Ok(Some([0, 0, self.width, self.height]));
        }
        let ops = painter::Painter::new(self.view(), 1, 1)?.ops(&self.part);
        let all = ops.iter().fold([f64::INFINITY, f64::INFINITY, 0.0, 0.0], |[a, b, c, d], op| {
            let [x0, y0, x1, y1] = op.reach;
            [a.min(x0), b.min(y0), x1.max(c), y1.max(d)]
        });
        let [left, top] = [all[0], all[1]].map(|low| libm::floor(low).max(0.0) as u32);
        let [right, bottom] =
            [all[2].min(self.width.into()), all[3].min(self.height.into())].map(|high| libm::ceil(high) as u32);
        Ok((left < right && top < bottom).then_some([left, top, right, bottom]))
    }

    /// Where the upper left corner of the first pixel lies on the sheet, mm, and the side of a pixel.
    pub fn place(&self) -> ([f64; 2], f64) {
        let outer = self.scene.sheet.outer();
        (self.origin.map(|place| place / self.scale - outer), 1.0 / self.scale)
    }

    /// Whether no pixel will be see-through.
    pub fn opaque(&self) -> bool {
        let whole =
            self.paper && !matches!(self.part, Part::Groups(_)) && self.origin.iter().all(|place| *place >= 0.0);
        whole && !self.transparent && self.scene.background.is_some_and(|color| color.a == 255)
    }

    fn view(&self) -> View<'s> {
        let bare = self.transparent || matches!(self.part, Part::Groups(_));
        View { scene: self.scene, scale: self.scale, origin: self.origin, paper: self.opaque(), ground: !bare }
    }

    /// What draws its bands one after the other, as somebody asks for them, and the rows of a band.
    ///
    /// # Errors
    /// [`Error::TooLarge`].
    pub fn drawer(&self) -> Result<(Drawer<'s>, u32)> {
        let rows = self.rows.clamp(1, self.height);
        Ok((Drawer::new(self.view(), &self.part, [self.width, rows])?, rows))
    }

    /// Draws all bands from top to bottom and hands each to `take`: straight (not premultiplied) RGBA rows.
    ///
    /// # Errors
    /// Those of `take`, and [`Error::Cancelled`].
    pub fn bands(&mut self, watch: &mut Watch, take: &mut dyn FnMut(&[u8]) -> Result<()>) -> Result<()> {
        let rows = self.rows.clamp(1, self.height);
        let corners: Vec<[u32; 2]> = (0..self.height.div_ceil(rows)).map(|band| [0, band * rows]).collect();
        let mut tops = corners.iter().map(|[_, top]| *top);
        let (width, height) = (self.width as usize * 4, self.height);
        self.pieces([self.width, rows], &corners, watch, &mut |rgba| {
            let left = tops.next().map_or(0, |top| height - top).min(rows) as usize;
            take(rgba.get(..left * width).unwrap_or(rgba))
        })
    }

    /// Draws pieces of one size, each from its upper left corner on, and hands them to `take` in this order.
    ///
    /// # Errors
    /// As [`Raster::bands`].
    pub fn pieces(
        &self,
        size: [u32; 2],
        corners: &[[u32; 2]],
        watch: &mut Watch,
        take: &mut dyn FnMut(&[u8]) -> Result<()>,
    ) -> Result<()> {
        #[cfg(not(target_family = "wasm"))]
        if let threads @ 2.. = crew::threads().min(corners.len()) {
            return crew::pieces((self.view(), &self.part), size, corners, threads, watch, take);
        }
        let mut drawer = Drawer::new(self.view(), &self.part, size)?;
        let total = drawer.count() * corners.len() as u64;
        for (row, corner) in corners.iter().enumerate() {
            let before = drawer.count() * row as u64;
            take(drawer.draw(*corner, &mut |done| watch.at(Stage::Write, before + done, total))?)?;
        }
        Ok(())
    }
}
