//! Tags of things that are no elements of OpenStreetMap, such as overlays: rows of their own behind all others.

use super::rows::{Strings, Tags, without_nul};
use super::{Element, Kind, StringId};
use hashbrown::HashMap;

/// Rows from here on are own ones.
const OWN: u32 = 1 << 31;

/// Adds rows for things with these tags, and returns the elements that stand for them.
pub(super) fn add(strings: &mut Strings, own: &mut Tags, things: &[(Kind, Vec<(String, String)>)]) -> Vec<Element> {
    let texts = things.iter().flat_map(|(_, tags)| tags).flat_map(|(key, value)| [key.as_str(), value.as_str()]);
    let mut ids = intern(strings, &texts.collect::<Vec<_>>()).into_iter();
    let mut row =
        |tags: &[(String, String)]| tags.iter().filter_map(|_| ids.next().zip(ids.next())).collect::<Vec<_>>();
    things.iter().map(|(kind, tags)| push(own, *kind, &row(tags))).collect()
}

/// Adds one row, and returns the element that stands for it.
pub(super) fn push(own: &mut Tags, kind: Kind, tags: &[(StringId, StringId)]) -> Element {
    let index = OWN + own.len() as u32;
    own.push(tags);
    Element { kind, index }
}

/// Ids of texts; those that are not there yet are added.
pub(super) fn intern<'t>(strings: &mut Strings, texts: &[&'t str]) -> Vec<StringId> {
    let wanted = texts.iter().map(|text| (*text, None));
    let mut known: HashMap<&'t str, Option<StringId>, foldhash::fast::FixedState> = wanted.collect();
    for id in 0..strings.len() as StringId {
        if let Some(slot) = known.get_mut(strings.get(id)) {
            slot.get_or_insert(id);
        }
    }
    let id = |text: &&'t str| {
        let id = known.get(text).copied().flatten();
        id.unwrap_or_else(|| {
            strings.push(&without_nul(text));
            let id = strings.len() as StringId - 1;
            known.insert(*text, Some(id));
            id
        })
    };
    texts.iter().map(id).collect()
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
