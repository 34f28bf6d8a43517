//! OPL, the object-per-line format of osmium: for grep, sort, diff and small scripts.

use crate::format::elements::{KEPT, LOST, each};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::osm::{ATTRIBUTION, Element, Kind, Osm};
use crate::sink::{Sink, spill};
use crate::watch::Watch;
use crate::wire::number;

/// The family.
pub const FORMATS: &[Format] = &[OPL];

const OPL: Format = Format {
    id: "opl",
    aliases: &[],
    title: "OPL",
    family: "OPL",
    version: "",
    extension: "opl",
    mime: "text/plain",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "The OpenStreetMap data as a line for every object, for the tools of a command line.",
    for_whom: "Developers, data scientists, everybody with grep, sort and awk",
    kept: KEPT,
    lost: LOST,
    programs: &["osmium", "pyosmium", "grep", "awk", "sort", "diff"],
    specification: "https://osmcode.org/opl-file-format/",
    credit: Credit::Inside("the comment in the first line"),
    provenance: Some("the comment in the second line"),
    size: Size::Input,
    memory: Memory::Stream,
    options: &[],
    write: Write::Osm(write),
};

fn write(osm: &Osm, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let said = job.provenance.text();
    let mut out = format!("# {ATTRIBUTION}, https://www.openstreetmap.org/copyright\n# {said}\n").into_bytes();
    each(osm, watch, |element| {
        line(&mut out, osm, element);
        spill(&mut out, sink)
    })?;
    sink.put(&out)
}

/// An object: id, tags, then place, nodes or members.
fn line(out: &mut Vec<u8>, osm: &Osm, element: Element) {
    out.push(letter(element.kind));
    number::integer(out, osm.id(element));
    out.extend_from_slice(b" T");
    for (row, &(key, value)) in osm.tags(element).iter().enumerate() {
        comma(out, row);
        escaped(out, osm.strings.get(key));
        out.push(b'=');
        escaped(out, osm.strings.get(value));
    }
    match element.kind {
        Kind::Node => {
            if let Some([lon, lat]) = osm.place(element.index) {
                out.extend_from_slice(b" x");
                number::fixed(out, lon.into(), 7);
                out.extend_from_slice(b" y");
                number::fixed(out, lat.into(), 7);
            }
        }
        Kind::Way => {
            out.extend_from_slice(b" N");
            for (row, &node) in osm.refs(element.index).iter().enumerate() {
                comma(out, row);
                out.push(b'n');
                number::integer(out, osm.id(Element { kind: Kind::Node, index: node }));
            }
        }
        Kind::Relation => {
            out.extend_from_slice(b" M");
            for (row, member) in osm.members(element.index).iter().enumerate() {
                comma(out, row);
                out.push(letter(member.kind));
                number::integer(out, member.id);
                out.push(b'@');
                escaped(out, osm.strings.get(member.role));
            }
        }
    }
    out.push(b'\n');
}

fn letter(kind: Kind) -> u8 {
    match kind {
        Kind::Node => b'n',
        Kind::Way => b'w',
        Kind::Relation => b'r',
    }
}

fn comma(out: &mut Vec<u8>, row: usize) {
    if row > 0 {
        out.push(b',');
    }
}

/// Text in which what separates, and what is no letter, digit or mark of ASCII, stands as `%hex%`.
fn escaped(out: &mut Vec<u8>, text: &str) {
    for c in text.chars() {
        if c.is_alphanumeric() || c.is_ascii_graphic() && !matches!(c, '%' | ',' | '=' | '@') {
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        } else {
            out.extend_from_slice(format!("%{:02x}%", u32::from(c)).as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn what_separates_is_escaped() {
        let mut out = Vec::new();
        escaped(&mut out, "a b,c=d@e%f\nКафé «x»\u{202e}😀");
        assert_eq!(String::from_utf8(out).unwrap(), "a%20%b%2c%c%3d%d%40%e%25%f%0a%Кафé%20%%ab%x%bb%%202e%%1f600%");
    }
}
