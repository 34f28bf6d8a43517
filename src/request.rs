//! What is wanted: the one schema for JavaScript, REST and command line. Unknown fields and wrong types are errors that name the field.

use crate::error::{Error, Result};
use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

mod choice;
mod filter;
mod limits;
mod page;
mod place;
mod value;

pub use choice::{Clip, CrsChoice, Language, MapStyle, Overlay, Sea, Text};
pub use filter::{Condition, Filter};
pub use limits::Limits;
pub use page::{FrameShape, Furniture, Orientation, PAPERS, Page, ScaleBar, Shape, Size};
pub use place::{Area, Bbox};
pub use value::{brief, whole};

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
    /// 1 (overview) to 6 (everything): in drawn products relative to the scale, 3 without it; in data products absolute, and
    /// everything without it.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "level")]
    pub detail_level: Option<u8>,
    /// `layer` or `layer.class`; empty means all.
    pub layers: Vec<String>,
    /// Tags that an element must have.
    #[serde(skip_serializing_if = "Filter::is_empty")]
    pub filter: Filter,
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
    /// How sea is decided where no coast is in view, `auto` where nothing is said; products of data hold the sea where it
    /// is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sea: Option<Sea>,
    /// Own data on top.
    pub overlays: Vec<Overlay>,
    /// Options of each format, by id.
    pub options: BTreeMap<String, BTreeMap<String, Value>>,
}

impl Request {
    /// Reads a request from JSON text.
    ///
    /// # Errors
    /// [`Error::Request`] naming the field and what is allowed there.
    pub fn from_json(text: &str) -> Result<Self> {
        // serde would take a list as the fields in order.
        if text.trim_start().starts_with('[') {
            return Err(Error::request("request", "expected a JSON object, found a list"));
        }
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
        let twice =
            self.formats.iter().enumerate().find(|(row, name)| self.formats.iter().take(*row).any(|o| o == *name));
        if let Some((_, name)) = twice {
            return Err(Error::request("formats", format!("\"{}\" is named more than once", brief(name))));
        }
        if self.formats.len() > 5 {
            return Err(Error::request("formats", format!("{} formats; at most 5 in one request", self.formats.len())));
        }
        if self.detail_level.is_some_and(|level| !(1..=6).contains(&level)) {
            return Err(Error::request("detail_level", "expected a whole number from 1 to 6"));
        }
        self.filter.check()?;
        let page = &self.page;
        for (field, value, range) in [
            ("page.scale", page.scale, 10.0..=1e8),
            ("page.margin", page.margin, 0.0..=500.0),
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

fn level<'de, D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Option<u8>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    if value.is_null() {
        return Ok(None);
    }
    let level = whole(&value).and_then(|level| u8::try_from(level).ok());
    let wrong = || format!("{} is not allowed; expected a whole number from 1 to 6", brief(&value.to_string()));
    level.map(Some).ok_or_else(|| de::Error::custom(wrong()))
}

/// The path of the field at fault; for unknown fields serde names it in the message and the path stops above it.
fn named(path: &str, message: String) -> Error {
    let unknown = message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next());
    let path = if matches!(path, "." | "?") { "" } else { path };
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
