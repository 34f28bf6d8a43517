//! What outlives single exports: fonts, and an input once it is read and assembled.

use crate::error::Result;
#[cfg(feature = "dataset")]
use crate::format::{self, viewer};
use crate::info::Info;
use crate::map::{self, Map, latin};
use crate::osm::Osm;
#[cfg(feature = "scene")]
use crate::request::Language;
use crate::request::{Limits, Request};
#[cfg(feature = "scene")]
use crate::scene::font::Fonts;
#[cfg(feature = "style")]
use crate::style::outline;
use crate::watch::Watch;
use std::sync::Arc;

/// What outlives single maps: fonts and limits.
#[derive(Debug, Default, Clone)]
pub struct Engine {
    /// How much a request may bring along.
    pub limits: Limits,
    /// Fonts for drawn products.
    #[cfg(feature = "scene")]
    pub fonts: Fonts,
}

impl Engine {
    /// Loads a file under the id that [`Opened::missing_assets`] gives.
    ///
    /// # Errors
    /// [`crate::error::Error::Request`] for an unknown id, [`crate::error::Error::Corrupt`] for a file that is not what it
    /// should be.
    pub fn load(&mut self, id: &str, data: Vec<u8>) -> Result<()> {
        if id == latin::ID {
            return latin::learn(&data);
        }
        #[cfg(feature = "style")]
        if id == outline::ID {
            return outline::learn(data);
        }
        #[cfg(feature = "dataset")]
        if id == viewer::ID {
            return viewer::learn(&data);
        }
        #[cfg(feature = "scene")]
        return self.fonts.load(id, data);
        #[cfg(not(feature = "scene"))]
        Err(crate::error::Error::request("asset", format!("\"{id}\" is no file that this pack knows")))
    }

    /// Reads what names and pages of a request need from where a native program keeps it.
    pub(super) fn prepare(&self, request: &Request) {
        #[cfg(feature = "scene")]
        if request.language == Language::Latin
            && !latin::is_known()
            && let Some(data) = self.fonts.shelved(latin::ID)
        {
            // Names stay as they are where the table is none.
            latin::learn(&data).ok();
        }
        #[cfg(all(feature = "scene", feature = "dataset"))]
        if !viewer::is_known()
            && has_viewer(request)
            && let Some(data) = self.fonts.shelved(viewer::ID)
        {
            // The format says that it is not there.
            viewer::learn(&data).ok();
        }
        #[cfg(not(feature = "scene"))]
        let _ = request;
    }
}

/// Whether a format of a request stands in the page that shows it.
#[cfg(feature = "dataset")]
pub(super) fn has_viewer(request: &Request) -> bool {
    request.formats.iter().any(|name| format::find(name).is_some_and(|entry| entry.format.write.has_viewer()))
}

/// An input, read and assembled.
#[derive(Debug)]
pub struct Opened {
    pub(super) map: Map,
    pub(super) info: Info,
}

impl Opened {
    /// Reads and assembles `bytes`.
    ///
    /// # Errors
    /// Those of [`crate::osm::read`] and [`map::build`].
    pub fn open(bytes: &[u8], watch: &mut Watch) -> Result<Self> {
        Self::open_by(|watch| crate::osm::read(bytes, watch), watch)
    }

    /// Reads and assembles a file or a pipe, which is never held whole; `total` bytes are expected, 0 if nobody knows.
    ///
    /// # Errors
    /// Those of [`crate::osm::read_from`] and [`map::build`].
    pub fn open_from(source: &mut dyn std::io::Read, total: u64, watch: &mut Watch) -> Result<Self> {
        Self::open_by(|watch| crate::osm::read_from(source, total, watch), watch)
    }

    fn open_by(read: impl FnOnce(&mut Watch) -> Result<Osm>, watch: &mut Watch) -> Result<Self> {
        let osm = watch.part(0.0..0.6, read)?;
        watch.part(0.6..1.0, |watch| Self::assemble(osm, watch))
    }

    /// Assembles what a [`crate::osm::Reader`] has read.
    ///
    /// # Errors
    /// Those of [`map::build`].
    pub fn assemble(osm: Osm, watch: &mut Watch) -> Result<Self> {
        let map = map::build(Arc::new(osm), watch)?;
        let info = Info::of(&map);
        Ok(Self { map, info })
    }

    /// What was read: box, counts, date, notes.
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// The map itself.
    pub fn map(&self) -> &Map {
        &self.map
    }
}
