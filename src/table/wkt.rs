//! Geometry as well-known text (OGC 06-103r4 §7).

use crate::map::{Feature, Features, Geometry, Role};
use crate::wire::wkt;

/// The geometry of a feature with this many decimals; rings too small for them are left out.
pub fn wkt(features: &Features, feature: &Feature, digits: u32) -> String {
    let shapes = &features.shapes;
    let parts = shapes.parts(&feature.parts);
    let mut bodies: Vec<String> = Vec::new();
    let mut polygon = false;
    for part in parts {
        let trace = wkt::trace(&shapes.points(part), digits);
        let ring = matches!(part.role, Role::Outer | Role::Inner);
        if part.role != Role::Inner {
            polygon = false;
        }
        if ring && trace.len() < 4 {
            continue;
        }
        let body = wkt::positions(&trace, digits);
        match (part.role, bodies.last_mut()) {
            (Role::Inner, Some(whole)) if polygon => {
                whole.pop();
                whole.push(',');
                whole.push_str(&body);
                whole.push(')');
            }
            (Role::Inner, _) => {}
            (Role::Outer, _) => {
                bodies.push(format!("({body})"));
                polygon = true;
            }
            (Role::Line | Role::Point, _) => bodies.push(body),
        }
    }
    let name = match feature.geometry {
        Geometry::Point => "POINT",
        Geometry::Line => "LINESTRING",
        Geometry::Area => "POLYGON",
    };
    match bodies.as_slice() {
        [] => format!("{name} EMPTY"),
        [single] => format!("{name} {single}"),
        many => format!("MULTI{name} ({})", many.join(",")),
    }
}
