//! **Mesh** is a map in three dimensions: triangles in metres about the middle of the frame, x east, y north, z up.
//! Buildings are closed solids by the rules of Simple 3D Buildings; ground, water, green and roads are surfaces.

mod building;
mod maker;
mod outline;
pub mod print;
mod raise;
mod ribbon;
mod ring;
mod roof;
mod solid;
mod underground;

pub use raise::raise;

use crate::color::Color;
use crate::geo::crs::Crs;
use crate::note::Notes;

/// A corner in metres: east, north, up.
pub type Corner = [f64; 3];
/// Three corners, counter-clockwise seen from outside.
pub type Triangle = [Corner; 3];

/// A model.
#[derive(Debug)]
pub struct Mesh {
    /// Layers, the lowest first: `ground`, `water`, …
    pub layers: Vec<Layer>,
    /// Surfaces; bodies refer to their rows.
    pub materials: Vec<Material>,
    /// System that `origin` is in.
    pub crs: Crs,
    /// Where the middle of the model lies, metres of `crs`.
    pub origin: [f64; 2],
    /// Width and height of the ground, metres.
    pub size: [f64; 2],
    /// Date of the data (RFC 3339), empty if unknown.
    pub timestamp: String,
    /// What was left out.
    pub notes: Notes,
}

/// A layer of the map.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Layer {
    /// Its name.
    pub name: &'static str,
    /// What lies on it.
    pub bodies: Vec<Body>,
}

/// What one feature became.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The element it is from: `n`, `w` or `r`, and its id; none for the ground and the sea.
    pub source: Option<(char, i64)>,
    /// Its name.
    pub name: Option<String>,
    /// Triangles, each run of one material.
    pub faces: Vec<Face>,
}

/// Triangles of one material.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Face {
    /// Row of [`Mesh::materials`].
    pub material: usize,
    /// The triangles.
    pub triangles: Vec<Triangle>,
}

/// How a surface looks.
#[derive(Debug, Clone, PartialEq)]
pub struct Material {
    /// Its name: what it is used for, or its colour.
    pub name: String,
    /// Its colour.
    pub color: Color,
}
