//! Pages one after the other, and payloads that are too long for one (§1.6 of the file format).

use crate::error::{Error, Result};
use crate::sink::Sink;

/// Bytes of a page.
pub const PAGE: usize = 4096;
/// The page that holds byte 2^30: locks of other processes stand there, nothing else may.
const LOCK: u32 = (1 << 30) / PAGE as u32 + 1;
/// Most pages of a database.
const MOST: u32 = u32::MAX - 1;
/// Bytes of a payload on a page of an overflow chain.
const LINK: usize = PAGE - 4;
/// Fewest bytes of a long payload that stay in the cell.
const LEAST: usize = (PAGE - 12) * 32 / 255 - 23;

/// A database's pages. They leave in the order of their numbers.
pub struct Pages<'s> {
    sink: &'s mut dyn Sink,
    /// Where the first page stands in the sink.
    start: u64,
    /// How many there are.
    count: u32,
}

impl<'s> Pages<'s> {
    /// Begins with an empty first page.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn new(sink: &'s mut dyn Sink) -> Result<Self> {
        let start = sink.position();
        sink.put(&[0; PAGE])?;
        Ok(Self { sink, start, count: 1 })
    }

    /// Number of the page that comes next.
    fn next(&self) -> u32 {
        usable(self.count.saturating_add(1))
    }

    /// Makes room for the next page: leaves out the one that nobody may use.
    fn begin(&mut self) -> Result<u32> {
        let number = self.next();
        if number > MOST {
            return Err(Error::TooLarge(format!(
                "an SQLite database has at most {MOST} pages of {PAGE} bytes, 16 TiB: choose a smaller area"
            )));
        }
        if number - self.count > 1 {
            self.sink.put(&[0; PAGE])?;
        }
        self.count = number;
        Ok(number)
    }

    /// Appends a page and gives its number.
    ///
    /// # Errors
    /// Those of the sink; [`Error::TooLarge`] where no page has a number any more.
    pub fn append(&mut self, page: &[u8; PAGE]) -> Result<u32> {
        let number = self.begin()?;
        self.sink.put(page)?;
        Ok(number)
    }

    /// Appends a payload to a cell. Of one longer than `most` bytes a part stays in the cell, and pages of its own follow.
    ///
    /// # Errors
    /// As [`Pages::append`].
    pub fn payload(&mut self, cell: &mut Vec<u8>, payload: &[u8], most: usize) -> Result<()> {
        let (inside, rest) = payload.split_at_checked(inside(payload.len(), most)).unwrap_or((payload, &[]));
        cell.extend_from_slice(inside);
        if rest.is_empty() {
            return Ok(());
        }
        cell.extend_from_slice(&self.next().to_be_bytes());
        let mut links = rest.chunks(LINK).peekable();
        while let Some(link) = links.next() {
            let number = self.begin()?;
            let next = if links.peek().is_some() { usable(number.saturating_add(1)) } else { 0 };
            self.sink.put(&next.to_be_bytes())?;
            self.sink.put(link)?;
            self.sink.put([0; LINK].get(link.len()..).unwrap_or_default())?;
        }
        Ok(())
    }

    /// How many pages there are.
    pub fn count(&self) -> u32 {
        self.count
    }

    /// Writes over the first page.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn first(self, page: &[u8; PAGE]) -> Result<()> {
        self.sink.patch(self.start, page)
    }
}

/// The number itself, or the one behind it.
fn usable(number: u32) -> u32 {
    if number == LOCK { number.saturating_add(1) } else { number }
}

/// How many bytes of a payload stay in its cell.
fn inside(length: usize, most: usize) -> usize {
    if length <= most {
        return length;
    }
    // As many as leave the last page of the chain full.
    let full = LEAST + (length - LEAST) % LINK;
    if full <= most { full } else { LEAST }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_payloads_are_chained() {
        let mut out = Vec::new();
        let mut pages = Pages::new(&mut out).unwrap();
        let payload: Vec<u8> = (0..10_000_u32).map(|row| row as u8).collect();
        let mut cell = Vec::new();
        pages.payload(&mut cell, &payload, 4061).unwrap();
        assert_eq!(pages.count(), 3);
        assert_eq!(out.len(), 3 * PAGE);
        let (inside, first) = cell.split_at(cell.len() - 4);
        assert_eq!((inside.len(), first), (10_000 - 2 * LINK, &[0, 0, 0, 2][..]));
        assert_eq!((&out[PAGE..PAGE + 4], &out[2 * PAGE..2 * PAGE + 4]), (&[0, 0, 0, 3][..], &[0; 4][..]));
        let whole = [inside, &out[PAGE + 4..2 * PAGE], &out[2 * PAGE + 4..3 * PAGE]].concat();
        assert_eq!(whole, payload);
    }

    #[test]
    fn the_page_of_locks_stays_empty() {
        let mut out = Vec::new();
        let mut pages = Pages { sink: &mut out, start: 0, count: LOCK - 3 };
        let mut cell = Vec::new();
        pages.payload(&mut cell, &[7; 3 * LINK + 500], 1000).unwrap();
        assert_eq!(cell[cell.len() - 4..], (LOCK - 2).to_be_bytes());
        assert_eq!(pages.append(&[9; PAGE]).unwrap(), LOCK + 2);
        let next: Vec<_> = out.chunks(PAGE).map(|page| u32::from_be_bytes(page[..4].try_into().unwrap())).collect();
        assert_eq!(next[..4], [LOCK - 1, LOCK + 1, 0, 0]);
        assert!(out[2 * PAGE..3 * PAGE].iter().all(|byte| *byte == 0));
    }

    #[test]
    fn there_are_no_more_pages_than_numbers() {
        let mut out = Vec::new();
        let mut pages = Pages { sink: &mut out, start: 0, count: MOST - 1 };
        assert_eq!(pages.append(&[0; PAGE]), Ok(MOST));
        assert_eq!(pages.append(&[0; PAGE]).unwrap_err().code(), "too_large");
    }
}
