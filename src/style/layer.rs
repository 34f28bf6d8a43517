//! A style layer, compiled, and its properties at one zoom level.

use super::expr::{Expr, Subject, Value};
use super::property::{PROPERTIES, Prop};
use crate::color::Color;

/// How a layer draws.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayerKind {
    /// The ground under everything.
    Background,
    /// Filled areas.
    Fill,
    /// Lines, and edges of areas.
    Line,
    /// Dots.
    Circle,
    /// Labels.
    Symbol,
    /// Areas that have a height; drawn flat on a sheet.
    Extrusion,
}

/// How neighbouring style layers are ordered among each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// One after the other, as MapLibre does.
    Plain,
    /// Level by level, each with all of the layers: tunnels, ground, bridges.
    Levels,
    /// By area over all of the layers: the largest at the bottom.
    Area,
}

/// A style layer.
#[derive(Debug)]
pub struct Layer {
    /// Its id in the document.
    pub id: String,
    /// How it draws.
    pub kind: LayerKind,
    /// The layer of the map that it draws.
    pub source: String,
    /// From which zoom level on.
    pub min_zoom: f64,
    /// Below which zoom level.
    pub max_zoom: f64,
    /// Which features; none for all.
    pub filter: Option<Expr>,
    /// How it is drawn together with its neighbours.
    pub order: Order,
    /// Lines of one class and look become one path.
    pub merge: bool,
    /// The layer before whose names its icons take their places, if not with its own.
    pub signs: Option<String>,
    /// Text along the edges of areas stands within them.
    pub within: bool,
    /// How far within their common rim areas are filled, px.
    pub inset: f64,
    /// What its group is called, if not as the layer of the map.
    pub group: Option<String>,
    /// Properties it sets.
    pub properties: Vec<(Prop, Expr)>,
}

impl Layer {
    /// Whether it draws at a zoom level.
    pub fn visible(&self, zoom: f64) -> bool {
        zoom >= self.min_zoom && zoom < self.max_zoom
    }

    /// Begins `levels` zoom levels earlier. Where it ends stays for names and signs; lines and areas end earlier, too, as
    /// another layer goes on where they do.
    pub fn earlier(&mut self, levels: f64) {
        self.min_zoom -= levels;
        if !matches!(self.kind, LayerKind::Symbol | LayerKind::Circle) {
            self.max_zoom -= levels;
        }
    }

    /// Its properties at a zoom level: what does not depend on features is computed now.
    pub fn at(&self, zoom: f64) -> Bound<'_> {
        let slots = PROPERTIES
            .iter()
            .map(|(prop, _, _, default)| match self.properties.iter().find(|(set, _)| set == prop) {
                Some((_, expr)) if !expr.constant() => Slot::Open(expr),
                Some((_, expr)) => match expr.eval(&Nothing, zoom) {
                    Ok(value) if value != Value::Null => Slot::Fixed(value),
                    _ => Slot::Fixed(plain(default)),
                },
                None => Slot::Fixed(plain(default)),
            })
            .collect();
        Bound { layer: self, zoom, slots }
    }
}

fn plain(json: &str) -> Value<'static> {
    serde_json::from_str(json).map_or(Value::Null, |json| Value::of(&json))
}

/// What a constant is about: no feature.
pub struct Nothing;

impl Subject for Nothing {
    fn get(&self, _: super::expr::Key) -> Value<'_> {
        Value::Null
    }
    fn named(&self, _: &str) -> Value<'_> {
        Value::Null
    }
    fn all(&self) -> Value<'_> {
        Value::Null
    }
    fn id(&self) -> Value<'_> {
        Value::Null
    }
    fn geometry(&self) -> &'static str {
        "Unknown"
    }
}

enum Slot<'s> {
    Fixed(Value<'s>),
    Open(&'s Expr),
}

/// A layer at one zoom level.
pub struct Bound<'s> {
    /// The layer.
    pub layer: &'s Layer,
    zoom: f64,
    slots: Vec<Slot<'s>>,
}

impl Bound<'_> {
    /// Whether the layer draws a feature. A filter without an answer says no.
    pub fn takes(&self, subject: &dyn Subject) -> bool {
        let Some(filter) = &self.layer.filter else { return true };
        matches!(filter.eval(subject, self.zoom), Ok(Value::Bool(true)))
    }

    /// A property's value; its default where the expression has none.
    pub fn value<'v>(&'v self, prop: Prop, subject: &'v dyn Subject) -> Value<'v> {
        match self.slots.get(prop as usize) {
            Some(Slot::Fixed(value)) => value.borrowed(),
            Some(Slot::Open(expr)) => match expr.eval(subject, self.zoom) {
                Ok(value) if value != Value::Null => value,
                _ => PROPERTIES.get(prop as usize).map_or(Value::Null, |(.., default)| plain(default)),
            },
            None => Value::Null,
        }
    }

    /// The text that labels a feature, if there is one.
    pub fn text(&self, subject: &dyn Subject) -> Option<String> {
        let value = self.value(Prop::TextField, subject);
        let text = value.to_text();
        let text = match self.words(Prop::TextTransform, subject).first().map(String::as_str) {
            Some("uppercase") => text.to_uppercase(),
            Some("lowercase") => text.to_lowercase(),
            _ => text.into_owned(),
        };
        let text = text.trim().to_owned();
        (!text.is_empty()).then_some(text)
    }

    /// A number; 0 where the value is none.
    pub fn number(&self, prop: Prop, subject: &dyn Subject) -> f64 {
        self.value(prop, subject).number().filter(|number| number.is_finite()).unwrap_or(0.0)
    }

    /// A length in millimetres.
    pub fn length(&self, prop: Prop, subject: &dyn Subject) -> f64 {
        self.number(prop, subject) * PIXEL
    }

    /// A colour with the opacity that another property gives; none for what cannot be seen.
    pub fn color(&self, prop: Prop, opacity: Prop, subject: &dyn Subject) -> Option<Color> {
        let color = self.value(prop, subject).color()?;
        let byte = |share: f64| libm::round(share.clamp(0.0, 1.0) * 255.0) as u8;
        let a = byte(color.a * self.number(opacity, subject).clamp(0.0, 1.0));
        (a > 0).then(|| Color { r: byte(color.r), g: byte(color.g), b: byte(color.b), a })
    }

    /// The numbers of a list.
    pub fn numbers(&self, prop: Prop, subject: &dyn Subject) -> Vec<f64> {
        let value = self.value(prop, subject);
        value.list().unwrap_or_default().iter().filter_map(Value::number).collect()
    }

    /// The words of a list, or the one word.
    pub fn words(&self, prop: Prop, subject: &dyn Subject) -> Vec<String> {
        let value = self.value(prop, subject);
        match value.list() {
            Some(list) => list.iter().filter_map(Value::text).map(str::to_owned).collect(),
            None => value.text().map(str::to_owned).into_iter().collect(),
        }
    }
}

/// A CSS pixel in millimetres.
pub const PIXEL: f64 = 25.4 / 96.0;
