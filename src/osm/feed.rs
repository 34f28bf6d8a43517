//! Input that comes piece by piece: what a reader of one kind is asked to do, and what is kept until more comes.

use super::Osm;
use crate::error::{Error, Result};
use crate::watch::{Stage, Watch};
use std::ops::Range;

/// Some bytes of an input.
pub struct Piece<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// How many came before.
    pub offset: u64,
    /// Nothing comes after.
    pub last: bool,
    /// How far into the source, which may be compressed, these bytes lead.
    pub source: Range<u64>,
    /// Length of the source; 0 where it is unknown.
    pub total: u64,
}

impl Piece<'_> {
    /// Tells `watch` that the first `done` bytes are read.
    pub fn at(&self, watch: &mut Watch, done: usize) -> Result<()> {
        let length = self.source.end.saturating_sub(self.source.start);
        let done = (length as u128 * done as u128).checked_div(self.bytes.len() as u128).unwrap_or(0);
        watch.at(Stage::Read, self.source.start + done as u64, self.total)
    }
}

/// A reader of one kind of input.
pub trait Feed {
    /// Reads whole things from the front of a piece and says how many bytes it is done with. The others come again, with
    /// more behind them; in the last piece things that are not whole are [`Error::CutOff`].
    fn feed(&mut self, piece: &Piece, watch: &mut Watch) -> Result<usize>;

    /// After the last piece: what was read.
    fn finish(self: Box<Self>) -> Result<Osm>;
}

/// A reader and the bytes that it could not use yet.
pub struct Fed {
    feed: Box<dyn Feed>,
    rest: Vec<u8>,
    offset: u64,
    /// Length of `rest` when it was last tried; half as much again must come before the next attempt, so that a thing
    /// that comes in many pieces is not tried once for each.
    tried: usize,
}

impl Fed {
    /// Nothing has come yet.
    pub fn new(feed: Box<dyn Feed>) -> Self {
        Self { feed, rest: Vec::new(), offset: 0, tried: 0 }
    }

    /// Hands on `bytes`, which lead `source` far into a source of `total` bytes.
    pub fn push(&mut self, bytes: &[u8], last: bool, source: Range<u64>, total: u64, watch: &mut Watch) -> Result<()> {
        if self.rest.is_empty() {
            let used = self.feed.feed(&Piece { bytes, offset: self.offset, last, source, total }, watch)?;
            self.rest.extend_from_slice(bytes.get(used..).unwrap_or(&[]));
            self.offset += used as u64;
        } else {
            self.rest.extend_from_slice(bytes);
            if !last && self.rest.len() < self.tried + self.tried / 2 {
                return Ok(());
            }
            let used = self.feed.feed(&Piece { bytes: &self.rest, offset: self.offset, last, source, total }, watch)?;
            self.rest.drain(..used.min(self.rest.len()));
            self.offset += used as u64;
        }
        self.tried = self.rest.len();
        Ok(())
    }

    /// After the last bytes: what was read.
    pub fn finish(self) -> Result<Osm> {
        self.feed.finish()
    }
}

/// A thing that is not whole; the one who knows how much came puts that into words.
pub fn cut_off() -> Error {
    Error::CutOff(String::new())
}
