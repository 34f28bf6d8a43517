//! Coordinate reference systems: WGS 84, Web Mercator, UTM and every EPSG code that crs-definitions knows and proj4rs computes.

use super::antimeridian::World;
use super::epsg::definition;
use crate::error::{Error, Result};
use proj4rs::Proj;
use proj4rs::proj::ProjType;
use proj4rs::transform::{Transform, TransformClosure, transform};

/// Steps a degree is divided into.
pub const DEGREE: f64 = 1e7;
/// Steps a metre is divided into.
pub const METRE: f64 = 1e3;

/// A place that does not come back closer than this, in degrees, lies outside what a projection can show.
const RETURN: f64 = 1e-6;

/// Codes whose definition string says something else than EPSG: grads, axes that point south and west, spherical
/// formulas, lost digits, shifts of datum that are tens of metres off. Found by computing every code with PROJ from its EPSG
/// record and from the string.
const MISTAKEN: &[u16] = &[
    2062, 2065, 2082, 2170, 3168, 3303, 3787, 3844, 3973, 3974, 3975, 4161, 4688, 4805, 4807, 4810, 4811, 4816, 4819,
    4821, 4901, 4902, 5513, 6990, 6991, 6996, 7400, 8044, 8045, 24305, 24306, 24375, 24376, 24882, 26591, 26592, 27037,
    27038, 27039, 27040, 31265, 31266, 31267, 31268, 31275, 31276, 31277, 31278, 31279, 31281, 31282, 31283, 31288,
    31289, 31290, 31291, 31292, 31293,
];

/// UTM zones that are not six degrees wide: west, south, east, north. 32V reaches to the coast of Norway, and 31X to 37X
/// share Svalbard without 32X, 34X and 36X.
const WIDE: &[(u32, [f64; 4])] = &[
    (32, [3.0, 56.0, 12.0, 64.0]),
    (31, [0.0, 72.0, 9.0, 84.0]),
    (33, [9.0, 72.0, 21.0, 84.0]),
    (35, [21.0, 72.0, 33.0, 84.0]),
    (37, [33.0, 72.0, 42.0, 84.0]),
];

/// What to say after why a code cannot be used.
const ADVICE: &str = "name one in metres or degrees that needs no grid, such as EPSG:3857 or a UTM zone, or auto";

/// A coordinate reference system, ready to compute. Datums are shifted by the one Helmert transformation of the code's
/// definition string, so old national datums may be some metres off what PROJ finds with grids.
#[derive(Clone)]
pub struct Crs {
    /// EPSG code.
    pub epsg: u16,
    /// True where coordinates are degrees (longitude first), false where they are metres.
    pub geographic: bool,
    /// Longitude of the central meridian, degrees.
    middle: f64,
    /// From and to WGS 84; none where coordinates are WGS 84 already.
    projs: Option<Box<[Proj; 2]>>,
}

impl std::fmt::Debug for Crs {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "EPSG:{}", self.epsg)
    }
}

impl Crs {
    /// WGS 84, longitude first (EPSG:4326 as OGC:CRS84 orders it).
    pub fn wgs84() -> Self {
        Self { epsg: 4326, geographic: true, middle: 0.0, projs: None }
    }

    /// Web Mercator, EPSG:3857.
    pub fn web_mercator() -> Self {
        Self::certain(3857)
    }

    /// The UTM zone (WGS 84, EPSG 326zz north, 327zz south) a place in degrees lies in: six degrees wide, but wider zones
    /// for the west of Norway and for Svalbard.
    pub fn utm(longitude: f64, latitude: f64) -> Self {
        let plain = (libm::floor((longitude + 180.0) / 6.0).rem_euclid(60.0)) as u32 + 1;
        let special = |&&(_, [west, south, east, north]): &&(u32, [f64; 4])| {
            (west..east).contains(&longitude) && (south..north).contains(&latitude)
        };
        let zone = WIDE.iter().find(special).map_or(plain, |(zone, _)| *zone);
        Self::certain(if latitude < 0.0 { 32700 } else { 32600 } + zone)
    }

    /// What suits a place in degrees best: its UTM zone, beyond 84 degrees north and 80 degrees south Universal Polar
    /// Stereographic (easting first, EPSG 5041 and 5042).
    pub fn fitting(longitude: f64, latitude: f64) -> Self {
        match latitude {
            84.0.. => Self::certain(5041),
            ..-80.0 => Self::certain(5042),
            _ => Self::utm(longitude, latitude),
        }
    }

