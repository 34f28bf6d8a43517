//! The groups of a drawing: a layer of the map, its classes inside, every id only once.

use super::{Group, Item};
use std::collections::BTreeSet;

/// Groups in drawing order, as they grow.
#[derive(Default)]
pub struct Tree {
    groups: Vec<Group>,
    ids: BTreeSet<String>,
    /// What the last group was asked for as, and the class of its last group.
    open: Option<(String, String)>,
}

impl Tree {
    /// Adds an item on top: to the last group if that is the one wanted, else to a new one.
    pub fn add(&mut self, group: &str, class: &str, item: Item) {
        let same_group = self.open.as_ref().is_some_and(|(last, _)| last == group);
        let same_class = same_group && self.open.as_ref().is_some_and(|(_, last)| last == class);
        if !same_group {
            let id = self.unique(group);
            self.groups.push(Group { label: id.clone(), id, ..Group::default() });
        }
        if !same_class {
            let parent = self.groups.last().map_or(String::new(), |parent| parent.id.clone());
            let id = self.unique(&format!("{parent}.{class}"));
            let label = id.strip_prefix(&format!("{parent}.")).unwrap_or(class).to_owned();
            if let Some(parent) = self.groups.last_mut() {
                parent.groups.push(Group { id, label, ..Group::default() });
            }
            self.open = Some((group.to_owned(), class.to_owned()));
        }
        if let Some(inner) = self.groups.last_mut().and_then(|parent| parent.groups.last_mut()) {
            inner.items.push(item);
        }
    }

    /// All groups, the lowest first.
    pub fn finish(self) -> Vec<Group> {
        self.groups
    }

    /// `wanted`, or `wanted-2`, `wanted-3` … where it is taken. Only letters, digits, `-`, `_` and `.` are kept.
    fn unique(&mut self, wanted: &str) -> String {
        let clean = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
        let wanted: String = wanted.chars().map(clean).collect();
        let mut id = wanted.clone();
        let mut count = 1;
        while !self.ids.insert(id.clone()) {
            count += 1;
            id = format!("{wanted}-{count}");
        }
        id
    }
}
