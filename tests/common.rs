//! What several tests need.

#![allow(dead_code)]

use std::path::PathBuf;

/// The path of a file below `tests/data`.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(name)
}

/// The bytes of a file below `tests/data`.
pub fn data(name: &str) -> Vec<u8> {
    std::fs::read(path(name)).unwrap_or_else(|fault| panic!("tests/data/{name}: {fault}"))
}
