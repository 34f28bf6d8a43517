//! Bitmaps for panels of electronic paper: the map fitted to the panel, in the few inks that it has.

use super::head::Head;
use crate::format::pixels::dither::{Dither, Manner};
use crate::format::pixels::palette::Palette;
use crate::format::pixels::{grey, on_white, upwards};
use crate::format::{Job, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;

/// Sizes that are sold.
pub const PANELS: &[&str] = &[
    "800x480",
    "sheet",
    "250x122",
    "264x176",
    "296x128",
    "400x300",
    "600x448",
    "640x384",
    "648x480",
    "880x528",
    "960x540",
    "1200x825",
    "1304x984",
    "1404x1872",
    "1872x1404",
];

/// Palettes of the option `inks`: what is not listed is black and white.
fn colors(inks: &str) -> Vec<[u8; 3]> {
    let greys = |count: u8| (0..count).map(|row| [row * (255 / (count - 1)); 3]).collect();
    match inks {
        "black-red" => vec![[0; 3], [255; 3], [255, 0, 0]],
        "black-yellow" => vec![[0; 3], [255; 3], [255, 255, 0]],
        "grey4" => greys(4),
        "grey16" => greys(16),
        _ => vec![[0; 3], [255; 3]],
    }
}

/// Writes the map in the inks of a panel.
///
/// # Errors
/// Those of drawing and of the sink.
pub fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let size = job.settings.text("panel").split_once('x').and_then(|(w, h)| Some([w.parse().ok()?, h.parse().ok()?]));
    let mut panel = raster.of(raster.part.clone());
    if let Some(size) = size {
        panel = Raster::fitted(raster.scene, size);
        panel.dpi = raster.dpi;
    }
    let palette = colors(job.settings.text("inks"));
    let bits = if palette.len() == 2 { 1 } else { 4 };
    let head = Head { width: panel.width, height: panel.height, dpi: panel.dpi, bits, palette: &palette };
    sink.put(&head.bytes())?;
    let length = head.row() as usize;
    let manner = Manner::of(job.settings.text("dither"));
    let mut dither = Dither::new(Palette::new(palette.clone()), manner, panel.width as usize);
    // Without colours, what each of them is off would be lost.
    let plain = palette.iter().all(|[r, g, b]| r == g && g == b);
    let shown = |pixel: &[u8]| if plain { [grey(on_white(pixel)); 3] } else { on_white(pixel) };
    let (mut places, mut line) = (Vec::new(), Vec::new());
    upwards(&panel, watch, &mut |row| {
        places.clear();
        dither.row(row.chunks_exact(4).map(shown), &mut places);
        line.clear();
        let each = 8 / usize::from(bits);
        line.extend(places.chunks(each).map(|some| {
            let filled = some.iter().copied().chain(std::iter::repeat(0)).take(each);
            filled.fold(0_u8, |byte, place| byte << (bits % 8) | place)
        }));
        line.resize(length, 0);
        sink.put(&line)
    })
}
