//! DXF (Autodesk's DXF reference): model space in metres of the projected system. Versions differ by what they can hold;
//! those since R13 are written by acadrust, R12 by an encoder of our own that holds nothing of the file.

mod drawing;
mod encoder;
mod look;
mod modern;
mod pairs;
mod plain;
mod text;
mod version;
mod xdata;

use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::plan::Plan;
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use drawing::Drawing;
use encoder::Encoder;
use modern::Modern;
use plain::Plain;
use version::{BINARY, R12, R2000, R2018, Version};

/// The family.
pub const FORMATS: &[Format] = &[
    DXF,
    Format {
        id: "dxf-r12",
        title: "DXF R12",
        version: "R12",
        tier: Tier::Basic,
        about: "The oldest DXF that all programs and machines read: plain lines, a layer for every class, names as text.",
        for_whom: "Owners of older CAD, CNC, laser and plotter software, surveyors, makers, GIS users",
        kept: "Coordinates to the millimetre, layers with colours and line types of the style, names, ids and all tags (XDATA)",
        lost: "Line widths; colours become the nearest of AutoCAD's 255; areas are outlines; names of layers are in upper case; \
               letters beyond those of Western Europe are codes; the unit, metres, is said in a comment alone",
        programs: &[
            "AutoCAD R12",
            "AutoCAD LT",
            "LibreCAD",
            "QCAD",
            "FreeCAD",
            "Inkscape",
            "LightBurn",
            "Estlcam",
            "Vectric VCarve",
            "SheetCam",
            "OpenSCAD",
            "QGIS",
            "ArcGIS",
        ],
        specification: "https://paulbourke.net/dataformats/dxf/dxf10.html",
        memory: Memory::Stream,
        options: &[HEIGHT, ORIGIN, NAMES, TAGS, DEDUPE],
        write: Write::Plan(|plan, job, watch, sink| write(&R12, plan, job, watch, sink)),
        ..DXF
    },
    Format {
        id: "dxf-2018",
        title: "DXF 2018",
        version: "2018",
        tier: Tier::Basic,
        about: "CAD drawing 1:1 in metres for current programs: true colours, and every letter of every script.",
        kept: "Coordinates to the millimetre, layers with the very colours and line types of the style, names in all scripts, \
               ids and all tags (XDATA)",
        lost: "Line widths; areas are outlines unless hatches are asked for; GDAL and QGIS have to be told that letters are UTF-8 \
               (DXF_ENCODING)",
        programs: &[
            "AutoCAD 2018",
            "AutoCAD Civil 3D",
            "BricsCAD",
            "ZWCAD",
            "DraftSight",
            "nanoCAD",
            "ArchiCAD",
            "Revit",
            "Rhino",
            "QCAD",
            "LibreCAD",
        ],
        credit: Credit::Inside(
            "comments at the head (group code 999), the drawing's properties ($COMMENTS) and a text below the frame",
        ),
        write: Write::Plan(|plan, job, watch, sink| write(&R2018, plan, job, watch, sink)),
        ..DXF
    },
    Format {
        id: "dxf-binary",
        title: "DXF 2010, binary",
        version: "2010, binary",
        tier: Tier::Pro,
        about: "CAD drawing 1:1 in metres as bytes instead of lines: smaller, and read faster, with nothing rounded.",
        for_whom: "Everybody who hands large drawings from one CAD program to another",
        kept: "Coordinates to the last bit, layers with the very colours and line types of the style, names in all scripts, \
               ids and all tags (XDATA)",
        lost: "Line widths; areas are outlines unless hatches are asked for; programs that read DXF as text do not read it",
        programs: &["AutoCAD", "BricsCAD", "LibreCAD", "QCAD"],
        credit: Credit::Inside("the drawing's properties ($COMMENTS) and a text below the frame"),
        provenance: None,
        write: Write::Plan(|plan, job, watch, sink| write(&BINARY, plan, job, watch, sink)),
        ..DXF
    },
];

const DXF: Format = Format {
    id: "dxf",
    aliases: &[],
    title: "DXF 2000",
    family: "DXF",
    version: "2000",
    extension: "dxf",
    mime: "image/vnd.dxf",
    tier: Tier::Free,
    topics: &[Topic::Cad, Topic::Making, Topic::Gis],
    about: "CAD drawing 1:1 in metres, a layer for every class, with names as text and attributes on every object.",
    for_whom: "Architects, surveyors, civil engineers, landscape planners, machine operators",
    kept: "Coordinates to the millimetre, layers with colours and line types of the style, names, ids and all tags (XDATA)",
    lost: "Line widths; colours become the nearest of AutoCAD's 255; areas are outlines unless hatches are asked for",
    programs: &[
        "AutoCAD",
        "BricsCAD",
        "LibreCAD",
        "QCAD",
        "DraftSight",
        "ArchiCAD",
        "Revit",
        "Vectorworks",
        "SketchUp",
        "Rhino",
        "FreeCAD",
        "QGIS",
        "Civil 3D",
    ],
    specification: "https://help.autodesk.com/view/OARX/2018/ENU/?guid=GUID-235B22E0-A567-4CF6-92D3-38A2306D73F3",
    credit: Credit::Inside("comments at the head (group code 999) and a text below the frame"),
    provenance: Some("comments at the head (group code 999)"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[HEIGHT, ORIGIN, HATCH, NAMES, TAGS, DEDUPE],
    write: Write::Plan(|plan, job, watch, sink| write(&R2000, plan, job, watch, sink)),
};

const HEIGHT: Opt = Opt::number("text_mm", "Height of names on paper", (0.5, 20.0), 2.0, "mm");
const ORIGIN: Opt =
    Opt::choice("origin", "Origin: that of the coordinate system, or the frame's corner", &["projected", "local"]);
const HATCH: Opt = Opt::flag("hatch", "Fill areas with solid hatches", false);
const NAMES: Opt = Opt::flag("names", "Names as text", true);
const TAGS: Opt = Opt::flag("tags", "Every tag as extended data", true);
const DEDUPE: Opt = Opt::flag("dedupe", "Lines of a layer that lie on each other once, for machines", false);

fn write(version: &'static Version, plan: &Plan, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let legend = plan.legend();
    let mut drawing = Drawing::new(version, plan, &legend, job);
    if job.settings.flag("dedupe") {
        drawing.dedupe(watch)?;
    }
    let head = drawing.head(job.provenance.text());
    if version.handles {
        let mut modern = Modern::new(version, &head)?;
        draw(drawing, plan, &mut modern, job, watch)?;
        modern.write(sink)
    } else {
        let layers = drawing.layers();
        let mut plain = Plain::new(version, &head, &layers, sink)?;
        draw(drawing, plan, &mut plain, job, watch)?;
        plain.end()
    }
}

fn draw(mut drawing: Drawing, plan: &Plan, encoder: &mut dyn Encoder, job: &mut Job, watch: &mut Watch) -> Written {
    let rows = &plan.features.rows;
    let total = rows.len() as u64;
    for (done, feature) in rows.iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Write, done as u64, total)?;
        }
        drawing.feature(feature, encoder)?;
    }
    drawing.finish(encoder, job.notes)?;
    watch.at(Stage::Write, total, total)
}
