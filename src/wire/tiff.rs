//! TIFF 6.0 and BigTIFF, low byte first: directories stand before their blocks, which are appended while they are made; where
//! they lie is written over at the end.

use super::record::Little;
use crate::error::{Error, Result};
use crate::sink::Sink;

/// Files that may become longer have places of 64 bits.
pub const CLASSIC: u64 = 4_000_000_000;

/// A field of a directory.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, closed by a zero.
    Text(String),
    /// Bytes that are numbers.
    Bytes(Vec<u8>),
    /// Bytes of no kind.
    Opaque(Vec<u8>),
    /// Numbers of 16 bits.
    Short(Vec<u16>),
    /// A number of 32 bits.
    Long(u32),
    /// A fraction.
    Ratio(u32, u32),
    /// Floating point.
    Double(Vec<f64>),
    /// Where so many blocks will lie.
    Places(usize),
    /// How long so many blocks will be.
    Lengths(usize),
}

impl Value {
    /// Kind (§2), number of values, and bytes.
    fn encoded(&self, big: bool) -> (u16, usize, Vec<u8>) {
        let mut out = Little::new();
        let (kind, count) = match self {
            Self::Text(text) => {
                out.put(text.replace('\0', "").as_bytes()).u8(0);
                (2, out.len())
            }
            Self::Bytes(bytes) | Self::Opaque(bytes) => {
                out.put(bytes);
                (if matches!(self, Self::Bytes(_)) { 1 } else { 7 }, bytes.len())
            }
            Self::Short(values) => {
                values.iter().for_each(|value| _ = out.u16(*value));
                (3, values.len())
            }
            Self::Long(value) => {
                out.u32(*value);
                (4, 1)
            }
            Self::Ratio(above, below) => {
                out.u32(*above).u32(*below);
                (5, 1)
            }
            Self::Double(values) => {
                values.iter().for_each(|value| _ = out.f64(*value));
                (12, values.len())
            }
            Self::Places(count) | Self::Lengths(count) => {
                let wide = big && matches!(self, Self::Places(_));
                out.put(&vec![0; count * if wide { 8 } else { 4 }]);
                (if wide { 16 } else { 4 }, *count)
            }
        };
        (kind, count, out.finish())
    }
}

/// A picture of a file, whose blocks are still to come.
#[derive(Debug, Default)]
pub struct Directory {
    /// Where in the sink both lists of its blocks stand.
    lists: [u64; 2],
    blocks: Vec<(u64, u32)>,
    count: usize,
}

/// A file in the making.
pub struct Tiff<'s> {
    sink: &'s mut dyn Sink,
    start: u64,
    big: bool,
    framed: bool,
    /// Where the place of the next directory is to be written.
    link: u64,
}

