//! An [`Osm`] column by column as bytes, for a program of the same version on the other end of a pipe: nothing is lost, text
//! is not interned again, rows keep their numbers.
//!
//! Numbers are little-endian. A column is its number of items (64 bits) and the items. In this order: text, ends of strings;
//! nodes (ids, places, tags); ways (ids, rows of nodes, tags); relations (ids, members, tags); places of elements without
//! geometry; bounds (none or one); date; tags of own things. A table of rows of variable length is two columns, starts and
//! items. Notes are not among them: their codes are words of this program.

use super::rows::{Rows, Strings};
use super::store::{Member, Nodes, Osm, Relations, Ways};
use super::{Bounds, Element, Kind, LonLatE7, StringId};
use crate::error::{Error, Result};
use std::io::{Read, Write};

/// Bytes that are handed on at once.
const PIECE: usize = 1 << 16;

/// Something of a fixed number of bytes.
trait Item: Copy {
    /// Bytes.
    const WIDTH: usize;

    /// Adds the bytes.
    fn put(self, out: &mut Vec<u8>);

    /// Reads the bytes; none where they mean nothing.
    fn get(bytes: &[u8]) -> Option<Self>;
}

macro_rules! number {
    ($($number:ty),*) => {$(
        impl Item for $number {
            const WIDTH: usize = size_of::<Self>();

            fn put(self, out: &mut Vec<u8>) {
                out.extend_from_slice(&self.to_le_bytes());
            }

            fn get(bytes: &[u8]) -> Option<Self> {
                bytes.first_chunk().copied().map(Self::from_le_bytes)
            }
        }
    )*};
}

number!(u8, u32, i32, i64);

impl Item for Kind {
    const WIDTH: usize = 1;

    fn put(self, out: &mut Vec<u8>) {
        out.push(self as u8);
    }

    fn get(bytes: &[u8]) -> Option<Self> {
        [Self::Node, Self::Way, Self::Relation].get(usize::from(*bytes.first()?)).copied()
    }
}

/// Items of several parts: how they are taken apart and put together.
macro_rules! parts {
    ($item:ty, $value:pat => [$($part:expr),*], ($($name:ident: $kind:ty),*) => $whole:expr) => {
        impl Item for $item {
            const WIDTH: usize = 0 $(+ <$kind as Item>::WIDTH)*;

            fn put(self, out: &mut Vec<u8>) {
                let $value = self;
                $($part.put(out);)*
            }

            fn get(bytes: &[u8]) -> Option<Self> {
                let rest = bytes;
                $(
                    let $name = <$kind as Item>::get(rest)?;
                    let rest = rest.get(<$kind as Item>::WIDTH..)?;
                )*
                let _ = rest;
                Some($whole)
            }
        }
    };
}

parts!(LonLatE7, [x, y] => [x, y], (x: i32, y: i32) => [x, y]);
parts!((StringId, StringId), (key, value) => [key, value], (key: u32, value: u32) => (key, value));
parts!(Member, Member { kind, id, role } => [kind, id, role], (kind: Kind, id: i64, role: u32) => Member { kind, id, role });
parts!(Element, Element { kind, index } => [kind, index], (kind: Kind, index: u32) => Element { kind, index });
parts!((Element, LonLatE7), (element, place) => [element, place], (element: Element, place: LonLatE7) => (element, place));
parts!(
    Bounds,
    Bounds { west, south, east, north } => [west, south, east, north],
    (west: i32, south: i32, east: i32, north: i32) => Bounds { west, south, east, north }
);

impl Osm {
    /// Writes all columns.
    ///
    /// # Errors
    /// [`Error::Io`] where the other end takes no more.
    pub fn write_columns(&self, out: &mut dyn Write) -> Result<()> {
        put(out, self.strings.text.as_bytes())?;
        put(out, &self.strings.ends)?;
        put(out, &self.nodes.id)?;
        put(out, &self.nodes.place)?;
        put_rows(out, &self.nodes.tags)?;
        put(out, &self.ways.id)?;
        put_rows(out, &self.ways.refs)?;
        put_rows(out, &self.ways.tags)?;
        put(out, &self.relations.id)?;
        put_rows(out, &self.relations.members)?;
        put_rows(out, &self.relations.tags)?;
        put(out, &self.centers)?;
        put(out, self.bounds.as_slice())?;
        put(out, self.timestamp.as_bytes())?;
        put_rows(out, &self.own)
    }

    /// Reads what [`Osm::write_columns`] wrote, and no byte more. There are no notes.
    ///
    /// # Errors
    /// [`Error::CutOff`] where it ends too early, [`Error::Corrupt`] for what was not written so, [`Error::TooLarge`] where
    /// there is no memory for it.
    pub fn read_columns(input: &mut dyn Read) -> Result<Self> {
        Ok(Self {
            strings: Strings { text: text(input)?, ends: get(input)? },
            nodes: Nodes { id: get(input)?, place: get(input)?, tags: rows(input)? },
            ways: Ways { id: get(input)?, refs: rows(input)?, tags: rows(input)? },
            relations: Relations { id: get(input)?, members: rows(input)?, tags: rows(input)? },
            centers: get(input)?,
            bounds: get(input)?.first().copied(),
            timestamp: text(input)?,
            notes: Default::default(),
            own: rows(input)?,
        })
    }
}

