//! Exports in processes of their own: limits, crashes, stops; and that they make what the engine makes.

use super::{Server, folder, id, program, small, start_in, try_start, with};
use mapwright::server::Sources;
use mapwright::server::work::{Ended, Made, Order, Pool, Sign, Work, run};
use mapwright::{Engine, Request, Watch};
use std::io::Write;
use std::net::TcpStream;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a child says first.
const READY: &str = r#"echo '{"ready": {"version": 1, "program": "stub"}}'"#;
/// An export that takes a while.
const LONG: &str = r#"{"bbox": [24.93, 60.163, 24.955, 60.178], "formats": ["png", "webp", "jpg", "pdf", "svg"],
    "config": {"page": {"dpi": 600, "size": "a2"}}}"#;

/// Environment of a server whose children are this shell script; `$REAL` is the program.
fn played(folder: &Path, script: &str) -> Vec<(String, String)> {
    let path = folder.join("child.sh");
    let real = program().get_program().to_string_lossy().into_owned();
    let text = format!("#!/bin/sh\nHERE='{}'\nREAL='{real}'\n{script}\n", folder.display());
    std::fs::write(&path, text).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
    vec![("MAPWRIGHT_WORK_PROGRAM".into(), path.to_string_lossy().into_owned())]
}

/// A script whose first `silent` children take a job and are never heard of again; the others are genuine.
fn silent(silent: usize) -> String {
    format!(
        "n=1; while ! mkdir \"$HERE/child-$n\" 2>/dev/null; do n=$((n+1)); done
         if [ $n -gt {silent} ]; then exec \"$REAL\" \"$@\"; fi
         echo $$ > \"$HERE/child-$n/pid\"
         {READY}
         exec sleep 1000"
    )
}

/// The limits of the tier whose key a server makes for itself.
fn limits(limits: &str) -> Vec<(String, String)> {
    vec![("MAPWRIGHT_WORK_ENTERPRISE".into(), limits.into())]
}

fn until(what: &str, mut met: impl FnMut() -> bool) {
    let end = Instant::now() + Duration::from_secs(100);
    while !met() {
        assert!(Instant::now() < end, "{what}: waited in vain");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn signal(pid: u32, name: &str) {
    assert!(Command::new("kill").args([name, &pid.to_string()]).status().unwrap().success());
}

/// Ids of the processes that a process started.
fn children(pid: u32) -> Vec<u32> {
    let parent = |stat: String| stat.rsplit_once(") ")?.1.split(' ').nth(1)?.parse::<u32>().ok();
    let all = std::fs::read_dir("/proc").unwrap().flatten();
    let numbers = all.filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok());
    let ours = |other: &u32| std::fs::read_to_string(format!("/proc/{other}/stat")).ok().and_then(parent) == Some(pid);
    numbers.filter(ours).collect()
}

/// Whether a process is there and not merely waiting to be buried.
fn lives(pid: u32) -> bool {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    stat.rsplit_once(") ").is_some_and(|(_, rest)| !rest.starts_with('Z'))
}

fn status(server: &Server, id: &str) -> String {
    server.get(&format!("/api/status/{id}")).json()["status"].as_str().unwrap().to_owned()
}

fn used(server: &Server, key: &str) -> serde_json::Value {
    server.call("GET", "/api/usage", &[("X-API-Key", key)], b"").json()["exports"].clone()
}

fn block<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap().block_on(work)
}

/// Has one request made by a child of the pool.
async fn made(pool: &Pool, request: &str, folder: PathBuf) -> Result<Vec<Made>, Ended> {
    let wanted = Request::from_json(request).unwrap();
    let order = Order {
        request: request.to_owned(),
        fetch: move |watch: &mut Watch| Sources::samples().unwrap().osm(&wanted, watch),
        folder,
        allowance: pool.work.enterprise,
        patience: Duration::ZERO,
    };
    run(pool, order, Arc::new(Sign::default())).await
}

fn pool(folder: &Path, tasks: u32) -> Pool {
    let work = Work { program: Some(program().get_program().into()), tasks, ..Work::default() };
    Pool::new(work, Default::default(), 2, folder.into())
}

