//! Tests of `scene`.

mod furniture;
mod label;
mod text;
