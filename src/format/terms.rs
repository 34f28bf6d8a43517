//! What may be done with the data, and what they are: the words of files that stand beside the data.

use crate::geo::wkt::{Dialect, wkt};
use crate::map::Features;
use crate::osm::ATTRIBUTION;
use crate::wire::number;
use crate::wire::xml::Xml;

/// The licence of the data.
pub const LICENCE: &str = "https://opendatacommons.org/licenses/odbl/1-0/";
/// Where OpenStreetMap says what it asks of those who show its data.
pub const COPYRIGHT: &str = "https://www.openstreetmap.org/copyright";

/// What a layer is, in one sentence.
pub fn about(features: &Features) -> String {
    format!("Data of OpenStreetMap, {}", features.map.osm.timestamp).trim_end_matches([' ', ',']).to_owned()
}

/// The elements of QGIS that describe a layer.
pub fn resource(xml: &mut Xml, name: &str, features: &Features) {
    xml.leaf("identifier", name).leaf("type", "dataset").leaf("title", name).leaf("abstract", &about(features));
    xml.start("links").start("link").attr("name", "OpenStreetMap").attr("type", "WWW:LINK").attr("url", COPYRIGHT);
    xml.end().end_block();
    xml.leaf("rights", ATTRIBUTION).leaf("license", "Open Database License (ODbL) 1.0").leaf("license", LICENCE);
    let epsg = format!("EPSG:{}", features.crs.epsg);
    xml.start("crs");
    system(xml, features.crs.epsg);
    xml.end_block();
    xml.start("extent").start("spatial").attr("crs", &epsg).attr("dimensions", "2");
    let names = ["minx", "miny", "maxx", "maxy"];
    for (name, side) in names.into_iter().zip(features.extent) {
        xml.attr_with(name, |out| number::fixed(out, number::quantise(side, 7), 7));
    }
    xml.end().end_block();
}

/// A system of coordinates as QGIS writes it: what it reads are the words, the code is what it shows.
pub fn system(xml: &mut Xml, epsg: u16) {
    xml.start("spatialrefsys").attr("nativeFormat", "Wkt");
    if let Some(text) = wkt(epsg, Dialect::Ogc) {
        xml.leaf("wkt", &text);
    }
    xml.leaf("srid", &epsg.to_string()).leaf("authid", &format!("EPSG:{epsg}")).end_block();
}
