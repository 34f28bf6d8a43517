//! GIF 89a: one picture of at most 256 colours, chosen in a first drawing; terms in a comment, and XMP.

use crate::error::{Error, Result};
use crate::format::packet;
use crate::format::pixels::dither::{Dither, Manner, PLAIN_FIRST};
use crate::format::pixels::on_white;
use crate::format::pixels::palette::Counts;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::raster::Raster;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::record::Little;
use weezl::encode::Encoder;
use weezl::{BitOrder, LzwStatus};

/// The family.
pub const FORMATS: &[Format] = &[GIF];

const GIF: Format = Format {
    id: "gif",
    aliases: &[],
    title: "GIF",
    family: "GIF",
    version: "",
    extension: "gif",
    mime: "image/gif",
    tier: Tier::Basic,
    topics: &[Topic::Pictures, Topic::Web],
    about: "Picture of the map in at most 256 colours, small and understood everywhere.",
    for_whom: "Forums, e-mail, wikis, makers of animations, old programs",
    kept: "The main colours exactly, see-through ground, title and terms",
    lost: "Colours beyond the palette, half see-through ones, size on paper, layers, text and attributes: it is a picture",
    programs: &["web browsers", "image viewers", "Microsoft Word", "GIMP", "Adobe Photoshop", "forums", "ImageMagick"],
    specification: "https://www.w3.org/Graphics/GIF/spec-gif89a.txt",
    credit: Credit::Inside("a comment, `dc:rights` of XMP and a line on the sheet"),
    provenance: Some("`mapwright:provenance` of XMP"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: &[
        Opt::int("colors", "Most colours", 2, 256, 256),
        Opt::choice("dither", "How colours in between are shown", PLAIN_FIRST),
        Opt::flag("transparent", "Nothing behind the map", false),
    ],
    write: Write::Pixels(write),
};

/// Opacity from which on a pixel is there.
const THERE: u8 = 128;
/// The part of the progress that choosing colours takes.
const CHOSEN: f64 = 0.45;

fn write(raster: &mut Raster, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    raster.transparent = job.settings.flag("transparent");
    let holes = !raster.opaque();
    let most = job.settings.int("colors").clamp(2, 256) as usize - usize::from(holes);
    let mut counts = Counts::default();
    watch.part(0.0..CHOSEN, |watch| {
        raster.bands(watch, &mut |rgba| {
            rgba.chunks_exact(4).filter(|pixel| is_there(pixel)).for_each(|pixel| counts.add(on_white(pixel)));
            Ok(())
        })
    })?;
    let width = raster.width as usize;
    let palette = counts.palette(most);
    let hole = holes.then_some(palette.colors.len() as u8);
    // Bits of a place in the palette; codes have at least two.
    let bits = ((palette.colors.len() + usize::from(holes)).max(2) - 1).ilog2() as u8 + 1;
    sink.put(&head(raster, &palette.colors, hole, bits, job))?;
    let mut dither = Dither::new(palette, Manner::of(job.settings.text("dither")), width);
    let mut codes =
        Codes { encoder: Encoder::new(BitOrder::Lsb, bits.max(2)), room: vec![0; 1 << 16], block: Vec::new() };
    let mut places = Vec::new();
    watch.part(CHOSEN..1.0, |watch| {
        raster.bands(watch, &mut |rgba| {
            places.clear();
            for row in rgba.chunks_exact(width * 4) {
                let start = places.len();
                dither.row(row.chunks_exact(4).map(on_white), &mut places);
                if let Some(hole) = hole {
                    let rest = places.get_mut(start..).unwrap_or_default();
                    rest.iter_mut().zip(row.chunks_exact(4)).for_each(|(place, pixel)| {
                        if !is_there(pixel) {
                            *place = hole;
                        }
                    });
                }
            }
            codes.put(&places, sink)
        })
    })?;
    codes.finish(sink)?;
    sink.put(&[0, 0x3b])
}

fn is_there(pixel: &[u8]) -> bool {
    pixel.get(3).is_some_and(|opacity| *opacity >= THERE)
}

/// Everything before the codes of the picture.
fn head(raster: &Raster, colors: &[[u8; 3]], hole: Option<u8>, bits: u8, job: &Job) -> Vec<u8> {
    let scene = raster.scene;
    let (width, height) = (raster.width as u16, raster.height as u16);
    let mut out = Little::new();
    out.put(b"GIF89a").u16(width).u16(height).u8(0xf0 | (bits - 1)).u8(hole.unwrap_or(0)).u8(0);
    out.put(colors.as_flattened()).put(&vec![0; 3 * ((1 << bits) - colors.len())]);
    let comment = format!("{}\n{}\n{}", scene.title, scene.attribution, crate::osm::COPYRIGHT).trim_start().to_owned();
    out.put(&[0x21, 0xfe]);
    for part in comment.as_bytes().chunks(255) {
        out.u8(part.len() as u8).put(part);
    }
    out.u8(0);
    // The packet stands as it is; its trailer leads who reads lengths in it to the end (XMP part 3, §1.1.2).
    out.put(&[0x21, 0xff, 11]).put(b"XMP DataXMP").put(&packet::picture(scene, job, GIF.mime)).u8(1);
    (0..=255).rev().for_each(|byte| _ = out.u8(byte));
    out.u8(0).u8(0);
    if let Some(hole) = hole {
        out.put(&[0x21, 0xf9, 4, 1, 0, 0, hole, 0]);
    }
    out.u8(0x2c).u16(0).u16(0).u16(width).u16(height).u8(0).u8(bits.max(2));
    out.finish()
}

/// Codes of variable length in blocks of at most 255 bytes.
struct Codes {
    encoder: Encoder,
    room: Vec<u8>,
    block: Vec<u8>,
}

impl Codes {
    fn put(&mut self, mut places: &[u8], sink: &mut dyn Sink) -> Result<()> {
        while !places.is_empty() {
            let done = self.encoder.encode_bytes(places, &mut self.room);
            done.status.map_err(|fault| Error::Internal(format!("LZW: {fault}")))?;
            places = places.get(done.consumed_in..).unwrap_or_default();
            self.gather(done.consumed_out, sink)?;
        }
        Ok(())
    }

    fn finish(&mut self, sink: &mut dyn Sink) -> Result<()> {
        self.encoder.finish();
        loop {
            let done = self.encoder.encode_bytes(&[], &mut self.room);
            let status = done.status.map_err(|fault| Error::Internal(format!("LZW: {fault}")))?;
            self.gather(done.consumed_out, sink)?;
            if matches!(status, LzwStatus::Done) {
                break;
            }
        }
        let rest = std::mem::take(&mut self.block);
        if rest.is_empty() { Ok(()) } else { sink.put(&[&[rest.len() as u8], rest.as_slice()].concat()) }
    }

    fn gather(&mut self, count: usize, sink: &mut dyn Sink) -> Result<()> {
        self.block.extend_from_slice(self.room.get(..count).unwrap_or_default());
        let mut out = Vec::with_capacity(self.block.len() + self.block.len() / 255 + 1);
        let whole = self.block.len() / 255 * 255;
        for part in self.block.get(..whole).unwrap_or_default().chunks(255) {
            out.push(255);
            out.extend_from_slice(part);
        }
        self.block.drain(..whole);
        sink.put(&out)
    }
}
