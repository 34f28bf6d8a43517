//! Tags that an element must have.

use super::value::brief;
use crate::error::{Error, Result};
use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Most keys of a filter.
const KEYS: usize = 20;
/// Most values of a key.
const VALUES: usize = 200;
/// Most characters of a key or value: OpenStreetMap has no longer ones.
const LENGTH: usize = 255;

/// Conditions by key; an element must fulfil all of them. No condition lets everything through.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Filter(pub BTreeMap<String, Condition>);

/// What is asked of a key. In JSON a list of values, true or false.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// Its value is one of these.
    AnyOf(Vec<String>),
    /// It is there, whatever its value.
    Present,
    /// It is not there.
    Absent,
}

impl Serialize for Condition {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        match self {
            Self::AnyOf(values) => values.serialize(serializer),
            Self::Present => serializer.serialize_bool(true),
            Self::Absent => serializer.serialize_bool(false),
        }
    }
}

impl<'de> Deserialize<'de> for Condition {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        const SHAPE: &str = "expected a list of values (any of them), true (present) or false (absent)";
        match Value::deserialize(deserializer)? {
            Value::Bool(true) => Ok(Self::Present),
            Value::Bool(false) => Ok(Self::Absent),
            value @ Value::Array(_) => match serde_json::from_value(value) {
                Ok(values) => Ok(Self::AnyOf(values)),
                Err(fault) => Err(de::Error::custom(format!("{fault}; {SHAPE}"))),
            },
            other => Err(de::Error::custom(format!("{} is not allowed; {SHAPE}", brief(&other.to_string())))),
        }
    }
}

impl Filter {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether something of a single tag is let through.
    pub fn lets(&self, key: &str, value: &str) -> bool {
        self.0.iter().all(|(known, condition)| match condition {
            Condition::AnyOf(values) => known == key && values.iter().any(|one| one == value),
            Condition::Present => known == key,
            Condition::Absent => known != key,
        })
    }

    /// Checks what types cannot.
    ///
    /// # Errors
    /// [`Error::Request`] for `filter` or a key in it.
    pub(super) fn check(&self) -> Result<()> {
        if self.0.len() > KEYS {
            return Err(Error::request("filter", format!("{} keys; at most {KEYS} in one filter", self.0.len())));
        }
        let fits = |text: &str| (1..=LENGTH).contains(&text.chars().count());
        for (key, condition) in &self.0 {
            let wrong = |message: String| Err(Error::request(format!("filter.{}", brief(key)), message));
            if !fits(key) {
                return wrong(format!("keys have 1 to {LENGTH} characters"));
            }
            let Condition::AnyOf(values) = condition else { continue };
            if values.is_empty() || values.len() > VALUES {
                return wrong(format!("{} values; expected 1 to {VALUES}, or true for any", values.len()));
            }
            if !values.iter().all(|value| fits(value)) {
                return wrong(format!("values have 1 to {LENGTH} characters"));
            }
        }
        Ok(())
    }
}
