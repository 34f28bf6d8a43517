//! What is tried with any bytes at all. `fuzz/` drives these with libFuzzer, `tests/fuzz.rs` with the corpus it found.

use mapwright::geo::clip::Cut;
use mapwright::geo::overlay::fill;
use mapwright::geo::ring::{Path, Point, area2, bounds, holds};
use mapwright::note::Notes;
use mapwright::osm::{Osm, Reader, read};
use mapwright::request::Limits;
use mapwright::{Engine, Error, Opened, Request, Watch};

/// Name of a target, which is the folder of its corpus, and what is tried.
pub type Target = (&'static str, fn(&[u8]));

/// Every target.
pub const TARGETS: &[Target] = &[
    ("auto", auto),
    ("json", json),
    ("xml", xml),
    ("pbf", pbf),
    ("clip", clip),
    ("style", style),
    ("request", request),
];

/// Any input: read whole and in pieces, which must agree; what was read is exported.
pub fn auto(bytes: &[u8]) {
    let whole = read(bytes, &mut Watch::silent());
    let length = 1 + bytes.first().copied().unwrap_or(0) as usize % 61;
    let mut reader = Reader::new(0);
    let pieces = bytes
        .chunks(length)
        .try_for_each(|piece| reader.push(piece, &mut Watch::silent()))
        .and_then(|()| reader.finish(&mut Watch::silent()));
    agree(&whole, &pieces);
    if let Ok(osm) = whole {
        export(osm);
    }
}

/// The inside of `elements`.
pub fn json(bytes: &[u8]) {
    auto(&[&b"{\"elements\": ["[..], bytes, b"]}"].concat());
}

/// The inside of `<osm>`.
pub fn xml(bytes: &[u8]) {
    auto(&[&b"<osm version=\"0.6\">"[..], bytes, b"</osm>"].concat());
}

/// The inside of a block.
pub fn pbf(bytes: &[u8]) {
    auto(&[blob("OSMHeader", b"\x22\x0eOsmSchema-V0.6"), blob("OSMData", bytes)].concat());
}

/// Rings of small numbers, made valid, and a line, cut at a box and an area.
pub fn clip(bytes: &[u8]) {
    let points: Vec<Point> =
        bytes.chunks_exact(2).map(|pair| [i64::from(pair[0] as i8) * 100, i64::from(pair[1] as i8) * 100]).collect();
    let [from, upto, rest @ ..] = points.as_slice() else { return };
    let frame = [from[0].min(upto[0]), from[1].min(upto[1]), from[0].max(upto[0]), from[1].max(upto[1])];
    let third = rest.len() / 3;
    let (area, shape) = rest.split_at(third);
    let areas = (area.len() > 3).then(|| vec![closed(area)]);
    let cut = Cut::new(frame, areas);
    for line in cut.line(shape) {
        assert!(bounds(line.iter()).is_none_or(|found| holds(&frame, &found)), "{line:?} is not in {frame:?}");
    }
    let rings = closed(shape);
    for polygon in fill([rings.as_slice()]) {
        let whole: i128 = polygon.iter().map(|ring| area2(ring)).sum();
        let parts: Vec<&[Point]> = polygon.iter().map(Path::as_slice).collect();
        let Some(pieces) = cut.polygon(&parts) else { continue };
        let sum: i128 = pieces.iter().flatten().map(|ring| area2(ring)).sum();
        // Corners are rounded to whole steps; each may give or take a sliver.
        let corners = pieces.iter().flatten().map(Vec::len).sum::<usize>() as i128;
        assert!(sum <= whole + corners * 100_000, "{sum} of {whole}");
        for ring in pieces.iter().flatten() {
            assert!(bounds(ring.iter()).is_none_or(|found| holds(&frame, &found)), "{ring:?} is not in {frame:?}");
        }
    }
}

/// A style document.
pub fn style(bytes: &[u8]) {
    if let Ok(document) = serde_json::from_slice(bytes) {
        let _ = mapwright::style::compile(&document, &mut Notes::default());
    }
}

/// A request as the doors take it.
pub fn request(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(request) = Request::from_json(text)
    {
        let _ = mapwright::export::check(&request, &Limits::default());
    }
}

fn agree(whole: &Result<Osm, Error>, pieces: &Result<Osm, Error>) {
    match (whole, pieces) {
        (Ok(a), Ok(b)) => {
            assert_eq!((&a.nodes.id, &a.ways.id, &a.relations.id), (&b.nodes.id, &b.ways.id, &b.relations.id));
            assert_eq!(a.notes.list(), b.notes.list());
        }
        (Err(a), Err(b)) => assert!(!matches!(a, Error::Internal(_)), "{a:?}, {b:?}"),
        (a, b) => panic!("whole: {:?}, in pieces: {:?}", a.as_ref().err(), b.as_ref().err()),
    }
}

fn export(osm: Osm) {
    let request = Request::from_json(r#"{"formats": ["geojson"], "clip": true}"#).expect("a request");
    if let Ok(map) = Opened::assemble(osm, &mut Watch::silent()) {
        let _ = map.export(&Engine::default(), &request, &mut Watch::silent(), |_| Ok(Vec::new()));
    }
}

fn closed(points: &[Point]) -> Path {
    let mut ring = points.to_vec();
    ring.extend(points.first().copied());
    ring
}

fn blob(kind: &str, content: &[u8]) -> Vec<u8> {
    let data = [&[0x0a][..], &varint(content.len()), content].concat();
    let header = [&[0x0a, kind.len() as u8][..], kind.as_bytes(), &[0x18], &varint(data.len())].concat();
    [&(header.len() as u32).to_be_bytes()[..], &header, &data].concat()
}

fn varint(mut number: usize) -> Vec<u8> {
    let mut out = Vec::new();
    while number > 127 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
    out
}
