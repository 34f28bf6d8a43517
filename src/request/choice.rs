//! Fields that take one of several kinds of value.

use super::value::brief;
use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

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
            None => {
                Err(de::Error::custom(format!("\"{}\" is not a CRS; expected \"auto\" or \"EPSG:n\"", brief(&text))))
            }
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
            other => Err(de::Error::custom(format!(
                "{} is not allowed; expected \"auto\", true or false",
                brief(&other.to_string())
            ))),
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
    /// A name in Latin letters: `name`, `int_name`, `name:en`, as it is spelt in its own language, letter by letter.
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
                "\"{}\" is not a language; expected \"name\", \"latin\", a language tag such as \"en\", or \"en+name\"",
                brief(&text)
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
