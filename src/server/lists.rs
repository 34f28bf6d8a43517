//! What can be known without a map: formats, styles, layers, the use of a key; and whether the server is well.

use super::app::Shared;
use super::problem::Problem;
use super::store::Key;
use super::{clock, openapi};
use crate::catalogue;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use serde_json::{Value, json};
use std::io::ErrorKind;

/// All formats with options and tier.
pub async fn formats() -> Response {
    Json(catalogue::formats()).into_response()
}

/// All styles.
pub async fn styles() -> Response {
    Json(catalogue::styles()).into_response()
}

/// All layers and classes.
pub async fn layers() -> Response {
    Json(catalogue::layers()).into_response()
}

/// Today's exports of a key.
pub async fn usage(State(app): State<Shared>, key: Key) -> Response {
    let now = clock::now();
    let limits = app.options.tiers.of(key.tier);
    Json(json!({
        "tier": key.tier, "day": clock::day(now), "exports": key.used, "limit": limits.exports_a_day,
        "square_km": limits.square_km, "resets_in": clock::until_tomorrow(now),
        "remaining": limits.exports_a_day.map(|limit| limit.saturating_sub(key.used)),
    }))
    .into_response()
}

/// The contract as an OpenAPI document.
pub async fn document() -> Json<Value> {
    Json(openapi::document())
}

/// The contract as a page.
pub async fn page() -> Response {
    let policy = "default-src 'none'; style-src 'unsafe-inline'";
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(openapi::page())).into_response()
}

/// The process lives.
pub async fn live() -> &'static str {
    "ok\n"
}

/// Tasks can be taken, and their results kept.
pub async fn ready(State(app): State<Shared>) -> Response {
    let reserve = app.options.disk_reserve;
    let fault = if *app.stopping.borrow() {
        "the server stops".to_owned()
    } else if !app.store.answers().await {
        "its database does not answer".to_owned()
    } else {
        match app.results.probe(app.aside(), reserve).await {
            Ok(()) => return "ok\n".into_response(),
            Err(fault) if fault.kind() == ErrorKind::StorageFull && fault.raw_os_error().is_none() => fault.to_string(),
            _ => "nothing can be written where results are kept".to_owned(),
        }
    };
    Problem::new(StatusCode::SERVICE_UNAVAILABLE, "not_ready", fault).retry(5).into_response()
}

/// Counters for Prometheus.
pub async fn metrics(State(app): State<Shared>) -> Result<Response, Problem> {
    let text = app.metrics.text(&app.store.counts().await?);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}
