//! Symbol layers → wishes for labels.

use super::area::{place, trace};
use super::icon::{self, Symbols, Wished};
use super::label::{Anchor, At, Look, Plate, Wish};
use super::line::REACH;
use super::several::Several;
use super::sides;
use crate::color::Color;
use crate::geo::center::visual_center;
use crate::geo::join::{Line, join};
use crate::geo::line::length;
use crate::map::{Feature, Features, Geometry, Role};
use crate::order;
use crate::osm::Element;
use crate::sheet::Sheet;
use crate::style::expr::Value;
use crate::style::feature_properties::Row;
use crate::style::{Bound, PIXEL, Prop};
use std::collections::BTreeMap;

/// Anchors by the words of styles.
const ANCHORS: &[(&str, Anchor)] = &[
    ("center", Anchor::Center),
    ("left", Anchor::Left),
    ("right", Anchor::Right),
    ("top", Anchor::Top),
    ("bottom", Anchor::Bottom),
    ("top-left", Anchor::TopLeft),
    ("top-right", Anchor::TopRight),
    ("bottom-left", Anchor::BottomLeft),
    ("bottom-right", Anchor::BottomRight),
];

/// Names of fonts that mean bold.
const BOLD: &[&str] = &["Bold", "Semibold", "SemiBold", "Black", "Heavy"];
/// Before everything of a level, by its sort key.
const BEFORE: i64 = i64::MIN / 2;
/// Distance between upright labels on a line, mm.
const UPRIGHT: f64 = 90.0;
/// Longest number of a road, characters: longer texts in `ref` are descriptions.
const NUMBER: usize = 10;
/// Smallest size of text, mm: a letter of it is a speck.
const SMALLEST: f64 = 0.1;
/// Labels of one layer with the same text are not repeated closer than this, in font sizes.
const APART: f64 = 12.0;

/// A wish, and the class of what wishes it.
pub struct Named {
    /// The wish.
    pub wish: Wish,
    /// The class.
    pub class: &'static str,
    /// What wishes it, where that stands in several layers.
    pub of: Option<Element>,
    /// Row of the icon that it stands beside, or of the one whose place it is.
    pub icon: Option<usize>,
}

/// What symbol layers wish for.
#[derive(Default)]
pub struct Wishes {
    /// Group and wish of every label.
    pub labels: Vec<(String, Named)>,
    /// Icons.
    pub icons: Vec<Wished>,
    /// Outlines of icons.
    pub symbols: Symbols,
}

