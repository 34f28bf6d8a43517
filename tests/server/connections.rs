//! Connections that say nothing, little or all at once.

use super::state::{ELSEWHERE, asked, signal, silent};
use super::{Server, folder, id, launch, program, settings, small, start_in, try_start, with};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

/// A connection; nothing is waited for longer than a minute.
fn connect(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream
}

/// What comes until the server closes the connection.
fn rest(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    match stream.read_to_end(&mut all) {
        // Closed while something of ours was under way.
        Err(fault) if fault.kind() == std::io::ErrorKind::ConnectionReset => {}
        read => drop(read.expect("the connection is closed")),
    }
    String::from_utf8_lossy(&all).into_owned()
}

/// The status line, the headers and the body of the next answer on a connection that stays open.
fn answer(reader: &mut BufReader<TcpStream>) -> String {
    let (mut head, mut length) = (String::new(), 0);
    while !head.ends_with("\r\n\r\n") {
        let from = head.len();
        assert_ne!(reader.read_line(&mut head).unwrap(), 0, "closed after {head}");
        if let Some(count) = head[from..].to_lowercase().strip_prefix("content-length:") {
            length = count.trim().parse().unwrap();
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

/// A number of the server's counters.
fn counter(server: &Server, name: &str) -> i64 {
    let text = server.get("/metrics").text();
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("mapwright_{name} ")));
    line.unwrap_or_else(|| panic!("no {name} in {text}")).parse().unwrap()
}

/// Writes a byte again and again, until the server closes.
fn drip(stream: &mut TcpStream) {
    let until = Instant::now() + Duration::from_secs(60);
    while stream.write_all(b"x").is_ok() {
        assert!(Instant::now() < until, "the server takes all the time there is");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn half_a_head_is_closed() {
    let limits = settings(&[("CONNECTIONS_HEAD", "0.5"), ("CONNECTIONS_IDLE", "600")]);
    let server = try_start(&folder("head"), &[], &limits).unwrap();
    let mut silent = connect(&server);
    silent.write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\n").unwrap();
    assert_eq!(rest(&mut silent), "");
    // One byte after the other does not buy more time.
    let mut slow = connect(&server);
    slow.write_all(b"GET /livez HTTP/1.1\r\nX-Slow: ").unwrap();
    drip(&mut slow);
    // Nor does a first request that was as it should be.
    let mut second = BufReader::new(connect(&server));
    second.get_mut().write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    assert!(answer(&mut second).starts_with("HTTP/1.1 200"));
    second.get_mut().write_all(b"GET /livez HTTP/1.1\r\n").unwrap();
    assert_eq!(rest(second.get_mut()), "");
    assert_eq!(counter(&server, "connections_ended_total{why=\"slow\"}"), 3);
}

#[test]
fn a_body_that_does_not_come_is_a_408() {
    let server = try_start(&folder("body"), &[], &settings(&[("CONNECTIONS_BODY", "0.5")])).unwrap();
    let post = |path: &str, headers: &str| {
        let mut stream = connect(&server);
        let key = &server.key;
        write!(stream, "POST {path} HTTP/1.1\r\nHost: x\r\nOrigin: http://y\r\nX-API-Key: {key}\r\n{headers}\r\n{{")
            .unwrap();
        stream
    };
    for length in ["Content-Length: 1000\r\n", "Content-Length: 100000000\r\n", "Transfer-Encoding: chunked\r\n\r\n1"] {
        let mut silent = post("/api/render", &format!("Content-Type: application/json\r\n{length}"));
        let said = rest(&mut silent);
        assert!(said.starts_with("HTTP/1.1 408"), "{length}: {said}");
        for part in ["connection: close", "access-control-allow-origin: *", "problem+json", "\"timeout\"", "0.5 s"] {
            assert!(said.contains(part), "{length}, {part}: {said}");
        }
    }
    // One byte after the other does not buy more time.
    let mut slow = post("/api/render", "Content-Type: application/json\r\nContent-Length: 1000000\r\n");
    drip(&mut slow);
    let mut form =
        post("/export/finish", "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n");
    let said = rest(&mut form);
    assert!(said.starts_with("HTTP/1.1 408") && said.contains("text/plain"), "{said}");
    assert!(!server.get("/metrics").text().contains("tasks{"), "half a body became a task");
}

#[test]
fn connections_without_a_request_are_closed() {
    let limits = settings(&[("CONNECTIONS_IDLE", "0.5"), ("CONNECTIONS_HEAD", "600")]);
    let server = try_start(&folder("idle"), &[], &limits).unwrap();
    let mut fresh = connect(&server);
    assert_eq!(rest(&mut fresh), "");
    let mut used = BufReader::new(connect(&server));
    for _ in 0..3 {
        used.get_mut().write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        assert!(answer(&mut used).ends_with("ok\n"));
    }
    assert_eq!(rest(used.get_mut()), "");
    assert_eq!(counter(&server, "connections_ended_total{why=\"idle\"}"), 2);
}

/// Events of a task on a connection of their own.
fn events(server: &Server, task: &str) -> BufReader<TcpStream> {
    let mut stream = connect(server);
    let key = &server.key;
    write!(stream, "GET /api/status/{task}/events HTTP/1.1\r\nHost: x\r\nX-API-Key: {key}\r\n\r\n").unwrap();
    let mut reader = BufReader::new(stream);
    until(&mut reader, "data: ");
    reader
}

/// Reads lines until one holds this.
fn until(reader: &mut BufReader<TcpStream>, part: &str) {
    let mut line = String::new();
    while !line.contains(part) {
        line.clear();
        assert_ne!(reader.read_line(&mut line).unwrap(), 0, "closed before {part}");
    }
}

#[test]
fn event_streams_stay_open() {
    let stub = silent(usize::MAX);
    let limits =
        ["HEAD", "BODY", "IDLE", "STALL"].map(|name| (format!("MAPWRIGHT_CONNECTIONS_{name}"), "0.5".to_owned()));
    let server = try_start(&folder("streams"), &["--source", &stub.source()], &limits).unwrap();
    let task = id(&server.render(&server.key, ELSEWHERE));
    asked(&stub, 1);
    let mut reader = events(&server, &task);
    let stream = connect(&server);
    let url = format!("ws://127.0.0.1:{}/ws/task/{task}", server.port);
    let mut request = tungstenite::client::IntoClientRequest::into_client_request(url).unwrap();
    request.headers_mut().insert("x-api-key", server.key.parse().unwrap());
    let (mut socket, _) = tungstenite::client(request, stream).unwrap();
    // Much longer than any of the limits; idle connections that came later are gone by then.
    for _ in 0..3 {
        assert_eq!(rest(&mut connect(&server)), "");
    }
    let gone = server.call("DELETE", &format!("/api/render/{task}"), &[("X-API-Key", &server.key)], b"");
    assert_eq!(gone.status, 200);
    until(&mut reader, "\"cancelled\"");
    while !socket.read().expect("the socket is open").to_text().is_ok_and(|text| text.contains("\"cancelled\"")) {}
}

#[test]
fn beyond_the_most_those_without_work_make_room_and_those_with_work_go_on() {
    let stub = silent(usize::MAX);
    let server = try_start(
        &folder("most"),
        &["--source", &stub.source()],
        &settings(&[("CONNECTIONS_MOST", "4"), ("CONNECTIONS_IDLE", "600"), ("CONNECTIONS_HEAD", "600")]),
    )
    .unwrap();
    let task = id(&server.render(&server.key, ELSEWHERE));
    asked(&stub, 1);
    let mut working: Vec<_> = (0..3).map(|_| events(&server, &task)).collect();
    // More than there is room for, some with half a head; each call finds a place all the same.
    let mut idle: Vec<_> = (0..20).map(|_| connect(&server)).collect();
    idle.iter_mut().step_by(2).for_each(|stream| drop(stream.write_all(b"GET /livez HTT")));
    for _ in 0..3 {
        assert_eq!(server.get("/livez").status, 200);
    }
    assert!(counter(&server, "connections_ended_total{why=\"room\"}") >= 20);
    assert_eq!(counter(&server, "connections_ended_total{why=\"full\"}"), 0);
    // All have work.
    working.push(events(&server, &task));
    let full = server.render(&server.key, &small(r#"["svg"]"#));
    assert_eq!((full.status, full.json()["code"].as_str().unwrap()), (503, "busy"));
    assert_eq!((full.header("retry-after"), full.header("access-control-allow-origin")), ("5", "*"));
    // One leaves, one may come.
    drop(working.pop());
    let key = [("X-API-Key", server.key.as_str())];
    let until_then = Instant::now() + Duration::from_secs(60);
    while server.call("DELETE", &format!("/api/render/{task}"), &key, b"").status != 200 {
        assert!(Instant::now() < until_then);
        std::thread::sleep(Duration::from_millis(50));
    }
    working.iter_mut().for_each(|reader| until(reader, "\"cancelled\""));
}

/// The program with so many files at most.
fn poor(files: u32) -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\"")]).arg(program().get_program());
    shell
}

#[test]
fn hundreds_of_idle_connections_stop_neither_calls_nor_the_database() {
    let stub = silent(usize::MAX);
    let args = ["--workers", "2", "--source", &stub.source()];
    let server = launch(poor(128), &folder("poor"), &args, &[]).unwrap();
    let long = id(&server.render(&server.key, ELSEWHERE));
    asked(&stub, 1);
    let mut working = events(&server, &long);
    let mut idle = Vec::new();
    for _ in 0..6 {
        idle.extend((0..50).map(|_| connect(&server)));
        let state = server.over(&id(&server.render(&server.key, &small(r#"["svg", "geojson"]"#))));
        assert_eq!(state["status"], "completed", "{state}");
        assert_eq!(server.get(state["files"][0]["url"].as_str().unwrap()).status, 200);
    }
    assert_eq!(server.get("/readyz").status, 200);
    let most = (128 - 48 - 2 * 20) / 2;
    let (open, room) = (counter(&server, "connections"), counter(&server, "connections_ended_total{why=\"room\"}"));
    assert!(open <= most + 16 && room >= 300 - most, "{open} open, {room} made room");
    assert!(!server.said().contains("open files"), "{}", server.said());
    // The one that works goes on.
    let gone = server.call("DELETE", &format!("/api/render/{long}"), &[("X-API-Key", &server.key)], b"");
    assert_eq!(gone.status, 200);
    until(&mut working, "\"cancelled\"");
}

#[test]
fn more_connections_than_files_are_refused_at_the_start() {
    for (setting, files, words) in
        [("1000", 128, "connections.most: 1000 connections"), ("", 64, "1 workers and 4 connections")]
    {
        let mut command = poor(files);
        if !setting.is_empty() {
            command.env("MAPWRIGHT_CONNECTIONS_MOST", setting);
        }
        let data = folder(&format!("files-{files}"));
        let done =
            command.args(["serve", "--workers", "1", "--listen", "127.0.0.1:0", "--data-dir"]).arg(data).output();
        let (done, system) = (done.unwrap(), format!("the system allows {files}"));
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(!done.status.success() && said.contains(words) && said.contains(&system), "{said}");
        assert!(!said.contains("shown only now"), "{said}");
    }
}

#[test]
fn asked_to_stop_it_waits_for_nobody_who_says_nothing() {
    let (folder, stub) = (folder("stop-idle"), silent(usize::MAX));
    let mut server = start_in(&folder, &["--source", &stub.source()]);
    let task = id(&server.render(&server.key, ELSEWHERE));
    asked(&stub, 1);
    let (mut fresh, mut used) = (connect(&server), BufReader::new(connect(&server)));
    used.get_mut().write_all(b"GET /livez HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    answer(&mut used);
    let mut listening = events(&server, &task);
    signal(&server, "-TERM");
    assert_eq!((rest(&mut fresh), rest(used.get_mut())), (String::new(), String::new()));
    let mut last = String::new();
    listening.read_to_string(&mut last).expect("the stream is ended as it should be");
    assert_eq!(server.ended(), Some(0));
}

#[test]
fn limits_are_settings_that_are_checked() {
    for name in ["HEAD", "BODY", "IDLE", "STALL", "MOST"] {
        let mut command = program();
        command.env(format!("MAPWRIGHT_CONNECTIONS_{name}"), "0").args(["serve", "--listen", "127.0.0.1:0"]);
        let done = command.output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.code() == Some(64) && said.contains("connections"), "{name}: {said}");
    }
    let body = with(&small(r#"["svg"]"#), r#""detail_level": 2"#);
    let path = folder("connections-file").join("server.toml");
    std::fs::write(&path, "[connections]\nmost = 8\nidle = 1.5\n").unwrap();
    let server = start_in(path.parent().unwrap(), &["--config", &path.to_string_lossy()]);
    assert_eq!(server.over(&id(&server.render(&server.key, &body)))["status"], "completed");
}
