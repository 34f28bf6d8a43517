//! Styles of QGIS (<https://docs.qgis.org/3.22/en/docs/user_manual/appendices/qgis_file_formats.html>): how a layer is drawn
//! and labelled, in the elements that its style files, projects and databases share.

mod label;
mod project;
mod rule;
mod style;
mod symbol;

pub use project::qgz;

use crate::format::terms;
use crate::map::{Features, Geometry};
use crate::styled::StyledLayer;
use crate::wire::xml::Xml;
use rule::{VERSION, labelled};
use style::style;

/// A style file (QML) of a layer.
pub fn document(layer: &StyledLayer) -> Vec<u8> {
    let mut xml = Xml::new(false);
    xml.ready("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n");
    xml.start("qgis").attr("version", VERSION).attr("styleCategories", "Symbology|Labeling|Rendering");
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

/// Metadata of a layer as QGIS keeps them (QMD): title, rights, licence, system of coordinates, extent.
pub fn metadata(name: &str, features: &Features) -> Vec<u8> {
    let mut xml = Xml::new(false);
    xml.ready("<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n");
    xml.start("qgis").attr("version", VERSION);
    terms::resource(&mut xml, name, features);
    xml.finish()
}
