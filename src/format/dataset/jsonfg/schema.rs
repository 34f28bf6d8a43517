//! Schemas of the types of features (OGC 23-058r1): JSON Schema, each in the file itself as a `data:` URI (RFC 2397), as there
//! is no place on the web that keeps those of somebody's request.

use crate::table::{ColumnKind, Table};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The member `featureSchema`: by type, the URI of its schema.
pub fn schemas(tables: &[Table]) -> Value {
    let mut types: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for table in tables {
        let Some(feature) = table.feature(0) else { continue };
        let properties = types.entry(table.features.class(feature).layer).or_default();
        for column in &table.columns {
            let kind = match column.kind {
                ColumnKind::Text => "string",
                ColumnKind::Json => "object",
                ColumnKind::Int => "integer",
                ColumnKind::Number(_) => "number",
                ColumnKind::Flag => "boolean",
            };
            properties.insert(column.name.to_string(), json!({"title": column.name, "type": kind}));
        }
    }
    let uris = types.into_iter().map(|(layer, mut properties)| {
        properties.insert("geometry".into(), json!({"format": "geometry-any", "x-ogc-role": "primary-geometry"}));
        let schema = json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": layer,
            "type": "object",
            "properties": properties,
        });
        (layer.to_owned(), Value::from(format!("data:application/schema+json,{}", escaped(&schema.to_string()))))
    });
    Value::Object(uris.collect())
}

/// Every byte but the unreserved ones of RFC 3986 as `%41`.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
