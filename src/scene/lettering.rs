//! Labels in their places and groups.

use super::font::Fonts;
use super::label::{self, Wish};
use super::symbol::Named;
use super::tree::Tree;
use super::{Group, Item, Paths, Sheet};
use crate::error::Result;
use crate::note::Notes;
use crate::watch::Watch;

/// Places labels, off the rectangles `taken`: the group `labels` with one group for each kind.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn letter(
    labels: Vec<(String, Named)>,
    taken: &[[f64; 4]],
    sheet: &Sheet,
    fonts: &Fonts,
    paths: &mut Paths,
    notes: &mut Notes,
    watch: &mut Watch,
) -> Result<Vec<Group>> {
    let (kinds, wishes): (Vec<String>, Vec<Wish>) = labels.into_iter().map(|(kind, named)| (kind, named.wish)).unzip();
    let placed = label::place(&wishes, sheet.map, taken, fonts, paths, notes, watch)?;
    let mut order: Vec<&str> = Vec::new();
    for kind in &kinds {
        if !order.contains(&kind.as_str()) {
            order.push(kind);
        }
    }
    let mut found: Vec<(usize, Item)> = Vec::with_capacity(placed.len());
    for (row, text) in placed {
        let kind = kinds.get(row).and_then(|kind| order.iter().position(|known| known == kind));
        if let Some(kind) = kind.filter(|_| !text.glyphs.is_empty()) {
            found.push((kind, Item::Text(Box::new(text))));
        }
    }
    found.sort_by_key(|(kind, _)| *kind);
    let mut tree = Tree::default();
    for (kind, item) in found {
        tree.add("labels", order.get(kind).copied().unwrap_or_default(), item);
    }
    Ok(tree.finish())
}
