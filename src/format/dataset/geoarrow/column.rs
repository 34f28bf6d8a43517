//! Columns of the schema, and how the values of some rows become theirs.

use super::ipc::{Batch, Field, Type};
use crate::error::{Error, Result};
use crate::format::spatial::Item;
use crate::map::Value;
use crate::table::{Column, ColumnKind, Dialect, Table, wkb};
use crate::watch::{Stage, Watch};
use crate::wire::number::{quantise, real};

/// One column of the file.
pub enum Leaf<'t> {
    /// A column of the table.
    Column(&'t Column),
    /// All tags as a map.
    Tags,
    /// The geometry as WKB.
    Geometry,
}

impl<'t> Leaf<'t> {
    /// The columns of a table in their order. Tags are a map, or `json`.
    pub fn all(table: &'t Table, json: bool) -> Vec<Self> {
        let leaf = |column: &'t Column| {
            if column.kind == ColumnKind::Json && !json { Self::Tags } else { Self::Column(column) }
        };
        table.columns.iter().map(leaf).chain([Self::Geometry]).collect()
    }

    /// Its place in the schema; `extension` describes the geometry.
    pub fn field(&self, extension: &str) -> Field {
        match self {
            Self::Column(column) => {
                let kind = match column.kind {
                    ColumnKind::Text | ColumnKind::Json => Type::Utf8,
                    ColumnKind::Int => Type::Int64,
                    ColumnKind::Number(_) => Type::Float64,
                    ColumnKind::Flag => Type::Bool,
                };
                // A tag may be called like the geometry.
                let name = if column.name == "geometry" { "geometry_" } else { column.name.as_ref() };
                Field::new(name, kind, true)
            }
            Self::Tags => {
                let mut pair = Field::new("entries", Type::Struct, false);
                pair.children = ["key", "value"].map(|name| Field::new(name, Type::Utf8, false)).into();
                let mut tags = Field::new("tags", Type::Map, false);
                tags.children = vec![pair];
                tags
            }
            Self::Geometry => {
                let mut geometry = Field::new("geometry", Type::Binary, true);
                geometry.metadata = vec![
                    ("ARROW:extension:name", "geoarrow.wkb".into()),
                    ("ARROW:extension:metadata", extension.to_owned()),
                ];
                geometry
            }
        }
    }

    /// Writes the values of some rows.
    ///
    /// # Errors
    /// [`Error::TooLarge`] where a batch has more than 2 GB of one column, [`Error::Cancelled`].
    pub fn write(
        &self,
        batch: &mut Batch,
        table: &Table,
        items: &[Item],
        digits: u32,
        watch: &mut Watch,
    ) -> Result<()> {
        match self {
            Self::Tags => tags(batch, table, items),
            Self::Geometry => {
                let mut ends = Ends::default();
                let mut bytes = Vec::new();
                for (row, item) in items.iter().enumerate() {
                    if row % 1000 == 0 {
                        watch.at(Stage::Write, 0, 0)?;
                    }
                    let shape = table.shape(item.row as usize, digits).filter(|_| item.bounds.is_some());
                    bytes.extend(shape.map(|shape| wkb(&shape, digits, Dialect::Plain, false)).unwrap_or_default());
                    ends.push(bytes.len())?;
                }
                batch.column(items.iter().map(|item| item.bounds.is_some()));
                ends.write(batch, &bytes);
                Ok(())
            }
            Self::Column(column) => {
                let cells = items.iter().map(|item| column.cell(item.row as usize));
                batch.column(cells.clone().map(|cell| cell != Value::None));
                match column.kind {
                    ColumnKind::Text | ColumnKind::Json => {
                        return texts(batch, cells.map(|cell| if let Value::Text(text) = cell { text } else { "" }));
                    }
                    ColumnKind::Flag => batch.bits(cells.map(|cell| cell == Value::Flag(true))),
                    ColumnKind::Int | ColumnKind::Number(_) => {
                        let number = |cell| match (cell, column.kind) {
                            (Value::Int(whole), _) => whole.to_le_bytes(),
                            (Value::Number(value), ColumnKind::Number(digits)) => {
                                real(quantise(value, digits), digits).to_le_bytes()
                            }
                            _ => [0; 8],
                        };
                        batch.buffer(&cells.flat_map(number).collect::<Vec<u8>>());
                    }
                }
                Ok(())
            }
        }
    }
}

/// All tags: where those of each row end, and keys and values of all.
fn tags(batch: &mut Batch, table: &Table, items: &[Item]) -> Result<()> {
    let osm = &table.features.map.osm;
    let of = |item: &Item| table.feature(item.row as usize).map_or(&[][..], |feature| osm.tags(feature.element));
    let mut ends = Ends::default();
    let mut count = 0;
    for item in items {
        count += of(item).len();
        ends.push(count)?;
    }
    batch.column(items.iter().map(|_| true));
    batch.buffer(&ends.0);
    batch.column((0..count).map(|_| true));
    let pairs = || items.iter().flat_map(of);
    batch.column((0..count).map(|_| true));
    texts(batch, pairs().map(|pair| osm.strings.get(pair.0)))?;
    batch.column((0..count).map(|_| true));
    texts(batch, pairs().map(|pair| osm.strings.get(pair.1)))
}

/// Appends buffers of texts.
fn texts<'t>(batch: &mut Batch, texts: impl Iterator<Item = &'t str>) -> Result<()> {
    let (mut ends, mut all) = (Ends::default(), String::new());
    for text in texts {
        all.push_str(text);
        ends.push(all.len())?;
    }
    ends.write(batch, all.as_bytes());
    Ok(())
}

/// Where values end, after where the first one begins.
struct Ends(Vec<u8>);

impl Default for Ends {
    fn default() -> Self {
        Self(vec![0; 4])
    }
}

impl Ends {
    fn push(&mut self, end: usize) -> Result<()> {
        let end = i32::try_from(end).map_err(|_| {
            Error::TooLarge("a batch of 2 GB does not fit into Arrow; ask for fewer rows in each".into())
        })?;
        self.0.extend_from_slice(&end.to_le_bytes());
        Ok(())
    }

    fn write(&self, batch: &mut Batch, bytes: &[u8]) {
        batch.buffer(&self.0);
        batch.buffer(bytes);
    }
}
