//! Area, paper and scale → the sheet: its size, where the map lies on it, and what ground it shows.

mod projection;

use crate::error::{Error, Result};
use crate::geo::crs::Crs;
use crate::map::Frame;
use crate::note::Notes;
use crate::request::{Bbox, Orientation, PAPERS, Page, Request, Shape, Size};
use projection::{drawn_crs, laid_out, stretch};

/// A sheet of paper with a map frame on it. Page coordinates are millimetres, origin top left, y down.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Width of the sheet, mm.
    pub width: f64,
    /// Height of the sheet, mm.
    pub height: f64,
    /// Bleed around the sheet, mm; not part of `width` and `height`.
    pub bleed: f64,
    /// Whether crop marks stand outside the bleed.
    pub crop_marks: bool,
    /// Map frame on the sheet: x, y, width, height in mm.
    pub map: [f64; 4],
    /// The frame's outline in mm where it is no rectangle: rings, even-odd.
    pub shape: Vec<Vec<[f64; 2]>>,
    /// Where the street index stands: x, y, width, height in mm.
    pub index: Option<[f64; 4]>,
    /// CRS of the map.
    pub crs: Crs,
    /// What the map frame shows: `[min x, min y, max x, max y]` in `crs` units.
    pub extent: [f64; 4],
    /// Millimetres on the sheet for one unit of `crs`.
    pub mm_per_unit: f64,
    /// Ground scale 1 : N at the centre of the map.
    pub scale: f64,
    /// Dots per inch of raster formats.
    pub dpi: f64,
    /// Zoom level that a style is evaluated at: MapLibre's 512-pixel tiles at 96 dpi at this scale.
    pub zoom: f64,
    /// Corners of the map frame in degrees: lower left, upper left, upper right, lower right.
    pub corners: [[f64; 2]; 4],
}

/// Longest side of a sheet without paper and scale, mm.
const FIT: f64 = 420.0;
/// Longest side of any sheet, mm: the limit of PDF (14,400 points).
const LONGEST: f64 = 5080.0;
/// Margin on paper where the request names none, mm.
const MARGIN: f64 = 10.0;
/// The street index: its share of the longer side, its least and greatest width or height, and its distance from the
/// map, mm.
const INDEX: (f64, f64, f64, f64) = (0.24, 40.0, 160.0, 4.0);
/// How far printers' marks reach beyond the bleed, mm.
pub const MARKS: f64 = 7.0;
/// Radius of round corners as a share of the frame's shorter side.
const ROUND: f64 = 0.08;
/// How far a chord may lie inside its circle, mm.
const SAG: f64 = 0.005;
/// Points at which each edge of the frame is followed on the ground.
const EDGE_STEPS: usize = 8;

