//! Tests of `format`: what holds for every format by itself, and what each one wrote last time.

mod contract;
mod golden;
pub mod sample;
