//! Geometry as well-known binary (OGC 06-103r4 §8), little endian, and what databases put around it: the SRID of PostGIS
//! (EWKB), the head of GeoPackage (OGC 12-128r18 §2.1.3), the frame of SpatiaLite (its BLOB-Geometry).

use super::shape::{Kind, Shape, Trace};
use crate::wire::number::real;
use crate::wire::record::Little;

/// Whose flavour of WKB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// As OGC and ISO have it: shapely, BigQuery, DuckDB, GeoParquet.
    Plain,
    /// With the SRID in the outermost geometry, as PostGIS has it.
    Extended(i32),
    /// As `geom` of a GeoPackage, with the id of its spatial reference system; the box stands in the head of all but points.
    GeoPackage(i32),
    /// As the geometry columns of SpatiaLite, with its SRID. It has no place for a geometry that is empty: no bytes.
    SpatiaLite(i32),
}

/// The flag of EWKB that says that an SRID follows.
const HAS_SRID: u32 = 0x2000_0000;
/// Little endian, as the first byte of a geometry and of SpatiaLite's second.
const LITTLE: u8 = 1;

/// A geometry with this many decimals. `multi` writes one of a kind as `MULTI…` too: columns of databases have one kind.
pub fn wkb(shape: &Shape, digits: u32, dialect: Dialect, multi: bool) -> Vec<u8> {
    let kind = if multi { shape.kind().multi() } else { shape.kind() };
    let mut writer = Writer { out: Little::new(), mark: LITTLE, scale: digits };
    let bounds = shape.bounds();
    match dialect {
        Dialect::Plain => writer.head(kind),
        Dialect::Extended(srid) => _ = writer.out.u8(LITTLE).u32(kind as u32 | HAS_SRID).i32(srid),
        Dialect::GeoPackage(srid) => {
            let boxed = bounds.filter(|_| kind != Kind::Point);
            let flags = 1 | u8::from(boxed.is_some()) << 1 | u8::from(bounds.is_none()) << 4;
            writer.out.put(b"GP").u8(0).u8(flags).i32(srid);
            if let Some([west, south, east, north]) = boxed {
                writer.reals([west, east, south, north]);
            }
            writer.head(kind);
        }
        Dialect::SpatiaLite(srid) => {
            let Some(bounds) = bounds else { return Vec::new() };
            writer.mark = 0x69;
            writer.out.u8(0).u8(LITTLE).i32(srid);
            writer.reals(bounds);
            writer.out.u8(0x7c).u32(kind as u32);
        }
    }
    writer.body(shape, kind);
    if let Dialect::SpatiaLite(_) = dialect {
        writer.out.u8(0xfe);
    }
    writer.out.finish()
}

struct Writer {
    out: Little,
    /// What a geometry within a collection begins with.
    mark: u8,
    scale: u32,
}

impl Writer {
    fn head(&mut self, kind: Kind) {
        self.out.u8(self.mark).u32(kind as u32);
    }

    fn body(&mut self, shape: &Shape, kind: Kind) {
        let several = kind == kind.multi();
        if several {
            self.out.u32(shape.len() as u32);
        }
        match shape {
            Shape::Points(points) => {
                for point in points {
                    self.each(several, Kind::Point);
                    self.reals(*point);
                }
                if points.is_empty() && !several {
                    // OGC 12-128r18 §2.1.3: a point that is empty has no numbers for coordinates.
                    self.out.f64(f64::NAN).f64(f64::NAN);
                }
            }
            Shape::Lines(lines) => {
                for line in lines {
                    self.each(several, Kind::LineString);
                    self.trace(line);
                }
                self.nothing(shape, several);
            }
            Shape::Areas(areas) => {
                for rings in areas {
                    self.each(several, Kind::Polygon);
                    self.out.u32(rings.len() as u32);
                    rings.iter().for_each(|ring| self.trace(ring));
                }
                self.nothing(shape, several);
            }
        }
    }

    /// Before a geometry within a collection.
    fn each(&mut self, several: bool, kind: Kind) {
        if several {
            self.head(kind);
        }
    }

    /// A line without points, an area without rings.
    fn nothing(&mut self, shape: &Shape, several: bool) {
        if shape.is_empty() && !several {
            self.out.u32(0);
        }
    }

    fn trace(&mut self, trace: &Trace) {
        self.out.u32(trace.len() as u32);
        trace.iter().for_each(|point| self.reals(*point));
    }

    fn reals<const N: usize>(&mut self, units: [i64; N]) {
        for value in units {
            self.out.f64(real(value, self.scale));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hex(shape: &Shape, dialect: Dialect, multi: bool) -> String {
        wkb(shape, 1, dialect, multi).iter().map(|byte| format!("{byte:02X}")).collect()
    }

    #[test]
    fn bytes_are_those_of_postgis() {
        let point = Shape::Points(vec![[15, -20]]);
        // SELECT ST_AsBinary('POINT(1.5 -2)'), ST_AsEWKB('SRID=4326;POINT(1.5 -2)')
        let body = "000000000000F83F00000000000000C0";
        assert_eq!(hex(&point, Dialect::Plain, false), format!("0101000000{body}"));
        assert_eq!(hex(&point, Dialect::Extended(4326), false), format!("0101000020E6100000{body}"));
        assert_eq!(hex(&point, Dialect::Plain, true), format!("0104000000010000000101000000{body}"));
        let line = Shape::Lines(vec![vec![[15, -20], [15, -20]]]);
        assert_eq!(hex(&line, Dialect::Plain, false), format!("010200000002000000{body}{body}"));
    }

    #[test]
    fn databases_have_their_frames() {
        let point = Shape::Points(vec![[15, -20]]);
        let body = "000000000000F83F00000000000000C0";
        assert_eq!(hex(&point, Dialect::GeoPackage(4326), false), format!("47500001E61000000101000000{body}"));
        let lite = hex(&point, Dialect::SpatiaLite(4326), false);
        assert_eq!(lite, format!("0001E6100000{body}{body}7C01000000{body}FE"));
        let many = Shape::Lines(vec![vec![[0, 0], [10, 20]]]);
        let head = hex(&many, Dialect::GeoPackage(0), false);
        // The box of GeoPackage has both x before both y.
        assert!(head.starts_with("4750000300000000"), "{head}");
        assert_eq!(
            head[16..80],
            ["0".repeat(16), "000000000000F03F".into(), "0".repeat(16), "0000000000000040".into()].concat()
        );
        assert!(hex(&many, Dialect::SpatiaLite(1), true).contains("7C05000000010000006902000000"));
    }

    #[test]
    fn nothing_is_said_too() {
        let none = [Shape::Points(vec![]), Shape::Lines(vec![]), Shape::Areas(vec![])];
        let plain: Vec<_> = none.iter().map(|shape| hex(shape, Dialect::Plain, false)).collect();
        let nan = "000000000000F87F";
        assert_eq!(plain, [format!("0101000000{nan}{nan}"), "010200000000000000".into(), "010300000000000000".into()]);
        assert_eq!(hex(&none[2], Dialect::Plain, true), "010600000000000000");
        assert!(hex(&none[1], Dialect::GeoPackage(0), true).starts_with("4750001100000000"));
        assert!(none.iter().all(|shape| hex(shape, Dialect::SpatiaLite(0), true).is_empty()));
    }
}
