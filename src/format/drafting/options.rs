//! Options that drawings in true size share.

use crate::format::Opt;

/// Height of names.
pub const HEIGHT: Opt = Opt::number(
    "text_mm",
    "Height of street names on paper; others as the style has them beside these",
    (0.5, 20.0),
    1.8,
    "mm",
);
/// The unit.
pub const UNIT: Opt = Opt::choice("unit", "Unit of length", &["m", "mm", "ft"]);
/// Where the drawing's origin is.
pub const ORIGIN: Opt = Opt::choice(
    "origin",
    "Origin: that of the coordinate system, or a round place at the frame's corner",
    &["projected", "local"],
);
/// The same for programs of mechanical CAD, which count in fractions of a millimetre and lose them far from the origin.
pub const NEARBY: Opt = Opt::choice(
    "origin",
    "Origin: a round place at the frame's corner, or that of the coordinate system",
    &["local", "projected"],
);
/// The same, named.
pub const POINT: Opt = Opt::text("origin_at", "Place of the origin instead: longitude,latitude", "");
/// Fillings.
pub const HATCH: Opt = Opt::choice(
    "hatch",
    "Fillings of areas: solid or hatched as the style has them, all solid, none",
    &["class", "solid", "none"],
);
/// Outlines of areas.
pub const OUTLINES: Opt = Opt::flag("outlines", "Outlines of areas as closed lines", true);
/// Names.
pub const NAMES: Opt = Opt::choice(
    "names",
    "Names as text: those that have room at the scale of the sheet, all, none",
    &["fitting", "all", "none"],
);
/// Extended data.
pub const TAGS: Opt = Opt::flag("tags", "Every tag as data of its object", true);
/// Machines.
pub const DEDUPE: Opt = Opt::flag("dedupe", "Lines of a layer that lie on each other once, for machines", false);
/// 2.5D.
pub const HEIGHTS: Opt =
    Opt::flag("heights", "Outlines of buildings at their elevation, with their height as thickness", false);
/// The same for lines that have no thickness.
pub const ROOFS: Opt = Opt::flag("heights", "Outlines of buildings twice: at their foot and at their roof", false);
/// Layers of an office.
pub const LAYERS: Opt = Opt::table(
    "layers",
    "Layers: a name for every class, AIA (US National CAD Standard), ISO 13567, or a table of your own as CSV or JSON",
    &["class", "aia", "iso13567"],
);

/// Those of formats that can hold all of a drawing.
pub const ALL: &[Opt] = &[HEIGHT, UNIT, ORIGIN, POINT, HATCH, OUTLINES, LAYERS, NAMES, TAGS, HEIGHTS, DEDUPE];
