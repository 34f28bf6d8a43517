//! What the export form refuses.

use serde::{Deserialize, Serialize};

/// What is refused.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Most pixels of one picture.
    pub pixels: u64,
    /// Largest area of one picture on the ground, km².
    pub square_km: f64,
    /// Largest box of data, square degrees.
    pub degrees: f64,
    /// Most nodes in a box of data.
    pub nodes: usize,
    /// Most answers in the making.
    pub renders: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pixels: 4_000_000, square_km: 100.0, degrees: 0.25, nodes: 50_000, renders: 2 }
    }
}
