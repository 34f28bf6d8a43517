//! Mathematics without map knowledge, one subject a file.

pub mod antimeridian;
pub mod arc;
pub mod axes;
pub mod buckets;
pub mod center;
pub mod chain;
pub mod clip;
pub mod crossings;
pub mod crs;
pub mod divide;
pub mod ellipsoid;
mod epsg;
mod grid;
pub mod hull;
#[cfg(any(feature = "plan", feature = "scene"))]
pub mod join;
pub mod line;
pub mod nest;
pub mod node;
pub mod offset;
pub mod once;
mod order;
pub mod overlay;
pub mod projjson;
pub mod rim;
pub mod ring;
pub mod round;
pub mod simple;
pub mod simplify;
pub mod tiles;
pub mod trail;
pub mod untangle;
pub mod window;
pub mod within;
#[cfg(feature = "styled")]
pub mod wkt;
