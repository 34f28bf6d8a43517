//! Machines that fail: the process ends between any two changes of a file, and the disk is full. `fault.c` plays the
//! machine; nothing of it is in the server.

use super::{Server, base, folder, id, on, small, try_start};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The compiled `fault.c`.
static FAULT: LazyLock<PathBuf> = LazyLock::new(|| {
    let library = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("fault.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/server/fault.c");
    let made = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).arg("-ldl").status();
    assert!(made.is_ok_and(|made| made.success()), "cc is needed to play a failing machine");
    library
});

/// Environment of a server on this folder.
fn failing(folder: &Path, name: &str, value: &str) -> Vec<(String, String)> {
    let text = |path: &Path| path.to_string_lossy().into_owned();
    [("LD_PRELOAD", text(&FAULT)), ("FAULT_FOLDER", text(&folder.join("data"))), (name, value.to_owned())]
        .map(|(name, value)| (name.to_owned(), value))
        .into()
}

fn key(folder: &Path) -> String {
    let made = on(folder, &["keys", "create", "--tier", "free"]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    String::from_utf8(made.stdout).unwrap().trim().to_owned()
}

fn headers(key: &str) -> [(&str, &str); 3] {
    [("X-API-Key", key), ("Content-Type", "application/json"), ("Idempotency-Key", "one")]
}

fn exports(server: &Server, key: &str) -> Value {
    server.call("GET", "/api/usage", &[("X-API-Key", key)], b"").json()["exports"].clone()
}

/// Whatever is offered is whole.
fn check_files(server: &Server, state: &Value) {
    for file in state["files"].as_array().unwrap() {
        let bytes = server.get(file["url"].as_str().unwrap()).bytes;
        assert_eq!(bytes.len() as u64, file["size"].as_u64().unwrap());
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(file["sha256"], hash);
    }
}

/// Asks for an export and polls until it is over; the id if 202 came, and whether the server lived.
fn order(server: &mut Server, key: &str) -> (Option<String>, bool) {
    let body = small(r#"["geojson", "csv"]"#);
    let Some(answer) = server.try_call("POST", "/api/render", &headers(key), body.as_bytes()) else {
        return (None, false);
    };
    let task = id(&answer);
    while let Some(answer) = server.try_call("GET", &format!("/api/status/{task}"), &[], b"") {
        if answer.status == 200 && answer.json()["status"] == "completed" {
            check_files(server, &answer.json());
            return (Some(task), true);
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    (Some(task), false)
}

#[test]
fn the_process_may_end_between_any_two_changes_of_a_file() {
    let (mut step, mut ended) = (0, 0);
    loop {
        step += 1;
        let folder = folder("crash");
        let key = key(&folder);
        let first = try_start(&folder, &["--workers", "1"], &failing(&folder, "FAULT_AT", &step.to_string()));
        let (task, lived) = first.map_or((None, false), |mut server| order(&mut server, &key));
        if lived {
            break;
        }
        ended += 1;
        let mut server = try_start(&folder, &["--workers", "1"], &[]).unwrap();
        let (again, lived) = order(&mut server, &key);
        assert!(lived, "step {step}: the second server ended");
        assert!(task.is_none() || task == again, "step {step}: an accepted task is gone");
        assert_eq!(exports(&server, &key), 1, "step {step}");
    }
    eprintln!("ended at each of {ended} steps");
    assert!(ended >= 20, "{ended} steps: the library does not see what the server does");
}

#[test]
fn a_full_disk_loses_nothing_and_passes() {
    let folder = folder("full");
    let key = key(&folder);
    let flag = folder.join("full");
    let env = failing(&folder, "FAULT_FULL", &flag.to_string_lossy());
    let mut server = try_start(&folder, &["--workers", "1"], &env).unwrap();
    let (first, _) = order(&mut server, &key);
    let long = r#"{"bbox": [24.93, 60.163, 24.955, 60.178], "formats": ["png"], "config": {"page": {"dpi": 200}}}"#;
    let second = id(&server.render(&key, long));
    std::fs::write(&flag, "").unwrap();
    let until = Instant::now() + Duration::from_secs(60);
    // A database elsewhere has a disk of its own: it takes tasks whose files wait.
    let mut more = Vec::new();
    while !server.said().contains("storage") {
        let answer = (more.len() < 5).then(|| server.render(&key, &small(r#"["svg"]"#)));
        if base::is_elsewhere() {
            more.extend(answer.as_ref().map(id));
        } else if let Some(answer) = answer {
            assert_eq!((answer.status, answer.json()["code"].as_str().unwrap()), (503, "storage"));
            assert_eq!(answer.header("retry-after"), "10");
        }
        assert!(Instant::now() < until);
        std::thread::sleep(Duration::from_millis(300));
    }
    let ready = server.get("/readyz");
    assert_eq!((ready.status, ready.json()["code"].as_str().unwrap()), (503, "not_ready"));
    // What is there can still be had.
    let state = server.get(&format!("/api/status/{}", first.unwrap()));
    assert_eq!(state.status, 200);
    check_files(&server, &state.json());
    // Long enough for the worker to have its result refused.
    let until = Instant::now() + Duration::from_secs(30);
    while !server.said().contains("No space left") && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(100));
    }
    std::fs::remove_file(&flag).unwrap();
    let state = server.over(&second);
    assert_eq!(state["status"], "completed", "{state}");
    check_files(&server, &state);
    assert_eq!(server.get("/readyz").status, 200);
    assert!(more.iter().all(|task| server.over(task)["status"] == "completed"));
    assert_eq!(exports(&server, &key), 2 + more.len(), "refused exports are not counted");
}

/// Name and length of every file in the folders of results.
fn results(folder: &Path) -> Vec<(String, u64)> {
    let folders = std::fs::read_dir(folder.join("data/results")).unwrap().flatten();
    let files = folders.filter_map(|folder| std::fs::read_dir(folder.path()).ok()).flatten().flatten();
    let mut files: Vec<_> = files
        .filter_map(|file| Some((file.file_name().to_string_lossy().into_owned(), file.metadata().ok()?.len())))
        .collect();
    files.sort();
    files
}

#[test]
fn files_go_to_the_disk_while_they_are_made_and_wait_there_for_room() {
    /// Bytes that a file may have while the disk is full: more than is written at once, less than the whole.
    const ROOM: u64 = 200_000;
    let folder = folder("room");
    let key = key(&folder);
    let flag = folder.join("full");
    let mut env = failing(&folder, "FAULT_FULL", &flag.to_string_lossy());
    env.push(("FAULT_ROOM".into(), ROOM.to_string()));
    let server = try_start(&folder, &["--workers", "1"], &env).unwrap();
    std::fs::write(&flag, "").unwrap();
    let body = r#"{"bbox": [24.93, 60.163, 24.955, 60.178], "formats": ["csv", "geojson"]}"#;
    let begin = |said: usize| {
        let task = id(&server.render(&key, body));
        let until = Instant::now() + Duration::from_secs(60);
        while server.said().matches("No space left").count() <= said {
            assert!(Instant::now() < until, "{:?}: {}", results(&folder), server.said());
            std::thread::sleep(Duration::from_millis(50));
        }
        // The first file has its own, and none of them its name.
        let files = results(&folder);
        assert!(files.iter().all(|(name, size)| name.ends_with(".part") && *size <= ROOM), "{files:?}");
        assert!(files.iter().any(|(_, size)| *size > 0), "nothing is written before all is made: {files:?}");
        task
    };
    let cancelled = begin(0);
    let said = server.said().matches("No space left").count();
    server.call("DELETE", &format!("/api/render/{cancelled}"), &[("X-API-Key", &key)], b"");
    let until = Instant::now() + Duration::from_secs(60);
    while !results(&folder).is_empty() {
        assert!(Instant::now() < until, "left by what was cancelled: {:?}", results(&folder));
        std::thread::sleep(Duration::from_millis(20));
    }
    let task = begin(said);
    std::fs::remove_file(&flag).unwrap();
    let state = server.over(&task);
    assert_eq!(state["status"], "completed", "{state}");
    check_files(&server, &state);
    let files = results(&folder);
    assert!(files.iter().map(|(name, _)| name.as_str()).eq(["0", "1"]), "{files:?}");
    assert!(files.iter().any(|(_, size)| *size > ROOM), "{files:?}");
}
