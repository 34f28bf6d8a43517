//! `POST /api/render` and `DELETE /api/render/{id}`: new tasks, and their end before time.

use super::app::{Shared, stop};
use super::download;
use super::hook;
use super::problem::Problem;
use super::random::hex;
use super::source::Extent;
use super::status;
use super::store::{Created, Key, NewTask, Task};
use crate::export;
use crate::format;
use crate::request::Request;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::{Json, http::HeaderName};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// Longest wait that `Prefer: wait` gets, s.
const LONGEST_WAIT: u64 = 120;
/// Longest idempotency key.
const LONGEST_WORD: usize = 255;

/// Takes a task on.
pub async fn create(State(app): State<Shared>, key: Key, headers: HeaderMap, body: Bytes) -> Result<Response, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
        let detail = "the body must be JSON, sent with Content-Type: application/json";
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", detail));
    }
    let (request, hook) = request(&body)?;
    if let Some(hook) = &hook {
        hook::allow(&app.options.hooks, key.tier, hook)?;
    }
    if request.bbox.is_none() {
        return Err(Problem::field("bbox", "is missing; expected {min_lon, min_lat, max_lon, max_lat} in degrees"));
    }
    let (request, extent) = known(&app, request).await?;
    let entries: Vec<_> = request.formats.iter().filter_map(|name| format::find(name)).collect();
    app.options.tiers.allow(key.tier, &extent, &entries)?;
    app.sources.check(&request)?;
    let idempotency = match headers.get("idempotency-key").map(|word| word.to_str()) {
        None => None,
        Some(Ok(word)) if !word.is_empty() && word.len() <= LONGEST_WORD => Some(word),
        Some(_) => {
            return Err(Problem::field(
                "Idempotency-Key",
                format!("expected 1 to {LONGEST_WORD} visible ASCII characters"),
            ));
        }
    };
    let text = serde_json::to_string(&request).map_err(|fault| Problem::internal(&fault))?;
    let repeats = Repeats { idempotency, body_hash: &hex(&Sha256::digest(&body)) };
    let (task, fresh) = begin(&app, &key, &text, &repeats, hook.as_deref()).await?;
    if let Some(seconds) = wait(&headers)
        && request.formats.len() == 1
    {
        // Who hangs up never learns the id; with a word of its own the call can be made again.
        let mut waits = Waits { app: app.clone(), id: (fresh && idempotency.is_none()).then(|| task.id.clone()) };
        let done = finished(&app, &task.id, seconds).await;
        waits.id = None;
        if let Some(done) = done? {
            return direct(&app, &done, &request.formats.concat(), seconds).await;
        }
    }
    Ok(accepted(&task, &request))
}

/// How a call is known again.
pub struct Repeats<'a> {
    /// The caller's word for it.
    pub idempotency: Option<&'a str>,
    /// Hash of its body.
    pub body_hash: &'a str,
}

/// Writes a task down and rings for it; says whether it is a new one.
///
/// # Errors
/// 402, 422, 429.
pub async fn begin(
    app: &Shared,
    key: &Key,
    request: &str,
    repeats: &Repeats<'_>,
    hook: Option<&str>,
) -> Result<(Task, bool), Problem> {
    let new = NewTask {
        key: key.id,
        account: key.account,
        tier: key.tier,
        exports_a_day: app.options.tiers.of(key.tier).exports_a_day,
        queue: app.options.queue,
        request: request.into(),
        idempotency: repeats.idempotency.map(Into::into),
        body_hash: repeats.body_hash.into(),
        hook: hook.map(Into::into),
    };
    match app.store.create_task(new).await? {
        Created::New(task) => {
            app.added.notify_one();
            Ok((task, true))
        }
        Created::Same(task) => Ok((task, false)),
        Created::Conflict => {
            let detail = "this Idempotency-Key was used for another body; use a new one";
            Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency", detail))
        }
        Created::UsedUp(used) => Err(app.options.tiers.used_up(key.tier, used)),
        Created::QueueFull => {
            let detail = format!("{} exports wait already", app.options.queue);
            Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "queue_full", detail).retry(30))
        }
    }
}

/// What can be known of a request before it is a task, on a thread that may work for a while: what it brings along is read
/// and counted.
pub async fn known(app: &Shared, request: Request) -> Result<(Request, Extent), Problem> {
    let app = app.clone();
    let work = move || {
        export::check(&request, &app.options.limits)?;
        let extent = app.sources.extent(&request)?;
        Ok((request, extent))
    };
    tokio::task::spawn_blocking(work).await.map_err(|fault| Problem::internal(&fault))?
}

/// A caller who waits for the file itself. Dropped while there is an id, because the caller hung up, it cancels the task.
struct Waits {
    app: Shared,
    id: Option<String>,
}

