//! Area, paper and scale → the sheet: its size, where the map lies on it, and what ground it shows.

use crate::error::{Error, Result};
use crate::geo::{crs::Crs, ellipsoid::metres_per_degree};
use crate::note::Notes;
use crate::request::{Bbox, CrsChoice, Orientation, PAPERS, Page, Request, Size};

/// A sheet of paper with a map frame on it. Page coordinates are millimetres, origin top left, y down.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// Width of the sheet, mm.
    pub width: f64,
    /// Height of the sheet, mm.
    pub height: f64,
    /// Bleed around the sheet, mm; not part of `width` and `height`.
    pub bleed: f64,
    /// Map frame on the sheet: x, y, width, height in mm.
    pub map: [f64; 4],
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
/// Points at which each edge of the frame is followed on the ground.
const EDGE_STEPS: usize = 8;
/// Widest box that is drawn in one UTM zone, degrees; wider ones are drawn in Web Mercator, or in its sister about the
/// Pacific where they cross the antimeridian.
const UTM_WIDTH: f64 = 12.0;
/// Wider boxes that reach to this latitude go around the pole.
const POLAR_WIDTH: f64 = 90.0;
const POLAR: f64 = 86.0;

impl Sheet {
    /// A point of `crs` → the sheet, mm.
    pub fn place(&self, [x, y]: [f64; 2]) -> [f64; 2] {
        let [left, top, ..] = self.map;
        [left + (x - self.extent[0]) * self.mm_per_unit, top + (self.extent[3] - y) * self.mm_per_unit]
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
        self.corners = corners(&self.crs, self.extent)?;
        Ok(self)
    }
}

/// The CRS a drawn product of this box is in.
///
/// # Errors
/// [`Error::Crs`] for a code that cannot be used, and for one in degrees: a drawing needs lengths.
pub fn drawn_crs(choice: CrsChoice, bbox: Bbox) -> Result<Crs> {
    let [lon, lat] = bbox.center();
    match choice {
        CrsChoice::Epsg(code) => {
            let crs = Crs::from_epsg(code)?;
            if crs.geographic {
                let hint = "drawn formats need a projected one, such as EPSG:3857 or auto";
                return Err(Error::Crs(format!("EPSG:{code} is in degrees; {hint}")));
            }
            Ok(crs)
        }
        CrsChoice::Auto if around_pole(bbox).is_some() => Ok(Crs::fitting(0.0, 90.0_f64.copysign(lat))),
        CrsChoice::Auto if !(-80.0..84.0).contains(&lat) => Ok(Crs::fitting(lon, lat)),
        CrsChoice::Auto if bbox.width() > UTM_WIDTH && bbox.min_lon > bbox.max_lon => Crs::from_epsg(3832),
        CrsChoice::Auto if bbox.width() > UTM_WIDTH => Crs::from_epsg(3857),
        CrsChoice::Auto => Ok(Crs::utm(lon, lat)),
    }
}

/// Lays out the sheet for a request. `extent` is the box that is used where the request names none.
///
/// # Errors
/// [`Error::Request`] for a page that cannot be, [`Error::Crs`] for a CRS that does not fit.
pub fn frame(request: &Request, extent: Bbox, notes: &mut Notes) -> Result<Sheet> {
    lay_out(request, extent, true, notes)
}

/// The same for models in true size, whose sheet may be as large or small as it likes.
///
/// # Errors
/// Those of [`frame`] but for sheets that are too long.
pub fn model(request: &Request, extent: Bbox, notes: &mut Notes) -> Result<Sheet> {
    lay_out(request, extent, false, notes)
}

