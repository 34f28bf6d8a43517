//! Own data on top of the map: GeoJSON, GPX and KML as features of the layer `overlays`.

mod count;
mod geojson;
mod gpx;
mod kml;
mod thing;
mod tree;

use super::assemble;
use super::classify::class_id;
use super::features::{Feature, Map};
use super::shapes::{Geometry, Role};
use crate::error::{self, Error};
use crate::geo::ring::{Path, Point, Polygon};
use crate::geo::round::Laid;
use crate::geo::{antimeridian, overlay};
use crate::order;
use crate::osm::{Kind, LonLatE7};
use crate::request::{Area, Limits, Overlay};
use crate::watch::{Stage, Watch};
use serde_json::Value;
use std::sync::Arc;
use thing::{Shape, Thing};

/// Own data, read and counted.
pub struct Own(Vec<Thing>);

impl Own {
    /// Reads overlays. They and `area` are within the limits.
    ///
    /// # Errors
    /// [`Error::Request`] for `overlays[i].data` or `overlays[i].style`, and for too many crossings; [`Error::Excess`] for
    /// too many vertices; [`Error::Cancelled`].
    pub fn read(area: Option<&Area>, overlays: &[Overlay], limits: &Limits, watch: &mut Watch) -> error::Result<Self> {
        let mut read = Vec::with_capacity(overlays.len());
        for (row, overlay) in overlays.iter().enumerate() {
            let named = |part: &str, message: String| Error::request(format!("overlays[{row}].{part}"), message);
            let mut things = things_of(&overlay.data).map_err(|message| named("data", message))?;
            let look = look(overlay.style.as_ref()).map_err(|message| named("style", message))?;
            for thing in &mut things {
                let absent = look.iter().filter(|(key, _)| !thing.tags.iter().any(|(known, _)| known == key));
                let absent: Vec<_> = absent.cloned().collect();
                thing.tags.extend(absent);
            }
            read.push(things);
        }
        count::bounded(area, &read, limits, watch)?;
        Ok(Self(read.into_iter().flatten().collect()))
    }

    /// A map with these on top.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn over(&self, map: &Map, watch: &mut Watch) -> error::Result<Map> {
        let mut osm = (*map.osm).clone();
        let rows: Vec<_> = self.0.iter().map(|thing| (kind(&thing.shape), thing.tags.clone())).collect();
        let elements = osm.add_own(&rows);
        let mut all = Map {
            osm: Arc::new(osm),
            features: map.features.clone(),
            shapes: map.shapes.clone(),
            several: map.several.clone(),
            coast: map.coast.clone(),
            borders: map.borders.clone(),
            sided: map.sided.clone(),
            streets: map.streets.clone(),
            notes: map.notes.clone(),
        };
        for (done, (thing, element)) in self.0.iter().zip(elements).enumerate() {
            if done.is_multiple_of(100) {
                watch.at(Stage::Assemble, 0, 0)?;
            }
            let Some(class) = class_id("overlays", thing.class) else { continue };
            let (geometry, parts) = add(&mut all, &thing.shape);
            if parts.is_empty() {
                continue;
            }
            let osm = &all.osm;
            let kind = osm.tags(element).iter().find(|(key, _)| osm.strings.get(*key) == "type");
            let value = kind.map_or(0, |(_, value)| *value);
            all.features.push(Feature { element, class, geometry, parts, value, layer_z: 0, place: 0 });
        }
        order::sort_by_key(&mut all.features, |feature| (feature.class, feature.element));
        Ok(all)
    }
}

/// Reads an overlay of whatever kind it is.
fn things_of(data: &Value) -> Result<Vec<Thing>, String> {
    const KINDS: &str = "expected GeoJSON, or the text of a GPX or KML file";
    let things = match data {
        Value::Object(_) => geojson::read(data)?,
        Value::String(text) => {
            let text = text.trim_start_matches('\u{feff}').trim_start();
            if text.starts_with('{') {
                let value = serde_json::from_str(text).map_err(|fault| format!("not valid JSON: {fault}"))?;
                geojson::read(&value)?
            } else if text.starts_with('<') {
                let root = tree::parse(text)?;
                match root.name.as_str() {
                    "gpx" => gpx::read(&root)?,
                    "kml" => kml::read(&root)?,
                    other => return Err(format!("this is <{other}>; {KINDS}")),
                }
            } else {
                return Err(KINDS.into());
            }
        }
        _ => return Err(KINDS.into()),
    };
    if things.is_empty() { Err("it holds nothing that has a place".into()) } else { Ok(things) }
}

/// `overlays[i].style` as tags of simplestyle (1.1.0), which the style of overlays reads.
fn look(style: Option<&Value>) -> Result<Vec<(String, String)>, String> {
    const KNOWN: [&str; 7] =
        ["stroke", "stroke-width", "stroke-opacity", "fill", "fill-opacity", "marker-color", "color"];
    let Some(style) = style else { return Ok(Vec::new()) };
    let wrong = || format!("expected an object with {}", KNOWN.join(", "));
    let mut tags = Vec::new();
    for (key, value) in style.as_object().ok_or_else(wrong)? {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => return Err(format!("{key}: expected a text or a number")),
        };
        match key.as_str() {
            "color" => tags.extend(["stroke", "fill", "marker-color"].map(|key| (key.to_owned(), text.clone()))),
            key if KNOWN.contains(&key) => tags.push((key.to_owned(), text)),
            key => return Err(format!("{key} is not known; {}", wrong())),
        }
    }
    Ok(tags)
}

fn kind(shape: &Shape) -> Kind {
    if matches!(shape, Shape::Points(_)) { Kind::Node } else { Kind::Way }
}

/// Adds a shape to a map.
fn add(map: &mut Map, shape: &Shape) -> (Geometry, std::ops::Range<u32>) {
    let start = map.shapes.parts.len() as u32;
    let degrees = |point: &Point| -> LonLatE7 { assemble::degrees(point) };
    let geometry = match shape {
        Shape::Points(points) => {
            points.iter().for_each(|point| map.shapes.push(Role::Point, [degrees(point)]));
            Geometry::Point
        }
        Shape::Lines(lines) => {
            for line in lines {
                let mut line = line.clone();
                line.dedup();
                if line.len() > 1 {
                    map.shapes.push(Role::Line, line.iter().map(degrees));
                }
            }
            Geometry::Line
        }
        Shape::Areas(polygons) => {
            let mut valid: Vec<Polygon> = Vec::new();
            for rings in polygons {
                let slices: Vec<&[Point]> = rings.iter().map(Path::as_slice).collect();
                match rings.iter().any(|ring| antimeridian::crosses(ring)) {
                    true => valid.extend(Laid::new(rings).fill()),
                    false => valid.extend(overlay::fill(slices)),
                }
            }
            assemble::add(&mut map.shapes, &valid);
            Geometry::Area
        }
    };
    (geometry, start..map.shapes.parts.len() as u32)
}
