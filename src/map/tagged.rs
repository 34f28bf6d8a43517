//! The `filter` of a request over interned tags.

use crate::osm::{Osm, StringId};
use crate::request::{Condition, Filter};
use hashbrown::HashMap;

/// Conditions by ids of strings, looked up once a call; an element is held against them without reading a letter.
pub(super) struct Tagged(Vec<(Option<StringId>, Wanted)>);

/// What is asked of a key.
enum Wanted {
    AnyOf(Vec<StringId>),
    Present,
    Absent,
}

impl Tagged {
    pub fn new(filter: &Filter, osm: &Osm) -> Self {
        if filter.is_empty() {
            return Self(Vec::new());
        }
        let mut ids: HashMap<&str, Option<StringId>, foldhash::fast::FixedState> = HashMap::default();
        for (key, condition) in &filter.0 {
            ids.insert(key, None);
            if let Condition::AnyOf(values) = condition {
                ids.extend(values.iter().map(|value| (value.as_str(), None)));
            }
        }
        // One pass over all strings, however many are asked for.
        for id in 0..osm.strings.len() as StringId {
            if let Some(place) = ids.get_mut(osm.strings.get(id)) {
                *place = Some(id);
            }
        }
        let id = |text: &String| ids.get(text.as_str()).copied().flatten();
        let condition = |(key, condition): (&String, &Condition)| {
            let wanted = match condition {
                Condition::AnyOf(values) => Wanted::AnyOf(values.iter().filter_map(id).collect()),
                Condition::Present => Wanted::Present,
                Condition::Absent => Wanted::Absent,
            };
            (id(key), wanted)
        };
        Self(filter.0.iter().map(condition).collect())
    }

    /// Whether there is no condition.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether these tags fulfil all conditions.
    pub fn holds(&self, tags: &[(StringId, StringId)]) -> bool {
        self.0.iter().all(|(key, wanted)| {
            let value = tags.iter().find(|(known, _)| Some(*known) == *key).map(|(_, value)| value);
            match wanted {
                Wanted::AnyOf(values) => value.is_some_and(|value| values.contains(value)),
                Wanted::Present => value.is_some(),
                Wanted::Absent => value.is_none(),
            }
        })
    }
}
