//! Tags of things on top of the map that are not from OpenStreetMap: rows of their own behind all others.

use super::rows::{Strings, Tags};
use super::{Element, Kind, StringId};
use hashbrown::HashMap;

/// Rows from here on are own ones.
const OWN: u32 = 1 << 31;

/// Adds rows for things with these tags, and returns the elements that stand for them.
pub(super) fn add(strings: &mut Strings, own: &mut Tags, things: &[(Kind, Vec<(String, String)>)]) -> Vec<Element> {
    let all = (0..strings.len() as StringId).map(|id| (strings.get(id).to_owned(), id));
    let mut known: HashMap<String, StringId, foldhash::fast::FixedState> = all.collect();
    let mut intern = |strings: &mut Strings, text: &str| match known.get(text) {
        Some(&id) => id,
        None => {
            let id = strings.len() as StringId;
            strings.push(text);
            known.insert(text.to_owned(), id);
            id
        }
    };
    let mut elements = Vec::with_capacity(things.len());
    for (kind, tags) in things {
        let row: Vec<_> = tags.iter().map(|(key, value)| (intern(strings, key), intern(strings, value))).collect();
        elements.push(Element { kind: *kind, index: OWN + own.len() as u32 });
        own.push(&row);
    }
    elements
}

/// The tags of an own row; none for another.
pub(super) fn tags(own: &Tags, element: Element) -> Option<&[(StringId, StringId)]> {
    let row = element.index.checked_sub(OWN)? as usize;
    (row < own.len()).then(|| own.get(row))
}

/// The id of an own row; none for another.
pub(super) fn id(own: &Tags, element: Element) -> Option<i64> {
    let row = element.index.checked_sub(OWN)?;
    ((row as usize) < own.len()).then_some(-1 - i64::from(row))
}
