//! Coordinate reference systems: WGS 84, Web Mercator, UTM and every EPSG code that crs-definitions knows and proj4rs computes.

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
/// formulas, lost digits. Found by computing every code with PROJ from its EPSG record and from the string.
const MISTAKEN: &[u16] = &[
    2065, 3303, 3973, 3974, 4688, 4807, 4810, 4811, 4816, 4819, 4821, 4901, 4902, 5513, 6996, 7400, 8044, 8045, 26591,
    26592,
];

/// A coordinate reference system, ready to compute. Datums are shifted by the one Helmert transformation of the code's
/// definition string, so old national datums may be some metres off what PROJ finds with grids.
#[derive(Clone)]
pub struct Crs {
    /// EPSG code.
    pub epsg: u16,
    /// True where coordinates are degrees (longitude first), false where they are metres.
    pub geographic: bool,
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
        Self { epsg: 4326, geographic: true, projs: None }
    }

    /// Web Mercator, EPSG:3857.
    pub fn web_mercator() -> Self {
        Self::certain(3857)
    }

    /// The UTM zone (WGS 84, EPSG 326zz north, 327zz south) a place in degrees lies in: plain zones of six degrees.
    pub fn utm(longitude: f64, latitude: f64) -> Self {
        let zone = (libm::floor((longitude + 180.0) / 6.0).rem_euclid(60.0)) as u32 + 1;
        Self::certain(if latitude < 0.0 { 32700 } else { 32600 } + zone)
    }

    /// A code of which a test knows that it can be computed.
    fn certain(code: u32) -> Self {
        Self::from_epsg(code).unwrap_or_else(|_| Self::wgs84())
    }

    /// By EPSG code.
    ///
    /// # Errors
    /// [`Error::Crs`] for a code that is unknown, not computable, or not in degrees or metres.
    pub fn from_epsg(code: u32) -> Result<Self> {
        if code == 4326 {
            return Ok(Self::wgs84());
        }
        let wrong = |why: &str| Error::Crs(format!("EPSG:{code} {why}"));
        let definition = u16::try_from(code).ok().and_then(crs_definitions::from_code);
        let definition = definition.ok_or_else(|| wrong("is not a code that is known here"))?;
        if MISTAKEN.contains(&definition.code) {
            return Err(wrong("cannot be computed here as EPSG defines it"));
        }
        if definition.proj4.split_whitespace().any(|word| word.starts_with("+nadgrids=") && word != "+nadgrids=@null") {
            return Err(wrong("needs a datum shift grid, which is not at hand"));
        }
        let unknown = |fault| wrong(&format!("cannot be computed: {fault}"));
        let proj = Proj::from_proj_string(definition.proj4).map_err(unknown)?;
        let geographic = proj.projection_type() == ProjType::Latlong;
        if proj.is_geocent() || !(proj.has_forward() && proj.has_inverse()) {
            return Err(wrong("cannot be computed both ways"));
        }
        if !geographic && (proj.to_meter() - 1.0).abs() > 1e-12 {
            return Err(wrong("is neither in degrees nor in metres"));
        }
        let world = Proj::from_proj_string("+proj=longlat +datum=WGS84 +no_defs").map_err(unknown)?;
        Ok(Self { epsg: definition.code, geographic, projs: Some(Box::new([world, proj])) })
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
