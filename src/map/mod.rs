//! **Map** is what an [`crate::osm::Osm`] means: features in layers, with assembled geometry in degrees.
//! [`view`] cuts, projects and generalises it into the [`Features`] that products and formats take.

mod assemble;
mod banks;
mod build;
pub mod classify;
mod coast;
mod draft;
mod ends;
pub mod extent;
mod features;
mod han;
#[cfg(feature = "plan")]
pub mod height;
mod inland;
mod interpolate;
pub mod latin;
pub mod measure;
mod names;
mod overlay;
mod relation;
mod select;
mod shapes;
mod sides;
pub mod speed;
mod street;
mod tagged;
mod value;
mod view;
mod window;

pub use build::build;
pub use classify::{CLASSES, Class, ClassId, Entry, Field, FieldKind, LAYERS, Layer, catalogue};
pub use features::{Feature, Features, Map};
pub use han::Han;
pub use names::is_name;
pub use overlay::Own;
pub use shapes::{Geometry, Part, Role, Shapes, Traces};
pub use value::Value;
pub use view::{check, view};
pub use window::{Frame, View};
