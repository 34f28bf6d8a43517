//! Files say how they were made, and what they say makes them again.

use super::sample;
use mapwright::export::Opened;
use mapwright::format::formats;
use mapwright::provenance::{END, Found, Provenance, read};
use mapwright::request::Request;
use mapwright::sink::Sink;
use mapwright::watch::Watch;
use mapwright::wire::deflate::Gzip;
use mapwright::{Engine, Error};
use serde_json::{Value, json};
use std::process::Command;

/// Requests that say all kinds of things.
fn requests() -> Vec<Request> {
    let area =
        json!({"type": "Polygon", "coordinates": [[[7.1, 43.1], [7.2, 43.1], [7.2, 43.223_456_789], [7.1, 43.1]]]});
    let hostile = sample::HOSTILE.join(" ") + "\u{7f} --> ]]> %%EOF \n%%+ \"mapwright\":{ &quot;mapwright&quot;:{";
    let style = json!({"version": 8, "name": "<Mine> & \u{1F9FF}", "sources": {}, "layers": [], "metadata": {"mapwright": {"palette": {}}}});
    [
        json!({}),
        json!({"bbox": [7.409_812_345, -43.723, 7.43, 43.739_999_999], "detail_level": 4, "layers": ["roads", "water.sea"]}),
        json!({"filter": {"amenity": ["cafe", "<bar>"], "name": true, "access": false}}),
        json!({"bbox": [179.5, -17, -179.5, -16], "area": area, "crs": "EPSG:3857", "clip": false}),
        json!({"area": {"relation": 1_124_039}, "language": "ru+name", "text": "outline", "sea": "land", "clip": true}),
        json!({"page": {"size": "A3", "orientation": "portrait", "scale": 12_345.5, "margin": 5, "bleed": 3, "dpi": 300,
            "crop_marks": true, "frame": {"shape": "circle"}, "window": [0, 0.25, 10, 10],
            "furniture": {"title": hostile, "scale_bar": "both", "grid": "degrees", "legend": true}}}),
        json!({"page": {"size": [123.4, 50]}, "map_style": {"base": "minimal", "colors": {"water": "#00f"}}, "language": "latin"}),
        json!({"map_style": style}),
        json!({"map_style": "neon", "page": {"furniture": {"title": "Улица </metadata>", "scale_bar": true}}}),
    ]
    .map(|fields| Request::from_json(&fields.to_string()).unwrap())
    .into()
}

/// The request that a file bears.
fn again(found: &Found) -> Request {
    Request::from_json(&found.request.to_string()).unwrap()
}

#[test]
fn every_format_with_a_place_for_it_bears_the_request() {
    let mut bearing = 0;
    for entry in formats() {
        let id = entry.format.id;
        for request in requests() {
            for empty in [false, true] {
                let (bytes, _) = sample::write(&entry, &request, empty, &mut Watch::silent()).unwrap();
                if entry.format.provenance.is_none() {
                    assert!(matches!(read(&bytes), Err(Error::Foreign(_))), "{id} has a place and does not name it");
                    continue;
                }
                let found = read(&bytes).unwrap_or_else(|fault| panic!("{id}: {fault}"));
                assert_eq!(again(&found), request, "{id}");
                let said = (found.version.as_str(), found.date.as_deref(), found.style.as_deref());
                assert_eq!(said, ("0.0.0", Some("2024-05-06T07:08:09Z"), Some("default")), "{id}");
                assert!(found.left_out.is_empty(), "{id}");
                bearing += 1;
            }
        }
    }
    assert!(bearing >= 10 * 2 * requests().len(), "{bearing} files bear it");
}

#[test]
fn only_what_is_not_as_usual_is_said() {
    let written = |fields: Value| {
        let request = Request::from_json(&fields.to_string()).unwrap();
        Provenance::new("1", "", None, &request, &[]).value()
    };
    assert_eq!(written(json!({})), json!({"version": "1", "request": {}}));
    let usual =
        json!({"crs": "auto", "clip": "auto", "page": {"size": "fit", "furniture": {"legend": false}}, "layers": []});
    assert_eq!(written(usual)["request"], json!({}));
    let some = json!({"page": {"size": "fit", "bleed": 3, "furniture": {"legend": true, "ratio": false}}});
    assert_eq!(written(some)["request"], json!({"page": {"bleed": 3.0, "furniture": {"legend": true}}}));
}

