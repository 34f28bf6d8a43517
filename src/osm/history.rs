//! Histories hold several versions of one object, and deleted ones: they are no map of one moment.

use super::Kind;
use crate::error::{Error, Result};

/// The error for a history.
pub fn found() -> Error {
    Error::Foreign(
        "this is OSM history: it holds deleted objects or several versions of one; \
         expected an extract of one moment (osmium time-filter makes one)"
            .into(),
    )
}

/// The object that came last. Histories are sorted, so versions of one object follow each other.
#[derive(Default)]
pub struct Versions(Option<(Kind, i64, i64)>);

impl Versions {
    /// Fails where this object is another version of the one before; version 0 stands for none.
    pub fn check(&mut self, kind: Kind, id: i64, version: i64) -> Result<()> {
        let before = self.0.replace((kind, id, version));
        match before {
            Some((k, i, v)) if k == kind && i == id && v != version && v != 0 && version != 0 => Err(found()),
            _ => Ok(()),
        }
    }
}
