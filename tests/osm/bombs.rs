//! Bombs and inputs that are no map of one moment: refused by name, within a small share of what they would unpack to.

use mapwright::osm::{Reader, read};
use mapwright::{Error, Opened, Watch};
use std::io::Write;

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap()
}

fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut zip = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    zip.write_all(bytes).unwrap();
    zip.finish().unwrap()
}

/// A Zstandard frame of `blocks` blocks of 128 KiB of blanks, four bytes each.
fn zstd(begin: &[u8], blocks: usize) -> Vec<u8> {
    let mut out = b"\x28\xb5\x2f\xfd\x00\x58".to_vec();
    out.extend(&((begin.len() as u32) << 3).to_le_bytes()[..3]);
    out.extend(begin);
    for row in 1..=blocks {
        let header = (128_u32 << 10) << 3 | 1 << 1 | u32::from(row == blocks);
        out.extend(&header.to_le_bytes()[..3]);
        out.push(b' ');
    }
    out
}

fn varint(mut number: usize, out: &mut Vec<u8>) {
    while number > 127 {
        out.push(number as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

/// A field of a message.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![number << 3 | 2];
    varint(bytes.len(), &mut out);
    out.extend(bytes);
    out
}

fn blob(kind: &str, content: &[u8]) -> Vec<u8> {
    let mut header = field(1, kind.as_bytes());
    header.push(3 << 3);
    varint(content.len(), &mut header);
    [&(header.len() as u32).to_be_bytes()[..], &header, content].concat()
}

/// A blob of zlib that claims to be `size` bytes.
fn deflated(kind: &str, plain: &[u8], size: usize) -> Vec<u8> {
    let mut zip = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
    zip.write_all(plain).unwrap();
    let mut content = vec![2 << 3];
    varint(size, &mut content);
    content.extend(field(3, &zip.finish().unwrap()));
    blob(kind, &content)
}

fn header() -> Vec<u8> {
    blob("OSMHeader", &field(1, &field(4, b"OsmSchema-V0.6")))
}

#[test]
fn bombs_are_refused_while_they_go_off() {
    let blanks = vec![b' '; 100 << 20];
    let json = [&b"{\"elements\": ["[..], &blanks].concat();
    let xml = [&b"<osm version=\"0.6\">"[..], &blanks].concat();
    let zeros = vec![0; 30 << 20];
    let pbf = [header(), deflated("OSMData", &field(15, &zeros), zeros.len() + 5).repeat(5)].concat();
    for (bytes, what) in [
        (gzip(&json), "gzip of JSON"),
        (gzip(&xml), "gzip of XML"),
        (bzip2(&json), "bzip2 of JSON"),
        (bzip2(&xml), "bzip2 of XML"),
        (zstd(b"{\"elements\": [", 20_000), "Zstandard of JSON, 2.5 GiB"),
        (zstd(b"<osm version=\"0.6\">", 20_000), "Zstandard of XML, 2.5 GiB"),
        (pbf, "blobs of PBF"),
    ] {
        assert!(bytes.len() < 1 << 20, "{what}: {}", bytes.len());
        let fault = read(&bytes, &mut Watch::silent()).unwrap_err();
        assert!(matches!(&fault, Error::TooLarge(text) if text.contains("200 times")), "{what}: {fault:?}");
        let mut reader = Reader::new(0);
        let pieces = bytes.chunks(10_000).try_for_each(|piece| reader.push(piece, &mut Watch::silent()));
        let fault = pieces.and_then(|()| reader.finish(&mut Watch::silent())).unwrap_err();
        assert_eq!(fault.code(), "too_large", "{what} in pieces");
    }
}

#[test]
fn blobs_keep_to_their_limits() {
    let small = field(15, b"nothing");
    let mut huge = vec![2 << 3];
    varint(64 << 20, &mut huge);
    huge.extend(field(3, b"\x78\x9c"));
    let mut claim = field(1, b"OSMData");
    claim.push(3 << 3);
    varint(64 << 20, &mut claim);
    let claimed = [&(claim.len() as u32).to_be_bytes()[..], &claim].concat();
    let packed = |number: u8| blob("OSMData", &[&[2 << 3, 9][..], &field(number, b"garbage")].concat());
    for (data, code, words) in [
        (deflated("OSMData", &small, small.len()), "", ""),
        (blob("OSMData", &huge), "too_large", "67108864 unpacked bytes"),
        (claimed, "too_large", "claims 67108864 bytes"),
        ((1_u32 << 20).to_be_bytes().to_vec(), "too_large", "header claims"),
        (deflated("OSMData", &small, small.len() + 1), "corrupt", "size it names"),
        (deflated("OSMData", &small, small.len() - 1), "corrupt", "size it names"),
        (packed(4), "foreign", "LZMA"),
        (packed(5), "foreign", "bzip2"),
        (packed(6), "corrupt", "size it names"),
        (packed(7), "corrupt", "size it names"),
        (blob("OSMHeader", &field(1, &field(4, b"HistoricalInformation"))), "foreign", "history"),
        (blob("OSMHeader", &field(1, &field(4, b"LocationsOnWays"))), "foreign", "LocationsOnWays"),
        (blob("Tomorrow", b"\x0a\x01x"), "", ""),
        (blob("OSMData", &field(1, b"\xff")), "corrupt", "middle of a field"),
    ] {
        match read(&[header(), data].concat(), &mut Watch::silent()) {
            Ok(_) => assert_eq!(code, "", "{words}"),
            Err(fault) => assert!(fault.code() == code && fault.to_string().contains(words), "{words}: {fault:?}"),
        }
    }
}

#[test]
fn edits_and_histories_are_refused_by_name() {
    let node = |version: u8, more: &str| format!("<node id=\"1\" lat=\"1\" lon=\"1\" version=\"{version}\"{more}/>");
    let osm = |inside: &str| format!("<osm version=\"0.6\">{inside}</osm>");
    for (text, words) in [
        ("<osmChange version=\"0.6\"><modify/></osmChange>".to_owned(), "osmium apply-changes"),
        ("<?xml version=\"1.0\"?>\n<!-- - --><osmChange version=\"0.6\"/>".to_owned(), "osmium apply-changes"),
        (osm("<action type=\"modify\"><old/><new/></action>"), "augmented diff"),
        ("<osmAugmentedDiff version=\"0.6\"/>".to_owned(), "augmented diff"),
        (osm(&(node(1, "") + &node(2, ""))), "osmium time-filter"),
        (osm(&node(2, " visible=\"false\"")), "osmium time-filter"),
        (r#"{"elements": [{"type": "node", "id": 1, "visible": false}]}"#.to_owned(), "osmium time-filter"),
        (
            r#"{"elements": [{"type": "way", "id": 1, "version": 1}, {"type": "way", "id": 1, "version": 2}]}"#
                .to_owned(),
            "osmium time-filter",
        ),
    ] {
        let fault = read(text.as_bytes(), &mut Watch::silent()).unwrap_err();
        assert!(fault.code() == "foreign" && fault.to_string().contains(words), "{text}: {fault:?}");
    }
    // The same version twice is a double, and what an editor marks as deleted is only left out.
    let twice = osm(&(node(1, " visible=\"true\"") + &node(1, "")));
    assert_eq!(read(twice.as_bytes(), &mut Watch::silent()).unwrap().node_count(), 1);
    let deleted = osm(&(node(1, " action=\"delete\"") + "<node id=\"2\" lat=\"1\" lon=\"1\"/>"));
    assert_eq!(read(deleted.as_bytes(), &mut Watch::silent()).unwrap().notes.list()[0].code, "deleted");
}

#[test]
fn odd_ids_and_lists_are_read_in_every_form() {
    let ids = [i64::MIN, -9_007_199_254_740_993, -1, 0, 9_007_199_254_740_993, i64::MAX];
    let mut json = String::from(r#"{"elements": ["#);
    let mut xml = String::from("<osm version=\"0.6\">");
    for id in ids {
        json += &format!(
            r#"{{"type": "node", "id": {id}, "lat": 1, "lon": 2}}, {{"type": "way", "id": {id}, "nodes": [{id}]}},"#
        );
        xml += &format!("<node id=\"{id}\" lat=\"1\" lon=\"2\"/><way id=\"{id}\"><nd ref=\"{id}\"/></way>");
    }
    let members = 32_000;
    let row = |id: i64| format!(r#"{{"type": "relation", "ref": {id}, "role": ""}}"#);
    let list = vec![row(-5); members].join(",");
    json += &format!(
        r#"{{"type": "relation", "id": -5, "members": [{list}], "tags": {{"type": "multipolygon", "natural": "water"}}}}]}}"#
    );
    xml += "<relation id=\"-5\">";
    xml += &"<member type=\"relation\" ref=\"-5\" role=\"\"/>".repeat(members);
    xml += "<tag k=\"type\" v=\"multipolygon\"/></relation></osm>";
    for text in [json, xml] {
        let osm = read(text.as_bytes(), &mut Watch::silent()).unwrap();
        assert_eq!((&osm.nodes.id[..], &osm.ways.id[..]), (&ids[..], &ids[..]));
        assert_eq!(osm.members(0).len(), members);
        assert!((0..ids.len() as u32).all(|way| osm.refs(way) == [way]));
        Opened::open(text.as_bytes(), &mut Watch::silent()).unwrap();
    }
    assert_eq!(
        read(br#"{"elements": [{"type": "node", "id": 9223372036854775808}]}"#, &mut Watch::silent())
            .unwrap_err()
            .code(),
        "corrupt"
    );
}

#[test]
fn laughs_and_depths_are_refused() {
    let deep_json = format!("{{\"x\": {}1{}, \"elements\": []}}", "[".repeat(1 << 20), "]".repeat(1 << 20));
    let deep_xml = format!("<osm version=\"0.6\">{}", "<a>".repeat(1 << 20));
    let laughs = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]><osm version=\"0.6\"><node id=\"1\" lat=\"&b;\"/></osm>";
    let entity = "<osm version=\"0.6\"><node id=\"1\" lat=\"1\" lon=\"1\"><tag k=\"a\" v=\"&b;\"/></node></osm>";
    for (text, words) in [
        (deep_json.as_str(), "nested too deeply"),
        (&deep_xml, "nested too deeply"),
        (laughs, "DOCTYPE"),
        (entity, "b"),
        ("{\"elements\": [{\"type\": \"node\", \"id\": 1, \"lat\": NaN, \"lon\": 1}]}", "expected a number"),
        ("{\"elements\": [{\"type\": \"node\", \"id\": 1.5, \"lat\": 1, \"lon\": 1}]}", "whole number"),
    ] {
        let fault = read(text.as_bytes(), &mut Watch::silent()).unwrap_err();
        assert!(fault.code() == "corrupt" && fault.to_string().contains(words), "{words}: {fault:?}");
    }
}
