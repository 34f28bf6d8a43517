//! **Map** is what an [`crate::osm::Osm`] means: features in layers, with assembled geometry in degrees.
//! [`view`] cuts, projects and generalises it into the [`Features`] that products and formats take.

mod assemble;
mod build;
pub mod classify;
mod coast;
mod features;
mod frame;
mod names;
mod own;
mod relation;
mod select;
mod value;
mod view;

pub use build::build;
pub use classify::{CLASSES, Class, ClassId, Entry, Field, FieldKind, LAYERS, Layer, catalogue};
pub use features::{Feature, Features, Geometry, Map, Part, Role, Shapes};
pub use own::{check as check_overlays, overlaid};
pub use value::Value;
pub use view::{Filter, Frame, View, check, view};
