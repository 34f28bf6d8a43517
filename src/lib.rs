//! mapwright turns OpenStreetMap data of an area into files that people use.
//!
//! ```text
//! bytes ──osm::read──▶ Osm ──map::build──▶ Map ──map::view──▶ Features ──┬──────────────▶ Format.write ─▶ File
//!                                                                        └ scene::draw ─▶ Scene (─▶ Raster) ─▶ Format.write
//!            Request ─────────▶ every stage            Watch ◀── at(stage, done, total)? from every stage
//! ```
//!
//! **Osm** is what was read. **Map** is what it means. A **product** is what will be made of it. A **Format** turns one
//! product into bytes. **Request** says what is wanted. **Watch** hears how far it is and may stop it. Three doors open
//! on one function, [`export::Opened::export`]: `wasm`, `server` and the command line.

#![forbid(unsafe_code)]
#![warn(missing_docs)]

pub mod catalogue;
pub mod color;
pub mod error;
pub mod export;
pub mod format;
pub mod geo;
pub mod info;
pub mod map;
#[cfg(feature = "mesh")]
pub mod mesh;
#[cfg(feature = "network")]
pub mod network;
pub mod note;
pub(crate) mod order;
pub mod osm;
#[cfg(feature = "plan")]
pub mod plan;
pub mod provenance;
pub mod request;
pub mod scene;
#[cfg(feature = "server")]
pub mod server;
pub mod sheet;
pub mod sink;
#[cfg(feature = "style")]
pub mod style;
#[cfg(feature = "styled")]
pub mod styled;
#[cfg(feature = "table")]
pub mod table;
#[cfg(feature = "tiles")]
pub mod tiles;
#[cfg(feature = "wasm")]
mod wasm;
pub mod watch;
pub mod wire;

pub use error::{Error, Result};
pub use export::{Engine, File, Opened};
pub use request::Request;
pub use watch::{Progress, Stage, Watch};
