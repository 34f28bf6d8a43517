//! Labels in their places and groups, and the furniture over them.

use super::font::Fonts;
use super::furniture::Pieces;
use super::label::{self, Wish};
use super::symbol::Named;
use super::tree::Tree;
use super::{Group, Item, Paths, Sheet};
use crate::error::Result;
use crate::note::Notes;
use crate::watch::Watch;

/// Places everything that is text. Groups: `labels` with one group for each kind, `furniture`, `attribution` on top.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn letter(
    labels: Vec<(String, Named)>,
    pieces: Pieces,
    sheet: &Sheet,
    fonts: &Fonts,
    paths: &mut Paths,
    notes: &mut Notes,
    watch: &mut Watch,
) -> Result<Vec<Group>> {
    let mut homes: Vec<(&str, String)> = Vec::with_capacity(labels.len() + pieces.wishes.len());
    let mut wishes: Vec<Wish> = Vec::with_capacity(labels.len() + pieces.wishes.len());
    for (group, named) in labels {
        homes.push(("labels", group));
        wishes.push(named.wish);
    }
    for (row, wish) in pieces.wishes.into_iter().enumerate() {
        // The first piece of furniture is the attribution.
        homes.push((if row == 0 { "attribution" } else { "furniture" }, "text".into()));
        wishes.push(wish);
    }
    let placed = label::place(&wishes, sheet.map, fonts, paths, notes, watch)?;
    let mut kinds: Vec<&(&str, String)> = Vec::new();
    for home in homes.iter().filter(|(group, _)| *group == "labels") {
        if !kinds.contains(&home) {
            kinds.push(home);
        }
    }
    let mut tree = Tree::default();
    let mut found: Vec<(usize, Item)> = Vec::with_capacity(placed.len());
    let mut furniture: Vec<(&str, Item)> = Vec::new();
    for (row, text) in placed {
        let Some(home) = homes.get(row).filter(|_| !text.glyphs.is_empty()) else { continue };
        let item = Item::Text(Box::new(text));
        match kinds.iter().position(|kind| *kind == home) {
            Some(kind) => found.push((kind, item)),
            None => furniture.push((home.0, item)),
        }
    }
    found.sort_by_key(|(kind, _)| *kind);
    for (kind, item) in found {
        if let Some((group, class)) = kinds.get(kind) {
            tree.add(group, class, item);
        }
    }
    for path in pieces.paths {
        tree.add("furniture", "shapes", Item::Path(path));
    }
    // `furniture` sorts after `attribution`: backwards the attribution comes last.
    furniture.sort_by(|a, b| b.0.cmp(a.0));
    for (group, item) in furniture {
        tree.add(group, "text", item);
    }
    Ok(tree.finish())
}