impl Drop for Waits {
    fn drop(&mut self) {
        let Some(id) = self.id.take() else { return };
        let app = self.app.clone();
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(async move {
                if let Ok(true) = app.store.cancel(&id).await {
                    app.hub.turn(&id, true);
                }
            });
        }
    }
}

/// The request of a body, and where its end is to be told: `config` is hoisted to the top, where other fields may stand too.
fn request(body: &[u8]) -> Result<(Request, Option<String>), Problem> {
    let text = std::str::from_utf8(body).map_err(|_| Problem::field("request", "the body is not UTF-8"))?;
    let value: Value =
        serde_json::from_str(text).map_err(|fault| Problem::field("request", format!("not JSON: {fault}")))?;
    let Value::Object(mut fields) = value else {
        return Err(Problem::field("request", "expected a JSON object"));
    };
    let hook = match fields.remove("webhook") {
        None | Some(Value::Null) => None,
        Some(Value::String(address)) => Some(address),
        Some(_) => return Err(Problem::field("webhook", "expected an address as text")),
    };
    match fields.remove("config") {
        None | Some(Value::Null) => {}
        Some(Value::Object(config)) => {
            for (name, value) in config {
                match fields.get(&name) {
                    Some(other) if *other != value => {
                        let detail = "has one value at the top and another in config; give it once";
                        return Err(Problem::field(&name, detail));
                    }
                    _ => fields.insert(name, value),
                };
            }
        }
        Some(_) => return Err(Problem::field("config", "expected an object")),
    }
    Ok((Request::from_json(&Value::Object(fields).to_string())?, hook))
}

/// Seconds of `Prefer: wait=60` (RFC 7240).
fn wait(headers: &HeaderMap) -> Option<u64> {
    let words = headers.get_all("prefer").iter().filter_map(|value| value.to_str().ok());
    let mut each = words.flat_map(|line| line.split([',', ';'])).map(str::trim);
    let seconds = each.find_map(|word| word.strip_prefix("wait="))?;
    seconds.trim_matches('"').parse().ok().map(|seconds: u64| seconds.min(LONGEST_WAIT))
}

/// The task once it is over, if that happens in time.
async fn finished(app: &Shared, id: &str, seconds: u64) -> Result<Option<Task>, Problem> {
    let end = tokio::time::Instant::now() + Duration::from_secs(seconds);
    let mut stopping = app.stopping.subscribe();
    loop {
        let mut live = app.hub.listen(id);
        match app.store.task(id).await? {
            Some(task) if task.is_over() => return Ok(Some(task)),
            _ => {}
        }
        if tokio::time::Instant::now() >= end || *stopping.borrow() {
            return Ok(None);
        }
        // A second at most: another process may have finished it.
        let look = end.min(tokio::time::Instant::now() + Duration::from_secs(1));
        tokio::select! {
            _ = tokio::time::timeout_at(look, live.changed()) => {}
            () = stop(&mut stopping) => {}
        }
    }
}

async fn direct(app: &Shared, task: &Task, format: &str, seconds: u64) -> Result<Response, Problem> {
    if let Some(error) = &task.error {
        let code = task.code.as_deref().unwrap_or_default();
        return Err(Problem::kept(code, error).with("task_id", task.id.clone()));
    }
    let mut response = download::answer(app, task, format, axum::extract::Request::default()).await?;
    let applied = HeaderValue::from_str(&format!("wait={seconds}"));
    if let Ok(applied) = applied {
        response.headers_mut().insert(HeaderName::from_static("preference-applied"), applied);
    }
    Ok(response)
}

/// The answer for a task that was taken on.
pub fn accepted(task: &Task, request: &Request) -> Response {
    let id = &task.id;
    let downloads: serde_json::Map<_, _> =
        request.formats.iter().map(|format| (format.clone(), download::url(id, format).into())).collect();
    let location = status::url(id);
    let body = json!({
        "task_id": id,
        "status": task.status,
        "progress": task.progress,
        "status_url": location,
        "websocket_url": format!("/ws/task/{id}"),
        "downloads": downloads,
    });
    (StatusCode::ACCEPTED, [(header::LOCATION, location)], Json(body)).into_response()
}

/// Ends a task before it is over.
pub async fn cancel(State(app): State<Shared>, key: Key, Path(id): Path<String>) -> Result<Response, Problem> {
    let task = app.visible(&id, Some(&key)).await?;
    if !app.store.cancel(&task.id).await? {
        return Err(Problem::new(StatusCode::CONFLICT, "over", "the task is already over"));
    }
    app.hub.turn(&task.id, true);
    let task = app.store.task(&id).await?.ok_or_else(|| Problem::unknown("task"))?;
    Ok(Json(status::body(&app, &task).await?).into_response())
}
