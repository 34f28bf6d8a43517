//! GeoJSON (RFC 7946): anything from a bare geometry to a collection of features.

use super::thing::{Shape, Thing, closed, place};
use crate::geo::ring::{Path, Point, Polygon};
use serde_json::Value;

/// Reads a document.
pub fn read(document: &Value) -> Result<Vec<Thing>, String> {
    let crs = document.pointer("/crs/properties/name").and_then(Value::as_str).unwrap_or("CRS84");
    if !(crs.ends_with("CRS84") || crs.ends_with(":4326")) {
        return Err(format!("its coordinates are in {crs}; GeoJSON is in WGS 84 degrees"));
    }
    let mut things = Vec::new();
    match kind(document)? {
        "FeatureCollection" => {
            let features = document.get("features").and_then(Value::as_array);
            for (row, feature) in features.ok_or("a FeatureCollection has a list \"features\"")?.iter().enumerate() {
                self::feature(feature, &mut things).map_err(|why| format!("features[{row}]: {why}"))?;
            }
        }
        "Feature" => feature(document, &mut things)?,
        _ => shapes(document, &[], &mut things)?,
    }
    Ok(things)
}

fn kind(value: &Value) -> Result<&str, String> {
    value.get("type").and_then(Value::as_str).ok_or_else(|| "GeoJSON says its \"type\"".into())
}

fn feature(value: &Value, things: &mut Vec<Thing>) -> Result<(), String> {
    let text = |value: &Value| match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let properties = value.get("properties").and_then(Value::as_object);
    let pairs = properties.into_iter().flatten();
    let mut tags: Vec<_> = pairs.filter_map(|(key, value)| Some((key.clone(), text(value)?))).collect();
    let has = |tags: &[(String, String)], key: &str| tags.iter().any(|(known, _)| known == key);
    if !has(&tags, "name")
        && let Some(title) = tags.iter().find(|(key, _)| key == "title").map(|(_, title)| title.clone())
    {
        tags.push(("name".into(), title));
    }
    match value.get("geometry") {
        None => Err("a Feature has a \"geometry\"".into()),
        Some(Value::Null) => Ok(()),
        Some(geometry) => shapes(geometry, &tags, things),
    }
}

fn shapes(geometry: &Value, tags: &[(String, String)], things: &mut Vec<Thing>) -> Result<(), String> {
    let list = geometry.get("coordinates").unwrap_or(&Value::Null);
    let (class, shape) = match kind(geometry)? {
        "Point" => ("point", Shape::Points(vec![position(list)?])),
        "MultiPoint" => ("point", Shape::Points(path(list)?)),
        "LineString" => ("line", Shape::Lines(vec![path(list)?])),
        "MultiLineString" => ("line", Shape::Lines(each(list, path)?)),
        "Polygon" => ("area", Shape::Areas(vec![polygon(list)?])),
        "MultiPolygon" => ("area", Shape::Areas(each(list, polygon)?)),
        "GeometryCollection" => {
            let parts = geometry.get("geometries").and_then(Value::as_array);
            let parts = parts.ok_or("a GeometryCollection has a list \"geometries\"")?;
            return parts.iter().try_for_each(|part| shapes(part, tags, things));
        }
        other => return Err(format!("\"{other}\" is not a type of GeoJSON")),
    };
    things.push(Thing { class, shape, tags: tags.to_vec() });
    Ok(())
}

fn each<T>(list: &Value, read: impl Fn(&Value) -> Result<T, String>) -> Result<Vec<T>, String> {
    list.as_array().ok_or("coordinates are missing or no list")?.iter().map(read).collect()
}

fn polygon(list: &Value) -> Result<Polygon, String> {
    each(list, |ring| path(ring).map(closed))
}

fn path(list: &Value) -> Result<Path, String> {
    each(list, position)
}

fn position(list: &Value) -> Result<Point, String> {
    let number = |row| list.get(row).and_then(Value::as_f64);
    match (number(0), number(1)) {
        (Some(longitude), Some(latitude)) => place(longitude, latitude),
        _ => Err("a position is [longitude, latitude]".into()),
    }
}
