//! Geometry on a grid of decimals.

use super::writer::Writer;
use crate::map::{Feature, Geometry, Role};
use crate::wire::number;

impl Writer<'_, '_> {
    /// The geometry; `null` where nothing is left at this number of decimals (RFC 7946 §3.2: unlocated).
    pub(super) fn geometry(&mut self, feature: &Feature) {
        let shapes = &self.features.shapes;
        let parts = shapes.parts(&feature.parts);
        let single = parts.iter().filter(|part| part.role != Role::Inner).count() == 1;
        let kind = match (feature.geometry, single) {
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
