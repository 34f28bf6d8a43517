//! The ground as triangles: noded lines, triangulated (constrained Delaunay, by spade).

use crate::error::{Error, Result};
use crate::geo::node::Segment;
use crate::geo::ring::Point;
use spade::handles::{DirectedEdgeHandle, FixedFaceHandle, PossiblyOuterTag};
use spade::{ConstrainedDelaunayTriangulation, HasPosition, Point2, Triangulation};
use std::collections::BTreeSet;

/// A triangle of the ground, counter-clockwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Face {
    /// Rows of points.
    pub corners: [u32; 3],
    /// The triangle beside each side; the first side runs from the first corner to the second.
    pub beside: [Option<u32>; 3],
    /// Whether a line runs along each side.
    pub bound: [bool; 3],
}

/// All triangles of the ground.
#[derive(Debug)]
pub(super) struct Net {
    pub points: Vec<Point>,
    pub faces: Vec<Face>,
    /// The triangles around each point, as they come in turn; none for the outside.
    pub around: Vec<Vec<Option<u32>>>,
}

struct Vertex(Point);

impl HasPosition for Vertex {
    type Scalar = f64;
    fn position(&self) -> Point2<f64> {
        Point2::new(self.0[0] as f64, self.0[1] as f64)
    }
}

/// Triangulates noded lines.
///
/// # Errors
/// [`Error::Internal`] should the triangulation refuse the points.
pub(super) fn triangulate(lines: &[Segment]) -> Result<Net> {
    let points: BTreeSet<Point> = lines.iter().flatten().copied().collect();
    let points: Vec<Point> = points.into_iter().collect();
    let row = |point: &Point| points.binary_search(point).unwrap_or_default();
    let edges: Vec<[usize; 2]> = lines.iter().map(|[a, b]| [row(a), row(b)]).collect();
    let vertices = points.iter().copied().map(Vertex).collect();
    // Noded lines have no conflicts. If there were one, a border would be missing, but nothing would be open.
    let found = ConstrainedDelaunayTriangulation::<Vertex>::try_bulk_load_cdt(vertices, edges, |_| ())
        .map_err(|fault| Error::Internal(format!("triangulation: {fault}")))?;
    // The order of faces hangs on how sorting treats equals, which is not the same on all machines.
    let corner = |side: &DirectedEdgeHandle<_, _, _, _>| side.from().fix().index();
    let mut all: Vec<[_; 3]> = found.inner_faces().map(|face| face.adjacent_edges()).collect();
    for sides in &mut all {
        let least = sides.iter().enumerate().min_by_key(|(_, side)| corner(side)).map_or(0, |(at, _)| at);
        sides.rotate_left(least);
    }
    all.sort_by_key(|sides| sides.each_ref().map(corner));
    let mut rows = vec![None; found.num_all_faces()];
    for (row, [side, ..]) in all.iter().enumerate() {
        if let Some(slot) = rows.get_mut(side.face().fix().index()) {
            *slot = Some(row as u32);
        }
    }
    let of = |face: FixedFaceHandle<PossiblyOuterTag>| rows.get(face.index()).copied().flatten();
    let faces = all.iter().map(|sides| Face {
        corners: sides.each_ref().map(|side| corner(side) as u32),
        beside: sides.map(|side| of(side.rev().face().fix())),
        bound: sides.map(|side| side.is_constraint_edge()),
    });
    let around = found.vertices().map(|vertex| {
        let mut turn: Vec<Option<u32>> = vertex.out_edges().map(|edge| of(edge.face().fix())).collect();
        let least = turn.iter().enumerate().min_by_key(|(_, row)| **row).map_or(0, |(at, _)| at);
        turn.rotate_left(least);
        turn
    });
    let points = found.vertices().map(|vertex| vertex.data().0);
    Ok(Net { points: points.collect(), faces: faces.collect(), around: around.collect() })
}

impl Net {
    /// The triangles of each face of the plan: those that no line divides, the largest first.
    pub fn plains(&self) -> Vec<Vec<u32>> {
        let mut seen = vec![false; self.faces.len()];
        let mut plains = Vec::new();
        for start in 0..self.faces.len() as u32 {
            let mut plain = Vec::new();
            let mut open = vec![start];
            while let Some(row) = open.pop() {
                let (Some(known), Some(face)) = (seen.get_mut(row as usize), self.faces.get(row as usize)) else {
                    continue;
                };
                if std::mem::replace(known, true) {
                    continue;
                }
                plain.push(row);
                open.extend(face.beside.iter().zip(face.bound).filter(|(_, bound)| !bound).filter_map(|(row, _)| *row));
            }
            if let Some(largest) = (0..plain.len()).max_by_key(|at| plain.get(*at).map(|row| self.area(*row))) {
                plain.swap(0, largest);
                plains.push(plain);
            }
        }
        plains
    }

    /// The points of a triangle.
    pub fn corners(&self, face: u32) -> [Point; 3] {
        let corners = self.faces.get(face as usize).map(|face| face.corners).unwrap_or_default();
        corners.map(|corner| self.points.get(corner as usize).copied().unwrap_or_default())
    }

    fn area(&self, face: u32) -> i128 {
        let [a, b, c] = self.corners(face);
        crate::geo::ring::turn(&a, &b, &c)
    }
}
