//! A file that is written aside and gets its name once it is whole, so that nobody ever sees half of it.

use crate::error::{Error, Result};
use crate::sink::{BATCH, Sink, beyond};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// What the name ends in until then.
const ENDING: &str = ".part";

/// The file; without [`PartFile::keep`] nothing is left of it.
#[derive(Debug)]
pub struct PartFile {
    path: PathBuf,
    part: PathBuf,
    out: BufWriter<File>,
    position: u64,
}

impl PartFile {
    /// Begins the file that is to become `path`, and the folders above it.
    ///
    /// # Errors
    /// [`Error::Io`] naming the file.
    pub fn create(path: &Path) -> Result<Self> {
        let mut part = OsString::from(path);
        part.push(ENDING);
        let part = PathBuf::from(part);
        let create = || {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            // Read again where a file goes on to a pipe.
            File::options().read(true).write(true).create(true).truncate(true).open(&part)
        };
        let out = create().map_err(|fault| failed(path, &fault))?;
        Ok(Self { path: path.to_owned(), part, out: BufWriter::with_capacity(BATCH, out), position: 0 })
    }

    /// Gives the whole file its name.
    ///
    /// # Errors
    /// [`Error::Io`]; then nothing is left of it.
    pub fn keep(mut self) -> Result<()> {
        let kept = self.out.flush().and_then(|()| fs::rename(&self.part, &self.path));
        kept.map_err(|fault| failed(&self.path, &fault))
    }

    /// Copies the whole file somewhere else instead.
    ///
    /// # Errors
    /// Of the file system or of the place it goes to.
    pub fn pour(mut self, to: &mut dyn Write) -> io::Result<()> {
        self.out.flush()?;
        self.out.rewind()?;
        io::copy(self.out.get_mut(), to).and_then(|_| to.flush())
    }

    fn over(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.out.seek(SeekFrom::Start(at))?;
        self.out.write_all(bytes)?;
        self.out.seek(SeekFrom::End(0)).map(|_| ())
    }
}

impl Sink for PartFile {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.out.write_all(bytes).map_err(|fault| failed(&self.path, &fault))?;
        self.position += bytes.len() as u64;
        Ok(())
    }

    fn position(&self) -> u64 {
        self.position
    }

    fn patch(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        if at.checked_add(bytes.len() as u64).is_none_or(|end| end > self.position) {
            return Err(beyond());
        }
        self.over(at, bytes).map_err(|fault| failed(&self.path, &fault))
    }
}

impl Drop for PartFile {
    fn drop(&mut self) {
        // After `keep` it has its name, and there is nothing to remove.
        let _ = fs::remove_file(&self.part);
    }
}

fn failed(path: &Path, fault: &io::Error) -> Error {
    Error::Io(format!("{}: {fault}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_not_there() {
        let folder = std::env::temp_dir().join(format!("mapwright-part-{}", std::process::id()));
        let path = folder.join("in/side/map.svg");
        let fill = |path: &Path| {
            let mut file = PartFile::create(path).unwrap();
            file.put(b"0000 bytes").unwrap();
            file.patch(0, b"0010").unwrap();
            assert!(file.patch(9, b"xy").is_err());
            file.put(b".").unwrap();
            assert_eq!(file.position(), 11);
            file
        };
        drop(fill(&path));
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 0, "half a file is left");
        fill(&path).keep().unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"0010 bytes.");
        let mut poured = Vec::new();
        fill(&folder.join("other")).pour(&mut poured).unwrap();
        assert_eq!((poured.as_slice(), folder.join("other.part").exists()), (b"0010 bytes.".as_slice(), false));
        fs::remove_dir_all(folder).unwrap();
    }
}
