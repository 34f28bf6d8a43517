//! Classes as symbols of a geographic information system: fills, lines, dots and labels of a size on paper.

use super::expr::{Subject, Value};
use super::legend::{Example, Legend, State};
use super::{Bound, LayerKind, PIXEL, Prop};
use crate::color::Color;
use crate::map::Geometry;
use crate::map::classify::Class;

/// How features of a class are drawn; nothing at all where the style leaves them out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Symbol {
    /// What fills areas.
    pub fill: Option<Color>,
    /// Lines and edges of areas, the lowest first: a road has its edge, then its filling.
    pub strokes: Vec<Stroke>,
    /// The mark of a point.
    pub dot: Option<Dot>,
    /// The symbol of a point, by its name; programs that have none draw the dot.
    pub icon: Option<Icon>,
    /// What areas are hatched with; programs that have no patterns draw nothing of it.
    pub hatch: Option<Hatching>,
    /// Its name.
    pub label: Option<Label>,
    /// Where in the style it is drawn first; lower ones lie below.
    pub row: usize,
}

/// A drawn line.
#[derive(Debug, Clone, PartialEq)]
pub struct Stroke {
    /// Its colour.
    pub color: Color,
    /// Its width, mm.
    pub width: f64,
    /// Dashes and gaps, mm; empty for none.
    pub dashes: Vec<f64>,
}

/// A round mark.
#[derive(Debug, Clone, PartialEq)]
pub struct Dot {
    /// What fills it.
    pub color: Color,
    /// Its diameter, mm.
    pub size: f64,
    /// Its edge.
    pub edge: Option<Stroke>,
}

/// A pattern on an area.
#[derive(Debug, Clone, PartialEq)]
pub struct Hatching {
    /// Its name.
    pub name: String,
    /// Its colour.
    pub color: Color,
    /// Where in the style it is drawn.
    pub row: usize,
}

/// A symbol of `assets/symbols`.
#[derive(Debug, Clone, PartialEq)]
pub struct Icon {
    /// Its name.
    pub name: String,
    /// Millimetres to a pixel of its grid.
    pub scale: f64,
    /// Where in the style it is drawn; the last has the first choice of room.
    pub row: usize,
    /// Its key within that row; the least has the first choice.
    pub sort: f64,
}

/// A text beside, in or along a feature.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The field that it shows.
    pub field: &'static str,
    /// Height of the font, mm.
    pub size: f64,
    /// Its colour.
    pub color: Color,
    /// Colour around the letters, and its width in mm.
    pub halo: Option<(Color, f64)>,
    /// Where in the style it is drawn; the last has the first choice of room.
    pub row: usize,
    /// Its key within that row; the least has the first choice.
    pub sort: f64,
    /// Whether it runs along lines.
    pub along: bool,
    /// Whether its letters are bold.
    pub bold: bool,
    /// Whether its letters are italic.
    pub italic: bool,
}

impl Symbol {
    /// Whether nothing of it can be seen.
    pub fn is_empty(&self) -> bool {
        !self.is_drawn() && self.label.is_none()
    }

    /// Whether something of it is drawn besides its label.
    pub fn is_drawn(&self) -> bool {
        self.fill.is_some() || !self.strokes.is_empty() || self.dot.is_some()
    }

    /// The one colour of those who have no more: of the area, of the uppermost line, of the mark.
    pub fn color(&self) -> Option<Color> {
        let top = self.strokes.last().map(|stroke| stroke.color);
        self.fill.or(top).or(self.dot.as_ref().map(|dot| dot.color)).or(self.label.as_ref().map(|label| label.color))
    }
}

/// The mark of a point that a style gives an icon, which is none of a symbol's parts: a dot of this share of its size.
const ICON: f64 = 0.5;
/// Size of an icon in CSS pixels (`assets/symbols`).
const ICON_PIXELS: f64 = 15.0;

/// How a feature is marked and lettered.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Marked {
    /// The mark of a point.
    pub dot: Option<Dot>,
    /// Its symbol.
    pub icon: Option<Icon>,
    /// Its texts, and how they look.
    pub texts: Vec<(String, Label)>,
}

impl Legend<'_> {
    /// The mark, the symbol and the texts of one feature of a layer.
    #[cfg(feature = "plan")]
    pub fn marked(&self, source: &str, subject: &dyn Subject) -> Marked {
        let mut marked = Marked::default();
        let point = subject.geometry() == "Point";
        for (row, bound) in self.of_source(source) {
            match bound.layer.kind {
                LayerKind::Circle if point && bound.takes(subject) => {
                    set(&mut marked.dot, dot(bound, subject));
                }
                LayerKind::Symbol if bound.takes(subject) => {
                    marked.icon = marked.icon.take().or_else(|| named(bound, subject, row));
                    let text = bound.text(subject);
                    marked.texts.extend(text.and_then(|text| Some((text, label(bound, subject, "name", row)?))));
                }
                _ => {}
            }
        }
        marked
    }

    /// How features of a class are drawn that are large and named.
    pub fn symbol(&self, class: &Class, geometry: Geometry, state: State) -> Symbol {
        let example = Example { class, geometry, tagged: None, state };
        let tagged = Example { class, geometry, tagged: Some(class.id), state };
        let mut symbol = Symbol::default();
        let mut first = None;
        for (row, bound) in self.of_source(class.layer) {
            let numbered = class.layer == NUMBERS && bound.layer.kind == LayerKind::Symbol;
            let subject = if numbered { &tagged } else { &example };
            if bound.takes(subject) && symbol.add(bound, subject, row) {
                first.get_or_insert(row);
            }
        }
        symbol.row = first.unwrap_or(usize::MAX);
        symbol
    }
}

