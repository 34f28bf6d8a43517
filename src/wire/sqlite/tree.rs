//! B-trees (§1.5, §1.6 of the file format), filled in ascending order: of each level only the last page is in memory.

use super::pages::{PAGE, Pages};
use super::value::varint;
use crate::error::Result;
use crate::wire::record::Big;

/// Bytes at the head of the file, on its first page.
pub const HEAD: usize = 100;

/// What a tree holds, and what stands where it branches.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// Rows in leaves; the highest row id of what lies to the left.
    Table,
    /// Entries everywhere.
    Index,
}

/// A page in the making.
#[derive(Default)]
struct Node {
    cells: Vec<u8>,
    /// Where each cell begins in `cells`.
    starts: Vec<u16>,
}

impl Node {
    fn push(&mut self, cell: &[u8]) {
        self.starts.push(self.cells.len() as u16);
        self.cells.extend_from_slice(cell);
    }

    fn pop(&mut self) -> Vec<u8> {
        self.starts.pop().map_or_else(Vec::new, |start| self.cells.split_off(usize::from(start)))
    }

    /// The page, `before` bytes of which belong to the head of the file; branches have a page to the `right` of all cells.
    fn page(&self, kind: Kind, right: Option<u32>, before: usize) -> [u8; PAGE] {
        let flag = match (kind, right) {
            (Kind::Table, None) => 0x0d,
            (Kind::Table, Some(_)) => 0x05,
            (Kind::Index, None) => 0x0a,
            (Kind::Index, Some(_)) => 0x02,
        };
        let content = PAGE - self.cells.len();
        let mut head = Big::new();
        // No gaps between the cells.
        head.u8(flag).u16(0).u16(self.starts.len() as u16).u16(content as u16).u8(0);
        right.iter().for_each(|page| _ = head.u32(*page));
        self.starts.iter().for_each(|start| _ = head.u16(content as u16 + start));
        let mut page = [0; PAGE];
        page.iter_mut().skip(before).zip(head.as_ref()).for_each(|(to, byte)| *to = *byte);
        page.iter_mut().skip(content).zip(&self.cells).for_each(|(to, byte)| *to = *byte);
        page
    }
}

/// A tree in the making.
pub struct Tree {
    kind: Kind,
    /// Leaves first.
    levels: Vec<Node>,
    /// Bytes of a page that it may fill.
    room: usize,
    /// Row id of the last row.
    last: i64,
}

impl Tree {
    /// Rows of a table.
    pub fn table() -> Self {
        Self { kind: Kind::Table, levels: vec![Node::default()], room: PAGE, last: 0 }
    }

    /// Rows of the schema, whose root shares its page with the head of the file. Its other pages are as short.
    pub fn schema() -> Self {
        Self { room: PAGE - HEAD, ..Self::table() }
    }

    /// Entries of an index.
    pub fn index() -> Self {
        Self { kind: Kind::Index, ..Self::table() }
    }

    /// Longest payload that stays in one piece, bytes.
    const fn most(&self) -> usize {
        match self.kind {
            Kind::Table => PAGE - 35,
            Kind::Index => (PAGE - 12) * 64 / 255 - 23,
        }
    }

