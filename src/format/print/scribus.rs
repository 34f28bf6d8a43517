//! Documents of Scribus 1.5, XML (<https://wiki.scribus.net/canvas/(FR)_Introdution_au_Format_de_fichier_SLA_pour_Scribus_1.4>): shapes,
//! lines and text frames on layers.

mod document;
mod writer;

use crate::format::painting::{self, Abilities, HALO, Page};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "scribus",
    aliases: &["sla"],
    title: "Scribus",
    family: "Scribus",
    version: "",
    extension: "sla",
    mime: "application/vnd.scribus",
    tier: Tier::Basic,
    topics: &[Topic::Print],
    about: "A page of Scribus with the map on layers of its names, in named colours that change everywhere at once, ready for print.",
    for_whom: "Makers of brochures, books, club magazines and posters who work with free software",
    kept: "Layers with their names, every path with its holes and curves, named colours, opacity, widths, dashes, ends, text as text with its \
           font, bleed, true size",
    lost: "Names along streets are a text for each word, or each letter in bends; what overhangs the frame is painted over; text in scripts \
           that must be shaped is outlines; attributes",
    programs: &["Scribus 1.5", "Scribus 1.6", "Scribus 1.7"],
    specification: "https://wiki.scribus.net/canvas/File_Formats",
    credit: Credit::Inside("the document's comments and a line on the sheet"),
    provenance: Some("the document's keywords"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[HALO, Opt::flag("cmyk", "Colours in the four inks of print, computed without a profile", false)],
    write: Write::Scene(write),
}];

static ABILITIES: Abilities = Abilities { title: "Scribus", ..Abilities::DRAWING };

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut writer = Writer::new(Page::of(scene));
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    let about = [scene.title.as_str(), scene.attribution.as_str(), &job.provenance.text()];
    document::put(writer, about, scene.sheet.bleed, job.settings.flag("cmyk"), sink)
}
