//! Geometry of many features in shared buffers.

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
