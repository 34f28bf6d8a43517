//! Windows metafiles, \[MS-WMF\], with the placeable header that tells their size: 16-bit records, so curves and dashes are
//! lines, text has letters of one code page at a time, and layers are named in escape records.

mod record;
mod writer;

use crate::format::painting::{self, Abilities, Cutting, HALO, Page, Texts};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "wmf",
    aliases: &[],
    title: "WMF",
    family: "WMF",
    version: "",
    extension: "wmf",
    mime: "image/wmf",
    tier: Tier::Basic,
    topics: &[Topic::Office, Topic::Print],
    about: "The vector picture of older Windows programs, which nearly every program that takes clip art still reads.",
    for_whom: "People with older office, sign and embroidery programs, clip art collections, programs that take nothing newer",
    kept: "Every path as a vector with its holes, line widths, dashes as lines, text as text with its font, true size",
    lost: "Curves of letters are lines; half-transparent colours are mixed with the background; text beyond Western and Cyrillic \
           letters becomes outlines; layers are named in records that most programs pass over; attributes",
    programs: &[
        "Microsoft Word",
        "Microsoft PowerPoint",
        "LibreOffice",
        "CorelDRAW",
        "Inkscape",
        "IrfanView",
        "XnView",
        "libwmf",
    ],
    specification: "https://learn.microsoft.com/openspecs/windows_protocols/ms-wmf/",
    credit: Credit::Inside("an escape record (comment) and a line on the sheet"),
    provenance: Some("an escape record (comment) that begins with `mapw`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[HALO],
    write: Write::Scene(write),
}];

/// Points of a polygon are counted with 15 bits.
const POINTS: usize = 32_000;

static ABILITIES: Abilities = Abilities {
    title: "WMF",
    opacity: false,
    curves: false,
    dashes: false,
    cutting: Cutting::Rectangles,
    letters: Some(|c| writer::charset(c).is_some()),
    texts: Texts::Any,
    points: POINTS,
};

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let about = [scene.title.as_str(), scene.attribution.as_str()];
    let mut writer = Writer::new(Page::of(scene), about, &job.provenance.text(), sink)?;
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    writer.finish()
}
