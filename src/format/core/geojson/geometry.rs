//! Geometry on a grid of decimals, cut at the antimeridian.

use super::writer::Writer;
use crate::geo::antimeridian;
use crate::geo::crs::DEGREE;
use crate::geo::ring::{Path, Point};
use crate::map::{Feature, Geometry, Part, Role, Traces};
use crate::wire::number;

impl Writer<'_, '_> {
    /// The geometry; `null` where nothing is left at this number of decimals (RFC 7946 §3.2: unlocated).
    pub(super) fn geometry(&mut self, feature: &Feature) {
        let whole = &self.features.shapes;
        let parts = whole.parts(&feature.parts);
        let crosses =
            self.features.crs.geographic && parts.iter().any(|part| antimeridian::crosses_degrees(&whole.points(part)));
        if crosses {
            let split = split(whole, parts);
            self.shapes(feature.geometry, &split, split.all());
        } else {
            self.shapes(feature.geometry, whole, parts);
        }
    }

    fn shapes(&mut self, geometry: Geometry, shapes: &Traces, parts: &[Part]) {
        let single = parts.iter().filter(|part| part.role != Role::Inner).count() == 1;
        let kind = match (geometry, single) {
            (Geometry::Point, true) => "Point",
            (Geometry::Point, false) => "MultiPoint",
            (Geometry::Line, true) => "LineString",
            (Geometry::Line, false) => "MultiLineString",
            (Geometry::Area, true) => "Polygon",
            (Geometry::Area, false) => "MultiPolygon",
        };
        let start = self.out.len();
        [&b"{\"type\":\""[..], kind.as_bytes(), b"\",\"coordinates\":"]
            .iter()
            .for_each(|text| self.out.extend_from_slice(text));
        let mut list = List { before: if single { b"" } else { b"[" } };
        let mut polygon = false;
        for part in parts {
            let trace = self.trace(&shapes.points(part), part.role);
            let ring = matches!(part.role, Role::Outer | Role::Inner);
            if polygon && part.role != Role::Inner {
                self.out.push(b']');
                polygon = false;
            }
            if ring && trace.len() < 4 {
                self.collapsed += 1;
                continue;
            }
            match part.role {
                Role::Inner if !polygon => continue,
                Role::Inner => self.out.push(b','),
                _ => list.next(&mut self.out),
            }
            if part.role == Role::Outer {
                self.out.push(b'[');
                polygon = true;
            }
            self.positions(&trace, part.role == Role::Point);
        }
        if polygon {
            self.out.push(b']');
        }
        if list.before != b"," {
            self.out.truncate(start);
            self.out.extend_from_slice(b"null");
            return;
        }
        self.out.extend_from_slice(if single { b"}" } else { b"]}" });
    }

    /// Points on the grid, each once where neighbours fall together; a line keeps at least two.
    fn trace(&self, points: &[[f64; 2]], role: Role) -> Vec<[i64; 2]> {
        let mut trace: Vec<_> = points.iter().map(|&point| self.grid(point)).collect();
        let last = trace.last().copied();
        trace.dedup();
        if role == Role::Line && trace.len() == 1 {
            trace.extend(last);
        }
        trace
    }

    fn grid(&self, [x, y]: [f64; 2]) -> [i64; 2] {
        [number::quantise(x, self.digits), number::quantise(y, self.digits)]
    }

    fn positions(&mut self, trace: &[[i64; 2]], bare: bool) {
        let mut list = List { before: if bare { b"" } else { b"[" } };
        for &[x, y] in trace {
            list.next(&mut self.out);
            self.out.push(b'[');
            number::fixed(&mut self.out, x, self.digits);
            self.out.push(b',');
            number::fixed(&mut self.out, y, self.digits);
            self.out.push(b']');
        }
        if !bare {
            self.out.push(b']');
        }
    }
}

/// What stands before the next item of a list: its bracket, then commas.
struct List {
    before: &'static [u8],
}

impl List {
    fn next(&mut self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.before);
        self.before = b",";
    }
}

/// Lines and polygons cut at the antimeridian; points and what goes around a pole stay as they are.
fn split(shapes: &Traces, parts: &[Part]) -> Traces<'static> {
    let mut out = Traces::default();
    let mut push =
        |role, points: &[Point]| out.push(role, points.iter().map(|point| point.map(|step| step as f64 / DEGREE)));
    let steps = |part: &Part| -> Path {
        shapes.points(part).iter().map(|point| point.map(|degrees| number::quantise(degrees, 7))).collect()
    };
    let mut rest = parts;
    while let [first, others @ ..] = rest {
        let holes = others.iter().take_while(|part| part.role == Role::Inner).count();
        rest = others.get(holes..).unwrap_or(&[]);
        if first.role == Role::Line {
            antimeridian::line(&steps(first)).iter().for_each(|piece| push(Role::Line, piece));
            continue;
        }
        let rings: Vec<Path> = std::iter::once(first).chain(others.iter().take(holes)).map(steps).collect();
        let borrowed: Vec<&[Point]> = rings.iter().map(Path::as_slice).collect();
        let cut = if first.role == Role::Outer { antimeridian::polygon(&borrowed) } else { None };
        for polygon in cut.unwrap_or_else(|| vec![rings.clone()]) {
            for (row, ring) in polygon.iter().enumerate() {
                push(if row > 0 { Role::Inner } else { first.role }, ring);
            }
        }
    }
    out
}
