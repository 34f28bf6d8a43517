//! House numbers between two that are given (OSM wiki: Key:addr:interpolation): ways → points of the layer `addresses`.

use super::assemble::is_whole;
use super::classify::class_id;
use super::features::{Feature, Map};
use super::shapes::{Geometry, Role};
use crate::error::Result;
use crate::order;
use crate::osm::{Element, Kind, LonLatE7, Osm, StringId};
use crate::watch::{Stage, Watch};
use std::sync::Arc;

/// Most numbers between two that are given; more are a slip.
const BETWEEN: i64 = 1000;
/// Most points of one map.
const MOST: usize = 1 << 20;
/// Once around the earth, in units of 1e-7 degrees.
const ROUND: i64 = 3_600_000_000;
/// Keys of addresses that speak of one house.
const OF_ONE: [&str; 7] = ["housenumber", "housename", "unit", "flats", "door", "floor", "conscriptionnumber"];

/// A house number that nobody mapped.
struct Spot {
    /// Row of what it has in common with its neighbours.
    row: u32,
    number: i64,
    place: LonLatE7,
}

/// What the houses between two have in common.
struct Row {
    /// Value of `addr:interpolation`.
    kind: StringId,
    tags: Vec<(StringId, StringId)>,
    street: Option<StringId>,
}

/// Adds the points of all interpolation ways; what cannot be told is left with a note.
///
/// # Errors
/// [`crate::error::Error::Cancelled`].
pub(super) fn add(map: &mut Map, watch: &mut Watch) -> Result<()> {
    let (Some(key), Some(class)) = (map.osm.strings.find("addr:interpolation"), class_id("addresses", "interpolated"))
    else {
        return Ok(());
    };
    let (mut rows, mut spots, mut all, mut unclear) = (Vec::new(), Vec::new(), 0_u64, 0_u64);
    let total = map.osm.ways.id.len();
    let number = map.osm.strings.find("addr:housenumber");
    for index in 0..total as u32 {
        if index.is_multiple_of(1000) {
            watch.at(Stage::Assemble, index.into(), total as u64)?;
        }
        let way = Element { kind: Kind::Way, index };
        let Some(kind) = tag(&map.osm, way, Some(key)) else { continue };
        all += 1;
        unclear += u64::from(!between(map, (way, kind, number), &mut rows, &mut spots));
    }
    if unclear > 0 {
        let message = format!(
            "{unclear} of {all} rows of interpolated addresses give no points, or not all: they go by letters, or the \
             numbers at their ends do not fit"
        );
        map.notes.say("interpolation", unclear, message);
    }
    put(map, class, &rows, &spots);
    Ok(())
}

fn tag(osm: &Osm, element: Element, key: Option<StringId>) -> Option<StringId> {
    osm.tags(element).iter().find(|(known, _)| Some(*known) == key).map(|(_, value)| *value)
}

/// Finds the numbers along a way; whether all is told.
fn between(
    map: &Map,
    (way, kind, key): (Element, StringId, Option<StringId>),
    rows: &mut Vec<Row>,
    spots: &mut Vec<Spot>,
) -> bool {
    let osm = &*map.osm;
    let Some(step) = step(osm.strings.get(kind)).filter(|_| is_whole(osm, way.index)) else { return false };
    let nodes: Vec<(u32, LonLatE7)> =
        osm.refs(way.index).iter().filter_map(|&node| Some((node, osm.place(node)?))).collect();
    let told = |node: u32| {
        let text = osm.strings.get(tag(osm, Element { kind: Kind::Node, index: node }, key)?);
        text.trim().parse::<i64>().ok().filter(|number| (0..i64::from(u32::MAX)).contains(number))
    };
    let given: Vec<(usize, i64)> =
        nodes.iter().enumerate().filter_map(|(at, (node, _))| Some((at, told(*node)?))).collect();
    let ends = [given.first(), given.last()].map(|end| end.map(|(at, _)| *at));
    let mut whole = given.len() > 1 && ends == [Some(0), nodes.len().checked_sub(1)];
    for pair in given.windows(2) {
        let &[(start, first), (end, last)] = pair else { continue };
        let count = step.count(first, last).filter(|count| spots.len() + *count as usize <= MOST);
        let (Some(count), Some(stretch)) = (count, nodes.get(start..=end)) else {
            whole = false;
            continue;
        };
        let row = rows.len() as u32;
        let place = along(stretch);
        let ends = [stretch.first(), stretch.last()].map(|end| end.map_or(0, |(node, _)| *node));
        rows.push(shared(map, way, kind, ends));
        spots.extend((1..=count).map(|nth| {
            let number = first + (last - first) / (count + 1) * nth;
            Spot { row, number, place: place(nth as f64 / (count + 1) as f64) }
        }));
    }
    whole
}

/// How numbers follow each other.
struct Step {
    by: i64,
    /// What is left when a number is halved.
    odd: Option<i64>,
}

