//! One element of an Overpass answer, its fields in any order.

use super::super::{Bounds, Builder, Kind, LonLatE7, Member, StringId, number};
use super::scan::{NOT_UTF8, Scan};
use crate::error::Result;

/// The fields of one element; buffers are used again for the next.
#[derive(Default)]
pub struct Row {
    /// What it is; none for types that are not of OSM (`area`, `timeline`).
    pub kind: Option<Kind>,
    /// True for the result of `out count`.
    pub counts: bool,
    /// Its id.
    pub id: i64,
    /// Its version; 0 where none is given.
    pub version: i64,
    /// True for `"visible": false`.
    pub deleted: bool,
    lon: Option<i64>,
    lat: Option<i64>,
    center: Option<LonLatE7>,
    bounds: Option<LonLatE7>,
    /// Tags, interned.
    pub tags: Vec<(StringId, StringId)>,
    /// Ids of a way's nodes.
    pub nodes: Vec<i64>,
    /// Places of a way's nodes; none where clipped away.
    pub geometry: Vec<Option<LonLatE7>>,
    /// Members of a relation.
    pub members: Vec<Member>,
    /// Places of member nodes.
    pub member_nodes: Vec<(i64, LonLatE7)>,
    /// Geometry of member ways.
    pub member_ways: Vec<(i64, Vec<Option<LonLatE7>>)>,
    /// Places that were no places.
    pub misplaced: u64,
}

impl Row {
    /// Where a node is.
    pub fn place(&self) -> Option<LonLatE7> {
        number::within(self.lon?, self.lat?)
    }

    /// The point that stands for an element without geometry: its centre, else the middle of its bounds.
    pub fn center(&self) -> Option<LonLatE7> {
        self.center.or(self.bounds)
    }

    /// Reads the next element.
    pub fn read(&mut self, scan: &mut Scan, builder: &mut Builder) -> Result<()> {
        self.clear();
        scan.object(|scan, key| match key {
            b"type" => {
                let text = scan.text()?;
                self.counts = *text == *b"count";
                self.kind = kind(&text);
                Ok(())
            }
            b"version" => scan.integer().map(|version| self.version = version),
            b"visible" => scan.word().map(|word| self.deleted = word == b"false"),
            b"id" => scan.integer().map(|id| self.id = id),
            b"lon" => scan.scaled().map(|degrees| self.lon = degrees),
            b"lat" => scan.scaled().map(|degrees| self.lat = degrees),
            b"tags" => scan.object(|scan, key| {
                let key = intern(scan, builder, key)?;
                // `out count` gives strings; anything else is no tag.
                let value = scan.text()?;
                self.tags.push((key, intern(scan, builder, &value)?));
                Ok(())
            }),
            b"nodes" => scan.array(|scan| scan.integer().map(|id| self.nodes.push(id))),
            b"geometry" if scan.peek()? == b'[' => geometry(scan, &mut self.geometry, &mut self.misplaced),
            b"members" => scan.array(|scan| self.member(scan, builder)),
            b"center" => place(scan).map(|place| self.center = place),
            b"bounds" => middle(scan).map(|place| self.bounds = place),
            _ => scan.skip(),
        })
    }

    fn clear(&mut self) {
        (self.kind, self.counts, self.id, self.misplaced) = (None, false, 0, 0);
        (self.version, self.deleted) = (0, false);
        (self.lon, self.lat, self.center, self.bounds) = (None, None, None, None);
        self.tags.clear();
        self.nodes.clear();
        self.geometry.clear();
        self.members.clear();
        self.member_nodes.clear();
        self.member_ways.clear();
    }

