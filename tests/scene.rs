//! Tests of `scene`.

mod borders;
mod draw;
mod function;
mod furniture;
mod label;
mod measure;
mod page;
mod quality;
mod signs;
mod text;
