//! Command line door.

fn main() {}
