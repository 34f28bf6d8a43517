//! Tests of `mesh`: heights, roofs, what gives way to what, and that everything is closed.

mod heights;
mod print;
mod real;
mod reports;
mod roofs;
pub mod town;
