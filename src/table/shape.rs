//! The geometry of a feature as simple features have it (OGC 06-103r4 §6.1), on a grid of decimals.

use crate::map::{Feature, Features, Geometry, Role};
use crate::wire::wkt;

/// A point, line or ring in whole steps of the last decimal.
pub type Trace = Vec<[i64; 2]>;

/// One or more points, lines or polygons. Nothing is empty but the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// Places.
    Points(Vec<[i64; 2]>),
    /// Lines of two points or more.
    Lines(Vec<Trace>),
    /// Polygons: an outer ring, counter-clockwise and closed, and its holes, clockwise and closed.
    Areas(Vec<Vec<Trace>>),
}

impl Default for Shape {
    /// Nothing.
    fn default() -> Self {
        Self::Points(Vec::new())
    }
}

impl Shape {
    /// The geometry of a feature with this many decimals; rings too small for them are left out.
    pub fn of(features: &Features, feature: &Feature, digits: u32) -> Self {
        let shapes = &features.shapes;
        let traces =
            shapes.parts(&feature.parts).iter().map(|part| (part.role, wkt::trace(&shapes.points(part), digits)));
        match feature.geometry {
            Geometry::Point => Self::Points(traces.filter_map(|(_, trace)| trace.first().copied()).collect()),
            Geometry::Line => Self::Lines(traces.map(|(_, trace)| trace).filter(|trace| !trace.is_empty()).collect()),
            Geometry::Area => Self::Areas(polygons(traces)),
        }
    }

    /// How many points, lines or polygons it has.
    pub fn len(&self) -> usize {
        match self {
            Self::Points(points) => points.len(),
            Self::Lines(lines) => lines.len(),
            Self::Areas(areas) => areas.len(),
        }
    }

    /// Whether nothing is left of it.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Every line and ring; of points, all in one.
    pub fn traces(&self) -> Vec<&[[i64; 2]]> {
        match self {
            Self::Points(points) => vec![points.as_slice()],
            Self::Lines(lines) => lines.iter().map(Vec::as_slice).collect(),
            Self::Areas(areas) => areas.iter().flatten().map(Vec::as_slice).collect(),
        }
    }

    /// Its box: `[min x, min y, max x, max y]`; none where nothing is left.
    pub fn bounds(&self) -> Option<[i64; 4]> {
        let mut points = self.traces().into_iter().flatten();
        let &[x, y] = points.next()?;
        Some(points.fold([x, y, x, y], |[west, south, east, north], &[x, y]| {
            [west.min(x), south.min(y), east.max(x), north.max(y)]
        }))
    }

    /// What simple features call it; several of a kind are a `MULTI…`.
    pub fn kind(&self) -> Kind {
        match (self, self.len()) {
            (Self::Points(_), 0 | 1) => Kind::Point,
            (Self::Points(_), _) => Kind::MultiPoint,
            (Self::Lines(_), 0 | 1) => Kind::LineString,
            (Self::Lines(_), _) => Kind::MultiLineString,
            (Self::Areas(_), 0 | 1) => Kind::Polygon,
            (Self::Areas(_), _) => Kind::MultiPolygon,
        }
    }
}

/// Kinds of geometry with the numbers that WKB, FlatGeobuf and GeoPackage give them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs)]
pub enum Kind {
    Point = 1,
    LineString = 2,
    Polygon = 3,
    MultiPoint = 4,
    MultiLineString = 5,
    MultiPolygon = 6,
}

impl Kind {
    /// As GeoJSON and GML write it: `MultiPolygon`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Point => "Point",
            Self::LineString => "LineString",
            Self::Polygon => "Polygon",
            Self::MultiPoint => "MultiPoint",
            Self::MultiLineString => "MultiLineString",
            Self::MultiPolygon => "MultiPolygon",
        }
    }

    /// As well-known text and databases write it: `MULTIPOLYGON`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Point => "POINT",
            Self::LineString => "LINESTRING",
            Self::Polygon => "POLYGON",
            Self::MultiPoint => "MULTIPOINT",
            Self::MultiLineString => "MULTILINESTRING",
            Self::MultiPolygon => "MULTIPOLYGON",
        }
    }

    /// The kind for one or more of the same.
    #[must_use]
    pub fn multi(self) -> Self {
        match self {
            Self::Point | Self::MultiPoint => Self::MultiPoint,
            Self::LineString | Self::MultiLineString => Self::MultiLineString,
            Self::Polygon | Self::MultiPolygon => Self::MultiPolygon,
        }
    }
}

/// The box of two boxes.
pub fn union(a: Option<[i64; 4]>, b: Option<[i64; 4]>) -> Option<[i64; 4]> {
    match (a, b) {
        (Some(a), Some(b)) => Some([a[0].min(b[0]), a[1].min(b[1]), a[2].max(b[2]), a[3].max(b[3])]),
        (a, b) => a.or(b),
    }
}

fn polygons(traces: impl Iterator<Item = (Role, Trace)>) -> Vec<Vec<Trace>> {
    let mut polygons: Vec<Vec<Trace>> = Vec::new();
    // Holes of a ring that fell away go with it.
    let mut held = false;
    for (role, trace) in traces {
        let fits = trace.len() >= 4;
        if role == Role::Outer {
            held = fits;
        }
        match (role, polygons.last_mut()) {
            (Role::Outer, _) if fits => polygons.push(vec![trace]),
            (Role::Inner, Some(polygon)) if fits && held => polygon.push(trace),
            _ => {}
        }
    }
    polygons
}
