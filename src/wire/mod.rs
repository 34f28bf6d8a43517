//! Encodings that several formats share and no crate gives; nothing here knows a format.

#[cfg(any(feature = "cad", feature = "dataset", feature = "print"))]
pub mod codepage;
pub mod date;
pub mod deflate;
pub mod exif;
pub mod flatbuffers;
pub mod hex;
pub mod hilbert;
#[cfg(any(feature = "drawing", feature = "pictures"))]
pub mod icc;
pub mod json;
pub mod lines;
pub mod number;
#[cfg(any(feature = "dataset", feature = "pictures", feature = "print"))]
pub mod package;
pub mod pathdata;
pub mod protobuf;
pub mod record;
pub mod riff;
pub mod sqlite;
#[cfg(feature = "pictures")]
pub mod tiff;
pub mod wkt;
pub mod xml;
pub mod xmp;
