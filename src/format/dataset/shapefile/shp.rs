//! Geometry and its index: `.shp` and `.shx` (ESRI Shapefile Technical Description, July 1998).

use crate::error::Result;
use crate::sink::Sink;
use crate::table::Table;
use crate::table::shape::{Kind, Shape, union};
use crate::watch::{Stage, Watch};
use crate::wire::number::real;
use crate::wire::record::{Big, Little};

/// Kinds of shapes.
const NULL: i32 = 0;
const POINT: i32 = 1;
const POLYLINE: i32 = 3;
const POLYGON: i32 = 5;
const MULTIPOINT: i32 = 8;

/// Bytes before the first record.
const HEAD: u64 = 100;
/// Bytes before what a record holds.
const RECORD: u64 = 8;

/// A table whose shapes are measured: lengths stand before what they measure.
pub struct Measured {
    kind: i32,
    digits: u32,
    bounds: Option<[i64; 4]>,
    /// Bytes of what each record holds.
    lengths: Vec<u32>,
}

impl Measured {
    /// Looks at every shape.
    ///
    /// # Errors
    /// [`crate::error::Error::Cancelled`].
    pub fn new(table: &Table, watch: &mut Watch) -> Result<Self> {
        let digits = table.digits();
        let mut bounds: Option<[i64; 4]> = None;
        let kind = match table.kind() {
            Kind::LineString | Kind::MultiLineString => POLYLINE,
            Kind::Polygon | Kind::MultiPolygon => POLYGON,
            Kind::MultiPoint => MULTIPOINT,
            Kind::Point => POINT,
        };
        let mut lengths = Vec::with_capacity(table.rows.len());
        for row in 0..table.rows.len() {
            if row % 1000 == 0 {
                watch.at(Stage::Write, row as u64, 3 * table.rows.len() as u64)?;
            }
            let shape = table.shape(row, digits);
            bounds = union(bounds, shape.as_ref().and_then(Shape::bounds));
            lengths.push(shape.map_or(4, |shape| length(kind, &shape)));
        }
        Ok(Self { kind, digits, bounds, lengths })
    }

    /// Length of the geometry, bytes.
    pub fn length(&self) -> u64 {
        HEAD + self.lengths.iter().map(|length| RECORD + u64::from(*length)).sum::<u64>()
    }

    /// Writes the geometry.
    ///
    /// # Errors
    /// [`crate::error::Error::Cancelled`], those of the sink.
    pub fn write_shapes(&self, table: &Table, watch: &mut Watch, sink: &mut dyn Sink) -> Result<()> {
        let mut out = Little::after(self.head(self.length()));
        for (row, length) in self.lengths.iter().enumerate() {
            if row % 1000 == 0 {
                watch.at(Stage::Write, (table.rows.len() + row) as u64, 3 * table.rows.len() as u64)?;
            }
            let mut head = Big::new();
            head.u32(row as u32 + 1).u32(length / 2);
            out.put(head.as_ref());
            match table.shape(row, self.digits) {
                Some(shape) if !shape.is_empty() => self.shape(&mut out, &shape),
                _ => _ = out.i32(NULL),
            }
            out.spill(sink)?;
        }
        sink.put(out.as_ref())
    }

    /// Writes where each record begins, and its length, in words.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn write_index(&self, sink: &mut dyn Sink) -> Result<()> {
        let mut out = Big::after(self.head(HEAD + RECORD * self.lengths.len() as u64));
        let mut place = HEAD;
        for length in &self.lengths {
            out.u32((place / 2) as u32).u32(length / 2);
            place += RECORD + u64::from(*length);
            out.spill(sink)?;
        }
        sink.put(out.as_ref())
    }

    /// The head of both files; `length` is that of the file, bytes.
    fn head(&self, length: u64) -> Vec<u8> {
        let mut head = Big::new();
        head.i32(9994).put(&[0; 20]).u32((length / 2) as u32);
        let mut out = Little::after(head.finish());
        out.i32(1000).i32(self.kind);
        self.box_of(&mut out, self.bounds.unwrap_or_default());
        // No heights, no measures.
        out.put(&[0; 32]);
        out.finish()
    }

    fn box_of(&self, out: &mut Little, bounds: [i64; 4]) {
        bounds.iter().for_each(|side| _ = out.f64(real(*side, self.digits)));
    }

    fn shape(&self, out: &mut Little, shape: &Shape) {
        out.i32(self.kind);
        let point = |out: &mut Little, [x, y]: [i64; 2]| _ = out.f64(real(x, self.digits)).f64(real(y, self.digits));
        if let (POINT, Shape::Points(points)) = (self.kind, shape) {
            points.iter().take(1).for_each(|place| point(out, *place));
            return;
        }
        self.box_of(out, shape.bounds().unwrap_or_default());
        let traces = shape.traces();
        if self.kind != MULTIPOINT {
            out.u32(traces.len() as u32);
        }
        out.u32(traces.iter().map(|trace| trace.len()).sum::<usize>() as u32);
        if self.kind != MULTIPOINT {
            let mut start = 0;
            for trace in &traces {
                out.u32(start);
                start += trace.len() as u32;
            }
        }
        for trace in traces {
            // Here, outer rings run clockwise.
            match self.kind {
                POLYGON => trace.iter().rev().for_each(|place| point(out, *place)),
                _ => trace.iter().for_each(|place| point(out, *place)),
            }
        }
    }
}

/// Bytes of what the record of a shape holds.
fn length(kind: i32, shape: &Shape) -> u32 {
    let points: usize = shape.traces().iter().map(|trace| trace.len()).sum();
    let length = match kind {
        _ if shape.is_empty() => 4,
        POINT => 20,
        MULTIPOINT => 40 + 16 * points,
        _ => 44 + 4 * shape.traces().len() + 16 * points,
    };
    length as u32
}
