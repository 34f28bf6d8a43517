//! One place for a feature: on its line, in its area.

use crate::geo::center::visual_center;
use crate::geo::line::{self, length};
use crate::map::{Feature, Features, Geometry, Role};
use crate::order;

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
        Geometry::Area => {
            let mut polygons: Vec<Vec<Ring>> = Vec::new();
            for &(role, ring) in parts {
                match (role, polygons.last_mut()) {
                    (Role::Inner, Some(polygon)) => polygon.push(ring),
                    _ => polygons.push(vec![ring]),
                }
            }
            let size = |polygon: &[Ring]| polygon.first().map_or(0.0, |ring| area(ring));
            let largest = polygons.iter().max_by(|a, b| size(a).total_cmp(&size(b)))?;
            inside(largest)
        }
    }
}

/// Where half of a line is behind.
fn middle(line: Ring) -> Option<[f64; 2]> {
    line::at(line, length(line) / 2.0).map(|(place, _)| place).or(line.last().copied())
}

fn area(ring: Ring) -> f64 {
    let [ox, oy] = ring.first().copied().unwrap_or_default();
    let twice: f64 = ring.array_windows().map(|[a, b]| (a[0] - ox) * (b[1] - oy) - (b[0] - ox) * (a[1] - oy)).sum();
    twice.abs() / 2.0
}

/// The visual centre, or where a polygon is too thin for one, the middle of the widest cut through it.
fn inside(rings: &[Ring]) -> Option<[f64; 2]> {
    let outer = rings.first()?;
    let range = |axis: usize| {
        let values = || outer.iter().map(move |point| point[axis]);
        (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
    };
    let ((west, east), (south, north)) = (range(0), range(1));
    let precision = (east - west).min(north - south) / 20.0;
    let center = if precision > 0.0 { visual_center(rings, precision) } else { None };
    if let Some((center, distance)) = center
        && distance > 0.0
    {
        return Some(center);
    }
    let y = (south + north) / 2.0;
    let mut cuts: Vec<f64> = rings
        .iter()
        .flat_map(|ring| ring.array_windows())
        .filter(|[a, b]| (a[1] > y) != (b[1] > y))
        .map(|[a, b]| a[0] + (y - a[1]) / (b[1] - a[1]) * (b[0] - a[0]))
        .collect();
    order::sort_numbers(&mut cuts);
    let widest = cuts.chunks_exact(2).max_by(|a, b| (a[1] - a[0]).total_cmp(&(b[1] - b[0])));
    widest.map(|pair| [(pair[0] + pair[1]) / 2.0, y]).or_else(|| outer.first().copied())
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
