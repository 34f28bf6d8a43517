//! The street index: every named street in view with the squares of the map it lies in, beside the map.

use super::panel_layout::PanelLayout;
use crate::color::Color;
use crate::map::{Features, Geometry};
use crate::scene::Group;
use crate::scene::label::Anchor;
use crate::sheet::Sheet;
use harfrust::unicode::{Decomposed, decompose};
use std::collections::BTreeMap;

/// About how long the side of a square is, mm.
const SQUARE: f64 = 50.0;
/// Letters of the list, mm: the largest and the least.
const LETTERS: [f64; 2] = [2.4, 1.5];
/// Height of a row and least width of a column, in letter sizes.
const ROW: f64 = 1.4;
const COLUMN: f64 = 18.0;
/// Opacity and width of the lines between squares, mm.
const PEN: (u8, f64) = (90, 0.15);
/// What stands on the paper.
const INK: Color = Color { r: 0x33, g: 0x33, b: 0x33, a: 255 };

/// A column and a row of squares.
type Square = [usize; 2];

/// How the map is divided.
struct Squares {
    map: [f64; 4],
    count: Square,
}

impl Squares {
    fn new(map: [f64; 4]) -> Self {
        let count = |side: f64, most: f64| libm::round(side / SQUARE).clamp(2.0, most) as usize;
        Self { map, count: [count(map[2], 26.0), count(map[3], 99.0)] }
    }

    /// The square of a point on the map.
    fn at(&self, point: [f64; 2]) -> Option<Square> {
        let share = |axis: usize| (point[axis] - self.map[axis]) / self.map[axis + 2];
        let row = |axis: usize| {
            let place = libm::floor(share(axis) * self.count[axis] as f64);
            (place >= 0.0).then(|| (place as usize).min(self.count[axis] - 1)).filter(|_| share(axis) <= 1.0)
        };
        Some([row(0)?, row(1)?])
    }

    /// `B3`.
    fn name(&self, [column, row]: Square) -> String {
        format!("{}{}", char::from(b'A' + column.min(25) as u8), row + 1)
    }
}

/// Draws lines between the squares, under the labels, and their names along the upper and left edge.
fn rule(panels: &mut PanelLayout, squares: &Squares) -> Group {
    let [left, top, width, height] = squares.map;
    let [columns, rows] = squares.count;
    let color = Color { a: PEN.0, ..panels.ink };
    let mut group = Group { id: "squares".into(), label: "squares".into(), ..Group::default() };
    panels.panel("squares");
    for column in 0..columns {
        let at = |place: f64| left + width * place / columns as f64;
        if column > 0 {
            let x = at(column as f64);
            group.items.push(panels.line(vec![[x, top], [x, top + height]], color, PEN.1));
        }
        let letter = char::from(b'A' + column.min(25) as u8).to_string();
        panels.mark(&letter, [at(column as f64 + 0.5), top + panels.unit * 0.8], Anchor::Center);
    }
    for row in 0..rows {
        let at = |place: f64| top + height * place / rows as f64;
        if row > 0 {
            let y = at(row as f64);
            group.items.push(panels.line(vec![[left, y], [left + width, y]], color, PEN.1));
        }
        panels.mark(&(row + 1).to_string(), [left + panels.unit * 0.8, at(row as f64 + 0.5)], Anchor::Center);
    }
    group
}