#[test]
fn a_child_makes_the_same_bytes_as_the_engine() {
    let folder = folder("same");
    let overlay = r#"{"data": {"type": "Feature", "properties": {"name": "ours"}, "geometry":
        {"type": "LineString", "coordinates": [[24.9401, 60.1691], [24.9429, 60.1709]]}}}"#;
    block(async {
        let pool = pool(&folder, 100);
        for (row, request) in [
            // Two jobs of one child; the second shows the sea, and a place that no extract holds whole.
            small(r#"["svg", "geojson", "osm-pbf", "png", "dxf"]"#),
            r#"{"bbox": [24.951, 60.155, 24.975, 60.169], "formats": ["svg", "geojson", "osm-pbf", "osm-xml"]}"#.into(),
            r#"{"bbox": [7.40, 43.72, 7.47, 43.76], "formats": ["svg", "geojson", "osm-pbf", "pdf"]}"#.into(),
            with(&small(r#"["svg", "geojson"]"#), &format!(r#""overlays": [{overlay}], "crs": "EPSG:3879""#)),
        ]
        .iter()
        .enumerate()
        {
            let place = folder.join(row.to_string());
            let made = made(&pool, request, place.clone()).await.unwrap();
            let request = Request::from_json(request).unwrap();
            let mut watch = Watch::silent();
            let osm = Sources::samples().unwrap().osm(&request, &mut watch).unwrap();
            let opened = mapwright::Opened::assemble(osm, &mut watch).unwrap();
            let files = opened.export(&Engine::native().unwrap(), &request, &mut watch, |_| Ok(Vec::new())).unwrap();
            assert_eq!(made.len(), files.len());
            for (at, (made, (file, expected))) in made.iter().zip(&files).enumerate() {
                let notes: Vec<_> = file.notes.iter().map(|note| note.message.clone()).collect();
                assert_eq!((&made.format, &made.filename, &made.notes), (&file.format, &file.name, &notes));
                assert_eq!((made.mime.as_str(), made.size), (file.mime, file.size));
                let bytes = std::fs::read(place.join(at.to_string())).unwrap();
                assert!(bytes == *expected, "{row} {}: other bytes", made.format);
            }
        }
        assert_eq!(children(std::process::id()).iter().filter(|pid| is_worker(**pid)).count(), 1);
        // Of an export that fails after its first file nothing is left.
        let half = with(&small(r#"["geojson", "svg"]"#), r#""page": {"size": "a6", "margin": 90}"#);
        let place = folder.join("half");
        let told = made(&pool, &half, place.clone()).await;
        assert!(matches!(&told, Err(Ended::Fault(_))), "{told:?}");
        assert!(!place.exists(), "half of an export is left");
        // Its errors are the engine's, whole.
        let wrong = with(&small(r#"["svg"]"#), r#""page": {"scale": 10, "size": "a6"}, "clip": false"#);
        let request = Request::from_json(&wrong).unwrap();
        let osm = Sources::samples().unwrap().osm(&request, &mut Watch::silent());
        let told = made(&pool, &wrong, folder.join("wrong")).await;
        let direct = osm.and_then(|osm| {
            let opened = mapwright::Opened::assemble(osm, &mut Watch::silent())?;
            opened.export(&Engine::native()?, &request, &mut Watch::silent(), |_| Ok(Vec::new()))
        });
        match (told, direct) {
            (Err(Ended::Fault(told)), Err(direct)) => assert_eq!(told, direct),
            (Ok(told), Ok::<Vec<(_, Vec<u8>)>, _>(direct)) => assert_eq!(told.len(), direct.len()),
            other => panic!("{other:?}"),
        }
    });
}

/// Whether a process is a child at work, by its command.
fn is_worker(pid: u32) -> bool {
    let words = std::fs::read(format!("/proc/{pid}/cmdline")).unwrap_or_default();
    String::from_utf8_lossy(&words).contains("make\0--pipe")
}

#[test]
fn a_child_is_replaced_after_its_jobs() {
    let folder = folder("replaced");
    let script = "echo $$ >> \"$HERE/pids\"; exec \"$REAL\" \"$@\"";
    let mut environment = played(&folder, script);
    environment.push(("MAPWRIGHT_WORK_TASKS".into(), "2".into()));
    let server = try_start(&folder, &["--workers", "1"], &environment).unwrap();
    for _ in 0..5 {
        let state = server.over(&id(&server.render(&server.key, &small(r#"["csv"]"#))));
        assert_eq!(state["status"], "completed", "{state}");
    }
    let pids = std::fs::read_to_string(folder.join("pids")).unwrap();
    let pids: Vec<u32> = pids.lines().map(|pid| pid.parse().unwrap()).collect();
    assert_eq!(pids.len(), 3);
    until("old children end", || !pids[..2].iter().any(|&pid| lives(pid)));
    assert_eq!(children(server.pid()), pids[2..]);
}

#[test]
fn who_needs_too_much_memory_is_told_so_and_nobody_else_suffers() {
    let folder = folder("memory");
    let limits = limits(r#"{"memory": 6, "processor": 600, "deadline": 600}"#);
    let server = try_start(&folder, &["--workers", "2"], &limits).unwrap();
    let free = server.new_key("free");
    let large = id(&server.render(&server.key, LONG));
    let beside = id(&server.render(&free, &small(r#"["svg"]"#)));
    let state = server.over(&large);
    assert_eq!(state["status"], "failed", "{state}");
    assert!(state["error"].as_str().unwrap().contains("more memory than the 6 MiB"), "{state}");
    assert_eq!(server.over(&beside)["status"], "completed");
    assert_eq!((used(&server, &server.key), used(&server, &free)), (1.into(), 1.into()));
}

#[test]
fn who_needs_too_much_of_the_processor_is_told_so() {
    let folder = folder("processor");
    let server = try_start(&folder, &[], &limits(r#"{"memory": 4000, "processor": 1, "deadline": 600}"#)).unwrap();
    let state = server.over(&id(&server.render(&server.key, LONG)));
    assert_eq!(state["status"], "failed", "{state}");
    assert!(state["error"].as_str().unwrap().contains("more time than the 1 s of a processor"), "{state}");
}

#[test]
fn what_is_not_finished_in_time_is_ended_and_given_back() {
    let folder = folder("deadline");
    let mut environment = played(&folder, &silent(1));
    environment.extend(limits(r#"{"memory": 4000, "processor": 600, "deadline": 1}"#));
    let server = try_start(&folder, &["--workers", "1"], &environment).unwrap();
    let state = server.over(&id(&server.render(&server.key, &small(r#"["svg"]"#))));
    assert_eq!(state["status"], "failed", "{state}");
    assert!(state["error"].as_str().unwrap().contains("within 1 s"), "{state}");
    assert_eq!(used(&server, &server.key), 0);
    let pid = std::fs::read_to_string(folder.join("child-1/pid")).unwrap().trim().parse().unwrap();
    until("the child ends", || !lives(pid));
}

#[test]
fn a_cancel_frees_the_worker_whatever_the_engine_does() {
    let folder = folder("cancel");
    let server = try_start(&folder, &["--workers", "1"], &played(&folder, &silent(1))).unwrap();
    let stuck = id(&server.render(&server.key, &small(r#"["svg"]"#)));
    let pid = folder.join("child-1/pid");
    until("it begins", || std::fs::read_to_string(&pid).is_ok_and(|pid| pid.ends_with('\n')));
    let pid = std::fs::read_to_string(pid).unwrap().trim().parse().unwrap();
    let next = id(&server.render(&server.key, &small(r#"["csv"]"#)));
    assert_eq!((status(&server, &stuck), status(&server, &next)), ("processing".into(), "queued".into()));
    let answer = server.call("DELETE", &format!("/api/render/{stuck}"), &[("X-API-Key", &server.key)], b"");
    assert_eq!((answer.status, answer.json()["status"].as_str().unwrap()), (200, "cancelled"));
    // The first child would have kept the only worker for a quarter of an hour.
    assert_eq!(server.over(&next)["status"], "completed");
    assert!(!lives(pid));
    let left = std::fs::read_dir(folder.join("data/results")).unwrap().flatten();
    assert_eq!(left.count(), 1, "of the cancelled task nothing is left");
}

#[test]
fn asked_to_stop_it_ends_all_exports_at_once_and_hands_them_back() {
    let folder = folder("term");
    // Four rounds of two: more than a task has tries.
    let environment = played(&folder, &silent(8));
    let mut key = String::new();
    let mut tasks = Vec::new();
    for round in 1..=4 {
        let mut server = try_start(&folder, &["--workers", "2"], &environment).unwrap();
        if round == 1 {
            key = server.key.clone();
            tasks = ["svg", "csv"].map(|format| id(&server.render(&key, &small(&format!(r#"["{format}"]"#))))).into();
        }
        until("both begin", || folder.join(format!("child-{}/pid", 2 * round)).is_file());
        let began = Instant::now();
        signal(server.pid(), "-TERM");
        assert_eq!(server.ended(), Some(0));
        assert!(began.elapsed() < Duration::from_secs(30), "{:?}", began.elapsed());
    }
    let server = try_start(&folder, &["--workers", "2"], &environment).unwrap();
    for task in &tasks {
        assert_eq!(server.over(task)["status"], "completed");
    }
    assert_eq!(used(&server, &key), 2);
}

/// A child for one job. Jobs with the word poison, the title of their sheet, kill it; begin and end of every job are written down.
const POISONED: &str = r#"
    echo '{"ready": {"version": 1, "program": "stub"}}'
    IFS= read -r job || exit 0
    case "$job" in
        *poison*) echo '+poison' >> "$HERE/log"; sleep 0.5; echo '-poison' >> "$HERE/log"; kill -KILL $$ ;;
    esac
    echo '+other' >> "$HERE/log"
    sleep 0.2
    { printf '%s\n' "$job"; cat; } | "$REAL" make --pipe | { IFS= read -r ready; while IFS= read -r line; do
        case "$line" in '{"done"'*) echo '-other' >> "$HERE/log" ;; esac
        printf '%s\n' "$line"
    done; }"#;

#[test]
fn a_crash_is_a_try_of_the_task_that_crashed_which_then_runs_alone() {
    let folder = folder("crashes");
    let mut environment = played(&folder, POISONED);
    environment.push(("MAPWRIGHT_WORK_TASKS".into(), "1".into()));
    let server = try_start(&folder, &["--workers", "3"], &environment).unwrap();
    let free = server.new_key("free");
    let title = r#""config": {"page": {"furniture": {"title": "poison"}}}"#;
    let bad = id(&server.render(&free, &with(&small(r#"["svg"]"#), title)));
    let good: Vec<_> = (0..8).map(|_| id(&server.render(&server.key, &small(r#"["csv"]"#)))).collect();
    for task in &good {
        assert_eq!(server.over(task)["status"], "completed");
    }
    let state = server.over(&bad);
    assert_eq!(state["status"], "failed", "{state}");
    assert!(state["error"].as_str().unwrap().contains("memory"), "{state}");
    assert_eq!((used(&server, &free), used(&server, &server.key)), (0.into(), 8.into()));
    let log = std::fs::read_to_string(folder.join("log")).unwrap();
    assert_eq!(log.matches("+poison").count(), 3, "{log}");
    assert_eq!(log.matches("+other").count(), 8, "nobody else is tried twice: {log}");
    let (mut tries, mut others) = (0, 0);
    for line in log.lines() {
        match line {
            "+poison" => {
                tries += 1;
                assert!(tries == 1 || others == 0, "try {tries} beside {others}: {log}");
            }
            "+other" => others += 1,
            "-other" => others -= 1,
            _ => {}
        }
    }
    // From the second try on, the next to begin comes after its end.
    assert!(log.split("+poison\n").skip(2).all(|rest| rest.starts_with("-poison")), "{log}");
}

/// Asks for something and hangs up once it has begun.
fn hang_up(server: &Server, call: &str, begun: impl FnMut() -> bool) {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    stream.write_all(call.as_bytes()).unwrap();
    until("it begins", begun);
}

fn waiting(server: &Server, more: &str) -> String {
    let body = small(r#"["svg"]"#);
    let length = body.len();
    format!(
        "POST /api/render HTTP/1.1\r\nHost: x\r\nX-API-Key: {}\r\nContent-Type: application/json\r\n\
         Prefer: wait=60\r\n{more}Content-Length: {length}\r\n\r\n{body}",
        server.key
    )
}

#[test]
fn who_waits_and_hangs_up_cancels_unless_the_call_can_be_made_again() {
    let folder = folder("gone");
    let slow = silent(1).replace("exec \"$REAL\"", "sleep 1; exec \"$REAL\"");
    let mut environment = played(&folder, &slow);
    environment.push(("MAPWRIGHT_WORK_TASKS".into(), "1".into()));
    let server = try_start(&folder, &["--workers", "1"], &environment).unwrap();
    hang_up(&server, &waiting(&server, ""), || folder.join("child-1/pid").is_file());
    until("it is cancelled", || server.get("/metrics").text().contains("tasks{status=\"cancelled\"} 1"));
    let next = id(&server.render(&server.key, &small(r#"["csv"]"#)));
    assert_eq!(server.over(&next)["status"], "completed");
    // With a word of its own the task goes on: the caller may come back for it.
    hang_up(&server, &waiting(&server, "Idempotency-Key: mine\r\n"), || used(&server, &server.key) == 3);
    let body = small(r#"["svg"]"#);
    let headers =
        [("X-API-Key", server.key.as_str()), ("Content-Type", "application/json"), ("Idempotency-Key", "mine")];
    let again = id(&server.call("POST", "/api/render", &headers, body.as_bytes()));
    assert_eq!(server.over(&again)["status"], "completed");
}

#[test]
fn who_hangs_up_on_the_form_frees_the_place() {
    let folder = folder("form-gone");
    let mut environment = played(&folder, &silent(2));
    environment.push(("MAPWRIGHT_FORM_RENDERS".into(), "1".into()));
    let server = try_start(&folder, &[], &environment).unwrap();
    let path = "/cgi-bin/export?bbox=24.94,60.169,24.943,60.171&scale=5000&format=png";
    let data = "/api/0.6/map?bbox=24.94,60.169,24.943,60.171";
    for (number, path) in [(1, path), (2, data)] {
        let child = folder.join(format!("child-{number}"));
        let pid = child.join("pid");
        let call = format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n");
        hang_up(&server, &call, || std::fs::read_to_string(&pid).is_ok_and(|pid| pid.ends_with('\n')));
        let pid = std::fs::read_to_string(pid).unwrap().trim().parse().unwrap();
        until("the child ends", || !lives(pid));
    }
    until("the place is free", || server.get(path).status == 200);
    assert_eq!(std::fs::read_dir(folder.join("data/results")).unwrap().count(), 0);
}

#[test]
fn the_form_has_limits_of_its_own() {
    let folder = folder("form-limits");
    let limit = ("MAPWRIGHT_WORK_FORM".to_owned(), r#"{"memory": 2, "processor": 60, "deadline": 60}"#.to_owned());
    let server = try_start(&folder, &[], &[limit]).unwrap();
    let answer = server.get("/cgi-bin/export?bbox=24.93,60.163,24.955,60.178&scale=3000&format=png");
    assert_eq!((answer.status, answer.text().as_str()), (400, "Map too large"));
    let state = server.over(&id(&server.render(&server.key, &small(r#"["svg"]"#))));
    assert_eq!(state["status"], "completed", "{state}");
}

#[test]
fn a_killed_server_leaves_no_children() {
    let folder = folder("orphans");
    let mut server = start_in(&folder, &["--workers", "2"]);
    let body =
        r#"{"bbox": [24.93, 60.163, 24.955, 60.178], "formats": ["png", "svg"], "config": {"page": {"dpi": 300}}}"#;
    let task = id(&server.render(&server.key, body));
    until("a child runs", || children(server.pid()).iter().any(|&pid| is_worker(pid)));
    let pids = children(server.pid());
    signal(server.pid(), "-KILL");
    server.ended();
    until("its children end", || !pids.iter().any(|&pid| lives(pid)));
    let server = start_in(&folder, &[]);
    assert_eq!(server.over(&task)["status"], "completed");
}
