//! What stands on the map besides features: labels in their groups, the attribution, title, scale bar, ratio, north arrow.

use super::draw::ATTRIBUTION;
use super::font::Fonts;
use super::label::{self, Anchor, At, Look, Wish};
use super::symbol::Named;
use super::tree::Tree;
use super::{Color, Group, Item, Paths, Sheet};
use crate::error::Result;
use crate::note::Notes;
use crate::request::Request;
use crate::watch::Watch;

/// Places all labels and the attribution; groups `labels` and `attribution`.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn labels(
    labels: Vec<(String, Named)>,
    sheet: &Sheet,
    _request: &Request,
    fonts: &Fonts,
    paths: &mut Paths,
    notes: &mut Notes,
    watch: &mut Watch,
) -> Result<Vec<Group>> {
    let mut groups: Vec<String> = Vec::with_capacity(labels.len() + 1);
    let mut wishes: Vec<Wish> = Vec::with_capacity(labels.len() + 1);
    for (group, named) in labels {
        groups.push(group);
        wishes.push(named.wish);
    }
    groups.push("attribution".into());
    wishes.push(attribution(sheet));
    let placed = label::place(&wishes, sheet.map, fonts, paths, notes, watch)?;
    let mut tree = Tree::default();
    // Labels of one group stand together, the attribution on top.
    let mut order: Vec<&str> = Vec::new();
    for group in &groups {
        if !order.contains(&group.as_str()) {
            order.push(group);
        }
    }
    let mut items: Vec<(usize, Item)> = Vec::with_capacity(placed.len());
    for (row, text) in placed {
        let Some(group) = groups.get(row) else { continue };
        let place = order.iter().position(|known| known == group).unwrap_or(0);
        items.push((place, Item::Text(Box::new(text))));
    }
    items.sort_by_key(|(place, _)| *place);
    for (place, item) in items {
        match order.get(place) {
            Some(&"attribution") => tree.add("attribution", "text", item),
            Some(group) => tree.add("labels", group, item),
            None => {}
        }
    }
    Ok(tree.finish())
}

fn attribution(sheet: &Sheet) -> Wish {
    let [x, y, width, height] = sheet.map;
    Wish {
        text: ATTRIBUTION.into(),
        at: At::Point {
            point: [x + width - 1.0, y + height - 0.8],
            anchors: vec![Anchor::BottomRight],
            offset: [0.0, 0.0],
            clearance: 0.0,
            rotation: 0.0,
        },
        look: Look {
            size: 2.0,
            weight: 400,
            italic: false,
            color: Color { r: 0x33, g: 0x33, b: 0x33, a: 255 },
            halo: Some((Color { r: 255, g: 255, b: 255, a: 220 }, 0.5)),
            letter_spacing: 0.0,
            max_width: 0.0,
            line_height: 1.2,
            padding: 0.5,
            overlap: true,
        },
        priority: (0, i64::MIN),
    }
}
