//! What hostile clients try.

use super::{id, small, start, with};
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
