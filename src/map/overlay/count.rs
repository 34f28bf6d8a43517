//! What a client sends is counted before anything is made of it.

use super::thing::{Shape, Thing};
use crate::error::{Error, Result};
use crate::geo::antimeridian::{World, crosses};
use crate::geo::crossings::{Strand, crossings};
use crate::geo::crs::DEGREE;
use crate::geo::ring::{Path, Point};
use crate::request::{Area, Limits};
use crate::watch::{Stage, Watch};

/// Refuses an area and the things of overlays that are more than the limits allow.
///
/// # Errors
/// [`Error::Excess`] for vertices and [`Error::Request`] for crossings, both for the field that is one too many;
/// [`Error::Cancelled`].
pub(super) fn bounded(area: Option<&Area>, overlays: &[Vec<Thing>], limits: &Limits, watch: &mut Watch) -> Result<()> {
    let rings = rings(area);
    let of_area = rings.iter().map(Vec::len).sum::<usize>();
    let each = std::iter::once(of_area).chain(overlays.iter().map(|things| things.iter().map(vertices).sum()));
    let (mut sum, mut beyond) = (0_usize, None);
    for (owner, count) in each.enumerate() {
        sum += count;
        beyond = beyond.or((sum > limits.vertices).then_some(owner));
    }
    if let Some(owner) = beyond {
        let message = format!("area and overlays have {sum} vertices together; at most {} are taken", limits.vertices);
        return Err(Error::Excess { field: field(owner), message });
    }
    let mut strands: Vec<Strand> = Vec::new();
    rings.iter().for_each(|ring| lay(&mut strands, ring, 0, true));
    for (row, things) in overlays.iter().enumerate() {
        for thing in things {
            let (lines, border): (Vec<&Path>, _) = match &thing.shape {
                Shape::Points(_) => continue,
                Shape::Lines(lines) => (lines.iter().collect(), false),
                Shape::Areas(polygons) => (polygons.iter().flatten().collect(), true),
            };
            lines.into_iter().for_each(|line| lay(&mut strands, line, row as u32 + 1, border));
        }
    }
    let told = crossings(strands, limits.crossings, &mut |done, total| watch.at(Stage::Read, done, total))?;
    match told.beyond {
        None => Ok(()),
        Some(owner) => Err(Error::request(
            field(owner as usize),
            format!(
                "its lines cross borders of areas, its own or those before, more than {most} times; at most {most} \
                 crossings are taken in area and overlays together",
                most = limits.crossings
            ),
        )),
    }
}

/// The field of an owner: first the area, then overlays.
fn field(owner: usize) -> String {
    match owner.checked_sub(1) {
        None => "area".into(),
        Some(row) => format!("overlays[{row}]"),
    }
}

fn vertices(thing: &Thing) -> usize {
    match &thing.shape {
        Shape::Points(points) => points.len(),
        Shape::Lines(lines) => lines.iter().map(Vec::len).sum(),
        Shape::Areas(polygons) => polygons.iter().flatten().map(Vec::len).sum(),
    }
}

fn rings(area: Option<&Area>) -> Vec<Path> {
    let Some(Area::Shape { coordinates, .. }) = area else { return Vec::new() };
    let step = |place: &[f64; 2]| place.map(|value| libm::round(value * DEGREE) as i64);
    coordinates.iter().flatten().map(|ring| ring.iter().map(step).collect()).collect()
}

/// Adds the pieces of a line, cut at the antimeridian.
fn lay(strands: &mut Vec<Strand>, line: &[Point], owner: u32, border: bool) {
    let mut add = |line: &[Point]| {
        strands.extend(line.array_windows().map(|&[a, b]| Strand { ends: [a, b], owner, border }));
    };
    match crosses(line) {
        true => World::DEGREES.line(line).iter().for_each(|piece| add(piece)),
        false => add(line),
    }
}
