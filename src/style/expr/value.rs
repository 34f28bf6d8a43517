//! What expressions work on, and how JavaScript turns it into text and numbers.

use crate::style::color::Rgba;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A value of the style language; text may be borrowed from the style or the feature.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// Nothing, as a missing property is.
    Null,
    /// True or false.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Text.
    Text(Cow<'a, str>),
    /// A colour.
    Color(Rgba),
    /// A list.
    List(Arc<Vec<Value<'a>>>),
    /// Values by name.
    Map(Arc<BTreeMap<String, Value<'a>>>),
    /// Text in pieces with their own looks.
    Formatted(Arc<Vec<Piece<'a>>>),
    /// The name of an image.
    Image(Cow<'a, str>),
}

/// One piece of formatted text.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece<'a> {
    /// Its text.
    pub text: Cow<'a, str>,
    /// Its size relative to the label's.
    pub scale: Option<f64>,
    /// Its own colour.
    pub color: Option<Rgba>,
}

impl<'a> Value<'a> {
    /// A value of JSON.
    pub fn of(json: &serde_json::Value) -> Value<'static> {
        use serde_json::Value as Json;
        match json {
            Json::Null => Value::Null,
            Json::Bool(flag) => Value::Bool(*flag),
            Json::Number(number) => Value::Number(number.as_f64().unwrap_or(f64::NAN)),
            Json::String(text) => Value::Text(text.clone().into()),
            Json::Array(list) => Value::List(Arc::new(list.iter().map(Value::of).collect())),
            Json::Object(map) => {
                Value::Map(Arc::new(map.iter().map(|(key, value)| (key.clone(), Value::of(value))).collect()))
            }
        }
    }

    /// The same value, its text borrowed.
    pub fn borrowed(&'a self) -> Value<'a> {
        match self {
            Value::Text(text) => Value::Text(Cow::Borrowed(text)),
            other => other.clone(),
        }
    }

    /// The number, if it is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Value::Number(number) => Some(*number),
            _ => None,
        }
    }

    /// The text, if it is text.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The items, if it is a list.
    pub fn list(&self) -> Option<&[Value<'a>]> {
        match self {
            Value::List(list) => Some(list),
            _ => None,
        }
    }

    /// The colour, or the one that text names.
    pub fn color(&self) -> Option<Rgba> {
        match self {
            Value::Color(color) => Some(*color),
            Value::Text(text) => Rgba::parse(text),
            Value::List(list) if (3..=4).contains(&list.len()) => {
                let numbers: Vec<f64> = list.iter().map(Value::number).collect::<Option<_>>()?;
                let (&[r, g, b], a) = (numbers.get(..3)?, numbers.get(3).copied().unwrap_or(1.0)) else { return None };
                let inside = [r, g, b].iter().all(|n| (0.0..=255.0).contains(n)) && (0.0..=1.0).contains(&a);
                inside.then(|| Rgba::of(r, g, b, a))
            }
            _ => None,
        }
    }

    /// Whether `to-boolean` makes it true: everything but null, false, 0, not-a-number and empty text.
    pub fn truth(&self) -> bool {
        match self {
            Value::Null => false,
            Value::Bool(flag) => *flag,
            Value::Number(number) => *number != 0.0 && !number.is_nan(),
            Value::Text(text) => !text.is_empty(),
            _ => true,
        }
    }

    /// What `typeof` says; lists name the kind and number of their items.
    pub fn kind(&self) -> String {
        match self {
            Value::Null => "null".into(),
            Value::Bool(_) => "boolean".into(),
            Value::Number(_) => "number".into(),
            Value::Text(_) => "string".into(),
            Value::Color(_) => "color".into(),
            Value::Map(_) => "object".into(),
            Value::Formatted(_) => "formatted".into(),
            Value::Image(_) => "resolvedImage".into(),
            Value::List(list) => {
                let mut kinds: Vec<String> = list.iter().map(Value::kind).collect();
                kinds.dedup();
                let kind = match kinds.as_slice() {
                    [one] => one,
                    _ => "value",
                };
                format!("array<{kind}, {}>", list.len())
            }
        }
    }

    /// What `to-string` makes of it.
    pub fn to_text(&self) -> Cow<'a, str> {
        match self {
            Value::Null => "".into(),
            Value::Bool(flag) => if *flag { "true" } else { "false" }.into(),
            Value::Number(number) => number_text(*number).into(),
            Value::Text(text) | Value::Image(text) => text.clone(),
            Value::Color(color) => color.to_string().into(),
            Value::Formatted(pieces) => pieces.iter().map(|piece| piece.text.as_ref()).collect::<String>().into(),
            Value::List(_) | Value::Map(_) => self.json().into(),
        }
    }

    /// What `to-number` makes of it; none where JavaScript says not-a-number.
    pub fn to_number(&self) -> Option<f64> {
        let number = match self {
            Value::Null => 0.0,
            Value::Bool(flag) => f64::from(u8::from(*flag)),
            Value::Number(number) => *number,
            Value::Text(text) => match text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}') {
                "" => 0.0,
                "Infinity" | "+Infinity" => f64::INFINITY,
                "-Infinity" => f64::NEG_INFINITY,
                text if text.bytes().all(|c| c.is_ascii_digit() || b"+-.eE".contains(&c)) => text.parse().ok()?,
                _ => return None,
            },
            _ => return None,
        };
        (!number.is_nan()).then_some(number)
    }

    fn json(&self) -> String {
        let quoted = |text: &str| serde_json::Value::from(text).to_string();
        match self {
            Value::Null => "null".into(),
            Value::Bool(flag) => flag.to_string(),
            Value::Number(number) if !number.is_finite() => "null".into(),
            Value::Number(number) => number_text(*number),
            Value::List(list) => format!("[{}]", list.iter().map(Value::json).collect::<Vec<_>>().join(",")),
            Value::Map(map) => {
                let fields: Vec<String> =
                    map.iter().map(|(key, value)| format!("{}:{}", quoted(key), value.json())).collect();
                format!("{{{}}}", fields.join(","))
            }
            other => quoted(&other.to_text()),
        }
    }
}

impl<'a> From<&'a str> for Value<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text.into())
    }
}

impl From<f64> for Value<'_> {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Value<'_> {
    fn from(flag: bool) -> Self {
        Self::Bool(flag)
    }
}

/// A number as JavaScript writes it (ECMA-262 §6.1.6.1.20): plain between 1e-7 and 1e21, else with an exponent.
fn number_text(number: f64) -> String {
    if number.is_nan() {
        return "NaN".into();
    }
    if number.is_infinite() {
        return if number > 0.0 { "Infinity" } else { "-Infinity" }.into();
    }
    let size = number.abs();
    if number == 0.0 || (1e-6..1e21).contains(&size) {
        // `+ 0.0` takes the sign off a negative zero.
        return (number + 0.0).to_string();
    }
    let text = format!("{number:e}");
    if size >= 1.0 { text.replace('e', "e+") } else { text }
}

/// Why an expression has no value; the property falls back to its default.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct Fault(pub String);
