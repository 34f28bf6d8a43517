//! Cells and geometry of tables as JSON: what the formats share that are kinds of JSON.

use crate::map::Value;
use crate::table::ColumnKind;
use crate::table::shape::{Shape, Trace};
use crate::wire::{json, number};

/// Appends a value; `null` for none. What is JSON stands there as it is.
pub fn value(out: &mut Vec<u8>, value: Value, kind: ColumnKind) {
    match (value, kind) {
        (Value::None, _) => out.extend_from_slice(b"null"),
        (Value::Text(text), ColumnKind::Json) => out.extend_from_slice(text.as_bytes()),
        (Value::Text(text), _) => json::string(out, text),
        (Value::Int(whole), _) => number::integer(out, whole),
        (Value::Number(real), ColumnKind::Number(digits)) => {
            number::fixed(out, number::quantise(real, digits), digits);
        }
        (Value::Number(real), _) => number::fixed(out, number::quantise(real, 3), 3),
        (Value::Flag(flag), _) => out.extend_from_slice(if flag { b"true" } else { b"false" }),
    }
}

/// Appends a list: `write` appends each of its items.
pub fn list<T>(out: &mut Vec<u8>, items: impl IntoIterator<Item = T>, mut write: impl FnMut(&mut Vec<u8>, T)) {
    out.push(b'[');
    for (row, item) in items.into_iter().enumerate() {
        if row > 0 {
            out.push(b',');
        }
        write(out, item);
    }
    out.push(b']');
}

/// Appends a position.
pub fn position(out: &mut Vec<u8>, place: [i64; 2], digits: u32) {
    list(out, place, |out, value| number::fixed(out, value, digits));
}

/// Appends a line or ring.
pub fn trace(out: &mut Vec<u8>, trace: &[[i64; 2]], digits: u32) {
    list(out, trace, |out, place| position(out, *place, digits));
}

/// Appends a geometry as GeoJSON has it (RFC 7946 §3.1); `null` where nothing is left of it.
pub fn geometry(out: &mut Vec<u8>, shape: &Shape, digits: u32) {
    if shape.is_empty() {
        out.extend_from_slice(b"null");
        return;
    }
    out.extend_from_slice(b"{\"type\":");
    json::string(out, shape.kind().name());
    out.extend_from_slice(b",\"coordinates\":");
    let rings = |out: &mut Vec<u8>, rings: &Vec<Trace>| list(out, rings, |out, ring| trace(out, ring, digits));
    match shape {
        Shape::Points(points) => match points.as_slice() {
            [single] => position(out, *single, digits),
            many => trace(out, many, digits),
        },
        Shape::Lines(lines) => match lines.as_slice() {
            [single] => trace(out, single, digits),
            many => list(out, many, |out, line| trace(out, line, digits)),
        },
        Shape::Areas(areas) => match areas.as_slice() {
            [single] => rings(out, single),
            many => list(out, many, rings),
        },
    }
    out.push(b'}');
}

/// Appends a member that is text: its key, a colon, the text.
pub fn member(out: &mut Vec<u8>, key: &str, text: &str) {
    json::string(out, key);
    out.push(b':');
    json::string(out, text);
}
