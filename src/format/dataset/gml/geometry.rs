//! Geometry of GML 3.2.1 (clauses 10 and 11) and GML 2.1.2 (§4.3).

use super::version::Version;
use crate::table::shape::{Shape, Trace};
use crate::wire::number;
use crate::wire::xml::Xml;

/// How coordinates are written.
pub struct Axes<'a> {
    /// Which GML it is.
    pub version: Version,
    /// The name of the coordinate system, where geometry says it.
    pub srs: Option<&'a str>,
    /// Whether what points north stands first.
    pub north_first: bool,
    /// Decimals.
    pub digits: u32,
}

impl Axes<'_> {
    /// Writes a geometry, as one of many where `many`; `id` is unique in the document.
    pub fn write(&self, xml: &mut Xml, shape: &Shape, many: bool, id: &str) {
        let [one, all, member] = self.words(shape);
        if many {
            self.start(xml, all, id, true);
        }
        for row in 0..shape.len() {
            if many {
                xml.start(member);
            }
            let inner = if many { format!("{id}.{}", row + 1) } else { id.to_owned() };
            self.start(xml, one, &inner, !many);
            match shape {
                Shape::Points(points) => self.point(xml, points.get(row)),
                Shape::Lines(lines) => self.list(xml, lines.get(row).map_or(&[], Vec::as_slice)),
                Shape::Areas(areas) => self.rings(xml, areas.get(row).map_or(&[], Vec::as_slice)),
            }
            xml.end_block();
            if many {
                xml.end_block();
            }
        }
        if many {
            xml.end_block();
        }
    }

    /// Elements of one, of many, and of a member of many.
    fn words(&self, shape: &Shape) -> [&'static str; 3] {
        match (self.version, shape) {
            (_, Shape::Points(_)) => ["gml:Point", "gml:MultiPoint", "gml:pointMember"],
            (Version::Two, Shape::Lines(_)) => ["gml:LineString", "gml:MultiLineString", "gml:lineStringMember"],
            (Version::Two, Shape::Areas(_)) => ["gml:Polygon", "gml:MultiPolygon", "gml:polygonMember"],
            (_, Shape::Lines(_)) => ["gml:LineString", "gml:MultiCurve", "gml:curveMember"],
            (_, Shape::Areas(_)) => ["gml:Polygon", "gml:MultiSurface", "gml:surfaceMember"],
        }
    }

    fn start(&self, xml: &mut Xml, word: &'static str, id: &str, outer: bool) {
        xml.start(word);
        if self.version == Version::Three {
            xml.attr("gml:id", id);
        }
        if let Some(srs) = self.srs.filter(|_| outer) {
            xml.attr("srsName", srs);
        }
    }

    fn point(&self, xml: &mut Xml, point: Option<&[i64; 2]>) {
        let Some(point) = point else { return };
        let word = if self.version == Version::Two { "gml:coordinates" } else { "gml:pos" };
        xml.leaf_with(word, |out| self.positions(out, std::slice::from_ref(point)));
    }

    fn list(&self, xml: &mut Xml, trace: &[[i64; 2]]) {
        let word = if self.version == Version::Two { "gml:coordinates" } else { "gml:posList" };
        xml.leaf_with(word, |out| self.positions(out, trace));
    }

    fn rings(&self, xml: &mut Xml, rings: &[Trace]) {
        for (row, ring) in rings.iter().enumerate() {
            xml.start(match (self.version, row) {
                (Version::Two, 0) => "gml:outerBoundaryIs",
                (Version::Two, _) => "gml:innerBoundaryIs",
                (_, 0) => "gml:exterior",
                (_, _) => "gml:interior",
            });
            xml.start_inline("gml:LinearRing");
            self.list(xml, ring);
            xml.end().end();
        }
    }

    /// Coordinates: with spaces between them all, in GML 2 a comma between those of a point.
    pub fn positions(&self, out: &mut Vec<u8>, trace: &[[i64; 2]]) {
        for (row, &[x, y]) in trace.iter().enumerate() {
            if row > 0 {
                out.push(b' ');
            }
            let [first, second] = if self.north_first { [y, x] } else { [x, y] };
            number::fixed(out, first, self.digits);
            out.push(if self.version == Version::Two { b',' } else { b' ' });
            number::fixed(out, second, self.digits);
        }
    }
}
