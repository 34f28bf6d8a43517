//! Where: boxes and areas.

use super::value::whole;
use crate::error::{Error, Result};
use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A box in WGS 84 degrees; `min_lon > max_lon` crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bbox {
    /// West.
    pub min_lon: f64,
    /// South.
    pub min_lat: f64,
    /// East.
    pub max_lon: f64,
    /// North.
    pub max_lat: f64,
}

impl Bbox {
    /// Checks ranges and order of latitudes.
    ///
    /// # Errors
    /// [`Error::Request`] for `bbox` with what would be right.
    pub fn new(west: f64, south: f64, east: f64, north: f64) -> Result<Self> {
        let wrong = |message: String| Err(Error::request("bbox", message));
        let [west, south, east, north] = [west, south, east, north].map(tidy);
        for (name, value, limit) in
            [("min_lon", west, 180.0), ("min_lat", south, 90.0), ("max_lon", east, 180.0), ("max_lat", north, 90.0)]
        {
            if !value.is_finite() || value.abs() > limit {
                return wrong(format!("{name} is {value}; it must lie between -{limit} and {limit} degrees"));
            }
        }
        if south >= north {
            return wrong(format!("min_lat ({south}) must be less than max_lat ({north})"));
        }
        if west == east {
            return wrong(format!("min_lon and max_lon are both {west}; the box has no width"));
        }
        Ok(Self { min_lon: west, min_lat: south, max_lon: east, max_lat: north })
    }

    /// Width in degrees, across the antimeridian if need be.
    pub fn width(&self) -> f64 {
        let width = self.max_lon - self.min_lon;
        if width < 0.0 { width + 360.0 } else { width }
    }

    /// What to say of a box that goes most of the way round: its sides may be swapped.
    pub fn doubt(&self) -> Option<String> {
        (self.min_lon > self.max_lon && self.width() > 180.0).then(|| {
            format!(
                "it goes {:.1} degrees round the Earth, across the antimeridian; are min_lon and max_lon swapped?",
                self.width()
            )
        })
    }

    /// Middle of the box; the longitude lies in -180 to 180.
    pub fn center(&self) -> [f64; 2] {
        let lon = self.min_lon + self.width() / 2.0;
        [if lon > 180.0 { lon - 360.0 } else { lon }, (self.min_lat + self.max_lat) / 2.0]
    }

    /// Whether the boxes have a place in common, across the antimeridian if need be.
    pub fn meets(&self, other: &Self) -> bool {
        let begins_in = |a: &Self, b: &Self| (a.min_lon - b.min_lon).rem_euclid(360.0) <= b.width();
        self.min_lat <= other.max_lat
            && other.min_lat <= self.max_lat
            && (begins_in(self, other) || begins_in(other, self))
    }
}

/// `west,south,east,north`.
impl std::fmt::Display for Bbox {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(f, "{},{},{},{}", self.min_lon, self.min_lat, self.max_lon, self.max_lat)
    }
}

impl<'de> Deserialize<'de> for Bbox {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        const SHAPE: &str = "expected {min_lon, min_lat, max_lon, max_lat} or [west, south, east, north], in degrees";
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Named {
            min_lon: f64,
            min_lat: f64,
            max_lon: f64,
            max_lat: f64,
        }
        let [w, s, e, n] = match Value::deserialize(deserializer)? {
            value @ Value::Array(_) => {
                serde_json::from_value(value).map_err(|fault| de::Error::custom(format!("{fault}; {SHAPE}")))?
            }
            value @ Value::Object(_) => {
                let b: Named =
                    serde_json::from_value(value).map_err(|fault| de::Error::custom(format!("{fault}; {SHAPE}")))?;
                [b.min_lon, b.min_lat, b.max_lon, b.max_lat]
            }
            _ => return Err(de::Error::custom(SHAPE)),
        };
        Self::new(w, s, e, n).map_err(|fault| match fault {
            Error::Request { message, .. } => de::Error::custom(message),
            other => de::Error::custom(other),
        })
    }
}

/// Degrees to nine decimals, a tenth of a millimetre: so many come through JSON unchanged, there and back.
fn tidy(degrees: f64) -> f64 {
    libm::round(degrees * 1e9) / 1e9
}

/// What cuts inside the box.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Area {
    /// A boundary or multipolygon relation found in the data.
    Relation {
        /// Its id.
        relation: i64,
    },
    /// GeoJSON Polygon or MultiPolygon.
    Shape {
        /// `Polygon` or `MultiPolygon`.
        r#type: String,
        /// Rings as GeoJSON nests them: a list of polygons after reading.
        coordinates: Vec<Vec<Vec<[f64; 2]>>>,
    },
}

impl<'de> Deserialize<'de> for Area {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        const SHAPE: &str = "expected {\"relation\": id} or a GeoJSON Polygon or MultiPolygon";
        let wrong = |what: &str| de::Error::custom(format!("{what}; {SHAPE}"));
        let mut value = Value::deserialize(deserializer)?;
        if value.get("type").and_then(Value::as_str) == Some("Feature") {
            value = value.get("geometry").cloned().unwrap_or_default();
        }
        if let Some(id) = value.get("relation") {
            let id = whole(id).filter(|&id| id > 0).ok_or_else(|| wrong("relation must be a positive whole number"))?;
            if value.as_object().is_some_and(|fields| fields.len() > 1) {
                return Err(wrong("relation stands alone"));
            }
            return Ok(Self::Relation { relation: id });
        }
        let list = value.get("coordinates").cloned().unwrap_or_default();
        let mut coordinates: Vec<Vec<Vec<[f64; 2]>>> = match value.get("type").and_then(Value::as_str) {
            Some("Polygon") => vec![serde_json::from_value(list).map_err(|fault| wrong(&fault.to_string()))?],
            Some("MultiPolygon") => serde_json::from_value(list).map_err(|fault| wrong(&fault.to_string()))?,
            _ => return Err(wrong("not an area")),
        };
        let rings = coordinates.iter().flatten();
        if coordinates.is_empty() || rings.clone().any(|ring| ring.len() < 4 || ring.first() != ring.last()) {
            return Err(wrong("every ring needs at least four positions, the last equal to the first"));
        }
        let outside = |[x, y]: &[f64; 2]| !(x.abs() <= 180.0 && y.abs() <= 90.0);
        if rings.flatten().any(outside) {
            return Err(wrong("positions are [longitude, latitude] in degrees, within 180 and 90"));
        }
        for degrees in coordinates.iter_mut().flatten().flatten().flatten() {
            *degrees = tidy(*degrees);
        }
        Ok(Self::Shape { r#type: "MultiPolygon".into(), coordinates })
    }
}
