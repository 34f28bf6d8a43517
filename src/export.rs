//! The whole pipeline on one screen: open bytes once, export many times.

use crate::error::{Error, Result};
use crate::format::{self, Entry, Job, Settings, Write};
use crate::geo::crs::Crs;
use crate::map::{self, Features, Frame, Map, View};
use crate::note::{Note, Notes};
use crate::request::{Area, Bbox, Clip, CrsChoice, Request};
#[cfg(feature = "drawing")]
use crate::scene::{self, Scene, font::Fonts, frame, raster::Raster};
use crate::watch::{Stage, Watch};
use std::sync::Arc;

/// What outlives single maps: fonts.
#[derive(Debug, Default, Clone)]
pub struct Engine {
    /// Fonts for drawn products.
    #[cfg(feature = "drawing")]
    pub fonts: Fonts,
}

/// A finished file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// File name with extension.
    pub name: String,
    /// Media type.
    pub mime: &'static str,
    /// The format as it was asked for: id or alias.
    pub format: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// What was left out on the way.
    pub notes: Vec<Note>,
}

/// An input, read and assembled.
#[derive(Debug)]
pub struct Opened {
    map: Map,
}

impl Opened {
    /// Reads and assembles `bytes`.
    ///
    /// # Errors
    /// Those of [`crate::osm::read`] and [`map::build`].
    pub fn open(bytes: &[u8], watch: &mut Watch) -> Result<Self> {
        let whole = watch.narrow(0.0, 0.7);
        let osm = crate::osm::read(bytes, watch)?;
        watch.widen(whole);
        watch.narrow(0.7, 1.0);
        let map = map::build(Arc::new(osm), watch)?;
        watch.widen(whole);
        Ok(Self { map })
    }
}
