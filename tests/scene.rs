//! Tests of `scene`.

mod draw;
mod furniture;
mod label;
mod quality;
mod text;
