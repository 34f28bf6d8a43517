//! **Provenance**: where a file comes from, as one JSON text: `{"mapwright": {version, date, style, request, left_out}}`.
//! It is made once a file, writers place it where their kind has a place for it, and [`read()`] finds it there again.

mod database;
mod read;

pub use read::{END, Found, read};

use crate::request::Request;
use serde_json::{Map, Value, json};

/// The version that files name.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Longest text of it, bytes. Fields of the request that do not fit, a large style or area as a rule, are left out, the
/// longest first, and their names stand in `left_out`.
const MOST: usize = 256 << 10;

/// What a file says of how it was made. Nothing in it depends on clock, machine or door.
#[derive(Debug, Clone, Default)]
pub struct Provenance {
    record: Map<String, Value>,
}

impl Provenance {
    /// Says that `request` was written by `version` from data of `date` (RFC 3339, empty if unknown), drawn in `style` (none
    /// for what is not drawn). What the request has no more, because it is nobody's business, is named in `left_out`.
    pub fn new(version: &str, date: &str, style: Option<&str>, request: &Request, left_out: &[&str]) -> Self {
        let plain = json!(Request::default());
        let mut record = Map::new();
        record.insert("version".into(), version.into());
        record.insert("request".into(), different(json!(request), &plain).unwrap_or_else(|| json!({})));
        if !date.is_empty() {
            record.insert("date".into(), date.into());
        }
        if let Some(style) = style {
            record.insert("style".into(), style.into());
        }
        if !left_out.is_empty() {
            record.insert("left_out".into(), left_out.into());
        }
        Self { record }.fitted(MOST)
    }

    /// The text, for places that hold any: `{"mapwright":{…}}` of printable ASCII without `<`, `>` and `&`.
    pub fn text(&self) -> String {
        safe(&json!({ "mapwright": self.record }))
    }

    /// The text without what makes it longer than `most` bytes, for places that hold no more.
    pub fn within(&self, most: usize) -> String {
        self.clone().fitted(most).text()
    }

    /// What stands under `mapwright`, for kinds that are JSON themselves.
    pub fn value(&self) -> Value {
        self.record.clone().into()
    }

    /// The same as text, for JSON whose readers would take an area in it for a feature.
    pub fn inner(&self) -> String {
        safe(&self.value())
    }

    fn fitted(mut self, most: usize) -> Self {
        while self.text().len() > most {
            let Some(Value::Object(request)) = self.record.get_mut("request") else { break };
            let longest = request.iter().max_by_key(|(_, value)| value.to_string().len());
            let Some(name) = longest.map(|(name, _)| name.clone()) else { break };
            request.remove(&name);
            match self.record.entry("left_out").or_insert_with(|| json!([])) {
                Value::Array(names) => names.push(name.into()),
                other => *other = json!([name]),
            }
        }
        self
    }
}

/// What of a value is not as usual; fields that are do not count.
fn different(value: Value, usual: &Value) -> Option<Value> {
    if value == *usual {
        return None;
    }
    let (Value::Object(fields), Value::Object(usual)) = (&value, usual) else { return Some(value) };
    let mut kept = Map::new();
    for (name, value) in fields {
        let value = match usual.get(name) {
            Some(usual) => different(value.clone(), usual),
            None => Some(value.clone()),
        };
        // One by one: a map that is collected brings a sort of its own.
        value.map(|value| kept.insert(name.clone(), value));
    }
    Some(Value::Object(kept))
}

/// JSON that stands as it is in XML, comments and 7-bit text: what does not is a `\u` of a string.
fn safe(value: &Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        if matches!(c, ' '..='~') && !matches!(c, '<' | '>' | '&') {
            out.push(c);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        }
    }
    out
}
