//! Connections: how many there may be at once, how long each may keep the server waiting, and their end when it stops.

mod connections;
mod descriptors;
mod line;

pub use descriptors::most;

use super::app::{Shared, stop};
use super::drain;
use super::problem::Problem;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Extension, Router};
pub use connections::Connections;
use line::{Line, Lines, Socket, tend};
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Connections beyond the most that are told to come again.
const SPARES: usize = 16;
/// How long each of those may take to hear it.
const SPARE: Duration = Duration::from_secs(2);
/// When they may come again, s.
const AGAIN: u64 = 5;
/// Time between two looks for a free place.
const LOOK: Duration = Duration::from_millis(50);
/// Pause after the system refused a connection.
const PAUSE: Duration = Duration::from_secs(1);

/// The machine at the other end of a connection.
#[derive(Debug, Clone, Copy)]
pub struct Peer(pub IpAddr);

/// Answers calls until the server is to stop, then until every connection has had its answer.
pub async fn serve(listener: TcpListener, router: Router, most: usize, app: Shared) {
    let limits = app.options.connections;
    let mut stopping = app.stopping.subscribe();
    let places = [most, SPARES].map(|count| Arc::new(Semaphore::new(count)));
    let lines = Arc::new(Lines::default());
    loop {
        let (stream, peer) = tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok(accepted) => accepted,
                Err(fault) => {
                    eprintln!("connections: {fault}");
                    tokio::time::sleep(PAUSE).await;
                    continue;
                }
            },
            () = stop(&mut stopping) => break,
        };
        prepare(&stream, limits.stall);
        let (place, spare) = place(&places, &lines, &app).await;
        let line = Arc::new(if spare { Line::new(SPARE, SPARE) } else { Line::new(limits.head, limits.idle) });
        // Who is told to come again has no place that could be taken.
        let seat = (!spare).then(|| lines.seat(line.clone()));
        let service =
            if spare { Router::new().fallback(full) } else { router.clone().layer(Extension(Peer(peer.ip()))) };
        let (app, socket) = (app.clone(), Socket::new(stream, line.clone(), place));
        app.metrics.connection(1);
        tokio::spawn(async move {
            if let Some(why) = tend(socket, service, &line, app.stopping.subscribe()).await {
                app.metrics.ended(why);
            }
            app.metrics.connection(-1);
            drop(seat);
        });
    }
    drop(listener);
    // Each socket holds a place until it is closed.
    let all = u32::try_from(most).unwrap_or(u32::MAX);
    let [places, _] = places;
    let _ = places.acquire_many(all).await;
}

/// Small answers leave at once, and whoever takes nothing of an answer is let go by the system.
fn prepare(stream: &TcpStream, stall: Duration) {
    let _ = stream.set_nodelay(true);
    #[cfg(target_os = "linux")]
    let _ = rustix::net::sockopt::set_tcp_user_timeout(stream, u32::try_from(stall.as_millis()).unwrap_or(u32::MAX));
    #[cfg(not(target_os = "linux"))]
    let _ = stall;
}

/// A place for a connection, if need be that of the one which kept the server waiting longest; where all have work, a
/// spare one.
async fn place([places, spares]: &[Arc<Semaphore>; 2], lines: &Lines, app: &Shared) -> (OwnedSemaphorePermit, bool) {
    loop {
        if let Ok(place) = places.clone().try_acquire_owned() {
            return (place, false);
        }
        match lines.make_room() {
            Some(wait) => tokio::time::sleep(wait.clamp(Duration::from_millis(1), LOOK)).await,
            None => match spares.clone().try_acquire_owned() {
                Ok(spare) => {
                    app.metrics.ended("full");
                    return (spare, true);
                }
                Err(_) => tokio::time::sleep(LOOK).await,
            },
        }
    }
}

/// What is told where all places have work.
async fn full(request: Request) -> Response {
    let _ = tokio::time::timeout(SPARE, drain::drain(request)).await;
    let problem = Problem::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "all connections of the server are in use");
    let mut answer = problem.retry(AGAIN).into_response();
    answer.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    answer
}
