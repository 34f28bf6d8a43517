//! Leaves of the schema, and how the values of some rows become theirs.

use super::fault::ours;
use crate::error::Result;
use crate::format::spatial::Item;
use crate::map::Value;
use crate::table::{Column, ColumnKind, Dialect, Table, wkb};
use crate::watch::{Stage, Watch};
use crate::wire::number::{quantise, real};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::file::writer::SerializedColumnWriter;

/// One column of the file.
pub struct Leaf<'t> {
    pub name: String,
    pub source: Source<'t>,
}

/// Where its values come from.
pub enum Source<'t> {
    /// A column of the table.
    Column(&'t Column),
    /// Keys of all tags, and their values.
    Keys,
    Values,
    /// A side of the box.
    Side(usize),
    /// The geometry as WKB.
    Geometry,
}

impl<'t> Leaf<'t> {
    /// The leaves of a table in their order. Tags are a map, or `json`.
    pub fn all(table: &'t Table, json: bool) -> Vec<Self> {
        let mut leaves: Vec<Self> = Vec::new();
        for column in &table.columns {
            let name = match column.name.as_ref() {
                // A tag may be called like what is added here.
                "bbox" => "bbox_",
                "geometry" => "geometry_",
                name => name,
            };
            if column.kind == ColumnKind::Json && !json {
                leaves.push(Self { name: name.to_owned(), source: Source::Keys });
                leaves.push(Self { name: name.to_owned(), source: Source::Values });
            } else {
                leaves.push(Self { name: name.to_owned(), source: Source::Column(column) });
            }
        }
        leaves.extend((0..4).map(|side| Self { name: "bbox".to_owned(), source: Source::Side(side) }));
        leaves.push(Self { name: "geometry".to_owned(), source: Source::Geometry });
        leaves
    }

    /// Writes the values of some rows.
    pub fn write(
        &self,
        writer: &mut SerializedColumnWriter,
        table: &Table,
        items: &[Item],
        digits: u32,
        watch: &mut Watch,
    ) -> Result<()> {
        let bytes = |value: &str| ByteArray::from(value.as_bytes().to_vec());
        match &self.source {
            Source::Keys | Source::Values => self.tags(writer, table, items),
            Source::Side(side) => each::<DoubleType>(writer, items, |item| {
                item.bounds.and_then(|bounds| bounds.get(*side).copied()).map(|value| real(value, digits))
            }),
            Source::Geometry => {
                // Its shapes are made here, which takes longest of all.
                for part in items.chunks(1000) {
                    watch.at(Stage::Write, 0, 0)?;
                    each::<ByteArrayType>(writer, part, |item| {
                        let shape = table.shape(item.row as usize, digits).filter(|shape| !shape.is_empty())?;
                        Some(ByteArray::from(wkb(&shape, digits, Dialect::Plain, false)))
                    })?;
                }
                Ok(())
            }
            Source::Column(column) => match column.kind {
                ColumnKind::Text | ColumnKind::Json => each::<ByteArrayType>(writer, items, |item| {
                    if let Value::Text(text) = column.cell(item.row as usize) { Some(bytes(text)) } else { None }
                }),
                ColumnKind::Int => each::<Int64Type>(writer, items, |item| {
                    if let Value::Int(whole) = column.cell(item.row as usize) { Some(whole) } else { None }
                }),
                ColumnKind::Number(digits) => each::<DoubleType>(writer, items, |item| {
                    let Value::Number(value) = column.cell(item.row as usize) else { return None };
                    Some(real(quantise(value, digits), digits))
                }),
                ColumnKind::Flag => each::<BoolType>(writer, items, |item| {
                    if let Value::Flag(flag) = column.cell(item.row as usize) { Some(flag) } else { None }
                }),
            },
        }
    }

    /// Keys or values of all tags: a list within each row, which may be empty.
    fn tags(&self, writer: &mut SerializedColumnWriter, table: &Table, items: &[Item]) -> Result<()> {
        let osm = &table.features.map.osm;
        let (mut values, mut filled, mut goes_on) = (Vec::new(), Vec::new(), Vec::new());
        for item in items {
            let tags = table.feature(item.row as usize).map_or(&[][..], |feature| osm.tags(feature.element));
            for (row, (key, value)) in tags.iter().enumerate() {
                let text = osm.strings.get(if matches!(self.source, Source::Keys) { *key } else { *value });
                values.push(ByteArray::from(text.as_bytes().to_vec()));
                filled.push(1);
                goes_on.push(i16::from(row > 0));
            }
            if tags.is_empty() {
                filled.push(0);
                goes_on.push(0);
            }
        }
        ours(writer.typed::<ByteArrayType>().write_batch(&values, Some(&filled), Some(&goes_on))).map(|_| ())
    }
}

/// Writes a value or none for every row.
fn each<T: DataType>(
    writer: &mut SerializedColumnWriter,
    items: &[Item],
    value: impl Fn(&Item) -> Option<T::T>,
) -> Result<()> {
    let found: Vec<Option<T::T>> = items.iter().map(value).collect();
    let filled: Vec<i16> = found.iter().map(|value| value.is_some().into()).collect();
    let values: Vec<T::T> = found.into_iter().flatten().collect();
    ours(writer.typed::<T>().write_batch(&values, Some(&filled), None)).map(|_| ())
}
