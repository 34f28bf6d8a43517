//! Time of each stage on real extracts.

fn main() {}
