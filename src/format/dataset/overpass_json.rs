//! Overpass JSON, as `[out:json]` answers: for programs that read Overpass and have no server.

use crate::format::elements::{KEPT, LOST, each, name};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::osm::{Bounds, Element, Kind, LonLatE7, Osm};
use crate::sink::{Sink, spill};
use crate::watch::Watch;
use crate::wire::{json, number};

/// The family.
pub const FORMATS: &[Format] = &[OVERPASS_JSON];

const OVERPASS_JSON: Format = Format {
    id: "overpass-json",
    aliases: &[],
    title: "Overpass JSON",
    family: "Overpass JSON",
    version: "",
    extension: "json",
    mime: "application/json",
    tier: Tier::Basic,
    topics: &[Topic::Web, Topic::Gis],
    about: "The OpenStreetMap data as Overpass answers in JSON, with the geometry of ways if wished.",
    for_whom: "Web developers, data scientists, users of tools that read Overpass",
    kept: KEPT,
    lost: LOST,
    programs: &["overpass turbo", "osmtogeojson", "overpy", "OSMnx", "osm2geojson", "QGIS (QuickOSM)"],
    specification: "https://wiki.openstreetmap.org/wiki/OSM_JSON",
    credit: Credit::Inside("the member `osm3s.copyright`"),
    provenance: Some("the member `mapwright`"),
    size: Size::Input,
    memory: Memory::Stream,
    options: &[Opt::flag("geometry", "Places of their nodes on ways, as `out geom` gives them", false)],
    write: Write::Osm(write),
};

/// What Overpass says of its data, before the link.
const COPYRIGHT: &str = "The data included in this document is from www.openstreetmap.org. © OpenStreetMap contributors, ODbL. \
    The data is made available under ODbL.";

fn write(osm: &Osm, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut out = b"{\n\"version\":0.6,\n\"generator\":\"mapwright\",\n\"osm3s\":{".to_vec();
    if !osm.timestamp.is_empty() {
        out.extend_from_slice(b"\"timestamp_osm_base\":");
        json::string(&mut out, &osm.timestamp);
        out.push(b',');
    }
    out.extend_from_slice(b"\"copyright\":");
    json::string(&mut out, COPYRIGHT);
    out.extend_from_slice(b"},\n\"mapwright\":");
    json::string(&mut out, &job.provenance.inner());
    if let Some(bounds) = osm.bounds {
        out.extend_from_slice(b",\n\"bounds\":");
        self::bounds(&mut out, bounds);
    }
    out.extend_from_slice(b",\n\"elements\":[");
    let geometry = job.settings.flag("geometry");
    let mut first = true;
    each(osm, watch, |element| {
        out.extend_from_slice(if std::mem::take(&mut first) { b"\n" } else { b",\n" });
        self::element(&mut out, osm, element, geometry);
        spill(&mut out, sink)
    })?;
    out.extend_from_slice(b"\n]}\n");
    sink.put(&out)
}

fn bounds(out: &mut Vec<u8>, Bounds { west, south, east, north }: Bounds) {
    let sides = [("minlat", south), ("minlon", west), ("maxlat", north), ("maxlon", east)];
    for (row, (name, value)) in sides.into_iter().enumerate() {
        out.push(if row == 0 { b'{' } else { b',' });
        degrees(out, name, value);
    }
    out.push(b'}');
}

fn degrees(out: &mut Vec<u8>, name: &str, value: i32) {
    json::string(out, name);
    out.push(b':');
    number::fixed(out, value.into(), 7);
}

fn place(out: &mut Vec<u8>, [lon, lat]: LonLatE7) {
    degrees(out, "lat", lat);
    out.push(b',');
    degrees(out, "lon", lon);
}

fn element(out: &mut Vec<u8>, osm: &Osm, element: Element, geometry: bool) {
    out.extend_from_slice(b"{\"type\":");
    json::string(out, name(element.kind));
    out.extend_from_slice(b",\"id\":");
    number::integer(out, osm.id(element));
    if let (Kind::Node, Some(at)) = (element.kind, osm.place(element.index)) {
        out.push(b',');
        place(out, at);
    }
    if let Ok(row) = osm.centers.binary_search_by_key(&element, |(element, _)| *element)
        && let Some(&(_, center)) = osm.centers.get(row)
    {
        out.extend_from_slice(b",\"center\":{");
        place(out, center);
        out.push(b'}');
    }
    match element.kind {
        Kind::Node => {}
        Kind::Way => {
            let refs = osm.refs(element.index);
            list(out, "nodes", refs, |out, &node| {
                number::integer(out, osm.id(Element { kind: Kind::Node, index: node }));
            });
            if geometry {
                list(out, "geometry", refs, |out, &node| match osm.place(node) {
                    Some(at) => {
                        out.push(b'{');
                        place(out, at);
                        out.push(b'}');
                    }
                    None => out.extend_from_slice(b"null"),
                });
            }
        }
        Kind::Relation => list(out, "members", osm.members(element.index), |out, member| {
            out.extend_from_slice(b"{\"type\":");
            json::string(out, name(member.kind));
            out.extend_from_slice(b",\"ref\":");
            number::integer(out, member.id);
            out.extend_from_slice(b",\"role\":");
            json::string(out, osm.strings.get(member.role));
            out.push(b'}');
        }),
    }
    let tags = osm.tags(element);
    for (row, &(key, value)) in tags.iter().enumerate() {
        out.extend_from_slice(if row == 0 { b",\"tags\":{" } else { b"," });
        json::string(out, osm.strings.get(key));
        out.push(b':');
        json::string(out, osm.strings.get(value));
    }
    out.extend_from_slice(if tags.is_empty() { b"}" } else { b"}}" });
}

/// A member that is a list.
fn list<T>(out: &mut Vec<u8>, name: &str, rows: &[T], mut write: impl FnMut(&mut Vec<u8>, &T)) {
    out.push(b',');
    json::string(out, name);
    out.extend_from_slice(b":[");
    for (row, item) in rows.iter().enumerate() {
        if row > 0 {
            out.push(b',');
        }
        write(out, item);
    }
    out.push(b']');
}