impl<'s> Tiff<'s> {
    /// Begins a file at the end of `sink`. `structure` is said of it in the area that GDAL keeps for that, and blocks have their
    /// length before and their last four bytes again behind them, as it says.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn new(sink: &'s mut dyn Sink, big: bool, structure: Option<&str>) -> Result<Self> {
        let start = sink.position();
        let mut head = Little::new();
        head.put(b"II");
        if big {
            head.u16(43).u16(8).u16(0).u64(0);
        } else {
            head.u16(42).u32(0);
        }
        let link = start + if big { 8 } else { 4 };
        let text = structure.map(|text| format!("GDAL_STRUCTURAL_METADATA_SIZE={:06} bytes\n{text}", text.len()));
        head.put(text.unwrap_or_default().as_bytes());
        sink.put(head.as_ref())?;
        Ok(Self { sink, start, big, framed: structure.is_some(), link })
    }

    /// Appends a directory.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn directory(&mut self, mut entries: Vec<(u16, Value)>) -> Result<Directory> {
        entries.sort_by_key(|(tag, _)| *tag);
        if !(self.sink.position() - self.start).is_multiple_of(2) {
            self.sink.put(&[0])?;
        }
        let at = self.sink.position();
        self.patch_place(self.link, at - self.start)?;
        let (width, inline) = if self.big { (20, 8) } else { (12, 4) };
        let ahead = if self.big { 8 } else { 2 };
        let end = at + ahead + entries.len() as u64 * width;
        let mut out = Little::new();
        let mut values: Vec<u8> = Vec::new();
        let mut directory = Directory::default();
        if self.big {
            out.u64(entries.len() as u64);
        } else {
            out.u16(entries.len() as u16);
        }
        for (tag, value) in &entries {
            let (kind, count, mut bytes) = value.encoded(self.big);
            out.u16(*tag).u16(kind);
            self.number(&mut out, count as u64);
            let mut place = at + out.len() as u64;
            if bytes.len() <= inline {
                bytes.resize(inline, 0);
                out.put(&bytes);
            } else {
                place = end + inline as u64 + values.len() as u64;
                self.number(&mut out, place - self.start);
                values.extend(bytes);
                values.resize(values.len().next_multiple_of(2), 0);
            }
            match value {
                Value::Places(count) => (directory.lists[0], directory.count) = (place, *count),
                Value::Lengths(_) => directory.lists[1] = place,
                _ => {}
            }
        }
        self.link = end;
        self.number(&mut out, 0);
        out.put(&values);
        self.sink.put(out.as_ref())?;
        Ok(directory)
    }

    /// A place or a number as wide as the file has them.
    fn number(&self, out: &mut Little, value: u64) {
        if self.big {
            out.u64(value);
        } else {
            out.u32(value as u32);
        }
    }

    fn patch_place(&mut self, at: u64, place: u64) -> Result<()> {
        let mut out = Little::new();
        self.number(&mut out, place);
        self.sink.patch(at, out.as_ref())
    }

    /// Appends the next block of a picture.
    ///
    /// # Errors
    /// [`Error::Internal`] for more blocks than were announced, and beyond what places of 32 bits reach; those of the sink.
    pub fn block(&mut self, directory: &mut Directory, bytes: &[u8]) -> Result<()> {
        let length = u32::try_from(bytes.len()).map_err(|_| Error::Internal("a block of TIFF beyond 4 GB".into()))?;
        if self.framed {
            self.sink.put(&length.to_le_bytes())?;
        }
        let place = self.sink.position() - self.start;
        if directory.blocks.len() >= directory.count || (!self.big && place > u64::from(u32::MAX)) {
            return Err(Error::Internal("a block that TIFF has no place for".into()));
        }
        directory.blocks.push((place, length));
        self.sink.put(bytes)?;
        if self.framed {
            let last = bytes.len().saturating_sub(4);
            self.sink.put(bytes.get(last..).unwrap_or_default())?;
        }
        Ok(())
    }

    /// Says where the blocks of a picture lie.
    ///
    /// # Errors
    /// [`Error::Internal`] where some are missing; those of the sink.
    pub fn close(&mut self, directory: Directory) -> Result<()> {
        if directory.blocks.len() != directory.count {
            return Err(Error::Internal("a picture of TIFF without all of its blocks".into()));
        }
        let (mut places, mut lengths) = (Little::new(), Little::new());
        for (place, length) in &directory.blocks {
            self.number(&mut places, *place);
            lengths.u32(*length);
        }
        self.sink.patch(directory.lists[0], places.as_ref())?;
        self.sink.patch(directory.lists[1], lengths.as_ref())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_that_fit_stand_in_the_directory() {
        for big in [false, true] {
            let mut out = b"xx".to_vec();
            let mut tiff = Tiff::new(&mut out, big, None).unwrap();
            let fields = vec![(273, Value::Places(1)), (256, Value::Short(vec![7])), (279, Value::Lengths(1))];
            let mut directory = tiff.directory(fields).unwrap();
            tiff.block(&mut directory, b"abcd").unwrap();
            assert!(tiff.block(&mut directory, b"abcd").is_err());
            tiff.close(directory).unwrap();
            let file = &out[2..];
            let at = if big { file.len() - 4 } else { 8 + 2 + 3 * 12 + 4 };
            assert_eq!(&file[at..], b"abcd");
            let entry = if big { 16 + 8 + 20 } else { 8 + 2 + 12 };
            assert_eq!(file[entry..entry + 2], [17, 1]);
            let value = entry + if big { 12 } else { 8 };
            assert_eq!(usize::from(file[value]), at, "places count from the start of the file");
        }
    }
}
