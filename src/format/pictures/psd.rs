//! Photoshop documents (Adobe Photoshop File Formats Specification, November 2019), version 1: a pixel layer for each class of
//! the map, run lengths, names in Unicode, resolution, profile, XMP.

mod planes;
mod records;

use crate::format::pixels::layers::{PIXELS, layers};
use crate::format::pixels::within;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::record::Big;
use planes::{Ink, Planes};

/// The family.
pub const FORMATS: &[Format] = &[PSD];

const PSD: Format = Format {
    id: "psd",
    aliases: &["photoshop"],
    title: "Photoshop",
    family: "Photoshop",
    version: "",
    extension: "psd",
    mime: "image/vnd.adobe.photoshop",
    tier: Tier::Pro,
    topics: &[Topic::Print, Topic::Pictures],
    about: "The map in pixel layers for retouching: water, woods, roads, houses and names each on its own.",
    for_whom: "Designers, illustrators, retouchers, makers of game maps, everybody who works in Photoshop",
    kept: "Every class as a layer with its name in any language, transparency, size on paper, colour profile, terms",
    lost: "Paths, editable text and attributes: layers hold pixels; classes beyond 60 layers share one; at most 60 million pixels",
    programs: &[
        "Adobe Photoshop",
        "Affinity Photo",
        "Photopea",
        "GIMP",
        "Krita",
        "Clip Studio Paint",
        "Procreate",
        "Pixelmator Pro",
    ],
    specification: "https://www.adobe.com/devnet-apps/photoshop/fileformatashtml/",
    credit: Credit::Inside("`dc:rights` of XMP and a line on the sheet"),
    provenance: Some("`mapwright:provenance` of XMP"),
    size: Size::Pixels,
    memory: Memory::File,
    options: &[
        Opt::choice("color", "Colours", &["rgb", "cmyk"]),
        Opt::flag("transparent", "Nothing behind the map", false),
    ],
    write: Write::Pixels(write),
};

/// Most pixels of a side (§File Header).
const SIDE: u32 = 30_000;

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    within(raster, "Photoshop", SIDE, PIXELS)?;
    let ink = if job.settings.text("color") == "cmyk" { Ink::Cmyk } else { Ink::Rgb };
    let opaque = raster.opaque();
    let channels = ink.samples() + usize::from(!opaque);
    let mut head = Big::new();
    head.put(b"8BPS").u16(1).put(&[0; 6]).u16(channels as u16).u32(raster.height).u32(raster.width).u16(8);
    head.u16(if ink == Ink::Cmyk { 4 } else { 3 }).u32(0);
    let resources = records::resources(raster, ink, job);
    head.u32(resources.len() as u32).put(&resources);
    sink.put(head.as_ref())?;
    // Each layer is drawn once; its planes wait packed until all records, which stand before them, are known.
    let found = layers(raster.scene);
    let total = found.len() as f64 + 1.0;
    let (mut list, mut data, mut count) = (Big::new(), Vec::new(), 0_i16);
    for (row, layer) in found.into_iter().enumerate() {
        let share = row as f64 / total..(row as f64 + 1.0) / total;
        let Some(pixels) = watch.part(share, |watch| layer.draw(raster, watch))? else { continue };
        let mut planes = Planes::new(ink, true, pixels.size[0]);
        planes.add(&pixels.rgba);
        let planes = planes.finish();
        records::record(&mut list, &pixels, ink, &planes);
        planes.iter().for_each(|plane| plane.layer(&mut data));
        count += 1;
    }
    let odd = usize::from(!(2 + list.len() + data.len()).is_multiple_of(2));
    let length = 2 + list.len() + data.len() + odd;
    let mut section = Big::new();
    // Length of the section with its masks, of the layers; how many, negative where the first extra plane is opacity.
    section.u32(length as u32 + 8).u32(length as u32).i16(if opaque { count } else { -count });
    sink.put(section.as_ref())?;
    sink.put(list.as_ref())?;
    sink.put(&data)?;
    drop((list, data));
    sink.put([0, 0, 0, 0, 0].get(..4 + odd).unwrap_or_default())?;
    // What programs show that know no layers.
    let mut planes = Planes::new(ink, !opaque, raster.width);
    watch.part(1.0 - 1.0 / total..1.0, |watch| {
        raster.bands(watch, &mut |rgba| {
            planes.add(rgba);
            Ok(())
        })
    })?;
    let planes = planes.finish();
    sink.put(&[0, 1])?;
    // Here opacity comes last.
    let ordered = || planes.iter().filter(|plane| plane.id >= 0).chain(planes.iter().filter(|plane| plane.id < 0));
    ordered().try_for_each(|plane| sink.put(&plane.lengths()))?;
    ordered().try_for_each(|plane| sink.put(&plane.bytes))
}
