//! An input that arrives in pieces gives what it gives at once.

use super::inputs::fingerprint;
use crate::common::data;
use mapwright::osm::{Osm, Reader, read};
use mapwright::{Error, Watch};

const FILES: &[&str] = &[
    "overpass/monaco-tiny.geom.json.gz",
    "overpass/monaco-tiny.body-skel.json.gz",
    "extracts/osm-meta_geom.osm",
    "extracts/missing-nodes.pbf",
    "extracts/saint_barthelemy.osm.pbf",
    "extracts/saint_barthelemy.osm.bz2",
    "extracts/saint_barthelemy.osm.zst",
];

fn in_pieces(bytes: &[u8], length: usize) -> Result<Osm, Error> {
    let mut reader = Reader::new(0);
    for piece in bytes.chunks(length) {
        reader.push(piece, &mut Watch::silent())?;
    }
    reader.finish(&mut Watch::silent())
}

/// The bytes, out of their gzip.
fn plain(name: &str) -> Vec<u8> {
    let bytes = data(name);
    if !name.ends_with(".gz") {
        return bytes;
    }
    let mut out = Vec::new();
    std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(&bytes[..]), &mut out).unwrap();
    out
}

#[test]
fn pieces_say_what_the_whole_says() {
    for name in FILES {
        for bytes in [data(name), plain(name)] {
            let whole = read(&bytes, &mut Watch::silent()).unwrap();
            for length in [1, 7, 100, 4096, 65_536] {
                if bytes.len() / length > 200_000 {
                    continue;
                }
                let pieces = in_pieces(&bytes, length).unwrap_or_else(|fault| panic!("{name} by {length}: {fault}"));
                assert!(fingerprint(&pieces) == fingerprint(&whole), "{name} by {length}");
                assert_eq!((pieces.bounds, &pieces.timestamp), (whole.bounds, &whole.timestamp), "{name} by {length}");
                assert_eq!(pieces.notes.list(), whole.notes.list(), "{name} by {length}");
            }
        }
    }
}

/// What a parser may be in the midst of: comments, CDATA, references, processing instructions, a byte order mark, letters of several bytes.
#[test]
fn text_may_be_cut_anywhere() {
    let xml = "\u{feff}<?xml version='1.0'?><!-- a - b --><osm version=\"0.6\"><note>&lt;a&#x20;b<![CDATA[ <c> ]] ]]></note>\
        <!----><?hint x?><node id=\"1\" lat=\"1.5\" lon=\"1\"><tag k=\"name\" v=\"Ça &amp; là 北\"/><!-- > --></node\n></osm>\n<!-- end -->";
    let json = "\u{feff}{ \"version\": 0.6, \"x\": [1e5, {\"y\": \"\\\"]\\u00e9\\\\\"}], \"elements\": [ {\"type\": \"node\", \"id\": 1, \"lat\": 1.5e0,\
        \"lon\": 1, \"tags\": {\"name\": \"\\ud83d\\ude00 \\/ \\n 北\"} } , {\"type\": \"count\", \"id\": 0, \"tags\": {}} ] }\n ";
    for text in [xml, json] {
        let whole =
            fingerprint(&read(text.as_bytes(), &mut Watch::silent()).unwrap_or_else(|fault| panic!("{text}: {fault}")));
        for at in 0..=text.len() {
            let (start, end) = text.as_bytes().split_at(at);
            let mut reader = Reader::new(0);
            let read = [start, end].into_iter().try_for_each(|piece| reader.push(piece, &mut Watch::silent()));
            let osm = read
                .and_then(|()| reader.finish(&mut Watch::silent()))
                .unwrap_or_else(|fault| panic!("cut at {at}: {fault}: {text}"));
            assert!(fingerprint(&osm) == whole, "cut at {at}: {text}");
        }
    }
}

#[test]
fn pieces_fail_as_the_whole_fails() {
    for (bytes, what) in [
        (&br#"{"elements": [{"type": "node", "id": 1, "lat": 1, "lon": 1}], "remark": "runtime error: out of memory"}"#[..], "overpass_memory"),
        (b"<osm version=\"0.6\"><node id=\"1\" lat=\"1\" lon=\"1\"/><remark> runtime error: Query timed out in &quot;query&quot; at line 3 </remark></osm>", "overpass_timeout"),
        (br#"{"elements": [{"type": "node", "id": 1, "lat": 1, "lon": 1}"#, "cut_off"),
        (b"<osm version=\"0.6\"><node id=\"1\" lat=\"1\" lo", "cut_off"),
        (b"<osm version=\"0.6\"><!", "cut_off"),
        (b"<osm version=\"0.6\"><!-- a", "cut_off"),
        (b"<osm version=\"0.6\"><!x></osm>", "corrupt"),
        (b"<osm version=\"0.6\"><node id=\"1\" lat=\"1\" lon=\"1\"></way></osm>", "corrupt"),
        (br#"{"elements": [{"type": "node", "id": 1]}"#, "corrupt"),
        (br#"{"elements": []} {}"#, "corrupt"),
        (b"hello", "foreign"),
        (b"   ", "foreign"),
    ] {
        for length in [1, 5, 1000] {
            let fault = in_pieces(bytes, length).unwrap_err();
            assert_eq!(fault.code(), what, "{} by {length}: {fault}", String::from_utf8_lossy(bytes));
        }
    }
}

#[test]
fn nothing_counts_before_the_end() {
    let bytes = plain("overpass/monaco-tiny.map.json.gz");
    let mut reader = Reader::new(bytes.len() as u64);
    reader.push(&bytes[..bytes.len() - 3], &mut Watch::silent()).unwrap();
    let fault = reader.finish(&mut Watch::silent()).unwrap_err();
    assert!(matches!(&fault, Error::CutOff(text) if text.contains("MB")), "{fault}");
}

#[test]
fn progress_follows_the_download() {
    let bytes = data("overpass/monaco.map.json.gz");
    let mut told = Vec::new();
    let mut listener = |progress: mapwright::Progress| {
        told.push(progress.fraction);
        true
    };
    let mut watch = Watch::new(&mut listener);
    let mut reader = Reader::new(bytes.len() as u64);
    for piece in bytes.chunks(bytes.len() / 10) {
        reader.push(piece, &mut watch).unwrap();
    }
    reader.finish(&mut watch).unwrap();
    assert!(
        told.len() >= 9 && told.is_sorted() && told.iter().any(|fraction| (0.4..0.6).contains(fraction)),
        "{told:?}"
    );
}

#[test]
fn the_layout_of_an_answer_does_not_matter() {
    for name in [
        "overpass/monaco.map.json.gz",
        "overpass/monaco-tiny.body-skel.json.gz",
        "overpass/monaco-tiny.geom.json.gz",
        "overpass/moscow-ostankino.map.json.gz",
    ] {
        let recorded = plain(name);
        let answer: serde_json::Value = serde_json::from_slice(&recorded).unwrap();
        let expected = read(&recorded, &mut Watch::silent()).unwrap();
        // Members in alphabetical order, so that no node is as the plain ones of Overpass; and in its order without blanks.
        let sorted = serde_json::to_vec(&answer).unwrap();
        let indented = serde_json::to_vec_pretty(&answer).unwrap();
        let dense: Vec<u8> =
            recorded.split(|byte| *byte == b'\n').flat_map(|line| line.trim_ascii().to_vec()).collect();
        for (bytes, layout) in [(sorted, "sorted"), (indented, "indented"), (dense, "dense")] {
            let found = read(&bytes, &mut Watch::silent()).unwrap();
            assert!(fingerprint(&found) == fingerprint(&expected), "{name} {layout}");
        }
    }
}