fn opened() -> Opened {
    Opened::open(&crate::common::data("overpass/monaco-tiny.map.json.gz"), &mut Watch::silent()).unwrap()
}

fn export(opened: &Opened, request: &Request) -> Vec<(String, Vec<u8>)> {
    let engine = Engine::native().unwrap();
    let files = opened.export(&engine, request, &mut Watch::silent(), |_| Ok(Vec::new()));
    files.unwrap().into_iter().map(|(file, bytes)| (file.format, bytes)).collect()
}

#[test]
fn the_same_request_makes_the_same_bytes() {
    let opened = opened();
    let asked = json!({
        "map_style": {"base": "minimal", "colors": {"water": "#00f"}}, "language": "latin",
        "page": {"size": "A6", "dpi": 40, "furniture": {"title": "Rocher", "scale_bar": true}},
        "options": {"svg": {"digits": 3}, "pbf": {}, "geojsonl": {"digits": 5}},
    });
    let names: Vec<&str> =
        formats().map(|entry| entry.format.id).filter(|id| *id != "geojsonseq").chain(["geojsonl"]).collect();
    for some in names.chunks(5) {
        let mut fields = asked.clone();
        fields["formats"] = json!(some);
        for (name, bytes) in export(&opened, &Request::from_json(&fields.to_string()).unwrap()) {
            let Ok(found) = read(&bytes) else { continue };
            let request = again(&found);
            assert_eq!(request.formats, [name.as_str()]);
            assert!(request.bbox.is_some(), "{name}: the box that is shown is named");
            assert!(request.options.len() <= 1, "{name}: options of others");
            assert_eq!(found.version, env!("CARGO_PKG_VERSION"));
            let drawn = ["Scene", "Pixels", "Plan", "Mesh", "StyledLayers", "StyledTiles", "WebPage"]
                .contains(&mapwright::format::find(&name).unwrap().format.write.product());
            assert_eq!(found.style.as_deref(), drawn.then_some("minimal"), "{name}");
            assert_eq!(found.date.as_deref(), Some(opened.info().timestamp.as_str()), "{name}");
            let files = export(&opened, &request);
            assert!(files == [(name.clone(), bytes)], "{name} made again is another file");
        }
    }
}

#[test]
fn what_is_large_or_somebody_s_own_is_named_and_left_out() {
    let opened = opened();
    let layers: Vec<Value> =
        (0..900).map(|row| json!({"id": format!("layer-{row:0>60}"), "type": "background"})).collect();
    let palette = json!({"mapwright": {"palette": {"water": "#00f"}}});
    let mut style = json!({"version": 8, "name": "Mine", "layers": layers, "metadata": palette.clone(), "sprite": "https://SECRET"});
    style["sources"] = json!({"tiles": {"type": "vector", "url": "https://tiles.example/?key=SECRET"}});
    style["metadata"]["editor:access_token"] = "SECRET".into();
    let track = r#"{"type": "LineString", "coordinates": [[7.42, 43.73], [7.43, 43.74]]}"#;
    let fields = json!({"formats": ["svg", "jpg", "geojson"], "map_style": style, "page": {"dpi": 20}, "overlays": [{"data": track}]});
    let files = export(&opened, &Request::from_json(&fields.to_string()).unwrap());
    let said = |id: &str| read(&files.iter().find(|(name, _)| name == id).unwrap().1).unwrap();
    // 80 kB stand in an SVG, not in the segment of a JPEG, and have nothing to do with GeoJSON.
    let kept = json!({"version": 8, "name": "Mine", "layers": style["layers"], "metadata": palette});
    assert_eq!((said("svg").left_out, &said("svg").request["map_style"]), (vec!["overlays".to_owned()], &kept));
    assert!(files.iter().all(|(_, bytes)| !bytes.windows(6).any(|word| word == b"SECRET")));
    assert_eq!(said("jpg").left_out, ["overlays", "map_style"]);
    assert_eq!(
        (said("geojson").left_out, said("geojson").request.get("map_style")),
        (vec!["overlays".to_owned()], None)
    );
    for id in ["svg", "jpg"] {
        assert_eq!(said(id).style.as_deref(), Some("Mine"), "{id}");
        assert!(said(id).request.get("overlays").is_none() && said(id).request["bbox"].is_object(), "{id}");
    }
    // However long a request is, the text is not.
    let ring: Vec<[f64; 2]> = (0..60_000).map(|row| [f64::from(row) * 1e-4, 50.0]).chain([[0.0, 50.0]]).collect();
    let fields = json!({"area": {"type": "Polygon", "coordinates": [ring]}, "page": {"furniture": {"title": "x".repeat(300_000)}}});
    let long = Provenance::new("1", "", None, &Request::from_json(&fields.to_string()).unwrap(), &[]);
    assert_eq!(long.value(), json!({"version": "1", "request": {}, "left_out": ["area", "page"]}));
}

