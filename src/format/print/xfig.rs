//! Figures of Xfig, format 3.2 (<https://mcj.sourceforge.net/fig-format.html>): lines, polygons, texts at depths, a depth for every
//! layer.

mod writer;

use crate::format::painting::{self, Abilities, DASHES, HALO, Page};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "xfig",
    aliases: &["fig"],
    title: "Xfig",
    family: "Xfig",
    version: "",
    extension: "fig",
    mime: "image/x-xfig",
    tier: Tier::Basic,
    topics: &[Topic::Office, Topic::Print],
    about: "A figure for scientists: plain text, a depth for every layer, converted by fig2dev to whatever a paper needs.",
    for_whom: "Scientists and engineers who write in LaTeX and draw with Xfig, WinFIG or jfig",
    kept: "Lines and areas with their holes, a depth for every layer and its name as a comment, colours, widths, Western text as text, true size",
    lost: "Half-transparent colours are mixed with the background; colours beyond 512 become the nearest; widths are multiples of 0.06 mm; \
           dashes and gaps have one length, or a line for every dash; curves are lines; other than Western text is outlines; text is \
           Helvetica, letters are not spaced; what overhangs the frame is painted over; attributes",
    programs: &["Xfig", "WinFIG", "jfig", "fig2dev (Transfig)", "Ipe (figtoipe)"],
    specification: "https://mcj.sourceforge.net/fig-format.html",
    credit: Credit::Inside("a comment at the beginning and a line on the sheet"),
    provenance: Some("a comment at the beginning"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[HALO, DASHES],
    write: Write::Scene(write),
}];

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let abilities = Abilities {
        title: "Xfig",
        opacity: false,
        curves: false,
        dashes: job.settings.text("dashes") != "lines",
        letters: Some(|c| matches!(c, ' '..='~' | '\u{a1}'..='\u{ff}')),
        // Of a polygon, in what reads it.
        points: 60_000,
        ..Abilities::DRAWING
    };
    let mut writer = Writer::new(Page::of(scene));
    painting::paint(scene, &abilities, &mut writer, job, watch)?;
    let about = [scene.title.as_str(), scene.attribution.as_str(), &job.provenance.text()];
    writer.finish(about, job.notes, sink)
}
