//! Geometry as well-known text (OGC 06-103r4 §7).

use super::shape::{Shape, Trace};
use crate::wire::wkt::positions;

/// A geometry with this many decimals.
pub fn wkt(shape: &Shape, digits: u32) -> String {
    let ring = |trace: &Trace| positions(trace, digits);
    let bodies: Vec<String> = match shape {
        Shape::Points(points) => points.iter().map(|point| positions(&[*point], digits)).collect(),
        Shape::Lines(lines) => lines.iter().map(ring).collect(),
        Shape::Areas(areas) => {
            areas.iter().map(|rings| format!("({})", rings.iter().map(ring).collect::<Vec<_>>().join(","))).collect()
        }
    };
    let word = shape.kind().word();
    match bodies.as_slice() {
        [] => format!("{word} EMPTY"),
        [single] => format!("{word} {single}"),
        many => format!("{word} ({})", many.join(",")),
    }
}
