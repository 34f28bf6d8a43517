//! Signing in with GitHub (OAuth 2.0) and Google (OpenID Connect): a state that belongs to one browser and is good once, PKCE
//! (RFC 7636), and a nonce that the token repeats.

use super::session;
use super::settings::Provider;
use super::sign;
use crate::server::app::{App, Shared};
use crate::server::problem::Problem;
use crate::server::source::agent;
use crate::server::store::Flow;
use axum::extract::{Path, Query, State};
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use oauth2::basic::BasicClient;
use oauth2::{
    AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndpointNotSet, EndpointSet, HttpRequest,
    HttpResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, Scope, TokenResponse, TokenUrl,
};
use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreProviderMetadata};
use openidconnect::{IssuerUrl, Nonce};
use serde::Deserialize;
use std::time::Duration;

/// The cookie that ties a login elsewhere to the browser that began it.
const COOKIE: &str = "flow";
/// How long it lasts, s.
const SECONDS: i64 = 600;
/// How long a provider is waited for.
const PATIENCE: Duration = Duration::from_secs(15);
/// Most bytes of an answer of a provider.
const MOST: u64 = 1 << 20;

/// Where GitHub is.
const GITHUB: (&str, &str) = ("https://github.com", "https://api.github.com");
/// Who Google is.
const GOOGLE: &str = "https://accounts.google.com";

/// A person as a provider knows it.
struct Person {
    subject: String,
    /// An address that the provider verified.
    email: String,
}

/// Why a login elsewhere failed: said to the person, told to the log.
type Failed = String;

/// One question to a provider.
fn ask(request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
    let (head, body) = agent(PATIENCE).run(request)?.into_parts();
    Ok(HttpResponse::from_parts(head, body.into_with_config().limit(MOST).read_to_vec()?))
}

fn redirect(app: &App, provider: &str) -> String {
    format!("{}/api/auth/oauth/{provider}/callback", app.options.accounts.base())
}

type GitHub = BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

fn github(settings: &Provider, redirect: String) -> Result<GitHub, Failed> {
    let place = settings.url.as_deref().unwrap_or(GITHUB.0).trim_end_matches('/');
    let fault = |fault: url::ParseError| fault.to_string();
    Ok(BasicClient::new(ClientId::new(settings.id.clone()))
        .set_client_secret(ClientSecret::new(settings.secret.0.clone()))
        .set_auth_uri(AuthUrl::new(format!("{place}/login/oauth/authorize")).map_err(fault)?)
        .set_token_uri(TokenUrl::new(format!("{place}/login/oauth/access_token")).map_err(fault)?)
        .set_redirect_uri(RedirectUrl::new(redirect).map_err(fault)?))
}

/// What Google says of itself, and keys that its tokens are signed with.
fn google(settings: &Provider) -> Result<CoreProviderMetadata, Failed> {
    let issuer = settings.url.as_deref().unwrap_or(GOOGLE).to_owned();
    let issuer = IssuerUrl::new(issuer).map_err(|fault| fault.to_string())?;
    CoreProviderMetadata::discover(&issuer, &ask).map_err(|fault| fault.to_string())
}

macro_rules! google_client {
    ($settings:expr, $redirect:expr) => {
        CoreClient::from_provider_metadata(
            google($settings)?,
            ClientId::new($settings.id.clone()),
            Some(ClientSecret::new($settings.secret.0.clone())),
        )
        .set_redirect_uri(RedirectUrl::new($redirect).map_err(|fault| fault.to_string())?)
    };
}

/// Where the person is sent, the state that comes back, and what is kept until then.
fn begun(name: &str, settings: &Provider, redirect: String) -> Result<(String, String, Flow), Failed> {
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let flow = |nonce: String| Flow { provider: name.into(), verifier: verifier.secret().clone(), nonce };
    if name == "github" {
        let client = github(settings, redirect)?;
        let to = client.authorize_url(CsrfToken::new_random).add_scope(Scope::new("user:email".into()));
        let (to, state) = to.set_pkce_challenge(challenge).url();
        return Ok((to.into(), state.into_secret(), flow(String::new())));
    }
    let client = google_client!(settings, redirect);
    let to = client.authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random);
    let (to, state, nonce) = to.add_scope(Scope::new("email".into())).set_pkce_challenge(challenge).url();
    Ok((to.into(), state.into_secret(), flow(nonce.secret().clone())))
}

/// Who came back with a code.
fn came(settings: &Provider, redirect: String, code: String, flow: Flow) -> Result<Person, Failed> {
    let verifier = PkceCodeVerifier::new(flow.verifier);
    let code = AuthorizationCode::new(code);
    if flow.provider == "github" {
        let client = github(settings, redirect)?;
        let token = client.exchange_code(code).set_pkce_verifier(verifier).request(&ask);
        let token = token.map_err(|fault| fault.to_string())?;
        return of_github(settings, token.access_token().secret());
    }
    let client = google_client!(settings, redirect);
    let token = client.exchange_code(code).map_err(|fault| fault.to_string())?;
    let token = token.set_pkce_verifier(verifier).request(&ask).map_err(|fault| fault.to_string())?;
    let id = token.extra_fields().id_token().ok_or("Google gave no token of identity")?;
    let claims = id.claims(&client.id_token_verifier(), &Nonce::new(flow.nonce)).map_err(|fault| fault.to_string())?;
    let email = claims.email().filter(|_| claims.email_verified() == Some(true));
    let email = email.ok_or("Google has not verified the address")?;
    Ok(Person { subject: claims.subject().to_string(), email: email.to_lowercase() })
}

