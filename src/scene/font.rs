//! Font files and their index: which file covers which characters, and which are loaded.

use crate::error::Result;
use std::sync::Arc;

/// A font file that exists somewhere: a row of the index `assets/fonts/index.json`.
#[derive(Debug, PartialEq, Eq)]
pub struct FontFile {
    /// Its id, also the name of the file without `.ttf`, e.g. `noto-sans-regular`.
    pub id: &'static str,
    /// Family name for formats that name fonts, e.g. `Noto Sans`.
    pub family: &'static str,
    /// CSS weight.
    pub weight: u16,
    /// Italic.
    pub italic: bool,
    /// First and last characters of the ranges it covers.
    pub ranges: &'static [(u32, u32)],
}

/// A loaded font file.
#[derive(Debug)]
pub struct Face {
    /// Row of the index.
    pub file: &'static FontFile,
    /// The OpenType file.
    pub data: Vec<u8>,
}

/// The fonts that are loaded.
#[derive(Debug, Default, Clone)]
pub struct Fonts {
    faces: Vec<Arc<Face>>,
}

impl Fonts {
    /// All font files that could be loaded.
    pub fn index() -> &'static [FontFile] {
        &[]
    }

    /// Loads a file under its id of the index.
    ///
    /// # Errors
    /// [`crate::error::Error::Request`] for an unknown id, [`crate::error::Error::Corrupt`] for a file that is no font.
    pub fn load(&mut self, id: &str, data: Vec<u8>) -> Result<()> {
        let _ = (id, data);
        Ok(())
    }

    /// The fonts that a native program carries.
    ///
    /// # Errors
    /// [`crate::error::Error::Corrupt`] for a file that is no font.
    #[cfg(feature = "server")]
    pub fn embedded() -> Result<Self> {
        Ok(Self::default())
    }

    /// The faces that are loaded; glyphs name their row.
    pub fn faces(&self) -> &[Arc<Face>] {
        &self.faces
    }

    /// Ids of files that `text` needs and that are not loaded, most important first.
    pub fn missing(&self, text: &str) -> Vec<&'static str> {
        let _ = text;
        Vec::new()
    }
}