    /// Appends a row; `cell` is room to work in.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn row(&mut self, pages: &mut Pages, rowid: i64, record: &[u8], cell: &mut Vec<u8>) -> Result<()> {
        cell.clear();
        varint(cell, record.len() as u64);
        varint(cell, rowid as u64);
        pages.payload(cell, record, self.most())?;
        self.leaf(pages, cell)?;
        self.last = rowid;
        Ok(())
    }

    /// Appends an entry.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn entry(&mut self, pages: &mut Pages, record: &[u8], cell: &mut Vec<u8>) -> Result<()> {
        cell.clear();
        varint(cell, record.len() as u64);
        pages.payload(cell, record, self.most())?;
        self.leaf(pages, cell)
    }

    fn fits(&self, node: &Node, cell: &[u8], head: usize) -> bool {
        head + 2 * (node.starts.len() + 1) + node.cells.len() + cell.len() <= self.room
    }

    fn leaf(&mut self, pages: &mut Pages, cell: &[u8]) -> Result<()> {
        let mut node = self.levels.first_mut().map(std::mem::take).unwrap_or_default();
        if self.fits(&node, cell, 8) {
            node.push(cell);
            self.keep(0, node);
            return Ok(());
        }
        // The last entry of a page goes up; a row stays, and its id goes up.
        let key = match self.kind {
            Kind::Index => node.pop(),
            Kind::Table => {
                let mut key = Vec::new();
                varint(&mut key, self.last as u64);
                key
            }
        };
        let page = pages.append(&node.page(self.kind, None, 0))?;
        let mut node = Node::default();
        node.push(cell);
        self.keep(0, node);
        self.branch(pages, 1, page, &key)
    }

    fn keep(&mut self, level: usize, node: Node) {
        match self.levels.get_mut(level) {
            Some(place) => *place = node,
            None => self.levels.push(node),
        }
    }

    /// Says on a level that `page` holds what comes up to `key`.
    fn branch(&mut self, pages: &mut Pages, level: usize, page: u32, key: &[u8]) -> Result<()> {
        let cell = [&page.to_be_bytes(), key].concat();
        let mut node = self.levels.get_mut(level).map(std::mem::take).unwrap_or_default();
        if self.fits(&node, &cell, 12) {
            node.push(&cell);
            self.keep(level, node);
            return Ok(());
        }
        // The page of the last cell becomes the one to the right of all, and its key goes up: the next page is never empty.
        let (right, up) = split(node.pop());
        let full = pages.append(&node.page(self.kind, Some(right), 0))?;
        let mut node = Node::default();
        node.push(&cell);
        self.keep(level, node);
        self.branch(pages, level + 1, full, &up)
    }

    /// Writes what is left and gives the number of the root.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn finish(self, pages: &mut Pages) -> Result<u32> {
        let (kind, mut right) = (self.kind, None);
        for node in self.levels {
            right = Some(pages.append(&node.page(kind, right, 0))?);
        }
        Ok(right.unwrap_or_default())
    }

    /// The same; the root is not written but given, behind the room for the head of the file.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn finish_first(mut self, pages: &mut Pages) -> Result<[u8; PAGE]> {
        let (kind, mut right) = (self.kind, None);
        let root = self.levels.pop().unwrap_or_default();
        for node in self.levels {
            right = Some(pages.append(&node.page(kind, right, 0))?);
        }
        Ok(root.page(kind, right, HEAD))
    }
}

/// Page and key of a branch's cell.
fn split(cell: Vec<u8>) -> (u32, Vec<u8>) {
    match cell.split_first_chunk() {
        Some((page, key)) => (u32::from_be_bytes(*page), key.to_vec()),
        None => (0, cell),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every page of a tree in its order, and how deep it lies.
    fn walk(bytes: &[u8], page: u32, depth: usize, each: &mut dyn FnMut(u8, &[u8], usize)) {
        let body = &bytes[(page as usize - 1) * PAGE..page as usize * PAGE];
        let number = |at: usize| u16::from_be_bytes([body[at], body[at + 1]]) as usize;
        let inner = body[0] < 8;
        for row in 0..number(3) {
            let cell = &body[number(if inner { 12 } else { 8 } + 2 * row)..];
            if inner {
                walk(bytes, u32::from_be_bytes(cell[..4].try_into().unwrap()), depth + 1, each);
            }
            each(body[0], cell, depth);
        }
        assert!(number(3) > 0 || depth == 0, "an empty page");
        if inner {
            walk(bytes, u32::from_be_bytes(body[8..12].try_into().unwrap()), depth + 1, each);
        }
    }

    /// A tree of so many rows or entries: how many are found in it, and how deep its leaves lie.
    fn grown(kind: Kind, count: i64, bytes: usize) -> (i64, Vec<usize>) {
        let (mut out, mut cell) = (Vec::new(), Vec::new());
        let mut pages = Pages::new(&mut out).unwrap();
        let mut tree = Tree { kind, ..Tree::table() };
        for row in 0..count {
            let record = [&vec![0; bytes], &row.to_be_bytes()[..]].concat();
            match kind {
                Kind::Table => tree.row(&mut pages, row * 1000, &record, &mut cell).unwrap(),
                Kind::Index => tree.entry(&mut pages, &record, &mut cell).unwrap(),
            }
        }
        let root = tree.finish(&mut pages).unwrap();
        let (mut seen, mut leaves) = (0, std::collections::BTreeSet::new());
        walk(&out, root, 0, &mut |flag, _, depth| {
            seen += i64::from(flag != 0x05);
            if flag > 8 {
                leaves.insert(depth);
            }
        });
        (seen, leaves.into_iter().collect())
    }

    #[test]
    fn all_leaves_lie_equally_deep_whatever_the_number_of_rows() {
        for kind in [Kind::Table, Kind::Index] {
            for count in (0..40).chain([250, 1000, 2000]) {
                // Four a page.
                let (seen, leaves) = grown(kind, count, 900);
                assert_eq!(seen, count);
                assert!(leaves.len() == usize::from(count > 0), "{count}: leaves lie {leaves:?} deep");
            }
        }
        assert_eq!(grown(Kind::Table, 130_000, 2000), (130_000, vec![2]));
        assert_eq!(grown(Kind::Index, 5000, 900), (5000, vec![5]));
    }
}
