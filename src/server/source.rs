//! Where data come from: extracts on this machine, opened once.

use crate::error::{Error, Result};
use crate::export::Opened;
use crate::request::Request;
use crate::watch::Watch;
use std::path::PathBuf;
use std::sync::Arc;

/// Extracts of this machine.
#[derive(Debug)]
pub struct Sources {
    files: Vec<(PathBuf, Arc<Opened>)>,
}

impl Sources {
    /// Opens every `file:PATH`.
    ///
    /// # Errors
    /// [`Error::Request`] for a source of another kind, [`Error::Io`] for a file that is not there.
    pub fn new(specs: &[String]) -> Result<Self> {
        let mut files = Vec::new();
        for spec in specs {
            let path = spec
                .strip_prefix("file:")
                .map(PathBuf::from)
                .ok_or_else(|| Error::request("source", format!("\"{spec}\": expected file:PATH")))?;
            let bytes = std::fs::read(&path).map_err(|fault| Error::Io(format!("{}: {fault}", path.display())))?;
            files.push((path, Arc::new(Opened::open(&bytes, &mut Watch::silent())?)));
        }
        Ok(Self { files })
    }

    /// The data for a request.
    ///
    /// # Errors
    /// [`Error::Empty`] where no source covers its box.
    pub fn open(&self, request: &Request, _watch: &mut Watch) -> Result<Arc<Opened>> {
        let covers = |opened: &Opened| match (request.bbox, opened.info().bbox) {
            (Some(wanted), Some(held)) => {
                wanted.min_lon < held.max_lon
                    && held.min_lon < wanted.max_lon
                    && wanted.min_lat < held.max_lat
                    && held.min_lat < wanted.max_lat
            }
            _ => false,
        };
        let found = self.files.iter().find(|(_, opened)| covers(opened));
        found
            .map(|(_, opened)| opened.clone())
            .ok_or_else(|| Error::Empty("no source of this server covers the area".into()))
    }
}
