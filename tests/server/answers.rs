//! Answers to the letter: parts of files, refusals that cost nothing, headers that clients look for.

use super::state::{ELSEWHERE, asked, exports, silent};
use super::stub::{Answer, Stub};
use super::{folder, id, on, program, settings, small, start, start_in, try_start, with};

/// A free port.
fn port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[test]
fn one_range_is_a_part_and_all_else_is_the_whole() {
    let server = start("ranges", &[]);
    let state = server.over(&id(&server.render(&server.key, &small(r#"["svg"]"#))));
    let url = state["files"][0]["url"].as_str().unwrap();
    let whole = server.get(url);
    let (size, etag) = (whole.bytes.len(), whole.header("etag").to_owned());
    let ask = |headers: &[(&str, &str)]| server.call("GET", url, headers, b"");
    for range in ["bytes=0-9,20-29", "bytes=9-0", "bytes=a-b", "bytes=-", "lines=0-9", "nonsense", "bytes=0-9,"] {
        let answer = ask(&[("Range", range)]);
        assert_eq!((answer.status, answer.bytes == whole.bytes), (200, true), "{range}");
        assert_eq!(answer.header("content-range"), "", "{range}");
    }
    for (range, from, to) in [
        ("bytes=5-14", 5, 15),
        ("bytes=-10", size - 10, size),
        ("bytes=10-", 10, size),
        ("bytes=10-99999999", 10, size),
        ("bytes=-99999999", 0, size),
    ] {
        let answer = ask(&[("Range", range), ("If-Range", &etag)]);
        assert_eq!((answer.status, &answer.bytes[..]), (206, &whole.bytes[from..to]), "{range}");
        assert_eq!(answer.header("content-range"), format!("bytes {from}-{}/{size}", to - 1));
    }
    for other in ["\"other\"", &format!("W/{etag}"), "Sat, 28 Nov 2026 00:00:00 GMT"] {
        let answer = ask(&[("Range", "bytes=0-9"), ("If-Range", other)]);
        assert_eq!((answer.status, answer.bytes.len()), (200, size), "{other}");
    }
    for range in ["bytes=999999999-", "bytes=-0"] {
        let answer = ask(&[("Range", range)]);
        assert_eq!((answer.status, answer.json()["code"].as_str().unwrap()), (416, "range"), "{range}");
        assert_eq!(answer.header("content-type"), "application/problem+json");
        assert_eq!(answer.header("content-range"), format!("bytes */{size}"));
        for name in ["content-disposition", "etag", "content-security-policy"] {
            assert_eq!(answer.header(name), "", "{range}: {name}");
        }
    }
    // Conditions of other kinds are about this file, not about the one on the server's disk.
    assert_eq!(ask(&[("If-Match", &etag)]).status, 200);
    let head = server.call("HEAD", url, &[], b"");
    assert_eq!((head.status, head.header("content-length")), (200, size.to_string().as_str()));
}

#[test]
fn a_body_that_is_too_large_is_told_to_pages_of_other_origins() {
    let server = start("large-cors", &[]);
    let headers =
        [("X-API-Key", server.key.as_str()), ("Content-Type", "application/json"), ("Origin", "https://other.example")];
    let answer = server.call("POST", "/api/render", &headers, " ".repeat(2 << 20).as_bytes());
    assert_eq!((answer.status, answer.json()["code"].as_str().unwrap()), (413, "too_large"));
    assert_eq!(answer.header("access-control-allow-origin"), "*");
    assert!(answer.header("access-control-expose-headers").contains("retry-after"));
}

#[test]
fn who_is_not_known_hears_how_to_say_who_he_is() {
    let server = start("challenge", &["--private-downloads"]);
    let task = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    let body = small(r#"["svg"]"#);
    let json = ("Content-Type", "application/json");
    for answer in [
        server.call("POST", "/api/render", &[json], body.as_bytes()),
        server.render("ocd_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &body),
        server.get("/api/usage"),
        server.get(&format!("/api/status/{task}")),
        server.get(&format!("/api/status/{task}/events?ticket=none")),
    ] {
        assert_eq!(answer.status, 401, "{}", answer.text());
        assert_eq!(answer.header("www-authenticate"), r#"ApiKey realm="mapwright", header="X-API-Key""#);
    }
    assert_eq!(server.get("/api/formats").header("www-authenticate"), "");
}

#[test]
fn the_disk_keeps_a_reserve() {
    let ready = |reserve: &str| {
        let folder = folder(&format!("reserve-{reserve}"));
        let server = try_start(&folder, &[], &settings(&[("DISK_RESERVE", reserve)])).unwrap();
        server.get("/readyz")
    };
    assert_eq!(ready("0").status, 200);
    // An exbibyte.
    let answer = ready("1152921504606846976");
    assert_eq!((answer.status, answer.json()["code"].as_str().unwrap()), (503, "not_ready"));
    let detail = answer.json()["detail"].as_str().unwrap().to_owned();
    assert!(detail.contains("1099511627776 MiB are to stay free") && detail.contains("disk_reserve"), "{detail}");
    assert_eq!(answer.header("retry-after"), "5");
}

#[test]
fn what_no_source_can_have_is_refused_at_once_and_costs_nothing() {
    let server = start("nowhere", &[]);
    let free = server.new_key("free");
    for (body, field, words) in [
        (ELSEWHERE.to_owned(), "bbox", "helsinki"),
        (with(&small(r#"["svg"]"#), r#""config": {"area": {"relation": 1}}"#), "area.relation", "relation 1"),
    ] {
        for headers in [&[][..], &[("Prefer", "wait=60")]] {
            let own = [("X-API-Key", free.as_str()), ("Content-Type", "application/json")];
            let answer = server.call("POST", "/api/render", &[&own[..], headers].concat(), body.as_bytes());
            let problem = answer.json();
            assert_eq!((answer.status, problem["field"].as_str()), (400, Some(field)), "{problem}");
            assert!(problem["detail"].as_str().unwrap().contains(words), "{problem}");
        }
    }
    assert_eq!(exports(&server, &free), 0);
    assert!(!server.get("/metrics").text().contains("tasks{"), "a task was made");
    // A relation of the extract is taken on, and so is one that another server may know.
    let known = mapwright::osm::read(&std::fs::read(helsinki()).unwrap(), &mut mapwright::Watch::silent()).unwrap();
    let relation = format!(r#""config": {{"area": {{"relation": {}}}}}"#, known.relations.id[0]);
    assert_eq!(server.render(&server.key, &with(&small(r#"["geojson"]"#), &relation)).status, 202);
    let stub = silent(usize::MAX);
    let other = start_in(&folder("elsewhere"), &["--source", &stub.source()]);
    assert_eq!(other.render(&other.key, ELSEWHERE).status, 202);
}

fn helsinki() -> String {
    super::sample("helsinki").trim_start_matches("file:").to_owned()
}

#[test]
fn an_awaited_export_whose_source_failed_says_so() {
    for (name, status, code) in [
        ("syntax-error", 502, "overpass_refused"),
        ("out-of-memory", 502, "overpass_memory"),
        ("overload", 503, "overpass_busy"),
        ("dispatcher-down", 503, "overpass_off"),
        ("timeout-no-elements", 504, "overpass_timeout"),
    ] {
        let stub = Stub::new(move |_, _| Answer::recorded(name));
        let folder = folder(&format!("source-{name}"));
        let server = try_start(&folder, &["--source", &stub.source()], &settings(&[("OVERPASS_TRIES", "1")])).unwrap();
        let free = server.new_key("free");
        let headers = [("X-API-Key", free.as_str()), ("Content-Type", "application/json"), ("Prefer", "wait=60")];
        let answer = server.call("POST", "/api/render", &headers, ELSEWHERE.as_bytes());
        let problem = answer.json();
        assert_eq!((answer.status, problem["code"].as_str()), (status, Some(code)), "{name}: {problem}");
        assert_eq!(answer.header("retry-after"), "30", "{name}");
        // Whoever polls reads the same.
        let state = server.over(problem["task_id"].as_str().unwrap());
        assert_eq!((&state["status"], &state["code"]), (&"failed".into(), &problem["code"]), "{state}");
        assert_eq!(state["error"], problem["error"]);
        assert_eq!(exports(&server, &free), 0);
    }
}

#[test]
fn the_first_step_is_fetch() {
    let stub = silent(usize::MAX);
    let server = start_in(&folder("step"), &["--source", &stub.source()]);
    let task = id(&server.render(&server.key, ELSEWHERE));
    let state = loop {
        let state = server.get(&format!("/api/status/{task}")).json();
        if state["status"] != "queued" {
            break state;
        }
    };
    assert_eq!((&state["status"], &state["step"]), (&"processing".into(), &"fetch".into()), "{state}");
    assert_eq!((&state["error"], &state["code"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    asked(&stub, 1);
}

#[test]
fn a_mistyped_data_folder_is_no_new_one() {
    let place = folder("mistyped").join("no-data");
    for act in [&["list"][..], &["revoke", "1"]] {
        let done = program().arg("keys").args(act).arg("--data-dir").arg(&place).output().unwrap();
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.code() == Some(74) && said.contains("no-data") && said.contains("--data-dir"), "{said}");
        assert!(!place.exists(), "{act:?} made a folder");
    }
}

#[test]
fn a_key_is_shown_only_by_a_server_that_listens() {
    let place = folder("first-key");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let serve = |port: u16, more: &[&str]| {
        on(&place, &["serve", "--listen", &format!("127.0.0.1:{port}")]).args(more).output().unwrap()
    };
    for (port, more) in [(taken.local_addr().unwrap().port(), &[][..]), (port(), &["--source", "file:none.osm.pbf"])] {
        let done = serve(port, more);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.code() == Some(74) && !said.contains("shown only now"), "{said}");
    }
    let server = start_in(&place, &[]);
    assert!(server.key.starts_with("ocd_"), "the key was made for nobody");
}
