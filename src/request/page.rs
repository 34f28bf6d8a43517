//! The sheet: paper, scale, furniture.

use super::value::brief;
use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
    /// White margin in mm; if not given, none around `fit` and 10 on paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub margin: Option<f64>,
    /// Bleed in mm.
    pub bleed: f64,
    /// Crop marks for the printer, outside the bleed.
    pub crop_marks: bool,
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
                    "\"{}\" is not a paper; expected \"fit\", [width, height] in mm, or one of {}",
                    brief(&text),
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
    /// A scale bar: true for metres and kilometres, or `imperial`, or `both`.
    pub scale_bar: ScaleBar,
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

/// Units of the scale bar. In JSON `false`, `true` (metric), or its name.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ScaleBar {
    /// No bar.
    #[default]
    None,
    /// Metres and kilometres.
    Metric,
    /// Feet and miles.
    Imperial,
    /// Metric above imperial.
    Both,
}

/// Names of scale bars.
const BARS: [(&str, ScaleBar); 3] =
    [("metric", ScaleBar::Metric), ("imperial", ScaleBar::Imperial), ("both", ScaleBar::Both)];

impl Serialize for ScaleBar {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_bool(false),
            Self::Metric => serializer.serialize_bool(true),
            Self::Imperial => serializer.serialize_str("imperial"),
            Self::Both => serializer.serialize_str("both"),
        }
    }
}

impl<'de> Deserialize<'de> for ScaleBar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        let named = |text: &str| BARS.iter().find(|(name, _)| *name == text).map(|(_, bar)| *bar);
        match &value {
            Value::Bool(false) => Ok(Self::None),
            Value::Bool(true) => Ok(Self::Metric),
            value => value
                .as_str()
                .and_then(named)
                .ok_or_else(|| de::Error::custom("expected true, false, \"metric\", \"imperial\" or \"both\"")),
        }
    }
}
