//! The server that shows the page.

mod extract;
mod form;
mod overpass;
mod stub;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

/// A running server; ended with the test.
struct Server {
    child: Child,
    port: u16,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn start(name: &str, args: &[&str]) -> Server {
    let page = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&page).unwrap();
    std::fs::write(page.join("index.html"), "<!doctype html><title>page</title>").unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let child = Command::new(env!("CARGO_BIN_EXE_mapwright"))
        .args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--page", page.to_str().unwrap()])
        .args(args)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let server = Server { child, port };
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    server
}

fn get(server: &Server, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn it_serves_the_page_with_its_headers() {
    let server = start("page", &[]);
    let answer = get(&server, "/").to_lowercase();
    assert!(answer.starts_with("http/1.1 200"), "{answer}");
    for header in
        ["x-content-type-options: nosniff", "referrer-policy: strict-origin-when-cross-origin", "x-frame-options: deny"]
    {
        assert!(answer.contains(header), "{header} in {answer}");
    }
    assert!(get(&server, "/../Cargo.toml").contains(" 404 ") || get(&server, "/../Cargo.toml").contains(" 400 "));
    assert!(get(&server, "/%2e%2e/Cargo.toml").starts_with("HTTP/1.1 404"));
}

#[test]
fn it_offers_its_sources() {
    let file = format!("file:{}/assets/sample/helsinki.osm.pbf", env!("CARGO_MANIFEST_DIR"));
    let server = start("sources", &["--source", &file]);
    let list = get(&server, "/sources.json");
    assert!(list.contains(r#"{"id":"helsinki","file":"sources/0-helsinki"}"#), "{list}");
    assert!(get(&server, "/sources/0-helsinki").contains("OSMHeader"));
}

#[test]
fn wrong_settings_are_named() {
    for (args, code, words) in
        [(["serve", "--page", "nowhere"], 74, "nowhere"), (["serve", "--listen", "localhost"], 2, "listen")]
    {
        let output = Command::new(env!("CARGO_BIN_EXE_mapwright")).args(args).output().unwrap();
        assert_eq!(output.status.code(), Some(code));
        assert!(String::from_utf8_lossy(&output.stderr).contains(words));
    }
}
