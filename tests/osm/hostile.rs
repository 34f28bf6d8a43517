//! Broken, foreign and hostile input: a named error or a note, never a panic.

use crate::common::data;
use mapwright::osm;
use mapwright::{Error, Opened, Watch};
use std::io::{Read, Write};

fn read(bytes: &[u8]) -> Result<osm::Osm, Error> {
    osm::read(bytes, &mut Watch::silent())
}

fn plain(name: &str) -> Vec<u8> {
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(&data(name)[..]).read_to_end(&mut out).unwrap();
    out
}

/// xorshift64*: the same numbers every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }
}

#[test]
fn every_cut_is_noticed() {
    for bytes in [plain("overpass/monaco-tiny.map.json.gz"), data("extracts/osm-meta_geom.osm")] {
        let end = bytes.trim_ascii_end().len();
        for cut in (1..end).step_by((end / 300).max(1)) {
            let fault = read(&bytes[..cut]).err().unwrap_or_else(|| panic!("a cut at {cut} of {end} is not noticed"));
            assert!(matches!(fault, Error::CutOff(_) | Error::Foreign(_) | Error::Corrupt(_)), "{fault:?}");
        }
        assert!(matches!(read(&bytes[..end / 2]), Err(Error::CutOff(_))), "{:?}", read(&bytes[..end / 2]).err());
    }
    // A PBF that ends between two blobs is whole by its own rules; inside a blob it is not.
    let pbf = data("extracts/saint_barthelemy.osm.pbf");
    let noticed = (1..pbf.len()).step_by(211).filter(|&cut| read(&pbf[..cut]).is_err()).count();
    assert!(noticed + 3 >= pbf.len().div_ceil(211), "{noticed}");
}

#[test]
fn flipped_bytes_do_not_panic() {
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15);
    for source in [
        plain("overpass/monaco-tiny.geom-clip.json.gz"),
        data("overpass/monaco-tiny.map.json.gz"),
        data("extracts/osm-meta_geom.osm"),
        data("extracts/saint_barthelemy.osm.pbf"),
        data("extracts/missing-nodes.pbf"),
    ] {
        for _ in 0..60 {
            let mut bytes = source.clone();
            for _ in 0..1 + chance.below(8) {
                let at = chance.below(bytes.len());
                bytes[at] = chance.below(256) as u8;
            }
            // Whatever comes of it, it comes as a value.
            let _ = Opened::open(&bytes, &mut Watch::silent());
        }
    }
}