/// What a value of `addr:interpolation` says; none of letters.
fn step(kind: &str) -> Option<Step> {
    match kind {
        "even" => Some(Step { by: 2, odd: Some(0) }),
        "odd" => Some(Step { by: 2, odd: Some(1) }),
        "all" => Some(Step { by: 1, odd: None }),
        other => other.parse().ok().filter(|by| (1..=BETWEEN).contains(by)).map(|by| Step { by, odd: None }),
    }
}

impl Step {
    /// How many numbers are between two; none if they do not fit.
    fn count(&self, first: i64, last: i64) -> Option<i64> {
        let apart = (last - first).abs();
        let odd = self.odd.is_none_or(|odd| first % 2 == odd && last % 2 == odd);
        let count = apart / self.by - 1;
        (odd && apart % self.by == 0 && (0..=BETWEEN).contains(&count)).then_some(count)
    }
}

/// Gives the place at a part of the length of a line, on a plane that is true at its middle.
fn along(line: &[(u32, LonLatE7)]) -> impl Fn(f64) -> LonLatE7 {
    let places: Vec<LonLatE7> = line.iter().map(|(_, place)| *place).collect();
    let middle = places.iter().map(|[_, lat]| f64::from(*lat)).sum::<f64>() / places.len().max(1) as f64;
    let narrow = libm::cos((middle / 1e7).to_radians());
    let step = |a: &LonLatE7, b: &LonLatE7| {
        let x = (i64::from(b[0]) - i64::from(a[0]) + ROUND / 2).rem_euclid(ROUND) - ROUND / 2;
        [x as f64, f64::from(b[1]) - f64::from(a[1])]
    };
    let steps: Vec<[f64; 2]> =
        places.windows(2).map(|pair| if let [a, b] = pair { step(a, b) } else { [0.0; 2] }).collect();
    let length = move |[x, y]: &[f64; 2]| libm::hypot(x * narrow, *y);
    let total: f64 = steps.iter().map(length).sum();
    move |part| {
        let mut left = part * total;
        for (from, step) in places.iter().zip(&steps) {
            let length = length(step);
            if left <= length && length > 0.0 {
                let [x, y] = step.map(|side| libm::round(side * left / length) as i64);
                let lon = (i64::from(from[0]) + x + ROUND / 2).rem_euclid(ROUND) - ROUND / 2;
                return [lon as i32, (i64::from(from[1]) + y) as i32];
            }
            left -= length;
        }
        places.last().copied().unwrap_or_default()
    }
}

/// What the address of a way says, and what the addresses at both ends agree on.
fn shared(map: &Map, way: Element, kind: StringId, ends: [u32; 2]) -> Row {
    let osm = &*map.osm;
    let [first, last] = ends.map(|index| Element { kind: Kind::Node, index });
    let is_shared = |key: StringId| {
        let part = osm.strings.get(key).strip_prefix("addr:");
        part.is_some_and(|part| !OF_ONE.contains(&part) && !matches!(part, "interpolation" | "inclusion" | "street"))
    };
    let of = |element| osm.tags(element).iter().filter(|(key, _)| is_shared(*key)).copied();
    let mut tags: Vec<_> = of(way).collect();
    let agreed = of(first).filter(|tag| osm.tags(last).contains(tag));
    let absent: Vec<_> = agreed.filter(|(key, _)| tags.iter().all(|(known, _)| known != key)).collect();
    tags.extend(absent);
    let key = osm.strings.find("addr:street");
    let street = |element| tag(osm, element, key).or_else(|| map.street(element));
    let street = street(way).or_else(|| street(first).filter(|name| street(last) == Some(*name)));
    Row { kind, tags, street }
}

/// Adds the points, each as a thing of its own.
fn put(map: &mut Map, class: u16, rows: &[Row], spots: &[Spot]) {
    if spots.is_empty() {
        return;
    }
    let mut numbers: Vec<i64> = spots.iter().map(|spot| spot.number).collect();
    order::sort(&mut numbers);
    numbers.dedup();
    let texts: Vec<String> = numbers.iter().map(i64::to_string).collect();
    let keys = ["addr:street", "addr:interpolation", "addr:housenumber"];
    // Nobody else holds what was just read; it is changed in its place.
    let osm = Arc::make_mut(&mut map.osm);
    let ids = osm.intern(&keys.into_iter().chain(texts.iter().map(String::as_str)).collect::<Vec<_>>());
    let id = |row: usize| ids.get(row).copied().unwrap_or(0);
    for spot in spots {
        let Some(row) = rows.get(spot.row as usize) else { continue };
        let number = numbers.binary_search(&spot.number).map_or(0, |at| id(keys.len() + at));
        let mut tags = vec![(id(2), number), (id(1), row.kind)];
        tags.extend(row.street.map(|street| (id(0), street)));
        tags.extend_from_slice(&row.tags);
        let element = osm.push_own(Kind::Node, &tags);
        let start = map.shapes.parts.len() as u32;
        map.shapes.push(Role::Point, [spot.place]);
        let (geometry, parts) = (Geometry::Point, start..start + 1);
        map.features.push(Feature { element, class, geometry, parts, value: row.kind, layer_z: 0, place: 0 });
    }
    order::sort_by_key(&mut map.features, |feature| (feature.class, feature.element));
}
