//! `GET /api/download/{id}/{format}`: the files of a finished task, whole or in ranges.

use super::account::Member;
use super::app::Shared;
use super::files::Kept;
use super::problem::Problem;
use super::range::{self, Part};
use super::results::headers;
use super::store::{Key, Task};
use crate::format;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Where a file is fetched.
pub fn url(id: &str, format: &str) -> String {
    format!("/api/download/{id}/{format}")
}

/// A file of a task.
pub async fn show(
    State(app): State<Shared>,
    key: Option<Key>,
    member: Option<Member>,
    Path((id, format)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Problem> {
    let task = app.seen(&id, key.as_ref(), member.map(|member| member.account.id)).await?;
    answer(&app, &task, &format, request).await
}

/// The file of a task in one format; ranges as the request asks.
///
/// # Errors
/// 404 for a format the task does not hold, 409 before it is finished.
pub async fn answer(app: &Shared, task: &Task, wanted: &str, request: Request) -> Result<Response, Problem> {
    match task.status.as_str() {
        "completed" => {}
        "queued" | "processing" => {
            return Err(Problem::new(StatusCode::CONFLICT, "not_ready", "the export is not finished yet").retry(2));
        }
        over => return Err(Problem::new(StatusCode::CONFLICT, "no_result", format!("the export is {over}"))),
    }
    let files: Vec<Kept> = serde_json::from_str(&task.files).unwrap_or_default();
    let id = |name: &str| format::find(name).map(|entry| entry.format.id);
    let same = |file: &Kept| file.format == wanted || (id(wanted).is_some() && id(&file.format) == id(wanted));
    let place = files.iter().position(same).ok_or_else(|| Problem::unknown("format in this export"))?;
    let file = files.get(place).ok_or_else(|| Problem::unknown("format in this export"))?;
    let etag = format!("\"{}\"", file.sha256);
    let known = request.headers().get_all(header::IF_NONE_MATCH).iter();
    if known.filter_map(|value| value.to_str().ok()).any(|value| value.contains(&etag)) {
        return Ok((StatusCode::NOT_MODIFIED, [(header::ETAG, etag)]).into_response());
    }
    let part = range::part(request.headers(), &etag, file.size);
    if part == Part::Beyond {
        let detail = format!("the file has {} bytes; this range is behind its end", file.size);
        let problem = Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, "range", detail);
        return Ok(([(header::CONTENT_RANGE, format!("bytes */{}", file.size))], problem).into_response());
    }
    if app.options.redirect_downloads
        && let Some(address) = app.results.address(&task.folder, place).await?
    {
        let headers = [(header::LOCATION, address), (header::CACHE_CONTROL, "no-store".to_owned())];
        return Ok((StatusCode::TEMPORARY_REDIRECT, headers).into_response());
    }
    let mut response = app.results.answer(&task.folder, place, file.size, part, request.method()).await?;
    let disposition = headers::disposition(&file.filename);
    for (name, value) in [
        (header::CONTENT_TYPE, headers::mime(&file.mime)),
        (header::CONTENT_DISPOSITION, &disposition),
        (header::ETAG, &etag),
        (header::CACHE_CONTROL, headers::CACHE),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}
