//! Labels in their places and groups.

use super::font::Fonts;
use super::label::{self, Plate, Wish};
use super::symbol::Named;
use super::tree::Tree;
use super::{Cap, Group, Item, Join, Path, Paths, Stroke, Text};
use crate::error::Result;
use crate::note::Notes;
use crate::order;
use crate::sheet::Sheet;
use crate::watch::Watch;
use std::collections::BTreeSet;

/// Places labels and icons, off the rectangles `taken`: the group `labels` with one group for each kind, and the rows of
/// the icons that have room.
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
) -> Result<(Vec<Group>, BTreeSet<usize>)> {
    let icons: Vec<Option<usize>> = labels.iter().map(|(_, named)| named.icon).collect();
    let icon = |row: usize| icons.get(row).copied().flatten();
    let (kinds, wishes): (Vec<String>, Vec<Wish>) = labels.into_iter().map(|(kind, named)| (kind, named.wish)).unzip();
    let placed = label::place(&wishes, sheet.map, taken, fonts, paths, notes, watch)?;
    let bare = |(row, text): &(usize, Text)| if text.glyphs.is_empty() { icon(*row) } else { None };
    let seen: BTreeSet<usize> = placed.iter().filter_map(bare).collect();
    let mut order: Vec<&str> = Vec::new();
    for kind in &kinds {
        if !order.contains(&kind.as_str()) {
            order.push(kind);
        }
    }
    let mut found: Vec<(usize, Item)> = Vec::with_capacity(placed.len());
    for (row, text) in placed {
        let kind = kinds.get(row).and_then(|kind| order.iter().position(|known| known == kind));
        if let Some(kind) =
            kind.filter(|_| !text.glyphs.is_empty() && icon(row).is_none_or(|icon| seen.contains(&icon)))
        {
            let look = wishes.get(row).map(|wish| &wish.look);
            if let Some((behind, plate)) = text.plate.zip(look.and_then(|look| look.plate)) {
                found.push((kind, back(behind, plate, text.size, paths)));
            }
            found.push((kind, Item::Text(Box::new(text))));
        }
    }
    order::sort_by_key(&mut found, |(kind, _)| *kind);
    let mut tree = Tree::default();
    for (kind, item) in found {
        tree.add("labels", order.get(kind).copied().unwrap_or_default(), item);
    }
    Ok((tree.finish(), seen))
}

/// Points on each corner of a plate beside its ends.
const CORNER: u32 = 4;

/// The plate behind a text.
fn back([x, y, width, height]: [f64; 4], plate: Plate, size: f64, paths: &mut Paths) -> Item {
    let radius = (Plate::RADIUS * size).min(width.min(height) / 2.0);
    let centres = [
        [x + width - radius, y + radius],
        [x + width - radius, y + height - radius],
        [x + radius, y + height - radius],
        [x + radius, y + radius],
    ];
    let quarter = std::f64::consts::FRAC_PI_2;
    let corners = centres.into_iter().enumerate().flat_map(|(row, [x, y])| {
        (0..=CORNER).map(move |step| {
            let angle = quarter * (row as f64 - 1.0 + f64::from(step) / f64::from(CORNER));
            [x + radius * libm::cos(angle), y + radius * libm::sin(angle)]
                .map(|side| libm::round(side * 1000.0) / 1000.0)
        })
    });
    let row = paths.push(corners.collect::<Vec<_>>(), true);
    let width = libm::round(Plate::EDGE * size * 1000.0) / 1000.0;
    let edge = Stroke { color: plate.edge, width, cap: Cap::Butt, join: Join::Round, dashes: Vec::new() };
    Item::Path(Path { subpaths: row..row + 1, fill: Some(plate.fill), stroke: Some(edge), source: None })
}
