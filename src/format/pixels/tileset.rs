//! Pictures in tiles of Web Mercator: for every zoom the map is drawn anew as the style wants it there, in one piece, so that
//! no label breaks where two tiles meet; pieces of that drawing become tiles.

use super::jpeg;
use crate::error::{Error, Result};
use crate::format::png_writer;
use crate::format::{Job, Opt, Products};
use crate::geo::crs::Crs;
use crate::request::Bbox;
use crate::scene::raster::Raster;
use crate::sheet::Sheet;
use crate::watch::Watch;
use std::f64::consts::PI;
use std::ops::{Range, RangeInclusive};

/// What formats of tiles keep, and what they lose.
pub const KEPT: &str = "The look of the map at every zoom, drawn anew for each; labels in one piece across tiles; place on the ground, terms";
/// See [`KEPT`].
pub const LOST: &str =
    "Layers, paths, text and attributes: they are pictures; title, scale bar and other furniture of the sheet";

/// Options of all of them.
pub const OPTIONS: &[Opt] = &[
    Opt::choice("min_zoom", "Lowest zoom", ZOOMS),
    Opt::choice("max_zoom", "Highest zoom", ZOOMS),
    Opt::choice("picture", "Kind of pictures", &["png", "jpg"]),
    Opt::choice("pixels", "Pixels a side of a tile; 512: for sharp screens", &["256", "512"]),
];
const ZOOMS: &[&str] = &[
    "auto", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16", "17", "18",
    "19",
];

/// Half the side of the world in metres of Web Mercator.
pub const HALF: f64 = 20_037_508.342_789_244;
/// Where it ends, degrees.
const LATITUDE: f64 = 85.051_128_779_806_6;
/// Highest zoom without a wish, and how many tiles there are at most then.
const USUAL: (u8, u64) = (17, 1_500);
/// Most tiles of a file.
const MOST: u64 = 100_000;
/// Tiles a side of what is drawn at once.
const TOGETHER: u32 = 8;
/// Bytes of a tile of 256 pixels, measured on towns: PNG and JPEG.
const BYTES: [u64; 2] = [16_000, 9_000];
/// Quality of JPEG.
const QUALITY: u8 = 88;

/// A tile.
pub struct Tile {
    /// Zoom.
    pub z: u8,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
    /// A PNG or JPEG.
    pub bytes: Vec<u8>,
}

/// Which tiles are made.
pub struct Tileset {
    /// The zooms.
    pub zooms: RangeInclusive<u8>,
    /// What they show, degrees.
    pub bbox: Bbox,
    /// Pixels a side.
    pub side: u32,
    /// Whether they are JPEG.
    pub jpg: bool,
}

/// Tiles of a zoom, side by side.
struct Grid {
    columns: Range<u32>,
    rows: Range<u32>,
}

impl Grid {
    fn count(&self) -> u64 {
        self.columns.len() as u64 * self.rows.len() as u64
    }
}

impl Tileset {
    /// What the options ask for; the number of tiles and about how large they will be is noted, and too many are refused.
    ///
    /// # Errors
    /// [`Error::TooLarge`], which says up to which zoom it would be fewer.
    pub fn new(bbox: Bbox, job: &mut Job) -> Result<Self> {
        let asked = |option: &str| job.settings.text(option).parse::<u8>().ok();
        let side = if job.settings.text("pixels") == "512" { 512 } else { 256 };
        let jpg = job.settings.text("picture") == "jpg";
        let mut set = Self { zooms: 0..=0, bbox, side, jpg };
        // The last zoom at which the area is not larger than a tile.
        let fit = (0..USUAL.0).take_while(|z| set.grids(z + 1).iter().map(Grid::count).sum::<u64>() <= 4).count() as u8;
        let lowest = asked("min_zoom").or(asked("max_zoom").map(|zoom| zoom.min(fit))).unwrap_or(fit);
        let few = |z: &u8| set.total(&(lowest..=*z)) <= USUAL.1;
        let highest = asked("max_zoom").unwrap_or_else(|| (lowest..=USUAL.0).take_while(few).last().unwrap_or(lowest));
        let lowest = lowest.min(highest);
        set.zooms = lowest..=highest;
        let total = set.total(&set.zooms);
        let megabytes =
            |tiles: u64| (tiles * BYTES[usize::from(jpg)] * if side == 512 { 3 } else { 1 }).div_ceil(1_000_000);
        if total > MOST {
            let enough = (lowest..highest).take_while(|z| set.total(&(lowest..=*z)) <= MOST).last().unwrap_or(lowest);
            return Err(Error::TooLarge(format!(
                "{total} tiles of about {} MB are too many; {MOST} at most: set max_zoom to {enough} or less",
                megabytes(total)
            )));
        }
        let message = format!("{total} tiles of zoom {lowest} to {highest}, about {} MB", megabytes(total));
        job.notes.say("tiles", total, message);
        Ok(set)
    }

