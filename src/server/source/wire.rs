//! One question to an Overpass server over HTTP: a deadline, bytes counted, stopped at any moment.

use crate::error::{Error, Fault, Result};
use crate::osm::overpass;
use crate::watch::{Stage, Watch};
use std::io::Read;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// Largest answer that is taken, bytes.
const LIMIT: u64 = 1 << 30;
/// How often a waiting worker looks whether it shall stop.
const LOOK: Duration = Duration::from_millis(50);
/// Longest wait for a status page.
const STATUS: Duration = Duration::from_secs(10);

/// A client that names this program, keeps connections and follows no redirection: only what was configured is asked.
pub fn agent(deadline: Duration) -> ureq::Agent {
    ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(deadline))
        .timeout_connect(Some(STATUS))
        .max_redirects(0)
        .max_redirects_will_error(false)
        .user_agent(concat!("mapwright/", env!("CARGO_PKG_VERSION")))
        .build()
        .into()
}

/// A failure of the server in our own words.
pub fn failed(fault: Fault, message: impl Into<String>) -> Error {
    Error::Overpass { fault, message: message.into(), megabytes: None }
}

/// Asks on a thread of its own, so that a stop is heard at once. `held` is dropped when the server has answered.
///
/// # Errors
/// [`Error::Overpass`] by kind, [`Error::TooLarge`], [`Error::Cancelled`].
pub fn ask<T: Send + 'static>(
    agent: &ureq::Agent,
    address: &str,
    query: &str,
    held: T,
    watch: &mut Watch,
) -> Result<Vec<u8>> {
    let came = Arc::new(AtomicU64::new(0));
    let stop = Arc::new(AtomicBool::new(false));
    let (tell, hear) = mpsc::channel();
    let question = Question {
        agent: agent.clone(),
        address: address.to_owned(),
        form: overpass::form(query),
        came: came.clone(),
        stop: stop.clone(),
    };
    let asking = std::thread::Builder::new().name("overpass".into()).spawn(move || {
        let answer = question.answer();
        drop(held);
        // Nobody hears it after a stop.
        let _ = tell.send(answer);
    });
    asking.map_err(|fault| Error::Internal(format!("no thread: {fault}")))?;
    loop {
        match hear.recv_timeout(LOOK) {
            Ok(answer) => return answer,
            Err(RecvTimeoutError::Timeout) => {
                let told = watch.at(Stage::Read, came.load(Ordering::Relaxed), 0);
                if told.is_err() {
                    stop.store(true, Ordering::Relaxed);
                    return told.map(|()| Vec::new());
                }
            }
            Err(RecvTimeoutError::Disconnected) => return Err(Error::Internal("the question broke off".into())),
        }
    }
}

struct Question {
    agent: ureq::Agent,
    address: String,
    form: String,
    came: Arc<AtomicU64>,
    stop: Arc<AtomicBool>,
}

impl Question {
    fn answer(&self) -> Result<Vec<u8>> {
        let post = self.agent.post(&self.address).header("content-type", "application/x-www-form-urlencoded");
        let mut answer = post.send(&self.form).map_err(|fault| unreachable(&fault))?;
        let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or("").to_owned();
        let mut reader = answer.body_mut().as_reader().take(LIMIT + 1);
        let (mut body, mut piece) = (Vec::new(), vec![0; 64 << 10]);
        loop {
            if self.stop.load(Ordering::Relaxed) {
                return Err(Error::Cancelled);
            }
            let count = reader.read(&mut piece).map_err(|fault| broken(&fault))?;
            if count == 0 {
                break;
            }
            body.extend_from_slice(piece.get(..count).unwrap_or_default());
            self.came.store(body.len() as u64, Ordering::Relaxed);
        }
        if body.len() as u64 > LIMIT {
            return Err(Error::TooLarge("the map data server sent more than 1 GiB; choose a smaller area".into()));
        }
        match overpass::fault(answer.status().as_u16(), &kind, &body) {
            Some(fault) => Err(fault),
            None => Ok(body),
        }
    }
}

/// No answer at all. The address is the operator's, not for the caller.
fn unreachable(fault: &ureq::Error) -> Error {
    match fault {
        ureq::Error::Timeout(_) => late(),
        fault => failed(Fault::Message, format!("the map data server cannot be reached: {fault}")),
    }
}

/// An answer that broke off.
fn broken(fault: &std::io::Error) -> Error {
    if fault.kind() == std::io::ErrorKind::TimedOut {
        return late();
    }
    failed(Fault::Message, format!("the answer of the map data server broke off: {fault}"))
}

fn late() -> Error {
    failed(Fault::Timeout, "the map data server did not answer in time")
}

/// Seconds until the server's own status page promises a slot; none where it says nothing.
pub fn slot(agent: &ureq::Agent, address: &str) -> Option<u64> {
    let status = address.strip_suffix("/interpreter")?.to_owned() + "/status";
    let call = agent.get(&status).config().timeout_global(Some(STATUS)).build();
    let text = call.call().ok()?.body_mut().with_config().limit(64 << 10).read_to_string().ok()?;
    overpass::parse_status(&text).wait_seconds.map(u64::from)
}
