//! The build of mapwright, in Rust.

fn main() {}
