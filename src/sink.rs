//! **Sink**: where the bytes of a file go while a writer makes them.
//!
//! Natively a file, in the browser the parts of a Blob, in tests a vector: no writer holds what it has written.

use crate::error::{Error, Result};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};

/// Takes a file from its first byte to its last.
pub trait Sink {
    /// Appends bytes.
    ///
    /// # Errors
    /// [`Error::Io`] where there is no room for them.
    fn put(&mut self, bytes: &[u8]) -> Result<()>;

    /// Bytes that were appended so far.
    fn position(&self) -> u64;

    /// Writes over bytes that were appended before: lengths and directories that are known late.
    ///
    /// # Errors
    /// [`Error::Io`]; [`Error::Internal`] for bytes that were never appended.
    fn patch(&mut self, at: u64, bytes: &[u8]) -> Result<()>;
}

impl Sink for Vec<u8> {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.extend_from_slice(bytes);
        Ok(())
    }

    fn position(&self) -> u64 {
        self.len() as u64
    }

    fn patch(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        let place = usize::try_from(at).ok().and_then(|at| self.get_mut(at..at.checked_add(bytes.len())?));
        place.ok_or_else(beyond)?.copy_from_slice(bytes);
        Ok(())
    }
}

/// What is said of a patch outside of what was written.
pub fn beyond() -> Error {
    Error::Internal("a writer changed bytes that it has not written".into())
}

/// Hands on what has gathered in `out` once that is worth a call; what is left goes with [`Sink::put`] at the end.
///
/// # Errors
/// Those of [`Sink::put`].
pub fn spill(out: &mut Vec<u8>, sink: &mut dyn Sink) -> Result<()> {
    if out.len() >= BATCH {
        sink.put(out)?;
        out.clear();
    }
    Ok(())
}

/// Bytes that are handed on at once.
pub const BATCH: usize = 1 << 16;

/// A sink as the libraries want it that write to [`Write`] and go back by [`Seek`].
pub struct Stream<'s> {
    sink: &'s mut dyn Sink,
    /// Where the file begins in the sink.
    start: u64,
    /// Where the next byte goes, from there.
    at: u64,
}

impl<'s> Stream<'s> {
    /// Everything before belongs to somebody else: positions count from here.
    pub fn new(sink: &'s mut dyn Sink) -> Self {
        let start = sink.position();
        Self { sink, start, at: 0 }
    }
}

/// A library's failure as ours: what the sink said where the sink failed, else a fault of mapwright.
pub fn fault(library: &str, fault: &(dyn std::error::Error + 'static)) -> Error {
    let mut cause = Some(fault);
    while let Some(error) = cause {
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(ours) = inner.and_then(|inner| inner.downcast_ref::<Error>()) {
            return ours.clone();
        }
        cause = error.source();
    }
    Error::Internal(format!("{library}: {fault}"))
}

impl Write for Stream<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let place = self.start + self.at;
        let before = (self.sink.position() - place).min(bytes.len() as u64) as usize;
        let (old, new) = bytes.split_at(before);
        let mut work = || {
            if !old.is_empty() {
                self.sink.patch(place, old)?;
            }
            if new.is_empty() { Ok(()) } else { self.sink.put(new) }
        };
        work().map_err(io::Error::other)?;
        self.at += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Stream<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let end = self.sink.position() - self.start;
        let place = match to {
            SeekFrom::Start(place) => Some(place),
            SeekFrom::Current(step) => self.at.checked_add_signed(step),
            SeekFrom::End(step) => end.checked_add_signed(step),
        };
        // Nothing is written beyond the end: a sink has no holes.
        self.at = place.filter(|place| *place <= end).ok_or(ErrorKind::InvalidInput)?;
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn libraries_go_back_and_write_over_the_end() {
        let mut sink = b"head".to_vec();
        let mut stream = Stream::new(&mut sink);
        stream.write_all(b"0000 data").unwrap();
        assert_eq!(stream.seek(SeekFrom::Start(0)).unwrap(), 0);
        stream.write_all(b"0005").unwrap();
        assert_eq!(stream.seek(SeekFrom::End(-1)).unwrap(), 8);
        stream.write_all(b"es").unwrap();
        assert!(stream.seek(SeekFrom::Start(99)).is_err());
        assert_eq!(stream.stream_position().unwrap(), 10);
        assert_eq!(sink, b"head0005 dates");
    }

    #[test]
    fn a_full_disk_is_heard_through_a_library() {
        struct Full;
        impl Sink for Full {
            fn put(&mut self, _: &[u8]) -> Result<()> {
                Err(Error::Io("no room".into()))
            }
            fn position(&self) -> u64 {
                0
            }
            fn patch(&mut self, _: u64, _: &[u8]) -> Result<()> {
                Err(beyond())
            }
        }
        let heard = Stream::new(&mut Full).write_all(b"x").unwrap_err();
        assert_eq!(fault("library", &heard), Error::Io("no room".into()));
        assert_eq!(fault("library", &io::Error::other("bad")), Error::Internal("library: bad".into()));
    }

    #[test]
    fn what_was_never_written_is_not_patched() {
        let mut sink = b"abc".to_vec();
        assert!(sink.patch(2, b"xy").is_err());
        assert!(sink.patch(u64::MAX, b"x").is_err());
        sink.patch(1, b"xy").unwrap();
        assert_eq!((sink.as_slice(), sink.position()), (b"axy".as_slice(), 3));
    }
}
