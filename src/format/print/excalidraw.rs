//! Scenes of Excalidraw, version 2 of their JSON (<https://docs.excalidraw.com/docs/codebase/json-schema>): lines, polygons, texts,
//! in groups named as the layers are.

mod writer;

use crate::format::painting::{self, Abilities, DASHES, HALO};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "excalidraw",
    aliases: &[],
    title: "Excalidraw",
    family: "Excalidraw",
    version: "",
    extension: "excalidraw",
    mime: "application/vnd.excalidraw+json",
    tier: Tier::Basic,
    topics: &[Topic::Office, Topic::Web],
    about: "The map on a whiteboard in the browser: lines and areas to recolour, move and scribble on, neat or as if by hand.",
    for_whom: "Teams that plan together, teachers, designers of games, writers of notes in Obsidian",
    kept: "Lines and areas with their holes, groups with the ids of the map's layers, colours, opacity, widths, text as text, proportions",
    lost: "Dashes are Excalidraw's own or a line for every dash; curves are lines; texts have Excalidraw's fonts, without bold, italic and spaced letters; \
           names along streets are a text for each word, or each letter in bends; what overhangs the frame is painted over; attributes",
    programs: &["Excalidraw", "Obsidian (Excalidraw)", "VS Code (Excalidraw)", "Logseq", "Notion"],
    specification: "https://docs.excalidraw.com/docs/codebase/json-schema",
    credit: Credit::Inside("the member `attribution` and a line on the sheet"),
    provenance: Some("the member `mapwright`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        HALO,
        DASHES,
        Opt::int("roughness", "How much lines look drawn by hand: 0 neat, 1 by an artist, 2 by a cartoonist", 0, 2, 0),
        Opt::flag("locked", "What the map draws is locked, so that only what is drawn on it moves", false),
    ],
    write: Write::Scene(write),
}];

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let abilities = Abilities {
        title: "Excalidraw",
        curves: false,
        dashes: job.settings.text("dashes") != "lines",
        ..Abilities::DRAWING
    };
    let about = serde_json::json!({ "title": scene.title, "attribution": scene.attribution });
    let head = [about.to_string(), job.provenance.value().to_string()];
    let mut writer = Writer::new(&head, job.settings, sink);
    painting::paint(scene, &abilities, &mut writer, job, watch)?;
    writer.finish()
}
