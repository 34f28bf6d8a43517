//! Who is signed in: the session's cookie, and what a write has to bring besides.

use crate::server::app::{App, Shared};
use crate::server::listen::Peer;
use crate::server::problem::Problem;
use crate::server::random;
use crate::server::store::{Account, SESSION_DAYS};
use axum::extract::{FromRequestParts, OptionalFromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use subtle::ConstantTimeEq;

/// The header that repeats what `GET /api/account` tells.
pub const CSRF: &str = "x-csrf-token";

/// Somebody who is signed in.
#[derive(Debug, Clone)]
pub struct Member {
    /// Who it is.
    pub account: Account,
    /// The secret of the session.
    pub secret: String,
}

/// The same, who brought what other pages cannot know: writes demand it.
#[derive(Debug, Clone)]
pub struct Writer(pub Member);

/// The same, who may see and change the accounts of others.
#[derive(Debug, Clone)]
pub struct Admin(pub Member);

impl Member {
    /// What writes have to repeat: it follows from the secret, which no script of any page can read.
    pub fn csrf(&self) -> String {
        random::hash(&format!("csrf {}", self.secret))
    }

    /// How deeds of theirs are signed.
    pub fn actor(&self) -> String {
        format!("account {}", self.account.id)
    }
}

/// The name of a cookie; browsers accept `__Host-` from TLS alone, for this host alone.
fn named(app: &App, name: &str) -> String {
    if app.options.accounts.is_secure() { format!("__Host-{name}") } else { name.to_owned() }
}

/// A header that sets a cookie for so many seconds; 0 removes it.
pub fn cookie(app: &App, name: &str, value: &str, seconds: i64) -> HeaderValue {
    let secure = if app.options.accounts.is_secure() { "; Secure" } else { "" };
    let name = named(app, name);
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

/// The value of a cookie.
pub fn value(app: &App, headers: &HeaderMap, name: &str) -> Option<String> {
    let name = named(app, name);
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut all = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    all.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// The cookie of a session.
pub const SESSION: &str = "session";
/// How long a browser keeps it, s.
pub const SECONDS: i64 = SESSION_DAYS * 86_400;

/// Refuses what a page of another origin sends: browsers say where a write comes from.
///
/// # Errors
/// 403.
pub fn same_origin(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    let Some(origin) = headers.get(header::ORIGIN) else { return Ok(()) };
    let origin = origin.to_str().unwrap_or_default();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let same = origin == app.options.accounts.base()
        || host.is_some_and(|host| origin.split_once("://").is_some_and(|(_, rest)| rest == host));
    if same {
        return Ok(());
    }
    Err(Problem::new(StatusCode::FORBIDDEN, "origin", "pages of other origins may not do this"))
}

/// The network a call comes from; behind a proxy, that which the proxy saw.
pub fn network(app: &App, parts: &Parts) -> String {
    let told = parts.headers.get("x-forwarded-for").filter(|_| app.options.accounts.proxy);
    let last = told.and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
    let peer = parts.extensions.get::<Peer>().map(|peer| peer.0);
    last.or(peer).map_or_else(|| "unknown".into(), super::gate::network)
}

impl FromRequestParts<Shared> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let found = <Self as OptionalFromRequestParts<Shared>>::from_request_parts(parts, app).await?;
        found.ok_or_else(|| Problem::new(StatusCode::UNAUTHORIZED, "session", "sign in first"))
    }
}

impl OptionalFromRequestParts<Shared> for Member {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Option<Self>, Problem> {
        if !app.options.accounts.are_on() {
            return Ok(None);
        }
        let Some(secret) = value(app, &parts.headers, SESSION) else { return Ok(None) };
        let account = app.store.session(&secret).await?;
        Ok(account.map(|account| Self { account, secret }))
    }
}

impl FromRequestParts<Shared> for Writer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        same_origin(app, &parts.headers)?;
        let member = <Member as FromRequestParts<Shared>>::from_request_parts(parts, app).await?;
        let given = parts.headers.get(CSRF).map(HeaderValue::as_bytes).unwrap_or_default();
        if !bool::from(given.ct_eq(member.csrf().as_bytes())) {
            let detail = "the header X-CSRF-Token is missing or old; GET /api/account tells it";
            return Err(Problem::new(StatusCode::FORBIDDEN, "csrf", detail));
        }
        Ok(Self(member))
    }
}

impl FromRequestParts<Shared> for Admin {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Problem> {
        let member = match parts.method.is_safe() {
            true => <Member as FromRequestParts<Shared>>::from_request_parts(parts, app).await?,
            false => Writer::from_request_parts(parts, app).await?.0,
        };
        // Whoever may not is not told that there is something.
        if member.account.is_admin { Ok(Self(member)) } else { Err(Problem::unknown("call")) }
    }
}
