//! Font files and their index: which slice covers which characters, and which are loaded.

use std::collections::BTreeMap;
use std::sync::Arc;

/// A loaded font file.
#[derive(Debug)]
pub struct Face {
    /// Row of the index, e.g. `noto-sans-regular`.
    pub id: &'static str,
    /// Family name for formats that name fonts, e.g. `Noto Sans`.
    pub family: &'static str,
    /// CSS weight.
    pub weight: u16,
    /// Italic.
    pub italic: bool,
    /// The OpenType file.
    pub data: Vec<u8>,
}

/// All fonts that are loaded, and the index of those that could be.
#[derive(Debug, Default, Clone)]
pub struct Fonts {
    loaded: BTreeMap<&'static str, Arc<Face>>,
}
