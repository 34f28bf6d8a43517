//! Enhanced metafiles of Windows, \[MS-EMF\]: records of 32-bit GDI with true paths, pens with round ends and dashes, text in
//! Unicode; layers are the named groups of public comments (§2.3.3.4).

mod record;
mod tools;
mod writer;

use crate::format::painting::{self, Abilities, Cutting, HALO, Page, Texts};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "emf",
    aliases: &[],
    title: "EMF",
    family: "EMF",
    version: "",
    extension: "emf",
    mime: "image/emf",
    tier: Tier::Basic,
    topics: &[Topic::Office, Topic::Print],
    about: "Windows' own vector picture for documents and slides: sharp at every size, and its parts can be ungrouped and recoloured.",
    for_whom: "Everybody who writes reports and slides in Word and PowerPoint, planners, technical writers",
    kept: "Every path as a vector with its holes, line widths, ends, dashes, text as text with its font, named groups, true size",
    lost: "Half-transparent colours are mixed with the background; groups show where a program reads comments; attributes",
    programs: &[
        "Microsoft Word",
        "Microsoft PowerPoint",
        "Microsoft Visio",
        "Microsoft Publisher",
        "LibreOffice",
        "CorelDRAW",
        "Adobe Illustrator",
        "Inkscape",
        "IrfanView",
    ],
    specification: "https://learn.microsoft.com/openspecs/windows_protocols/ms-emf/",
    credit: Credit::Inside("the description in the header and a line on the sheet"),
    provenance: Some("a comment record that begins with `mapw`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        HALO,
        Opt::choice("dashes", "Dashed lines: pens with a pattern, or a line for every dash", &["pattern", "lines"]),
    ],
    write: Write::Scene(write),
}];

fn abilities(dashes: bool) -> Abilities {
    Abilities {
        title: "EMF",
        opacity: false,
        curves: true,
        dashes,
        cutting: Cutting::Shapes,
        letters: Some(|_| true),
        texts: Texts::Any,
        points: usize::MAX,
    }
}

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let about = format!("{}\0{} {}\0\0", "mapwright", scene.title, scene.attribution);
    let abilities = abilities(job.settings.text("dashes") != "lines");
    let mut writer = Writer::new(Page::of(scene), &about, &job.provenance.text(), sink)?;
    painting::paint(scene, &abilities, &mut writer, job, watch)?;
    writer.finish()
}
