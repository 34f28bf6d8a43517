//! `GET /api/download/{id}/{format}`: the files of a finished task, whole or in ranges.

use super::account::Member;
use super::app::Shared;
use super::files::Kept;
use super::problem::Problem;
use super::range::{self, Part};
use super::store::{Key, Task};
use crate::format;
use axum::body::Body;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tower_http::services::ServeFile;

/// What a page of HTML is called on the way, so that no browser opens it as one of this server's.
const NO_PAGE: &str = "application/octet-stream";

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
    let path = app.results().join(&task.folder).join(place.to_string());
    let part = range::part(request.headers(), &etag, file.size);
    if part == Part::Beyond {
        let detail = format!("the file has {} bytes; this range is behind its end", file.size);
        let problem = Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, "range", detail);
        return Ok(([(header::CONTENT_RANGE, format!("bytes */{}", file.size))], problem).into_response());
    }
    let served =
        ServeFile::new(path).try_call(plain(&request, part)).await.map_err(|fault| Problem::storage(&fault))?;
    if served.status() == StatusCode::NOT_FOUND {
        return Err(Problem::storage(&"a file of a finished task is not there"));
    }
    let mut response = served.map(Body::new);
    let disposition =
        format!("attachment; filename=\"{}\"; filename*=UTF-8''{}", ascii(&file.filename), percent(&file.filename));
    for (name, value) in [
        (header::CONTENT_TYPE, if file.mime == "text/html" { NO_PAGE } else { file.mime.as_str() }),
        (header::CONTENT_DISPOSITION, &disposition),
        (header::ETAG, &etag),
        (header::CACHE_CONTROL, "private, max-age=3600, no-transform"),
        (header::CONTENT_SECURITY_POLICY, "sandbox; default-src 'none'"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ] {
        if let Ok(value) = HeaderValue::from_str(value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// The call for a file: what its headers ask was decided by what the task knows of the file, not by the file system.
fn plain(request: &Request, part: Part) -> Request {
    let mut plain = Request::default();
    *plain.method_mut() = request.method().clone();
    if let Part::Bytes(first, last) = part
        && let Ok(range) = HeaderValue::from_str(&format!("bytes={first}-{last}"))
    {
        plain.headers_mut().insert(header::RANGE, range);
    }
    plain
}

/// A name for clients that know ASCII alone.
fn ascii(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || "-_. ".contains(c) { c } else { '_' }).collect()
}

/// A name in the encoding of RFC 8187.
fn percent(name: &str) -> String {
    let letter = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    name.bytes().map(letter).collect()
}
