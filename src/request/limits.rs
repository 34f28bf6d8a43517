//! How much a client may send and get. One table for all doors; who runs a server or the command line may change it.

use crate::error::{Error, Result};
use serde::{Deserialize, Serialize};

/// Bounds of what a request brings along, and of what a sheet holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Most vertices of `area` and overlays together, points included.
    pub vertices: usize,
    /// Most crossings of borders in `area` and overlays together, with each other and with lines.
    pub crossings: usize,
    /// Most layers of a style document.
    pub style_layers: usize,
    /// Most labels and symbols of a sheet, and as many symbols along lines; the least important are left out.
    pub labels: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { vertices: 100_000, crossings: 10_000, style_layers: 1000, labels: 20_000 }
    }
}

impl Limits {
    /// The same with one of them changed by `NAME=NUMBER`, as the command line has it.
    ///
    /// # Errors
    /// [`Error::Request`] naming the limits there are.
    pub fn with(mut self, setting: &str) -> Result<Self> {
        let named = setting.split_once('=').and_then(|(name, number)| {
            let place = match name.trim() {
                "vertices" => &mut self.vertices,
                "crossings" => &mut self.crossings,
                "style_layers" => &mut self.style_layers,
                "labels" => &mut self.labels,
                _ => return None,
            };
            *place = number.trim().parse().ok()?;
            Some(())
        });
        let expected = "expected vertices=N, crossings=N, style_layers=N or labels=N";
        named.map(|()| self).ok_or_else(|| Error::request("limit", format!("\"{setting}\": {expected}")))
    }
}
