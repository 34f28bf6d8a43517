//! Results in folders: written aside, synced, then renamed, so that nobody ever sees half a file.

use super::part_file::{Again, PartFile, failed, patiently};
use super::random::hex;
use super::work::Made;
use crate::error::Result;
use crate::export;
use crate::note::Note;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Write};
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

/// Renames a folder of finished files to `folder`, both in `results`, and says what is in it.
///
/// # Errors
/// Of the file system, and for a file that is not as long as its maker said.
pub fn keep(results: &Path, aside: &str, folder: &str, files: &[Made]) -> io::Result<Vec<Kept>> {
    let (aside, place) = (results.join(aside), results.join(folder));
    let kept = files.iter().enumerate().map(|(row, made)| kept(&aside.join(row.to_string()), made));
    let kept = kept.collect::<io::Result<_>>()?;
    cleared(&place)?;
    fs::rename(&aside, &place)?;
    File::open(results)?.sync_all()?;
    Ok(kept)
}

fn kept(path: &Path, made: &Made) -> io::Result<Kept> {
    let mut hash = Sha256::new();
    let size = io::copy(&mut File::open(path)?, &mut Hashed(&mut hash))?;
    if size != made.size {
        let (format, expected) = (&made.format, made.size);
        return Err(io::Error::other(format!("the file of {format} has {size} bytes, not {expected}")));
    }
    let Made { format, filename, mime, notes, .. } = made.clone();
    Ok(Kept { format, filename, size, mime, sha256: hex(&hash.finalize()), notes })
}

/// Takes bytes into a hash.
struct Hashed<'h>(&'h mut Sha256);

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Whether something can be written: one block, which is taken away at once, and `reserve` bytes beyond it.
///
/// # Errors
/// Of the file system, such as a full disk; [`io::ErrorKind::StorageFull`] with the numbers where the reserve is used up.
pub fn probe(results: &Path, reserve: u64) -> io::Result<()> {
    let disk = rustix::fs::statvfs(results)?;
    let free = disk.f_bavail.saturating_mul(disk.f_frsize);
    if free < reserve {
        let [free, reserve] = [free, reserve].map(|bytes| bytes >> 20);
        let words =
            format!("{free} MiB are free where results are kept, {reserve} MiB are to stay free (disk_reserve)");
        return Err(io::Error::new(io::ErrorKind::StorageFull, words));
    }
    let place = results.join(".probe");
    let written = fs::write(&place, [0; 4096]);
    // Somebody who asks at the same time may have taken it away.
    let _ = fs::remove_file(&place);
    written
}

fn cleared(folder: &Path) -> io::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(fault) if fault.kind() != io::ErrorKind::NotFound => Err(fault),
        _ => Ok(()),
    }
}

/// Removes a folder of results.
pub fn remove(results: &Path, folder: &str) {
    let _ = fs::remove_dir_all(results.join(folder));
}

/// Removes every folder that no task holds.
pub fn sweep(results: &Path, held: &[String]) {
    let Ok(folders) = fs::read_dir(results) else { return };
    for folder in folders.flatten() {
        let name = folder.file_name().to_string_lossy().into_owned();
        let young = folder
            .metadata()
            .and_then(|data| data.modified())
            .is_ok_and(|time| time.elapsed().is_ok_and(|age| age.as_secs() < 600));
        // A young folder may belong to a worker that is about to say so.
        if !young && !held.contains(&name) {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}
