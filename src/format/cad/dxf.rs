//! DXF (Autodesk's DXF reference): model space in true size. Versions since R13 are written by acadrust, R12 by an encoder of our
//! own that holds nothing of the file.

mod pairs;
mod plain;

use crate::error::Result;
use crate::format::autocad::{Document, R12, R2000, R2004, R2007, R2010, R2013, R2018, Version};
use crate::format::drafting::{self, ALL, DEDUPE, Drawing, HEIGHT, HEIGHTS, LAYERS, NAMES, ORIGIN, POINT, TAGS, UNIT};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::plan::Plan;
use crate::sink::Sink;
use crate::watch::Watch;
use plain::Plain;

/// The family.
pub const FORMATS: &[Format] = &[
    DXF,
    Format {
        id: "dxf-r12",
        title: "DXF R12",
        version: "R12",
        tier: Tier::Basic,
        about: "The oldest DXF that all programs and machines read: plain lines, a layer for every class, symbols as blocks, names as text.",
        for_whom: "Owners of older CAD, CNC, laser and plotter software, surveyors, makers, GIS users",
        kept: "Coordinates to the millimetre, layers with colours and line types of the style, symbols as blocks with attributes, names, \
               ids and all tags (XDATA)",
        lost: "Line weights and the layout; colours become the nearest of AutoCAD's 255; areas are outlines; names of layers are in \
               upper case; letters beyond those of Western Europe are codes; the unit is said in a comment alone",
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
        options: &[HEIGHT, UNIT, ORIGIN, POINT, LAYERS, NAMES, TAGS, HEIGHTS, DEDUPE],
        write: Write::Plan(plain),
        ..DXF
    },
    Format {
        id: "dxf-2004",
        title: "DXF 2004",
        version: "2004",
        tier: Tier::Basic,
        about: "CAD drawing in true size for programs of 2004 and later: true colours, letters of the code page.",
        kept: "Coordinates to the millimetre, layers with the very colours, line types and weights of the style, fillings and hatches, symbols as blocks, names, ids and all tags (XDATA), a layout of the sheet",
        lost: "Letters beyond those of Western Europe are codes that programs show as letters; no place on the Earth but in the drawing's properties",
        programs: &[
            "AutoCAD 2004",
            "AutoCAD LT 2004",
            "IntelliCAD",
            "progeCAD",
            "LibreCAD",
            "QCAD",
            "DraftSight",
            "MicroStation V8i",
        ],
        credit: Credit::Inside(
            "comments at the head (group code 999), the drawing's properties ($COMMENTS) and a text below the frame",
        ),
        write: Write::Plan(|plan, job, watch, sink| lines(&R2004, plan, job, watch, sink)),
        ..DXF
    },
    Format {
        id: "dxf-2007",
        title: "DXF 2007",
        version: "2007",
        tier: Tier::Basic,
        about: "CAD drawing in true size, the first with every letter of every script.",
        kept: "Coordinates to the millimetre, layers with the very colours, line types and weights of the style, fillings and hatches, symbols as blocks, names in all scripts, ids and all tags (XDATA), a layout of the sheet",
        lost: "Rounded symbols are rings of sixteen corners; GDAL and QGIS have to be told that letters are UTF-8 (DXF_ENCODING); no place on the Earth but in the drawing's properties",
        programs: &[
            "AutoCAD 2007",
            "Civil 3D 2007",
            "BricsCAD",
            "nanoCAD",
            "KOMPAS-3D",
            "Vectorworks",
            "LibreCAD",
            "QCAD",
        ],
        credit: Credit::Inside(
            "comments at the head (group code 999), the drawing's properties ($COMMENTS) and a text below the frame",
        ),
        write: Write::Plan(|plan, job, watch, sink| lines(&R2007, plan, job, watch, sink)),
        ..DXF
    },
    Format {
        id: "dxf-2010",
        title: "DXF 2010",
        version: "2010",
        tier: Tier::Basic,
        about: "CAD drawing in true size that knows where on the Earth it lies.",
        kept: "Coordinates to the millimetre, layers with the very colours, line types and weights of the style, fillings and hatches, symbols as blocks, names in all scripts, ids and all tags (XDATA), a layout of the sheet, the place on the Earth (GEODATA)",
        lost: "Rounded symbols are rings of sixteen corners; GDAL and QGIS have to be told that letters are UTF-8 (DXF_ENCODING)",
        programs: &[
            "AutoCAD 2010",
            "Civil 3D 2010",
            "Map 3D",
            "BricsCAD",
            "ZWCAD",
            "GstarCAD",
            "ArchiCAD",
            "SketchUp",
            "Rhino",
        ],
        credit: Credit::Inside(
            "comments at the head (group code 999), the drawing's properties ($COMMENTS) and a text below the frame",
        ),
        write: Write::Plan(|plan, job, watch, sink| lines(&R2010, plan, job, watch, sink)),
        ..DXF
    },
    Format {
        id: "dxf-2013",
        title: "DXF 2013",
        version: "2013",
        tier: Tier::Basic,
        about: "CAD drawing in true size for programs of 2013 and later, which most offices exchange.",
        kept: "Coordinates to the millimetre, layers with the very colours, line types and weights of the style, fillings and hatches, symbols as blocks, names in all scripts, ids and all tags (XDATA), a layout of the sheet, the place on the Earth (GEODATA)",
        lost: "Rounded symbols are rings of sixteen corners; GDAL and QGIS have to be told that letters are UTF-8 (DXF_ENCODING)",
        programs: &[
            "AutoCAD 2013",
            "Civil 3D 2013",
            "BricsCAD",
            "ZWCAD",
            "Allplan",
            "Vectorworks",
            "Revit",
            "Archicad",
        ],
        credit: Credit::Inside(
            "comments at the head (group code 999), the drawing's properties ($COMMENTS) and a text below the frame",
        ),
        write: Write::Plan(|plan, job, watch, sink| lines(&R2013, plan, job, watch, sink)),
        ..DXF
    },
    Format {
        id: "dxf-2018",
        title: "DXF 2018",
        version: "2018",
        tier: Tier::Basic,
        about: "CAD drawing in true size for current programs: true colours, every letter of every script, its place on the Earth.",
        kept: "Coordinates to the millimetre, layers with the very colours, line types and weights of the style, fillings and hatches, symbols as blocks, names in all scripts, ids and all tags (XDATA), a layout of the sheet, the place on the Earth (GEODATA)",
        lost: "Rounded symbols are rings of sixteen corners; GDAL and QGIS have to be told that letters are UTF-8 (DXF_ENCODING)",
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
        write: Write::Plan(|plan, job, watch, sink| lines(&R2018, plan, job, watch, sink)),
        ..DXF
    },
    Format {
        id: "dxf-binary",
        title: "DXF 2010, binary",
        version: "2010, binary",
        tier: Tier::Pro,
        about: "CAD drawing in true size as bytes instead of lines: smaller, and read faster, with nothing rounded.",
        for_whom: "Everybody who hands large drawings from one CAD program to another",
        kept: "Coordinates to the last bit, and all that DXF 2010 has",
        lost: "Rounded symbols are rings of sixteen corners; programs that read DXF as text do not read it",
        programs: &["AutoCAD", "BricsCAD", "LibreCAD", "QCAD"],
        credit: Credit::Inside("the drawing's properties ($COMMENTS) and a text below the frame"),
        provenance: None,
        write: Write::Plan(bytes),
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
    about: "CAD drawing in true size: a layer for every class, fillings and hatches, symbols as blocks, names along streets, a layout.",
    for_whom: "Architects, surveyors, civil engineers, landscape planners, machine operators",
    kept: "Coordinates to the millimetre, layers with colours, line types and weights of the style, fillings and hatches, symbols as \
           blocks with attributes, names along streets, ids and all tags (XDATA), a layout of the sheet in paper space",
    lost: "Colours become the nearest of AutoCAD's 255; letters beyond those of Western Europe are codes, which programs show as letters",
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
    options: ALL,
    write: Write::Plan(|plan, job, watch, sink| lines(&R2000, plan, job, watch, sink)),
};

/// R12, which goes out while it is made.
fn plain(plan: &Plan, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut drawing = Drawing::new(&R12.limits, plan, job, watch)?;
    let tables = drawing.tables();
    let mut plain = Plain::new(&R12, &drawing.head(job.provenance.text()), &tables, sink)?;
    drafting::draw(drawing, &mut plain, job.notes, watch)?;
    plain.end()
}

/// Versions of lines, with comments at the head.
fn lines(version: &'static Version, plan: &Plan, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let (document, comments) = draw(version, plan, job, watch)?;
    sink.put(comments.as_bytes())?;
    sink.put(&document.dxf(false)?)
}

/// Bytes; comments are for people who read files of lines.
fn bytes(plan: &Plan, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    sink.put(&draw(&R2010, plan, job, watch)?.0.dxf(true)?)
}

/// The drawing, and its comments.
fn draw(version: &'static Version, plan: &Plan, job: &mut Job, watch: &mut Watch) -> Result<(Document, String)> {
    let drawing = Drawing::new(&version.limits, plan, job, watch)?;
    let head = drawing.head(job.provenance.text());
    let mut document = Document::new(version, &head)?;
    drafting::draw(drawing, &mut document, job.notes, watch)?;
    Ok((document, head.comments().map(|line| format!("999\r\n{line}\r\n")).collect()))
}
