//! An Overpass server as a source: turns, waiting, asking again, resting after failures, boxes side by side where it is
//! one's own.

use super::breaker::{Breaker, Queue, Turn};
use super::copy;
use super::need::Need;
use super::wire::{agent, ask, failed, slot};
use crate::error::{Error, Fault, Result};
use crate::osm::overpass::{self, Limits};
use crate::osm::{self, Osm};
use crate::request::{Bbox, Request};
use crate::server::seconds;
use crate::watch::{Stage, Watch};
use serde::{Deserialize, Serialize};
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Largest box that is asked in one piece of a server of one's own, square degrees.
const PIECE: f64 = 0.002;
/// How often a waiting worker looks whether it shall stop.
const LOOK: Duration = Duration::from_millis(20);

/// How long a server is waited for; in files as seconds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Patience {
    /// How often it is asked in all.
    pub tries: u32,
    /// Shortest wait after "rate limited" and "too busy": what the public servers ask for.
    #[serde(with = "seconds")]
    pub wait: Duration,
    /// Wait after a connection that failed.
    #[serde(with = "seconds")]
    pub pause: Duration,
    /// Deadline of one answer.
    #[serde(with = "seconds")]
    pub answer: Duration,
    /// Deadline of all tries together.
    #[serde(with = "seconds")]
    pub whole: Duration,
    /// Failures in a row after which it is left alone,
    pub failures: u32,
    /// and for how long.
    #[serde(with = "seconds")]
    pub rest: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            tries: 3,
            wait: Duration::from_secs(30),
            pause: Duration::from_secs(2),
            // The 90 s that the query may take, 15 s of waiting for a slot, and the transfer.
            answer: Duration::from_secs(180),
            whole: Duration::from_secs(300),
            failures: 3,
            rest: Duration::from_secs(60),
        }
    }
}

/// A server.
#[derive(Debug)]
pub struct Server {
    address: String,
    own: bool,
    patience: Patience,
    agent: ureq::Agent,
    queue: Queue,
    breaker: Breaker,
}

