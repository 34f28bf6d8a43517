//! The one Rust test binary.

mod cli;
mod codes;
mod common;
mod deny;
mod format;
mod fuzz;
mod map;
mod mesh;
mod osm;
mod request;
mod scene;
mod server;
mod style;
mod tidy;
mod wire;