fn put<T: Item>(out: &mut dyn Write, items: &[T]) -> Result<()> {
    let broken = |fault: std::io::Error| Error::Io(format!("columns cannot be written: {fault}"));
    out.write_all(&(items.len() as u64).to_le_bytes()).map_err(broken)?;
    let mut piece = Vec::with_capacity(PIECE + T::WIDTH);
    for &item in items {
        item.put(&mut piece);
        if piece.len() >= PIECE {
            out.write_all(&piece).map_err(broken)?;
            piece.clear();
        }
    }
    out.write_all(&piece).map_err(broken)
}

fn put_rows<T: Item>(out: &mut dyn Write, rows: &Rows<T>) -> Result<()> {
    put(out, &rows.starts)?;
    put(out, &rows.items)
}

fn get<T: Item>(input: &mut dyn Read) -> Result<Vec<T>> {
    let short = |fault: std::io::Error| Error::CutOff(format!("columns end too early: {fault}"));
    let mut count = [0; 8];
    input.read_exact(&mut count).map_err(short)?;
    let count = u64::from_le_bytes(count);
    let full = || Error::TooLarge(format!("a column of {count} items does not fit into memory"));
    let mut left = usize::try_from(count).map_err(|_| full())?;
    let mut items = Vec::new();
    items.try_reserve_exact(left).map_err(|_| full())?;
    let most = PIECE / T::WIDTH;
    let mut piece = vec![0; most * T::WIDTH];
    while left > 0 {
        let now = left.min(most);
        let bytes = piece.get_mut(..now * T::WIDTH).unwrap_or_default();
        input.read_exact(bytes).map_err(short)?;
        for bytes in bytes.chunks_exact(T::WIDTH) {
            items.push(T::get(bytes).ok_or_else(|| Error::Corrupt("a column holds no such items".into()))?);
        }
        left -= now;
    }
    Ok(items)
}

fn rows<T: Item>(input: &mut dyn Read) -> Result<Rows<T>> {
    Ok(Rows { starts: get(input)?, items: get(input)? })
}

fn text(input: &mut dyn Read) -> Result<String> {
    String::from_utf8(get(input)?).map_err(|_| Error::Corrupt("a column of text is not UTF-8".into()))
}

#[cfg(test)]
mod tests {
    use super::super::{Bounds, Builder, Kind, Member, Osm};
    use crate::error::Error;

    /// With everything that an [`Osm`] can hold.
    fn full() -> Osm {
        let mut builder = Builder::new();
        let tag = (builder.string("name").unwrap(), builder.string("Ålandsvägen 漢字").unwrap());
        builder.node(7, [249_400_000, 601_700_000], &[tag]);
        builder.node(-3, [-1_800_000_000, -900_000_000], &[]);
        builder.way(5, &[7, -3, 99], &[tag]);
        let role = builder.string("outer").unwrap();
        builder.relation(
            4,
            &[Member { kind: Kind::Way, id: 5, role }, Member { kind: Kind::Relation, id: 1 << 40, role }],
            &[tag],
        );
        builder.center(Kind::Relation, 4, [1, 2]);
        let (bounds, timestamp, _) = builder.header();
        *bounds = Some(Bounds { west: 1, south: -2, east: 3, north: 4 });
        timestamp.push_str("2026-01-02T03:04:05Z");
        let mut osm = builder.finish();
        osm.add_own(&[(Kind::Node, vec![("mine".into(), "yes".into())])]);
        osm
    }

    #[test]
    fn nothing_is_lost_and_nothing_else_is_read() {
        for osm in [full(), Osm::default()] {
            let mut bytes = Vec::new();
            osm.write_columns(&mut bytes).unwrap();
            bytes.extend_from_slice(b"next");
            let mut rest = bytes.as_slice();
            let read = Osm::read_columns(&mut rest).unwrap();
            assert_eq!(format!("{read:?}"), format!("{osm:?}"));
            assert_eq!(rest, b"next");
        }
    }

    #[test]
    fn what_is_cut_off_or_none_of_ours_is_refused() {
        let mut bytes = Vec::new();
        full().write_columns(&mut bytes).unwrap();
        for length in 0..bytes.len() {
            let read = Osm::read_columns(&mut &bytes[..length]);
            assert!(matches!(read, Err(Error::CutOff(_))), "{length} bytes");
        }
        let huge = u64::MAX.to_le_bytes();
        assert!(matches!(Osm::read_columns(&mut huge.as_slice()), Err(Error::TooLarge(_))));
        let wrong = [1_u64.to_le_bytes().as_slice(), &[0xff]].concat();
        assert!(Osm::read_columns(&mut wrong.as_slice()).is_err());
    }
}
