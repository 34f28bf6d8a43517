//! Errors as the original gives them: one line of plain text.

use crate::error::Error;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Seconds after which a busy server may be asked again.
const AGAIN: u32 = 10;

/// A status and a sentence.
#[derive(Debug, PartialEq)]
pub struct Refusal {
    status: StatusCode,
    text: String,
    again: Option<u32>,
}

impl Refusal {
    /// The request is wrong.
    pub fn wrong(text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, text: text.into(), again: None }
    }

    /// There is nothing of that kind here.
    pub fn missing(text: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, text: text.into(), again: None }
    }

    /// Every place is taken.
    pub fn busy() -> Self {
        let text = "The server is busy, try again in a few seconds".into();
        Self { status: StatusCode::SERVICE_UNAVAILABLE, text, again: Some(AGAIN) }
    }

    /// It was not finished in time.
    pub fn late(text: String) -> Self {
        Self { status: StatusCode::SERVICE_UNAVAILABLE, text, again: Some(AGAIN * 3) }
    }

    /// A failure on the way. What is our own fault is told to the log, not to the caller.
    pub fn of(fault: &Error) -> Self {
        let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            eprintln!("export: {fault}");
            return Self { status, text: "Internal error".into(), again: None };
        }
        let again = matches!(status.as_u16(), 502..=504).then_some(AGAIN * 3);
        Self { status, text: fault.to_string(), again }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let line: String = self.text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(500).collect();
        let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")];
        // Editors read the reason from this header.
        let reason = HeaderValue::from_str(&line).ok();
        let mut answer = (self.status, kind, line).into_response();
        if let Some(reason) = reason {
            answer.headers_mut().insert("error", reason);
        }
        if let Some(again) = self.again {
            answer.headers_mut().insert(header::RETRY_AFTER, again.into());
        }
        answer
    }
}
