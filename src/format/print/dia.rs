//! Diagrams of Dia: XML in gzip, paths with holes and curves, texts, layers (as Dia 0.97.3 and later write and read it).

mod writer;

use crate::format::painting::{self, Abilities, DASHES, HALO, Page};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::deflate::Gzip;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "dia",
    aliases: &[],
    title: "Dia",
    family: "Dia",
    version: "",
    extension: "dia",
    mime: "application/x-dia-diagram",
    tier: Tier::Basic,
    topics: &[Topic::Office],
    about: "A diagram of GNOME's Dia with the map as paths and texts on layers of its names, under networks and plans of one's own.",
    for_whom: "Administrators of networks, engineers and teachers who draw with free software",
    kept: "Layers with their names, every path with its holes and curves, colours, opacity, widths, text as text with its font, true size",
    lost: "Dashes are the nearest of Dia's, or a line for every dash; letters are not spaced; names along streets are a text for each word, or each letter in bends; \
           what overhangs the frame is painted over; text in scripts that must be shaped is outlines; attributes",
    programs: &["Dia"],
    specification: "https://gitlab.gnome.org/GNOME/dia",
    credit: Credit::Inside("a comment at the beginning and a line on the sheet"),
    provenance: Some("a comment at the beginning"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[HALO, DASHES, Opt::flag("gzip", "Packed, as Dia writes it itself; else plain XML", true)],
    write: Write::Scene(write),
}];

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    if !job.settings.flag("gzip") {
        return diagram(scene, job, watch, sink);
    }
    let mut packed = Gzip::new(sink);
    diagram(scene, job, watch, &mut packed)?;
    packed.finish()
}

fn diagram(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let abilities = Abilities { title: "Dia", dashes: job.settings.text("dashes") != "lines", ..Abilities::DRAWING };
    let about = serde_json::json!({ "title": scene.title, "attribution": scene.attribution }).to_string();
    let mut writer = Writer::new(Page::of(scene), [&about, &job.provenance.text()], sink);
    painting::paint(scene, &abilities, &mut writer, job, watch)?;
    writer.finish()
}