/// An address as GitHub lists it.
#[derive(Deserialize)]
struct Listed {
    email: String,
    primary: bool,
    verified: bool,
}

fn of_github(settings: &Provider, token: &str) -> Result<Person, Failed> {
    let place = settings.api.as_deref().or(settings.url.as_deref()).unwrap_or(GITHUB.1).trim_end_matches('/');
    let get = |path: &str| {
        let mut answer = agent(PATIENCE)
            .get(format!("{place}{path}"))
            .header("authorization", format!("Bearer {token}"))
            .header("accept", "application/vnd.github+json")
            .call()
            .map_err(|fault| fault.to_string())?;
        let text = answer.body_mut().with_config().limit(MOST).read_to_string().map_err(|fault| fault.to_string())?;
        if answer.status().is_success() { Ok(text) } else { Err(format!("GitHub answers {}", answer.status())) }
    };
    #[derive(Deserialize)]
    struct User {
        id: u64,
    }
    let user: User = serde_json::from_str(&get("/user")?).map_err(|fault| fault.to_string())?;
    let listed: Vec<Listed> = serde_json::from_str(&get("/user/emails")?).map_err(|fault| fault.to_string())?;
    let main = listed.into_iter().find(|one| one.primary && one.verified);
    let main = main.ok_or("GitHub has no verified main address")?;
    Ok(Person { subject: user.id.to_string(), email: main.email.to_lowercase() })
}

/// Sends the person to a provider.
pub async fn begin(State(app): State<Shared>, Path(name): Path<String>) -> Result<Response, Problem> {
    let settings = app.options.accounts.provider(&name).cloned().ok_or_else(|| Problem::unknown("provider"))?;
    let back = redirect(&app, &name);
    let begun = tokio::task::spawn_blocking(move || begun(&name, &settings, back)).await;
    let begun = begun.map_err(|fault| Problem::internal(&fault))?;
    let (to, state, flow) = match begun {
        Ok(begun) => begun,
        Err(fault) => {
            eprintln!("sign-in elsewhere: {fault}");
            return Ok((StatusCode::SEE_OTHER, [(header::LOCATION, page(&app, "#failed=provider"))]).into_response());
        }
    };
    app.store.begin_flow(&state, &flow).await?;
    let set = session::cookie(&app, COOKIE, &state, SECONDS);
    Ok((StatusCode::SEE_OTHER, [(header::SET_COOKIE, set)], [(header::LOCATION, to)]).into_response())
}

/// What a provider sends back.
#[derive(Debug, Deserialize)]
pub struct Answer {
    code: Option<String>,
    state: Option<String>,
}

/// The person is back: a session begins, or the page says why not.
pub async fn callback(
    State(app): State<Shared>,
    Path(name): Path<String>,
    Query(answer): Query<Answer>,
    parts: Parts,
) -> Result<Response, Problem> {
    let held = session::value(&app, &parts.headers, COOKIE);
    let mut to = match arrived(&app, &name, answer, held, &parts).await? {
        Ok(session) => {
            let mut answer = (StatusCode::SEE_OTHER, [(header::LOCATION, page(&app, ""))]).into_response();
            if let Some(set) = session.headers().get(header::SET_COOKIE) {
                answer.headers_mut().append(header::SET_COOKIE, set.clone());
            }
            answer
        }
        Err(why) => {
            (StatusCode::SEE_OTHER, [(header::LOCATION, page(&app, &format!("#failed={why}")))]).into_response()
        }
    };
    to.headers_mut().append(header::SET_COOKIE, session::cookie(&app, COOKIE, "", 0));
    Ok(to)
}

fn page(app: &App, rest: &str) -> String {
    format!("{}/account.html{rest}", app.options.accounts.base())
}

async fn arrived(
    app: &Shared,
    name: &str,
    answer: Answer,
    held: Option<String>,
    parts: &Parts,
) -> Result<Result<Response, &'static str>, Problem> {
    let settings = app.options.accounts.provider(name).cloned().ok_or_else(|| Problem::unknown("provider"))?;
    // Used up whatever comes of it.
    let flow = match &answer.state {
        Some(state) => app.store.end_flow(state).await?,
        None => None,
    };
    let ours = held.is_some() && held == answer.state;
    let (Some(flow), true, Some(code)) = (flow.filter(|flow| flow.provider == name), ours, answer.code) else {
        return Ok(Err("stale"));
    };
    let back = redirect(app, name);
    let found = tokio::task::spawn_blocking(move || came(&settings, back, code, flow)).await;
    let person = match found.map_err(|fault| Problem::internal(&fault))? {
        Ok(person) => person,
        Err(fault) => {
            eprintln!("sign-in elsewhere: {fault}");
            return Ok(Err("provider"));
        }
    };
    if !app.options.accounts.sign_up && app.store.account(&person.email).await?.is_none() {
        return Ok(Err("no_sign_up"));
    }
    let account = app.store.identified(name, &person.subject, &person.email).await?;
    if account.disabled_at.is_some() {
        return Ok(Err("disabled"));
    }
    sign::opened(app, parts, &account, &format!("sign_in_{name}")).await.map(Ok)
}
