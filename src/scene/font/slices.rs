//! Fonts of too many characters to be loaded whole: families in slices, and the lists that say which slice holds what.

use super::file::FontFile;
use crate::error::{Error, Result};
use crate::map::Han;
use serde::Deserialize;
use std::sync::OnceLock;

/// A family whose files are slices; its id is also the name of the list of them.
#[derive(Debug)]
pub struct Family {
    /// Its id, e.g. `noto-sans-jp`; slices are `noto-sans-jp-0` and so on.
    pub id: &'static str,
    /// Its name for formats that name fonts.
    pub name: &'static str,
    /// How it writes Han characters.
    pub han: Han,
}

/// All of them.
pub const FAMILIES: &[Family] = &[
    Family { id: "noto-sans-jp", name: "Noto Sans JP", han: Han::Japanese },
    Family { id: "noto-sans-kr", name: "Noto Sans KR", han: Han::Korean },
    Family { id: "noto-sans-sc", name: "Noto Sans SC", han: Han::Simplified },
    Family { id: "noto-sans-tc", name: "Noto Sans TC", han: Han::Traditional },
];

/// First and last characters of the blocks that slices are for: radicals, kana, hangul, bopomofo, ideographs, forms of
/// full and half width. Characters elsewhere are no reason to ask for a list.
const BLOCKS: &[(char, char)] = &[
    ('\u{1100}', '\u{11ff}'),
    ('\u{2e80}', '\u{2fdf}'),
    ('\u{2ff0}', '\u{4dbf}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{a960}', '\u{a97f}'),
    ('\u{ac00}', '\u{d7ff}'),
    ('\u{f900}', '\u{faff}'),
    ('\u{fe30}', '\u{fe4f}'),
    ('\u{ff00}', '\u{ffef}'),
    ('\u{1b000}', '\u{1b16f}'),
    ('\u{1f200}', '\u{1f2ff}'),
    ('\u{20000}', '\u{3ffff}'),
];

/// Lists that were read, in the order of [`FAMILIES`]; they belong to the program as the index does.
static LISTS: [OnceLock<Vec<FontFile>>; FAMILIES.len()] = [const { OnceLock::new() }; FAMILIES.len()];

/// A list as it is written: see `xtask/src/slices.rs`.
#[derive(Deserialize)]
struct Row {
    id: String,
    ranges: Vec<(u32, u32)>,
}

/// Whether slices may hold a character.
pub fn concerns(c: char) -> bool {
    BLOCKS.iter().any(|(first, last)| (*first..=*last).contains(&c))
}

/// The family that writes as `han` says, and its slices once their list was read.
pub fn family(han: Han) -> Option<(&'static Family, Option<&'static [FontFile]>)> {
    let row = FAMILIES.iter().position(|family| family.han == han)?;
    Some((FAMILIES.get(row)?, LISTS.get(row)?.get().map(Vec::as_slice)))
}

/// A slice of a list that was read.
pub fn find(id: &str) -> Option<&'static FontFile> {
    LISTS.iter().filter_map(OnceLock::get).flatten().find(|file| file.id == id)
}

/// Reads the list of a family; the first one that can be read stays.
pub fn learn(id: &str, data: &[u8]) -> Option<Result<()>> {
    let row = FAMILIES.iter().position(|family| family.id == id)?;
    let (family, list) = (FAMILIES.get(row)?, LISTS.get(row)?);
    let rows: Vec<Row> = match serde_json::from_slice(data) {
        Ok(rows) => rows,
        Err(fault) => return Some(Err(Error::Corrupt(format!("the list of the font {id}: {fault}")))),
    };
    list.get_or_init(|| {
        let file = |Row { id, ranges }: Row| FontFile {
            id: id.leak(),
            family: family.name,
            weight: 400,
            italic: false,
            ranges: ranges.leak(),
        };
        rows.into_iter().map(file).collect()
    });
    Some(Ok(()))
}
