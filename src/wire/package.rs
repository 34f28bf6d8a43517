//! ZIP packages (APPNOTE 6.3.10), by the crate zip: the same bytes for the same entries, none of them dated, and sizes before
//! the data, not behind them. What is in memory is what the crate keeps of each entry for the directory, half a kilobyte.

use crate::error::{Error, Result};
use crate::sink::{self, Sink, Stream};
use std::cell::Cell;
use std::io::{self, Seek, SeekFrom, Write};
use std::rc::Rc;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZIP64_BYTES_THR, ZipWriter};

/// How hard data are compressed: as everywhere in mapwright.
const LEVEL: i64 = 6;
/// How hard numbers are, in which little is found however long it is looked for.
const QUICK: i64 = 2;
/// Who may read what is unpacked, on Unix.
const READABLE: u32 = 0o644;
/// The entry that says what kind of package it is, in OpenDocument, EPUB and OpenRaster.
const MIMETYPE: &str = "mimetype";

/// How an entry is kept.
#[derive(Debug, Clone, Copy)]
pub struct How {
    method: CompressionMethod,
    level: i64,
    step: u16,
    large: bool,
}

impl How {
    /// As it is.
    pub const STORED: Self = Self { method: CompressionMethod::Stored, level: LEVEL, step: 1, large: false };
    /// Compressed.
    pub const PACKED: Self = Self { method: CompressionMethod::Deflated, ..Self::STORED };
    /// Compressed without much looking: binary coordinates come out 1 % longer in a third of the time.
    pub const QUICKLY: Self = Self { level: QUICK, ..Self::PACKED };

    /// Its data begin at a multiple of so many bytes from the start of the package: 64 in USDZ.
    #[must_use]
    pub const fn aligned(self, step: u16) -> Self {
        Self { step, ..self }
    }

    /// It may come to 4 GB or more, which takes 20 bytes that some readers do not expect. [`Package::put`] knows by itself.
    #[must_use]
    pub const fn large(self) -> Self {
        Self { large: true, ..self }
    }
}

/// A package in the making. Nobody can read it before [`Package::finish`].
pub struct Package<'s> {
    // Before the writer: what stands first is let go of first.
    gone: Gone,
    writer: ZipWriter<Until<'s>>,
    begun: bool,
}

impl<'s> Package<'s> {
    /// Begins at the end of `sink`.
    pub fn new(sink: &'s mut dyn Sink) -> Self {
        let gone = Gone::default();
        let stream = Until { stream: Stream::new(sink), gone: gone.0.clone(), at: 0, end: 0 };
        Self { gone, writer: ZipWriter::new(stream), begun: false }
    }

    /// Says in the first entry, as it is and without anything before its data, what kind of package this is.
    ///
    /// # Errors
    /// [`Error::Internal`] where it is not the first; those of the sink.
    pub fn mimetype(&mut self, kind: &str) -> Result<()> {
        if self.begun {
            return Err(Error::Internal(format!("{MIMETYPE} is not the first entry of the package")));
        }
        self.put(MIMETYPE, How::STORED, kind.as_bytes())
    }

    /// Appends an entry.
    ///
    /// # Errors
    /// [`Error::Internal`] for a name that is there already or leads out of the package; those of the sink.
    pub fn put(&mut self, name: &str, how: How, bytes: &[u8]) -> Result<()> {
        // Compressed, what cannot be compressed is a little longer than it was.
        let large = how.large || bytes.len() as u64 > ZIP64_BYTES_THR / 100 * 99;
        self.entry(name, How { large, ..how })?.put(bytes)
    }

    /// Begins an entry, which ends where the next begins.
    ///
    /// # Errors
    /// As [`Package::put`].
    pub fn entry(&mut self, name: &str, how: How) -> Result<Entry<'_, 's>> {
        let strange = |part: &str| part.is_empty() || part == "." || part == "..";
        if name.contains(['\\', '\0']) || name.split('/').any(strange) {
            return Err(Error::Internal(format!("{name:?} is no name in a package")));
        }
        let options = SimpleFileOptions::default()
            .compression_method(how.method)
            .compression_level((how.method == CompressionMethod::Deflated).then_some(how.level))
            .last_modified_time(DateTime::default())
            .system(System::Unix)
            .unix_permissions(READABLE)
            .large_file(how.large)
            .with_alignment(how.step);
        self.writer.start_file(name, options).map_err(|fault| failed(&fault))?;
        self.begun = true;
        Ok(Entry { package: self, position: 0 })
    }

