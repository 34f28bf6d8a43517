//! Typst source (<https://typst.app/docs/reference/visualize/curve/>): curves and texts placed on a page, by functions that stand at
//! its beginning; no packages.

mod writer;

use crate::format::painting::{self, Abilities, HALO, Page};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "typst",
    aliases: &["typ"],
    title: "Typst",
    family: "Typst",
    version: "",
    extension: "typ",
    mime: "text/vnd.typst",
    tier: Tier::Basic,
    topics: &[Topic::Office, Topic::Print],
    about: "A map as Typst source: compiles to PDF, PNG and SVG, or stands in a document as a figure whose layers can be left out.",
    for_whom: "Authors of papers, theses, reports and books who typeset with Typst",
    kept: "Every path with its holes and curves, a function call for every layer by its name, colours, opacity, widths, dashes, ends, text as \
           text with its font, true size",
    lost: "Names along streets are a text for each word, or each letter in bends; what overhangs the frame is painted over; text in scripts \
           that must be shaped is outlines; attributes",
    programs: &["Typst", "typst.app", "Tinymist"],
    specification: "https://typst.app/docs/reference/",
    credit: Credit::Inside("a comment at the beginning, the document's description and a line on the sheet"),
    provenance: Some("a comment at the beginning"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[HALO, Opt::flag("standalone", "A document of its own; else a function `map` to import", true)],
    write: Write::Scene(write),
}];

static ABILITIES: Abilities = Abilities { title: "Typst", ..Abilities::DRAWING };

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut writer = Writer::new(Page::of(scene), job.settings.flag("standalone"));
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    writer.finish([&scene.title, &scene.attribution, &job.provenance.text()], sink)
}
