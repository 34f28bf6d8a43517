//! The legend: how each class looks that is really drawn, and what it is.

use super::panel_layout::{Corner, PanelLayout};
use crate::color::Color;
use crate::scene::label::{Anchor, CAPITALS};
use crate::scene::{Group, Item, Path, Paths, Stroke};

/// Groups that are no kind of thing on the ground.
const NO_KIND: [&str; 3] = ["labels", "grid", "furniture"];
/// Height of a row and width of a sample, in letter sizes.
const ROW: f64 = 1.7;
const SAMPLE: f64 = 3.2;
/// Most of the map's height and width that the legend covers.
const MOST: [f64; 2] = [0.4, 0.62];
/// Symbols are no larger than this, mm.
const SYMBOL: f64 = 4.0;
/// Classes of one look that are named one by one; more are named together.
const NAMED: usize = 3;

/// How a class is drawn: paths of one thing, the lowest first.
#[derive(Clone, PartialEq)]
enum Look {
    /// An area.
    Area(Option<Color>, Option<Stroke>),
    /// A line.
    Line(Stroke),
    /// A symbol: its fill and stroke, and its subpaths about its middle, mm.
    Symbol(Option<Color>, Option<Stroke>, Vec<(Vec<[f64; 2]>, bool)>),
}

/// A row of the legend.
struct Entry {
    /// The layer: the word before the first hyphen of a group's label.
    family: String,
    classes: Vec<String>,
    looks: Vec<Look>,
    /// How many things look like this.
    count: u64,
}

/// Draws the legend of `groups` in the upper left corner; answers how many kinds have no room.
pub fn legend(panels: &mut PanelLayout, groups: &[Group]) -> u64 {
    let mut entries = entries(groups, panels.paths());
    let size = panels.unit * 0.8;
    let [_, _, width, height] = panels.map;
    let rows = libm::floor((height * MOST[1] / (size * ROW)).max(1.0)) as usize;
    let mut left_out = 0;
    let columns = loop {
        let columns: Vec<(f64, Vec<&Entry>)> = entries
            .chunks(entries.len().div_ceil(entries.len().div_ceil(rows).max(1)).max(1))
            .map(|chunk| {
                let wide = chunk.iter().map(|entry| panels.width(&entry.title(), size, 400)).fold(0.0, f64::max);
                (wide + size * (SAMPLE + 1.6), chunk.iter().collect())
            })
            .collect();
        let wide: f64 = columns.iter().map(|(wide, _)| wide).sum();
        if wide <= width * MOST[0] || entries.is_empty() {
            break columns.into_iter().map(|(wide, chunk)| (wide, chunk.len())).collect::<Vec<_>>();
        }
        // What is seen least often goes first.
        let rarest = entries.iter().enumerate().min_by_key(|(_, entry)| entry.count).map_or(0, |(row, _)| row);
        entries.remove(rarest);
        left_out += 1;
    };
    let longest = columns.iter().map(|(_, count)| *count).max().unwrap_or(0);
    if longest == 0 {
        return left_out;
    }
    let side = [columns.iter().map(|(wide, _)| wide).sum::<f64>() - size, longest as f64 * size * ROW];
    let Some([mut x, y, ..]) = panels.room("legend", Corner::TopLeft, side) else { return left_out };
    let mut entries = entries.iter();
    for (wide, count) in columns {
        for (row, entry) in entries.by_ref().take(count).enumerate() {
            let middle = y + (row as f64 + 0.5) * size * ROW;
            entry.looks.iter().for_each(|look| sample(panels, look, [x, middle], size));
            panels.write(&entry.title(), size, 400, [x + size * (SAMPLE + 0.6), middle], Anchor::Left);
        }
        x += wide;
    }
    left_out
}

impl Entry {
    /// Its classes in words, or its layer where they are many.
    fn title(&self) -> String {
        let words = if self.classes.len() > NAMED { self.family.clone() } else { self.classes.join(", ") };
        let words = words.replace('_', " ");
        let mut letters = words.chars();
        letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
    }
}

