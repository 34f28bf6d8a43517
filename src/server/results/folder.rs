//! Results in folders: written aside, synced, then renamed, so that nobody ever sees half a file.

use crate::server::files::{Kept, cleared};
use crate::server::random::hex;
use crate::server::work::Made;
use sha2::{Digest, Sha256};
use std::fs::{self, DirEntry, File};
use std::io::{self, Write};
use std::path::Path;

/// Renames a folder of finished files to `folder` in `results`, and says what is in it.
///
/// # Errors
/// Of the file system, and for a file that is not as long as its maker said.
pub fn keep(results: &Path, aside: &Path, folder: &str, files: &[Made]) -> io::Result<Vec<Kept>> {
    let place = results.join(folder);
    let kept = files.iter().enumerate().map(|(row, made)| kept(&aside.join(row.to_string()), made));
    let kept = kept.collect::<io::Result<_>>()?;
    cleared(&place)?;
    fs::rename(aside, &place)?;
    File::open(results)?.sync_all()?;
    Ok(kept)
}

fn kept(path: &Path, made: &Made) -> io::Result<Kept> {
    let mut hash = Sha256::new();
    let size = io::copy(&mut File::open(path)?, &mut Hashed(&mut hash))?;
    Kept::new(made, size, hex(&hash.finalize()))
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

/// Removes what a process before this one was making when it ended.
pub fn clear(results: &Path) {
    for folder in fs::read_dir(results).into_iter().flatten().flatten().filter(is_made) {
        let _ = fs::remove_dir_all(folder.path());
    }
}

/// Whether something is still being made.
fn is_made(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// Removes every folder that no task holds, but for what is being made.
pub fn sweep(results: &Path, held: &[String]) {
    let Ok(folders) = fs::read_dir(results) else { return };
    for folder in folders.flatten() {
        let name = folder.file_name().to_string_lossy().into_owned();
        let young = folder
            .metadata()
            .and_then(|data| data.modified())
            .is_ok_and(|time| time.elapsed().is_ok_and(|age| age.as_secs() < 600));
        // A young folder may belong to a worker that is about to say so.
        if !young && !is_made(&folder) && !held.contains(&name) {
            let _ = fs::remove_dir_all(folder.path());
        }
    }
}
