//! Diagrams of diagrams.net (draw.io): an `mxfile` whose cells are edges with waypoints, stencils and texts on layers
//! (<https://www.drawio.com/doc/faq/diagram-source-edit>).

mod writer;

use crate::format::painting::{self, Abilities, HALO, Page};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "drawio",
    aliases: &["diagrams-net"],
    title: "draw.io",
    family: "draw.io",
    version: "",
    extension: "drawio",
    mime: "application/vnd.jgraph.mxfile",
    tier: Tier::Basic,
    topics: &[Topic::Office, Topic::Web],
    about: "A diagram with the map on named layers under your own boxes and arrows: streets are lines with waypoints, areas are shapes.",
    for_whom: "Developers, network planners, teams with Confluence, Notion or Nextcloud who draw on maps",
    kept: "Layers with their names, lines as edges with waypoints, areas with their holes, colours, opacity, widths, dashes, text as text with \
           its font, true size",
    lost: "Corners of areas change only as XML; lines end round and are at least a hundredth of an inch wide; letters are not spaced; names along streets are a text for each word, or each letter in bends; what \
           overhangs the frame is painted over; text in scripts that must be shaped is outlines; attributes",
    programs: &[
        "diagrams.net (draw.io)",
        "Confluence",
        "Nextcloud",
        "VS Code (Draw.io Integration)",
        "Microsoft Teams",
        "Lucidchart",
    ],
    specification: "https://www.drawio.com/doc/faq/diagram-source-edit",
    credit: Credit::Inside("the attribute `attribution` of `mxfile` and a line on the sheet"),
    provenance: Some("the attribute `mapwright` of `mxfile`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        HALO,
        Opt::flag("locked", "Layers of the map are locked, so that only what is drawn on it moves", false),
    ],
    write: Write::Scene(write),
}];

static ABILITIES: Abilities = Abilities { title: "draw.io", ..Abilities::DRAWING };

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let about = [scene.title.as_str(), scene.attribution.as_str(), &job.provenance.text()];
    let mut writer = Writer::new(Page::of(scene), about, job.settings.flag("locked"), sink);
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    writer.finish()
}
