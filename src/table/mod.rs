//! **Table**: features as rows, fields as typed columns; for spreadsheets, databases and every format with a schema.

mod about;
mod filled;
mod list;
mod place;
mod promote;
pub mod shape;
mod wkb;
mod wkt;

pub use about::about;
pub use filled::Filled;
pub use list::{Split, list};
pub use place::place;
pub use wkb::{Dialect, wkb};
pub use wkt::wkt;

use crate::map::{Feature, Features, Geometry, Value};
use std::borrow::Cow;

/// Features of one layer and kind of geometry, or of all.
pub struct Table<'f, 'm> {
    /// `roads_line`, `water_area`, `pois_point`; `features` for all.
    pub name: String,
    /// Where the geometry of the rows is.
    pub features: &'f Features<'m>,
    /// What the geometry of every row is; none for any.
    pub geometry: Option<Geometry>,
    /// Rows of `features.rows`.
    pub rows: Vec<u32>,
    /// Columns, each with a value for every row.
    pub columns: Vec<Column>,
}

impl<'f> Table<'f, '_> {
    /// The feature of a row.
    pub fn feature(&self, row: usize) -> Option<&'f Feature> {
        self.features.rows.get(*self.rows.get(row)? as usize)
    }

    /// What the geometry of all rows is: lines and areas may have several parts.
    pub fn kind(&self) -> shape::Kind {
        let several = |row: usize| self.feature(row).is_some_and(|feature| feature.parts.len() > 1);
        match self.geometry {
            Some(Geometry::Line) => shape::Kind::MultiLineString,
            Some(Geometry::Area) => shape::Kind::MultiPolygon,
            _ if (0..self.rows.len()).any(several) => shape::Kind::MultiPoint,
            _ => shape::Kind::Point,
        }
    }

    /// Decimals of coordinates that lose nothing of what the map has.
    pub fn digits(&self) -> u32 {
        if self.features.crs.geographic { 7 } else { 3 }
    }

    /// The geometry of a row with this many decimals.
    pub fn shape(&self, row: usize, digits: u32) -> Option<shape::Shape> {
        self.feature(row).map(|feature| shape::Shape::of(self.features, feature, digits))
    }

    /// The geometry of a row as well-known text.
    pub fn wkt(&self, row: usize, digits: u32) -> String {
        self.shape(row, digits).map(|shape| wkt::wkt(&shape, digits)).unwrap_or_default()
    }
}

/// What the values of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text.
    Text,
    /// JSON as text.
    Json,
    /// A whole number.
    Int,
    /// A number with this many decimals.
    Number(u32),
    /// True or false.
    Flag,
}

/// A column: its values are in one piece, one for every row.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its name; that of a field is at most ten characters long, that of a tag is its key.
    pub name: Cow<'static, str>,
    /// What its values are.
    pub kind: ColumnKind,
    values: Values,
}

#[derive(Debug, Clone)]
enum Values {
    /// Text one after the other, and where each ends; an empty one is none.
    Text(String, Vec<usize>),
    Int(Vec<Option<i64>>),
    Number(Vec<Option<f64>>),
    Flag(Vec<Option<bool>>),
}

impl Column {
    /// A column without rows.
    pub fn new(name: impl Into<Cow<'static, str>>, kind: ColumnKind) -> Self {
        let values = match kind {
            ColumnKind::Text | ColumnKind::Json => Values::Text(String::new(), Vec::new()),
            ColumnKind::Int => Values::Int(Vec::new()),
            ColumnKind::Number(_) => Values::Number(Vec::new()),
            ColumnKind::Flag => Values::Flag(Vec::new()),
        };
        Self { name: name.into(), kind, values }
    }

    /// Adds a value; one of another kind counts as none.
    pub fn push(&mut self, value: Value) {
        match &mut self.values {
            Values::Text(text, ends) => {
                if let Value::Text(more) = value {
                    text.push_str(more);
                }
                ends.push(text.len());
            }
            Values::Int(list) => list.push(if let Value::Int(whole) = value { Some(whole) } else { None }),
            Values::Number(list) => list.push(if let Value::Number(real) = value { Some(real) } else { None }),
            Values::Flag(list) => list.push(if let Value::Flag(flag) = value { Some(flag) } else { None }),
        }
    }

    /// Gives rows that have no value until there are so many.
    pub fn pad(&mut self, rows: usize) {
        match &mut self.values {
            Values::Text(text, ends) => ends.resize(rows.max(ends.len()), text.len()),
            Values::Int(list) => list.resize(rows.max(list.len()), None),
            Values::Number(list) => list.resize(rows.max(list.len()), None),
            Values::Flag(list) => list.resize(rows.max(list.len()), None),
        }
    }

    /// Calls for every row that has a value.
    pub fn each_filled(&self, each: impl FnMut(usize)) {
        fn some<T>(list: &[Option<T>]) -> impl Iterator<Item = usize> {
            list.iter().enumerate().filter(|(_, value)| value.is_some()).map(|(row, _)| row)
        }
        match &self.values {
            Values::Text(_, ends) => {
                let starts = std::iter::once(&0).chain(ends);
                let filled = starts.zip(ends).enumerate().filter(|(_, (start, end))| start < end);
                filled.map(|(row, _)| row).for_each(each);
            }
            Values::Int(list) => some(list).for_each(each),
            Values::Number(list) => some(list).for_each(each),
            Values::Flag(list) => some(list).for_each(each),
        }
    }

    /// The value of a row.
    pub fn cell(&self, row: usize) -> Value<'_> {
        match &self.values {
            Values::Text(text, ends) => {
                let start = row.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
                let found = ends.get(row).and_then(|&end| text.get(start..end)).unwrap_or_default();
                if found.is_empty() { Value::None } else { Value::Text(found) }
            }
            Values::Int(list) => list.get(row).copied().flatten().map_or(Value::None, Value::Int),
            Values::Number(list) => list.get(row).copied().flatten().map_or(Value::None, Value::Number),
            Values::Flag(list) => list.get(row).copied().flatten().map_or(Value::None, Value::Flag),
        }
    }

    /// True where no row has a value.
    pub fn is_empty(&self) -> bool {
        match &self.values {
            Values::Text(text, _) => text.is_empty(),
            Values::Int(list) => list.iter().all(Option::is_none),
            Values::Number(list) => list.iter().all(Option::is_none),
            Values::Flag(list) => list.iter().all(Option::is_none),
        }
    }

    /// The longest text, in bytes; 0 in columns of other kinds. For formats whose fields have a width.
    pub fn widest(&self) -> usize {
        let Values::Text(_, ends) = &self.values else { return 0 };
        let starts = std::iter::once(&0).chain(ends);
        starts.zip(ends).map(|(start, end)| end - start).max().unwrap_or(0)
    }
}
