//! A file that is written aside and gets its name once it is whole, so that nobody ever sees half of it.

use crate::error::{Error, Result};
use crate::sink::{BATCH, Sink, beyond};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// What the name ends in until then.
const ENDING: &str = ".part";

/// Asked where the file system refuses something: whether it is to be tried again.
pub type Again = Rc<dyn Fn(&io::Error) -> bool>;

/// The file; without [`PartFile::keep`] nothing is left of it.
pub struct PartFile {
    path: PathBuf,
    part: PathBuf,
    out: BufWriter<Patient>,
    position: u64,
}

impl PartFile {
    /// Begins the file that is to become `path`, and the folders above it.
    ///
    /// # Errors
    /// [`Error::Io`] naming the file.
    pub fn create(path: &Path) -> Result<Self> {
        Self::patient(path, Rc::new(|_| false))
    }

    /// The same; what is refused is tried `again` as long as that says so, and nothing of the file is lost meanwhile.
    ///
    /// # Errors
    /// [`Error::Io`] naming the file.
    pub fn patient(path: &Path, again: Again) -> Result<Self> {
        let mut part = OsString::from(path);
        part.push(ENDING);
        let part = PathBuf::from(part);
        let create = || {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            // Read again where a file goes on to a pipe.
            File::options().read(true).write(true).create(true).truncate(true).open(&part)
        };
        let file = patiently(&again, create).map_err(|fault| failed(path, &fault))?;
        let out = BufWriter::with_capacity(BATCH, Patient { file, again });
        Ok(Self { path: path.to_owned(), part, out, position: 0 })
    }

    /// Gives the whole file its name.
    ///
    /// # Errors
    /// [`Error::Io`]; then nothing is left of it.
    pub fn keep(mut self) -> Result<()> {
        let kept = self.out.flush().and_then(|()| fs::rename(&self.part, &self.path));
        kept.map_err(|fault| failed(&self.path, &fault))
    }

    /// The same once the disk has it: it is still there when the machine ends right after.
    ///
    /// # Errors
    /// [`Error::Io`]; then nothing is left of it.
    pub fn keep_synced(mut self) -> Result<()> {
        // What could not be synced is not tried again: the system may have thrown it away.
        let synced = self.out.flush().and_then(|()| self.out.get_ref().file.sync_all());
        synced.map_err(|fault| failed(&self.path, &fault))?;
        self.keep()
    }

    /// Copies the whole file somewhere else instead.
    ///
    /// # Errors
    /// Of the file system or of the place it goes to.
    pub fn pour(mut self, to: &mut dyn Write) -> io::Result<()> {
        self.out.flush()?;
        self.out.rewind()?;
        io::copy(&mut self.out.get_mut().file, to).and_then(|_| to.flush())
    }

    fn over(&mut self, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.out.seek(SeekFrom::Start(at))?;
        self.out.write_all(bytes)?;
        self.out.seek(SeekFrom::End(0)).map(|_| ())
    }
}

/// A file whose writing goes on once the file system takes it.
struct Patient {
    file: File,
    again: Again,
}

impl Write for Patient {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Self { file, again } = self;
        patiently(again, || file.write(bytes))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Patient {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

/// Tries it until it is done or `again` gives up.
///
/// # Errors
/// The last one.
pub fn patiently<T>(again: &Again, mut work: impl FnMut() -> io::Result<T>) -> io::Result<T> {
    loop {
        match work() {
            Err(fault) if fault.kind() != ErrorKind::Interrupted && again(&fault) => {}
            done => return done,
        }
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

/// What is said of a file or folder.
pub fn failed(path: &Path, fault: &io::Error) -> Error {
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

    #[test]
    fn what_is_refused_is_tried_as_often_as_is_worth_it() {
        let full = || io::Error::from(ErrorKind::StorageFull);
        let asked = Rc::new(std::cell::Cell::new(0));
        let count = asked.clone();
        let thrice: Again = Rc::new(move |fault| {
            assert_eq!(fault.kind(), ErrorKind::StorageFull);
            count.set(count.get() + 1);
            count.get() < 3
        });
        let mut tries = 0;
        let mut work = |until: u32| {
            patiently(&thrice, || {
                tries += 1;
                if tries < until { Err(full()) } else { Ok(tries) }
            })
        };
        assert_eq!(work(3).unwrap(), 3);
        assert_eq!(work(9).unwrap_err().kind(), ErrorKind::StorageFull);
        assert_eq!((asked.get(), tries), (3, 4));
    }
}
