//! Who made it, what may be done with it, and where on earth it lies.

use crate::provenance::Provenance;
use crate::scene::Scene;
use crate::wire::number;
use crate::wire::xml::Xml;

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const DUBLIN_CORE: &str = "http://purl.org/dc/elements/1.1/";
const CREATIVE_COMMONS: &str = "http://creativecommons.org/ns#";
const ODBL: &str = crate::osm::LICENCE;
const SOURCE: &str = crate::osm::COPYRIGHT;
const FRAME: &str = "urn:mapwright:frame";
const PROVENANCE: &str = "urn:mapwright:provenance";

/// `<metadata>`: Dublin Core in the shape that Inkscape shows under "Document properties", the frame, and how it was made.
pub fn write(xml: &mut Xml, scene: &Scene, provenance: &Provenance) {
    xml.start("metadata").attr("id", "metadata");
    xml.start("rdf:RDF").attr("xmlns:rdf", RDF).attr("xmlns:dc", DUBLIN_CORE).attr("xmlns:cc", CREATIVE_COMMONS);
    xml.start("cc:Work").attr("rdf:about", "");
    xml.leaf("dc:format", "image/svg+xml");
    xml.start("dc:type").attr("rdf:resource", "http://purl.org/dc/dcmitype/StillImage").end();
    xml.leaf("dc:title", &scene.title);
    if !scene.timestamp.is_empty() {
        xml.leaf("dc:date", &scene.timestamp);
    }
    for (element, name) in [("dc:creator", "mapwright"), ("dc:rights", scene.attribution.as_str())] {
        xml.start(element).start("cc:Agent").leaf("dc:title", name).end_block().end_block();
    }
    xml.leaf("dc:source", SOURCE);
    xml.start("cc:license").attr("rdf:resource", ODBL).end();
    xml.end_block().end_block();
    frame(xml, scene);
    xml.start("provenance").attr("xmlns", PROVENANCE).ready(&provenance.text()).end();
    xml.end_block();
}

/// The frame: enough to place the drawing on the ground or more data on the drawing.
fn frame(xml: &mut Xml, scene: &Scene) {
    let sheet = &scene.sheet;
    let digits = if sheet.crs.geographic { 7 } else { 3 };
    let list = |values: &[f64], digits| {
        let words: Vec<_> = values.iter().map(|&value| number::text(value, digits)).collect();
        words.join(" ")
    };
    xml.start("frame").attr("xmlns", FRAME);
    xml.attr("crs", &format!("EPSG:{}", sheet.crs.epsg));
    xml.attr("extent", &list(&sheet.extent, digits));
    xml.attr("page", &list(&sheet.map, 4));
    xml.attr_number("mm-per-unit", sheet.mm_per_unit, 9);
    xml.attr_number("scale", sheet.scale, 3);
    xml.attr("corners", &list(sheet.corners.as_flattened(), 7));
    xml.attr("bbox", &list(&bbox(&sheet.corners), 7));
    if !scene.timestamp.is_empty() {
        xml.attr("timestamp", &scene.timestamp);
    }
    xml.end();
}

/// West, south, east and north of the corners; west is greater than east across the antimeridian.
fn bbox(corners: &[[f64; 2]; 4]) -> [f64; 4] {
    let [lower_left, upper_left, upper_right, lower_right] = *corners;
    let crosses = lower_left[0].max(upper_left[0]) > lower_right[0].max(upper_right[0]);
    let (west, east) = if crosses {
        (lower_left[0].max(upper_left[0]), lower_right[0].min(upper_right[0]))
    } else {
        (lower_left[0].min(upper_left[0]), lower_right[0].max(upper_right[0]))
    };
    [west, lower_left[1].min(lower_right[1]), east, upper_left[1].max(upper_right[1])]
}
