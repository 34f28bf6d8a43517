//! Options as data: form, validation, command line, types and docs are made from them.

use crate::error::{Error, Result};
use crate::request::{brief, whole};
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// One option of a format.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Opt {
    /// Its id, `digits` in `options.geojson.digits`.
    pub id: &'static str,
    /// Its label.
    pub title: &'static str,
    /// What values it takes, and the one it has if nobody says otherwise.
    #[serde(flatten)]
    pub kind: OptKind,
}

/// Most bytes of a table.
const TABLE: usize = 200_000;

/// Kind, range and default of an option.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum OptKind {
    /// Yes or no.
    Flag {
        /// Default.
        default: bool,
    },
    /// A whole number.
    Int {
        /// Smallest.
        min: i64,
        /// Largest.
        max: i64,
        /// Default.
        default: i64,
    },
    /// A number with a unit.
    Number {
        /// Smallest.
        min: f64,
        /// Largest.
        max: f64,
        /// Default.
        default: f64,
        /// Unit, e.g. `mm`.
        unit: &'static str,
    },
    /// One of some words; the first is the default.
    Choice {
        /// The words.
        choices: &'static [&'static str],
    },
    /// Text.
    Text {
        /// Default.
        default: &'static str,
    },
    /// One of some words, or a table of one's own as text; the first word is the default.
    Table {
        /// The words.
        choices: &'static [&'static str],
    },
}

impl Opt {
    /// Yes or no.
    pub const fn flag(id: &'static str, title: &'static str, default: bool) -> Self {
        Self { id, title, kind: OptKind::Flag { default } }
    }

    /// A whole number from `min` to `max`.
    pub const fn int(id: &'static str, title: &'static str, min: i64, max: i64, default: i64) -> Self {
        Self { id, title, kind: OptKind::Int { min, max, default } }
    }

    /// A number from `min` to `max`, in `unit`.
    pub const fn number(
        id: &'static str,
        title: &'static str,
        (min, max): (f64, f64),
        default: f64,
        unit: &'static str,
    ) -> Self {
        Self { id, title, kind: OptKind::Number { min, max, default, unit } }
    }

    /// One of `choices`; the first is the default.
    pub const fn choice(id: &'static str, title: &'static str, choices: &'static [&'static str]) -> Self {
        Self { id, title, kind: OptKind::Choice { choices } }
    }

    /// Text.
    pub const fn text(id: &'static str, title: &'static str, default: &'static str) -> Self {
        Self { id, title, kind: OptKind::Text { default } }
    }

    /// One of `choices`, the first of which is the default, or a table as CSV or JSON.
    pub const fn table(id: &'static str, title: &'static str, choices: &'static [&'static str]) -> Self {
        Self { id, title, kind: OptKind::Table { choices } }
    }

    fn default(&self) -> Value {
        match self.kind {
            OptKind::Flag { default } => default.into(),
            OptKind::Int { default, .. } => default.into(),
            OptKind::Number { default, .. } => default.into(),
            OptKind::Choice { choices } | OptKind::Table { choices } => {
                choices.first().copied().unwrap_or_default().into()
            }
            OptKind::Text { default } => default.into(),
        }
    }

    /// Says what is wrong with a value, if anything is.
    fn fault(&self, value: &Value) -> Option<String> {
        match self.kind {
            OptKind::Flag { .. } => (!value.is_boolean()).then(|| "expected true or false".into()),
            OptKind::Int { min, max, .. } => (!whole(value).is_some_and(|n| (min..=max).contains(&n)))
                .then(|| format!("expected a whole number from {min} to {max}")),
            OptKind::Number { min, max, unit, .. } => (!value.as_f64().is_some_and(|n| (min..=max).contains(&n)))
                .then(|| format!("expected a number from {min} to {max} {unit}").trim_end().to_owned()),
            OptKind::Choice { choices } => (!value.as_str().is_some_and(|word| choices.contains(&word)))
                .then(|| format!("expected one of {}", choices.join(", "))),
            OptKind::Text { .. } => value
                .as_str()
                .is_none_or(|text| text.len() > 1000)
                .then(|| "expected text of at most 1,000 bytes".into()),
            OptKind::Table { choices } => value
                .as_str()
                .is_none_or(|text| text.len() > TABLE)
                .then(|| format!("expected one of {}, or a table of at most {TABLE} bytes", choices.join(", "))),
        }
    }
}

/// The option of formats of tables that give tags a column of their own.
#[cfg(feature = "table")]
pub const COLUMNS: Opt = Opt::text("columns", "Tags with a column of their own: auto, or keys with commas", "");

/// The option of formats with a look that takes the sea along; on, where the format is mostly looked at.
#[cfg(feature = "styled")]
pub const fn sea(usual: bool) -> Opt {
    Opt::flag("sea", "The sea as an area, closed along the box", usual)
}

/// The options of one run: every option of the format has a value of its kind.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Settings {
    /// The format that they are of.
    format: String,
    values: BTreeMap<&'static str, Value>,
}

impl Settings {
    /// Completes what a request gives for format `id` and checks it.
    ///
    /// # Errors
    /// [`Error::Request`] naming `options.id.option`.
    pub fn new(id: &str, options: &'static [Opt], given: Option<&BTreeMap<String, Value>>) -> Result<Self> {
        let mut values = BTreeMap::new();
        for opt in options {
            values.insert(opt.id, opt.default());
        }
        for (name, value) in given.into_iter().flatten() {
            let field = format!("options.{id}.{name}");
            let Some(opt) = options.iter().find(|opt| opt.id == name) else {
                let known: Vec<_> = options.iter().map(|opt| opt.id).collect();
                let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
                return Err(Error::request(field, format!("unknown option; {id} has {known}")));
            };
            // A word of figures comes as a number from the command line.
            let word = match opt.kind {
                OptKind::Choice { choices } => Some(value.to_string()).filter(|text| choices.contains(&text.as_str())),
                _ => None,
            };
            let word = word.filter(|_| value.is_number()).map(Value::from);
            let value = word.as_ref().unwrap_or(value);
            if let Some(fault) = opt.fault(value) {
                let value = brief(&value.to_string());
                return Err(Error::request(field, format!("{value} is not allowed; {fault}")));
            }
            let number = matches!(opt.kind, OptKind::Int { .. }).then(|| whole(value)).flatten();
            values.insert(opt.id, number.map_or_else(|| value.clone(), Value::from));
        }
        Ok(Self { format: id.to_owned(), values })
    }

    /// A flag; false for an option that does not exist.
    pub fn flag(&self, id: &str) -> bool {
        self.values.get(id).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A whole number.
    pub fn int(&self, id: &str) -> i64 {
        self.values.get(id).and_then(Value::as_i64).unwrap_or(0)
    }

    /// A number.
    pub fn number(&self, id: &str) -> f64 {
        self.values.get(id).and_then(Value::as_f64).unwrap_or(0.0)
    }

    /// What is wrong with the value of an option that has a grammar of its own.
    pub fn fault(&self, id: &str, what: impl Into<String>) -> Error {
        Error::request(format!("options.{}.{id}", self.format), what)
    }

    /// A choice or text.
    pub fn text(&self, id: &str) -> &str {
        self.values.get(id).and_then(Value::as_str).unwrap_or("")
    }
}
