//! Corel Presentation Exchange, the 32-bit flavour of version 2 (Corel's own description of it, and what libcdr reads): a RIFF file of
//! instructions that name colours, pens and outlines of tables.

mod instruction;
mod tables;
mod writer;

use crate::format::painting::{self, Abilities, Cutting, Page, Texts};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "cmx",
    aliases: &[],
    title: "Corel CMX",
    family: "Corel CMX",
    version: "",
    extension: "cmx",
    mime: "image/x-cmx",
    tier: Tier::Pro,
    topics: &[Topic::Print, Topic::Making],
    about: "Corel's documented exchange format between its programs: curves, colours and outlines with layers, read by all of them.",
    for_whom: "Owners of CorelDRAW, Corel Designer, WordPerfect Office and sign software that takes Corel's files",
    kept: "Layers with their names, every path as a vector with its holes, curves of letters, colours, line widths, ends, true scale",
    lost: "Text is curves; dashes are multiples of the line's width; half-transparent colours are mixed with the background; areas of more \
           than 7,000 points lose some; what overhangs the frame is painted over; letters in names of layers beyond Western European \
           ones; attributes. Verified with libcdr and LibreOffice: CorelDRAW itself was not at hand",
    programs: &["CorelDRAW", "Corel Designer", "WordPerfect Office", "Corel Presentations", "LibreOffice", "Scribus"],
    specification: "https://github.com/LibreOffice/libcdr",
    credit: Credit::Inside("the chunk `ICOP` and a line on the sheet"),
    provenance: Some("the chunk `ICMT`"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[],
    write: Write::Scene(write),
}];

static ABILITIES: Abilities = Abilities {
    title: "CMX",
    opacity: false,
    curves: true,
    dashes: true,
    cutting: Cutting::Nothing,
    letters: None,
    texts: Texts::Plain,
    points: 7_000,
};

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut writer = Writer::new(Page::of(scene))?;
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    writer.finish([&scene.title, &scene.attribution, &job.provenance.text()], sink)
}
