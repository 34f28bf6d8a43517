//! What is wanted: the one schema for JavaScript, REST and command line. Unknown fields and wrong types are errors that name the field.

use crate::error::{Error, Result};
use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// An export request; every field may be left out but `formats` (or `format`).
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Request {
    /// One to five format ids or aliases.
    pub formats: Vec<String>,
    /// Short for `formats` with one id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<String>,
    /// What to show, WGS 84 degrees.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bbox: Option<Bbox>,
    /// Cuts inside `bbox`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// Style of drawn products.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub map_style: Option<MapStyle>,
    /// 1 (overview) to 6 (everything).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail_level: Option<u8>,
    /// `layer` or `layer.class`; empty means all.
    pub layers: Vec<String>,
    /// Coordinate reference system.
    pub crs: CrsChoice,
    /// Whether geometry is cut at the frame.
    pub clip: Clip,
    /// Language of names.
    pub language: Language,
    /// Paper, scale, furniture.
    pub page: Page,
    /// Text as text or as outlines.
    pub text: Text,
    /// How sea is decided where no coast is in view.
    pub sea: Sea,
    /// Own data on top.
    pub overlays: Vec<Overlay>,
    /// Options of each format, by id.
    pub options: BTreeMap<String, BTreeMap<String, Value>>,
}

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

    /// Middle of the box; the longitude lies in -180 to 180.
    pub fn center(&self) -> [f64; 2] {
        let lon = self.min_lon + self.width() / 2.0;
        [if lon > 180.0 { lon - 360.0 } else { lon }, (self.min_lat + self.max_lat) / 2.0]
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
            let id =
                id.as_i64().filter(|&id| id > 0).ok_or_else(|| wrong("relation must be a positive whole number"))?;
            if value.as_object().is_some_and(|fields| fields.len() > 1) {
                return Err(wrong("relation stands alone"));
            }
            return Ok(Self::Relation { relation: id });
        }
        let list = value.get("coordinates").cloned().unwrap_or_default();
        let coordinates: Vec<Vec<Vec<[f64; 2]>>> = match value.get("type").and_then(Value::as_str) {
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
        Ok(Self::Shape { r#type: "MultiPolygon".into(), coordinates })
    }
}

/// The style of drawn products.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum MapStyle {
    /// A built-in style.
    Named(String),
    /// A built-in style with other colours.
    Based {
        /// The built-in style.
        base: String,
        /// Palette entries to replace.
        colors: BTreeMap<String, String>,
    },
    /// A MapLibre style document.
    Document(Value),
}

impl<'de> Deserialize<'de> for MapStyle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Based {
            base: String,
            #[serde(default)]
            colors: BTreeMap<String, String>,
        }
        match Value::deserialize(deserializer)? {
            Value::String(id) => Ok(Self::Named(id)),
            value if value.get("base").is_some() => {
                let Based { base, colors } = serde_json::from_value(value).map_err(de::Error::custom)?;
                Ok(Self::Based { base, colors })
            }
            value if value.get("layers").is_some() => Ok(Self::Document(value)),
            _ => Err(de::Error::custom(
                "expected the id of a style, {\"base\": id, \"colors\": {…}} or a MapLibre style document with layers",
            )),
        }
    }
}

/// `auto` or `EPSG:n`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum CrsChoice {
    /// What fits the product.
    #[default]
    Auto,
    /// An EPSG code.
    Epsg(u32),
}

impl Serialize for CrsChoice {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Auto => serializer.serialize_str("auto"),
            Self::Epsg(code) => serializer.collect_str(&format_args!("EPSG:{code}")),
        }
    }
}

impl<'de> Deserialize<'de> for CrsChoice {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        if text == "auto" {
            return Ok(Self::Auto);
        }
        let code = text.get(..5).filter(|head| head.eq_ignore_ascii_case("epsg:")).and(text.get(5..));
        match code.and_then(|code| code.parse().ok()) {
            Some(code) => Ok(Self::Epsg(code)),
            None => Err(de::Error::custom(format!("\"{text}\" is not a CRS; expected \"auto\" or \"EPSG:n\""))),
        }
    }
}

/// Whether geometry is cut at the frame: `auto`, true or false.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Clip {
    /// Drawn products are cut, data products keep whole features.
    #[default]
    Auto,
    /// Cut.
    Yes,
    /// Whole.
    No,
}

