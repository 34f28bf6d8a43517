//! The courses of borders that have their area on the left, for names that stand on their own side.

use super::area::{edges, trace};
use crate::map::{Feature, Features, Geometry};
use crate::sheet::Sheet;
use std::collections::BTreeMap;

/// A line on the sheet, mm.
type Line = Vec<[f64; 2]>;

/// The edges of an area, and the lines of a boundary of which it is known on which side it lies; in as few lines as connect.
pub fn courses(features: &Features, feature: &Feature, sheet: &Sheet) -> Vec<Line> {
    match feature.geometry {
        Geometry::Area => {
            let edges = edges(features, feature, sheet).into_iter();
            edges.map(|(line, closed)| if closed { closing(line) } else { line }).collect()
        }
        Geometry::Line if features.map.is_sided(feature.element) => {
            let parts = features.shapes.parts(&feature.parts).iter();
            let lines = parts.map(|part| trace(sheet, &features.shapes.points(part)));
            connected(lines.filter(|line| line.len() > 1).collect())
        }
        _ => Vec::new(),
    }
}

fn closing(mut ring: Line) -> Line {
    ring.extend(ring.first().copied());
    ring
}

/// Puts lines behind those at whose end they begin; their direction stays.
fn connected(lines: Vec<Line>) -> Vec<Line> {
    let key = |point: &[f64; 2]| point.map(|side| libm::round(side * 1000.0) as i64);
    let mut starts: BTreeMap<[i64; 2], usize> = BTreeMap::new();
    let mut ends: BTreeMap<[i64; 2], usize> = BTreeMap::new();
    for (row, line) in lines.iter().enumerate() {
        starts.extend(line.first().map(|point| (key(point), row)));
        ends.extend(line.last().map(|point| (key(point), row)));
    }
    let mut used = vec![false; lines.len()];
    let mut found = Vec::new();
    let begins =
        |row: &usize| lines.get(*row).and_then(|line| line.first()).is_some_and(|at| !ends.contains_key(&key(at)));
    // What no line leads to begins a course; what is left are rings.
    for first in (0..lines.len()).filter(begins).chain(0..lines.len()) {
        let mut course = Line::new();
        let mut next = Some(first);
        while let Some(row) = next {
            let (Some(flag @ false), Some(line)) = (used.get_mut(row), lines.get(row)) else { break };
            *flag = true;
            course.extend(line.iter().skip(usize::from(!course.is_empty())));
            next = line.last().and_then(|end| starts.get(&key(end))).copied();
        }
        if course.len() > 1 {
            found.push(course);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::connected;

    #[test]
    fn lines_go_on_where_others_end_and_never_turn() {
        let lines = vec![
            vec![[1.0, 0.0], [2.0, 0.0]],
            vec![[0.0, 0.0], [1.0, 0.0]],
            vec![[3.0, 0.0], [2.0, 0.0]],
            vec![[9.0, 9.0], [8.0, 9.0]],
            vec![[8.0, 9.0], [9.0, 9.0]],
        ];
        let expected = [
            vec![[0.0, 0.0], [1.0, 0.0], [2.0, 0.0]],
            vec![[3.0, 0.0], [2.0, 0.0]],
            vec![[9.0, 9.0], [8.0, 9.0], [9.0, 9.0]],
        ];
        assert_eq!(connected(lines), expected);
    }
}
