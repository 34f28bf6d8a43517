//! Tests of `scene`.

mod label;
mod text;
