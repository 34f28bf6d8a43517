//! **Accounts**: people who sign up, their sessions, keys and exports, and the operator's view of them. None of it is there
//! unless `[accounts]` is set up.

mod admin;
mod body;
mod gate;
mod letter;
mod oauth;
mod own;
mod password;
mod session;
mod settings;
mod sign;

pub use gate::Gate;
pub use session::{Member, Writer};
pub use settings::{Accounts, Mail, Provider, Secret};

use super::app::Shared;
use super::problem::Problem;
use super::tasks;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any, delete, get, post};
use serde_json::json;

/// Every call of accounts. They are for pages of this server alone: no other origin may read them.
fn calls() -> [(&'static str, MethodRouter<Shared>); 21] {
    [
        ("/api/auth", get(offered)),
        ("/api/auth/register", post(sign::register)),
        ("/api/auth/verify", post(sign::verify)),
        ("/api/auth/login", post(sign::login)),
        ("/api/auth/logout", post(sign::logout)),
        ("/api/auth/reset", post(sign::reset)),
        ("/api/auth/oauth/{provider}", get(oauth::begin)),
        ("/api/auth/oauth/{provider}/callback", get(oauth::callback)),
        ("/api/account", get(own::show).delete(own::delete)),
        ("/api/account/data", get(own::data)),
        ("/api/account/log", get(own::log)),
        ("/api/keys", get(own::keys).post(own::create_key)),
        ("/api/keys/{id}", post(own::rename_key).delete(own::revoke_key)),
        ("/api/keys/{id}/rotate", post(own::rotate_key)),
        ("/api/tasks/{id}/repeat", post(tasks::repeat)),
        ("/api/admin", get(admin::overview)),
        ("/api/admin/accounts", get(admin::accounts)),
        ("/api/admin/accounts/{id}", get(admin::account).post(admin::change)),
        ("/api/admin/keys/{id}", delete(admin::stop_key)),
        ("/api/admin/{*rest}", any(nothing)),
        ("/api/auth/{*rest}", any(nothing)),
    ]
}

async fn nothing() -> Problem {
    Problem::unknown("call")
}

/// What a page may offer: whether there are accounts, how one signs up and in.
async fn offered(State(app): State<Shared>) -> Response {
    let accounts = &app.options.accounts;
    Json(json!({
        "accounts": accounts.are_on(),
        "email": accounts.are_on() && accounts.mail.is_some(),
        "sign_up": accounts.are_on() && accounts.sign_up,
        "providers": if accounts.are_on() { accounts.providers() } else { Vec::new() },
    }))
    .into_response()
}

/// Lets calls through where there are accounts; what they answer is nobody else's.
async fn guarded(State(app): State<Shared>, request: Request, next: Next) -> Response {
    if !app.options.accounts.are_on() && request.uri().path() != "/api/auth" {
        return Problem::unknown("call").into_response();
    }
    let mut answer = next.run(request).await;
    answer.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    answer
}

/// The calls with their guard.
pub fn routes(app: &Shared) -> axum::Router<Shared> {
    let router = calls().into_iter().fold(axum::Router::new(), |router, (path, methods)| router.route(path, methods));
    router
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "this address does not take this method")
        })
        .route_layer(middleware::from_fn_with_state(app.clone(), guarded))
}
