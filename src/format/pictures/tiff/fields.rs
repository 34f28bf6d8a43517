//! What the directory of a picture says: size, samples, blocks, paper, terms, place on the ground.

use super::block::{Coding, Color, Packing};
use crate::format::Job;
use crate::format::packet;
use crate::format::pixels::place::Place;
use crate::scene::raster::Raster;
use crate::wire::tiff::Value;
use crate::wire::{date, icc};

/// How a picture is divided.
#[derive(Debug, Clone, Copy)]
pub enum Blocks {
    /// So many rows at a time.
    Strips {
        /// Rows of a strip.
        rows: u32,
        /// How many strips there are.
        count: usize,
    },
    /// Squares.
    Tiles {
        /// Pixels of a side.
        side: u32,
        /// How many there are.
        count: usize,
        /// Whether the picture is a smaller one of that before.
        overview: bool,
    },
}

/// The fields with their tags; `placed`: with the place on the ground.
pub fn fields(raster: &Raster, coding: &Coding, blocks: Blocks, placed: bool, job: &Job) -> Vec<(u16, Value)> {
    let samples = coding.samples() as u16;
    let (packing, predictor) = match coding.packing {
        Packing::None => (1, 1),
        Packing::Lzw => (5, 2),
        Packing::Deflate => (8, 2),
    };
    let photometric = match coding.color {
        Color::Grey => 1,
        Color::Rgb | Color::Rgba => 2,
        Color::Cmyk => 5,
    };
    let mut fields = vec![
        (256, Value::Long(raster.width)),
        (257, Value::Long(raster.height)),
        (258, Value::Short(vec![8; samples.into()])),
        (259, Value::Short(vec![packing])),
        (262, Value::Short(vec![photometric])),
        (277, Value::Short(vec![samples])),
        (284, Value::Short(vec![1])),
        (317, Value::Short(vec![predictor])),
    ];
    let dots = Value::Ratio(libm::round(raster.dpi * 1000.0) as u32, 1000);
    fields.extend([(282, dots.clone()), (283, dots), (296, Value::Short(vec![2]))]);
    if coding.color == Color::Rgba {
        fields.push((338, Value::Short(vec![2])));
    }
    let whole = !matches!(blocks, Blocks::Tiles { overview: true, .. });
    match blocks {
        Blocks::Strips { rows, count } => {
            fields.extend([(273, Value::Places(count)), (278, Value::Long(rows)), (279, Value::Lengths(count))])
        }
        Blocks::Tiles { side, count, .. } => fields.extend([
            (322, Value::Short(vec![side as u16])),
            (323, Value::Short(vec![side as u16])),
            (324, Value::Places(count)),
            (325, Value::Lengths(count)),
        ]),
    }
    if whole {
        fields.extend(words(raster, coding, job));
    } else {
        fields.push((254, Value::Long(1)));
    }
    if placed {
        fields.extend(ground(&Place::of(raster)));
    }
    fields
}

/// Title, terms, how it was made, and what its colours are.
fn words(raster: &Raster, coding: &Coding, job: &Job) -> Vec<(u16, Value)> {
    let scene = raster.scene;
    // These are of 7 bits; the whole words stand in XMP.
    let plain = |text: &str| Value::Text(text.replace('\u{a9}', "(c)"));
    let mut fields = vec![
        (270, plain(&scene.title)),
        (305, plain("mapwright")),
        (33_432, plain(&scene.attribution)),
        (700, Value::Bytes(packet::picture(scene, job, "image/tiff"))),
    ];
    match coding.color {
        Color::Rgb | Color::Rgba => fields.push((34_675, Value::Opaque(icc::srgb()))),
        Color::Cmyk => fields.extend([(34_675, Value::Opaque(icc::process())), (332, Value::Short(vec![1]))]),
        Color::Grey => {}
    }
    if date::seconds(&scene.timestamp).is_some() {
        let text = scene.timestamp.get(..19).unwrap_or_default();
        fields.push((306, Value::Text(text.replacen('-', ":", 2).replace('T', " "))));
    }
    fields
}

/// The keys of GeoTIFF (§7): pixels are areas, the system by its code.
fn ground(place: &Place) -> Vec<(u16, Value)> {
    let (model, key) = if place.crs.geographic { (2, 2048) } else { (1, 3072) };
    let keys = [[1, 1, 0, 3], [1024, 0, 1, model], [1025, 0, 1, 1], [key, 0, 1, place.crs.epsg]];
    let [x, y] = place.corner;
    vec![
        (33_550, Value::Double(vec![place.pixel, place.pixel, 0.0])),
        (33_922, Value::Double(vec![0.0, 0.0, 0.0, x, y, 0.0])),
        (34_735, Value::Short(keys.concat())),
    ]
}