impl Serialize for Clip {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Auto => serializer.serialize_str("auto"),
            Self::Yes => serializer.serialize_bool(true),
            Self::No => serializer.serialize_bool(false),
        }
    }
}

impl<'de> Deserialize<'de> for Clip {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Bool(true) => Ok(Self::Yes),
            Value::Bool(false) => Ok(Self::No),
            Value::String(text) if text == "auto" => Ok(Self::Auto),
            other => Err(de::Error::custom(format!("{other} is not allowed; expected \"auto\", true or false"))),
        }
    }
}

/// Which name of a feature is used: `name`, `xx`, `xx+name` or `latin`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Language {
    /// The tag `name`.
    #[default]
    Local,
    /// `name:xx`, else `name`.
    Tag(String),
    /// `name:xx` and `name`, both, where they differ.
    Both(String),
    /// A name in Latin letters: `int_name`, `name:en`, `name` as it comes.
    Latin,
}

impl Serialize for Language {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Local => serializer.serialize_str("name"),
            Self::Tag(tag) => serializer.serialize_str(tag),
            Self::Both(tag) => serializer.collect_str(&format_args!("{tag}+name")),
            Self::Latin => serializer.serialize_str("latin"),
        }
    }
}

impl<'de> Deserialize<'de> for Language {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let tag = text.strip_suffix("+name").unwrap_or(&text);
        let plausible =
            (2..=12).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
        match (text.as_str(), plausible) {
            ("name", _) => Ok(Self::Local),
            ("latin", _) => Ok(Self::Latin),
            (_, true) if tag.len() < text.len() => Ok(Self::Both(tag.into())),
            (_, true) => Ok(Self::Tag(tag.into())),
            _ => Err(de::Error::custom(format!(
                "\"{text}\" is not a language; expected \"name\", \"latin\", a language tag such as \"en\", or \"en+name\""
            ))),
        }
    }
}

/// `text` or `outline`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Text {
    /// Text stays text.
    #[default]
    Text,
    /// Text becomes outlines.
    Outline,
}

/// `auto`, `land` or `sea`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sea {
    /// By coastline; by what is there where none is in view.
    #[default]
    Auto,
    /// The frame is land where no coastline says otherwise.
    Land,
    /// The frame is sea where no coastline says otherwise.
    Sea,
}

/// Own data on top of the map.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overlay {
    /// GeoJSON (object or text), GPX or KML text.
    pub data: Value,
    /// How it is drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Value>,
}

/// The sheet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Page {
    /// Paper.
    pub size: Size,
    /// Which way it lies.
    pub orientation: Orientation,
    /// Ground scale 1 : N at the frame's centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scale: Option<f64>,
    /// White margin in mm.
    pub margin: f64,
    /// Bleed in mm.
    pub bleed: f64,
    /// Dots per inch of raster formats; 150 if not given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dpi: Option<f64>,
    /// Shape of the map frame.
    pub frame: FrameShape,
    /// What stands around the map.
    pub furniture: Furniture,
    /// Only this part of the sheet, `[x, y, w, h]` in mm.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub window: Option<[f64; 4]>,
}

/// Paper size.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Size {
    /// The sheet is the frame.
    #[default]
    Fit,
    /// A named paper, a row of [`PAPERS`].
    Named(&'static str),
    /// Width and height in mm.
    Mm([f64; 2]),
}

/// Named papers: id, width and height in mm (ISO 216; ANSI/ASME Y14.1 and its architectural sizes).
pub const PAPERS: &[(&str, f64, f64)] = &[
    ("A0", 841.0, 1189.0),
    ("A1", 594.0, 841.0),
    ("A2", 420.0, 594.0),
    ("A3", 297.0, 420.0),
    ("A4", 210.0, 297.0),
    ("A5", 148.0, 210.0),
    ("A6", 105.0, 148.0),
    ("letter", 215.9, 279.4),
    ("legal", 215.9, 355.6),
    ("tabloid", 279.4, 431.8),
    ("arch-a", 228.6, 304.8),
    ("arch-b", 304.8, 457.2),
    ("arch-c", 457.2, 609.6),
    ("arch-d", 609.6, 914.4),
    ("arch-e", 914.4, 1219.2),
];

