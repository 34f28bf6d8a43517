//! Every packing of the same map gives the same objects.

use super::inputs::{fingerprint, read};
use mapwright::osm::{InputKind, recognise};

#[test]
fn packings_say_the_same() {
    let plain = read("extracts/saint_barthelemy.osm.pbf");
    for (name, kind) in [
        ("saint_barthelemy.lz4.osm.pbf", InputKind::Pbf),
        ("saint_barthelemy.zstd.osm.pbf", InputKind::Pbf),
        ("saint_barthelemy.osm.bz2", InputKind::Bzip2),
        ("saint_barthelemy.osm.zst", InputKind::Zstd),
    ] {
        let bytes = crate::common::data(&format!("extracts/{name}"));
        assert_eq!(recognise(&bytes), Some(kind), "{name}");
        let osm = read(&format!("extracts/{name}"));
        assert!(fingerprint(&osm) == fingerprint(&plain), "{name}");
        assert_eq!(osm.bounds, plain.bounds, "{name}");
    }
}

#[test]
fn a_node_takes_at_most_sixty_bytes() {
    for name in [
        "overpass/monaco.map.json.gz",
        "extracts/dreieich.osm.gz",
        "extracts/dreieich.pbf",
        "extracts/saint_barthelemy.osm.bz2",
    ] {
        let osm = read(name);
        let each = osm.bytes() as f64 / osm.node_count() as f64;
        assert!(each <= 60.0, "{name}: {each:.1} bytes a node");
    }
}

#[test]
fn streams_and_padding_may_follow_each_other() {
    use std::io::Write;
    let gzip = |bytes: &[u8]| {
        let mut zip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap()
    };
    let bzip2 = |bytes: &[u8]| {
        let mut zip = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        zip.write_all(bytes).unwrap();
        zip.finish().unwrap()
    };
    let halves: [&[u8]; 2] = [br#"{"elements": [{"type": "no"#, br#"de", "id": 1, "lat": 1, "lon": 2}]}"#];
    for packed in [halves.map(gzip).concat(), halves.map(bzip2).concat()] {
        let padded = [packed, vec![0; 600]].concat();
        let osm = mapwright::osm::read(&padded, &mut mapwright::Watch::silent()).unwrap();
        assert_eq!(osm.node_count(), 1);
    }
}