impl Server {
    /// From `https://…/api/interpreter`, with `;own` behind it for a server of one's own.
    ///
    /// # Errors
    /// [`Error::Request`] for what is no address.
    pub fn new(spec: &str, patience: Patience) -> Result<Self> {
        let (address, own) = spec.strip_suffix(";own").map_or((spec, false), |address| (address, true));
        let host = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or_default();
        let odd = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '@' | ';' | '?' | '#');
        if host.is_empty() || host.starts_with(['/', ':']) || host.contains(odd) {
            let message =
                format!("\"overpass:{spec}\": expected overpass:https://…/api/interpreter, or the same with ;own");
            return Err(Error::request("source", message));
        }
        Ok(Self {
            address: address.trim_end_matches('/').to_owned(),
            own,
            patience,
            agent: agent(patience.answer),
            queue: Queue::default(),
            breaker: Breaker::new(patience.failures, patience.rest),
        })
    }

    /// What the server has for a request.
    ///
    /// # Errors
    /// [`Error::Overpass`] by kind, [`Error::TooLarge`], [`Error::Cancelled`].
    pub fn ask(&self, request: &Request, need: &Need, watch: &mut Watch) -> Result<Osm> {
        let boxes = if self.own { pieces(need.bbox) } else { vec![need.bbox] };
        let query = |bbox: &Bbox| {
            let (area, filter) = (request.area.clone(), request.filter.clone());
            let request = Request { bbox: Some(*bbox), area, filter, ..Request::default() };
            overpass::query(&request, &Limits::default())
        };
        let queries = boxes.iter().map(query).collect::<Result<Vec<_>>>()?;
        let mut osm = match queries.as_slice() {
            [query] => self.patiently(query, watch)?,
            queries => copy::merge(&self.side_by_side(queries, watch)?)?,
        };
        osm.bounds = need.bounds();
        Ok(osm)
    }

    /// All queries at once.
    fn side_by_side<'q>(&self, queries: &'q [String], watch: &mut Watch) -> Result<Vec<Osm>> {
        let stop = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let stop = &stop;
            let ask =
                |query: &'q String| scope.spawn(move || self.patiently(query, &mut Watch::silent().stoppable(stop)));
            let asking: Vec<_> = queries.iter().map(ask).collect();
            while !asking.iter().all(|thread| thread.is_finished()) {
                std::thread::sleep(LOOK);
                if watch.at(Stage::Read, 0, 0).is_err() {
                    stop.store(true, Ordering::Relaxed);
                }
            }
            let answer = |thread: std::thread::ScopedJoinHandle<'_, Result<Osm>>| {
                thread.join().unwrap_or_else(|_| Err(Error::Internal("a question broke off".into())))
            };
            asking.into_iter().map(answer).collect()
        })
    }

    /// Asks until there is an answer, the patience ends, or asking again would not help.
    fn patiently(&self, query: &str, watch: &mut Watch) -> Result<Osm> {
        let began = Instant::now();
        let mut tries = 0;
        loop {
            if let Some(left) = self.breaker.resting() {
                let message =
                    format!("the map data server failed several times; it is asked again in {} s", left.as_secs() + 1);
                return Err(failed(Fault::Busy, message));
            }
            let turn = self.turn(began, watch)?;
            let fault = match self.once(query, turn, watch) {
                Ok(osm) => {
                    self.breaker.ended(true);
                    return Ok(osm);
                }
                Err(fault) => fault,
            };
            let Error::Overpass { fault: kind, .. } = fault else { return Err(fault) };
            let (ill, wait) = self.judge(kind);
            // A refused query or one that is too large says nothing against the server.
            self.breaker.ended(!ill);
            tries += 1;
            let Some(wait) = wait.filter(|_| tries < self.patience.tries) else { return Err(fault) };
            if began.elapsed() + wait > self.patience.whole {
                return Err(fault);
            }
            pause(wait, watch)?;
        }
    }

    /// Whether a failure is the server's illness, and how long to wait before asking again would help.
    fn judge(&self, fault: Fault) -> (bool, Option<Duration>) {
        match fault {
            Fault::RateLimited => {
                let promised = slot(&self.agent, &self.address).map(Duration::from_secs).unwrap_or_default();
                (true, Some(jittered(promised.max(self.patience.wait))))
            }
            Fault::Busy => (true, Some(jittered(self.patience.wait))),
            Fault::Message => (true, Some(jittered(self.patience.pause))),
            Fault::Off => (true, None),
            Fault::Refused | Fault::Timeout | Fault::Memory | Fault::Remark => (false, None),
        }
    }

    /// Waits for the turn; a server of one's own needs none.
    fn turn(&self, began: Instant, watch: &mut Watch) -> Result<Option<Turn>> {
        if self.own {
            return Ok(None);
        }
        loop {
            if let Some(turn) = self.queue.turn() {
                return Ok(Some(turn));
            }
            if began.elapsed() > self.patience.whole {
                return Err(failed(Fault::Busy, "too many wait for the map data server"));
            }
            pause(LOOK, watch)?;
        }
    }

    /// Asks once and reads the answer.
    fn once(&self, query: &str, turn: Option<Turn>, watch: &mut Watch) -> Result<Osm> {
        let body = ask(&self.agent, &self.address, query, turn, watch)?;
        osm::read(&body, watch).map_err(|fault| match fault {
            // Status 200 and still no whole data: the process was killed, or something else answered.
            Error::CutOff(text) | Error::Corrupt(text) | Error::Foreign(text) => {
                failed(Fault::Message, format!("the map data server sent no whole data: {text}"))
            }
            other => other,
        })
    }
}

/// A box in at most four by four pieces of [`PIECE`].
fn pieces(bbox: Bbox) -> Vec<Bbox> {
    let (width, height) = (bbox.width(), bbox.max_lat - bbox.min_lat);
    let count = libm::ceil(libm::sqrt(width * height / PIECE)).clamp(1.0, 4.0) as u32;
    let turned = |lon: f64| if lon > 180.0 { lon - 360.0 } else { lon };
    let side = |start: f64, length: f64, row: u32| start + length * f64::from(row) / f64::from(count);
    let piece = |cell: u32| {
        let (column, row) = (cell % count, cell / count);
        let [west, east] = [column, column + 1].map(|row| turned(side(bbox.min_lon, width, row)));
        let [south, north] = [row, row + 1].map(|row| side(bbox.min_lat, height, row));
        Bbox { min_lon: west, min_lat: south, max_lon: east, max_lat: north }
    };
    if count == 1 { vec![bbox] } else { (0..count * count).map(piece).collect() }
}

/// Up to a quarter longer, so that many clients do not come back at once.
fn jittered(wait: Duration) -> Duration {
    let chance = RandomState::new().hash_one(0) % 1000;
    wait + wait.mul_f64(chance as f64 / 4000.0)
}

/// Sleeps, and wakes for a stop.
fn pause(wait: Duration, watch: &mut Watch) -> Result<()> {
    let until = Instant::now() + wait;
    loop {
        watch.at(Stage::Read, 0, 0)?;
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        std::thread::sleep(left.min(LOOK));
    }
}
