//! Geobuf (github.com/mapbox/geobuf, version 3): GeoJSON as Protocol Buffers, half of its size or less.

use crate::error::Error;
use crate::format::delimited::DIGITS;
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written, terms};
use crate::map::Value;
use crate::sink::{Sink, spill};
use crate::table::shape::{Kind, Shape};
use crate::table::{Column, ColumnKind, Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::number;
use crate::wire::protobuf::{Message, put_varint};

/// The family.
pub const FORMATS: &[Format] = &[GEOBUF];

const GEOBUF: Format = Format {
    id: "geobuf",
    aliases: &[],
    title: "Geobuf",
    family: "Geobuf",
    version: "",
    extension: "pbf",
    mime: "application/octet-stream",
    tier: Tier::Pro,
    topics: &[Topic::Web, Topic::Gis],
    about: "What GeoJSON says in half of its size: features with geometry and every tag as Protocol Buffers.",
    for_whom: "Web developers with Mapbox and MapLibre, data scientists",
    kept: "Geometry to the last digit, ids, layer and class, typed fields, all tags",
    lost: "Which features share a node; the coordinate reference system, which is WGS 84 by default",
    programs: &[
        "geobuf for JavaScript",
        "geobuf for Python",
        "Dash Leaflet",
        "MapLibre",
        "Mapbox GL JS",
        "Leaflet",
        "QGIS (plugins)",
    ],
    specification: "https://github.com/mapbox/geobuf",
    credit: Credit::Inside("the member `attribution` of the collection"),
    provenance: Some("the member `mapwright` of the collection, as text"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[DIGITS, COLUMNS],
    write: Write::Table(Split::Shaped, write),
};

/// Fields of messages in geobuf.proto.
mod field {
    pub const KEYS: u32 = 1;
    pub const DIMENSIONS: u32 = 2;
    pub const PRECISION: u32 = 3;
    pub const COLLECTION: u32 = 4;
    pub const FEATURE: u32 = 1;
    pub const GEOMETRY: u32 = 1;
    pub const ID: u32 = 11;
    pub const VALUES: u32 = 13;
    pub const PROPERTIES: u32 = 14;
    pub const CUSTOM: u32 = 15;
}
/// Members of the collection.
const MEMBERS: [&str; 4] = ["attribution", "license", "generator", "mapwright"];
/// Bytes that the length of the collection takes: known at its end, a varint with room for 32 GB.
const ROOM: usize = 5;

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let digits = job.settings.int("digits").clamp(0, 9) as u32;
    let columns: Vec<&Column> = tables.iter().flat_map(|table| &table.columns).collect();
    let mut out = head(&columns, digits);
    put_varint(&mut out, u64::from(field::COLLECTION) << 3 | 2);
    sink.put(&out)?;
    let length_at = sink.position();
    sink.put(&[0; ROOM])?;
    let mut out = members(&columns, job);
    let mut empty = 0;
    for table in tables {
        let total = table.rows.len() as u64;
        for row in 0..table.rows.len() {
            if row % 1000 == 0 {
                watch.at(Stage::Write, row as u64, total)?;
            }
            let (feature, whole) = feature(table, &columns, row, digits);
            empty += u64::from(!whole);
            out.bytes(field::FEATURE, &feature.bytes);
            spill(&mut out.bytes, sink)?;
        }
    }
    sink.put(&out.bytes)?;
    let length = sink.position() - length_at - ROOM as u64;
    if length > i32::MAX as u64 {
        return Err(Error::TooLarge("no reader of Protocol Buffers takes a message of more than 2 GB".into()));
    }
    sink.patch(length_at, &padded(length))?;
    terms::say_empty(empty, job.notes);
    if let Some(epsg) = tables.first().map(|table| table.features.crs.epsg).filter(|epsg| *epsg != 4326) {
        let message = format!("Coordinates are EPSG:{epsg}; Geobuf, as GeoJSON, means WGS 84 degrees.");
        job.notes.say("not_wgs84", 1, message);
    }
    Ok(())
}

/// A varint that takes all of its room.
fn padded(mut value: u64) -> [u8; ROOM] {
    let mut bytes = [0x80; ROOM];
    for byte in &mut bytes {
        *byte |= (value & 0x7f) as u8;
        value >>= 7;
    }
    if let Some(last) = bytes.last_mut() {
        *last &= 0x7f;
    }
    bytes
}

/// Names and precision: readers want them before what they are for.
fn head(columns: &[&Column], digits: u32) -> Vec<u8> {
    let mut head = Message::default();
    for key in columns.iter().map(|column| column.name.as_ref()).chain(MEMBERS) {
        head.bytes(field::KEYS, key.as_bytes());
    }
    head.number(field::DIMENSIONS, 2).number(field::PRECISION, digits.into());
    head.bytes
}

/// Members of the collection, first of all.
fn members(columns: &[&Column], job: &Job) -> Message {
    let texts = [
        crate::osm::ATTRIBUTION,
        crate::osm::LICENCE,
        "mapwright",
        // Keys stand elsewhere: so the text has its own.
        &job.provenance.text(),
    ];
    let (mut out, mut list) = (Message::default(), Message::default());
    for (row, text) in texts.into_iter().enumerate() {
        let mut value = Message::default();
        value.bytes(1, text.as_bytes());
        out.bytes(field::VALUES, &value.bytes);
        list.push((columns.len() + row) as u64).push(row as u64);
    }
    out.bytes(field::CUSTOM, &list.bytes);
    out
}

/// One feature, and whether it has a geometry.
fn feature(table: &Table, columns: &[&Column], row: usize, digits: u32) -> (Message, bool) {
    let mut out = Message::default();
    let shape = table.shape(row, digits).filter(|shape| !shape.is_empty());
    if let Some(shape) = &shape {
        out.bytes(field::GEOMETRY, &geometry(shape).bytes);
    }
    if let Some(feature) = table.feature(row) {
        let id = format!("{}{}", feature.element.kind.letter(), table.features.map.osm.id(feature.element));
        out.bytes(field::ID, id.as_bytes());
    }
    let (mut list, mut count) = (Message::default(), 0);
    for (key, column) in columns.iter().enumerate() {
        let mut value = Message::default();
        match (column.cell(row), column.kind) {
            (Value::None, _) => continue,
            (Value::Text(text), ColumnKind::Json) => value.bytes(6, text.as_bytes()),
            (Value::Text(text), _) => value.bytes(1, text.as_bytes()),
            (Value::Int(whole @ 0..), _) => value.number(3, whole.unsigned_abs()),
            (Value::Int(whole), _) => value.number(4, whole.unsigned_abs()),
            (Value::Number(real), ColumnKind::Number(digits)) => {
                value.double(2, number::real(number::quantise(real, digits), digits))
            }
            (Value::Number(real), _) => value.double(2, real),
            (Value::Flag(flag), _) => value.number(5, flag.into()),
        };
        out.bytes(field::VALUES, &value.bytes);
        list.push(key as u64).push(count);
        count += 1;
    }
    out.part(field::PROPERTIES, &list);
    (out, shape.is_some())
}

/// Steps from place to place; rings go without the point that closes them.
fn geometry(shape: &Shape) -> Message {
    let kind = shape.kind();
    let number = match kind {
        Kind::Point => 0,
        Kind::MultiPoint => 1,
        Kind::LineString => 2,
        Kind::MultiLineString => 3,
        Kind::Polygon => 4,
        Kind::MultiPolygon => 5,
    };
    let (mut lengths, mut places) = (Message::default(), Message::default());
    let closed = usize::from(matches!(shape, Shape::Areas(_)));
    let traces = shape.traces();
    match shape {
        Shape::Areas(areas) if areas.len() > 1 => {
            lengths.push(areas.len() as u64);
            for rings in areas {
                lengths.push(rings.len() as u64);
                rings.iter().for_each(|ring| _ = lengths.push((ring.len() - closed) as u64));
            }
        }
        Shape::Points(_) => {}
        _ if traces.len() > 1 => traces.iter().for_each(|trace| _ = lengths.push((trace.len() - closed) as u64)),
        _ => {}
    }
    for trace in traces {
        let [mut x, mut y] = [0, 0];
        for at in trace.iter().take(trace.len() - closed) {
            places.push_step(at[0], &mut x).push_step(at[1], &mut y);
        }
    }
    let mut out = Message::default();
    out.number(1, number).part(2, &lengths).bytes(3, &places.bytes);
    out
}