    fn total(&self, zooms: &RangeInclusive<u8>) -> u64 {
        zooms.clone().flat_map(|z| self.grids(z)).map(|grid| grid.count()).sum()
    }

    /// What is shown, on either side of the antimeridian.
    pub fn boxes(&self) -> Vec<[f64; 4]> {
        let Bbox { min_lon, min_lat, max_lon, max_lat } = self.bbox;
        let [south, north] = [min_lat, max_lat].map(|lat| lat.clamp(-LATITUDE, LATITUDE));
        if min_lon <= max_lon {
            return vec![[min_lon, south, max_lon, north]];
        }
        vec![[min_lon, south, 180.0, north], [-180.0, south, max_lon, north]]
    }

    /// The box for formats in which it must not cross the antimeridian: west, south, east, north.
    pub fn flat(&self) -> [f64; 4] {
        let boxes = self.boxes();
        let west = boxes.iter().map(|sides| sides[0]).fold(180.0, f64::min);
        let east = boxes.iter().map(|sides| sides[2]).fold(-180.0, f64::max);
        boxes.first().map_or([0.0; 4], |sides| [west, sides[1], east, sides[3]])
    }

    /// Middle of what is shown, degrees.
    pub fn middle(&self) -> [f64; 2] {
        self.bbox.center()
    }

    fn grids(&self, z: u8) -> Vec<Grid> {
        self.boxes().iter().map(|sides| grid(*sides, z)).collect()
    }

    /// Draws all tiles and hands each to `put`, zoom by zoom; those that would be empty are left out.
    ///
    /// # Errors
    /// Those of drawing and of `put`.
    pub fn each(
        &self,
        products: &mut dyn Products,
        job: &mut Job,
        watch: &mut Watch,
        put: &mut dyn FnMut(&Tile) -> Result<()>,
    ) -> Result<()> {
        let highest = *self.zooms.end();
        for zoom in self.zooms.clone() {
            // Each zoom has up to four times the tiles of the one before.
            let share = |zoom: u8| libm::exp2(2.0 * (f64::from(zoom) - f64::from(highest) - 1.0));
            let begin = if zoom == *self.zooms.start() { 0.0 } else { share(zoom) };
            let end = if zoom == highest { 1.0 } else { share(zoom + 1) };
            let boxes = self.boxes();
            let count = boxes.len() as f64;
            for (row, sides) in boxes.into_iter().enumerate() {
                let [a, b] = [row, row + 1].map(|row| begin + (end - begin) * row as f64 / count);
                watch.part(a..b, |watch| self.zoom(zoom, sides, products, job, watch, put))?;
            }
        }
        Ok(())
    }

    fn zoom(
        &self,
        z: u8,
        sides: [f64; 4],
        products: &mut dyn Products,
        job: &mut Job,
        watch: &mut Watch,
        put: &mut dyn FnMut(&Tile) -> Result<()>,
    ) -> Result<()> {
        let grid = grid(sides, z);
        let sheet = sheet(sides, &grid, z)?;
        let scene = watch.part(0.0..0.5, |watch| products.drawn_on(sheet, false, watch))?;
        job.notes.append(&scene.notes);
        let side = self.side;
        let size = [grid.columns.len() as u32 * side, grid.rows.len() as u32 * side];
        let mut raster = Raster::scaled(&scene, f64::from(side) / 256.0 * 96.0 / 25.4, [0.0; 2], size);
        raster.paper = false;
        let piece = size.map(|pixels| pixels.min(TOGETHER * side));
        let starts = |pixels: u32, step: u32| (0..pixels.div_ceil(step)).map(move |row| row * step);
        let corners: Vec<[u32; 2]> =
            starts(size[1], piece[1]).flat_map(|top| starts(size[0], piece[0]).map(move |left| [left, top])).collect();
        let mut next = corners.iter();
        watch.part(0.5..1.0, |watch| {
            raster.pieces(piece, &corners, watch, &mut |rgba| {
                let &[left, top] = next.next().unwrap_or(&[0; 2]);
                for row in 0..piece[1] / side {
                    for column in 0..piece[0] / side {
                        let (x, y) = (grid.columns.start + left / side + column, grid.rows.start + top / side + row);
                        if !grid.columns.contains(&x) || !grid.rows.contains(&y) {
                            continue;
                        }
                        let pixels = cut(rgba, piece[0], [column * side, row * side], side);
                        if pixels.chunks_exact(4).any(|pixel| pixel.last().is_some_and(|a| *a > 0)) {
                            put(&Tile { z, x, y, bytes: self.encode(&pixels)? })?;
                        }
                    }
                }
                Ok(())
            })
        })
    }