#[test]
fn rows_that_go_on_in_other_pages_are_read() {
    // Some 100 kB, in an area that covers all.
    let ring = (0..5000).map(|row| json!([f64::from(row) * 0.01 + 0.001_234_5, 1.0]));
    let ring: Vec<Value> =
        ring.chain([json!([50.0, 80.0]), json!([0.001_234_5, 80.0]), json!([0.001_234_5, 1.0])]).collect();
    let fields =
        json!({"area": {"type": "Polygon", "coordinates": [ring]}, "page": {"furniture": {"title": "Длинный"}}});
    let request = Request::from_json(&fields.to_string()).unwrap();
    let entry = mapwright::format::find("mbtiles-vector").unwrap();
    let (bytes, _) = sample::write(&entry, &request, false, &mut Watch::silent()).unwrap();
    assert_eq!(again(&read(&bytes).unwrap()), request);
    // As its ends lie in a large file, and as SQLite packs it anew.
    let large = [&bytes[..], &vec![0; 5 * END]].concat();
    assert_eq!(again(&read(&[&large[..END], &large[large.len() - END..]].concat()).unwrap()), request);
    let path = std::env::temp_dir().join(format!("mapwright-rows-{}.mbtiles", std::process::id()));
    std::fs::write(&path, &bytes).unwrap();
    let done = Command::new("sqlite3").arg(&path).arg("PRAGMA page_size = 1024; VACUUM").status();
    assert!(done.expect("sqlite3: scripts/debian.json names its package").success());
    let packed = std::fs::read(&path).unwrap();
    std::fs::remove_file(path).unwrap();
    assert_eq!((u16::from_be_bytes([packed[16], packed[17]]), again(&read(&packed).unwrap())), (1024, request));
    // Chains that lead nowhere, in circles, or begin in the middle of something.
    for at in 0..packed.len() / 997 {
        let mut broken = packed.clone();
        broken[at * 997] ^= 0x5a;
        assert!(read(&broken).is_ok() || read(&broken).is_err_and(|fault| fault.code() != "internal"));
    }
}

#[test]
fn what_other_programs_saved_is_read() {
    let request = requests().remove(4);
    let provenance = sample::provenance(&request);
    let text = provenance.text();
    let spaced = serde_json::to_string_pretty(&json!({"a": 1, "mapwright": provenance.value()})).unwrap();
    let inside =
        serde_json::to_string_pretty(&json!({"generator": "mapwright", "mapwright": provenance.inner()})).unwrap();
    let far = [&vec![b'x'; 5 * END], text.as_bytes()].concat();
    for (what, file) in [
        ("XML with entities", format!("<svg><metadata><p>{}</p></metadata>", text.replace('"', "&quot;")).into_bytes()),
        ("XML with numbers", format!("<svg a=\"{}\"/>", text.replace('"', "&#34;")).into_bytes()),
        ("JSON with white space", spaced.into_bytes()),
        ("JSON in JSON", inside.into_bytes()),
        ("the end of a large file", far.clone()),
        ("both ends of it", [&far[..END], &far[far.len() - END..]].concat()),
    ] {
        let found = read(&file).unwrap_or_else(|fault| panic!("{what}: {fault}"));
        assert_eq!(again(&found), request, "{what}");
    }
}

