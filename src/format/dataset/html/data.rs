//! What stands in the blocks of the page: JSON that no markup ends, gzip within base64, names, tags.

use crate::error::Result;
use crate::map::{Features, Geometry};
use crate::order;
use crate::osm::Element;
use crate::sink::Sink;
use crate::wire::deflate::Gzip;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// Bytes of tags that are packed together, before they are packed: a click unpacks all of them.
const TOGETHER: usize = 1 << 20;
/// Pieces of one name that lie so near are one place, degrees.
const NEAR: f64 = 0.002;

/// JSON in which nothing looks like markup, so that it ends where its block ends.
pub fn safe(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// Bytes as letters.
pub fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Bytes as letters, compressed.
pub fn packed(bytes: &[u8], sink: &mut dyn Sink) -> Result<()> {
    let mut out = Vec::new();
    let mut gzip = Gzip::new(&mut out);
    gzip.put(bytes)?;
    gzip.finish()?;
    sink.put(base64(&out).as_bytes())
}

/// West, south, east and north.
type Span = [f64; 4];

/// Every name with its class and the box it lies in, `[name, class, west, south, east, north]`: pieces of a street are one.
pub fn names(features: &Features, sink: &mut dyn Sink) -> Result<()> {
    let mut found: BTreeMap<(String, &str), Vec<Span>> = BTreeMap::new();
    for feature in &features.rows {
        let Some(name) = features.name(feature) else { continue };
        let parts = features.shapes.parts(&feature.parts);
        let mut span = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for part in parts {
            for &[x, y] in features.shapes.points(part).as_ref() {
                span = [span[0].min(x), span[1].min(y), span[2].max(x), span[3].max(y)];
            }
        }
        if !span.iter().all(|side| side.is_finite()) {
            continue;
        }
        let spans = found.entry((name.replace('\n', " · "), features.class(feature).id)).or_default();
        // Only lines come in pieces; two shops of one name are two.
        match spans.iter_mut().find(|known| feature.geometry == Geometry::Line && near(known, &span)) {
            Some(known) => {
                *known = [known[0].min(span[0]), known[1].min(span[1]), known[2].max(span[2]), known[3].max(span[3])];
            }
            None => spans.push(span),
        }
    }
    let degrees = |side: f64| libm::round(side * 1e6) / 1e6;
    let rows = found.iter().flat_map(|((name, class), spans)| {
        spans.iter().map(move |span| {
            let [west, south, east, north] = span.map(degrees);
            json!([name, class, west, south, east, north])
        })
    });
    packed(Value::from_iter(rows).to_string().as_bytes(), sink)
}

fn near(a: &Span, b: &Span) -> bool {
    a[0] <= b[2] + NEAR && b[0] <= a[2] + NEAR && a[1] <= b[3] + NEAR && b[1] <= a[3] + NEAR
}

/// Tags of all objects that are shown, under the letter of their kind and their id; a line for every block of them.
pub fn tags(features: &Features, sink: &mut dyn Sink) -> Result<()> {
    let osm = &features.map.osm;
    let mut elements: Vec<Element> = features.rows.iter().map(|feature| feature.element).collect();
    order::sort(&mut elements);
    elements.dedup();
    let mut block = String::new();
    for element in elements {
        let mut tags = Map::new();
        for &(key, value) in osm.tags(element) {
            tags.insert(osm.strings.get(key).to_owned(), osm.strings.get(value).into());
        }
        let comma = if block.is_empty() { '{' } else { ',' };
        let id = format!("{}{}", element.kind.letter(), osm.id(element));
        block.push_str(&format!("{comma}\"{id}\":{}", Value::from(tags)));
        if block.len() > TOGETHER {
            end(&mut block, sink)?;
        }
    }
    if block.is_empty() { Ok(()) } else { end(&mut block, sink) }
}

fn end(block: &mut String, sink: &mut dyn Sink) -> Result<()> {
    block.push('}');
    sink.put(b"\n")?;
    packed(std::mem::take(block).as_bytes(), sink)
}