    /// Degrees that are even on a map, as square as they are on the ground at a place: plate carrée about its parallel and
    /// meridian. EPSG has a code for that of the equator alone, which stands for all.
    ///
    /// # Errors
    /// [`Error::Crs`] at the poles, where no degree of longitude has a length.
    pub fn plate_carree(longitude: f64, latitude: f64) -> Result<Self> {
        let latitude = latitude.clamp(-85.0, 85.0);
        let definition = format!("+proj=eqc +lat_ts={latitude} +lon_0={longitude} +datum=WGS84 +units=m +no_defs");
        let known =
            |text: &str| Proj::from_proj_string(text).map_err(|fault| Error::Crs(format!("plate carrée: {fault}")));
        let projs = [known("+proj=longlat +datum=WGS84 +no_defs")?, known(&definition)?];
        Ok(Self { epsg: 4087, geographic: false, middle: longitude, projs: Some(Box::new(projs)) })
    }

    /// A code of which a test knows that it can be computed.
    fn certain(code: u32) -> Self {
        Self::from_epsg(code).unwrap_or_else(|_| Self::wgs84())
    }

    /// The definition of its code as a string of PROJ.
    pub fn definition(&self) -> String {
        if self.epsg == 4326 {
            "+proj=longlat +datum=WGS84 +no_defs".into()
        } else {
            definition(self.epsg).unwrap_or_default()
        }
    }

    /// By EPSG code.
    ///
    /// # Errors
    /// [`Error::Crs`] for a code that is unknown, not computable, or not in degrees or metres.
    pub fn from_epsg(code: u32) -> Result<Self> {
        if code == 4326 {
            return Ok(Self::wgs84());
        }
        let wrong = |why: &str| Error::Crs(format!("EPSG:{code} {why}; {ADVICE}"));
        let known = u16::try_from(code).ok().and_then(|code| Some((code, definition(code)?)));
        let (epsg, definition) = known.ok_or_else(|| wrong("is not a code that is known here"))?;
        let definition = definition.as_str();
        if MISTAKEN.contains(&epsg) {
            return Err(wrong("cannot be computed here as EPSG defines it"));
        }
        if !is_tied(definition) {
            return Err(wrong("has a datum whose shift to WGS 84 is not at hand"));
        }
        if definition.split_whitespace().any(|word| word.starts_with("+nadgrids=") && word != "+nadgrids=@null") {
            return Err(wrong("needs a datum shift grid, which is not at hand"));
        }
        let unknown = |fault| wrong(&format!("cannot be computed: {fault}"));
        let proj = Proj::from_proj_string(definition).map_err(unknown)?;
        let geographic = proj.projection_type() == ProjType::Latlong;
        if proj.is_geocent() || !(proj.has_forward() && proj.has_inverse()) {
            return Err(wrong("cannot be computed both ways"));
        }
        if !geographic && (proj.to_meter() - 1.0).abs() > 1e-12 {
            return Err(wrong("is neither in degrees nor in metres"));
        }
        let world = Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs").map_err(unknown)?;
        Ok(Self { epsg, geographic, middle: middle(definition), projs: Some(Box::new([world, proj])) })
    }

    /// The longitudes that this system shows side by side about a place in degrees. On a cylinder they end half a turn from
    /// the central meridian; around a pole they go on.
    pub(crate) fn world(&self, [lon, lat]: [f64; 2]) -> World {
        const ASIDE: f64 = 1e-5;
        if self.geographic {
            return World::DEGREES;
        }
        let rim = self.middle + 180.0;
        let sides = [rim - ASIDE, rim + ASIDE].map(|rim| self.quanta([rim, lat]));
        let near = |[a, b]: [i64; 2]| ((a - b).abs() as f64) < METRE * 1e3;
        match sides {
            [Some(a), Some(b)] if near([a[0], b[0]]) && near([a[1], b[1]]) => World::about(lon, true),
            _ => World::about(self.middle, false),
        }
    }

    /// Steps that coordinates are rounded to, in one unit.
    pub fn steps(&self) -> f64 {
        if self.geographic { DEGREE } else { METRE }
    }

    /// Degrees → this system, quantised (degrees 1e-7, metres 1e-3).
    ///
    /// # Errors
    /// [`Error::Crs`] where the place lies outside what the projection can show.
    pub fn project(&self, degrees: [f64; 2]) -> Result<[f64; 2]> {
        let steps = self.steps();
        let found = self.quanta(degrees).ok_or_else(|| self.beyond(degrees))?;
        Ok(found.map(|step| step as f64 / steps))
    }

