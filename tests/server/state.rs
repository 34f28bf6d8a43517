//! What is promised survives the process.

use super::{folder, id, program, small, start, start_in};
use std::process::Command;

/// An export that takes a while.
const LONG: &str =
    r#"{"bbox": [24.93, 60.163, 24.955, 60.178], "formats": ["png", "svg"], "config": {"page": {"dpi": 300}}}"#;

fn signal(server: &super::Server, name: &str) {
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
