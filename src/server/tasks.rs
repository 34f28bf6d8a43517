//! `GET /api/tasks`: the exports of a key or an account, newest first; and one of them made again.

use super::account::{Member, Writer};
use super::app::{App, Shared};
use super::clock;
use super::problem::Problem;
use super::render::{self, Repeats};
use super::status;
use super::store::{Key, Owner, Task};
use crate::format;
use crate::request::Request;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// Rows of a page, as usual and at most.
const ROWS: u32 = 20;
const MOST: u32 = 100;
/// Before nothing: where the first page begins.
pub const LATEST: (i64, &str) = (i64::MAX, "");

/// Which page.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Page {
    limit: Option<u32>,
    /// `next` of the page before.
    before: Option<String>,
}

/// A task as it is listed: its state, what was asked for, and whose key it was.
///
/// # Errors
/// Of the database.
pub async fn row(app: &App, task: &Task) -> Result<Value, Problem> {
    let mut told = status::body(app, task).await?;
    let request: Value = serde_json::from_str(&task.request).unwrap_or_default();
    told["formats"] = request.get("formats").cloned().unwrap_or_else(|| json!([]));
    // What expired was forgotten.
    told["request"] = if task.status == "expired" { Value::Null } else { request };
    told["key_id"] = task.key.into();
    Ok(told)
}

/// Exports of the key, or of the account that is signed in.
pub async fn list(
    State(app): State<Shared>,
    key: Result<Option<Key>, Problem>,
    member: Option<Member>,
    Query(page): Query<Page>,
) -> Result<Response, Problem> {
    let owner = match (key?, member) {
        (Some(key), _) => Owner::Key(key.id),
        (None, Some(member)) => Owner::Account(member.account.id),
        (None, None) => {
            return Err(Problem::new(StatusCode::UNAUTHORIZED, "key", "the header X-API-Key is missing"));
        }
    };
    let limit = page.limit.unwrap_or(ROWS);
    if !(1..=MOST).contains(&limit) {
        return Err(Problem::field("limit", format!("expected a number from 1 to {MOST}")));
    }
    let place = |text: &str| text.split_once('-').and_then(|(at, id)| Some((at.parse().ok()?, id.to_owned())));
    let before = match &page.before {
        None => (LATEST.0, LATEST.1.to_owned()),
        Some(text) => place(text).ok_or_else(|| Problem::field("before", "expected `next` of the page before"))?,
    };
    let tasks = app.store.tasks(owner, (before.0, &before.1), limit).await?;
    let mut rows = Vec::with_capacity(tasks.len());
    for task in &tasks {
        rows.push(row(&app, task).await?);
    }
    let next = tasks.last().filter(|_| tasks.len() == limit as usize);
    let next = next.map(|task| format!("{}-{}", task.created_at, task.id));
    Ok(Json(json!({ "tasks": rows, "next": next })).into_response())
}

/// The same export once more, with the same key, as the account may today.
pub async fn repeat(
    State(app): State<Shared>,
    Writer(member): Writer,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    let task = app.seen(&id, None, Some(member.account.id)).await?;
    if app.store.owner(task.key).await?.0 != Some(member.account.id) {
        return Err(Problem::unknown("task"));
    }
    let key = app.store.key_by_id(task.key, &clock::day(clock::now())).await?;
    let key = key.ok_or_else(|| Problem::new(StatusCode::CONFLICT, "key", "the key of this export was revoked"))?;
    let (request, extent) = render::known(&app, Request::from_json(&task.request)?).await?;
    let entries: Vec<_> = request.formats.iter().filter_map(|name| format::find(name)).collect();
    app.options.tiers.allow(key.tier, &extent, &entries)?;
    app.sources.check(&request)?;
    let repeats = Repeats { idempotency: None, body_hash: "" };
    let (task, _) = render::begin(&app, &key, &task.request, &repeats, None).await?;
    Ok(render::accepted(&task, &request))
}
