//! Chunks whose lengths are told apart from them, as packed files of CorelDRAW have them: in their place stands the row of a table.

use crate::error::Result;
use crate::wire::deflate;
use crate::wire::record::Little;

/// Versions that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// CorelDRAW 12.
    Twelve,
    /// CorelDRAW X3.
    Thirteen,
}

impl Version {
    /// Its number.
    pub fn number(self) -> u16 {
        match self {
            Self::Twelve => 1200,
            Self::Thirteen => 1300,
        }
    }

    /// The kind of its RIFF files.
    pub fn kind(self) -> &'static [u8; 4] {
        match self {
            Self::Twelve => b"CDRC",
            Self::Thirteen => b"CDRD",
        }
    }

    /// Whether records are those from X3 on.
    pub fn tagged(self) -> bool {
        self == Self::Thirteen
    }
}

/// Names of chunks and kinds of lists.
pub type Name = [u8; 4];

/// Chunks in the making.
#[derive(Default)]
pub struct Chunks {
    data: Vec<u8>,
    lengths: Vec<u32>,
}

impl Chunks {
    /// The row of the next length.
    fn row(&mut self) -> usize {
        let row = self.lengths.len();
        self.data.extend_from_slice(&(row as u32).to_le_bytes());
        self.lengths.push(0);
        row
    }

    fn ended(&mut self, row: usize, start: usize) {
        let length = self.data.len() - start;
        if let Some(place) = self.lengths.get_mut(row) {
            *place = length as u32;
        }
        if length % 2 == 1 {
            self.data.push(0);
        }
    }

    /// A chunk.
    pub fn chunk(&mut self, name: &Name, body: &[u8]) {
        self.data.extend_from_slice(name);
        let row = self.row();
        let start = self.data.len();
        self.data.extend_from_slice(body);
        self.ended(row, start);
    }

    /// A list of chunks.
    pub fn list(&mut self, kind: &Name, write: impl FnOnce(&mut Self)) {
        self.data.extend_from_slice(b"LIST");
        let row = self.row();
        let start = self.data.len();
        self.data.extend_from_slice(kind);
        write(self);
        self.ended(row, start);
    }

    /// All of them as the body of a list of the kind `cmpr`, which follows its kind.
    ///
    /// # Errors
    /// Those of packing.
    pub fn packed(&self) -> Result<Vec<u8>> {
        let lengths: Vec<u8> = self.lengths.iter().flat_map(|length| length.to_le_bytes()).collect();
        let parts = [deflate::zlib(&self.data)?, deflate::zlib(&lengths)?];
        let mut out = Little::new();
        for (part, raw) in parts.iter().zip([self.data.len(), lengths.len()]) {
            out.u32(part.len() as u32 + 8).u32(raw as u32);
        }
        for part in &parts {
            out.put(b"CPng").u16(1).u16(4).put(part);
        }
        Ok(out.finish())
    }
}