    /// Writes the directory.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn finish(self) -> Result<()> {
        let Self { gone, writer, .. } = self;
        let done = writer.finish().map(|_| ()).map_err(|fault| failed(&fault));
        drop(gone);
        done
    }
}

fn failed(fault: &ZipError) -> Error {
    sink::fault("ZIP", fault)
}

/// An entry in the making; what it holds is only appended.
pub struct Entry<'p, 's> {
    package: &'p mut Package<'s>,
    position: u64,
}

impl Sink for Entry<'_, '_> {
    fn put(&mut self, bytes: &[u8]) -> Result<()> {
        self.position += bytes.len() as u64;
        self.package.writer.write_all(bytes).map_err(|fault| sink::fault("ZIP", &fault))
    }

    fn position(&self) -> u64 {
        self.position
    }

    fn patch(&mut self, _: u64, _: &[u8]) -> Result<()> {
        Err(sink::beyond())
    }
}

/// Whether nobody wants the package any more.
#[derive(Default)]
struct Gone(Rc<Cell<bool>>);

impl Drop for Gone {
    fn drop(&mut self) {
        self.0.set(true);
    }
}

/// Where the crate writes until the package is gone. A package that is let go of before its end would have its directory
/// written by the crate, into a file that is thrown away or on a full disk; from then on nothing is written.
struct Until<'s> {
    stream: Stream<'s>,
    gone: Rc<Cell<bool>>,
    /// Where the next byte goes, and where the last one went.
    at: u64,
    end: u64,
}

impl Write for Until<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = if self.gone.get() { bytes.len() } else { self.stream.write(bytes)? };
        self.at += written as u64;
        self.end = self.end.max(self.at);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Until<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        if !self.gone.get() {
            self.at = self.stream.seek(to)?;
            return Ok(self.at);
        }
        self.at = match to {
            SeekFrom::Start(place) => place,
            SeekFrom::Current(step) => self.at.saturating_add_signed(step),
            SeekFrom::End(step) => self.end.saturating_add_signed(step),
        };
        Ok(self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_name_is_refused() {
        let mut out = Vec::new();
        let mut package = Package::new(&mut out);
        for name in ["", "/a", "a//b", "a/", "../a", "a/../b", "a\\b", "a\0", "."] {
            let fault = package.put(name, How::STORED, b"").unwrap_err();
            assert!(fault.to_string().ends_with("is no name in a package"), "{fault}");
        }
        package.put("a/b", How::PACKED, b"x").unwrap();
        assert!(package.put("a/b", How::PACKED, b"x").unwrap_err().to_string().contains("Duplicate"));
        assert!(package.mimetype("text/plain").unwrap_err().to_string().contains("not the first"));
    }

    #[test]
    fn sizes_stand_before_the_data() {
        let mut out = b"before".to_vec();
        let mut package = Package::new(&mut out);
        package.mimetype("image/openraster").unwrap();
        package.put("b", How::STORED.aligned(64), b"12345").unwrap();
        package.finish().unwrap();
        let own = &out[6..];
        assert_eq!(&own[30..54], b"mimetypeimage/openraster");
        // No flags, no way of compressing, the first day there is; then a sum and both sizes.
        assert_eq!(
            (&own[6..14], &own[18..30]),
            (&[0, 0, 0, 0, 0, 0, 0x21, 0][..], &[16, 0, 0, 0, 16, 0, 0, 0, 8, 0, 0, 0][..])
        );
        assert_eq!(own.windows(5).position(|bytes| bytes == b"12345"), Some(128));
    }

    #[test]
    fn one_that_is_let_go_of_writes_nothing_more() {
        /// A disk with room for so many bytes, and how many were asked for after that.
        struct Small(u64, u64, u64);
        impl Sink for Small {
            fn put(&mut self, bytes: &[u8]) -> Result<()> {
                self.2 += u64::from(self.1 > self.0);
                self.1 += bytes.len() as u64;
                if self.1 > self.0 { Err(Error::Io("no room".into())) } else { Ok(()) }
            }
            fn position(&self) -> u64 {
                self.1
            }
            fn patch(&mut self, _: u64, _: &[u8]) -> Result<()> {
                Ok(())
            }
        }
        for room in [0, 10, 40, 100, 1000] {
            let mut disk = Small(room, 0, 0);
            let mut package = Package::new(&mut disk);
            let mut put = |name| package.put(name, How::STORED, &[7; 300]);
            let fault = put("a").and_then(|()| put("b")).and_then(|()| put("c")).and_then(|()| put("d")).err();
            assert_eq!(fault, Some(Error::Io("no room".into())), "{room}");
            drop(package);
            assert_eq!(disk.2, 0, "{room}: written after there was no room");
        }
    }
}
