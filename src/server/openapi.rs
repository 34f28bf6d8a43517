//! The contract as an OpenAPI 3.1 document: `openapi.json` says what people wrote, the catalogue fills in the names.

use super::tier::TIERS;
use crate::catalogue;
use crate::format::formats;
use crate::request::PAPERS;
use crate::wire::xml;
use serde_json::{Value, json};
use std::fmt::Write;

/// The document.
pub fn document() -> Value {
    let mut document: Value = serde_json::from_str(include_str!("openapi.json")).unwrap_or_default();
    let names = |list: Vec<String>| json!({ "type": "string", "enum": list });
    let words = |list: Vec<&str>| names(list.into_iter().map(str::to_owned).collect());
    let classes =
        |row: &catalogue::LayerRow| row.classes.iter().map(|class| format!("{}.{}", row.id, class.id)).collect();
    let layer = |row: catalogue::LayerRow| {
        let classes: Vec<_> = classes(&row);
        std::iter::once(row.id.to_owned()).chain(classes)
    };
    for (name, schema) in [
        ("Format", words(catalogue::formats().into_iter().map(|row| row.id).collect())),
        ("Style", words(catalogue::styles().into_iter().map(|row| row.id).collect())),
        ("Layer", names(catalogue::layers().into_iter().flat_map(layer).collect())),
        ("Paper", words(std::iter::once("fit").chain(PAPERS.iter().map(|(id, ..)| *id)).collect())),
        ("Tier", words(TIERS.iter().map(|tier| tier.id()).collect())),
    ] {
        if let Some(place) = document.pointer_mut(&format!("/components/schemas/{name}")) {
            *place = schema;
        }
    }
    if let Some(listed) = listed(&document)
        && let Some(place) = document.pointer_mut("/components/schemas/Listed")
    {
        *place = listed;
    }
    for (place, value) in [
        ("/info/version", env!("CARGO_PKG_VERSION").to_owned()),
        ("/info/description", format!("OpenStreetMap data of an area as files, in {} formats.", formats().count())),
    ] {
        if let Some(text) = document.pointer_mut(place) {
            *text = value.into();
        }
    }
    document
}

/// A task in a list: its status, and what was asked for.
fn listed(document: &Value) -> Option<Value> {
    let mut listed = document.pointer("/components/schemas/Status")?.clone();
    let more = [
        ("formats", json!({ "type": "array", "items": { "type": "string" } })),
        (
            "request",
            json!({ "type": ["object", "null"], "description": "What was asked for; forgotten when it expired." }),
        ),
        ("key_id", json!({ "type": "integer", "description": "The key it was asked for with." })),
    ];
    for (name, schema) in more {
        listed.pointer_mut("/required")?.as_array_mut()?.push(name.into());
        listed.pointer_mut("/properties")?.as_object_mut()?.insert(name.into(), schema);
    }
    Some(listed)
}

/// The document for people: one section for each call.
pub fn page() -> String {
    let document = document();
    let text = |value: &Value, place: &str| escape(value.pointer(place).and_then(Value::as_str).unwrap_or_default());
    let mut out = format!(
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>\
         <title>{0}</title><style>body{{font:16px/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}}\
         code{{background:#eef2f0;padding:.1em .3em}}dt{{font-weight:600}}h2{{margin-top:2.5rem}}</style><h1>{0}</h1>\
         <p>{1}</p><p>As a document for programs: <a href='/api/openapi.json'>openapi.json</a>.</p>",
        text(&document, "/info/title"),
        text(&document, "/info/description"),
    );
    let paths = document.get("paths").and_then(Value::as_object);
    for (path, calls) in paths.into_iter().flatten() {
        for (method, call) in calls.as_object().into_iter().flatten().filter(|(method, _)| *method != "parameters") {
            // Writing to a String cannot fail.
            let _ = write!(
                out,
                "<h2><code>{} {}</code></h2><p>{}</p><dl>",
                method.to_uppercase(),
                escape(path),
                text(call, "/summary")
            );
            for (status, answer) in call.get("responses").and_then(Value::as_object).into_iter().flatten() {
                let answer = match answer.pointer("/$ref").and_then(Value::as_str) {
                    Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap_or(answer),
                    None => answer,
                };
                let _ = write!(out, "<dt>{status}<dd>{}", text(answer, "/description"));
            }
            out.push_str("</dl>");
        }
    }
    out
}

fn escape(text: &str) -> String {
    let mut out = Vec::with_capacity(text.len());
    xml::escape(&mut out, text);
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The calls of `osm_org::routes`.
    const FORM: [&str; 3] = ["/export/finish", "/cgi-bin/export", "/api/0.6/map"];

    #[test]
    fn every_call_is_in_the_document_and_the_other_way_round() {
        let document = document();
        let told: BTreeSet<_> = document["paths"].as_object().unwrap().keys().map(String::as_str).collect();
        let routed: BTreeSet<_> = super::super::routes::api().iter().map(|(path, _)| *path).chain(FORM).collect();
        assert_eq!(told, routed);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        fn look(document: &Value, value: &Value) {
            if let Some(reference) = value.get("$ref").and_then(Value::as_str) {
                let found = document.pointer(reference.trim_start_matches('#'));
                assert!(
                    found.is_some_and(|found| found.as_object().is_some_and(|found| !found.is_empty())),
                    "{reference}"
                );
            }
            match value {
                Value::Object(fields) => fields.values().for_each(|inner| look(document, inner)),
                Value::Array(list) => list.iter().for_each(|inner| look(document, inner)),
                _ => {}
            }
        }
        let document = document();
        look(&document, &document);
    }
}
