//! One place for a feature: on its line, in its area.

use crate::geo::center::place_in;
use crate::geo::line::{self, length};
use crate::map::{Feature, Features, Geometry, Role};

type Ring<'a> = &'a [[f64; 2]];

/// The point itself, the middle of the longest line, the visual centre of the largest polygon; in units of the CRS.
pub fn place(features: &Features, feature: &Feature) -> Option<[f64; 2]> {
    let shapes = &features.shapes;
    let parts = shapes.parts(&feature.parts);
    let held: Vec<_> = parts.iter().map(|part| (part.role, shapes.points(part))).collect();
    let rings: Vec<(Role, Ring)> = held.iter().map(|(role, points)| (*role, points.as_ref())).collect();
    within(feature.geometry, &rings)
}

fn within(geometry: Geometry, parts: &[(Role, Ring)]) -> Option<[f64; 2]> {
    match geometry {
        Geometry::Point => parts.first()?.1.first().copied(),
        Geometry::Line => {
            let (_, line) = parts.iter().max_by(|(_, a), (_, b)| length(a).total_cmp(&length(b)))?;
            middle(line)
        }
        Geometry::Area => place_in(parts.iter().map(|(role, ring)| (*role != Role::Inner, *ring))),
    }
}

/// Where half of a line is behind.
fn middle(line: Ring) -> Option<[f64; 2]> {
    line::at(line, length(line) / 2.0).map(|(place, _)| place).or(line.last().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lie_where_the_feature_is() {
        let line: &[[f64; 2]] = &[[0.0, 0.0], [10.0, 0.0], [10.0, 2.0]];
        let short: &[[f64; 2]] = &[[50.0, 50.0], [51.0, 50.0]];
        assert_eq!(within(Geometry::Line, &[(Role::Line, short), (Role::Line, line)]), Some([6.0, 0.0]));
        // A thin L: its box's middle is outside.
        let bent: &[[f64; 2]] =
            &[[0.0, 0.0], [10.0, 0.0], [10.0, 0.001], [0.001, 0.001], [0.001, 10.0], [0.0, 10.0], [0.0, 0.0]];
        let [x, y] = within(Geometry::Area, &[(Role::Outer, bent)]).unwrap();
        assert!((x > 0.0 && x < 0.001) || (y > 0.0 && y < 0.001), "{x} {y}");
        assert_eq!(within(Geometry::Area, &[]), None);
    }
}
