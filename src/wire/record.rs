//! Binary records: numbers in one order of bytes, and blocks whose length is known once they end.

use crate::error::{Error, Result};
use crate::sink::{self, Sink};

/// Bytes in the making; with `BIG` the highest byte of a number comes first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record<const BIG: bool>(Vec<u8>);

/// Highest byte first: Exif, SQLite.
pub type Big = Record<true>;
/// Lowest byte first: RIFF, STL.
pub type Little = Record<false>;

impl<const BIG: bool> Record<BIG> {
    /// An empty one.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Goes on behind what is there.
    pub const fn after(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }

    /// Appends bytes as they are.
    pub fn put(&mut self, bytes: &[u8]) -> &mut Self {
        self.0.extend_from_slice(bytes);
        self
    }

    /// Appends zeros until the length is a multiple of `step`.
    pub fn pad(&mut self, step: usize) -> &mut Self {
        self.0.resize(self.0.len().next_multiple_of(step.max(1)), 0);
        self
    }

    /// How many bytes there are.
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes.
    pub fn finish(self) -> Vec<u8> {
        self.0
    }

    /// Hands on what has gathered, as [`sink::spill`] does.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn spill(&mut self, sink: &mut dyn Sink) -> Result<()> {
        sink::spill(&mut self.0, sink)
    }
}

impl<const BIG: bool> AsRef<[u8]> for Record<BIG> {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

macro_rules! numbers {
    ($($kind:ident)*) => {
        impl<const BIG: bool> Record<BIG> {
            $(
                #[doc = concat!("Appends a number of the kind `", stringify!($kind), "`.")]
                pub fn $kind(&mut self, value: $kind) -> &mut Self {
                    self.put(&if BIG { value.to_be_bytes() } else { value.to_le_bytes() })
                }
            )*
        }
    };
}

numbers! { u8 u16 u32 u64 i8 i16 i32 i64 f32 f64 }

macro_rules! blocks {
    ($($name:ident $kind:ident)*) => {
        impl<const BIG: bool> Record<BIG> {
            $(
                #[doc = concat!("Appends what `write` appends, and before it how many bytes that is, as `", stringify!($kind), "`.")]
                ///
                /// # Errors
                /// [`Error::TooLarge`] where the number has no room for it; those of `write`.
                pub fn $name(&mut self, write: impl FnOnce(&mut Self) -> Result<()>) -> Result<&mut Self> {
                    let start = self.0.len();
                    let body = self.$kind(0).len();
                    write(self)?;
                    let length = self.0.len() - body;
                    let number = $kind::try_from(length).map_err(|_| too_long(length, $kind::MAX.into()))?;
                    let number = if BIG { number.to_be_bytes() } else { number.to_le_bytes() };
                    self.0.patch(start as u64, &number)?;
                    Ok(self)
                }
            )*
        }
    };
}

blocks! { block16 u16 block32 u32 }

fn too_long(length: usize, most: u64) -> Error {
    Error::TooLarge(format!("a block of {length} bytes is longer than its length can say, which is at most {most}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_in_their_order() {
        let mut big = Big::new();
        big.u8(1).u16(0x0203).u32(0x0405_0607).i16(-2).f32(1.5).u64(9);
        assert_eq!(big.as_ref(), [1, 2, 3, 4, 5, 6, 7, 0xff, 0xfe, 0x3f, 0xc0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9]);
        let mut little = Little::after(vec![7]);
        little.u16(0x0203).i32(-2).f64(-2.0).pad(4);
        assert_eq!(little.finish(), [7, 3, 2, 0xfe, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0xc0, 0]);
    }

    #[test]
    fn blocks_say_how_long_they_are() {
        let mut record = Little::new();
        let outer = |record: &mut Little| {
            record.put(b"ab");
            record.block16(|record| Ok(_ = record.put(b"cde"))).map(|_| ())
        };
        record.block32(outer).unwrap();
        assert_eq!(record.as_ref(), b"\x07\0\0\0ab\x03\0cde");
        let mut record = Big::new();
        record.block16(|record| Ok(_ = record.put(b"x"))).unwrap();
        assert_eq!(record.as_ref(), b"\0\x01x");
    }

    #[test]
    fn what_is_longer_than_its_number_can_say_is_refused() {
        let fill = |bytes: usize| Big::new().block16(|record| Ok(_ = record.put(&vec![0; bytes]))).map(|_| ());
        assert_eq!(fill(65_535), Ok(()));
        assert_eq!(fill(65_536).unwrap_err().to_string(), too_long(65_536, 65_535).to_string());
    }
}
