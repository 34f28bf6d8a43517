//! What a request needs: where, in units of 1e-7 degrees.

use crate::error::{Error, Result};
use crate::format::{Write, find};
use crate::geo::ellipsoid::box_area;
use crate::note::Notes;
use crate::osm::Bounds;
use crate::request::{Area, Bbox, Request, Size};
use crate::sheet::{Sheet, frame, model};

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
    /// How large it is.
    pub extent: Extent,
}

/// How large what a request needs is, km² on the ground.
#[derive(Debug, Clone, PartialEq)]
pub struct Extent {
    /// What is shown: the box that was named, or the frame of a sheet where that shows more.
    pub shown: f64,
    /// The box that is fetched.
    pub fetched: f64,
    /// The field that makes it so large.
    pub field: &'static str,
    /// What to say of a box that may be meant otherwise.
    pub doubt: Option<String>,
}

impl Extent {
    /// The box around a frame that lies askew to the meridians is larger than the frame: twice as large at worst, and some room.
    const ASKEW: f64 = 2.25;
    /// Shares of the frame by which it may be larger than its box before it counts: the box is measured through its middle.
    const ROUND: f64 = 1.01;

    /// How much a limit has to allow, km².
    pub fn counted(&self) -> f64 {
        self.shown.max(self.fetched / Self::ASKEW)
    }
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
        let extent = Extent { shown: square_km(bbox), fetched: square_km(bbox), field: "bbox", doubt: bbox.doubt() };
        Self { bbox, windows, relation: None, extent }
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
        let mut extent = Extent { shown: square_km(bbox), ..Self::of(bbox).extent };
        if request.bbox.is_none() {
            extent.field = "area";
        }
        let mut whole = bbox;
        for sheet in sheets(request, bbox)? {
            whole = with_sheet(whole, bbox, &sheet)?;
            let [_, _, width, height] = sheet.map.map(|side| side * sheet.scale / 1e6);
            // Without paper the frame is the box.
            if request.page.size != Size::Fit && width * height > extent.shown * Extent::ROUND {
                extent = Extent { shown: width * height, field: "page", ..extent };
            }
        }
        extent.fetched = square_km(whole);
        if extent.fetched > extent.shown * Extent::ASKEW {
            extent.field = "page";
        }
        Ok(Self { relation, extent, ..Self::of(whole) })
    }

    /// The request's own box in the form of a header.
    pub fn bounds(&self) -> Option<Bounds> {
        let (first, last) = (self.windows.first()?, self.windows.last()?);
        Some(Bounds { west: first[0], south: first[1], east: last[2], north: first[3] })
    }
}

/// The sheets that formats of a request show: a drawing, and a model, whose sheet may be larger.
fn sheets(request: &Request, bbox: Bbox) -> Result<Vec<Sheet>> {
    let (mut drawn, mut raised) = (false, false);
    for entry in request.formats.iter().filter_map(|name| find(name)) {
        match entry.format.write {
            Write::Scene(_) | Write::Pixels(_) => drawn = true,
            Write::Plan(_) | Write::Mesh(_) => raised = true,
            _ => {}
        }
    }
    let notes = &mut Notes::default();
    let drawn = drawn.then(|| frame(request, bbox, notes)).transpose()?;
    let raised = raised.then(|| model(request, bbox, &mut Notes::default())).transpose()?;
    Ok(drawn.into_iter().chain(raised).collect())
}

fn square_km(bbox: Bbox) -> f64 {
    box_area([bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat])
}

/// `whole`, a box about the middle of `bbox`, with what the sheet shows around it.
fn with_sheet(whole: Bbox, bbox: Bbox, sheet: &Sheet) -> Result<Bbox> {
    let center = bbox.center()[0];
    let half = whole.width() / 2.0;
    // Longitudes relative to the middle, so that a box across the antimeridian is in one piece.
    let mut range = [-half, whole.min_lat, half, whole.max_lat];
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
