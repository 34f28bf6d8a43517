//! **Map** is what an [`crate::osm::Osm`] means: features in layers, with assembled geometry in degrees.
//! [`view`] cuts, projects and generalises it into the [`Features`] that products and formats take.

mod build;
pub mod classify;
mod features;
mod view;

pub use build::build;
pub use classify::{CLASSES, Class, ClassId, Field, LAYERS, Layer};
pub use features::{Feature, Features, Geometry, Map, Part, Role, Shapes};
pub use view::{Filter, Frame, View, view};
