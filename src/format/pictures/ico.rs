//! Windows icons: the whole map in squares of several sizes, each a PNG (as Windows Vista and later read them) with its terms.

use crate::format::png_writer;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::record::Little;

/// The family.
pub const FORMATS: &[Format] = &[ICO];

const ICO: Format = Format {
    id: "ico",
    aliases: &["favicon"],
    title: "Icon",
    family: "Icon",
    version: "",
    extension: "ico",
    mime: "image/vnd.microsoft.icon",
    tier: Tier::Pro,
    topics: &[Topic::Web, Topic::Pictures],
    about: "The map as an icon in the sizes of Windows and of websites, each drawn anew from its lines.",
    for_whom: "Web developers, programmers, everybody who gives a folder or a site a face",
    kept: "The look of the map in six sizes, what is beside it is see-through, terms",
    lost: "Details smaller than a pixel, size on paper, layers, text and attributes: it is a picture",
    programs: &["Windows", "web browsers", "Visual Studio", "GIMP", "IrfanView", "ImageMagick"],
    specification: "https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)",
    credit: Credit::Inside("the text chunk `Copyright` of each picture"),
    provenance: Some("the text chunk `mapwright` of each picture"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[
        Opt::choice("largest", "Pixels a side of the largest picture", &["256", "128", "64", "48", "32", "16"]),
        Opt::flag("transparent", "Nothing behind the map", false),
    ],
    write: Write::Pixels(write),
};

/// Pixels a side.
const SIDES: [u32; 6] = [16, 32, 48, 64, 128, 256];

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let largest: u32 = job.settings.text("largest").parse().unwrap_or(256);
    let sides: Vec<u32> = SIDES.into_iter().filter(|side| *side <= largest).collect();
    let count = sides.len();
    let mut pictures = Vec::new();
    for (row, side) in sides.into_iter().enumerate() {
        let mut icon = Raster::fitted(raster.scene, [side; 2]);
        icon.transparent = job.settings.flag("transparent");
        let mut pixels = Vec::new();
        watch.part(row as f64 / count as f64..(row + 1) as f64 / count as f64, |watch| {
            icon.bands(watch, &mut |rgba| {
                pixels.extend_from_slice(rgba);
                Ok(())
            })
        })?;
        let words = png_writer::words(raster.scene, job);
        pictures.push((side, png_writer::small(&pixels, [side; 2], false, 96.0, words)?));
    }
    let mut head = Little::new();
    head.u16(0).u16(1).u16(count as u16);
    let mut place = 6 + 16 * count;
    for (side, picture) in &pictures {
        // 256 is 0.
        head.u8(*side as u8).u8(*side as u8).u8(0).u8(0).u16(1).u16(32).u32(picture.len() as u32).u32(place as u32);
        place += picture.len();
    }
    sink.put(head.as_ref())?;
    pictures.iter().try_for_each(|(_, picture)| sink.put(picture))
}