impl Serialize for Size {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::Fit => serializer.serialize_str("fit"),
            Self::Named(id) => serializer.serialize_str(id),
            Self::Mm(mm) => mm.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let names = || PAPERS.iter().map(|(id, ..)| *id).collect::<Vec<_>>().join(", ");
        match Value::deserialize(deserializer)? {
            Value::String(text) if text == "fit" => Ok(Self::Fit),
            Value::String(text) => match PAPERS.iter().find(|(id, ..)| id.eq_ignore_ascii_case(&text)) {
                Some((id, ..)) => Ok(Self::Named(id)),
                None => Err(de::Error::custom(format!(
                    "\"{text}\" is not a paper; expected \"fit\", [width, height] in mm, or one of {}",
                    names()
                ))),
            },
            value => match serde_json::from_value::<[f64; 2]>(value) {
                Ok(mm) if mm.iter().all(|&side| (10.0..=5000.0).contains(&side)) => Ok(Self::Mm(mm)),
                _ => Err(de::Error::custom("expected a paper, \"fit\", or [width, height] of 10 to 5000 mm each")),
            },
        }
    }
}

/// Which way the paper lies.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// As the area lies.
    #[default]
    Auto,
    /// Upright.
    Portrait,
    /// Lying.
    Landscape,
}

/// Shape of the map frame on the sheet.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FrameShape {
    /// Rectangle, rounded, circle or polygon (`area`).
    pub shape: Shape,
}

/// See [`FrameShape`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// A rectangle.
    #[default]
    Rectangle,
    /// A rectangle with round corners.
    Rounded,
    /// The largest circle.
    Circle,
    /// The polygon of `area`.
    Polygon,
}

/// What stands on the sheet around the map; attribution always does.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Furniture {
    /// A heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A scale bar.
    pub scale_bar: bool,
    /// The ratio 1 : N.
    pub ratio: bool,
    /// A north arrow.
    pub north_arrow: bool,
    /// A grid: degrees or metres.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grid: Option<String>,
    /// A legend of what is drawn.
    pub legend: bool,
    /// A street index.
    pub index: bool,
}

impl Request {
    /// Reads a request from JSON text.
    ///
    /// # Errors
    /// [`Error::Request`] naming the field and what is allowed there.
    pub fn from_json(text: &str) -> Result<Self> {
        let mut reader = serde_json::Deserializer::from_str(text);
        let request: Self = serde_path_to_error::deserialize(&mut reader).map_err(|fault| {
            let path = fault.path().to_string();
            let message = strip_position(&fault.into_inner().to_string());
            named(&path, message)
        })?;
        reader.end().map_err(|fault| Error::request("request", strip_position(&fault.to_string())))?;
        request.checked()
    }

    /// Moves `format` into `formats` and checks what types cannot.
    ///
    /// # Errors
    /// As [`Request::from_json`].
    pub fn checked(mut self) -> Result<Self> {
        if let Some(format) = self.format.take() {
            if !self.formats.is_empty() {
                return Err(Error::request("format", "give either format or formats"));
            }
            self.formats.push(format);
        }
        if self.formats.len() > 5 {
            return Err(Error::request("formats", format!("{} formats; at most 5 in one request", self.formats.len())));
        }
        if self.detail_level.is_some_and(|level| !(1..=6).contains(&level)) {
            return Err(Error::request("detail_level", "expected a whole number from 1 to 6"));
        }
        let page = &self.page;
        for (field, value, range) in [
            ("page.scale", page.scale, 10.0..=1e8),
            ("page.margin", Some(page.margin), 0.0..=500.0),
            ("page.bleed", Some(page.bleed), 0.0..=50.0),
            ("page.dpi", page.dpi, 10.0..=2400.0),
        ] {
            if value.is_some_and(|value| !range.contains(&value)) {
                return Err(Error::request(
                    field,
                    format!("expected a number from {} to {}", range.start(), range.end()),
                ));
            }
        }
        Ok(self)
    }
}

/// The path of the field at fault; for unknown fields serde names it in the message and the path stops above it.
fn named(path: &str, message: String) -> Error {
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    let path = if path == "." { "" } else { path };
    let field = match unknown {
        Some(name) if path.rsplit('.').next() != Some(name) && !path.is_empty() => format!("{path}.{name}"),
        Some(name) if path.is_empty() => name.to_owned(),
        _ if path.is_empty() => "request".to_owned(),
        _ => path.to_owned(),
    };
    Error::request(field, message)
}

/// serde_json appends " at line 1 column 7"; a field says it better.
fn strip_position(message: &str) -> String {
    message.split(" at line ").next().unwrap_or(message).to_owned()
}