/// Adds the wishes of one layer for the features it takes. `level` is its place in the order of priorities, 0 first, and
/// perhaps another one before which its icons take their places. Icons along lines are at most `most`; returns how many there would be beyond that.
pub fn wishes(
    bound: &Bound,
    rows: &[Row],
    features: &Features,
    sheet: &Sheet,
    (group, (level, signs), several): (&str, (u32, Option<u32>), &Several),
    most: usize,
    wishes: &mut Wishes,
) -> u64 {
    let mut beyond = 0;
    let mut found: Vec<Named> = Vec::new();
    // Lines of one text, to be joined; they look as the first of them, which is of the most important class.
    let mut streets: Vec<(Named, Vec<Line>)> = Vec::new();
    let mut known = BTreeMap::<String, usize>::new();
    for row in rows {
        let icons = match along(bound, row) {
            true => repeated(bound, row, features, sheet, most.saturating_sub(found.len()), &mut beyond),
            false => icon(bound, row, features, sheet, &mut wishes.symbols).into_iter().collect(),
        };
        let (class, of) = (features.class(row.feature).id, several.element(row.feature));
        let clear = icons.first().map_or(0.0, icon::Icon::half);
        let sort = bound.number(Prop::SymbolSortKey, row);
        let priority = (level, libm::round(sort * 1000.0) as i64);
        let element = row.feature.element;
        let source = (element.kind.letter(), features.map.osm.id(element));
        let first = (!icons.is_empty()).then_some(wishes.icons.len());
        for icon in icons {
            // Its place is asked for as that of a label without text, just before that of its name.
            let place = Some(wishes.icons.len());
            let priority = signs.map_or(priority, |level| (level, BEFORE + priority.1));
            found.push(Named { wish: Wish { priority, ..room(&icon) }, class, of, icon: place });
            wishes.icons.push(Wished { icon, group: group.to_owned(), source });
        }
        let Some(text) = bound.text(row) else { continue };
        let Some(look) = look(bound, row) else { continue };
        if along(bound, row) && bound.layer.within {
            let text = text.replace('\n', " ");
            for line in sides::courses(features, row.feature, sheet) {
                let at = along_line(bound, row, line, look.size);
                let wish = Wish { text: text.clone(), at, look: look.clone(), priority };
                found.push(Named { wish, class, of, icon: None });
            }
        } else if along(bound, row) {
            let lines = lines(features, row.feature, sheet);
            let upright = bound.words(Prop::TextRotationAlignment, row).iter().any(|word| word == "viewport");
            let Some(text) = (if upright { numbers(&text) } else { Some(text.replace('\n', " ")) }) else { continue };
            let slot = *known.entry(text.clone()).or_insert(streets.len());
            if slot == streets.len() {
                let at = match upright {
                    true => about_point(bound, row, [0.0; 2], look.size, 0.0),
                    false => along_line(bound, row, Vec::new(), look.size),
                };
                let look = if upright { shield(look) } else { look };
                streets
                    .push((Named { wish: Wish { text, at, look, priority }, class, of: None, icon: None }, Vec::new()));
            }
            if let Some((_, list)) = streets.get_mut(slot) {
                list.extend(lines);
            }
        } else if let Some(point) = anchor_point(features, row.feature, sheet) {
            let at = about_point(bound, row, point, look.size, clear);
            found.push(Named { wish: Wish { text, at, look, priority }, class, of, icon: first });
        }
    }
    for (named, lines) in streets {
        for line in join(lines, REACH) {
            found.extend(stands(&named, line));
        }
    }
    wishes.labels.extend(thinned(found).into_iter().map(|named| (group.to_owned(), named)));
    beyond
}

/// What an icon asks for: its place free, no text.
fn room(icon: &icon::Icon) -> Wish {
    let at = At::Point {
        point: icon.point,
        anchors: vec![Anchor::Center],
        offset: [0.0; 2],
        clearance: icon.half(),
        rotation: 0.0,
    };
    let look = Look {
        size: 1.0,
        weight: 400,
        italic: false,
        color: icon.color,
        halo: None,
        letter_spacing: 0.0,
        max_width: 0.0,
        line_height: 1.2,
        padding: 0.0,
        overlap: icon.overlap,
        plate: None,
    };
    Wish { text: String::new(), at, look, priority: (0, 0) }
}

/// Whether a layer places along lines.
fn along(bound: &Bound, row: &Row) -> bool {
    matches!(bound.words(Prop::SymbolPlacement, row).first().map(String::as_str), Some("line" | "line-center"))
}

/// The icon of a feature at its place; none along lines, see [`repeated`].
fn icon(bound: &Bound, row: &Row, features: &Features, sheet: &Sheet, symbols: &mut Symbols) -> Option<icon::Icon> {
    let icon = icon::look(bound, row).filter(|icon| !along(bound, row) && symbols.known(&icon.name))?;
    let [x, y] = anchor_point(features, row.feature, sheet)?;
    Some(icon::Icon { point: [x + icon.point[0], y + icon.point[1]], ..icon })
}

/// The icons of a feature along its lines, at most as many as there is room for; how many more there would be is counted.
fn repeated(
    bound: &Bound,
    row: &Row,
    features: &Features,
    sheet: &Sheet,
    room: usize,
    beyond: &mut u64,
) -> Vec<icon::Icon> {
    let mut found = Vec::new();
    let Some(icon) = icon::look(bound, row) else { return found };
    let spacing = bound.number(Prop::SymbolSpacing, row) * PIXEL;
    for line in lines(features, row.feature, sheet) {
        let count = icon::count(&icon, &line, spacing);
        if count as usize <= room.saturating_sub(found.len()) {
            found.extend(icon::along(&icon, &line, spacing));
        } else {
            *beyond += u64::from(count);
        }
    }
    found
}

