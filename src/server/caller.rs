//! Who calls: the key of a request, looked up once, how often it may ask, and what is left of that on the answer.

use super::app::Shared;
use super::clock;
use super::problem::Problem;
use super::rate::{Call, Quota};
use super::store::Key;
use axum::extract::{FromRequestParts, OptionalFromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Seconds of a day.
const DAY: u32 = 86_400;

/// The key of a call; none where it has none.
#[derive(Debug, Clone)]
struct Caller(Result<Option<Key>, Problem>);

/// Looks up the key of a call, refuses what comes too fast, and writes on the answer what is left.
pub async fn known(State(app): State<Shared>, mut request: Request, next: Next) -> Response {
    let day = clock::day(clock::now());
    let found = key(&app, request.headers(), &day).await;
    request.extensions_mut().insert(Caller(found.clone()));
    let Ok(Some(mut key)) = found else { return next.run(request).await };
    let call = match (request.method(), request.uri().path()) {
        (&Method::POST, "/api/render") => Call::Render,
        _ => Call::Read,
    };
    let quota = match app.limiter.take(key.id, call).await {
        Ok(quota) => quota,
        Err(problem) => return problem.into_response(),
    };
    let mut answer = match quota.refused() {
        Some(problem) => problem.into_response(),
        None => next.run(request).await,
    };
    if call == Call::Render && answer.status().is_success() {
        key.used = app.store.used(key.id, &day).await.unwrap_or(key.used);
    }
    tell(answer.headers_mut(), &quota, &key, app.options.tiers.of(key.tier).exports_a_day);
    answer
}

async fn key(app: &Shared, headers: &HeaderMap, day: &str) -> Result<Option<Key>, Problem> {
    let Some(given) = headers.get("x-api-key") else { return Ok(None) };
    match app.store.key(given.to_str().unwrap_or_default(), day).await? {
        Some(key) => Ok(Some(key)),
        None => Err(refusal("the key in X-API-Key is not valid, or was revoked")),
    }
}

fn refusal(words: &str) -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "key", words)
}

/// `RateLimit-Policy` and `RateLimit` (draft-ietf-httpapi-ratelimit-headers).
fn tell(headers: &mut HeaderMap, quota: &Quota, key: &Key, exports_a_day: Option<u32>) {
    let name = quota.call.name();
    let mut policy = format!("\"{name}\";q={};w={}", quota.burst, quota.window);
    let mut left = format!("\"{name}\";r={};t={}", quota.left, quota.again);
    if let Some(limit) = exports_a_day {
        let tomorrow = clock::until_tomorrow(clock::now());
        policy += &format!(", \"day\";q={limit};w={DAY}");
        left += &format!(", \"day\";r={};t={tomorrow}", limit.saturating_sub(key.used));
    }
    for (name, value) in [("ratelimit-policy", policy), ("ratelimit", left)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let found = <Self as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await?;
        found.ok_or_else(|| refusal("the header X-API-Key is missing"))
    }
}

impl<S: Send + Sync> OptionalFromRequestParts<S> for Key {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Problem> {
        parts.extensions.get::<Caller>().map_or(Ok(None), |caller| caller.0.clone())
    }
}
