//! Font files and their index: which file covers which characters, and which are loaded.

#[cfg(feature = "server")]
mod embedded;

use crate::error::{Error, Result};
use serde::Deserialize;
use std::sync::{Arc, OnceLock};

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

impl FontFile {
    /// Whether it has a glyph for `c`.
    pub fn covers(&self, c: char) -> bool {
        let code = u32::from(c);
        let after = self.ranges.partition_point(|&(first, _)| first <= code);
        after.checked_sub(1).and_then(|row| self.ranges.get(row)).is_some_and(|&(_, last)| code <= last)
    }
}

/// A loaded font file.
#[derive(Debug)]
pub struct Face {
    /// Row of the index.
    pub file: &'static FontFile,
    /// The OpenType file.
    pub data: Vec<u8>,
}

impl AsRef<[u8]> for Face {
    fn as_ref(&self) -> &[u8] {
        &self.data
    }
}

impl Face {
    /// The face as the shaper reads it; shares the file's bytes.
    pub(super) fn open(self: &Arc<Self>) -> Option<harfrust::Font> {
        let data: Arc<dyn AsRef<[u8]> + Send + Sync> = self.clone();
        harfrust::Font::new(data, 0)
    }
}

/// The fonts that are loaded.
#[derive(Debug, Default, Clone)]
pub struct Fonts {
    faces: Vec<Arc<Face>>,
}

/// The index as it is written: see `assets/fonts/make.py`.
#[derive(Deserialize)]
struct Row {
    id: &'static str,
    family: &'static str,
    weight: u16,
    italic: bool,
    ranges: Vec<(u32, u32)>,
}

impl From<Row> for FontFile {
    fn from(Row { id, family, weight, italic, ranges }: Row) -> Self {
        // Read once and kept as long as the program runs.
        Self { id, family, weight, italic, ranges: ranges.leak() }
    }
}

impl Fonts {
    /// All font files that could be loaded, in the order in which they are tried.
    pub fn index() -> &'static [FontFile] {
        static INDEX: OnceLock<Vec<FontFile>> = OnceLock::new();
        INDEX.get_or_init(|| {
            let rows: Vec<Row> =
                serde_json::from_str(include_str!("../../assets/fonts/index.json")).unwrap_or_default();
            rows.into_iter().map(FontFile::from).collect()
        })
    }

    /// Loads a file under its id of the index; a second file under the same id takes the place of the first.
    ///
    /// # Errors
    /// [`Error::Request`] for an unknown id, [`Error::Corrupt`] for a file that is no font.
    pub fn load(&mut self, id: &str, data: Vec<u8>) -> Result<()> {
        let Some(file) = Self::index().iter().find(|file| file.id == id) else {
            let known: Vec<_> = Self::index().iter().map(|file| file.id).collect();
            return Err(Error::request(
                "font",
                format!("\"{id}\" is not a font; expected one of {}", known.join(", ")),
            ));
        };
        let face = Arc::new(Face { file, data });
        if face.open().is_none() {
            return Err(Error::Corrupt(format!("the file of the font {id} is no OpenType font")));
        }
        match self.faces.iter_mut().find(|known| known.file.id == id) {
            Some(known) => *known = face,
            None => self.faces.push(face),
        }
        Ok(())
    }

    /// The fonts that a native program carries: all of the index.
    ///
    /// # Errors
    /// [`Error::Corrupt`] for a file that is no font.
    #[cfg(feature = "server")]
    pub fn embedded() -> Result<Self> {
        let mut fonts = Self::default();
        embedded::FILES.iter().try_for_each(|(id, data)| fonts.load(id, data.to_vec()))?;
        Ok(fonts)
    }

    /// The faces that are loaded; glyphs name their row.
    pub fn faces(&self) -> &[Arc<Face>] {
        &self.faces
    }

    /// Ids of files that `text` needs and that are not loaded, most important first. What every map needs for its
    /// attribution is always among them.
    pub fn missing(&self, text: &str) -> Vec<&'static str> {
        let index = Self::index();
        let mut uses = vec![0_usize; index.len()];
        for c in text.chars().filter(|c| !c.is_whitespace()).chain(['©']) {
            let Some(family) = index.iter().find(|file| file.covers(c)).map(|file| file.family) else { continue };
            for (file, uses) in index.iter().zip(&mut uses) {
                *uses += usize::from(file.family == family && file.covers(c));
            }
        }
        let loaded = |file: &FontFile| self.faces.iter().any(|face| face.file.id == file.id);
        let mut wanted: Vec<_> = index.iter().zip(uses).filter(|(file, uses)| *uses > 0 && !loaded(file)).collect();
        wanted.sort_by_key(|(_, uses)| std::cmp::Reverse(*uses));
        wanted.into_iter().map(|(file, _)| file.id).collect()
    }
}
