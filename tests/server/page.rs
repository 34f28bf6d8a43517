//! The page and its sample extracts.

use super::{program, sample, start};
use std::io::{Read, Write};
use std::net::TcpStream;

#[test]
fn it_serves_the_page_with_its_headers() {
    let server = start("page", &[]);
    let answer = server.get("/");
    assert_eq!(answer.status, 200);
    for (header, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "strict-origin-when-cross-origin"),
        ("x-frame-options", "DENY"),
    ] {
        assert_eq!(answer.header(header), value);
    }
    // As written, for clients that do not tidy addresses.
    for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2f..%2fCargo.toml"] {
        let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 404") || answer.starts_with("HTTP/1.1 400"), "{path}: {answer}");
    }
}

#[test]
fn it_offers_its_sources() {
    let server = start("sources", &["--source", &sample("monaco")]);
    let list = server.get("/sources.json").text();
    assert!(list.contains(r#"{"id":"helsinki","file":"sources/0-helsinki"}"#), "{list}");
    assert!(server.get("/sources/1-monaco").text().contains("OSMHeader"));
}

#[test]
fn wrong_settings_are_named() {
    for (args, code, words) in [
        (&["serve", "--page", "nowhere"][..], 74, "nowhere"),
        (&["serve", "--listen", "localhost"], 2, "listen"),
        (&["serve", "--workers", "0"], 64, "workers"),
        (&["serve", "--config", "Cargo.toml"], 64, "unknown field"),
        (
            &["keys", "create", "--tier", "gold", "--data-dir", env!("CARGO_TARGET_TMPDIR")],
            64,
            "free, basic, pro or enterprise",
        ),
    ] {
        let output = program().args(args).current_dir(env!("CARGO_MANIFEST_DIR")).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        assert!(said.contains(words), "{args:?}: {said}");
    }
}
