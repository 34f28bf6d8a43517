//! The one Rust test binary.

mod common;
mod format;
mod map;
mod osm;
mod request;
mod scene;
mod style;
mod tidy;
