//! One connection: what it does at the moment, and how long it may do nothing.

use crate::server::app::stop;
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::Response;
use hyper::body::{Body as HttpBody, Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use std::collections::HashMap;
use std::convert::Infallible;
use std::io::{self, IoSlice};
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::{Notify, OwnedSemaphorePermit, watch};
use tokio::time::Instant;

/// Who waits no longer than this does not have to make room: a request may be on its way.
const GRACE: Duration = Duration::from_millis(250);

/// What a connection does.
#[derive(Debug, Clone, Copy)]
enum Phase {
    /// Nothing of a request has come, since then.
    Idle(Instant),
    /// A request began to come then, and its headers are not all there.
    Head(Instant),
    /// A request is read and answered.
    Work,
}

/// What is known of a connection.
#[derive(Debug)]
pub struct Line {
    head: Duration,
    idle: Duration,
    phase: watch::Sender<Phase>,
    dismissed: Notify,
}

impl Line {
    /// A new one that may take so long for the headers of a request, and between two requests.
    pub fn new(head: Duration, idle: Duration) -> Self {
        let phase = watch::Sender::new(Phase::Idle(Instant::now()));
        Self { head, idle, phase, dismissed: Notify::new() }
    }

    fn becomes(&self, next: impl FnOnce(Phase) -> Option<Phase>) {
        self.phase.send_if_modified(|phase| match next(*phase) {
            Some(next) => {
                *phase = next;
                true
            }
            None => false,
        });
    }

    /// Bytes came.
    fn heard(&self) {
        self.becomes(|phase| matches!(phase, Phase::Idle(_)).then(|| Phase::Head(Instant::now())));
    }

    /// Bytes went out; the last of an answer may do so after it was made.
    fn told(&self) {
        self.becomes(|phase| matches!(phase, Phase::Idle(_)).then(|| Phase::Idle(Instant::now())));
    }

    /// Ends when the connection has kept the server waiting too long; says for what.
    async fn overdue(&self) -> &'static str {
        let mut phase = self.phase.subscribe();
        loop {
            let now = *phase.borrow_and_update();
            let (end, what) = match now {
                Phase::Idle(since) => (since + self.idle, "idle"),
                Phase::Head(since) => (since + self.head, "slow"),
                Phase::Work => {
                    // The sender lives as long as this line.
                    let _ = phase.changed().await;
                    continue;
                }
            };
            if tokio::time::timeout_at(end, phase.changed()).await.is_err() {
                return what;
            }
        }
    }
}

/// Connections that have a place.
#[derive(Debug, Default)]
pub struct Lines(Mutex<(u64, HashMap<u64, Arc<Line>>)>);

/// A connection's entry in the list; it leaves with this.
#[derive(Debug)]
pub struct Seat(Arc<Lines>, u64);

impl Drop for Seat {
    fn drop(&mut self) {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner).1.remove(&self.1);
    }
}

impl Lines {
    /// Lists a connection.
    pub fn seat(self: &Arc<Self>, line: Arc<Line>) -> Seat {
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lines.0 += 1;
        let id = lines.0;
        lines.1.insert(id, line);
        Seat(self.clone(), id)
    }

    /// Ends the connection that has kept the server waiting longest. How long until there may be a place; none where all
    /// have work.
    pub fn make_room(&self) -> Option<Duration> {
        let lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = |line: &Arc<Line>| match *line.phase.borrow() {
            Phase::Idle(since) | Phase::Head(since) => Some((since, line.clone())),
            Phase::Work => None,
        };
        let (since, line) = lines.1.values().filter_map(since).min_by_key(|(since, _)| *since)?;
        let wait = GRACE.saturating_sub(since.elapsed());
        if wait.is_zero() {
            line.dismissed.notify_one();
        }
        Some(wait)
    }
}

/// A socket that tells its line what passes, and holds its place until it is closed, be it a WebSocket by then.
#[derive(Debug)]
pub struct Socket {
    stream: TcpStream,
    line: Arc<Line>,
    _place: OwnedSemaphorePermit,
}

impl Socket {
    /// Of a stream.
    pub fn new(stream: TcpStream, line: Arc<Line>, place: OwnedSemaphorePermit) -> Self {
        Self { stream, line, _place: place }
    }

    fn told(&self, sent: Poll<io::Result<usize>>) -> Poll<io::Result<usize>> {
        if matches!(sent, Poll::Ready(Ok(1..))) {
            self.line.told();
        }
        sent
    }
}

impl AsyncRead for Socket {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(context, into);
        if into.filled().len() > before {
            self.line.heard();
        }
        read
    }
}

impl AsyncWrite for Socket {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write(context, bytes);
        self.told(sent)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let sent = Pin::new(&mut self.stream).poll_write_vectored(context, bytes);
        self.told(sent)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

/// An answer's body; when it is over, the line waits again.
struct Answer {
    body: Body,
    _work: Working,
}

/// A request that is being answered.
struct Working(Arc<Line>);

impl Working {
    fn on(line: &Arc<Line>) -> Self {
        line.becomes(|_| Some(Phase::Work));
        Self(line.clone())
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.0.becomes(|_| Some(Phase::Idle(Instant::now())));
    }
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// Answers the requests of a connection until it is closed; says why, where it was the server that could wait no longer.
pub async fn tend(
    socket: Socket,
    router: Router,
    line: &Arc<Line>,
    mut stopping: watch::Receiver<bool>,
) -> Option<&'static str> {
    let inner = TowerToHyperService::new(router);
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let work = Working::on(line);
        let answer = inner.call(request);
        async move {
            let answer: Response<Body> = answer.await?;
            Ok::<_, Infallible>(answer.map(|body| Answer { body, _work: work }))
        }
    });
    let mut connection = pin!(http1::Builder::new().serve_connection(TokioIo::new(socket), service).with_upgrades());
    let mut stops = false;
    loop {
        tokio::select! {
            // A connection that breaks is its client's affair.
            _ = connection.as_mut() => return None,
            why = line.overdue() => return Some(why),
            () = line.dismissed.notified() => return Some("room"),
            () = stop(&mut stopping), if !stops => {
                stops = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}
