//! Bodies of calls.

use crate::server::app::Shared;
use crate::server::problem::Problem;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use serde::de::DeserializeOwned;

/// The body of a call as JSON; a fault names the field. Forms of other pages cannot send JSON.
pub struct Body<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Shared> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, Problem> {
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        if !kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json")) {
            let detail = "the body must be JSON, sent with Content-Type: application/json";
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_json", detail));
        }
        let body = Bytes::from_request(request, app).await.map_err(|fault| {
            let (status, words) = (fault.status(), fault.body_text());
            match status {
                StatusCode::PAYLOAD_TOO_LARGE => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", words),
                _ => Problem::new(StatusCode::BAD_REQUEST, "bad_request", words),
            }
        })?;
        let reader = &mut serde_json::Deserializer::from_slice(&body);
        serde_path_to_error::deserialize(reader).map(Self).map_err(|fault| {
            let path = fault.path().to_string();
            let field = if path == "." { "request".to_owned() } else { path };
            Problem::field(&field, fault.into_inner().to_string())
        })
    }
}
