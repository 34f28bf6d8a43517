//! The server: every test talks to a process of its own over a socket, as clients do.

mod accounts;
mod answers;
mod base;
mod batch;
mod connections;
mod contract;
mod extract;
#[cfg(target_os = "linux")]
mod fault;
mod form;
mod hooks;
mod limits;
mod mail;
mod oauth;
mod overpass;
mod page;
mod person;
mod safety;
mod state;
mod stream;
mod stub;
#[cfg(target_os = "linux")]
mod work;

use serde_json::Value;
use std::io::{BufRead, BufReader};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// A running server; ended with the test.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub port: u16,
    /// Its data folder.
    pub folder: PathBuf,
    /// The key it made for itself at its first start, else empty.
    pub key: String,
    said: Arc<Mutex<String>>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// An answer with its body as text.
pub struct Answer {
    pub status: u16,
    pub headers: ureq::http::HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|fault| panic!("{fault}: {}", self.text()))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_mapwright"))
}

/// The program, about what the server of a folder keeps.
pub fn on(folder: &Path, args: &[&str]) -> Command {
    let mut command = program();
    command.args(args).arg("--data-dir").arg(folder.join("data")).envs(base::settings(folder));
    command
}

fn sample(name: &str) -> String {
    format!("file:{}/assets/sample/{name}.osm.pbf", env!("CARGO_MANIFEST_DIR"))
}

/// A fresh folder for a test.
fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("server-{name}"));
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).unwrap();
    base::fresh(&folder);
    folder
}

/// A server on Helsinki with a fresh data folder.
pub fn start(name: &str, args: &[&str]) -> Server {
    start_in(&folder(name), args)
}

/// A server on Helsinki with this data folder.
pub fn start_in(folder: &Path, args: &[&str]) -> Server {
    try_start(folder, args, &[]).expect("the server ended before it listened")
}

/// A server on Helsinki with this data folder and environment; none where it ended before it listened.
pub fn try_start(folder: &Path, args: &[&str], environment: &[(String, String)]) -> Option<Server> {
    launch(program(), folder, args, environment)
}

/// The same, by a command that ends in the program.
pub fn launch(mut command: Command, folder: &Path, args: &[&str], environment: &[(String, String)]) -> Option<Server> {
    let page = folder.join("page");
    std::fs::create_dir_all(&page).unwrap();
    std::fs::write(page.join("index.html"), "<!doctype html><title>page</title>").unwrap();
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    command.args(["serve", "--listen", &format!("127.0.0.1:{port}"), "--source", &sample("helsinki")]);
    command.arg("--page").arg(&page).arg("--data-dir").arg(folder.join("data")).args(args);
    command.envs(base::settings(folder)).envs(environment.iter().map(|(name, value)| (name, value)));
    let mut child = command.stderr(Stdio::piped()).spawn().unwrap();
    let (mut key, mut serves) = (String::new(), false);
    let said = Arc::new(Mutex::new(String::new()));
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    for line in lines.by_ref() {
        if let Some((_, made)) = line.split_once("shown only now: ") {
            key = made.to_owned();
        }
        serves = line.starts_with("mapwright serves");
        if serves {
            break;
        }
    }
    // What it says later is read, so that it never waits for us.
    let hears = said.clone();
    std::thread::spawn(move || lines.for_each(|line| *hears.lock().unwrap() += &(line + "\n")));
    let mut server = Server { child, port, folder: folder.to_owned(), key, said };
    let until = Instant::now() + Duration::from_secs(30);
    while serves && TcpStream::connect(("127.0.0.1", port)).is_err() {
        if server.child.try_wait().unwrap().is_some() {
            return None;
        }
        assert!(Instant::now() < until, "the server does not listen");
        std::thread::sleep(Duration::from_millis(20));
    }
    serves.then_some(server)
}

impl Server {
    /// Its process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it wrote to its log since it listened.
    pub fn said(&self) -> String {
        self.said.lock().unwrap().clone()
    }

    /// Waits for its end.
    pub fn ended(&mut self) -> Option<i32> {
        self.child.wait().unwrap().code()
    }

    /// A new key of a tier.
    pub fn new_key(&self, tier: &str) -> String {
        let made = on(&self.folder, &["keys", "create", "--tier", tier, "--name", tier]).output().unwrap();
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        String::from_utf8(made.stdout).unwrap().trim().to_owned()
    }

    /// Calls with headers and, for POST, a body.
    pub fn call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.try_call(method, path, headers, body).expect("the server answers")
    }

    /// The same; none where the server ends meanwhile.
    pub fn try_call(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Option<Answer> {
        let agent = ureq::Agent::config_builder().http_status_as_error(false);
        let agent: ureq::Agent = agent.max_redirects(0).max_redirects_will_error(false).build().into();
        let mut request =
            ureq::http::Request::builder().method(method).uri(format!("http://127.0.0.1:{}{path}", self.port));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = agent.run(request.body(body.to_vec()).unwrap()).ok()?;
        let (parts, mut body) = answer.into_parts();
        Some(Answer {
            status: parts.status.as_u16(),
            headers: parts.headers,
            bytes: body.with_config().limit(u64::MAX).read_to_vec().ok()?,
        })
    }

    pub fn get(&self, path: &str) -> Answer {
        self.call("GET", path, &[], b"")
    }

    pub fn render(&self, key: &str, body: &str) -> Answer {
        self.call("POST", "/api/render", &[("X-API-Key", key), ("Content-Type", "application/json")], body.as_bytes())
    }

    /// Polls until a task is over.
    pub fn over(&self, id: &str) -> Value {
        let until = Instant::now() + Duration::from_secs(120);
        let mut before = 0;
        loop {
            let state = self.get(&format!("/api/status/{id}")).json();
            let progress = state["progress"].as_i64().unwrap();
            assert!(progress >= before, "progress went back from {before} to {progress}");
            before = progress;
            if !matches!(state["status"].as_str(), Some("queued" | "processing")) {
                return state;
            }
            assert!(Instant::now() < until, "{state}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }
}

/// Settings by environment variables.
pub fn settings(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| (format!("MAPWRIGHT_{name}"), (*value).to_owned())).collect()
}

/// A small export of the middle of Helsinki.
pub fn small(formats: &str) -> String {
    format!(
        r#"{{"bbox": {{"min_lon": 24.940, "min_lat": 60.169, "max_lon": 24.943, "max_lat": 60.171}}, "formats": {formats}}}"#
    )
}

/// A body with more fields.
pub fn with(body: &str, more: &str) -> String {
    format!("{}, {more}}}", body.strip_suffix('}').unwrap())
}

/// The id of a task that was taken on.
pub fn id(answer: &Answer) -> String {
    assert_eq!(answer.status, 202, "{}", answer.text());
    answer.json()["task_id"].as_str().unwrap().to_owned()
}
