//! DGN (Intergraph Standard File Formats): design files as MicroStation wrote them up to version 7, flat, in true size. The
//! facts are those of the public description of elements and of the documentation of dgnlib.

mod design;
mod element;
mod header;
mod letters;
mod levels;
mod numbers;
mod palette;
mod plane;
mod shapes;
mod text;

use crate::format::drafting::{
    self, DEDUPE, Drawing, HEIGHT, LAYERS, Limits, NAMES, Names, ORIGIN, OUTLINES, POINT, UNIT,
};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::plan::Plan;
use crate::sink::Sink;
use crate::watch::Watch;
use design::Design;
use levels::Counts;

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "dgn",
    aliases: &["dgn-v7"],
    title: "DGN (MicroStation V7)",
    family: "DGN",
    version: "",
    extension: "dgn",
    mime: "image/vnd.dgn",
    tier: Tier::Basic,
    topics: &[Topic::Cad, Topic::Gis],
    about: "MicroStation's design file in true size, in the version that all programs of the field read: levels, filled shapes, cells, texts.",
    for_whom: "Road, railway and utility engineers, surveyors, public works departments",
    kept: "Coordinates of the system to the millimetre, the very colours of the style, line weights and styles, filled areas with holes, \
           symbols as cells, names along streets, ids, classes and names as data of each element",
    lost: "Layers share the 63 levels where there are more, and a table beside the drawing says what lies where; hatches; all tags but \
           the name; dashes are one of seven styles; letters beyond those of Western Europe lose their marks or are codes (\\U+0416); \
           which system the coordinates are of is said in a text alone",
    programs: &[
        "MicroStation",
        "MicroStation V8i",
        "OpenRoads",
        "GEOPAK",
        "InRoads",
        "AutoCAD Map 3D",
        "Civil 3D",
        "ArcGIS",
        "QGIS",
        "GDAL",
        "FME",
        "Global Mapper",
    ],
    specification: "http://dgnlib.maptools.org/dgn.html",
    credit: Credit::Inside("a text below the frame, and the table beside it"),
    provenance: None,
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[HEIGHT, UNIT, ORIGIN, POINT, HATCH, OUTLINES, LAYERS, NAMES, DEDUPE],
    write: Write::Plan(write),
}];

/// Fillings; the format has no hatches.
const HATCH: Opt = Opt::choice("hatch", "Fillings of areas", &["solid", "none"]);

/// What a design can hold. Names of layers are those of the table.
static LIMITS: Limits = Limits {
    names: Names { longest: 60, fits: |c| !c.is_control(), capitals: false },
    letters: letters::LETTERS,
    longest: text::LONGEST,
    codes: false,
    fillings: true,
    paragraphs: true,
    heights: false,
};

fn write(plan: &Plan, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut drawing = Drawing::new(&LIMITS, plan, job, watch)?;
    let tables = drawing.tables();
    let head = drawing.head(job.provenance.text());
    let mut counts = Counts::new();
    for class in plan.features.rows.iter().map(|feature| plan.features.class(feature)) {
        *counts.entry((class.layer, class.id)).or_default() += 1;
    }
    let mut design = Design::new(&head, &tables, &counts, sink)?;
    drafting::draw(drawing, &mut design, job.notes, watch)?;
    design.end(&head, job.settings.number("text_mm") * head.mm, job.notes)
}
