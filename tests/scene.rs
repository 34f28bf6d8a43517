//! Tests of `scene`.

mod draw;
mod label;
mod text;
