//! Cutting points, lines and areas at a box and at any area within it.

use super::overlay;
use super::ring::{Box, Path, Point, Polygon, Side, area2, bounds, holds, holds_point, meet, side};
use super::simple::is_simple;
use super::tiles::Tiles;
use super::window::{at_box, crosses, outline, overlap, ring_at_box};
use super::within::at_rings;
use std::borrow::Cow;

/// What is inside: a box, and perhaps areas that cut further.
pub struct Cut {
    frame: Box,
    /// Rings of valid polygons: outer ones counter-clockwise, holes clockwise.
    shape: Option<Tiles>,
}

/// The part of a [`Cut`] near something.
enum Near {
    /// Everything there is inside.
    In,
    /// Nothing there is inside.
    Out,
    /// What these closed rings cover is inside; without an area that cuts, what the frame holds.
    Part(Vec<Path>),
}

impl Cut {
    /// A box; `areas`, rings by the even-odd rule, cut inside of it if there are any.
    pub fn new(frame: Box, areas: Option<Vec<Path>>) -> Self {
        let rings = areas.map(|areas| overlay::fill(areas.iter().map(Path::as_slice)).into_iter().flatten().collect());
        Self { frame, shape: rings.map(Tiles::new) }
    }

    /// The box.
    pub fn frame(&self) -> &Box {
        &self.frame
    }

    /// Whether a point is inside; borders are.
    pub fn holds(&self, point: &Point) -> bool {
        let [x, y] = *point;
        let inside = |shape: &Tiles| side(point, shape.near(&[x, y, x, y]).iter().map(Path::as_slice)) != Side::Out;
        holds_point(&self.frame, point) && self.shape.as_ref().is_none_or(inside)
    }

    /// The pieces of a line that are inside, in its order.
    pub fn line<'a>(&self, line: &'a [Point]) -> Vec<Cow<'a, [Point]>> {
        let Some(extent) = bounds(line) else { return Vec::new() };
        match self.near(&extent) {
            Near::Out => Vec::new(),
            Near::In => vec![Cow::Borrowed(line)].into_iter().filter(|line| line.len() > 1).collect(),
            Near::Part(rings) => {
                let lines = if holds(&self.frame, &extent) { vec![line.to_vec()] } else { at_box(line, &self.frame) };
                if self.shape.is_none() {
                    return lines.into_iter().map(Cow::Owned).collect();
                }
                lines.iter().flat_map(|line| at_rings(line, &rings)).map(Cow::Owned).collect()
            }
        }
    }

    /// What of a polygon (its rings, by the even-odd rule) is inside.
    pub fn polygon(&self, rings: &[&[Point]]) -> Option<Vec<Polygon>> {
        let Some(extent) = bounds(rings.iter().copied().flatten()) else { return Some(Vec::new()) };
        match self.near(&extent) {
            Near::Out => Some(Vec::new()),
            Near::In => None,
            Near::Part(part) => {
                // Cut at the frame first: overlaying may move a crossing to the nearest point there is, which must not be
                // one outside.
                let within: Vec<Path> = rings.iter().map(|ring| ring_at_box(ring, &self.frame)).collect();
                let within = within.iter().map(Path::as_slice).filter(|ring| ring.len() > 3);
                Some(match self.shape {
                    None => overlay::fill(within),
                    Some(_) => overlay::intersect(within, part.iter().map(Path::as_slice)),
                })
            }
        }
    }

    /// Whether any of a line is inside.
    pub fn touches_line(&self, line: &[Point]) -> bool {
        if self.shape.is_some() {
            return !self.line(line).is_empty();
        }
        bounds(line).is_some_and(|extent| meet(&extent, &self.frame)) && crosses(line, &self.frame)
    }

    /// Whether any of a polygon is inside.
    pub fn touches_polygon(&self, rings: &[&[Point]]) -> bool {
        if self.shape.is_some() {
            return self.polygon(rings).is_none_or(|polygons| !polygons.is_empty());
        }
        let [left, bottom, ..] = self.frame;
        rings.iter().any(|ring| self.touches_line(ring)) || side(&[left, bottom], rings.iter().copied()) != Side::Out
    }

    /// What of the cut matters for something within `extent`.
    fn near(&self, extent: &Box) -> Near {
        if !meet(extent, &self.frame) {
            return Near::Out;
        }
        let within = holds(&self.frame, extent);
        let Some(shape) = &self.shape else {
            return if within { Near::In } else { Near::Part(Vec::new()) };
        };
        // One step more on each side, so that the box of a level line has an area.
        let [left, bottom, right, top] = *extent;
        let window = overlap(&[left - 1, bottom - 1, right + 1, top + 1], &self.frame);
        let rings: Vec<Path> =
            shape.near(&window).iter().map(|ring| ring_at_box(ring, &window)).filter(|ring| ring.len() > 3).collect();
        let area: i128 = rings.iter().map(|ring| area2(ring)).sum();
        if area == 0 {
            Near::Out
        } else if within && area == area2(&outline(&window)) {
            Near::In
        } else {
            Near::Part(rings)
        }
    }
}

/// A polygon whose rings may cross or touch after its points were moved, made valid again; none if it is still valid.
pub fn repair(rings: &[&[Point]]) -> Option<Vec<Polygon>> {
    if let [ring] = rings
        && is_simple(ring)
    {
        // A small ring may have turned over.
        return (area2(ring) < 0).then(|| vec![vec![ring.iter().rev().copied().collect()]]);
    }
    Some(overlay::fill(rings.iter().copied()))
}
