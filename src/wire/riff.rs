//! RIFF (Microsoft and IBM, 1991): chunks with a name and a length, lists of them; lengths are patched once they are known.

use super::record::Little;
use crate::error::{Error, Result};
use crate::sink::{Sink, beyond};

/// Bytes of a chunk's name and length.
const HEAD: u64 = 8;

/// A file, or a list in it, in the making. Chunks go one behind the other, each to an even number of bytes.
pub struct Riff<'s> {
    sink: &'s mut dyn Sink,
}

/// Four letters.
pub type Name = [u8; 4];

impl Riff<'_> {
    /// Writes a file of a kind (`WEBP`, `WAVE`, `CDRD`); `write` appends what is in it.
    ///
    /// # Errors
    /// Those of the sink, which must let lengths be written over, and of `write`; [`Error::TooLarge`] from 4 GB on.
    pub fn write(sink: &mut dyn Sink, kind: &Name, write: impl FnOnce(&mut Riff) -> Result<()>) -> Result<()> {
        Riff { sink }.group(b"RIFF", kind, write)
    }

    /// Appends a list of a kind.
    ///
    /// # Errors
    /// As [`Riff::write`].
    pub fn list(&mut self, kind: &Name, write: impl FnOnce(&mut Riff) -> Result<()>) -> Result<()> {
        self.group(b"LIST", kind, write)
    }

    fn group(&mut self, name: &Name, kind: &Name, write: impl FnOnce(&mut Riff) -> Result<()>) -> Result<()> {
        self.stream(name, |sink| {
            sink.put(kind)?;
            write(&mut Riff { sink })
        })
    }

    /// Appends a chunk.
    ///
    /// # Errors
    /// As [`Riff::write`].
    pub fn chunk(&mut self, name: &Name, bytes: &[u8]) -> Result<()> {
        self.sink.put(&head(name, bytes.len() as u64)?)?;
        self.sink.put(bytes)?;
        self.even(bytes.len() as u64)
    }

    /// Appends a chunk whose bytes `write` puts piece by piece. Positions in it count from its first byte.
    ///
    /// # Errors
    /// As [`Riff::write`].
    pub fn stream(&mut self, name: &Name, write: impl FnOnce(&mut dyn Sink) -> Result<()>) -> Result<()> {
        let start = self.sink.position();
        self.sink.put(&head(name, 0)?)?;
        write(&mut Chunk { sink: &mut *self.sink, start: start + HEAD })?;
        let length = self.sink.position() - start - HEAD;
        self.sink.patch(start, &head(name, length)?)?;
        self.even(length)
    }

    fn even(&mut self, length: u64) -> Result<()> {
        if length.is_multiple_of(2) { Ok(()) } else { self.sink.put(&[0]) }
    }
}

fn head(name: &Name, length: u64) -> Result<Vec<u8>> {
    let number = u32::try_from(length).map_err(|_| {
        let name = String::from_utf8_lossy(name);
        Error::TooLarge(format!(
            "the chunk {name} of {length} bytes is longer than RIFF can say, which is {}",
            u32::MAX
        ))
    })?;
    let mut head = Little::new();
    head.put(name).u32(number);
    Ok(head.finish())
}

/// What is inside a chunk.
struct Chunk<'s> {
    sink: &'s mut dyn Sink,
    start: u64,
}

impl Sink for Chunk<'_> {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.sink.put(bytes)
    }

    fn position(&self) -> u64 {
        self.sink.position() - self.start
    }

    fn patch(&mut self, at: u64, bytes: &[u8]) -> Result<()> {
        self.sink.patch(self.start.checked_add(at).ok_or_else(beyond)?, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_count_what_is_inside_and_chunks_are_even() {
        let mut out = b"before".to_vec();
        Riff::write(&mut out, b"TEST", |riff| {
            riff.chunk(b"odd ", b"abc")?;
            riff.list(b"some", |list| {
                list.stream(b"long", |sink| {
                    sink.put(b"0000")?;
                    sink.put(b"x")?;
                    assert_eq!(sink.position(), 5);
                    sink.patch(1, b"12")
                })?;
                list.list(b"none", |_| Ok(()))
            })?;
            riff.chunk(b"last", b"")
        })
        .unwrap();
        let long = [&b"long\x05\0\0\0"[..], b"0120x\0"].concat();
        let some = [&b"LIST\x1e\0\0\0some"[..], &long, b"LIST\x04\0\0\0none"].concat();
        let wanted = [b"beforeRIFF\x3e\0\0\0TEST", &b"odd \x03\0\0\0abc\0"[..], &some, b"last\0\0\0\0"].concat();
        assert_eq!(String::from_utf8_lossy(&out), String::from_utf8_lossy(&wanted));
    }

    #[test]
    fn what_is_longer_than_a_length_can_say_is_refused() {
        assert!(head(b"data", u64::from(u32::MAX)).is_ok());
        let fault = head(b"data", 1 << 32).unwrap_err();
        assert_eq!((fault.code(), fault.to_string().contains("chunk data of 4294967296 bytes")), ("too_large", true));
    }
}
