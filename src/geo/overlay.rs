//! Overlaying areas, by i_overlay on the integer grid: repairing rings, cutting areas by areas.

use super::ring::{Path, Point, Polygon, area2};
use i_overlay::core::fill_rule::FillRule;
use i_overlay::core::overlay::{IntOverlayOptions, Overlay, ShapeType};
use i_overlay::core::overlay_rule::OverlayRule;
use i_overlay::i_float::int::point::IntPoint;

/// The area that closed rings cover by the even-odd rule, as valid polygons: rings that cross or touch themselves or
/// each other are taken apart.
pub fn fill<'a>(rings: impl IntoIterator<Item = &'a [Point]>) -> Vec<Polygon> {
    run(rings, [], OverlayRule::Subject, FillRule::EvenOdd)
}

/// What two areas have in common, each by the even-odd rule over closed rings.
pub fn intersect<'a>(
    rings: impl IntoIterator<Item = &'a [Point]>,
    others: impl IntoIterator<Item = &'a [Point]>,
) -> Vec<Polygon> {
    run(rings, others, OverlayRule::Intersect, FillRule::EvenOdd)
}

/// What rings of polygons (outer ones one way, holes the other) cover that no other of these rings, all running the same
/// way, does.
pub fn without<'a>(
    rings: impl IntoIterator<Item = &'a [Point]>,
    others: impl IntoIterator<Item = &'a [Point]>,
) -> Vec<Polygon> {
    run(rings, others, OverlayRule::Difference, FillRule::NonZero)
}

/// What any of these polygons covers, each taken by the even-odd rule over its closed rings.
pub fn unite<'a, R: IntoIterator<Item = &'a [Point]>>(polygons: impl IntoIterator<Item = R>) -> Vec<Polygon> {
    let valid: Vec<Polygon> = polygons.into_iter().flat_map(|rings| fill(rings)).collect();
    // Outer rings run one way and holes the other: what is covered at all has turns left over.
    run(valid.iter().flatten().map(Path::as_slice), [], OverlayRule::Subject, FillRule::NonZero)
}

fn run<'a>(
    rings: impl IntoIterator<Item = &'a [Point]>,
    others: impl IntoIterator<Item = &'a [Point]>,
    rule: OverlayRule,
    fill: FillRule,
) -> Vec<Polygon> {
    let options = IntOverlayOptions { ogc: true, ..IntOverlayOptions::keep_all_points() };
    let mut overlay = Overlay::<i64>::new_custom(64, options, Default::default());
    let mut add = |ring: &[Point], kind| {
        let open = ring.split_last().map_or(ring, |(_, rest)| rest);
        overlay.add_path_iter(open.iter().map(|&[x, y]| IntPoint::new(x, y)), kind);
    };
    rings.into_iter().for_each(|ring| add(ring, ShapeType::Subject));
    others.into_iter().for_each(|ring| add(ring, ShapeType::Clip));
    let shapes = overlay.overlay(rule, fill);
    shapes.iter().filter_map(|shape| polygon(shape.iter().map(|contour| closed(contour)))).collect()
}

fn closed(contour: &[IntPoint<i64>]) -> Path {
    let mut path: Path = contour.iter().chain(contour.first()).map(|point| [point.x, point.y]).collect();
    path.dedup();
    path
}

/// Rings, the outer one first, each turned its right way; none without an outer ring that has an area.
fn polygon(rings: impl Iterator<Item = Path>) -> Option<Polygon> {
    let mut polygon = Polygon::new();
    for mut ring in rings {
        let area = area2(&ring);
        let outer = polygon.is_empty();
        if ring.len() < 4 || area == 0 {
            if outer {
                return None;
            }
            continue;
        }
        if (area > 0) != outer {
            ring.reverse();
        }
        polygon.push(ring);
    }
    (!polygon.is_empty()).then_some(polygon)
}
