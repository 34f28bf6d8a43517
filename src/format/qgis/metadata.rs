//! What QGIS knows of a layer: title, rights, system of coordinates, extent.

use super::rule::begun;
use crate::format::terms;
use crate::geo::wkt::{Dialect, wkt};
use crate::map::Features;
use crate::osm::{ATTRIBUTION, COPYRIGHT, LICENCE};
use crate::wire::number;
use crate::wire::xml::Xml;

/// Metadata of a layer as QGIS keeps them (QMD): title, rights, licence, system of coordinates, extent.
pub fn metadata(name: &str, features: &Features) -> Vec<u8> {
    let mut xml = begun();
    resource(&mut xml, name, features);
    xml.finish()
}

/// The elements of QGIS that describe a layer.
pub fn resource(xml: &mut Xml, name: &str, features: &Features) {
    xml.leaf("identifier", name).leaf("type", "dataset").leaf("title", name).leaf("abstract", &terms::about(features));
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
