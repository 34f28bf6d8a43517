//! What is promised survives the process.

use super::stub::{Answer, Stub};
use super::{Server, base, folder, id, on, program, small, start, start_in};
use std::process::Command;
use std::time::{Duration, SystemTime};

/// An export that takes a while.
const LONG: &str =
    r#"{"bbox": [24.93, 60.163, 24.955, 60.178], "formats": ["png", "svg"], "config": {"page": {"dpi": 300}}}"#;

pub fn signal(server: &super::Server, name: &str) {
    let sent = Command::new("kill").args([name, &server.pid().to_string()]).status().unwrap();
    assert!(sent.success());
}

#[test]
fn a_killed_server_goes_on_where_it_was() {
    let folder = folder("killed");
    let mut server = start_in(&folder, &["--workers", "1"]);
    let key = server.key.clone();
    let tasks: Vec<_> = [LONG.to_owned(), small(r#"["geojson"]"#), small(r#"["svg"]"#)]
        .iter()
        .map(|body| id(&server.render(&key, body)))
        .collect();
    for pause in [0, 150, 400] {
        std::thread::sleep(std::time::Duration::from_millis(pause));
        signal(&server, "-KILL");
        server.ended();
        server = start_in(&folder, &["--workers", "1"]);
        // Whatever is offered is whole.
        for task in &tasks {
            let state = server.get(&format!("/api/status/{task}")).json();
            for file in state["files"].as_array().unwrap() {
                let bytes = server.get(file["url"].as_str().unwrap()).bytes;
                assert_eq!(bytes.len() as i64, file["size"].as_i64().unwrap());
            }
        }
    }
    assert_eq!(server.key, "", "the key is made once");
    for task in &tasks[1..] {
        assert_eq!(server.over(task)["status"], "completed");
    }
    // Three tries at most: the first may have been killed each time.
    let first = server.over(&tasks[0]);
    assert!(first["status"] == "completed" || first["error"].as_str().unwrap().contains("three times"), "{first}");
}

#[test]
fn asked_to_stop_it_hands_back_and_ends_well() {
    let folder = folder("stopped");
    let mut server = start_in(&folder, &["--workers", "1"]);
    let key = server.key.clone();
    let task = id(&server.render(&key, LONG));
    signal(&server, "-TERM");
    assert_eq!(server.ended(), Some(0));
    let server = start_in(&folder, &[]);
    assert_eq!(server.over(&task)["status"], "completed");
}

#[test]
fn a_folder_belongs_to_one_server() {
    let server = start("lock", &[]);
    let second = program()
        .args(["serve", "--listen", "127.0.0.1:0", "--page"])
        .arg(server.folder.join("page"))
        .arg("--data-dir")
        .arg(server.folder.join("data"))
        .output()
        .unwrap();
    assert_eq!(second.status.code(), Some(74));
    assert!(String::from_utf8_lossy(&second.stderr).contains("another server"));
}

#[test]
fn results_that_vanish_are_no_half_files() {
    let server = start("vanish", &[]);
    let task = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    server.over(&task);
    for place in std::fs::read_dir(server.folder.join("data/results")).unwrap().flatten() {
        std::fs::remove_dir_all(place.path()).unwrap();
    }
    let answer = server.get(&format!("/api/download/{task}/svg"));
    assert_eq!((answer.status, answer.header("retry-after")), (503, "10"));
}

/// An area that only the stub holds.
pub const ELSEWHERE: &str = r#"{"bbox": [0.0, 0.0, 0.01, 0.01], "formats": ["svg"]}"#;

/// A source that does not answer its first `silent` questions.
pub fn silent(silent: usize) -> Stub {
    Stub::new(move |_, number| {
        let after = if number <= silent { Duration::from_secs(600) } else { Duration::ZERO };
        Answer { after, ..Answer::recorded("empty-result") }
    })
}

/// Waits until a source was asked this often.
pub fn asked(stub: &Stub, times: usize) {
    for _ in 0..3000 {
        if stub.asked().len() >= times {
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("asked {} times, not {times}", stub.asked().len());
}

pub fn exports(server: &Server, key: &str) -> serde_json::Value {
    server.call("GET", "/api/usage", &[("X-API-Key", key)], b"").json()["exports"].clone()
}

#[test]
fn what_ends_the_process_three_times_fails_and_is_given_back() {
    let (folder, stub) = (folder("thrice"), silent(usize::MAX));
    let source = stub.source();
    let args = ["--workers", "1", "--source", &source];
    let mut server = start_in(&folder, &args);
    let key = server.new_key("free");
    let task = id(&server.render(&key, ELSEWHERE));
    for times in 1..=3 {
        asked(&stub, times);
        signal(&server, "-KILL");
        server.ended();
        server = start_in(&folder, &args);
    }
    let state = server.over(&task);
    assert_eq!(state["status"], "failed");
    assert!(state["error"].as_str().unwrap().contains("three times"), "{state}");
    assert_eq!((exports(&server, &key), stub.asked().len()), (0.into(), 3));
}

#[test]
fn being_asked_to_stop_is_no_try() {
    let (folder, stub) = (folder("drain"), silent(4));
    let source = stub.source();
    let args = ["--workers", "1", "--source", &source];
    let mut server = start_in(&folder, &args);
    let key = server.key.clone();
    let task = id(&server.render(&key, ELSEWHERE));
    for times in 1..=4 {
        asked(&stub, times);
        // Who waits for the file itself is told where it will be.
        let headers = [("X-API-Key", key.as_str()), ("Content-Type", "application/json"), ("Prefer", "wait=60")];
        let waits = std::thread::scope(|scope| {
            let waiter = scope.spawn(|| server.call("POST", "/api/render", &headers, ELSEWHERE.as_bytes()));
            while !server.get("/metrics").text().contains(&format!("tasks{{status=\"queued\"}} {times}")) {
                std::thread::sleep(Duration::from_millis(20));
            }
            signal(&server, "-TERM");
            waiter.join().unwrap()
        });
        assert_eq!((waits.status, waits.header("location").is_empty()), (202, false));
        assert_eq!(server.ended(), Some(0));
        server = start_in(&folder, &args);
    }
    assert_eq!(server.over(&task)["status"], "completed");
}

#[test]
fn results_are_kept_a_day_and_then_swept() {
    let folder = folder("retention");
    let mut server = start_in(&folder, &[]);
    let old = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    server.over(&old);
    signal(&server, "-TERM");
    server.ended();
    // A day and a little passes for the first.
    base::sql(&folder, "UPDATE task SET finished_at = finished_at - 86400000 - 60000");
    let results = folder.join("data/results");
    std::fs::create_dir(results.join("of-no-task")).unwrap();
    for place in std::fs::read_dir(&results).unwrap().flatten() {
        let yesterday = SystemTime::now() - Duration::from_secs(90_000);
        std::fs::File::open(place.path()).unwrap().set_modified(yesterday).unwrap();
    }
    let key = server.key.clone();
    let server = start_in(&folder, &["--retention-hours", "24"]);
    let new = id(&server.render(&key, &small(r#"["svg"]"#)));
    assert_eq!(server.over(&new)["status"], "completed");
    for path in [format!("/api/status/{old}"), format!("/api/download/{old}/svg")] {
        let answer = server.get(&path);
        assert_eq!((answer.status, answer.json()["code"].as_str().unwrap()), (410, "expired"), "{path}");
    }
    let left: Vec<_> =
        std::fs::read_dir(&results).unwrap().flatten().map(|place| place.file_name().into_string().unwrap()).collect();
    assert!(left.len() == 1 && left[0].starts_with(&new), "{left:?}");
    assert_eq!(server.get(&format!("/api/download/{new}/svg")).status, 200);
}

#[test]
fn a_file_of_an_older_version_goes_on_and_one_of_a_newer_is_left_alone() {
    let (folder, stub) = (folder("older"), Stub::new(|_, _| Answer::recorded("timeout-partial")));
    let source = stub.source();
    let mut server = start_in(&folder, &[]);
    let key = server.key.clone();
    let old = id(&server.render(&key, &small(r#"["svg"]"#)));
    server.over(&old);
    signal(&server, "-TERM");
    server.ended();
    base::older(&folder);
    let mut server = start_in(&folder, &["--source", &source]);
    let state = server.over(&old);
    assert_eq!((&state["status"], &state["code"]), (&"completed".into(), &serde_json::Value::Null), "{state}");
    let state = server.over(&id(&server.render(&key, ELSEWHERE)));
    assert_eq!((&state["status"], &state["code"]), (&"failed".into(), &"overpass_timeout".into()), "{state}");
    signal(&server, "-TERM");
    server.ended();
    base::newer(&folder);
    let list = on(&folder, &["keys", "list"]).output().unwrap();
    let said = String::from_utf8_lossy(&list.stderr);
    assert!(list.status.code() == Some(74) && said.contains("version 1000"), "{said}");
}
