//! Font files and their index: which file covers which characters, and which are loaded.

#[cfg(feature = "server")]
mod embedded;
mod file;
mod slices;
mod woff;

pub use file::FontFile;
pub use slices::Family;

use crate::error::{Error, Result};
use crate::map::Han;
use crate::order;
use serde::Deserialize;
use std::sync::{Arc, OnceLock};

/// Whether a character is of a kind that comes in slices.
pub(super) fn sliced(c: char) -> bool {
    slices::concerns(c)
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

/// Reads the file of a list or slice by its id, where there is one.
pub type Shelf = fn(&str) -> Option<Vec<u8>>;

/// The fonts that are loaded.
#[derive(Debug, Default, Clone)]
pub struct Fonts {
    faces: Vec<Arc<Face>>,
    /// How Han characters are written.
    han: Han,
    /// Reads the file of a list or slice by its id, where there is such a place.
    shelf: Option<Shelf>,
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

    /// Families that come in slices.
    pub fn families() -> &'static [Family] {
        slices::FAMILIES
    }

    /// Loads a file, TrueType, OpenType or WOFF, under its id of the index or of a list of slices; a second file under the
    /// same id takes the place of the first. Under the id of a family, reads the list of its slices.
    ///
    /// # Errors
    /// [`Error::Request`] for an unknown id, [`Error::Corrupt`] for a file that is no font or no list.
    pub fn load(&mut self, id: &str, data: Vec<u8>) -> Result<()> {
        if let Some(read) = slices::learn(id, &data) {
            return read;
        }
        let Some(file) = Self::index().iter().find(|file| file.id == id).or_else(|| slices::find(id)) else {
            let known: Vec<_> = Self::index().iter().map(|file| file.id).collect();
            return Err(Error::request(
                "font",
                format!("\"{id}\" is not a font; expected one of {}", known.join(", ")),
            ));
        };
        let data = if woff::is(&data) { woff::unpack(&data).unwrap_or_default() } else { data };
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

    /// The fonts that a native program carries: all of the index. Slices are not among them.
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

    /// How Han characters are written.
    pub fn han(&self) -> Han {
        self.han
    }

    /// With a place where files of lists and slices are read by their ids.
    pub fn with_shelf(self, read: Shelf) -> Self {
        Self { shelf: Some(read), ..self }
    }

    /// The file of an id, where there is a place for it.
    pub fn shelved(&self, id: &str) -> Option<Vec<u8>> {
        self.shelf.and_then(|read| read(id))
    }

    /// These fonts for a map whose labels hold `text`, with Han characters as `han` says, and what the shelf has for them:
    /// lists first, then slices that they name.
    pub fn ready(&self, text: &str, han: Han) -> Self {
        let mut fonts = Self { han, ..self.clone() };
        let Some(read) = self.shelf else { return fonts };
        let mut asked = std::collections::BTreeSet::new();
        loop {
            let wanted: Vec<_> = fonts.missing(text, han).into_iter().filter(|id| asked.insert(*id)).collect();
            if wanted.is_empty() {
                return fonts;
            }
            for id in wanted {
                // What is not there, or no font, shows as missing characters in the notes.
                if let Some(data) = read(id) {
                    fonts.load(id, data).ok();
                }
            }
        }
    }

    /// Ids of files that `text` needs and that are not loaded, most important first. What every map needs for its
    /// attribution is always among them. Where a list of slices is among them, ask again when it is loaded.
    pub fn missing(&self, text: &str, han: Han) -> Vec<&'static str> {
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
        order::sort_by_key(&mut wanted, |(_, uses)| std::cmp::Reverse(*uses));
        let mut wanted: Vec<&'static str> = wanted.into_iter().map(|(file, _)| file.id).collect();
        let mut sliced: Vec<&'static str> = text.chars().filter_map(|c| self.slice(c, han)).collect();
        order::sort(&mut sliced);
        sliced.dedup();
        wanted.extend(sliced);
        wanted
    }

    /// The slice for a character, or the list that may name it, if it is not loaded.
    fn slice(&self, c: char, han: Han) -> Option<&'static str> {
        if !slices::concerns(c) || Self::index().iter().any(|file| file.covers(c)) {
            return None;
        }
        for han in han.order() {
            let (family, list) = slices::family(han)?;
            let Some(list) = list else { return Some(family.id) };
            if let Some(file) = list.iter().find(|file| file.covers(c)) {
                let loaded = self.faces.iter().any(|face| face.file.id == file.id);
                return (!loaded).then_some(file.id);
            }
        }
        None
    }

    /// The place of a face among those that have a character: files of the index in its order, then slices as Han
    /// characters are written here.
    pub(super) fn rank(&self, face: &Face) -> usize {
        let index = Self::index();
        let order = self.han.order();
        let sliced = || {
            let family = slices::FAMILIES.iter().find(|family| family.name == face.file.family)?;
            Some(index.len() + order.iter().position(|han| *han == family.han)?)
        };
        index.iter().position(|file| file.id == face.file.id).or_else(sliced).unwrap_or(usize::MAX)
    }
}
