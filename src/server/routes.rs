//! What is answered at which address, and what all answers have in common.

use super::app::{App, Shared};
use super::problem::Problem;
use super::{account, caller, download, drain, lists, osm_org, render, status, tasks};
use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any, delete, get, post};
use http_body_util::BodyExt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::{DeadlineBody, TimeoutError};

/// Every call of the contract, but for the form of openstreetmap.org.
pub fn api() -> [(&'static str, MethodRouter<Shared>); 17] {
    [
        ("/api/render", post(render::create)),
        ("/api/render/{id}", delete(render::cancel)),
        ("/api/status/{id}", get(status::show)),
        ("/api/status/{id}/ticket", post(status::ticket)),
        ("/api/status/{id}/events", get(status::events)),
        ("/ws/task/{id}", get(status::socket)),
        ("/api/download/{id}/{format}", get(download::show)),
        ("/api/formats", get(lists::formats)),
        ("/api/styles", get(lists::styles)),
        ("/api/layers", get(lists::layers)),
        ("/api/usage", get(lists::usage)),
        ("/api/tasks", get(tasks::list)),
        ("/api/openapi.json", get(lists::document)),
        ("/api/docs", get(lists::page)),
        ("/livez", get(lists::live)),
        ("/readyz", get(lists::ready)),
        ("/metrics", get(lists::metrics)),
    ]
}

/// All of them, and the page for everything else.
pub fn routes(app: &Shared, samples: Router) -> Router {
    let exposed = [
        "content-length",
        "content-disposition",
        "retry-after",
        "location",
        "mapwright-version",
        "ratelimit",
        "ratelimit-policy",
    ];
    let allowed = ["x-api-key", "content-type", "idempotency-key"];
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers(allowed.map(HeaderName::from_static))
        .expose_headers(exposed.map(HeaderName::from_static));
    let api = api().into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    let api = api
        .route("/api/{*rest}", any(|| async { Problem::unknown("call") }))
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "this address does not take this method")
        })
        .route_layer(middleware::from_fn_with_state(app.clone(), caller::known))
        .layer(middleware::from_fn_with_state(app.clone(), shaped))
        .layer(cors);
    let page = ServeDir::new(&app.options.page).precompressed_br();
    let router = Router::new()
        .merge(api)
        .merge(account::routes(app).layer(middleware::from_fn_with_state(app.clone(), shaped)))
        .with_state(app.clone())
        .merge(samples)
        .merge(osm_org::routes(app.pool.clone(), app.sources.clone(), app.options.form))
        .fallback_service(page)
        .layer(DefaultBodyLimit::max(app.options.body_limit))
        .layer(middleware::from_fn_with_state(app.clone(), watched))
        .layer(CatchPanicLayer::custom(|_| Problem::internal(&"a handler panicked").into_response()));
    secured(router)
}

/// Counts answers, and ends the wait for a body that does not come: 408.
async fn watched(State(app): State<Shared>, request: Request, next: Next) -> Response {
    // What is called as in the original answers in lines of text as the original does.
    let lines = ["/api/0.6/", "/export/", "/cgi-bin/"].iter().any(|path| request.uri().path().starts_with(path));
    let late = Arc::new(AtomicBool::new(false));
    let answer = match request.body().is_end_stream() {
        true => next.run(request).await,
        false => {
            let (limit, late) = (app.options.connections.body, late.clone());
            let told = move |fault: axum::BoxError| {
                late.fetch_or(fault.is::<TimeoutError>(), Ordering::Relaxed);
                fault
            };
            next.run(request.map(|body| Body::new(DeadlineBody::new(limit, body).map_err(told)))).await
        }
    };
    let answer = if late.load(Ordering::Relaxed) { too_late(&app, answer, lines) } else { answer };
    app.metrics.answer(answer.status().as_u16());
    answer
}

/// Makes another answer that of a body which did not come in time. It keeps the headers that every answer has.
fn too_late(app: &App, answer: Response, lines: bool) -> Response {
    let detail = format!("the body did not come within {} s", app.options.connections.body.as_secs_f64());
    let mut late = match lines {
        true => (StatusCode::REQUEST_TIMEOUT, detail).into_response(),
        false => Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", detail).into_response(),
    };
    late.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    for (name, value) in answer.headers() {
        if name.as_str().starts_with("access-control-") {
            late.headers_mut().insert(name, value.clone());
        }
    }
    late
}

/// Gives answers of the API that are not ours the form of all errors.
async fn shaped(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > app.options.body_limit) {
        drain::drain(request).await;
        return too_large(&app);
    }
    let answer = next.run(request).await;
    let plain = answer.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/problem+json");
    match answer.status() {
        StatusCode::PAYLOAD_TOO_LARGE if plain => too_large(&app),
        StatusCode::BAD_REQUEST if plain => {
            Problem::new(StatusCode::BAD_REQUEST, "bad_request", "the address or a header is not what this call takes")
                .into_response()
        }
        _ => answer,
    }
}

fn too_large(app: &App) -> Response {
    let detail = format!("the body is larger than {} bytes", app.options.body_limit);
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail).into_response()
}

/// Headers on every answer. The page's own Content-Security-Policy stands in its HTML.
fn secured(app: Router) -> Router {
    let headers: [(HeaderName, &'static str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-cache"),
        (HeaderName::from_static("mapwright-version"), env!("CARGO_PKG_VERSION")),
    ];
    headers.into_iter().fold(app, |app, (name, value)| {
        app.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)))
    })
}
