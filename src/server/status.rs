//! `GET /api/status/{id}`: how far a task is, once or as a stream of events.

use super::account::Member;
use super::app::{App, Shared, stop};
use super::clock::rfc3339;
use super::download;
use super::files::Kept;
use super::problem::Problem;
use super::store::{Key, TICKET, Task};
use axum::Json;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

/// Pings keep proxies from closing a quiet stream.
const PING: Duration = Duration::from_secs(20);
/// Time between two looks at a task that nobody rings for.
const LOOK: Duration = Duration::from_secs(1);
/// What an event stream may send in one go; nothing but states of one task is sent.
const BUFFER: usize = 4096;
/// Polling as often as this is fine, s.
const POLL: u64 = 2;

/// Where a task is looked at.
pub fn url(id: &str) -> String {
    format!("/api/status/{id}")
}

/// What is told of a task.
pub async fn body(app: &App, task: &Task) -> Result<Value, Problem> {
    let live = app.hub.now(&task.id);
    let kept: Vec<Kept> = serde_json::from_str(&task.files).unwrap_or_default();
    let files: Vec<Value> = kept
        .iter()
        .map(|file| {
            json!({
                "format": file.format, "filename": file.filename, "size": file.size, "mime": file.mime,
                "sha256": file.sha256, "url": download::url(&task.id, &file.format), "notes": file.notes,
            })
        })
        .collect();
    let runs = task.status == "processing";
    let position = if task.status == "queued" { app.queue.place(&app.store, &task.id).await? } else { None };
    Ok(json!({
        "task_id": task.id,
        "status": task.status,
        "progress": if runs { task.progress.max(live.progress) } else { task.progress },
        "step": if runs && !live.step.is_empty() { live.step } else { &task.step },
        "error": task.error,
        "code": task.code,
        "files": files,
        "created_at": rfc3339(task.created_at),
        "started_at": task.started_at.map(rfc3339),
        "finished_at": task.finished_at.map(rfc3339),
        "queue_position": position,
    }))
}

/// How far a task is.
pub async fn show(
    State(app): State<Shared>,
    key: Option<Key>,
    member: Option<Member>,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let task = app.seen(&id, key.as_ref(), member.map(|member| member.account.id)).await?;
    let mut response = Json(body(&app, &task).await?).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    if !task.is_over() {
        response.headers_mut().insert(header::RETRY_AFTER, POLL.into());
    }
    Ok(response)
}

/// A ticket for the event streams of a task.
pub async fn ticket(State(app): State<Shared>, key: Key, Path(id): Path<String>) -> Result<Response, Problem> {
    let task = app.visible(&id, Some(&key)).await?;
    let body = json!({ "ticket": app.store.give_ticket(&task.id).await?, "expires_in": TICKET / 1000 });
    Ok((StatusCode::CREATED, Json(body)).into_response())
}

/// What an event stream is opened with.
#[derive(Debug, Deserialize)]
pub struct Admission {
    ticket: Option<String>,
}

/// Lets a listener in: with a ticket from anywhere, with a key from a program (browsers cannot send one here).
async fn admit(
    app: &App,
    id: &str,
    key: std::result::Result<Key, Problem>,
    headers: &HeaderMap,
    admission: &Admission,
) -> Result<Task, Problem> {
    match &admission.ticket {
        Some(ticket) if app.store.take_ticket(ticket, id).await? => {
            let task = app.store.task(id).await?;
            task.ok_or_else(|| Problem::unknown("task"))
        }
        Some(_) => Err(Problem::new(
            StatusCode::UNAUTHORIZED,
            "ticket",
            "the ticket was used, is older than 60 s, or is for another task",
        )),
        None => {
            let same = |origin: &str| {
                let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
                origin.split_once("://").map(|(_, rest)| rest) == host
            };
            let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default());
            if origin.is_some_and(|origin| !same(origin)) {
                return Err(Problem::new(StatusCode::FORBIDDEN, "origin", "pages of other origins need a ticket"));
            }
            app.visible(id, Some(&key?)).await
        }
    }
}

/// Sends states of a task, the first at once, the last when it is over, until nobody listens any more.
async fn follow(app: Shared, id: String, sender: mpsc::Sender<Value>) {
    let mut told = Value::Null;
    let mut stopping = app.stopping.subscribe();
    loop {
        let mut live = app.hub.listen(&id);
        let Ok(Some(task)) = app.store.task(&id).await else { return };
        let Ok(state) = body(&app, &task).await else { return };
        if state != told {
            told = state.clone();
            if sender.send(state).await.is_err() {
                return;
            }
        }
        if task.is_over() {
            return;
        }
        loop {
            tokio::select! {
                _ = live.changed() => break,
                () = tokio::time::sleep(LOOK) => {}
                () = sender.closed() => return,
                () = stop(&mut stopping) => return,
            }
            // While it waits where it waited, there is nothing to tell; thousands who listen cost one look.
            let place = told.get("queue_position").and_then(Value::as_i64);
            if place.is_none() || !matches!(app.queue.place(&app.store, &id).await, Ok(now) if now == place) {
                break;
            }
        }
    }
}

/// Progress as server-sent events.
pub async fn events(
    State(app): State<Shared>,
    key: std::result::Result<Key, Problem>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(admission): Query<Admission>,
) -> Result<Response, Problem> {
    admit(&app, &id, key, &headers, &admission).await?;
    let (sender, receiver) = mpsc::channel(8);
    tokio::spawn(follow(app, id, sender));
    let event = |state: Value| Ok::<_, Infallible>(Event::default().event("status").data(state.to_string()));
    let stream = ReceiverStream::new(receiver).map(event);
    Ok(Sse::new(stream).keep_alive(KeepAlive::new().interval(PING)).into_response())
}

/// Progress over a WebSocket.
pub async fn socket(
    State(app): State<Shared>,
    key: std::result::Result<Key, Problem>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(admission): Query<Admission>,
    upgrade: WebSocketUpgrade,
) -> Result<Response, Problem> {
    admit(&app, &id, key, &headers, &admission).await?;
    // Nothing is expected from the other side.
    Ok(upgrade
        .max_message_size(1024)
        .read_buffer_size(BUFFER)
        .write_buffer_size(BUFFER)
        .on_upgrade(move |socket| serve(app, id, socket)))
}

async fn serve(app: Shared, id: String, mut socket: WebSocket) {
    let (sender, mut states) = mpsc::channel(8);
    let follower = tokio::spawn(follow(app, id, sender));
    let mut ping = tokio::time::interval(PING);
    ping.tick().await;
    loop {
        let sent = tokio::select! {
            state = states.recv() => match state {
                Some(state) => socket.send(Message::Text(state.to_string().into())).await,
                None => break,
            },
            _ = ping.tick() => socket.send(Message::Ping(Vec::new().into())).await,
            heard = socket.recv() => match heard {
                Some(Ok(Message::Close(_)) | Err(_)) | None => break,
                Some(Ok(_)) => Ok(()),
            },
        };
        if sent.is_err() {
            break;
        }
    }
    follower.abort();
    let _ = socket.send(Message::Close(Some(CloseFrame { code: 1000, reason: Utf8Bytes::from_static("over") }))).await;
    // The other side answers the close; then the connection may go.
    let _ =
        tokio::time::timeout(Duration::from_secs(2), async { while let Some(Ok(_)) = socket.recv().await {} }).await;
}
