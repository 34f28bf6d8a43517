//! KML 2.2 (OGC 07-147r2): placemarks with points, lines, polygons, tracks; folders are gone through.

use super::thing::{Shape, Thing, closed, place};
use super::tree::Node;
use crate::geo::ring::{Path, Point, Polygon};

/// Reads a document.
pub fn read(root: &Node) -> Result<Vec<Thing>, String> {
    let mut things = Vec::new();
    walk(root, &mut things)?;
    Ok(things)
}

fn walk(node: &Node, things: &mut Vec<Thing>) -> Result<(), String> {
    for child in &node.children {
        if child.name == "Placemark" {
            placemark(child, things)?;
        } else {
            walk(child, things)?;
        }
    }
    Ok(())
}

/// What a placemark shows, by kind of geometry.
#[derive(Default)]
struct Shown {
    points: Vec<Point>,
    lines: Vec<Path>,
    areas: Vec<Polygon>,
}

fn placemark(node: &Node, things: &mut Vec<Thing>) -> Result<(), String> {
    let mut shown = Shown::default();
    geometries(node, &mut shown)?;
    let mut tags: Vec<(String, String)> = Vec::new();
    for (key, name) in [("name", "name"), ("description", "description"), ("address", "address")] {
        tags.extend(node.said(name).map(|text| (key.to_owned(), text.to_owned())));
    }
    for data in node.all("ExtendedData") {
        let plain = data.all("Data").filter_map(|data| Some((data.attribute("name")?, data.said("value")?)));
        let schema = data.all("SchemaData").flat_map(|schema| schema.all("SimpleData"));
        let schema = schema.filter_map(|data| Some((data.attribute("name")?, data.text.trim())));
        for (key, value) in plain.chain(schema) {
            if !value.is_empty() && !tags.iter().any(|(known, _)| known == key) {
                tags.push((key.to_owned(), value.to_owned()));
            }
        }
    }
    let Shown { points, lines, areas } = shown;
    if !points.is_empty() {
        things.push(Thing { class: "point", shape: Shape::Points(points), tags: tags.clone() });
    }
    if !lines.is_empty() {
        things.push(Thing { class: "line", shape: Shape::Lines(lines), tags: tags.clone() });
    }
    if !areas.is_empty() {
        things.push(Thing { class: "area", shape: Shape::Areas(areas), tags });
    }
    Ok(())
}

fn geometries(node: &Node, shown: &mut Shown) -> Result<(), String> {
    for child in &node.children {
        match child.name.as_str() {
            "Point" => shown.points.extend(coordinates(child)?.first()),
            "LineString" => shown.lines.push(coordinates(child)?),
            "LinearRing" => shown.lines.push(closed(coordinates(child)?)),
            "Polygon" => {
                let rings = |name| child.all(name).flat_map(|boundary| boundary.all("LinearRing"));
                let rings = rings("outerBoundaryIs").chain(rings("innerBoundaryIs"));
                shown.areas.push(rings.map(|ring| coordinates(ring).map(closed)).collect::<Result<_, _>>()?);
            }
            "Track" => {
                let places = child.all("coord").map(|coord| position(coord.text.split_whitespace(), &coord.text));
                shown.lines.push(places.collect::<Result<_, _>>()?);
            }
            "MultiGeometry" | "MultiTrack" => geometries(child, shown)?,
            _ => {}
        }
    }
    Ok(())
}

/// `longitude,latitude[,altitude]`, separated by white space.
fn coordinates(node: &Node) -> Result<Path, String> {
    let texts = node.all("coordinates").flat_map(|list| list.text.split_whitespace());
    texts.map(|text| position(text.split(','), text)).collect()
}

fn position<'a>(mut words: impl Iterator<Item = &'a str>, text: &str) -> Result<Point, String> {
    let mut next = || words.next().and_then(|word| word.trim().parse::<f64>().ok());
    match (next(), next()) {
        (Some(longitude), Some(latitude)) => place(longitude, latitude),
        _ => Err(format!("\"{}\" is not longitude and latitude", text.chars().take(40).collect::<String>())),
    }
}