fn lay_out(request: &Request, extent: Bbox, bounded: bool, notes: &mut Notes) -> Result<Sheet> {
    let bbox = request.bbox.unwrap_or(extent);
    let page = &request.page;
    let crs = drawn_crs(request.crs, bbox)?;
    let ([lon, lat], center, ground) = laid_out(&crs, bbox)?;
    let stretch = stretch(&crs, [lon, lat])?;
    // Size of the box in metres on the ground at its centre.
    let metres = ground.map(|units| units / stretch);
    let (room, margin) = room(page, metres);
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
    let sheet = Sheet {
        width: map[0] + 2.0 * margin,
        height: map[1] + 2.0 * margin,
        bleed: page.bleed,
        map: [margin, margin, map[0], map[1]],
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

/// Room for the map on the page (none: as much as it takes) and the margin, mm.
fn room(page: &Page, metres: [f64; 2]) -> (Option<[f64; 2]>, f64) {
    let landscape = match page.orientation {
        Orientation::Auto => metres[0] >= metres[1],
        Orientation::Landscape => true,
        Orientation::Portrait => false,
    };
    let paper = paper(page, landscape);
    let margin = page.margin.unwrap_or(if paper.is_some() { MARGIN } else { 0.0 });
    (paper.map(|sides| sides.map(|side| side - 2.0 * margin)), margin)
}

/// The scale of a page that shows `extent` of `crs`, as N of 1 : N.
///
/// # Errors
/// [`Error::Crs`] where the CRS cannot be inverted.
pub fn scale(page: &Page, crs: &Crs, [left, bottom, right, top]: [f64; 4]) -> Result<f64> {
    if let Some(scale) = page.scale {
        return Ok(scale);
    }
    let stretch = stretch(crs, crs.unproject([(left + right) / 2.0, (bottom + top) / 2.0])?)?;
    let metres = [(right - left) / stretch, (top - bottom) / stretch];
    Ok(fitting(metres, room(page, metres).0.unwrap_or([FIT; 2])))
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

/// The largest scale of 1 : {1, 2, 2.5, 5} × 10ⁿ at which `metres` fit into `room` (mm), as N.
fn fitting(metres: [f64; 2], room: [f64; 2]) -> f64 {
    let least = (metres[0] / room[0]).max(metres[1] / room[1]) * 1000.0;
    // A hundred-thousandth of tolerance: a frame that was computed from a round scale gets it back.
    let enough = |n: &f64| *n >= least * (1.0 - 1e-5);
    let decade = libm::pow(10.0, libm::floor(libm::log10(least.max(1.0))));
    [1.0, 2.0, 2.5, 5.0, 10.0, 20.0].map(|step| step * decade).into_iter().find(enough).unwrap_or(least)
}

/// The latitude of the pole that a box goes around; none if it goes around none.
fn around_pole(bbox: Bbox) -> Option<f64> {
    let wide = bbox.width() > POLAR_WIDTH;
    if wide && bbox.min_lat > 0.0 && bbox.max_lat > POLAR {
        return Some(90.0);
    }
    (wide && bbox.max_lat < 0.0 && bbox.min_lat < -POLAR).then_some(-90.0)
}

/// Middle of a box in degrees and in CRS units, and its width and height: measured through its centre or, around a pole that the CRS shows, those
/// of its outline.
fn laid_out(crs: &Crs, bbox: Bbox) -> Result<([f64; 2], [f64; 2], [f64; 2])> {
    let Some(pole) = around_pole(bbox).filter(|&pole| crs.reaches([0.0, pole]).is_ok()) else {
        let ground = [true_size(crs, bbox, 0)?, true_size(crs, bbox, 1)?];
        return Ok((bbox.center(), crs.project(bbox.center())?, ground));
    };
    let near = crs.project([0.0, pole])?;
    let mut span = [near[0], near[1], near[0], near[1]];
    let rim = if pole > 0.0 { bbox.min_lat } else { bbox.max_lat };
    for row in 0..=64 {
        let lon = bbox.min_lon + bbox.width() * f64::from(row) / 64.0;
        let [x, y] = crs.project([if lon > 180.0 { lon - 360.0 } else { lon }, rim])?;
        span = [span[0].min(x), span[1].min(y), span[2].max(x), span[3].max(y)];
    }
    let [x0, y0, x1, y1] = span;
    let center = [(x0 + x1) / 2.0, (y0 + y1) / 2.0];
    Ok((crs.unproject(center)?, center, [x1 - x0, y1 - y0]))
}

/// Width (axis 0) or height (axis 1) of a box in CRS units, measured through its centre.
fn true_size(crs: &Crs, bbox: Bbox, axis: usize) -> Result<f64> {
    let [lon, lat] = bbox.center();
    let ends =
        if axis == 0 { [[bbox.min_lon, lat], [bbox.max_lon, lat]] } else { [[lon, bbox.min_lat], [lon, bbox.max_lat]] };
    let [a, b] = [crs.project(ends[0])?, crs.project(ends[1])?];
    let length = libm::hypot(b[0] - a[0], b[1] - a[1]);
    if length.is_finite() && length > 0.0 {
        return Ok(length);
    }
    Err(Error::Crs(format!(
        "EPSG:{} cannot show the box {} {} {} {}",
        crs.epsg, bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat
    )))
}

/// CRS units for one metre on the ground at a place: the geometric mean of both directions.
fn stretch(crs: &Crs, [lon, lat]: [f64; 2]) -> Result<f64> {
    const STEP: f64 = 1e-3;
    // At a pole there is no east; a little beside it the scale is the same.
    let lat = lat.clamp(-89.99, 89.99);
    let [per_lon, per_lat] = metres_per_degree(lat);
    let length = |a: [f64; 2], b: [f64; 2]| -> Result<f64> {
        let (a, b) = (crs.project(a)?, crs.project(b)?);
        Ok(libm::hypot(b[0] - a[0], b[1] - a[1]))
    };
    let east = length([lon - STEP, lat], [lon + STEP, lat])? / (2.0 * STEP * per_lon);
    let north = length([lon, lat - STEP], [lon, lat + STEP])? / (2.0 * STEP * per_lat);
    Ok(libm::sqrt(east * north))
}

fn corners(crs: &Crs, [x0, y0, x1, y1]: [f64; 4]) -> Result<[[f64; 2]; 4]> {
    Ok([crs.unproject([x0, y0])?, crs.unproject([x0, y1])?, crs.unproject([x1, y1])?, crs.unproject([x1, y0])?])
}
