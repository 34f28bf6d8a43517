//! DXF 2000 (AC1015, Autodesk's DXF reference): model space in metres of the projected system, written by acadrust.

mod drawing;
mod fault;
mod look;
mod text;
mod xdata;

use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::plan::Plan;
use crate::sink::Sink;
use crate::watch::{Stage, Watch};
use acadrust::DxfWriter;
use drawing::Drawing;
use fault::fault;

/// The family.
pub const FORMATS: &[Format] = &[DXF];

const DXF: Format = Format {
    id: "dxf",
    aliases: &[],
    title: "DXF 2000",
    family: "DXF",
    version: "",
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
    provenance: None,
    size: Size::Elements,
    memory: Memory::File,
    options: &[
        Opt::number("text_mm", "Height of names on paper", (0.5, 20.0), 2.0, "mm"),
        Opt::choice("origin", "Origin: that of the coordinate system, or the frame's corner", &["projected", "local"]),
        Opt::flag("hatch", "Fill areas with solid hatches", false),
        Opt::flag("names", "Names as text", true),
        Opt::flag("tags", "Every tag as extended data", true),
    ],
    write: Write::Plan(write),
};

fn write(plan: &Plan, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let features = &plan.features;
    let legend = plan.legend();
    let mut drawing = Drawing::new(plan, &legend, job)?;
    let total = features.rows.len() as u64;
    for (done, feature) in features.rows.iter().enumerate() {
        if done.is_multiple_of(1000) {
            watch.at(Stage::Write, done as u64, total)?;
        }
        drawing.feature(feature)?;
    }
    let comment = drawing.comment();
    let document = drawing.finish(job.notes)?;
    watch.at(Stage::Write, total, total)?;
    sink.put(comment.as_bytes())?;
    sink.put(&DxfWriter::new(&document).write_to_vec().map_err(fault)?)
}
