//! DXF 2000 (AC1015, Autodesk's DXF reference): model space in metres of the projected system, written by acadrust.

mod drawing;
mod fault;
mod look;
mod text;
mod xdata;

use super::super::{Format, Job, Opt, Tier, Write, Written};
use crate::map::Features;
use crate::style::{Legend, style};
use crate::watch::{Stage, Watch};
use acadrust::DxfWriter;
use drawing::Drawing;
use fault::fault;

/// DXF.
pub const FORMAT: Format = Format {
    id: "dxf",
    aliases: &[],
    title: "DXF 2000",
    extension: "dxf",
    mime: "image/vnd.dxf",
    tier: Tier::Free,
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
    options: &[
        Opt::number("text_mm", "Height of names on paper", (0.5, 20.0), 2.0, "mm"),
        Opt::choice("origin", "Origin: that of the coordinate system, or the frame's corner", &["projected", "local"]),
        Opt::flag("hatch", "Fill areas with solid hatches", false),
        Opt::flag("names", "Names as text", true),
        Opt::flag("tags", "Every tag as extended data", true),
    ],
    write: Write::Plan(write),
};

fn write(features: &Features, job: &mut Job, watch: &mut Watch) -> Written {
    let style = style(job.request.map_style.as_ref(), job.notes)?;
    let legend = Legend::new(&style);
    let mut drawing = Drawing::new(features, &legend, job)?;
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
    let mut bytes = comment.into_bytes();
    let body = DxfWriter::new(&document).write_to_vec().map_err(fault)?;
    bytes.extend_from_slice(&body);
    Ok(bytes)
}
