//! TikZ pictures for LaTeX (PGF manual 3.1): paths and nodes in scopes, a scope for every layer.

mod tex;
mod writer;

use crate::format::painting::{self, Abilities, Cutting, HALO, Page};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "tikz",
    aliases: &["pgf"],
    title: "TikZ",
    family: "TikZ",
    version: "",
    extension: "tex",
    mime: "application/x-tex",
    tier: Tier::Basic,
    topics: &[Topic::Office, Topic::Print],
    about: "A map as LaTeX source: compiles on its own or stands in a paper, in the paper's fonts, with nodes and arrows of one's own on it.",
    for_whom: "Scientists, engineers and teachers who write in LaTeX",
    kept: "Every path with its holes and curves, a scope for every layer with its name, colours, opacity, widths, dashes, ends, text as text, \
           cut at the frame, true size",
    lost: "Names along streets are a text for each word, or each letter in bends; letters are not spaced; with pdfLaTeX letters that its fonts lack are outlines; text \
           in scripts that must be shaped is outlines; attributes. TeX takes some seconds for a town; pdfLaTeX holds about 200,000 points, \
           LuaLaTeX any number",
    programs: &["LaTeX", "pdfLaTeX", "LuaLaTeX", "XeLaTeX", "Overleaf", "TeXstudio", "TeXmaker", "LyX"],
    specification: "https://tikz.dev/",
    credit: Credit::Inside("a comment at the beginning and a line on the sheet"),
    provenance: Some("a comment at the beginning"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[
        HALO,
        Opt::flag("standalone", "A document of its own; else a picture to be put in with \\input", true),
        Opt::choice(
            "engine",
            "Which LaTeX sets it: one with Western fonts, or one with any",
            &["pdflatex", "lualatex"],
        ),
    ],
    write: Write::Scene(write),
}];

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let any = job.settings.text("engine") == "lualatex";
    let abilities = Abilities {
        title: "TikZ",
        cutting: Cutting::Shapes,
        letters: Some(if any { |_| true } else { tex::western }),
        ..Abilities::DRAWING
    };
    let mut writer = Writer::new(Page::of(scene), job.settings.flag("standalone"), any);
    painting::paint(scene, &abilities, &mut writer, job, watch)?;
    writer.finish([&scene.title, &scene.attribution, &job.provenance.text()], sink)
}
