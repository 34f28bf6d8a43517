//! DWG (Open Design Specification for .dwg files 5.4.1): the drawing of DXF in AutoCAD's own format, by acadrust.

use crate::format::autocad::{Document, R14, R2000, R2004, R2007, R2010, R2013, R2018, Version};
use crate::format::drafting::{self, ALL, Drawing};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::plan::Plan;
use crate::sink::Sink;
use crate::watch::Watch;

/// The family.
pub const FORMATS: &[Format] = &[
    Format { aliases: &["dwg-2018"], ..DWG },
    Format {
        id: "dwg-2013",
        title: "DWG 2013",
        version: "2013",
        about: "AutoCAD's own format as programs of 2013 to 2017 write it, which most offices exchange.",
        programs: &[
            "AutoCAD 2013",
            "Civil 3D 2013",
            "BricsCAD",
            "ZWCAD",
            "Revit",
            "Archicad",
            "Vectorworks",
            "Allplan",
        ],
        write: Write::Plan(|plan, job, watch, sink| write(&R2013, plan, job, watch, sink)),
        ..DWG
    },
    Format {
        id: "dwg-2010",
        title: "DWG 2010",
        version: "2010",
        about: "AutoCAD's own format as programs of 2010 to 2012 write it.",
        programs: &["AutoCAD 2010", "Civil 3D 2010", "BricsCAD", "ZWCAD", "GstarCAD", "SketchUp", "Rhino"],
        write: Write::Plan(|plan, job, watch, sink| write(&R2010, plan, job, watch, sink)),
        ..DWG
    },
    Format {
        id: "dwg-2007",
        title: "DWG 2007",
        version: "2007",
        about: "AutoCAD's own format as programs of 2007 to 2009 write it, the first with every letter of every script.",
        kept: "Coordinates to the last bit, layers with the very colours, line types and weights of the style, fillings and hatches, \
               symbols as blocks with attributes, names in all scripts, ids and all tags (XDATA), a layout of the sheet",
        lost: "The place on the Earth is said in the drawing's properties alone",
        programs: &["AutoCAD 2007", "Civil 3D 2007", "BricsCAD", "nanoCAD", "KOMPAS-3D"],
        write: Write::Plan(|plan, job, watch, sink| write(&R2007, plan, job, watch, sink)),
        ..DWG
    },
    Format {
        id: "dwg-2004",
        title: "DWG 2004",
        version: "2004",
        about: "AutoCAD's own format as programs of 2004 to 2006 write it: true colours, letters of the code page.",
        kept: "Coordinates to the last bit, layers with the very colours, line types and weights of the style, fillings and hatches, \
               symbols as blocks with attributes, names, ids and all tags (XDATA), a layout of the sheet",
        lost: "Letters beyond those of Western Europe are codes, which programs show as letters; the place on the Earth is said in the \
               drawing's properties alone",
        programs: &["AutoCAD 2004", "AutoCAD LT 2004", "IntelliCAD", "progeCAD", "MicroStation V8"],
        write: Write::Plan(|plan, job, watch, sink| write(&R2004, plan, job, watch, sink)),
        ..DWG
    },
    Format {
        id: "dwg-2000",
        title: "DWG 2000",
        version: "2000",
        about: "AutoCAD's own format as programs of 2000 to 2003 write it, which older machines and GDAL read.",
        kept: "Coordinates to the last bit, layers with colours, line types and weights of the style, fillings and hatches, symbols as \
               blocks with attributes, names, ids and all tags (XDATA), a layout of the sheet",
        lost: "Colours become the nearest of AutoCAD's 255; letters beyond those of Western Europe are codes, which programs show as \
               letters; where the drawing lies is said in the text below the frame alone",
        programs: &["AutoCAD 2000", "AutoCAD LT 2000", "Land Desktop", "QGIS", "GDAL", "IntelliCAD"],
        credit: Credit::Inside("a text below the frame, and the layout"),
        write: Write::Plan(|plan, job, watch, sink| write(&R2000, plan, job, watch, sink)),
        ..DWG
    },
    Format {
        id: "dwg-r14",
        title: "DWG R14",
        version: "R14",
        about: "AutoCAD's own format of 1997, for the oldest seats and machines.",
        kept: "Coordinates to the last bit, layers with colours and line types of the style, fillings and hatches, symbols as blocks \
               with attributes, names, ids and all tags (XDATA)",
        lost: "Line weights and the layout; colours become the nearest of AutoCAD's 255; names of layers are in upper case; letters \
               beyond those of Western Europe are codes, which programs show as letters",
        programs: &["AutoCAD R14", "AutoCAD LT 98", "IntelliCAD", "TurboCAD"],
        credit: Credit::Inside("a text below the frame"),
        write: Write::Plan(|plan, job, watch, sink| write(&R14, plan, job, watch, sink)),
        ..DWG
    },
];

const DWG: Format = Format {
    id: "dwg",
    aliases: &[],
    title: "DWG 2018",
    family: "DWG",
    version: "2018",
    extension: "dwg",
    mime: "image/vnd.dwg",
    tier: Tier::Pro,
    topics: &[Topic::Cad],
    about: "AutoCAD's own format in true size: what a drawing office opens without asking.",
    for_whom: "Architects, surveyors, civil engineers, landscape planners",
    kept: "Coordinates to the last bit, layers with the very colours, line types and weights of the style, fillings and hatches, \
           symbols as blocks with attributes, names in all scripts, ids and all tags (XDATA), a layout of the sheet, the place on the \
           Earth (GEODATA)",
    lost: "Rounded symbols are rings of sixteen corners",
    programs: &[
        "AutoCAD 2018",
        "Civil 3D",
        "BricsCAD",
        "ZWCAD",
        "DraftSight",
        "nanoCAD",
        "Revit",
        "Archicad",
        "Rhino",
        "SketchUp",
    ],
    specification: "https://www.opendesign.com/files/guestdownloads/OpenDesign_Specification_for_.dwg_files.pdf",
    credit: Credit::Inside("the drawing's properties, a text below the frame, and the layout"),
    provenance: None,
    size: Size::Elements,
    memory: Memory::File,
    options: ALL,
    write: Write::Plan(|plan, job, watch, sink| write(&R2018, plan, job, watch, sink)),
};

fn write(version: &'static Version, plan: &Plan, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let drawing = Drawing::new(&version.limits, plan, job, watch)?;
    let mut document = Document::new(version, &drawing.head(job.provenance.text()))?;
    drafting::draw(drawing, &mut document, job.notes, watch)?;
    sink.put(&document.dwg()?)
}
