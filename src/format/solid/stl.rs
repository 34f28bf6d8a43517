//! STL, binary (3D Systems, StereoLithography Interface Specification): one closed body in millimetres for 3D printers.

use crate::error::Error;
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::mesh::print::{Corner, Measures, STEPS, print};
use crate::plan::Plan;
use crate::sink::{BATCH, Sink};
use crate::watch::{Stage, Watch};
use crate::wire::record::Little;

/// The family.
pub const FORMATS: &[Format] = &[STL];

const STL: Format = Format {
    id: "stl",
    aliases: &[],
    title: "STL",
    family: "STL",
    version: "",
    extension: "stl",
    mime: "model/stl",
    tier: Tier::Free,
    topics: &[Topic::Printing3d],
    about: "City model for a 3D printer: one closed body on a plate, in millimetres, with roofs, roads and water.",
    for_whom: "Makers, model builders, architects, teachers, gift shops",
    kept: "Heights and roofs of buildings and their parts, roads and railways raised, water lowered; all in one scale",
    lost: "Colours, names and tags, which STL cannot hold; terrain, gaps under bridges and overhanging parts; what is too \
           narrow to be printed",
    programs: &[
        "PrusaSlicer",
        "Ultimaker Cura",
        "Bambu Studio",
        "OrcaSlicer",
        "Tinkercad",
        "Meshmixer",
        "Blender",
        "Fusion 360",
        "FreeCAD",
        "Simplify3D",
        "Lychee Slicer",
    ],
    specification: "https://www.loc.gov/preservation/digital/formats/fdd/fdd000505.shtml",
    credit: Credit::Inside("the 80 bytes at the head"),
    provenance: None,
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        Opt::number("size_mm", "Longer side of the plate", (20.0, 1000.0), 150.0, "mm"),
        Opt::number("base_mm", "Thickness of the plate", (0.4, 50.0), 2.0, "mm"),
        Opt::number("exaggeration", "Heights times", (0.1, 10.0), 1.0, ""),
        Opt::number("min_mm", "Narrowest that your printer makes", (0.1, 5.0), 0.8, "mm"),
        Opt::number("roads_mm", "Roads: raised by; below 0 engraved, 0 none", (-5.0, 5.0), 0.4, "mm"),
        Opt::number("water_mm", "Water: lowered by, 0 none", (0.0, 5.0), 0.6, "mm"),
    ],
    write: Write::Plan(write),
};

/// What stands in the 80 bytes at the head. It must not begin with `solid`, which is what text files begin with, and
/// leaves the last byte a zero: programs read these bytes as a string of C.
const HEAD: &str = "mapwright, mm. (c) OpenStreetMap contributors, ODbL, www.osm.org/copyright";
const _: () = assert!(HEAD.len() < 80);

fn write(plan: &Plan, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let number = |id: &str| job.settings.number(id);
    let measures = Measures {
        size: number("size_mm"),
        base: number("base_mm"),
        exaggeration: number("exaggeration"),
        least: number("min_mm"),
        roads: number("roads_mm"),
        water: number("water_mm"),
    };
    let print = print(&plan.features, &measures, watch)?;
    job.notes.append(&print.notes);
    let count = u32::try_from(print.triangles.len());
    let count = count.map_err(|_| Error::Internal("the model has more triangles than STL can count".into()))?;
    let mut out = Little::after(Vec::with_capacity(2 * BATCH));
    out.put(HEAD.as_bytes()).pad(80).u32(count);
    for (row, triangle) in print.triangles.iter().enumerate() {
        if row.is_multiple_of(10_000) {
            watch.at(Stage::Write, row as u64, u64::from(count))?;
        }
        let corners = triangle.map(|corner| corner.map(|step| (step as f64 / STEPS) as f32));
        for value in [normal(triangle)].iter().chain(&corners).flatten() {
            out.f32(*value);
        }
        out.u16(0).spill(sink)?;
    }
    watch.at(Stage::Write, u64::from(count), u64::from(count))?;
    sink.put(out.as_ref())
}

/// The direction a triangle faces, of length 1.
fn normal([a, b, c]: &[Corner; 3]) -> [f32; 3] {
    let to = |p: &Corner| [0, 1, 2].map(|axis: usize| (p[axis] - a[axis]) as f64);
    let (u, v) = (to(b), to(c));
    let cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    let length = libm::sqrt(cross.iter().map(|part| part * part).sum::<f64>());
    if length > 0.0 { cross.map(|part| (part / length) as f32) } else { [0.0; 3] }
}