/// The numbers of a road, one on each line; none for what is too long for a number.
fn numbers(text: &str) -> Option<String> {
    let numbers: Vec<&str> = text.split([';', '\n']).map(str::trim).filter(|number| !number.is_empty()).collect();
    let short = !numbers.is_empty() && numbers.iter().all(|number| number.chars().count() <= NUMBER);
    short.then(|| numbers.join("\n"))
}

/// Upright text on a line is the number of a road: what would be its halo becomes a plate.
fn shield(look: Look) -> Look {
    let plate = look.halo.map(|(fill, _)| Plate { fill, edge: look.color });
    Look { halo: None, plate, ..look }
}

/// The wishes of a joined line: text along it, or upright text at points of it.
fn stands(named: &Named, course: Line) -> Vec<Named> {
    let with = |at: At| Named { wish: Wish { at, ..named.wish.clone() }, class: named.class, of: None, icon: None };
    match &named.wish.at {
        At::Line { .. } => vec![with(named.wish.at.along(course))],
        At::Point { anchors, offset, clearance, rotation, .. } => {
            let length = length(&course);
            let count = libm::floor(length / UPRIGHT).max(1.0);
            let places = (0..count as u32).map(|row| point_on(&course, length * (f64::from(row) + 0.5) / count));
            let about = |point| At::Point {
                point,
                anchors: anchors.clone(),
                offset: *offset,
                clearance: *clearance,
                rotation: *rotation,
            };
            places.map(|point| with(about(point))).collect()
        }
    }
}

/// Takes out point labels that repeat one of the same text close by.
fn thinned(found: Vec<Named>) -> Vec<Named> {
    let mut seen = BTreeMap::<String, Vec<[f64; 2]>>::new();
    let mut kept = Vec::with_capacity(found.len());
    let mut order: Vec<(usize, Named)> = found.into_iter().enumerate().collect();
    order::sort_by_key(&mut order, |(row, named)| (named.wish.priority, *row));
    for (row, named) in order {
        if let At::Point { point, .. } = &named.wish.at
            && is_name(&named.wish.text)
        {
            let places = seen.entry(named.wish.text.clone()).or_default();
            let limit = named.wish.look.size * APART;
            if places.iter().any(|place| libm::hypot(place[0] - point[0], place[1] - point[1]) < limit) {
                continue;
            }
            places.push(*point);
        }
        kept.push((row, named));
    }
    order::sort_by_key(&mut kept, |(row, _)| *row);
    kept.into_iter().map(|(_, named)| named).collect()
}

/// Whether text is a name rather than a house number or a letter that stands for a kind of thing.
fn is_name(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic) && text.chars().nth(1).is_some()
}

fn look(bound: &Bound, row: &Row) -> Option<Look> {
    let size = bound.length(Prop::TextSize, row);
    let color = bound.color(Prop::TextColor, Prop::TextOpacity, row)?;
    if size < SMALLEST {
        return None;
    }
    let fonts = bound.words(Prop::TextFont, row).join(" ");
    let width = bound.length(Prop::TextHaloWidth, row);
    let halo = bound.color(Prop::TextHaloColor, Prop::TextOpacity, row).filter(|_| width > 0.0);
    let overlap = bound.words(Prop::TextOverlap, row).first().is_some_and(|word| word == "always")
        || bound.value(Prop::TextAllowOverlap, row) == Value::Bool(true);
    Some(Look {
        size,
        weight: if BOLD.iter().any(|word| fonts.contains(word)) { 700 } else { 400 },
        italic: fonts.contains("Italic") || fonts.contains("Oblique"),
        color,
        halo: halo.map(|color: Color| (color, width)),
        letter_spacing: bound.number(Prop::TextLetterSpacing, row) * size,
        max_width: bound.number(Prop::TextMaxWidth, row).max(0.0) * size,
        line_height: bound.number(Prop::TextLineHeight, row),
        padding: bound.length(Prop::TextPadding, row),
        overlap,
        plate: None,
    })
}