/// The layer whose features are labelled by their number.
const NUMBERS: &str = "addresses";

impl Symbol {
    /// Adds what a layer of a style draws; whether it draws something.
    fn add(&mut self, bound: &Bound, subject: &Example, row: usize) -> bool {
        match bound.layer.kind {
            LayerKind::Background => false,
            // It lies on the area's fill, and is nothing that symbols of other programs have.
            LayerKind::Fill if !bound.value(Prop::FillPattern, subject).to_text().is_empty() => {
                if subject.geometry == Geometry::Area {
                    let name = bound.value(Prop::FillPattern, subject).to_text().into_owned();
                    let color = bound.color(Prop::FillColor, Prop::FillOpacity, subject);
                    self.hatch = color.map(|color| Hatching { name, color, row }).or_else(|| self.hatch.take());
                }
                false
            }
            LayerKind::Fill if subject.geometry == Geometry::Area => {
                let fill = bound.color(Prop::FillColor, Prop::FillOpacity, subject);
                let edge = bound.color(Prop::FillOutlineColor, Prop::FillOpacity, subject);
                self.strokes.extend(edge.map(|color| Stroke { color, width: PIXEL, dashes: Vec::new() }));
                set(&mut self.fill, fill)
            }
            LayerKind::Extrusion if subject.geometry == Geometry::Area => {
                set(&mut self.fill, bound.color(Prop::FillExtrusionColor, Prop::FillExtrusionOpacity, subject))
            }
            LayerKind::Line if subject.geometry != Geometry::Point => {
                let stroke = stroke(bound, subject);
                let drawn = stroke.is_some();
                self.strokes.extend(stroke);
                drawn
            }
            LayerKind::Circle if subject.geometry == Geometry::Point => set(&mut self.dot, dot(bound, subject)),
            LayerKind::Symbol => {
                // What is tagged with everything is labelled by its number, all else by its name or not at all.
                let field = if subject.tagged.is_some() { "number" } else { "name" };
                let mark = if subject.geometry == Geometry::Point { icon(bound, subject) } else { None };
                let marked = self.dot.is_none() && set(&mut self.dot, mark);
                self.icon = self.icon.take().or_else(|| named(bound, subject, row));
                set(&mut self.label, label(bound, subject, field, row)) || marked
            }
            LayerKind::Fill | LayerKind::Extrusion | LayerKind::Line | LayerKind::Circle => false,
        }
    }
}

/// Puts something in a place, if there is something.
fn set<T>(place: &mut Option<T>, new: Option<T>) -> bool {
    let some = new.is_some();
    if some {
        *place = new;
    }
    some
}

fn stroke(bound: &Bound, subject: &Example) -> Option<Stroke> {
    let color = bound.color(Prop::LineColor, Prop::LineOpacity, subject)?;
    let width = bound.length(Prop::LineWidth, subject);
    let dashes = bound.numbers(Prop::LineDasharray, subject).into_iter().map(|dash| dash * width).collect();
    (width > 0.0).then_some(Stroke { color, width, dashes })
}

fn dot(bound: &Bound, subject: &dyn Subject) -> Option<Dot> {
    let color = bound.color(Prop::CircleColor, Prop::CircleOpacity, subject)?;
    let edge = bound.color(Prop::CircleStrokeColor, Prop::CircleStrokeOpacity, subject);
    let width = bound.length(Prop::CircleStrokeWidth, subject);
    let edge = edge.filter(|_| width > 0.0).map(|color| Stroke { color, width, dashes: Vec::new() });
    Some(Dot { color, size: 2.0 * bound.length(Prop::CircleRadius, subject), edge })
}

/// The icon of a point.
fn named(bound: &Bound, subject: &dyn Subject, row: usize) -> Option<Icon> {
    let name = bound.value(Prop::IconImage, subject).to_text().into_owned();
    let scale = bound.length(Prop::IconSize, subject);
    (subject.geometry() == "Point" && !name.is_empty() && scale > 0.0).then(|| Icon {
        name,
        scale,
        row,
        sort: bound.number(Prop::SymbolSortKey, subject),
    })
}

/// A dot in the place of an icon.
fn icon(bound: &Bound, subject: &Example) -> Option<Dot> {
    if bound.value(Prop::IconImage, subject).to_text().is_empty() {
        return None;
    }
    let color = bound.color(Prop::IconColor, Prop::IconOpacity, subject)?;
    let size = bound.length(Prop::IconSize, subject) * ICON_PIXELS * ICON;
    Some(Dot { color, size, edge: None })
}

fn label(bound: &Bound, subject: &dyn Subject, field: &'static str, row: usize) -> Option<Label> {
    bound.text(subject)?;
    let color = bound.color(Prop::TextColor, Prop::TextOpacity, subject)?;
    let width = bound.length(Prop::TextHaloWidth, subject);
    let halo = match bound.value(Prop::TextHaloColor, subject).color() {
        Some(_) if width > 0.0 => bound.color(Prop::TextHaloColor, Prop::TextOpacity, subject),
        _ => None,
    };
    let along = matches!(bound.value(Prop::SymbolPlacement, subject), Value::Text(ref word) if word.as_ref() == "line");
    let fonts = bound.words(Prop::TextFont, subject);
    let font = |word: &str| fonts.first().is_some_and(|font| font.contains(word));
    Some(Label {
        field,
        size: bound.length(Prop::TextSize, subject),
        color,
        halo: halo.map(|color| (color, width)),
        row,
        sort: bound.number(Prop::SymbolSortKey, subject),
        along,
        bold: font("Bold"),
        italic: font("Italic"),
    })
}