#[test]
fn a_file_that_does_not_say_it_is_called_what_it_is() {
    for (file, words) in [
        (&b"\x89PNG\r\n\x1a\n mapwright"[..], "this is a PNG picture that does not say how it was made"),
        (b"%PDF-1.7", "this is a PDF that"),
        (b"<?xml version=\"1.0\"?>\n<svg xmlns=\"urn:mapwright:frame\">", "this is an SVG drawing that"),
        (b"<kml>", "this is XML that"),
        (b"SQLite format 3\0", "this is an SQLite database that"),
        (b"PK\x03\x04", "this is a ZIP package that"),
        (b"{\"type\": \"FeatureCollection\"}", "this is JSON that"),
        (b"", "this is a file that"),
    ] {
        let fault = read(file).unwrap_err();
        assert_eq!(fault.code(), "foreign");
        assert!(fault.to_string().starts_with(words), "{fault}");
    }
    let wrong = read(br#"{"mapwright": {"request": {"page": {"size": "A9"}}}}"#).unwrap_err();
    assert_eq!((wrong.code(), wrong.field()), ("bad_request", Some("page.size")));
    let unknown = read(br#"{"mapwright": {"request": {"colour": 1}}}"#).unwrap_err();
    assert_eq!(unknown.field(), Some("colour"));
}

#[test]
fn bytes_that_are_out_to_break_it_are_read_in_bounds() {
    let key = r#""mapwright":"#;
    let mut bomb = Vec::new();
    let mut gzip = Gzip::new(&mut bomb);
    (0..200).for_each(|_| gzip.put(&vec![b' '; 1 << 20]).unwrap());
    gzip.finish().unwrap();
    let tiles = |offset: u64, length: u64| {
        [&b"PMTiles"[..], &[0; 17], &offset.to_le_bytes(), &length.to_le_bytes(), &[0; 200]].concat()
    };
    for (what, file) in [
        ("deep", format!("{key}{}", "[".repeat(1 << 20)).into_bytes()),
        ("nested", format!("{{{key}").repeat(50_000).into_bytes()),
        ("many", format!("{key}[0],").repeat(200_000).into_bytes()),
        ("text in text", format!("{key}\"{}\"", "\\\"mapwright\\\":".repeat(50_000)).into_bytes()),
        ("entities", format!("mapwright&quot;:{}", "&quot;".repeat(100_000)).into_bytes()),
        ("many entities", "mapwright&quot;:[".repeat(150_000).into_bytes()),
        ("many lines", format!("{key}[\n%%+").repeat(120_000).into_bytes()),
        ("cut key", b"mapwright".to_vec()),
        ("cut quote", b"mapwright\"".to_vec()),
        ("a bomb", bomb),
        ("tiles nowhere", tiles(u64::MAX, 5)),
        ("tiles too long", tiles(50, u64::MAX)),
        ("tiles of nothing", tiles(0, 0)),
        ("no text", format!("{key}{{\"request\":{{}},\"version\":7,\"left_out\":[1,{{}}]}}").into_bytes()),
    ] {
        match read(&file) {
            Err(fault) => assert_eq!(fault.code(), "foreign", "{what}"),
            Ok(found) => assert_eq!((what, found.version.as_str(), found.left_out.len()), ("no text", "", 0)),
        }
    }
    // Files that broke off.
    for entry in formats().filter(|entry| entry.format.provenance.is_some()) {
        let (bytes, _) = sample::write(&entry, &requests()[4], false, &mut Watch::silent()).unwrap();
        for part in 0..60 {
            match read(&bytes[..bytes.len() * part / 60]) {
                Ok(found) => assert_eq!(again(&found), requests()[4], "{}", entry.format.id),
                Err(fault) => assert_eq!(fault.code(), "foreign", "{}: {fault}", entry.format.id),
            }
        }
    }
}
