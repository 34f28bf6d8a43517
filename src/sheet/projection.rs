//! A box on the ground: the CRS it is drawn in, its size there, and the scale of that CRS.

use crate::error::{Error, Result};
use crate::geo::{crs::Crs, ellipsoid::metres_per_degree};
use crate::request::{Bbox, CrsChoice};

/// Widest box that is drawn in one UTM zone, degrees; wider ones are drawn in Web Mercator, or in its sister about the
/// Pacific where they cross the antimeridian.
const UTM_WIDTH: f64 = 12.0;
/// Wider boxes that reach to this latitude go around the pole.
const POLAR_WIDTH: f64 = 90.0;
const POLAR: f64 = 86.0;
/// The way from one side of a box through its centre to the other is at most so many times as long as the straight line.
/// Where the CRS has its seam within the box, or the box goes around most of a pole, it is longer.
const DETOUR: f64 = 2.0;

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
pub(super) fn laid_out(crs: &Crs, bbox: Bbox) -> Result<([f64; 2], [f64; 2], [f64; 2])> {
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
    let [a, b, middle] = [crs.project(ends[0])?, crs.project(ends[1])?, crs.project([lon, lat])?];
    let distance = |a: [f64; 2], b: [f64; 2]| libm::hypot(b[0] - a[0], b[1] - a[1]);
    let length = distance(a, b);
    if length.is_finite() && length > 0.0 && distance(a, middle) + distance(middle, b) <= DETOUR * length {
        return Ok(length);
    }
    let message = format!("EPSG:{} cannot show the box {bbox}", crs.epsg);
    Err(match bbox.doubt() {
        Some(doubt) => Error::request("bbox", format!("{message}: {doubt}")),
        None => Error::Crs(message),
    })
}

/// CRS units for one metre on the ground at a place: the geometric mean of both directions.
pub(super) fn stretch(crs: &Crs, [lon, lat]: [f64; 2]) -> Result<f64> {
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