#[test]
fn foreign_files_are_called_what_they_are() {
    for (bytes, words) in [
        (&br#"{"type": "FeatureCollection", "features": []}"#[..], "FeatureCollection"),
        (b"<gpx version=\"1.1\"></gpx>", "GPX"),
        (b"<kml/>", "KML"),
        (b"<osmChange version=\"0.6\"/>", "change"),
        (b"<!doctype html><html><title>Not &amp; found</title></html>", "a web page (“Not & found”)"),
        (b"<HTML lang='en'><body>", "a web page"),
        (b"<!DOCTYPE osm [<!ENTITY a \"b\">]><osm version=\"0.6\"/>", "DOCTYPE"),
        (b"@id\t@type\tname\n1\tnode\tx\n", "[out:csv]"),
        (b"@prefix osm: <https://www.openstreetmap.org/> .\n", "another kind"),
        (b" [out:json];node(1);out;", "a query"),
        (b"PK\x03\x04....", "ZIP"),
        (b"\xfd7zXZ\0", "xz"),
        (b"\xff\xe0\x04o5m2", "osmium cat"),
        (b"\xff\xfe<\0", "UTF-16"),
        (b"", "empty"),
        (b"hello", "another kind"),
        (b"[1, 2]", "another kind"),
    ] {
        let fault = read(bytes).unwrap_err().to_string();
        assert!(fault.contains(words), "{fault} should say {words}");
    }
}

#[test]
fn impossible_places_are_left_out_and_noted() {
    let json = br#"{"elements": [{"type": "node", "id": 1, "lat": 91, "lon": 0}, {"type": "node", "id": 2, "lat": 1e400, "lon": 0},
        {"type": "node", "id": 3, "lat": 1, "lon": 2}, {"type": "node", "id": 8500000000, "lat": 1, "lon": 2}]}"#;
    let osm = read(json).unwrap();
    assert_eq!(osm.node_count(), 2);
    assert_eq!(osm.notes.list()[0].code, "misplaced");
    assert!(matches!(
        read(br#"{"elements": [{"type": "node", "id": 1, "lat": NaN, "lon": 0}]}"#),
        Err(Error::Corrupt(_))
    ));
    assert!(matches!(read(br#"{"elements": [{"type": "node", "id": 99999999999999999999}]}"#), Err(Error::Corrupt(_))));
}

#[test]
fn odd_but_legal_data_is_read() {
    let json = br#"{"elements": [
        {"type": "way", "id": 1, "nodes": [1]}, {"type": "way", "id": 2},
        {"type": "relation", "id": 5, "members": [{"type": "relation", "ref": 5, "role": ""}], "tags": {"type": "multipolygon"}},
        {"type": "area", "id": 3600000001, "tags": {"a": "b"}},
        {"tags": {"name": "\ud83d\ude00 \u00e9 \ud800\u0000\ud800\u0041", "a\u0000": "\u0000"}, "lat": 1, "id": 1, "lon": 1, "type": "node"}]}"#;
    let osm = read(json).unwrap();
    assert_eq!((osm.node_count(), osm.ways.id.len(), osm.relations.id.len()), (1, 2, 1));
    let notes: Vec<_> = osm.notes.list().iter().map(|note| (note.code, note.count)).collect();
    assert_eq!(notes, [("unknown_types", 1), ("nul_characters", 3)]);
    let text = |id| osm.strings.get(id);
    let tags: Vec<_> = osm
        .tags(osm::Element { kind: osm::Kind::Node, index: 0 })
        .iter()
        .map(|&(key, value)| (text(key), text(value)))
        .collect();
    assert_eq!(tags, [("name", "😀 é \u{fffd}\u{fffd}A"), ("a", "")]);
    Opened::open(json, &mut Watch::silent()).unwrap();
}

#[test]
fn deep_nesting_and_long_lists_are_bounded() {
    let deep = format!("{{\"elements\": [], \"x\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(read(deep.as_bytes()), Err(Error::Corrupt(_))));
    let members = r#"{"type": "way", "ref": 7, "role": "outer"},"#.repeat(32_000);
    let json =
        format!(r#"{{"elements": [{{"type": "relation", "id": 1, "members": [{}]}}]}}"#, members.trim_end_matches(','));
    assert_eq!(read(json.as_bytes()).unwrap().members(0).len(), 32_000);
}

#[test]
fn bombs_are_refused() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;\">]><osm version=\"0.6\"/>";
    assert!(read(bomb.as_bytes()).unwrap_err().to_string().contains("DOCTYPE"));
    let mut blob = vec![0, 0, 0, 20];
    blob.extend(b"\x0a\x09OSMHeader\x18\xff\xff\xff\xff\x0f");
    assert!(read(&blob).is_err());
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    zip.write_all(b"{\"elements\": []}").unwrap();
    let once = zip.finish().unwrap();
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    zip.write_all(&once).unwrap();
    assert!(read(&zip.finish().unwrap()).unwrap_err().to_string().contains("gzip inside gzip"));
}

#[test]
fn stopping_works_while_reading() {
    let bytes = data("overpass/monaco.map.json.gz");
    let mut stop = |_| false;
    assert_eq!(osm::read(&bytes, &mut Watch::new(&mut stop)).unwrap_err(), Error::Cancelled);
}