impl Sheet {
    /// A point of `crs` → the sheet, mm.
    pub fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [left, top, ..] = self.map;
        [left + (x - self.extent[0]) * self.mm_per_unit, top + (self.extent[3] - y) * self.mm_per_unit]
    }

    /// How far the drawing reaches beyond the trimmed sheet on each side, mm: bleed and crop marks.
    pub fn outer(&self) -> f64 {
        self.bleed + if self.crop_marks { MARKS } else { 0.0 }
    }

    /// The map frame, mm, with the bleed on those sides where it ends at the edge of the sheet: what is painted.
    pub fn painted(&self) -> [f64; 4] {
        let [x, y, width, height] = self.map;
        let grown = |at_edge: bool| if at_edge && self.shape.is_empty() { self.bleed } else { 0.0 };
        let (left, top) = (grown(x <= 0.0), grown(y <= 0.0));
        let (right, bottom) = (grown(x + width >= self.width), grown(y + height >= self.height));
        [x - left, y - top, width + left + right, height + top + bottom]
    }

    /// Width and height in pixels, bleed included.
    pub fn pixels(&self) -> [u32; 2] {
        [self.width, self.height].map(|mm| libm::round((mm + 2.0 * self.outer()) / 25.4 * self.dpi).max(1.0) as u32)
    }

    /// A map without paper: `extent` of the ground of `around`, in units of `crs`, so many millimetres each, at a scale and
    /// zoom.
    ///
    /// # Errors
    /// [`Error::Crs`] where the CRS has no place there.
    pub fn drawn(
        crs: Crs,
        extent: [f64; 4],
        around: [f64; 4],
        (mm_per_unit, scale, zoom): (f64, f64, f64),
    ) -> Result<Self> {
        let mm = |units: f64| units * mm_per_unit;
        let [x0, y0, x1, y1] = extent;
        Ok(Self {
            width: mm(around[2] - around[0]),
            height: mm(around[3] - around[1]),
            bleed: 0.0,
            crop_marks: false,
            map: [mm(x0 - around[0]), mm(around[3] - y1), mm(x1 - x0), mm(y1 - y0)],
            shape: Vec::new(),
            index: None,
            corners: corners(&crs, extent)?,
            crs,
            extent,
            mm_per_unit,
            scale,
            dpi: 96.0,
            zoom,
        })
    }

    /// The box of a request without paper, in degrees that are even on the sheet, at the scale of another sheet.
    ///
    /// # Errors
    /// As [`Sheet::drawn`].
    pub fn plate(bbox: Bbox, like: &Self) -> Result<Self> {
        let [lon, lat] = bbox.center();
        let crs = Crs::plate_carree(lon, lat)?;
        let (low, high) = (crs.project([bbox.min_lon, bbox.min_lat])?, crs.project([lon, bbox.max_lat])?);
        // The meridian is in the middle.
        let half = low[0].abs();
        let extent = [-half, low[1], half, high[1]];
        let mm_per_unit = 1000.0 / like.scale / stretch(&crs, [lon, lat])?;
        let sheet = Self::drawn(crs, extent, extent, (mm_per_unit, like.scale, like.zoom))?;
        Ok(Self { dpi: like.dpi, ..sheet })
    }

    /// What the map shows on this sheet.
    pub fn view(&self) -> Frame {
        match self.shape.first() {
            Some(ring) => Frame::Shape(ring.iter().chain(ring.first()).map(|&point| self.lift(point)).collect()),
            None => Frame::Projected(self.ground()),
        }
    }

    /// The frame becomes what polygons in degrees show of the map.
    ///
    /// # Errors
    /// [`Error::Crs`] where the CRS cannot show them.
    pub fn shaped(mut self, area: &[Vec<Vec<[f64; 2]>>]) -> Result<Self> {
        for ring in area.iter().flatten() {
            let open = ring.split_last().map_or(ring.as_slice(), |(_, open)| open);
            let placed = open.iter().map(|&place| Ok(self.place(self.crs.project(place)?)));
            self.shape.push(placed.collect::<Result<_>>()?);
        }
        Ok(self)
    }

    /// The ground that is painted: `[min x, min y, max x, max y]` in `crs` units.
    pub fn ground(&self) -> [f64; 4] {
        let [x, y, width, height] = self.painted();
        let ([left, top], [right, bottom]) = (self.lift([x, y]), self.lift([x + width, y + height]));
        [left, bottom, right, top]
    }

    /// A point of the sheet (mm) → `crs`.
    pub fn lift(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [left, top, ..] = self.map;
        [self.extent[0] + (x - left) / self.mm_per_unit, self.extent[3] - (y - top) / self.mm_per_unit]
    }

    /// The ground the frame shows as a closed ring in degrees, edges followed in eight steps.
    ///
    /// # Errors
    /// [`Error::Crs`] where the CRS cannot be inverted there.
    pub fn outline(&self) -> Result<Vec<[f64; 2]>> {
        let [x0, y0, x1, y1] = self.extent;
        let corners = [[x0, y0], [x0, y1], [x1, y1], [x1, y0], [x0, y0]];
        let mut ring = Vec::with_capacity(4 * EDGE_STEPS + 1);
        for edge in corners.windows(2) {
            let &[a, b] = edge else { continue };
            for step in 0..EDGE_STEPS {
                let t = step as f64 / EDGE_STEPS as f64;
                ring.push(self.crs.unproject([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t])?);
            }
        }
        ring.extend(ring.first().copied());
        Ok(ring)
    }

    /// The part `[x, y, width, height]` (mm) of this sheet as a sheet of its own.
    fn window(mut self, [x, y, width, height]: [f64; 4]) -> Result<Self> {
        let [left, top, w, h] = self.map;
        let (l, r) = (left.max(x), (left + w).min(x + width));
        let (t, b) = (top.max(y), (top + h).min(y + height));
        if !(width > 0.0 && height > 0.0 && r > l && b > t) {
            let sheet = format!("{:.1} by {:.1} mm", self.width, self.height);
            return Err(Error::request("page.window", format!("shows nothing of the map on a sheet of {sheet}")));
        }
        let [x0, _, _, y1] = self.extent;
        let units = |mm: f64| mm / self.mm_per_unit;
        self.extent = [x0 + units(l - left), y1 - units(b - top), x0 + units(r - left), y1 - units(t - top)];
        (self.map, self.width, self.height) = ([l - x, t - y, r - l, b - t], width, height);
        self.shape.iter_mut().flatten().for_each(|point| *point = [point[0] - x, point[1] - y]);
        self.index = self.index.map(|[left, top, w, h]| [left - x, top - y, w, h]);
        self.corners = corners(&self.crs, self.extent)?;
        Ok(self)
    }
}

