//! Areas on the sheet: rings, and edges that do not follow the frame.

use super::Paths;
use crate::geo::ring;
use crate::map::{Feature, Features, Role};
use crate::sheet::Sheet;
use std::ops::Range;

/// A point on the sheet as it is drawn: whole thousandths of a millimetre.
pub fn place(sheet: &Sheet, point: [f64; 2]) -> [f64; 2] {
    sheet.place(point).map(|side| libm::round(side * 1000.0) / 1000.0)
}

/// The points of a part on the sheet, none twice in a row.
pub fn trace(sheet: &Sheet, points: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut line: Vec<[f64; 2]> = points.iter().map(|point| place(sheet, *point)).collect();
    line.dedup();
    line
}

/// The rings of an area as closed subpaths; none where nothing is left of it.
pub fn rings(features: &Features, feature: &Feature, sheet: &Sheet, paths: &mut Paths) -> Option<Range<u32>> {
    let start = paths.subpaths.len() as u32;
    let mut skipped = false;
    for part in features.shapes.parts(&feature.parts) {
        let mut ring = trace(sheet, &features.shapes.points(part));
        if ring.first() == ring.last() {
            ring.pop();
        }
        match part.role {
            Role::Outer => skipped = ring.len() < 3,
            // A hole goes with the ring around it.
            Role::Inner if skipped || ring.len() < 3 => continue,
            Role::Inner => {}
            Role::Point | Role::Line => continue,
        }
        if ring.len() >= 3 {
            paths.push(ring, true);
        }
    }
    let rows = start..paths.subpaths.len() as u32;
    (!rows.is_empty()).then_some(rows)
}

/// The closed rings of an area in whole thousandths of a millimetre.
pub fn outline(features: &Features, feature: &Feature, sheet: &Sheet) -> Vec<ring::Path> {
    let parts = features.shapes.parts(&feature.parts).iter();
    let step = |point: [f64; 2]| sheet.place(point).map(|side| libm::round(side * 1000.0) as i64);
    parts.map(|part| features.shapes.points(part).iter().map(|point| step(*point)).collect()).collect()
}

/// The edges of an area where it really ends: all but those along the frame. True: a closed ring.
pub fn edges(features: &Features, feature: &Feature, sheet: &Sheet) -> Vec<(Vec<[f64; 2]>, bool)> {
    let [x, y, width, height] = sheet.painted();
    let mut found = Vec::new();
    for part in features.shapes.parts(&feature.parts) {
        if !matches!(part.role, Role::Outer | Role::Inner) {
            continue;
        }
        let ring = trace(sheet, &features.shapes.points(part));
        let near = |a: f64, b: f64, edge: f64| (a - edge).abs() < NEAR && (b - edge).abs() < NEAR;
        let on_frame = |a: [f64; 2], b: [f64; 2]| {
            near(a[0], b[0], x) || near(a[0], b[0], x + width) || near(a[1], b[1], y) || near(a[1], b[1], y + height)
        };
        let cut = |pair: &[[f64; 2]]| matches!(pair, &[a, b] if on_frame(a, b));
        if !ring.windows(2).any(cut) {
            let mut ring = ring;
            ring.pop();
            if ring.len() >= 2 {
                found.push((ring, true));
            }
            continue;
        }
        // Begins after a piece of frame, so that no edge is split where the ring happens to begin.
        let first = ring.windows(2).position(cut).unwrap_or(0);
        let open = ring.get(..ring.len().saturating_sub(1)).unwrap_or_default();
        let mut line: Vec<[f64; 2]> = Vec::new();
        let turned = open.iter().cycle().skip(first).take(open.len() + 1).copied().collect::<Vec<_>>();
        for pair in turned.windows(2) {
            let &[a, b] = pair else { continue };
            if on_frame(a, b) {
                if line.len() >= 2 {
                    found.push((std::mem::take(&mut line), false));
                }
                line.clear();
            } else {
                if line.is_empty() {
                    line.push(a);
                }
                line.push(b);
            }
        }
        if line.len() >= 2 {
            found.push((line, false));
        }
    }
    found
}

/// What counts as on the frame, mm.
const NEAR: f64 = 0.002;
