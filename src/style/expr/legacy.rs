//! What styles used before expressions: filters with bare property names, functions with stops, `{tokens}` in text.
//! Each is rewritten as the expression that means the same.

use super::operator;
use serde_json::{Map, Value as Json, json};

/// A filter as an expression; one that is an expression already comes back unchanged.
pub fn filter(json: &Json) -> Json {
    let Some(list) = json.as_array().filter(|_| !modern(json)) else { return json.clone() };
    let head = list.first().and_then(Json::as_str).unwrap_or_default();
    let rest = list.get(1..).unwrap_or_default();
    let property = |name: &Json| match name.as_str() {
        Some("$type") => json!(["geometry-type"]),
        Some("$id") => json!(["id"]),
        _ => json!(["get", name]),
    };
    match (head, rest) {
        ("all" | "any", _) => {
            let parts = rest.iter().map(filter);
            Json::Array([json!(head)].into_iter().chain(parts).collect())
        }
        ("none", _) => json!(["!", filter(&Json::Array([json!("any")].iter().chain(rest).cloned().collect()))]),
        ("==" | "!=", [name, value]) => json!([head, property(name), value]),
        // Values of another kind than the one compared with do not fit, rather than being a fault.
        ("<" | ">" | "<=" | ">=", [name, value]) => {
            let kind = if value.is_string() { "string" } else { "number" };
            json!(["all", ["==", ["typeof", property(name)], kind], [head, property(name), value]])
        }
        ("in", [name, values @ ..]) => json!(["in", property(name), ["literal", values]]),
        ("!in", [name, values @ ..]) => json!(["!", ["in", property(name), ["literal", values]]]),
        ("has", [name]) => has(name),
        ("!has", [name]) => json!(["!", has(name)]),
        _ => json!(true),
    }
}

fn has(name: &Json) -> Json {
    match name.as_str() {
        Some("$type") => json!(true),
        Some("$id") => json!(["!=", ["id"], null]),
        _ => json!(["has", name]),
    }
}

/// Whether a filter is an expression, by its operator and the kinds of its operands.
fn modern(json: &Json) -> bool {
    let Some(list) = json.as_array() else { return true };
    let operand = |row: usize| list.get(row);
    let is = |row: usize, kind: fn(&Json) -> bool| operand(row).is_some_and(kind);
    match operand(0).and_then(Json::as_str) {
        Some("has") => list.len() >= 2 && !is(1, |name| name == "$id" || name == "$type"),
        Some("in") => list.len() >= 3 && (!is(1, Json::is_string) || is(2, Json::is_array)),
        Some("!in" | "!has") => false,
        Some("==" | "!=" | "<" | ">" | "<=" | ">=") => {
            list.len() != 3 || is(1, Json::is_array) || is(2, Json::is_array)
        }
        // Mixed lists are taken apart: the parts that are expressions come back unchanged.
        Some("all" | "any" | "none") => list.iter().skip(1).all(modern) && operand(0) != Some(&json!("none")),
        _ => true,
    }
}

/// A function with `stops` (of zoom or of a property) as an expression; none for what is no function.
/// `smooth` says whether the property can take values between stops.
pub fn function(map: &Map<String, Json>, smooth: bool, text: bool) -> Option<Json> {
    let value = |json: &Json| match json {
        Json::String(words) if text => tokens(words),
        Json::Array(_) | Json::Object(_) => json!(["literal", json]),
        plain => plain.clone(),
    };
    let property = map.get("property");
    let input = property.map_or_else(|| json!(["zoom"]), |name| json!(["get", name]));
    let Some(stops) = map.get("stops").and_then(Json::as_array) else {
        return property.is_some().then_some(input);
    };
    let stops: Vec<(&Json, Json)> = stops.iter().filter_map(|stop| Some((stop.get(0)?, value(stop.get(1)?)))).collect();
    if stops.iter().any(|(at, _)| at.is_object()) {
        return None;
    }
    let kind = map.get("type").and_then(Json::as_str).unwrap_or(if smooth { "exponential" } else { "interval" });
    let fallback = map.get("default").map_or(Json::Null, value);
    let pairs = stops.iter().flat_map(|(at, value)| [(*at).clone(), value.clone()]);
    let curve: Json = match kind {
        "exponential" => {
            let base = map.get("base").and_then(Json::as_f64).unwrap_or(1.0);
            let head = [json!("interpolate"), json!(["exponential", base]), input.clone()];
            Json::Array(head.into_iter().chain(pairs).collect())
        }
        "interval" => {
            let first = stops.first()?.1.clone();
            let head = [json!("step"), input.clone(), first];
            Json::Array(head.into_iter().chain(pairs.skip(2)).collect())
        }
        "categorical" => {
            let cases = stops.iter().flat_map(|(at, value)| [json!(["==", input, at]), value.clone()]);
            return Some(Json::Array([json!("case")].into_iter().chain(cases).chain([fallback]).collect()));
        }
        _ => return None,
    };
    Some(match property {
        Some(_) => json!(["case", ["==", ["typeof", input], "number"], curve, fallback]),
        None => curve,
    })
}

/// Text with `{property}` in it as an expression.
pub fn tokens(text: &str) -> Json {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, name, after)) =
        rest.split_once('{').and_then(|(before, tail)| tail.split_once('}').map(|(name, after)| (before, name, after)))
    {
        if !before.is_empty() {
            parts.push(json!(before));
        }
        parts.push(json!(["to-string", ["get", name]]));
        rest = after;
    }
    if parts.is_empty() {
        return json!(text);
    }
    if !rest.is_empty() {
        parts.push(json!(rest));
    }
    match parts.as_slice() {
        [only] => only.clone(),
        _ => Json::Array([json!("concat")].into_iter().chain(parts).collect()),
    }
}

/// Whether a list is an expression rather than a plain value such as a list of fonts.
pub fn is_expression(json: &Json) -> bool {
    json.as_array().and_then(|list| list.first()).and_then(Json::as_str).is_some_and(operator::known)
}