/// What is drawn, the topmost first; classes of one layer that look the same are one row.
fn entries(groups: &[Group], paths: &Paths) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for group in groups {
        let mut words = group.label.split('-');
        let family = words.next().unwrap_or_default();
        // Bridges and tunnels are known by the class that passes there.
        if NO_KIND.contains(&family) || words.any(|word| matches!(word, "bridges" | "tunnels" | "bridge")) {
            continue;
        }
        for inner in &group.groups {
            let Some(look) = look(inner, paths) else { continue };
            let class = inner.label.trim_end_matches(|c: char| c.is_ascii_digit());
            let class = if class.len() < inner.label.len() { class.trim_end_matches('-') } else { &inner.label };
            let count = inner.items.len() as u64;
            match found.iter_mut().find(|entry| entry.family == family && entry.classes.iter().any(|c| c == class)) {
                Some(entry) => {
                    entry.count = entry.count.max(count);
                    // A second stroke or fill of the kind replaces the first: the last one lies on top.
                    entry.looks.retain(|other| {
                        std::mem::discriminant(other) != std::mem::discriminant(&look) || under(other, &look)
                    });
                    entry.looks.push(look);
                }
                None => found.push(Entry {
                    family: family.to_owned(),
                    classes: vec![class.to_owned()],
                    looks: vec![look],
                    count,
                }),
            }
        }
    }
    let mut merged: Vec<Entry> = Vec::new();
    for entry in found.into_iter().rev() {
        match merged.iter_mut().find(|other| other.family == entry.family && other.looks == entry.looks) {
            Some(other) => {
                other.count += entry.count;
                other.classes.extend(entry.classes);
            }
            None => merged.push(entry),
        }
    }
    merged
}

/// Whether one look is a casing that is still seen under another.
fn under(lower: &Look, upper: &Look) -> bool {
    matches!((lower, upper), (Look::Line(lower), Look::Line(upper)) if lower.width > upper.width * 1.01)
}

/// How most of a group is drawn: for lines, the widest.
fn look(group: &Group, paths: &Paths) -> Option<Look> {
    let drawn = || {
        group.items.iter().filter_map(|item| match item {
            Item::Path(path) => Some(path),
            Item::Text(_) => None,
        })
    };
    let first = drawn().next()?;
    if let Some(symbol) = symbol(first, drawn().nth(1), paths) {
        return Some(symbol);
    }
    if first.fill.is_some() || drawn().all(|path| closed(path, paths)) && first.stroke.is_none() {
        return Some(Look::Area(first.fill, first.stroke.clone()));
    }
    let strokes = drawn().filter_map(|path| path.stroke.as_ref());
    strokes.max_by(|a, b| a.width.total_cmp(&b.width)).map(|stroke| Look::Line(stroke.clone()))
}

fn closed(path: &Path, paths: &Paths) -> bool {
    path.subpaths.clone().all(|row| paths.get(row).1)
}

/// The look of a small thing that is drawn the same everywhere.
fn symbol(path: &Path, other: Option<&Path>, paths: &Paths) -> Option<Look> {
    let [left, top, width, height] = extent(path, paths)?;
    let alike = other
        .and_then(|other| extent(other, paths))
        .is_none_or(|[_, _, w, h]| (w - width).abs() < 0.01 && (h - height).abs() < 0.01);
    if width.max(height) > SYMBOL || !alike || path.fill.is_none() {
        return None;
    }
    let middle = [left + width / 2.0, top + height / 2.0];
    let shape = path.subpaths.clone().map(|row| {
        let (points, closed) = paths.get(row);
        (points.iter().map(|point| [point[0] - middle[0], point[1] - middle[1]]).collect(), closed)
    });
    Some(Look::Symbol(path.fill, path.stroke.clone(), shape.collect()))
}

/// Left, top, width and height of a path without its pen, mm.
fn extent(path: &Path, paths: &Paths) -> Option<[f64; 4]> {
    let mut span: Option<[f64; 4]> = None;
    for &[x, y] in path.subpaths.clone().flat_map(|row| paths.get(row).0) {
        let [a, b, c, d] = span.unwrap_or([x, y, x, y]);
        span = Some([a.min(x), b.min(y), c.max(x), d.max(y)]);
    }
    span.map(|[left, top, right, bottom]| [left, top, right - left, bottom - top])
}

/// Draws a sample that begins at a place and is centred about its height.
fn sample(panels: &mut PanelLayout, look: &Look, [x, y]: [f64; 2], size: f64) {
    let (wide, half) = (size * SAMPLE, size * CAPITALS * 0.75);
    match look {
        Look::Area(fill, stroke) => {
            let ring = vec![[x, y - half], [x + wide, y - half], [x + wide, y + half], [x, y + half]];
            panels.path(vec![(ring, true)], *fill, stroke.clone());
        }
        Look::Line(stroke) => {
            let stroke = Stroke { width: stroke.width.min(half * 2.0), ..stroke.clone() };
            panels.path(vec![(vec![[x, y], [x + wide, y]], false)], None, Some(stroke));
        }
        Look::Symbol(fill, stroke, shape) => {
            let at = |point: &[f64; 2]| [x + wide / 2.0 + point[0], y + point[1]];
            let placed = shape.iter().map(|(points, closed)| (points.iter().map(at).collect(), *closed));
            panels.path(placed.collect(), *fill, stroke.clone());
        }
    }
}
