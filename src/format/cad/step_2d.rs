//! STEP (ISO 10303-21, edition 2) by the application protocol 214, which programs have read for longest with colours and layers: 203
//! had neither at first, and nothing here needs 242, which brought dimensions and faceted bodies.

mod encoder;
mod exchange;

use crate::format::drafting::{
    self, DEDUPE, Drawing, Head, LAYERS, Letters, Limits, NEARBY, Names, OUTLINES, POINT, ROOFS, UNIT,
};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::plan::Plan;
use crate::provenance::VERSION;
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::date;
use encoder::Step;
use exchange::text;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "step-2d",
    aliases: &["step-ap214"],
    title: "STEP AP214, curves",
    family: "STEP",
    version: "",
    extension: "stp",
    mime: "model/step",
    tier: Tier::Pro,
    topics: &[Topic::Cad, Topic::Making],
    about: "The map's lines as curves of a part, in true size: what programs that make machines and plants read best.",
    for_whom: "Mechanical and plant engineers, designers of products and ships, planners of factories",
    kept: "Coordinates to the millimetre, layers, colours, line widths, outlines of areas as closed curves, number and name of every \
           object in all scripts",
    lost: "Fillings, texts and tags: names are those of curves and points; symbols become points, dashes the nearest of four line types; \
           some programs read no names or layers of curves",
    programs: &[
        "SolidWorks",
        "Inventor",
        "CATIA",
        "NX",
        "Creo",
        "Solid Edge",
        "Fusion",
        "Rhino",
        "FreeCAD",
        "Open CASCADE",
    ],
    specification: "https://www.iso.org/standard/33713.html",
    credit: Credit::Inside("description and organisation of the header, and the description of the part"),
    provenance: Some("a comment at the head"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[UNIT, NEARBY, POINT, OUTLINES, LAYERS, ROOFS, DEDUPE],
    write: Write::Plan(write),
}];

/// What a STEP file can hold: every letter, names as long as one likes.
static LIMITS: Limits = Limits {
    names: Names { longest: 255, fits: |c| !c.is_control(), capitals: false },
    letters: Letters { own: |_| true, bytes: char::len_utf8 },
    longest: 2049,
    codes: true,
    fillings: false,
    paragraphs: false,
    heights: true,
};
/// What the file is made after.
const SCHEMA: &str = "AUTOMOTIVE_DESIGN { 1 0 10303 214 1 1 1 1 }";

fn write(plan: &Plan, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let drawing = Drawing::new(&LIMITS, plan, job, watch)?;
    let head = drawing.head(job.provenance.text());
    sink.put(header(&head, job.file, &plan.features.map.osm.timestamp).as_bytes())?;
    let mut step = Step::new(&head, sink);
    drafting::draw(drawing, &mut step, job.notes, watch)?;
    step.end()?;
    sink.put(b"ENDSEC;\nEND-ISO-10303-21;\n")
}

/// What is said of the file; texts here have at most 256 characters.
fn header(head: &Head, file: &str, timestamp: &str) -> String {
    let about = head.about.iter().map(|line| text(line)).collect::<Vec<_>>().join(",\n");
    // What would end the comment is written as JSON may write it, too.
    let made = head.provenance.replace("*/", "*\\/");
    let file: String = file.chars().take(255).collect();
    let file = text(&file);
    let date = date::seconds(timestamp).map_or("1970-01-01T00:00:00", |_| timestamp.trim_end_matches('Z'));
    let license = "'Open Database License (ODbL), https://www.openstreetmap.org/copyright'";
    format!(
        "ISO-10303-21;\n/* {made} */\nHEADER;\nFILE_DESCRIPTION(({about}),'2;1');\nFILE_NAME({file},'{date}',('OpenStreetMap contributors'),\n\
         ({license}),'mapwright {VERSION}','mapwright','');\nFILE_SCHEMA(('{SCHEMA}'));\nENDSEC;\nDATA;\n"
    )
}
