//! Bytes of any kind we know → [`Osm`].

use super::Osm;
use crate::error::{Error, Result};
use crate::watch::Watch;

/// What the bytes are, by their content.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Overpass JSON.
    Json,
    /// OSM XML.
    Xml,
    /// OSM PBF.
    Pbf,
    /// Any of the others inside gzip.
    Gzip,
}

/// Recognises the kind by the first bytes.
pub fn recognise(bytes: &[u8]) -> Option<Kind> {
    let _ = bytes;
    None
}

/// Reads Overpass JSON, OSM XML (plain or gzip) or PBF.
///
/// # Errors
/// [`Error::Foreign`], [`Error::Corrupt`], [`Error::CutOff`], [`Error::TooLarge`], [`Error::Cancelled`].
pub fn read(bytes: &[u8], watch: &mut Watch) -> Result<Osm> {
    let _ = (bytes, watch);
    Err(Error::Foreign("not OSM data".into()))
}
