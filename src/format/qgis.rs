//! Styles of QGIS (<https://docs.qgis.org/3.22/en/docs/user_manual/appendices/qgis_file_formats.html>): how a layer is drawn
//! and labelled, in the elements that its style files, projects and databases share.

mod label;
mod metadata;
mod project;
mod rule;
mod style;
mod symbol;

pub use metadata::metadata;
pub use project::qgz;

use crate::map::Geometry;
use crate::styled::StyledLayer;
use rule::{begun, labelled};
use style::style;

/// A style file (QML) of a layer.
pub fn document(layer: &StyledLayer) -> Vec<u8> {
    let mut xml = begun();
    xml.attr("styleCategories", "Symbology|Labeling|Rendering");
    xml.attr("labelsEnabled", if layer.classes.iter().any(labelled) { "1" } else { "0" });
    style(&mut xml, layer);
    let kind = match layer.table.geometry {
        Some(Geometry::Line) => "1",
        Some(Geometry::Area) => "2",
        Some(Geometry::Point) | None => "0",
    };
    xml.leaf("layerGeometryType", kind);
    xml.finish()
}
