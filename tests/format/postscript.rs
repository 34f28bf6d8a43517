//! PostScript of the sample sheet: structure, glyphs, transparency; and SVG in gzip.

use super::sample;
use mapwright::format::find;
use mapwright::note::Notes;
use mapwright::request::Request;
use mapwright::watch::Watch;
use std::io::Read as _;

fn written(format: &str) -> (Vec<u8>, Notes) {
    sample::write(&find(format).unwrap(), &Request::default(), false, &mut Watch::silent()).unwrap()
}

#[test]
fn the_document_has_its_structure() {
    let text = String::from_utf8(written("ps").0).unwrap();
    assert!(text.starts_with("%!PS-Adobe-3.0\n") && text.ends_with("%%EOF\n"));
    assert!(text.is_ascii() && text.lines().all(|line| line.len() <= 255));
    let comments = [
        "%%Title: Sample <&> (\\\n",
        "%%Copyright: OpenStreetMap contributors, ODbL\n",
        "%%BoundingBox: 0 0 301 244\n%%HiResBoundingBox: 0 0 300.4724 243.7795\n",
        "%%EndComments",
        "%%BeginProlog",
        "%%EndProlog",
        "%%BeginSetup",
        "%%EndSetup",
        "%%Page: 1 1",
        "%%EndPageSetup",
        "%%BeginObject: roads.primary\n",
        "%%PageTrailer",
        "%%Trailer",
    ];
    let places: Vec<_> =
        comments.iter().map(|comment| text.find(comment).unwrap_or_else(|| panic!("{comment}"))).collect();
    assert!(places.is_sorted(), "{places:?}");
    let count = |line: &str| text.lines().filter(|other| other.starts_with(line)).count();
    assert_eq!(count("%%BeginObject:"), count("%%EndObject"));
    let words = |word: &str| text.split_whitespace().filter(|other| *other == word).count();
    assert_eq!(words("q"), words("Q"));
}

#[test]
fn every_glyph_is_drawn_once() {
    let text = String::from_utf8(written("ps").0).unwrap();
    let defined: Vec<_> = text.lines().filter(|line| line.starts_with("/g0-") && line.contains('{')).collect();
    let mut names: Vec<_> = defined.iter().map(|line| line.split('{').next().unwrap()).collect();
    let count = names.len();
    names.dedup();
    assert!(count > 40 && names.len() == count, "{count}");
    let mut used: Vec<_> =
        text.split_whitespace().filter(|word| word.starts_with("/g0-") && !word.contains('{')).collect();
    let uses = used.len();
    used.sort_unstable();
    used.dedup();
    assert!(used.len() == count && uses > 2 * count, "{uses} of {count}");
}

#[test]
fn mixed_colours_are_told() {
    let (bytes, notes) = written("ps");
    let note = notes.list().iter().find(|note| note.code == "opacity_mixed").unwrap();
    assert!(note.count > 2);
    // 1, 2, 3 at 77 of 255 over 242, 239, 233.
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains(".663 .655 .643 rg"), "the mixture");
}

#[test]
fn svgz_is_the_svg() {
    let packed = written("svgz").0;
    // Nothing in the header says when or where.
    assert_eq!(packed[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]);
    let mut plain = Vec::new();
    flate2::read::GzDecoder::new(&packed[..]).read_to_end(&mut plain).unwrap();
    assert!(plain == written("svg").0);
    assert!(packed.len() * 2 < plain.len());
}