    /// Degrees → whole steps of this system; none where the projection fails.
    pub(crate) fn quanta(&self, degrees: [f64; 2]) -> Option<[i64; 2]> {
        let steps = self.steps();
        let step = |value: f64| libm::round(value * steps) as i64;
        let Some([world, proj]) = self.projs.as_deref() else { return Some(degrees.map(step)) };
        let mut place = Place(degrees.map(f64::to_radians));
        transform(world, proj, &mut place).ok()?;
        let Place(found) = place;
        let found = if self.geographic { found.map(f64::to_degrees) } else { found };
        // Beyond 1e9 metres there is no earth, only a projection that runs away.
        found.iter().all(|value| value.abs() < 1e9).then(|| found.map(step))
    }

    /// This system → degrees, quantised to 1e-7; longitudes lie in -180 to 180.
    ///
    /// # Errors
    /// As [`Crs::project`].
    pub fn unproject(&self, point: [f64; 2]) -> Result<[f64; 2]> {
        let wrong = || Error::Crs(format!("EPSG:{} has no place at {}, {}", self.epsg, point[0], point[1]));
        let Some([world, proj]) = self.projs.as_deref() else { return Ok(point) };
        let mut place = Place(if self.geographic { point.map(f64::to_radians) } else { point });
        transform(proj, world, &mut place).map_err(|_| wrong())?;
        let found = place.0.map(|value| libm::round(value.to_degrees() * DEGREE) / DEGREE);
        if found[0].abs() <= 180.0 && found[1].abs() <= 90.0 { Ok(found) } else { Err(wrong()) }
    }

    /// Says whether a place survives the way there and back.
    ///
    /// # Errors
    /// [`Error::Crs`] naming the code and the place if it does not.
    pub fn reaches(&self, degrees: [f64; 2]) -> Result<()> {
        let back = self.unproject(self.project(degrees)?).map_err(|_| self.beyond(degrees))?;
        let turn = (back[0] - degrees[0]).abs();
        let turn = turn.min((turn - 360.0).abs());
        // At a pole every longitude is the same place.
        let pole = degrees[1].abs() > 90.0 - RETURN;
        if (pole || turn < RETURN) && (back[1] - degrees[1]).abs() < RETURN {
            Ok(())
        } else {
            Err(self.beyond(degrees))
        }
    }

    /// The error for a place that this system cannot show.
    pub(crate) fn beyond(&self, [x, y]: [f64; 2]) -> Error {
        Error::Crs(format!("EPSG:{} cannot show the place {x}, {y} (longitude, latitude)", self.epsg))
    }
}

/// Whether a definition string ties its ellipsoid to WGS 84: by naming the datum or its shift, or because the ellipsoid is
/// that of WGS 84 or of its kin, or a mere sphere.
fn is_tied(definition: &str) -> bool {
    let value = |key: &str| definition.split_whitespace().find_map(|word| word.strip_prefix(key));
    let tied = ["+towgs84=", "+datum=", "+nadgrids=", "+R="].into_iter().any(|key| value(key).is_some());
    let kin = value("+ellps=").is_some_and(|name| ["GRS80", "WGS84", "sphere"].contains(&name));
    // The ellipsoid of Hughes, which polar ice is mapped on, is not tied to any place either.
    let free = value("+a=").is_some_and(|a| value("+b=") == Some(a) || a == "6378273");
    tied || kin || free
}

/// The longitude of the central meridian that a definition string names, degrees.
fn middle(definition: &str) -> f64 {
    let value = |key: &str| {
        let found = definition.split_whitespace().find_map(|word| word.strip_prefix(key));
        found.and_then(|value| value.parse::<f64>().ok())
    };
    let zone = value("+zone=").map(|zone| zone * 6.0 - 183.0);
    zone.or(value("+lon_0=")).or(value("+lonc=")).unwrap_or(0.0)
}

/// A point as proj4rs wants it: radians for degrees.
struct Place([f64; 2]);

impl Transform for Place {
    fn transform_coordinates<F: TransformClosure>(&mut self, f: &mut F) -> proj4rs::errors::Result<()> {
        let [x, y] = self.0;
        let (x, y, _) = f(x, y, 0.0)?;
        self.0 = [x, y];
        Ok(())
    }
}
