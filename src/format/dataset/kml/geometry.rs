//! Geometry of KML (§10): longitude, latitude, and for what stands up its height.

use super::look::flag;
use crate::table::shape::{Shape, Trace};
use crate::wire::number;
use crate::wire::xml::Xml;

/// How high something stands above the ground, metres; none for what lies on it.
pub type Height = Option<f64>;

/// Writes a geometry; several of a kind are a `MultiGeometry`.
pub fn write(xml: &mut Xml, shape: &Shape, digits: u32, height: Height) {
    let many = shape.len() > 1;
    if many {
        xml.start("MultiGeometry");
    }
    match shape {
        Shape::Points(points) => points.iter().for_each(|point| {
            xml.start("Point");
            coordinates(xml, std::slice::from_ref(point), digits, None);
            xml.end_block();
        }),
        Shape::Lines(lines) => lines.iter().for_each(|line| {
            // Along the ground, not through hills.
            xml.start("LineString").leaf("tessellate", "1");
            coordinates(xml, line, digits, None);
            xml.end_block();
        }),
        Shape::Areas(areas) => areas.iter().for_each(|rings| polygon(xml, rings, digits, height)),
    }
    if many {
        xml.end_block();
    }
}

fn polygon(xml: &mut Xml, rings: &[Trace], digits: u32, height: Height) {
    xml.start("Polygon");
    match height {
        Some(_) => xml.leaf("extrude", flag(true)).leaf("altitudeMode", "relativeToGround"),
        None => xml.leaf("tessellate", flag(true)),
    };
    for (row, ring) in rings.iter().enumerate() {
        xml.start(if row == 0 { "outerBoundaryIs" } else { "innerBoundaryIs" }).start_inline("LinearRing");
        coordinates(xml, ring, digits, height);
        xml.end().end();
    }
    xml.end_block();
}

fn coordinates(xml: &mut Xml, trace: &[[i64; 2]], digits: u32, height: Height) {
    xml.leaf_with("coordinates", |out| {
        for (row, &[lon, lat]) in trace.iter().enumerate() {
            if row > 0 {
                out.push(b' ');
            }
            number::fixed(out, lon, digits);
            out.push(b',');
            number::fixed(out, lat, digits);
            if let Some(height) = height {
                out.push(b',');
                number::fixed(out, number::quantise(height, 2), 2);
            }
        }
    });
}
