//! Strokes of one pen that lie on each other are drawn once, where the style is one for machines: a laser burns what it
//! passes twice, a plotter tears the paper.

use super::{Group, Item, Paths, Stroke};
use crate::error::Result;
use crate::geo::once::once as left;
use crate::geo::ring;
use crate::watch::{Stage, Watch};
use std::ops::Range;

/// Steps of a millimetre.
const STEPS: f64 = 1000.0;
/// Strokes so near are one, steps: 0.01 mm.
const NEAR: i64 = 10;

/// A stroke without a fill, and the lines it draws.
struct Drawn {
    pen: usize,
    subpaths: Range<u32>,
}

/// Takes away what has been drawn before with the same colour, width and dashes. Areas with a fill stay as they are.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn once(groups: &mut Vec<Group>, paths: &mut Paths, watch: &mut Watch) -> Result<()> {
    let (mut pens, mut drawn) = (Vec::new(), Vec::new());
    collect(groups, &mut pens, &mut drawn);
    let mut now: Vec<Range<u32>> = drawn.iter().map(|one| one.subpaths.clone()).collect();
    for pen in 0..pens.len() {
        let its = || drawn.iter().enumerate().filter(|(_, one)| one.pen == pen);
        let lines: Vec<ring::Path> =
            its().flat_map(|(_, one)| one.subpaths.clone()).map(|row| steps(paths.get(row))).collect();
        let mut left = left(&lines, NEAR, || watch.at(Stage::Draw, 0, 0))?.into_iter();
        let mut whole = lines.iter();
        for (place, one) in its() {
            let start = paths.subpaths.len() as u32;
            let rows: Vec<_> = one.subpaths.clone().zip(left.by_ref()).zip(whole.by_ref()).collect();
            if rows.iter().all(|((_, left), line)| left.len() == 1 && left.first() == Some(line)) {
                continue;
            }
            for ((row, left), line) in rows {
                if left.len() == 1 && left.first() == Some(line) {
                    let (points, closed) = paths.get(row);
                    let points = points.to_vec();
                    paths.push(points, closed);
                    continue;
                }
                for run in left {
                    paths.push(run.iter().map(|point| point.map(|step| step as f64 / STEPS)), false);
                }
            }
            if let Some(range) = now.get_mut(place) {
                *range = start..paths.subpaths.len() as u32;
            }
        }
    }
    give(groups, &mut now.into_iter());
    Ok(())
}

/// A line in steps; a closed one ends where it began.
fn steps((points, closed): (&[[f64; 2]], bool)) -> ring::Path {
    let end = points.first().filter(|_| closed);
    let mut line: ring::Path =
        points.iter().chain(end).map(|point| point.map(|mm| libm::round(mm * STEPS) as i64)).collect();
    line.dedup();
    line
}

/// The stroke of an item that is nothing else.
fn stroke(item: &Item) -> Option<(&Stroke, &Range<u32>)> {
    match item {
        Item::Path(path) if path.fill.is_none() => path.stroke.as_ref().map(|stroke| (stroke, &path.subpaths)),
        _ => None,
    }
}

fn collect(groups: &[Group], pens: &mut Vec<Stroke>, drawn: &mut Vec<Drawn>) {
    for group in groups {
        for (stroke, subpaths) in group.items.iter().filter_map(stroke) {
            let same =
                |pen: &Stroke| (pen.color, pen.width, &pen.dashes) == (stroke.color, stroke.width, &stroke.dashes);
            let pen = pens.iter().position(same).unwrap_or_else(|| {
                pens.push(stroke.clone());
                pens.len() - 1
            });
            drawn.push(Drawn { pen, subpaths: subpaths.clone() });
        }
        collect(&group.groups, pens, drawn);
    }
}

/// Gives strokes what is left of them, in the order of [`collect`]; those of which nothing is left go, and groups with them.
fn give(groups: &mut Vec<Group>, now: &mut impl Iterator<Item = Range<u32>>) {
    for group in groups.iter_mut() {
        group.items.retain_mut(|item| {
            let taken = if stroke(item).is_some() { now.next() } else { None };
            match (item, taken) {
                (Item::Path(path), Some(range)) => {
                    path.subpaths = range;
                    !path.subpaths.is_empty()
                }
                _ => true,
            }
        });
        give(&mut group.groups, now);
    }
    groups.retain(|group| !group.items.is_empty() || !group.groups.is_empty());
}
