//! OpenEXR 2: light as it adds up, in floating-point numbers of 16 or 32 bits, 16 rows a block, compressed by ZIP. Written band
//! by band, which the crate exr does not.

mod half;

use crate::error::Result;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::deflate::zlib;
use crate::wire::record::Little;

/// The family.
pub const FORMATS: &[Format] = &[EXR];

const EXR: Format = Format {
    id: "exr",
    aliases: &["openexr"],
    title: "OpenEXR",
    family: "OpenEXR",
    version: "",
    extension: "exr",
    mime: "image/x-exr",
    tier: Tier::Pro,
    topics: &[Topic::Games, Topic::Pictures],
    about: "Picture of the map in linear light for compositing, effects and rendering.",
    for_whom: "Film and television studios, 3D artists, people who light scenes with maps on the ground",
    kept: "Every colour as linear light, transparency, dots per inch, title and terms",
    lost: "Layers, paths, text and attributes: it is a picture",
    programs: &["Blender", "Nuke", "After Effects", "DaVinci Resolve", "Houdini", "Unreal Engine", "Krita", "GIMP"],
    specification: "https://openexr.com/en/latest/OpenEXRFileLayout.html",
    credit: Credit::Inside("the attribute `owner` and a line on the sheet"),
    provenance: Some("the attribute `mapwright`"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[
        Opt::choice("numbers", "Bits of a number", &["16", "32"]),
        Opt::flag("transparent", "Nothing behind the map", false),
    ],
    write: Write::Pixels(write),
};

/// Rows of a block: bands that are not the last are a multiple of it.
const ROWS: u32 = 16;

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    let opaque = raster.opaque();
    let wide = job.settings.text("numbers") == "32";
    let start = sink.position();
    sink.put(&head(raster, wide, job))?;
    // Where blocks lie is written over at the end.
    let table = sink.position();
    let count = raster.height.div_ceil(ROWS) as usize;
    sink.put(&vec![0; count * 8])?;
    let mut places = Little::new();
    let (width, mut row) = (raster.width as usize, 0_u32);
    let light = Light::new(wide);
    raster.bands(watch, &mut |rgba| {
        for rows in rgba.chunks(width * 4 * ROWS as usize) {
            places.u64(sink.position() - start);
            let bytes = pack(light.samples(rows, width, opaque))?;
            let mut block = Little::new();
            block.u32(row).u32(bytes.len() as u32).put(&bytes);
            sink.put(block.as_ref())?;
            row += ROWS;
        }
        Ok(())
    })?;
    sink.patch(table, places.as_ref())
}

/// Magic number, version, attributes (§Header).
fn head(raster: &Raster, wide: bool, job: &Job) -> Vec<u8> {
    let mut out = Little::new();
    out.put(&[0x76, 0x2f, 0x31, 0x01]).u32(2);
    let mut attribute = |name: &str, kind: &str, bytes: &[u8]| {
        out.put(name.as_bytes()).u8(0).put(kind.as_bytes()).u8(0).u32(bytes.len() as u32).put(bytes);
    };
    let mut channels = Little::new();
    for name in names(raster.opaque()) {
        channels.put(name.as_bytes()).u8(0).u32(if wide { 2 } else { 1 }).u32(0).u32(1).u32(1);
    }
    channels.u8(0);
    let mut window = Little::new();
    window.u32(0).u32(0).u32(raster.width - 1).u32(raster.height - 1);
    attribute("channels", "chlist", channels.as_ref());
    attribute("compression", "compression", &[3]);
    attribute("dataWindow", "box2i", window.as_ref());
    attribute("displayWindow", "box2i", window.as_ref());
    attribute("lineOrder", "lineOrder", &[0]);
    attribute("pixelAspectRatio", "float", &1.0_f32.to_le_bytes());
    attribute("screenWindowCenter", "v2f", &[0; 8]);
    attribute("screenWindowWidth", "float", &1.0_f32.to_le_bytes());
    attribute("xDensity", "float", &(raster.dpi as f32).to_le_bytes());
    // The colours of sRGB.
    let colors = [0.64_f32, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329].map(f32::to_le_bytes);
    attribute("chromaticities", "chromaticities", colors.as_flattened());
    let scene = raster.scene;
    let terms = format!("{}\n{}", crate::osm::COPYRIGHT, scene.title);
    for (name, text) in [
        ("owner", scene.attribution.as_str()),
        ("comments", &terms),
        ("software", "mapwright"),
        ("mapwright", &job.provenance.text()),
    ] {
        attribute(name, "string", text.as_bytes());
    }
    out.u8(0);
    out.finish()
}

/// Channels in the order of their names.
fn names(opaque: bool) -> &'static [&'static str] {
    if opaque { &["B", "G", "R"] } else { &["A", "B", "G", "R"] }
}

/// Levels of sRGB as light.
struct Light {
    wide: bool,
    /// By level, from 0 to 1.
    linear: Vec<f32>,
}

impl Light {
    fn new(wide: bool) -> Self {
        let linear = |level: u8| {
            let share = f64::from(level) / 255.0;
            (if share <= 0.040_45 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }) as f32
        };
        Self { wide, linear: (0..=255).map(linear).collect() }
    }

    /// Row by row, and in a row channel by channel; colours are multiplied by their opacity.
    fn samples(&self, rgba: &[u8], width: usize, opaque: bool) -> Vec<u8> {
        let mut out = Vec::new();
        for row in rgba.chunks_exact(width * 4) {
            for name in names(opaque) {
                let axis = match *name {
                    "R" => 0,
                    "G" => 1,
                    "B" => 2,
                    _ => 3,
                };
                for pixel in row.chunks_exact(4) {
                    let [level, opacity] = [axis, 3].map(|axis| pixel.get(axis).copied().unwrap_or_default());
                    let share = f32::from(opacity) / 255.0;
                    let light = self.linear.get(usize::from(level)).copied().unwrap_or_default();
                    let value = if axis == 3 { share } else { light * share };
                    if self.wide {
                        out.extend(value.to_le_bytes());
                    } else {
                        out.extend(half::bits(value).to_le_bytes());
                    }
                }
            }
        }
        out
    }
}

/// Even bytes before odd ones, each as its difference from the one before, compressed; as they were where that is longer.
fn pack(bytes: Vec<u8>) -> Result<Vec<u8>> {
    let sorted = bytes.iter().step_by(2).chain(bytes.iter().skip(1).step_by(2));
    let mut before = 128_u8;
    let different = sorted.enumerate().map(|(row, byte)| {
        let off = if row == 0 { *byte } else { byte.wrapping_sub(before).wrapping_add(128) };
        before = *byte;
        off
    });
    let packed = zlib(&different.collect::<Vec<u8>>())?;
    Ok(if packed.len() < bytes.len() { packed } else { bytes })
}
