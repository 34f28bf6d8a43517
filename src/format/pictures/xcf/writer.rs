//! Image, layers, hierarchies, tiles. Places of layers stand before them and are written over at the end.

use crate::error::Result;
use crate::format::Job;
use crate::format::pixels::layers::Pixels;
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::wire::deflate::zlib;
use crate::wire::record::Big;

/// Pixels a side of a tile.
const TILE: u32 = 64;

/// A file in the making.
pub struct Writer<'s> {
    sink: &'s mut dyn Sink,
    start: u64,
    /// Where the places of layers stand.
    list: u64,
    layers: Vec<u64>,
}

/// A property with its payload.
fn property(out: &mut Big, id: u32, bytes: &[u8]) {
    out.u32(id).u32(bytes.len() as u32).put(bytes);
}

/// Text with its length and a zero.
fn text(out: &mut Big, text: &str) {
    let plain = text.replace('\0', "");
    out.u32(plain.len() as u32 + 1).put(plain.as_bytes()).u8(0);
}

impl<'s> Writer<'s> {
    /// Writes what stands before the layers, with room for at most `most`.
    pub fn new(sink: &'s mut dyn Sink, raster: &Raster, most: usize, job: &Job) -> Result<Self> {
        let start = sink.position();
        let mut out = Big::new();
        // RGB of 8 bits that are not linear.
        out.put(b"gimp xcf v011\0").u32(raster.width).u32(raster.height).u32(0).u32(150);
        // Compressed by deflate.
        property(&mut out, 17, &[2]);
        let dots = (raster.dpi as f32).to_be_bytes();
        property(&mut out, 19, [dots, dots].as_flattened());
        // Millimetres.
        property(&mut out, 22, &2_u32.to_be_bytes());
        let scene = raster.scene;
        let comment = format!("{}\n{}\n{}", scene.title, scene.attribution, crate::osm::COPYRIGHT);
        let mut parasites = Big::new();
        for (name, said) in [("gimp-comment", comment.trim_start()), ("mapwright", &job.provenance.text())] {
            text(&mut parasites, name);
            // Kept with the file.
            parasites.u32(1);
            text(&mut parasites, said);
        }
        property(&mut out, 21, parasites.as_ref());
        property(&mut out, 0, &[]);
        let list = start + out.len() as u64;
        // Places of layers and a zero; no channels.
        out.put(&vec![0; (most + 2) * 8]);
        sink.put(out.as_ref())?;
        Ok(Self { sink, start, list, layers: Vec::new() })
    }

    fn here(&self) -> u64 {
        self.sink.position() - self.start
    }

    /// Appends a layer over those before.
    pub fn layer(&mut self, pixels: &Pixels) -> Result<()> {
        let place = self.here();
        self.layers.push(place);
        let ([width, height], [left, top]) = (pixels.size, pixels.corner);
        let mut out = Big::new();
        // RGB with opacity.
        out.u32(width).u32(height).u32(1);
        text(&mut out, &pixels.name);
        property(&mut out, 6, &255_u32.to_be_bytes());
        property(&mut out, 33, &1.0_f32.to_be_bytes());
        property(&mut out, 8, &1_u32.to_be_bytes());
        property(&mut out, 15, [left.to_be_bytes(), top.to_be_bytes()].as_flattened());
        // Normal mode as GIMP 2.8 had it, which blends colours as they are stored.
        property(&mut out, 7, &0_u32.to_be_bytes());
        property(&mut out, 0, &[]);
        let hierarchy = place + out.len() as u64 + 16;
        out.u64(hierarchy).u64(0);
        // The hierarchy: size, bytes of a pixel, its one level, then none.
        let level = hierarchy + 12 + 16;
        out.u32(width).u32(height).u32(4).u64(level).u64(0);
        let (columns, rows) = (width.div_ceil(TILE), height.div_ceil(TILE));
        let count = columns as usize * rows as usize;
        out.u32(width).u32(height);
        let list = self.start + place + out.len() as u64;
        out.put(&vec![0; (count + 1) * 8]);
        self.sink.put(out.as_ref())?;
        let mut places = Big::new();
        for row in 0..rows {
            for column in 0..columns {
                places.u64(self.here());
                self.sink.put(&zlib(&tile(pixels, column, row))?)?;
            }
        }
        self.sink.patch(list, places.as_ref())
    }

    /// Says where the layers lie, the uppermost first.
    pub fn finish(self) -> Result<()> {
        let mut out = Big::new();
        self.layers.iter().rev().for_each(|place| _ = out.u64(*place));
        self.sink.patch(self.list, out.as_ref())
    }
}

/// The pixels of a tile, row by row.
fn tile(pixels: &Pixels, column: u32, row: u32) -> Vec<u8> {
    let [width, height] = pixels.size;
    let (left, right) = (column * TILE, ((column + 1) * TILE).min(width));
    let mut out = Vec::with_capacity((TILE * TILE * 4) as usize);
    for y in row * TILE..((row + 1) * TILE).min(height) {
        let at = |x: u32| (y as usize * width as usize + x as usize) * 4;
        out.extend_from_slice(pixels.rgba.get(at(left)..at(right)).unwrap_or_default());
    }
    out
}
