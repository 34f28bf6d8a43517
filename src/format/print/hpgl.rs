//! HP-GL (Hewlett-Packard Graphics Language) as pen plotters and cutters take it, with the pens, widths, colours and polygons of
//! HP-GL/2 (PCL 5 Printer Language Technical Reference Manual, part II). Everything is lines of a pen; letters are outlines.

mod writer;

use crate::format::painting::{self, Abilities, Cutting, Page, Texts};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::scene::Scene;
use crate::sink::Sink;
use crate::watch::Watch;
use writer::Writer;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "hpgl",
    aliases: &["plt"],
    title: "HP-GL",
    family: "HP-GL",
    version: "",
    extension: "plt",
    mime: "application/vnd.hp-hpgl",
    tier: Tier::Basic,
    topics: &[Topic::Making, Topic::Print, Topic::Cad],
    about: "Pen movements in true size for plotters, vinyl cutters and engravers: every line once, by layer or by colour.",
    for_whom: "Sign makers, architects with large-format plotters, owners of pen plotters, cutters and engravers",
    kept: "Every line in true size to 1/40 mm, dashes as pen strokes, outlines of areas and letters, a pen for every colour or layer",
    lost: "Halos, backgrounds and, unless asked for, fills; opacity; layers are comments and pens; text is outlines; attributes",
    programs: &[
        "HP DesignJet",
        "Roland CutStudio",
        "Graphtec Studio",
        "SignCut",
        "Flexi",
        "CorelDRAW",
        "AutoCAD",
        "Inkscape",
        "hp2xx",
        "ViewCompanion",
    ],
    specification: "https://developers.hp.com/system/files/PCL_5_Printer_Language_Technical_Quick_Reference_Guide.pdf",
    credit: Credit::Inside("a comment (`CO`) and a line on the sheet"),
    provenance: None,
    size: Size::Elements,
    memory: Memory::File,
    options: &[
        Opt::choice("pens", "A pen for every colour, for every layer, or one for all", &["colors", "layers", "one"]),
        Opt::int("carousel", "Pens that the plotter has", 1, 255, 8),
        Opt::choice("areas", "Areas and letters as outlines, filled, or left out", &["outlines", "filled", "none"]),
        Opt::flag("dedupe", "Lines that lie on each other are drawn once", true),
    ],
    write: Write::Scene(write),
}];

static ABILITIES: Abilities = Abilities {
    title: "HP-GL",
    opacity: false,
    curves: false,
    dashes: false,
    // Pens follow the middle of lines, and these end at the frame.
    cutting: Cutting::Shapes,
    letters: None,
    texts: Texts::Any,
    points: usize::MAX,
};

fn write(scene: &Scene, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut writer = Writer::new(Page::of(scene), job.settings);
    painting::paint(scene, &ABILITIES, &mut writer, job, watch)?;
    let comments = ["mapwright", scene.title.as_str(), scene.attribution.as_str()];
    writer.finish(&comments, job.notes, sink)
}
