//! Features as the style language asks about them.

use super::document::Style;
use super::expr::{FIELDS, Field, Key, Subject, Value};
use crate::map::{Feature, Features, Geometry, Role};
use crate::osm::{Element, StringId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What all features of a drawing share: which strings are the tags that matter, and how large they are on the sheet.
pub struct Table<'f> {
    /// The features.
    pub features: &'f Features<'f>,
    mm_per_unit: f64,
    /// String of each row of the style's keys.
    tags: Vec<Option<StringId>>,
    bridge: Option<StringId>,
    tunnel: Option<StringId>,
    covered: Option<StringId>,
    oneway: Option<StringId>,
    junction: Option<StringId>,
    /// Areas on the sheet of elements that a point marks in a further layer, mm².
    marks: BTreeMap<Element, f64>,
}

impl<'f> Table<'f> {
    /// For a style and a sheet with `mm_per_unit`.
    pub fn new(features: &'f Features<'f>, style: &Style, mm_per_unit: f64) -> Self {
        let strings = &features.map.osm.strings;
        let find = |key: &str| strings.find(key);
        let mut table = Self {
            features,
            mm_per_unit,
            tags: style.keys.list().iter().map(|key| find(key)).collect(),
            bridge: find("bridge"),
            tunnel: find("tunnel"),
            covered: find("covered"),
            oneway: find("oneway"),
            junction: find("junction"),
            marks: BTreeMap::new(),
        };
        let rows = || features.rows.iter().map(|feature| Row { table: &table, feature });
        let mut marks: BTreeMap<_, _> = rows().filter(Row::is_mark).map(|row| (row.feature.element, 0.0)).collect();
        for row in rows().filter(|row| row.feature.geometry == Geometry::Area) {
            if let Some(area) = marks.get_mut(&row.feature.element).filter(|area| **area == 0.0) {
                *area = row.area();
            }
        }
        table.marks = marks;
        table
    }

    /// A feature to ask about.
    pub fn row(&'f self, feature: &'f Feature) -> Row<'f> {
        Row { table: self, feature }
    }
}

/// One feature, and how to ask about it.
#[derive(Clone, Copy)]
pub struct Row<'f> {
    table: &'f Table<'f>,
    /// The feature.
    pub feature: &'f Feature,
}

impl<'f> Row<'f> {
    /// All the features it is one of.
    pub fn features(&self) -> &'f Features<'f> {
        self.table.features
    }

    fn tag(&self, key: Option<StringId>) -> Option<&'f str> {
        let key = key?;
        let osm = &self.table.features.map.osm;
        osm.tags(self.feature.element).iter().find(|(known, _)| *known == key).map(|(_, value)| osm.strings.get(*value))
    }

    /// Whether a tag is there and does not say no.
    fn says(&self, key: Option<StringId>) -> bool {
        self.tag(key).is_some_and(|value| value != "no")
    }

    /// Area (mm²) and length (mm) on the sheet.
    fn size(&self) -> (f64, f64) {
        let shapes = &self.table.features.shapes;
        let (mut area, mut length) = (0.0, 0.0);
        for part in shapes.parts(&self.feature.parts) {
            for pair in shapes.points(part).windows(2) {
                let &[[ax, ay], [bx, by]] = pair else { continue };
                length += libm::hypot(bx - ax, by - ay);
                if matches!(part.role, Role::Outer | Role::Inner) {
                    // Relative to the part's frame corner the products stay small and exact enough.
                    let [x0, y0, ..] = self.table.features.extent;
                    area += (ax - x0) * (by - y0) - (bx - x0) * (ay - y0);
                }
            }
        }
        let scale = self.table.mm_per_unit;
        (area.abs() / 2.0 * scale * scale, length * scale)
    }

    /// Whether it is the point that stands for an area in a further layer of its element.
    fn is_mark(&self) -> bool {
        self.feature.place > 0 && self.feature.geometry == Geometry::Point
    }

    /// Area on the sheet, mm².
    pub fn area(&self) -> f64 {
        self.size().0
    }

    fn field(&self, field: Field) -> Value<'f> {
        let features = self.table.features;
        let class = features.class(self.feature);
        let osm = &features.map.osm;
        match field {
            Field::Class => class.id.into(),
            Field::Type => osm.strings.get(self.feature.value).into(),
            Field::Name => features.name(self.feature).map_or(Value::Null, Value::Text),
            Field::Level => f64::from(self.feature.layer_z).into(),
            Field::OsmId => (osm.id(self.feature.element) as f64).into(),
            Field::OsmType => Value::Text(self.feature.element.kind.letter().to_string().into()),
            Field::Rank => f64::from(class.rank).into(),
            Field::Detail => f64::from(class.detail).into(),
            Field::Area => self
                .table
                .marks
                .get(&self.feature.element)
                .filter(|_| self.is_mark())
                .copied()
                .unwrap_or_else(|| self.area())
                .into(),
            Field::Length => self.size().1.into(),
            Field::Bridge => self.says(self.table.bridge).into(),
            Field::Tunnel => (self.says(self.table.tunnel) || self.tag(self.table.covered) == Some("yes")).into(),
            Field::Oneway => match self.tag(self.table.oneway) {
                Some("yes" | "1" | "true") => 1.0.into(),
                Some("-1" | "reverse") => (-1.0).into(),
                None if matches!(self.tag(self.table.junction), Some("roundabout" | "circular")) => 1.0.into(),
                _ => 0.0.into(),
            },
            Field::Link => osm.strings.get(self.feature.value).ends_with("_link").into(),
        }
    }
}

impl Subject for Row<'_> {
    fn get(&self, key: Key) -> Value<'_> {
        match key {
            Key::Field(field) => self.field(field),
            Key::Tag(row) => {
                let tag = self.table.tags.get(usize::from(row)).copied().flatten();
                self.tag(tag).map_or(Value::Null, Value::from)
            }
        }
    }

    fn named(&self, name: &str) -> Value<'_> {
        match FIELDS.iter().find(|(known, _)| *known == name) {
            Some((_, field)) => self.field(*field),
            None => self.table.features.tag(self.feature, name).map_or(Value::Null, Value::from),
        }
    }

    fn all(&self) -> Value<'_> {
        let osm = &self.table.features.map.osm;
        let tags = osm
            .tags(self.feature.element)
            .iter()
            .map(|(key, value)| (osm.strings.get(*key).to_owned(), Value::from(osm.strings.get(*value))));
        let fields = FIELDS.iter().map(|(name, field)| ((*name).to_owned(), self.field(*field)));
        Value::Map(Arc::new(tags.chain(fields).collect::<BTreeMap<_, _>>()))
    }

    fn id(&self) -> Value<'_> {
        self.field(Field::OsmId)
    }

    fn geometry(&self) -> &'static str {
        match self.feature.geometry {
            Geometry::Point => "Point",
            Geometry::Line => "LineString",
            Geometry::Area => "Polygon",
        }
    }
}
