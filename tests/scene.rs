//! Tests of `scene`.

mod draw;
mod furniture;
mod label;
mod page;
mod quality;
mod text;