/// What sorts a name: its letters without case and marks.
fn key(name: &str) -> String {
    let plain = |c: char| match decompose(c.into()) {
        Some(Decomposed::Pair(letter, _)) => char::from_u32(letter).unwrap_or(c),
        _ => c,
    };
    name.chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// Names of streets with the least and greatest column and row they touch, in the order of the alphabet.
fn streets(features: &Features, sheet: &Sheet, squares: &Squares) -> Vec<(String, [Square; 2])> {
    let mut found: BTreeMap<(String, String), [Square; 2]> = BTreeMap::new();
    for feature in &features.rows {
        if features.class(feature).layer != "roads" || feature.geometry == Geometry::Point {
            continue;
        }
        let Some(name) = features.name(feature) else { continue };
        for part in features.shapes.parts(&feature.parts) {
            let line: Vec<[f64; 2]> = features.shapes.points(part).iter().map(|&point| sheet.place(point)).collect();
            for [a, b] in line.array_windows() {
                // Steps of a quarter of a square miss none but those that are only touched.
                let steps = libm::ceil(libm::hypot(b[0] - a[0], b[1] - a[1]) / (SQUARE / 4.0)).max(1.0) as u32;
                for step in 0..=steps {
                    let share = f64::from(step) / f64::from(steps);
                    let point = [a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share];
                    let Some([column, row]) = squares.at(point) else { continue };
                    let span = found.entry((key(&name), name.to_string())).or_insert([[column, row]; 2]);
                    *span =
                        [[span[0][0].min(column), span[0][1].min(row)], [span[1][0].max(column), span[1][1].max(row)]];
                }
            }
        }
    }
    found.into_iter().map(|((_, name), span)| (name, span)).collect()
}

/// A line of the list: a letter that begins, or a street with its squares.
enum Line {
    Letter(String),
    Street(String, String),
}

/// Draws squares and list; gives the lines between the squares and how many streets have no room.
pub fn index(panels: &mut PanelLayout, features: &Features, sheet: &Sheet) -> (Group, u64) {
    let squares = Squares::new(sheet.map);
    let group = rule(panels, &squares);
    let Some([left, top, width, height]) = sheet.index else { return (group, 0) };
    let mut lines: Vec<Line> = Vec::new();
    let mut initial = None;
    for (name, [first, last]) in streets(features, sheet, &squares) {
        let letter = key(&name).chars().next().map(|c| c.to_uppercase().to_string());
        if letter != initial {
            lines.extend(letter.clone().map(Line::Letter));
            initial = letter;
        }
        let place = if first == last {
            squares.name(first)
        } else {
            format!("{}–{}", squares.name(first), squares.name(last))
        };
        lines.push(Line::Street(name, place));
    }
    let room = |size: f64| {
        let columns = libm::floor(width / (size * COLUMN)).max(1.0);
        [columns as usize, libm::floor(height / (size * ROW)) as usize]
    };
    let mut size = LETTERS[0];
    while size > LETTERS[1] && room(size).iter().product::<usize>() < lines.len() {
        size = (size - 0.1).max(LETTERS[1]);
    }
    let [columns, rows] = room(size);
    let rows = rows.max(1);
    let left_out = lines.iter().skip(columns * rows).filter(|line| matches!(line, Line::Street(..))).count();
    panels.panel("index");
    let ink = std::mem::replace(&mut panels.ink, INK);
    let column_width = width / columns as f64;
    let wide = column_width - size;
    for (row, line) in lines.iter().take(columns * rows).enumerate() {
        let x = left + (row / rows) as f64 * column_width;
        let y = top + ((row % rows) as f64 + 0.5) * size * ROW;
        match line {
            Line::Letter(letter) => panels.write(letter, size * 1.1, 700, [x, y], Anchor::Left),
            Line::Street(name, place) => {
                let room = wide - panels.width(place, size, 400) - size * 0.6;
                let name = shortened(panels, name, size, room);
                panels.write(&name, size, 400, [x, y], Anchor::Left);
                panels.write(place, size, 400, [x + wide, y], Anchor::Right);
            }
        }
    }
    panels.ink = ink;
    (group, left_out as u64)
}

/// A name that fits into `room`, mm, with an ellipsis where something had to go.
fn shortened(panels: &mut PanelLayout, name: &str, size: f64, room: f64) -> String {
    let mut text = name.to_owned();
    let mut letters: Vec<char> = name.chars().collect();
    while letters.len() > 1 && panels.width(&text, size, 400) > room {
        letters.pop();
        text = letters.iter().collect::<String>().trim_end().to_owned() + "…";
    }
    text
}