/// Lays out the sheet of a request that shows `bbox`.
///
/// # Errors
/// [`Error::Request`] for a page that cannot be, [`Error::Crs`] for a CRS that does not fit.
pub fn frame(request: &Request, bbox: Bbox, notes: &mut Notes) -> Result<Sheet> {
    lay_out(request, bbox, true, notes)
}

/// The same for models in true size, whose sheet may be as large or small as it likes.
///
/// # Errors
/// Those of [`frame`] but for sheets that are too long.
pub fn model(request: &Request, bbox: Bbox, notes: &mut Notes) -> Result<Sheet> {
    lay_out(request, bbox, false, notes)
}

fn lay_out(request: &Request, bbox: Bbox, bounded: bool, notes: &mut Notes) -> Result<Sheet> {
    let page = &request.page;
    if page.frame.shape == Shape::Polygon && request.area.is_none() {
        return Err(Error::request("page.frame.shape", "\"polygon\" is the shape of `area`; name one"));
    }
    let crs = drawn_crs(request.crs, bbox)?;
    let ([lon, lat], center, ground) = laid_out(&crs, bbox)?;
    let stretch = stretch(&crs, [lon, lat])?;
    // Size of the box in metres on the ground at its centre.
    let metres = ground.map(|units| units / stretch);
    let (mut room, margin) = room(page, metres);
    // The index stands to the right of a map that lies and under one that stands.
    let index = (bounded && page.furniture.index).then_some(usize::from(!lies(page, metres)));
    if let (Some(room), Some(axis)) = (&mut room, index) {
        // Of what is left, the index takes its share of the map.
        let index = ((room[axis] - INDEX.3) * INDEX.0 / (1.0 + INDEX.0)).clamp(INDEX.1, INDEX.2);
        room[axis] -= index + INDEX.3;
    }
    if room.is_some_and(|sides| sides.iter().any(|&side| side < 5.0)) {
        return Err(Error::request("page.margin", format!("{margin} mm leave no room for the map")));
    }
    let scale = page.scale.unwrap_or_else(|| fitting(metres, room.unwrap_or([FIT; 2])));
    let map = room.unwrap_or(metres.map(|side| side * 1000.0 / scale));
    if bounded && map.iter().any(|&side| side + 2.0 * margin > LONGEST) {
        let least = metres[0].max(metres[1]) * 1000.0 / (LONGEST - 2.0 * margin);
        let message =
            format!("the sheet would be longer than {LONGEST} mm; 1:{least:.0} is the largest scale that fits");
        return Err(Error::request("page.scale", message));
    }
    if bounded && map.iter().any(|&side| side < 1.0) {
        return Err(Error::request("page.scale", format!("at 1:{scale} the map is smaller than 1 mm")));
    }
    if room.is_some() {
        let shown = map.map(|side| side * scale / 1000.0);
        if shown.iter().zip(metres).any(|(shown, asked)| (shown / asked - 1.0).abs() > 0.01) {
            let message = format!(
                "the frame was fitted to the sheet about its centre: it shows {:.0} by {:.0} m instead of {:.0} by {:.0} m",
                shown[0], shown[1], metres[0], metres[1]
            );
            notes.say("frame_fitted", 1, message);
        }
    }
    let mm_per_unit = 1000.0 / scale / stretch;
    let half = map.map(|side| side / mm_per_unit / 2.0);
    let extent = [center[0] - half[0], center[1] - half[1], center[0] + half[0], center[1] + half[1]];
    let css_pixel = scale * 0.0254 / 96.0;
    let mut sides = map;
    let index = index.map(|axis| {
        let long = (map[axis] * INDEX.0).clamp(INDEX.1, INDEX.2);
        sides[axis] += INDEX.3 + long;
        let mut place = [margin, margin, map[0], map[1]];
        place[axis] += map[axis] + INDEX.3;
        place[axis + 2] = long;
        place
    });
    let map = [margin, margin, map[0], map[1]];
    let sheet = Sheet {
        width: sides[0] + 2.0 * margin,
        height: sides[1] + 2.0 * margin,
        bleed: if bounded { page.bleed } else { 0.0 },
        crop_marks: page.crop_marks,
        map,
        shape: shape(page.frame.shape, map).into_iter().collect(),
        index,
        corners: corners(&crs, extent)?,
        extent,
        mm_per_unit,
        scale,
        dpi: page.dpi.unwrap_or(150.0),
        zoom: libm::log2(40_075_016.686 * libm::cos(lat.clamp(-85.0, 85.0).to_radians()) / (512.0 * css_pixel)),
        crs,
    };
    match page.window {
        Some(window) => sheet.window(window),
        None => Ok(sheet),
    }
}

