//! How a style draws whole classes, for products that draw no sheet: drawings in true size, models.

use super::expr::{FIELDS, Field, Key, Subject, Value};
use super::{Bound, LayerKind, Prop, Style};
use crate::color::Color;
use crate::map::Geometry;
use crate::map::classify::Class;

/// Zoom level a style is asked at: streets and houses.
const ZOOM: f64 = 17.0;

/// How a class looks.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Look {
    /// Its colour; none where the style does not draw it.
    pub color: Option<Color>,
    /// Dashes and gaps of its lines on the sheet, mm; empty for none.
    pub dashes: Vec<f64>,
}

/// A style, ready to be asked about classes.
pub struct Legend<'s> {
    layers: Vec<Bound<'s>>,
    /// Where in the style each of them stands.
    rows: Vec<usize>,
}

impl<'s> Legend<'s> {
    /// Of a style, for streets and houses.
    pub fn new(style: &'s Style) -> Self {
        Self::at(style, ZOOM)
    }

    /// Of a style at a zoom level.
    pub fn at(style: &'s Style, zoom: f64) -> Self {
        let mut legend = Self { layers: Vec::new(), rows: Vec::new() };
        for (row, layer) in style.layers.iter().enumerate().filter(|(_, layer)| layer.visible(zoom)) {
            legend.layers.push(layer.at(zoom));
            legend.rows.push(row);
        }
        legend
    }

    /// The layers that draw a layer of the map, and where in the style each stands.
    pub(super) fn of_source<'l>(&'l self, source: &'l str) -> impl Iterator<Item = (usize, &'l Bound<'s>)> {
        self.rows.iter().copied().zip(&self.layers).filter(move |(_, bound)| bound.layer.source == source)
    }

    /// The colour behind everything; none where the style has no background.
    pub fn background(&self) -> Option<Color> {
        let bound = self.layers.iter().rev().find(|bound| bound.layer.kind == LayerKind::Background)?;
        bound.color(Prop::BackgroundColor, Prop::BackgroundOpacity, &super::Nothing)
    }

    /// How plain features of a class look: those on the ground, neither bridge nor tunnel. What the style draws last
    /// counts, so a road has the colour of its filling and not of its edge; marks on an area do not.
    pub fn look(&self, class: &Class, geometry: Geometry) -> Look {
        let kinds: &[LayerKind] = match geometry {
            Geometry::Area => &[LayerKind::Fill, LayerKind::Extrusion, LayerKind::Line],
            Geometry::Line => &[LayerKind::Line],
            Geometry::Point => &[LayerKind::Circle, LayerKind::Symbol],
        };
        let example = Example { class, geometry, tagged: None, state: State::Plain };
        kinds.iter().find_map(|kind| self.of(*kind, &example)).unwrap_or_default()
    }

    fn of(&self, kind: LayerKind, example: &Example) -> Option<Look> {
        let (color, opacity) = match kind {
            LayerKind::Fill => (Prop::FillColor, Prop::FillOpacity),
            LayerKind::Extrusion => (Prop::FillExtrusionColor, Prop::FillExtrusionOpacity),
            LayerKind::Line => (Prop::LineColor, Prop::LineOpacity),
            LayerKind::Circle => (Prop::CircleColor, Prop::CircleOpacity),
            LayerKind::Symbol => (Prop::TextColor, Prop::TextOpacity),
            LayerKind::Background => return None,
        };
        let drawn = |bound: &&Bound| {
            let pattern = kind == LayerKind::Fill && !bound.value(Prop::FillPattern, example).to_text().is_empty();
            bound.layer.kind == kind && bound.layer.source == example.class.layer && !pattern && bound.takes(example)
        };
        self.layers.iter().rev().filter(drawn).find_map(|bound| {
            let color = bound.color(color, opacity, example)?;
            let width = bound.length(Prop::LineWidth, example);
            let dashes = match kind {
                LayerKind::Line => bound.numbers(Prop::LineDasharray, example),
                _ => Vec::new(),
            };
            Some(Look { color: Some(color), dashes: dashes.into_iter().map(|dash| dash * width).collect() })
        })
    }
}

/// A feature of which nothing is known but its class: large, named, on the ground.
pub(super) struct Example<'c> {
    pub(super) class: &'c Class,
    pub(super) geometry: Geometry,
    /// What all its tags say; nothing, where it has none.
    pub(super) tagged: Option<&'c str>,
    pub(super) state: State,
}

/// Whether features lie on the ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// On the ground.
    #[default]
    Plain,
    /// On a bridge.
    Bridge,
    /// In a tunnel.
    Tunnel,
}

impl Example<'_> {
    fn field(&self, field: Field) -> Value<'_> {
        match field {
            Field::Class | Field::Type | Field::Name => self.class.id.into(),
            Field::OsmType => "w".into(),
            Field::Rank => f64::from(self.class.rank).into(),
            Field::Detail => f64::from(self.class.detail).into(),
            Field::Area if self.geometry == Geometry::Area => 1e6.into(),
            Field::Length if self.geometry != Geometry::Point => 1e6.into(),
            Field::Area | Field::Length => 0.0.into(),
            Field::Bridge => (self.state == State::Bridge).into(),
            Field::Tunnel => (self.state == State::Tunnel).into(),
            Field::Link => false.into(),
            Field::Level => match self.state {
                State::Plain => 0.0,
                State::Bridge => 1.0,
                State::Tunnel => -1.0,
            }
            .into(),
            Field::OsmId | Field::Oneway => 0.0.into(),
        }
    }
}

impl Subject for Example<'_> {
    fn get(&self, key: Key) -> Value<'_> {
        match key {
            Key::Field(field) => self.field(field),
            Key::Tag(_) => self.tagged.map_or(Value::Null, Value::from),
        }
    }

    fn named(&self, name: &str) -> Value<'_> {
        FIELDS.iter().find(|(known, _)| *known == name).map_or(Value::Null, |(_, field)| self.field(*field))
    }

    fn all(&self) -> Value<'_> {
        Value::Null
    }

    fn id(&self) -> Value<'_> {
        Value::Null
    }

    fn geometry(&self) -> &'static str {
        match self.geometry {
            Geometry::Point => "Point",
            Geometry::Line => "LineString",
            Geometry::Area => "Polygon",
        }
    }
}
