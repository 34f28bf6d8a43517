//! `--like FILE`: the request that a file of mapwright was made by.

use mapwright::provenance::{END, Found, read};
use mapwright::{Error, Result};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// What a file says of how it was made.
///
/// # Errors
/// As [`read`], with the file's name, and [`Error::Io`] for files that cannot be read.
pub fn found(path: &Path) -> Result<Found> {
    let name = path.display();
    let bytes = ends(path).map_err(|fault| Error::Io(format!("{name}: {fault}")))?;
    read(&bytes).map_err(|fault| match fault {
        Error::Foreign(text) => Error::Foreign(format!("{name}: {text}")),
        Error::Request { field, message } => Error::Request { field, message: format!("{message} (in {name})") },
        other => other,
    })
}

/// The first and the last bytes of a file, or all of a small one.
fn ends(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut bytes = Vec::new();
    (&mut file).take(END as u64).read_to_end(&mut bytes)?;
    if length > bytes.len() as u64 {
        file.seek(SeekFrom::Start(length.saturating_sub(END as u64).max(END as u64)))?;
        file.take(END as u64).read_to_end(&mut bytes)?;
    }
    Ok(bytes)
}