    fn member(&mut self, scan: &mut Scan, builder: &mut Builder) -> Result<()> {
        let (mut member_kind, mut id, mut role) = (None, 0, 0);
        let (mut lon, mut lat) = (None, None);
        let mut points = Vec::new();
        scan.object(|scan, key| match key {
            b"type" => scan.text().map(|text| member_kind = kind(&text)),
            b"ref" => scan.integer().map(|number| id = number),
            b"role" => {
                let text = scan.text()?;
                role = intern(scan, builder, &text)?;
                Ok(())
            }
            b"lon" => scan.scaled().map(|degrees| lon = degrees),
            b"lat" => scan.scaled().map(|degrees| lat = degrees),
            b"geometry" if scan.peek()? == b'[' => geometry(scan, &mut points, &mut self.misplaced),
            _ => scan.skip(),
        })?;
        let Some(kind) = member_kind else { return Ok(()) };
        self.members.push(Member { kind, id, role });
        if let (Kind::Node, Some(place)) = (kind, lon.zip(lat).and_then(|(lon, lat)| number::within(lon, lat))) {
            self.member_nodes.push((id, place));
        }
        if kind == Kind::Way && points.iter().any(Option::is_some) {
            self.member_ways.push((id, points));
        }
        Ok(())
    }
}

/// Interns the bytes of a string.
fn intern(scan: &Scan, builder: &mut Builder, text: &[u8]) -> Result<StringId> {
    builder.text(text)?.ok_or_else(|| scan.corrupt(NOT_UTF8))
}

fn kind(text: &[u8]) -> Option<Kind> {
    match text {
        b"node" => Some(Kind::Node),
        b"way" => Some(Kind::Way),
        b"relation" => Some(Kind::Relation),
        _ => None,
    }
}

fn geometry(scan: &mut Scan, points: &mut Vec<Option<LonLatE7>>, misplaced: &mut u64) -> Result<()> {
    scan.array(|scan| {
        if scan.null()? {
            points.push(None);
            return Ok(());
        }
        let place = place(scan)?;
        *misplaced += u64::from(place.is_none());
        points.push(place);
        Ok(())
    })
}

fn place(scan: &mut Scan) -> Result<Option<LonLatE7>> {
    let (mut lon, mut lat) = (None, None);
    scan.object(|scan, key| match key {
        b"lon" => scan.scaled().map(|degrees| lon = degrees),
        b"lat" => scan.scaled().map(|degrees| lat = degrees),
        _ => scan.skip(),
    })?;
    Ok(lon.zip(lat).and_then(|(lon, lat)| number::within(lon, lat)))
}

/// The middle of `{minlat, minlon, maxlat, maxlon}`; across the antimeridian where west is east of east.
fn middle(scan: &mut Scan) -> Result<Option<LonLatE7>> {
    let Some([west, south, east, north]) = sides(scan)? else { return Ok(None) };
    let wrap = if west > east { 3_600_000_000 } else { 0 };
    let lon = west.saturating_add(east).saturating_add(wrap) / 2;
    Ok(number::within(if lon > 1_800_000_000 { lon - 3_600_000_000 } else { lon }, south.saturating_add(north) / 2))
}

/// `{minlat, minlon, maxlat, maxlon}` as a box.
pub fn bounds(scan: &mut Scan) -> Result<Option<Bounds>> {
    let Some([west, south, east, north]) = sides(scan)? else { return Ok(None) };
    let corners = number::within(west, south).zip(number::within(east, north));
    Ok(corners.map(|([west, south], [east, north])| Bounds { west, south, east, north }))
}

/// West, south, east, north of `{minlat, minlon, maxlat, maxlon}`, if all are there.
fn sides(scan: &mut Scan) -> Result<Option<[i64; 4]>> {
    let mut sides = [None; 4];
    const NAMES: [&[u8]; 4] = [b"minlon", b"minlat", b"maxlon", b"maxlat"];
    scan.object(|scan, key| match NAMES.iter().position(|name| *name == key).and_then(|row| sides.get_mut(row)) {
        Some(side) => scan.scaled().map(|degrees| *side = degrees),
        None => scan.skip(),
    })?;
    let [Some(west), Some(south), Some(east), Some(north)] = sides else { return Ok(None) };
    Ok(Some([west, south, east, north]))
}
