//! Files of a task: written aside and synced while they are made, and what is kept of them with the task.

use super::part_file::{Again, PartFile, failed, patiently};
use super::work::Made;
use crate::error::Result;
use crate::export;
use crate::note::Note;
use serde::{Deserialize, Serialize};
use std::fs::{self, File};
use std::io;
use std::path::Path;

/// A result as it is kept with its task.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Kept {
    /// Format as it was asked for.
    pub format: String,
    /// Name for the one who saves it.
    pub filename: String,
    /// Bytes.
    pub size: u64,
    /// Media type.
    pub mime: String,
    /// SHA-256 in hexadecimal digits.
    pub sha256: String,
    /// What was left out on the way.
    pub notes: Vec<String>,
}

impl Kept {
    /// A file that was made, with what its bytes are.
    ///
    /// # Errors
    /// For a file that is not as long as its maker said.
    pub fn new(made: &Made, size: u64, sha256: String) -> io::Result<Self> {
        let Made { format, filename, mime, notes, size: expected } = made.clone();
        if size != expected {
            return Err(io::Error::other(format!("the file of {format} has {size} bytes, not {expected}")));
        }
        Ok(Self { format, filename, size, mime, sha256, notes })
    }
}

/// Files on their way into a folder that is theirs alone, named by their places in the list. Without [`Aside::keep`] the
/// folder is gone with it.
pub struct Aside<'f> {
    folder: &'f Path,
    begun: usize,
    again: Again,
}

impl<'f> Aside<'f> {
    /// Nothing is there yet; what the disk refuses is tried `again`.
    ///
    /// # Errors
    /// [`Error::Io`](crate::Error::Io) naming the folder.
    pub fn new(folder: &'f Path, again: Again) -> Result<Self> {
        // What an earlier try left behind was never told to anybody.
        patiently(&again, || cleared(folder)).map_err(|fault| failed(folder, &fault))?;
        Ok(Self { folder, begun: 0, again })
    }

    /// Begins the next file.
    ///
    /// # Errors
    /// [`Error::Io`](crate::Error::Io) naming it.
    pub fn open(&mut self) -> Result<PartFile> {
        let path = self.folder.join(self.begun.to_string());
        self.begun += 1;
        PartFile::patient(&path, self.again.clone())
    }

    /// Gives the files, all that were begun, their names, and syncs them and the folder.
    ///
    /// # Errors
    /// [`Error::Io`](crate::Error::Io).
    pub fn keep(mut self, files: Vec<(export::File, PartFile)>) -> Result<Vec<Made>> {
        let mut made = Vec::with_capacity(files.len());
        for (file, bytes) in files {
            bytes.keep_synced()?;
            made.push(Made {
                format: file.format,
                filename: file.name,
                mime: file.mime.into(),
                size: file.size,
                notes: file.notes.into_iter().map(|Note { message, .. }| message).collect(),
            });
        }
        let synced = File::open(self.folder).and_then(|folder| folder.sync_all());
        synced.map_err(|fault| failed(self.folder, &fault))?;
        self.begun = 0;
        Ok(made)
    }
}

impl Drop for Aside<'_> {
    fn drop(&mut self) {
        if self.begun > 0 {
            let _ = fs::remove_dir_all(self.folder);
        }
    }
}

/// Removes a folder, if it is there.
///
/// # Errors
/// Of the file system.
pub fn cleared(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
        _ => Ok(()),
    }
}
