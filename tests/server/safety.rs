//! What hostile clients try.

use super::{folder, id, small, start, start_in, try_start, with};
use std::io::{Read, Write};
use std::net::TcpStream;

#[test]
fn paths_lead_nowhere() {
    let server = start("paths", &[]);
    let task = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    server.over(&task);
    for path in [
        format!("/api/download/{task}/..%2f..%2fmapwright.sqlite"),
        "/api/download/..%2f..%2f/svg".to_owned(),
        format!("/api/download/{task}/svg%00"),
        format!("/api/download/{task}/%E2%80%AE"),
        "/api/status/..%2f..".to_owned(),
        "/api/status/' OR 1=1 --".replace(' ', "%20"),
    ] {
        let answer = server.get(&path);
        assert_eq!((answer.status, answer.header("content-type")), (404, "application/problem+json"), "{path}");
    }
}

#[test]
fn markup_in_names_stays_text() {
    let server = start("markup", &[]);
    let title = r#""config": {"page": {"furniture": {"title": "</title><script>alert(1)</script>\"&"}}}"#;
    let body = with(&small(r#"["svg"]"#), title);
    let state = server.over(&id(&server.render(&server.key, &body)));
    assert_eq!(state["status"], "completed", "{state}");
    let file = server.get(state["files"][0]["url"].as_str().unwrap());
    assert!(!file.text().contains("<script"));
    let disposition = file.header("content-disposition");
    assert!(!disposition.contains('<') && disposition.matches('"').count() == 2, "{disposition}");
}

#[test]
fn no_address_of_a_client_is_fetched() {
    let server = start("ssrf", &[]);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/x", listener.local_addr().unwrap());
    listener.set_nonblocking(true).unwrap();
    let small = small(r#"["svg"]"#);
    for more in [
        format!(
            r#""map_style": {{"version": 8, "sprite": "{address}", "glyphs": "{address}", "sources": {{"a": {{"type": "geojson", "data": "{address}"}}}}, "layers": []}}"#
        ),
        format!(r#""source": "{address}""#),
        format!(r#""callback": "{address}""#),
        format!(r#""config": {{"overlays": [{{"data": "{address}"}}]}}"#),
    ] {
        let answer = server.render(&server.key, &with(&small, &more));
        if answer.status == 202 {
            server.over(&id(&answer));
        }
    }
    assert!(listener.accept().is_err(), "the server came to an address of its client");
}

#[test]
fn endless_headers_and_slow_bodies_are_cut_off() {
    let server = start("headers", &[]);
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    write!(stream, "GET /livez HTTP/1.1\r\nHost: x\r\nX-Long: {}\r\n\r\n", "a".repeat(1 << 20)).ok();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");
    assert_eq!(server.get("/livez").status, 200);
}

/// A server that takes calls as fast as they come.
fn tireless(name: &str) -> super::Server {
    let rate = ("MAPWRIGHT_RATES_RENDER".to_owned(), r#"{"burst": 10000, "a_second": 1000}"#.to_owned());
    try_start(&folder(name), &[], &[rate]).unwrap()
}

#[test]
fn names_of_formats_styles_and_layers_are_no_paths() {
    let server = tireless("names");
    for bad in ["../svg", "..", "/etc/passwd", "svg/../../lock", "svg\\u0000", "file:///etc/passwd", ""] {
        let bad = bad.to_owned();
        for body in [
            small(&format!(r#"["{bad}"]"#)),
            with(&small(r#"["svg"]"#), &format!(r#""map_style": "{bad}""#)),
            with(&small(r#"["svg"]"#), &format!(r#""map_style": {{"base": "{bad}"}}"#)),
            with(&small(r#"["svg"]"#), &format!(r#""config": {{"layers": ["{bad}"]}}"#)),
            with(&small(r#"["svg"]"#), &format!(r#""config": {{"page": {{"size": "{bad}"}}}}"#)),
            with(&small(r#"["svg"]"#), &format!(r#""config": {{"options": {{"{bad}": {{}}}}}}"#)),
        ] {
            let answer = server.render(&server.key, &body);
            assert_eq!(answer.status, 400, "{body}: {}", answer.text());
        }
    }
}

/// Numbers that JSON or their readers may bring.
const NUMBERS: [&str; 10] =
    ["NaN", "Infinity", "-Infinity", "1e400", "-1e400", "-0", "0", "1e308", "5e-324", "123456789012345678901234567890"];

#[test]
fn odd_numbers_are_refused_or_drawn_and_nothing_else() {
    let server = tireless("numbers");
    let free = server.new_key("free");
    for number in NUMBERS {
        for more in [
            format!(r#""config": {{"page": {{"scale": {number}}}}}"#),
            format!(r#""config": {{"page": {{"dpi": {number}}}}}"#),
            format!(r#""config": {{"page": {{"margin": {number}}}}}"#),
            format!(r#""config": {{"page": {{"bleed": {number}}}}}"#),
            format!(r#""config": {{"page": {{"size": [{number}, 100]}}}}"#),
            format!(r#""config": {{"page": {{"window": [0, 0, {number}, 10]}}}}"#),
            format!(r#""config": {{"options": {{"geojson": {{"digits": {number}}}}}}}"#),
            format!(r#""config": {{"area": {{"relation": {number}}}}}"#),
            format!(
                r#""config": {{"area": {{"type": "Polygon", "coordinates": [[[{number}, 60], [24.941, 60.17], [24.942, 60.17], [{number}, 60]]]}}}}"#
            ),
            format!(r#""detail_level": {number}"#),
        ] {
            let answer = server.render(&server.key, &with(&small(r#"["svg", "geojson"]"#), &more));
            match answer.status {
                202 => {
                    let state = server.over(&id(&answer));
                    let error = state["error"].as_str().unwrap_or_default();
                    assert!(!error.contains("fault of the server"), "{more}: {state}");
                }
                status => assert_eq!((status, answer.json()["code"].as_str().unwrap()), (400, "bad_request"), "{more}"),
            }
        }
        let corner = server.render(&free, &format!(r#"{{"bbox": [{number}, 60.1, 24.1, 60.2], "formats": ["svg"]}}"#));
        assert!(matches!(corner.status, 400 | 402), "{number}: {}", corner.text());
        for query in [
            format!("/cgi-bin/export?bbox={number},60.169,24.943,60.171&scale=5000&format=png"),
            format!("/cgi-bin/export?bbox=24.94,60.169,24.943,60.171&scale={number}&format=png"),
            format!("/api/0.6/map?bbox={number},60.169,24.943,60.171"),
        ] {
            let answer = server.get(&query);
            // A box from the meridian of Greenwich is one.
            let fine = query.contains("0.6") && matches!(number, "0" | "-0" | "5e-324");
            assert_eq!(answer.status, if fine { 200 } else { 400 }, "{query}: {:.200}", answer.text());
            if fine {
                continue;
            }
            assert!(answer.header("content-type").starts_with("text/plain"), "{query}");
        }
    }
    assert_eq!(server.get("/livez").status, 200);
}

#[test]
fn bodies_have_limits_whatever_they_say_of_themselves() {
    let server = start("bodies", &[]);
    // The length is not told before.
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    let head = format!(
        "POST /api/render HTTP/1.1\r\nHost: x\r\nX-API-Key: {}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n",
        server.key
    );
    stream.write_all(head.as_bytes()).unwrap();
    let chunk = format!("{:x}\r\n{}\r\n", 64 << 10, " ".repeat(64 << 10));
    for _ in 0..64 {
        if stream.write_all(chunk.as_bytes()).is_err() {
            break;
        }
    }
    stream.write_all(b"0\r\n\r\n").ok();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).ok();
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 413"), "{answer}");
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let refused = server.try_call("POST", "/export/finish", &form, &[b'a'; 1 << 20]);
    assert!(refused.is_none_or(|answer| matches!(answer.status, 400 | 413)));
    // Deep nesting is no way to end the process.
    for deep in ["[".repeat(200_000), format!(r#"{{"config": {}"#, r#"{"a":"#.repeat(100_000))] {
        assert_eq!(server.render(&server.key, &deep).status, 400);
    }
    let many = (0..2000).map(|number| (format!("x-{number}"), "1".to_owned())).collect::<Vec<_>>();
    let many: Vec<_> = many.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert!(server.try_call("GET", "/livez", &many, b"").is_none_or(|answer| answer.status == 431));
    assert_eq!(server.get("/livez").status, 200);
}

#[test]
fn answers_do_not_tell_keys_or_tasks_apart() {
    let server = start("oracle", &[]);
    let (other, revoked) = (server.new_key("free"), server.new_key("basic"));
    let out = super::on(&server.folder, &["keys", "revoke", "basic"]).output().unwrap();
    assert!(out.status.success());
    // A revoked key, one with a known beginning, one that was never made, one that cannot be.
    let last = if server.key.ends_with('a') { "b" } else { "a" };
    let near = format!("{}{last}", &server.key[..server.key.len() - 1]);
    let shape = |answer: super::Answer| (answer.status, answer.text(), answer.headers.len());
    let mut answers: Vec<_> = [revoked.as_str(), &near, "ocd_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "x"]
        .into_iter()
        .map(|key| shape(server.call("GET", "/api/usage", &[("X-API-Key", key)], b"")))
        .collect();
    answers.dedup();
    assert!(answers.len() == 1 && answers[0].0 == 401, "{answers:?}");
    // Somebody else's task is no other than none.
    let mine = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    let key = [("X-API-Key", other.as_str())];
    for (method, before, after) in
        [("GET", "status", ""), ("GET", "download", "/svg"), ("DELETE", "render", ""), ("POST", "status", "/ticket")]
    {
        let ask = |task: &str| {
            let answer = server.call(method, &format!("/api/{before}/{task}{after}"), &key, b"");
            (answer.status, answer.text())
        };
        assert_eq!(ask(&mine), ask(&"0".repeat(32)), "{method} {before}");
        assert_eq!(ask(&mine).0, 404);
    }
    // Ids follow no order.
    let ids: std::collections::BTreeSet<_> =
        (0..10).map(|_| id(&server.render(&server.key, &small(r#"["csv"]"#)))).collect();
    let beginnings: std::collections::BTreeSet<_> = ids.iter().map(|id| &id[..4]).collect();
    assert!(ids.len() == 10 && beginnings.len() > 5 && ids.iter().all(|id| id.len() == 32));
}

#[test]
fn the_log_knows_neither_keys_nor_places() {
    let folder = folder("log");
    let loud =
        [("RUST_LOG", "trace"), ("RUST_BACKTRACE", "1")].map(|(name, value)| (name.to_owned(), value.to_owned()));
    let server = try_start(&folder, &["--source", "overpass:http://127.0.0.1:9/api/interpreter"], &loud).unwrap();
    let free = server.new_key("free");
    let elsewhere = r#"{"bbox": [13.371234, 52.501234, 13.381234, 52.511234], "formats": ["svg"]}"#;
    for body in [small(r#"["svg"]"#), elsewhere.to_owned(), small(r#"["nothing"]"#)] {
        for key in [&server.key, &free, &"ocd_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa".to_owned()] {
            let answer = server.render(key, &body);
            if answer.status == 202 && body != elsewhere {
                server.over(&id(&answer));
            }
        }
    }
    server.get("/cgi-bin/export?bbox=24.941234,60.169,24.943,60.171&scale=5000&format=png");
    server.get("/api/0.6/map?bbox=24.941234,60.169,24.943,60.171");
    server.get(&format!("/api/usage?key={free}"));
    // Something is told at all.
    let task = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    server.over(&task);
    std::fs::remove_dir_all(folder.join("data/results")).unwrap();
    assert_eq!(server.get(&format!("/api/download/{task}/svg")).status, 503);
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !server.said().contains("storage: ") {
        assert!(std::time::Instant::now() < until, "{}", server.said());
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let said = server.said();
    for secret in [server.key.as_str(), &free, "ocd_", "13.37", "52.50", "24.94", "60.16", "POST", "127.0.0.1:9"] {
        assert!(!said.contains(secret), "{secret} is in the log: {said}");
    }
}

/// A place where every name is an attack.
const HOSTILE: &str = r#"<?xml version="1.0"?><osm version="0.6">
<node id="1" lat="0.001" lon="0.001"><tag k="name" v="&lt;script&gt;alert(1)&lt;/script&gt;"/><tag k="place" v="town"/></node>
<node id="2" lat="0.004" lon="0.001"/><node id="3" lat="0.004" lon="0.006"/><node id="4" lat="0.001" lon="0.006"/>
<way id="5"><nd ref="2"/><nd ref="3"/><tag k="highway" v="primary"/><tag k="name" v="&quot;&gt;&lt;img src=x onerror=alert(1)&gt;]]&gt;&lt;/svg&gt;"/></way>
<way id="6"><nd ref="2"/><nd ref="3"/><nd ref="4"/><nd ref="2"/><tag k="building" v="yes"/><tag k="name" v="&lt;/text&gt;&lt;script&gt;x"/><tag k="javascript:alert(1)" v="&lt;!--"/></way>
</osm>"#;

#[test]
fn every_format_is_handed_out_as_a_download_that_cannot_run() {
    let folder = folder("hostile");
    let path = folder.join("hostile.osm");
    std::fs::write(&path, HOSTILE).unwrap();
    let source = format!("file:{}", path.display());
    let server = start_in(&folder, &["--source", &source]);
    let ids: Vec<_> = mapwright::format::formats().map(|entry| entry.format.id).collect();
    for formats in ids.chunks(5) {
        let formats = serde_json::to_string(formats).unwrap();
        let body = format!(r#"{{"bbox": [0.0, 0.0, 0.007, 0.005], "formats": {formats}}}"#);
        let state = server.over(&id(&server.render(&server.key, &body)));
        assert_eq!(state["status"], "completed", "{state}");
        for file in state["files"].as_array().unwrap() {
            let answer = server.get(file["url"].as_str().unwrap());
            let name = &file["format"];
            assert!(answer.header("content-disposition").starts_with("attachment;"), "{name}");
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{name}");
            assert_eq!(answer.header("content-security-policy"), "sandbox; default-src 'none'", "{name}");
            assert!(!answer.header("content-type").starts_with("text/html"), "{name}");
            let markup =
                answer.header("content-type").contains("xml") || answer.header("content-type").contains("html");
            let text = answer.text().to_lowercase();
            assert!(!(markup && (text.contains("<script") || text.contains("<img"))), "{name}");
        }
    }
    let page = server.get("/api/docs");
    assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
}
