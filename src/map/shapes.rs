//! Geometry of many features in shared buffers.

use crate::geo::crs::DEGREE;
use crate::osm::LonLatE7;
use std::borrow::Cow;
use std::ops::Range;

/// What a feature's geometry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Geometry {
    /// One or more places.
    Point,
    /// One or more lines.
    Line,
    /// One or more polygons; each is an outer ring followed by its holes.
    Area,
}

/// What a part of a geometry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A single place.
    Point,
    /// An open or closed line.
    Line,
    /// An outer ring: closed (first point repeated), counter-clockwise with y up.
    Outer,
    /// A hole of the outer ring before it: closed, clockwise.
    Inner,
}

/// One point, line or ring: a run of `Shapes::points`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// First point.
    pub start: u32,
    /// One past the last point.
    pub end: u32,
    /// What it is.
    pub role: Role,
}

/// Geometry of many features in two buffers.
#[derive(Debug, Clone)]
pub struct Shapes<P> {
    /// All points.
    pub points: Vec<P>,
    /// Runs of points.
    pub parts: Vec<Part>,
}

impl<P> Default for Shapes<P> {
    fn default() -> Self {
        Self { points: Vec::new(), parts: Vec::new() }
    }
}

impl<P: Copy> Shapes<P> {
    /// Adds a part.
    pub fn push(&mut self, role: Role, points: impl IntoIterator<Item = P>) {
        let start = self.points.len() as u32;
        self.points.extend(points);
        self.parts.push(Part { start, end: self.points.len() as u32, role });
    }

    /// The parts of a feature.
    pub fn parts(&self, range: &Range<u32>) -> &[Part] {
        self.parts.get(range.start as usize..range.end as usize).unwrap_or(&[])
    }

    /// The points of a part.
    pub fn points(&self, part: &Part) -> &[P] {
        self.points.get(part.start as usize..part.end as usize).unwrap_or(&[])
    }
}

/// What a view shows of a map: points of its own, and those of the map that it shows as they are, which stay there.
#[derive(Debug, Clone, Default)]
pub struct Traces<'m> {
    /// The map's points. Parts number these first, then `own`.
    lent: &'m [LonLatE7],
    own: Vec<[f64; 2]>,
    parts: Vec<Part>,
}

impl<'m> Traces<'m> {
    /// Nothing yet; `lent` are points that parts may stand in, in steps of 1e-7 degrees.
    pub fn lending(lent: &'m [LonLatE7]) -> Self {
        Self { lent, ..Self::default() }
    }

    /// Adds a part with points of its own.
    pub fn push(&mut self, role: Role, points: impl IntoIterator<Item = [f64; 2]>) {
        let place = |own: &[[f64; 2]], lent: &[LonLatE7]| (lent.len() + own.len()) as u32;
        let start = place(&self.own, self.lent);
        self.own.extend(points);
        self.parts.push(Part { start, end: place(&self.own, self.lent), role });
    }

    /// Adds a part that stands in the points that are lent.
    pub fn lend(&mut self, part: Part) {
        self.parts.push(part);
    }

    /// All parts.
    pub fn all(&self) -> &[Part] {
        &self.parts
    }

    /// The parts of a feature.
    pub fn parts(&self, range: &Range<u32>) -> &[Part] {
        self.parts.get(range.start as usize..range.end as usize).unwrap_or(&[])
    }

    /// The points of a part; those that are lent are degrees.
    pub fn points(&self, part: &Part) -> Cow<'_, [[f64; 2]]> {
        let (start, end) = (part.start as usize, part.end as usize);
        match start.checked_sub(self.lent.len()) {
            Some(from) => Cow::Borrowed(self.own.get(from..end - self.lent.len()).unwrap_or(&[])),
            None => {
                let lent = self.lent.get(start..end).unwrap_or(&[]);
                Cow::Owned(lent.iter().map(|place| place.map(|value| f64::from(value) / DEGREE)).collect())
            }
        }
    }
}
