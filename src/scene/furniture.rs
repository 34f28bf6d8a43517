//! What stands on the map besides features: labels in their groups, and title, scale bar, north arrow, grid, attribution.

mod bar;
mod desk;
mod grid;
mod north;

use super::draw::ATTRIBUTION;
use super::font::Fonts;
use super::label::{self, Wish};
use super::symbol::Named;
use super::tree::Tree;
use super::{Color, Group, Item, Paths, Sheet};
use crate::error::Result;
use crate::note::Notes;
use crate::request::Request;
use crate::watch::Watch;
use desk::{Corner, Desk};

/// Smallest letters that are read on paper, mm.
const READABLE: f64 = 1.8;
/// Letters of the title in sizes of other furniture.
const TITLE: f64 = 2.4;

/// Places the furniture that is asked for, and all labels where it leaves room: groups `grid`, `labels` and `furniture`.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub fn furnish(
    labels: Vec<(String, Named)>,
    (sheet, background): (&Sheet, Option<Color>),
    request: &Request,
    fonts: &Fonts,
    paths: &mut Paths,
    notes: &mut Notes,
    watch: &mut Watch,
) -> Result<Vec<Group>> {
    let wanted = &request.page.furniture;
    let mut desk = Desk::new(sheet, background, fonts, paths);
    attribution(&mut desk);
    if let Some(title) = &wanted.title {
        heading(&mut desk, title);
    }
    if wanted.scale_bar {
        bar::scale_bar(&mut desk, sheet.scale);
    }
    if wanted.ratio {
        let text = format!("1\u{202f}:\u{202f}{}", grouped(sheet.scale));
        desk.text("ratio", &text, desk.unit, 400, Corner::BottomLeft);
    }
    if wanted.north_arrow {
        north::arrow(&mut desk, sheet);
    }
    let mut groups = Vec::new();
    if let Some(kind) = &wanted.grid {
        groups.push(grid::grid(&mut desk, sheet, kind)?);
    }
    for (asked, what) in [(wanted.legend, "legend"), (wanted.index, "street index")] {
        if asked {
            desk.lacking.push(what);
        }
    }
    let (furniture, taken, lacking) = desk.finish();
    if !lacking.is_empty() {
        notes.say("furniture_left_out", lacking.len() as u64, format!("not on the sheet: {}", lacking.join(", ")));
    }
    groups.extend(named(labels, &taken, sheet, fonts, paths, notes, watch)?);
    groups.push(furniture);
    Ok(groups)
}

/// The labels that find room, each group of them together.
fn named(
    labels: Vec<(String, Named)>,
    taken: &[[f64; 4]],
    sheet: &Sheet,
    fonts: &Fonts,
    paths: &mut Paths,
    notes: &mut Notes,
    watch: &mut Watch,
) -> Result<Vec<Group>> {
    let (groups, wishes): (Vec<String>, Vec<Wish>) =
        labels.into_iter().map(|(group, named)| (group, named.wish)).unzip();
    let placed = label::place(&wishes, sheet.map, taken, fonts, paths, notes, watch)?;
    let mut order: Vec<&str> = Vec::new();
    for group in &groups {
        if !order.contains(&group.as_str()) {
            order.push(group);
        }
    }
    let place = |row: usize| groups.get(row).and_then(|group| order.iter().position(|known| known == group));
    let mut items: Vec<(usize, Item)> =
        placed.into_iter().filter_map(|(row, text)| Some((place(row)?, Item::Text(Box::new(text))))).collect();
    items.sort_by_key(|(place, _)| *place);
    let mut tree = Tree::default();
    for (place, item) in items {
        tree.add("labels", order.get(place).copied().unwrap_or_default(), item);
    }
    Ok(tree.finish())
}

/// The attribution, bottom right, on every map: as small as it must be to fit, but no smaller than needed.
fn attribution(desk: &mut Desk) {
    let room = desk.map[2] - 2.0 * desk.gap;
    let size = (desk.unit * 0.85).max(READABLE);
    let size = desk.fitting(ATTRIBUTION, size, 400, room);
    desk.text("attribution", ATTRIBUTION, size, 400, Corner::BottomRight);
}

/// The title, at the top.
fn heading(desk: &mut Desk, title: &str) {
    let room = desk.map[2] - 2.0 * desk.gap;
    let size = desk.fitting(title, desk.unit * TITLE, 700, room);
    desk.text("title", title, size, 700, Corner::Top);
}

/// A whole number with a narrow space between thousands.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::with_capacity(digits.len() * 2);
    for (row, digit) in digits.chars().enumerate() {
        if row > 0 && (digits.len() - row) % 3 == 0 && digits.len() > 4 {
            text.push('\u{202f}');
        }
        text.push(digit);
    }
    text
}
