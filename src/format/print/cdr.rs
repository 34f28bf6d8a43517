//! CorelDRAW X3 (version 13), as its RIFF files are known from libcdr and the public descriptions of their chunks: layers, curves,
//! artistic text, fills and outlines. Option `version` writes that of CorelDRAW 12.

mod chunks;
mod document;
mod look;
mod object;
mod writer;

use crate::format::painting::{self, Abilities, Cutting, HALO, Page, Texts};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use chunks::Version;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "cdr",
    aliases: &["coreldraw"],
    title: "CorelDRAW",
    family: "CorelDRAW",
    version: "",
    extension: "cdr",
    mime: "application/vnd.corel-draw",
    tier: Tier::Pro,
    topics: &[Topic::Print, Topic::Making],
    about: "CorelDRAW's own files: a layer for every class, curves with holes, text that can be edited, outlines in millimetres.",
    for_whom: "Sign makers, print shops, engravers, schools and everybody who works in CorelDRAW",
    kept: "Layers with their names in all letters, every path as a curve with its holes, level plain text as artistic text with its font, \
           colours, line widths, ends, true scale",
    lost: "Turned, bold and italic text and names along streets are curves; dashes are multiples of the line's width; half-transparent colours are mixed \
           with the background; what overhangs the frame is painted over; attributes. Verified with libcdr, LibreOffice and Inkscape: \
           CorelDRAW itself was not at hand, and CMX is Corel's documented exchange format",
    programs: &["CorelDRAW", "Corel Designer", "LibreOffice", "Inkscape", "Scribus"],
    specification: "https://formats.kaitai.io/coreldraw_cdr/",
    credit: Credit::Inside("the comment of the document (`ICMT`) and a line on the sheet"),
    provenance: Some("the comment of the document (`ICMT`), from `{` on"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[
        HALO,
        Opt::choice("version", "Version of the file: CorelDRAW X3, or 12 for older ones", &["1300", "1200"]),
    ],
    write: Write::Scene(write),
}];

static ABILITIES: Abilities = Abilities {
    title: "CorelDRAW",
    opacity: false,
    curves: true,
    dashes: true,
    cutting: Cutting::Nothing,
    letters: Some(|_| true),
    texts: Texts::Plain,
    // Readers count points with 16 bits.
    points: 60_000,
};

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let version = if job.settings.text("version") == "1200" { Version::Twelve } else { Version::Thirteen };
    let mut writer = Writer::new(Page::of(scene));
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    let about = format!("{}\n{}\n{}", scene.title, scene.attribution, job.provenance.text());
    writer.finish(version, &about, sink)
}
