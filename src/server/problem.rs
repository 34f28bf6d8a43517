//! Errors as `application/problem+json` (RFC 9457), with `code`, and `error` for clients that read that.

use crate::error::{Error, Fault};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value};

/// Seconds after which a source that failed may be asked again.
const AGAIN: u64 = 30;
/// How callers say who they are, for answers 401.
const CHALLENGE: &str = "ApiKey realm=\"mapwright\", header=\"X-API-Key\"";

/// An answer that says what is wrong.
#[derive(Debug, Clone)]
pub struct Problem {
    /// HTTP status.
    pub status: StatusCode,
    /// A stable word for programs.
    pub code: &'static str,
    /// A sentence for a person.
    pub detail: String,
    /// More members of the body.
    more: Map<String, Value>,
    /// Whole seconds until another try makes sense.
    retry_after: Option<u64>,
}

impl Problem {
    /// With a status, a word and a sentence.
    pub fn new(status: StatusCode, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), more: Map::new(), retry_after: None }
    }

    /// 400 for one field.
    pub fn field(field: &str, message: impl Into<String>) -> Self {
        Error::request(field, message).into()
    }

    /// 404: no such thing, or not for this key.
    pub fn unknown(what: &str) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", format!("there is no such {what}"))
    }

    /// 500 with a trace id; the cause goes to the log alone.
    pub fn internal(cause: &dyn std::fmt::Display) -> Self {
        let trace = super::random::id();
        eprintln!("internal error {trace}: {cause}");
        let detail = format!("a fault of the server; its operator finds it under {trace}");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", detail).with("trace", trace)
    }

    /// 503: what keeps tasks does not answer or has no room.
    pub fn storage(cause: &dyn std::fmt::Display) -> Self {
        eprintln!("storage: {cause}");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "storage", "the server cannot keep tasks at the moment").retry(10)
    }

    /// Why an export failed that was waited for, as its task keeps it: a stable word and a sentence.
    pub fn kept(code: &str, detail: &str) -> Self {
        let source = Fault::ALL.into_iter().find(|fault| fault.code() == code);
        let (status, code) = match (source, code) {
            (Some(fault), _) => (fault.status(), fault.code()),
            (None, "bad_request") => (400, "bad_request"),
            (None, "crs") => (400, "crs"),
            (None, "too_large") => (413, "too_large"),
            (None, "internal" | "io") => (500, "internal"),
            (None, "storage") => (503, "storage"),
            (None, "foreign") => (422, "foreign"),
            (None, "corrupt") => (422, "corrupt"),
            (None, "cut_off") => (422, "cut_off"),
            (None, "empty") => (422, "empty"),
            (None, "deadline") => (422, "deadline"),
            (None, "died") => (422, "died"),
            _ => (422, "failed"),
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::UNPROCESSABLE_ENTITY);
        let problem = Self::new(status, code, detail);
        if status.is_server_error() && code != "internal" { problem.retry(AGAIN) } else { problem }
    }

    /// Adds a member to the body.
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.more.insert(name.into(), value.into());
        self
    }

    /// Adds all members of an object.
    pub fn with_all(mut self, members: Value) -> Self {
        if let Value::Object(members) = members {
            self.more.extend(members);
        }
        self
    }

    /// Says when to try again.
    pub fn retry(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if matches!(error, Error::Internal(_) | Error::Io(_)) {
            return Self::internal(&error);
        }
        let waits = matches!(&error, Error::Overpass { .. });
        let problem = Self::new(status, error.code(), error.to_string());
        let problem = if waits { problem.retry(AGAIN) } else { problem };
        match error.field() {
            Some(field) => problem.with("field", field),
            None => problem,
        }
    }
}

impl From<sqlx::Error> for Problem {
    fn from(error: sqlx::Error) -> Self {
        Self::storage(&error)
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = Map::new();
        body.insert("type".into(), "about:blank".into());
        body.insert("title".into(), self.status.canonical_reason().unwrap_or("Error").into());
        body.insert("status".into(), self.status.as_u16().into());
        body.insert("detail".into(), self.detail.clone().into());
        body.insert("code".into(), self.code.into());
        body.insert("error".into(), self.detail.into());
        body.extend(self.more);
        let mut response = (self.status, Json(Value::Object(body))).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(CHALLENGE));
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}
