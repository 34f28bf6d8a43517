//! o5m: the compact form that osmconvert and osmfilter work with; deltas, and a table of the last strings.
//! <https://wiki.openstreetmap.org/wiki/O5m>

use crate::format::elements::{KEPT, LOST, each};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::osm::{Bounds, Element, Kind, Osm};
use crate::sink::{Sink, spill};
use crate::watch::Watch;
use crate::wire::date;
use crate::wire::protobuf::{put_varint, zigzag};
use hashbrown::HashMap;

/// The family.
pub const FORMATS: &[Format] = &[O5M];

const O5M: Format = Format {
    id: "o5m",
    aliases: &[],
    title: "o5m",
    family: "o5m",
    version: "",
    extension: "o5m",
    mime: "application/octet-stream",
    tier: Tier::Pro,
    topics: &[Topic::Gis, Topic::Gps],
    about: "The OpenStreetMap data in the compact form that osmconvert, osmfilter and mkgmap read fastest.",
    for_whom: "Makers of Garmin maps, users of osmfilter, developers",
    kept: KEPT,
    lost: LOST,
    programs: &[
        "osmconvert",
        "osmfilter",
        "osmupdate",
        "osmium",
        "mkgmap",
        "splitter",
        "osm2pgsql",
        "OsmAndMapCreator",
    ],
    specification: "https://wiki.openstreetmap.org/wiki/O5m",
    credit: Credit::Nowhere("o5m holds objects, a box and a date, and no text of its own"),
    provenance: None,
    size: Size::Input,
    memory: Memory::Stream,
    options: &[],
    write: Write::Osm(write),
};

/// Kinds of data sets.
const BOX: u8 = 0xdb;
const DATE: u8 = 0xdc;
const HEADER: &[u8] = b"\xff\xe0\x04o5m2";
const RESET: u8 = 0xff;
const END: u8 = 0xfe;
/// How many pairs of strings are remembered.
const REMEMBERED: u32 = 15_000;
/// Longest pair that is, bytes without the ends of its strings.
const LONGEST: usize = 250;

fn write(osm: &Osm, _: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut out = HEADER.to_vec();
    if let Some(seconds) = date::seconds(&osm.timestamp) {
        set(&mut out, DATE, |body| put_varint(body, zigzag(seconds as i64)));
    }
    if let Some(Bounds { west, south, east, north }) = osm.bounds {
        set(&mut out, BOX, |body| {
            [west, south, east, north].into_iter().for_each(|side| put_varint(body, zigzag(side.into())));
        });
    }
    let mut writer = Writer { osm, kind: Kind::Node, before: Before::default(), pairs: Pairs::default() };
    each(osm, watch, |element| {
        if element.kind != writer.kind {
            out.push(RESET);
            writer = Writer { osm, kind: element.kind, before: Before::default(), pairs: Pairs::default() };
        }
        let kind = match element.kind {
            Kind::Node => 0x10,
            Kind::Way => 0x11,
            Kind::Relation => 0x12,
        };
        set(&mut out, kind, |body| writer.element(body, element));
        spill(&mut out, sink)
    })?;
    out.push(END);
    sink.put(&out)
}

/// Appends a data set: its kind, its length, its bytes.
fn set(out: &mut Vec<u8>, kind: u8, write: impl FnOnce(&mut Vec<u8>)) {
    let mut body = Vec::new();
    write(&mut body);
    out.push(kind);
    put_varint(out, body.len() as u64);
    out.extend_from_slice(&body);
}

/// What numbers are counted from.
#[derive(Default)]
struct Before {
    id: i64,
    place: [i64; 2],
    /// Members by kind; nodes of ways are counted as members that are nodes.
    members: [i64; 3],
}

struct Writer<'a> {
    osm: &'a Osm,
    kind: Kind,
    before: Before,
    pairs: Pairs<'a>,
}

impl<'a> Writer<'a> {
    /// The body of an object without a version.
    fn element(&mut self, out: &mut Vec<u8>, element: Element) {
        let osm = self.osm;
        step(out, osm.id(element), &mut self.before.id);
        out.push(0);
        match element.kind {
            Kind::Node => {
                let place = osm.place(element.index).unwrap_or_default();
                for (value, before) in place.into_iter().zip(&mut self.before.place) {
                    step(out, value.into(), before);
                }
            }
            Kind::Way => {
                let mut refs = Vec::new();
                for &node in osm.refs(element.index) {
                    step(&mut refs, osm.id(Element { kind: Kind::Node, index: node }), &mut self.before.members[0]);
                }
                put_varint(out, refs.len() as u64);
                out.extend_from_slice(&refs);
            }
            Kind::Relation => {
                let mut refs = Vec::new();
                for member in osm.members(element.index) {
                    let (digit, before) = match member.kind {
                        Kind::Node => ("0", &mut self.before.members[0]),
                        Kind::Way => ("1", &mut self.before.members[1]),
                        Kind::Relation => ("2", &mut self.before.members[2]),
                    };
                    step(&mut refs, member.id, before);
                    self.pairs.put(&mut refs, Text::Role(digit, osm.strings.get(member.role)));
                }
                put_varint(out, refs.len() as u64);
                out.extend_from_slice(&refs);
            }
        }
        for &(key, value) in osm.tags(element) {
            self.pairs.put(out, Text::Tag(osm.strings.get(key), osm.strings.get(value)));
        }
    }
}

fn step(out: &mut Vec<u8>, value: i64, before: &mut i64) {
    put_varint(out, zigzag(value.wrapping_sub(*before)));
    *before = value;
}

/// What the table of strings holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Text<'a> {
    /// Key and value.
    Tag(&'a str, &'a str),
    /// The digit of a member's kind with its role, one string.
    Role(&'a str, &'a str),
}

/// The last strings, and which was how many ago.
#[derive(Default)]
struct Pairs<'a> {
    places: HashMap<Text<'a>, u32, foldhash::fast::FixedState>,
    count: u32,
}

impl<'a> Pairs<'a> {
    /// Appends text, or how many strings ago it stood.
    fn put(&mut self, out: &mut Vec<u8>, text: Text<'a>) {
        if let Some(ago) = self.places.get(&text).map(|place| self.count - place).filter(|ago| *ago <= REMEMBERED) {
            return put_varint(out, ago.into());
        }
        out.push(0);
        let (Text::Tag(first, second) | Text::Role(first, second)) = text;
        // Zeros end strings: one within would end it too early.
        let plain = |text: &str, out: &mut Vec<u8>| out.extend(text.bytes().filter(|byte| *byte != 0));
        plain(first, out);
        if matches!(text, Text::Tag(..)) {
            out.push(0);
        }
        plain(second, out);
        out.push(0);
        if first.len() + second.len() <= LONGEST {
            self.places.insert(text, self.count);
            self.count += 1;
        }
    }
}
