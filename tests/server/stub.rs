//! An HTTP server that answers what it is told, and remembers what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// Status, content type, body, and how long it takes.
#[derive(Clone)]
pub struct Answer {
    pub status: u16,
    pub kind: &'static str,
    pub body: Vec<u8>,
    pub gzip: bool,
    pub after: Duration,
}

impl Answer {
    pub fn new(status: u16, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, kind, body: body.into(), gzip: false, after: Duration::ZERO }
    }

    /// A recording of a genuine server.
    pub fn recorded(name: &str) -> Self {
        let headers = String::from_utf8(crate::common::data(&format!("overpass/errors/{name}.headers"))).unwrap();
        let status = headers.split_whitespace().nth(1).unwrap().parse().unwrap();
        let kinds = [("html", "text/html; charset=utf-8"), ("json", "application/json"), ("txt", "text/plain")];
        let found = kinds.iter().find_map(|(ending, kind)| {
            let path = crate::common::path(&format!("overpass/errors/{name}.{ending}"));
            std::fs::read(path).ok().map(|body| (*kind, body))
        });
        let (kind, body) = found.unwrap();
        Self::new(status, kind, body)
    }

    /// A recorded extract, in gzip as the genuine server sends it.
    pub fn data(name: &str) -> Self {
        let body = crate::common::data(&format!("overpass/{name}.json.gz"));
        Self { gzip: true, ..Self::new(200, "application/json", body) }
    }
}

/// What was asked.
#[derive(Debug, Clone)]
pub struct Asked {
    pub line: String,
    pub head: String,
    pub body: String,
}

#[derive(Default)]
struct State {
    asked: Mutex<Vec<Asked>>,
    now: AtomicUsize,
    most: AtomicUsize,
}

/// A running server; it ends with the process.
pub struct Stub {
    pub port: u16,
    state: Arc<State>,
}

impl Stub {
    /// `answer` gets the request and its number.
    pub fn new(answer: impl Fn(&Asked, usize) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let state = Arc::new(State::default());
        let (answer, shared) = (Arc::new(answer), state.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (answer, state) = (answer.clone(), shared.clone());
                std::thread::spawn(move || serve(stream, &*answer, &state));
            }
        });
        Self { port, state }
    }

    /// The source that names it.
    pub fn source(&self) -> String {
        format!("overpass:http://127.0.0.1:{}/api/interpreter", self.port)
    }

    /// Everything it was asked, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.lock().unwrap().clone()
    }

    /// How many it served at once at most.
    pub fn most(&self) -> usize {
        self.state.most.load(Ordering::SeqCst)
    }
}

fn serve(stream: TcpStream, answer: &dyn Fn(&Asked, usize) -> Answer, state: &State) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    while let Some(asked) = read(&mut reader) {
        let now = state.now.fetch_add(1, Ordering::SeqCst) + 1;
        state.most.fetch_max(now, Ordering::SeqCst);
        let number = {
            let mut all = state.asked.lock().unwrap();
            all.push(asked.clone());
            all.len()
        };
        let answer = answer(&asked, number);
        std::thread::sleep(answer.after);
        let packing = if answer.gzip { "Content-Encoding: gzip\r\n" } else { "" };
        let place = if answer.status / 100 == 3 { "Location: /elsewhere\r\n" } else { "" };
        let head = format!(
            "HTTP/1.1 {} Stub\r\nContent-Type: {}\r\n{packing}{place}Transfer-Encoding: chunked\r\n\r\n",
            answer.status, answer.kind
        );
        let mut bytes = head.into_bytes();
        for chunk in answer.body.chunks(4096) {
            bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
            bytes.extend_from_slice(chunk);
            bytes.extend_from_slice(b"\r\n");
        }
        bytes.extend_from_slice(b"0\r\n\r\n");
        state.now.fetch_sub(1, Ordering::SeqCst);
        if stream.write_all(&bytes).is_err() {
            return;
        }
    }
}

fn read(reader: &mut BufReader<TcpStream>) -> Option<Asked> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut header = String::new();
        reader.read_line(&mut header).ok()?;
        let lower = header.trim().to_lowercase();
        if lower.is_empty() {
            break;
        }
        if let Some(count) = lower.strip_prefix("content-length:") {
            length = count.trim().parse().ok()?;
        }
        head.push_str(&lower);
        head.push('\n');
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some(Asked { line: line.trim().to_owned(), head, body: String::from_utf8(body).ok()? })
}
