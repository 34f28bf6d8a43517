//! What a request needs: where, in units of 1e-7 degrees.

use crate::error::{Error, Result};
use crate::format::{Write, find};
use crate::note::Notes;
use crate::osm::Bounds;
use crate::request::{Area, Bbox, Request};
use crate::sheet::frame;

/// Room around a drawn frame, as a share of it: lines that begin outside reach in.
const ROOM: f64 = 0.02;

/// Where data are needed.
#[derive(Debug, Clone)]
pub struct Need {
    /// In degrees; crosses the antimeridian where west is greater than east.
    pub bbox: Bbox,
    /// The same in units of 1e-7 degrees: one box, or two on either side of the antimeridian.
    pub windows: Vec<[i32; 4]>,
    /// A relation that is to be whole.
    pub relation: Option<i64>,
}

impl Need {
    /// Just this box.
    pub fn of(bbox: Bbox) -> Self {
        let step = |degrees: f64| libm::round(degrees * 1e7).clamp(-1.8e9, 1.8e9) as i32;
        let [west, south, east, north] = [bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat].map(step);
        let windows = if west <= east {
            vec![[west, south, east, north]]
        } else {
            vec![[west, south, 1_800_000_000, north], [-1_800_000_000, south, east, north]]
        };
        Self { bbox, windows, relation: None }
    }

    /// The box of a request, and all that its sheet shows beyond it. `known` gives the box of a relation.
    ///
    /// # Errors
    /// [`Error::Request`] where the request names no area; those of [`frame`].
    pub fn new(request: &Request, known: impl Fn(i64) -> Option<Bbox>) -> Result<Self> {
        let relation = match request.area {
            Some(Area::Relation { relation }) => Some(relation),
            _ => None,
        };
        let bbox = match (request.bbox, &request.area) {
            (Some(bbox), _) => bbox,
            (None, Some(Area::Shape { coordinates, .. })) => around(coordinates.iter().flatten().flatten())?,
            (None, Some(Area::Relation { relation })) => known(*relation).ok_or_else(|| {
                Error::request(
                    "area.relation",
                    format!("relation {relation} is in no extract of this server; give its bbox"),
                )
            })?,
            (None, None) => {
                return Err(Error::request("bbox", "needed; expected {min_lon, min_lat, max_lon, max_lat}"));
            }
        };
        let drawn = |name: &String| {
            find(name).is_some_and(|entry| matches!(entry.format.write, Write::Scene(_) | Write::Pixels(_)))
        };
        let bbox = if request.formats.iter().any(drawn) { shown(request, bbox)? } else { bbox };
        Ok(Self { relation, ..Self::of(bbox) })
    }

    /// The request's own box in the form of a header.
    pub fn bounds(&self) -> Option<Bounds> {
        let (first, last) = (self.windows.first()?, self.windows.last()?);
        Some(Bounds { west: first[0], south: first[1], east: last[2], north: first[3] })
    }
}

/// A box with what the sheet shows around it.
fn shown(request: &Request, bbox: Bbox) -> Result<Bbox> {
    let sheet = frame(request, bbox, &mut Notes::default())?;
    let center = bbox.center()[0];
    let half = bbox.width() / 2.0;
    // Longitudes relative to the middle, so that a box across the antimeridian is in one piece.
    let mut range = [-half, bbox.min_lat, half, bbox.max_lat];
    for [lon, lat] in sheet.outline()? {
        let turn = libm::remainder(lon - center, 360.0);
        range = [range[0].min(turn), range[1].min(lat), range[2].max(turn), range[3].max(lat)];
    }
    let room = [(range[2] - range[0]) * ROOM, (range[3] - range[1]) * ROOM];
    let (south, north) = ((range[1] - room[1]).max(-90.0), (range[3] + room[1]).min(90.0));
    let [west, east] = [range[0] - room[0], range[2] + room[0]];
    if east - west >= 360.0 {
        return Bbox::new(-180.0, south, 180.0, north);
    }
    let turned = |lon: f64| if lon.abs() > 180.0 { libm::remainder(lon, 360.0) } else { lon };
    Bbox::new(turned(center + west), south, turned(center + east), north)
}

fn around<'p>(points: impl Iterator<Item = &'p [f64; 2]>) -> Result<Bbox> {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    let [west, south, east, north] = points.fold(start, |[west, south, east, north], &[lon, lat]| {
        [west.min(lon), south.min(lat), east.max(lon), north.max(lat)]
    });
    Bbox::new(west, south, east, north)
}
