//! Interned text, and rows of variable length in one buffer: what columns of elements are made of.

use super::StringId;
use std::borrow::Cow;

/// Interned text: every distinct string once, in one buffer. Id 0 is the empty string.
#[derive(Debug, Default, Clone)]
pub struct Strings {
    pub(super) text: String,
    pub(super) ends: Vec<u32>,
}

/// A text without NUL.
pub(super) fn without_nul(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { text.replace('\0', "").into() } else { text.into() }
}

impl Strings {
    /// The text of an id; empty for an id that was never given out.
    pub fn get(&self, id: StringId) -> &str {
        let id = id as usize;
        let Some(&end) = self.ends.get(id) else { return "" };
        let start = if id == 0 { 0 } else { self.ends.get(id - 1).copied().unwrap_or(0) };
        self.text.get(start as usize..end as usize).unwrap_or("")
    }

    /// Adds a text without looking whether it is there.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u32);
    }

    /// How many distinct strings there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// True before the first string.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Finds a string without adding it (linear; for keys that are looked up once a map).
    pub fn find(&self, text: &str) -> Option<StringId> {
        (0..self.ends.len() as u32).find(|&id| self.get(id) == text)
    }
}

/// Rows of variable length in one buffer: row `i` is `items[starts[i]..starts[i + 1]]`.
#[derive(Debug, Clone)]
pub struct Rows<T> {
    pub(super) starts: Vec<u32>,
    pub(super) items: Vec<T>,
}

impl<T> Default for Rows<T> {
    fn default() -> Self {
        Self { starts: vec![0], items: Vec::new() }
    }
}

impl<T: Copy> Rows<T> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub(super) fn push(&mut self, row: &[T]) {
        self.items.extend_from_slice(row);
        self.starts.push(self.items.len() as u32);
    }

    /// Row `index`; empty for a row that does not exist.
    pub fn get(&self, index: usize) -> &[T] {
        match (self.starts.get(index), self.starts.get(index + 1)) {
            (Some(&start), Some(&end)) => self.items.get(start as usize..end as usize).unwrap_or(&[]),
            _ => &[],
        }
    }

    /// Adds the rows of another table behind these, each item changed.
    pub(super) fn append(&mut self, other: &Self, change: impl FnMut(&T) -> T) {
        let base = self.items.len() as u32;
        self.starts.extend(other.starts.iter().skip(1).map(|start| base + start));
        self.items.extend(other.items.iter().map(change));
    }

    /// Bytes of memory that they take.
    pub(super) fn bytes(&self) -> usize {
        size_of::<u32>() * self.starts.capacity() + size_of::<T>() * self.items.capacity()
    }

    /// Gives back what is held in reserve.
    pub(super) fn shrink(&mut self) {
        self.starts.shrink_to_fit();
        self.items.shrink_to_fit();
    }

    pub(super) fn reordered(&self, order: &[u32]) -> Self {
        let mut rows =
            Self { starts: Vec::with_capacity(order.len() + 1), items: Vec::with_capacity(self.items.len()) };
        rows.starts.push(0);
        order.iter().for_each(|&old| rows.push(self.get(old as usize)));
        rows
    }
}

/// The tags of all elements of one kind: pairs of key and value.
pub type Tags = Rows<(StringId, StringId)>;