/// Text about a point that stays off a symbol reaching `clear` mm.
fn about_point(bound: &Bound, row: &Row, point: [f64; 2], size: f64, clear: f64) -> At {
    let variable = bound.words(Prop::TextVariableAnchor, row);
    let words = if variable.is_empty() { bound.words(Prop::TextAnchor, row) } else { variable };
    let named = |word: &String| ANCHORS.iter().find(|(name, _)| name == word).map(|(_, anchor)| *anchor);
    let mut anchors: Vec<Anchor> = words.iter().filter_map(named).collect();
    if anchors.is_empty() {
        anchors.push(Anchor::Center);
    }
    let radial = bound.number(Prop::TextRadialOffset, row) * size;
    let radial = if clear > 0.0 { radial.max(clear + 0.6) } else { radial };
    let offset = match bound.numbers(Prop::TextOffset, row).as_slice() {
        _ if radial > 0.0 => [radial, radial],
        &[x, y] => away(anchors.first().copied(), [x * size, y * size]),
        _ => [0.0, 0.0],
    };
    let rotation = bound.number(Prop::TextRotate, row);
    At::Point { point, anchors, offset, clearance: 0.0, rotation }
}

/// A shift to the right and down as one away from the point, for text that lies beside it.
fn away(anchor: Option<Anchor>, [x, y]: [f64; 2]) -> [f64; 2] {
    use Anchor::*;
    let left = matches!(anchor, Some(Right | TopRight | BottomRight));
    let up = matches!(anchor, Some(Bottom | BottomLeft | BottomRight));
    [if left { -x } else { x }, if up { -y } else { y }]
}

fn along_line(bound: &Bound, row: &Row, line: Line, size: f64) -> At {
    let once = bound.words(Prop::SymbolPlacement, row).first().is_some_and(|word| word == "line-center");
    let offset = bound.numbers(Prop::TextOffset, row).get(1).copied().unwrap_or(0.0) * size;
    let spacing = if once { 0.0 } else { bound.number(Prop::SymbolSpacing, row) * PIXEL };
    At::Line { line, spacing, offset, left: bound.layer.within, max_angle: bound.number(Prop::TextMaxAngle, row) }
}

/// The lines of a feature, and the outer rings of an area, on the sheet.
fn lines(features: &Features, feature: &Feature, sheet: &Sheet) -> Vec<Line> {
    let parts = features.shapes.parts(&feature.parts).iter();
    let parts = parts.filter(|part| matches!(part.role, Role::Line | Role::Outer));
    parts.map(|part| trace(sheet, &features.shapes.points(part))).filter(|line| line.len() >= 2).collect()
}

/// Where a feature's label belongs: the point, the middle of the longest line, the visual centre of the largest area.
pub fn anchor_point(features: &Features, feature: &Feature, sheet: &Sheet) -> Option<[f64; 2]> {
    let shapes = &features.shapes;
    let parts = shapes.parts(&feature.parts);
    match feature.geometry {
        Geometry::Point => parts.first().and_then(|part| shapes.points(part).first().map(|point| place(sheet, *point))),
        Geometry::Line => {
            let lines = lines(features, feature, sheet);
            let longest = lines.iter().max_by(|a, b| length(a).total_cmp(&length(b)))?;
            Some(point_on(longest, length(longest) / 2.0))
        }
        Geometry::Area => {
            let mut best: Option<([f64; 2], f64)> = None;
            for polygon in parts.chunk_by(|_, next| next.role == Role::Inner) {
                let rings: Vec<Vec<[f64; 2]>> =
                    polygon.iter().map(|part| shapes.points(part).iter().map(|p| sheet.place(*p)).collect()).collect();
                let rings: Vec<&[[f64; 2]]> = rings.iter().map(Vec::as_slice).collect();
                let found = visual_center(&rings, 0.3);
                if let Some((_, distance)) = found
                    && best.is_none_or(|(_, most)| distance > most)
                {
                    best = found;
                }
            }
            best.map(|(point, _)| point)
        }
    }
}

/// The point of a line at a distance from its beginning.
fn point_on(line: &[[f64; 2]], distance: f64) -> [f64; 2] {
    let mut left = distance;
    for pair in line.windows(2) {
        let &[a, b] = pair else { continue };
        let step = libm::hypot(b[0] - a[0], b[1] - a[1]);
        if step >= left && step > 0.0 {
            let t = left / step;
            return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t];
        }
        left -= step;
    }
    line.last().copied().unwrap_or_default()
}