    fn encode(&self, rgba: &[u8]) -> Result<Vec<u8>> {
        let dpi = 96.0 * f64::from(self.side) / 256.0;
        if self.jpg {
            return jpeg::small(rgba, [self.side; 2], QUALITY, dpi);
        }
        let opaque = rgba.chunks_exact(4).all(|pixel| pixel.last() == Some(&255));
        png_writer::small(rgba, [self.side; 2], opaque, dpi, Vec::new())
    }
}

/// The pixels of a tile in a piece.
fn cut(rgba: &[u8], width: u32, [left, top]: [u32; 2], side: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity(side as usize * side as usize * 4);
    for row in rgba.chunks_exact(width as usize * 4).skip(top as usize).take(side as usize) {
        out.extend_from_slice(row.get(left as usize * 4..(left + side) as usize * 4).unwrap_or_default());
    }
    out
}

/// Degrees → shares of the world from its north-western corner.
fn world([lon, lat]: [f64; 2]) -> [f64; 2] {
    let y = (1.0 - libm::asinh(libm::tan(lat * PI / 180.0)) / PI) / 2.0;
    [(lon + 180.0) / 360.0, y.clamp(0.0, 1.0)]
}

/// The tiles that a box touches.
fn grid([west, south, east, north]: [f64; 4], z: u8) -> Grid {
    let count = libm::exp2(f64::from(z));
    let (a, b) = (world([west, north]), world([east, south]));
    let range = |low: f64, high: f64| {
        let last = count - 1.0;
        let [first, end] = [libm::floor(low * count).clamp(0.0, last), libm::ceil(high * count).clamp(1.0, count)];
        first as u32..(end as u32).max(first as u32 + 1)
    };
    Grid { columns: range(a[0], b[0]), rows: range(a[1], b[1]) }
}

/// The sheet of a zoom: all of its tiles, of which the box is painted; a pixel of 96 dpi is one of tiles of 256.
fn sheet([west, south, east, north]: [f64; 4], grid: &Grid, z: u8) -> Result<Sheet> {
    let pixel = 2.0 * HALF / (256.0 * libm::exp2(f64::from(z)));
    let metres = |[x, y]: [f64; 2]| [(2.0 * x - 1.0) * HALF, (1.0 - 2.0 * y) * HALF];
    let (a, b) = (metres(world([west, south])), metres(world([east, north])));
    let edge = |tile: u32| f64::from(tile) * 256.0 * pixel;
    let around = [
        edge(grid.columns.start) - HALF,
        HALF - edge(grid.rows.end),
        edge(grid.columns.end) - HALF,
        HALF - edge(grid.rows.start),
    ];
    let scale = pixel * libm::cos((south + north) / 2.0 * PI / 180.0) * 96.0 / 0.0254;
    // Styles count zooms in tiles of 512 pixels.
    Sheet::drawn(
        Crs::web_mercator(),
        [a[0], a[1], b[0], b[1]],
        around,
        (25.4 / 96.0 / pixel, scale, f64::from(z) - 1.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sheet_of_a_zoom_is_as_wide_as_its_tiles() {
        let sides = [24.93, 60.16, 24.96, 60.18];
        let grid = grid(sides, 14);
        assert_eq!((grid.columns.clone(), grid.rows.clone()), (9326..9328, 4741..4744));
        let sheet = sheet(sides, &grid, 14).unwrap();
        let pixels = |mm: f64| mm / 25.4 * 96.0;
        assert!((pixels(sheet.width) - 512.0).abs() < 1e-6 && (pixels(sheet.height) - 768.0).abs() < 1e-6);
        let [x, y] = sheet.lift([0.0, 0.0]);
        assert!((x - (9326.0 / 8192.0 - 1.0) * HALF).abs() < 1e-6 && (y - (1.0 - 4741.0 / 8192.0) * HALF).abs() < 1e-6);
    }
}
