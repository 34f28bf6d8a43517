//! One feature: geometry in flat lists of numbers, and the values of its columns.

use crate::error::Result;
use crate::map;
use crate::table::shape::{Kind, Shape, Trace};
use crate::table::{Column, ColumnKind};
use crate::wire::flatbuffers::{Table, Value, sized};
use crate::wire::number::{quantise, real};
use crate::wire::record::Little;

/// A feature with its length before it; `kind` is that of the layer, where it has one.
pub fn feature(
    shape: &Shape,
    kind: Option<Kind>,
    digits: u32,
    columns: &[Column],
    filled: &[u16],
    row: usize,
) -> Result<Vec<u8>> {
    let kind = kind.unwrap_or(shape.kind());
    let properties = properties(columns, filled, row)?;
    let with =
        |geometry: Table| sized(&Table::default().with(0, Value::Table(geometry)).with(1, Value::Bytes(&properties)));
    match shape {
        Shape::Areas(areas) if kind == Kind::MultiPolygon => {
            let parts: Vec<Flat> =
                areas.iter().map(|rings| Flat::new(rings.iter().map(Vec::as_slice), digits)).collect();
            let parts = parts.iter().map(|part| part.table(Kind::Polygon)).collect();
            with(Table::default().with(TYPE, Value::U8(kind as u8)).with(PARTS, Value::Tables(parts)))
        }
        Shape::Areas(areas) => with(Flat::new(areas.iter().flatten().map(Trace::as_slice), digits).table(kind)),
        Shape::Lines(lines) => with(Flat::new(lines.iter().map(Trace::as_slice), digits).table(kind)),
        Shape::Points(points) => with(Flat::new([points.as_slice()], digits).table(kind)),
    }
}

/// Rows of the table Geometry in feature.fbs.
const ENDS: u16 = 0;
const XY: u16 = 1;
const TYPE: u16 = 6;
const PARTS: u16 = 7;

/// Lines or rings one after the other.
struct Flat {
    places: Vec<f64>,
    /// Where each ends, in places.
    ends: Vec<u32>,
}

impl Flat {
    fn new<'t>(traces: impl IntoIterator<Item = &'t [[i64; 2]]>, digits: u32) -> Self {
        let mut flat = Self { places: Vec::new(), ends: Vec::new() };
        for trace in traces {
            flat.places.extend(trace.iter().flatten().map(|value| real(*value, digits)));
            flat.ends.push((flat.places.len() / 2) as u32);
        }
        flat
    }

    fn table(&self, kind: Kind) -> Table<'_> {
        // A single one ends with the list.
        let ends = (self.ends.len() > 1 || kind == Kind::MultiLineString).then_some(Value::Words(&self.ends));
        Table::default().maybe(ENDS, ends).with(XY, Value::Reals(&self.places)).with(TYPE, Value::U8(kind as u8))
    }
}

/// Values that are there, each behind the number of its column.
fn properties(columns: &[Column], filled: &[u16], row: usize) -> Result<Vec<u8>> {
    let mut out = Little::new();
    for number in filled {
        let Some(column) = columns.get(usize::from(*number)) else { continue };
        let value = column.cell(row);
        out.u16(*number);
        match (value, column.kind) {
            (map::Value::Text(text), _) => _ = out.block32(|out| Ok(_ = out.put(text.as_bytes())))?,
            (map::Value::Int(whole), _) => _ = out.i64(whole),
            (map::Value::Number(value), ColumnKind::Number(digits)) => {
                _ = out.f64(real(quantise(value, digits), digits))
            }
            (map::Value::Number(value), _) => _ = out.f64(value),
            (map::Value::Flag(flag), _) => _ = out.u8(flag.into()),
            (map::Value::None, _) => {}
        }
    }
    Ok(out.finish())
}