/// Whether the sheet of an area of this width and height is wider than high.
fn lies(page: &Page, metres: [f64; 2]) -> bool {
    match page.orientation {
        Orientation::Auto => metres[0] >= metres[1],
        Orientation::Landscape => true,
        Orientation::Portrait => false,
    }
}

/// Room for the map on the page (none: as much as it takes) and the margin, mm.
fn room(page: &Page, metres: [f64; 2]) -> (Option<[f64; 2]>, f64) {
    let paper = paper(page, lies(page, metres));
    let margin = page.margin.unwrap_or(if paper.is_some() { MARGIN } else { 0.0 });
    (paper.map(|sides| sides.map(|side| side - 2.0 * margin)), margin)
}

/// Width and height of the paper as it lies; none for `fit`.
fn paper(page: &Page, landscape: bool) -> Option<[f64; 2]> {
    let (short, long) = match page.size {
        Size::Fit => return None,
        Size::Mm([w, h]) if page.orientation == Orientation::Auto => return Some([w, h]),
        Size::Mm([w, h]) => (w.min(h), w.max(h)),
        Size::Named(id) => PAPERS.iter().find(|(name, ..)| *name == id).map(|&(_, w, h)| (w, h))?,
    };
    Some(if landscape { [long, short] } else { [short, long] })
}

/// The outline of a frame that is neither a rectangle nor given by an area, mm.
fn shape(shape: Shape, [x, y, width, height]: [f64; 4]) -> Option<Vec<[f64; 2]>> {
    let short = width.min(height);
    let [middle_x, middle_y] = [x + width / 2.0, y + height / 2.0];
    let (radius, reach) = match shape {
        Shape::Rectangle | Shape::Polygon => return None,
        Shape::Circle => (short / 2.0, [0.0; 2]),
        Shape::Rounded => (short * ROUND, [width / 2.0 - short * ROUND, height / 2.0 - short * ROUND]),
    };
    let quarter = libm::ceil(std::f64::consts::FRAC_PI_4 / libm::acos(1.0 - (SAG / radius).min(1.0))).max(4.0) as u32;
    let arc = |(row, [right, down]): (usize, [f64; 2])| {
        let middle = [middle_x + right * reach[0], middle_y + down * reach[1]];
        (0..=quarter).map(move |step| {
            let turn = (row as f64 + f64::from(step) / f64::from(quarter)) * std::f64::consts::FRAC_PI_2;
            [middle[0] + radius * libm::cos(turn), middle[1] + radius * libm::sin(turn)]
        })
    };
    let corners = [[1.0, 1.0], [-1.0, 1.0], [-1.0, -1.0], [1.0, -1.0]];
    let mut ring: Vec<[f64; 2]> = corners.into_iter().enumerate().flat_map(arc).collect();
    ring.dedup_by(|a, b| libm::hypot(a[0] - b[0], a[1] - b[1]) < SAG);
    Some(ring)
}

/// The largest scale of 1 : {1, 2, 2.5, 5} × 10ⁿ at which `metres` fit into `room` (mm), as N.
fn fitting(metres: [f64; 2], room: [f64; 2]) -> f64 {
    let least = (metres[0] / room[0]).max(metres[1] / room[1]) * 1000.0;
    // A hundred-thousandth of tolerance: a frame that was computed from a round scale gets it back.
    let enough = |n: &f64| *n >= least * (1.0 - 1e-5);
    let decade = libm::pow(10.0, libm::floor(libm::log10(least.max(1.0))));
    [1.0, 2.0, 2.5, 5.0, 10.0, 20.0].map(|step| step * decade).into_iter().find(enough).unwrap_or(least)
}

fn corners(crs: &Crs, [x0, y0, x1, y1]: [f64; 4]) -> Result<[[f64; 2]; 4]> {
    // A side on the antimeridian has the longitude of the side that is shown.
    let side = |x, y, antimeridian: f64| {
        let [lon, lat] = crs.unproject([x, y])?;
        Ok([if lon.abs() >= 180.0 { antimeridian } else { lon }, lat])
    };
    Ok([side(x0, y0, -180.0)?, side(x0, y1, -180.0)?, side(x1, y1, 180.0)?, side(x1, y0, 180.0)?])
}
