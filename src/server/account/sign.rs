//! Signing up, in and out; addresses confirmed, passwords set anew. Answers and their times are the same whether an address has
//! an account or not.

use super::body::Body;
use super::gate::Try;
use super::letter::{self, Subject, Tongue};
use super::password;
use super::session::{self, Member, SECONDS, SESSION, Writer};
use crate::server::app::{App, Shared};
use crate::server::problem::Problem;
use crate::server::store::{Account, Purpose};
use axum::Json;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;

/// Longest address (RFC 5321 §4.5.3.1.3).
const LONGEST: usize = 254;

/// An address and a password.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credentials {
    email: String,
    password: String,
}

/// The secret of a letter.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Token {
    token: String,
}

/// Who wants another password (`email`), or sets it (`token` of the letter, `password`).
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reset {
    email: Option<String>,
    token: Option<String>,
    password: Option<String>,
}

/// Lower case, as all addresses are kept.
fn address(email: &str) -> Result<String, Problem> {
    let email = email.trim().to_lowercase();
    let fine = email.len() <= LONGEST && email.parse::<lettre::Address>().is_ok();
    if fine { Ok(email) } else { Err(Problem::field("email", "expected an address such as anna@example.org")) }
}

/// What is said whoever asks.
fn on_its_way() -> Response {
    let detail = "a letter is on its way to this address, where that is possible";
    (StatusCode::ACCEPTED, Json(json!({ "detail": detail }))).into_response()
}

fn tongue(parts: &Parts) -> Tongue {
    let header = parts.headers.get(header::ACCEPT_LANGUAGE).and_then(|header| header.to_str().ok());
    Tongue::of(header.unwrap_or_default())
}

/// Whether a letter may leave for an address: nobody's letter box is filled.
async fn may_write(app: &App, email: &str) -> bool {
    app.gate.take(Try::Letter, email, app.options.accounts.letters_an_hour).await.is_ok()
}

/// Writes a letter; that of a sign-up sets the password of which `hash` is given.
async fn write(
    app: &App,
    account: &Account,
    subject: Subject,
    hash: Option<&str>,
    tongue: Tongue,
) -> Result<(), Problem> {
    let secret = match subject {
        Subject::Verify => app.store.write_letter(account.id, Purpose::Verify, hash).await?,
        Subject::Reset => app.store.write_letter(account.id, Purpose::Reset, None).await?,
        Subject::Known => String::new(),
    };
    letter::send(&app.options.accounts, &account.email, subject, &secret, tongue);
    Ok(())
}

/// A new account, once its address is confirmed.
pub async fn register(
    State(app): State<Shared>,
    parts: Parts,
    Body(given): Body<Credentials>,
) -> Result<Response, Problem> {
    session::same_origin(&app, &parts.headers)?;
    let settings = &app.options.accounts;
    if settings.mail.is_none() || !settings.sign_up {
        let detail = "nobody signs up here by e-mail";
        return Err(Problem::new(StatusCode::FORBIDDEN, "no_sign_up", detail));
    }
    let email = address(&given.email)?;
    password::fit(&given.password, &email)?;
    let domain = email.rsplit('@').next().unwrap_or_default();
    if settings.disposable.iter().any(|known| domain == known || domain.ends_with(&format!(".{known}"))) {
        return Err(Problem::field("email", "addresses that are thrown away are not taken; use another"));
    }
    let network = session::network(&app, &parts);
    app.gate.take(Try::SignUp, &network, settings.sign_ups_an_hour).await?;
    let hash = password::hash(&app.metrics, given.password).await?;
    let tongue = tongue(&parts);
    later(&app, move |app| async move { sign_up(&app, &email, &hash, &network, tongue).await });
    Ok(on_its_way())
}

/// Makes the account, or tells the owner of the one there is.
async fn sign_up(app: &App, email: &str, hash: &str, network: &str, tongue: Tongue) -> Result<(), Problem> {
    let (account, subject) = match app.store.create_account(email, Some(hash)).await? {
        Some(account) => {
            app.store.note(Some(account.id), network, "sign_up", "").await?;
            (Some(account), Subject::Verify)
        }
        None => {
            let known = app.store.account(email).await?;
            let verified = known.as_ref().is_some_and(|account| account.verified_at.is_some());
            (known, if verified { Subject::Known } else { Subject::Verify })
        }
    };
    // Who confirms the address has the password of their own sign-up, whoever signed up with it before or after.
    if let Some(account) = account.filter(|account| account.disabled_at.is_none())
        && may_write(app, &account.email).await
    {
        write(app, &account, subject, Some(hash), tongue).await?;
    }
    Ok(())
}

/// Does after the answer what would tell by its time who has an account.
fn later<F>(app: &Shared, work: impl FnOnce(Shared) -> F + Send + 'static)
where
    F: Future<Output = Result<(), Problem>> + Send + 'static,
{
    let work = work(app.clone());
    tokio::spawn(async move {
        if let Err(problem) = work.await {
            eprintln!("accounts: {}", problem.detail);
        }
    });
}

/// An address is confirmed.
pub async fn verify(State(app): State<Shared>, parts: Parts, Body(given): Body<Token>) -> Result<Response, Problem> {
    session::same_origin(&app, &parts.headers)?;
    let (account, hash) = app.store.take_letter(&given.token, Purpose::Verify).await?.ok_or_else(void)?;
    app.store.verify(account.id, hash.as_deref()).await?;
    app.store.note(Some(account.id), &session::network(&app, &parts), "verified", "").await?;
    Ok(Json(json!({ "email": account.email })).into_response())
}

fn void() -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "letter", "this link was used, or is too old; have another one sent")
}

/// A session begins.
pub async fn login(
    State(app): State<Shared>,
    parts: Parts,
    Body(given): Body<Credentials>,
) -> Result<Response, Problem> {
    session::same_origin(&app, &parts.headers)?;
    let email = given.email.trim().to_lowercase();
    let network = session::network(&app, &parts);
    let tries = app.options.accounts.tries_an_hour;
    app.gate.take(Try::SignIn, &network, tries.saturating_mul(4)).await?;
    app.gate.take(Try::SignIn, &email, tries).await?;
    let account = app.store.account(&email).await?;
    let hash = account.as_ref().and_then(|account| account.password.clone());
    let right = password::matches(&app.metrics, given.password, hash).await?;
    let Some(account) = account.filter(|account| right && account.disabled_at.is_none()) else {
        let detail = "address or password are not right";
        return Err(Problem::new(StatusCode::UNAUTHORIZED, "credentials", detail));
    };
    app.gate.give(Try::SignIn, &network).await?;
    app.gate.give(Try::SignIn, &email).await?;
    if account.verified_at.is_none() {
        if may_write(&app, &account.email).await {
            write(&app, &account, Subject::Verify, account.password.as_deref(), tongue(&parts)).await?;
        }
        let detail = "the address is not confirmed; a letter with a link is on its way";
        return Err(Problem::new(StatusCode::FORBIDDEN, "unverified", detail));
    }
    opened(&app, &parts, &account, "sign_in").await
}

/// Opens a session in place of the one there is, whose secret somebody may know.
pub async fn opened(app: &App, parts: &Parts, account: &Account, event: &str) -> Result<Response, Problem> {
    if let Some(old) = session::value(app, &parts.headers, SESSION) {
        app.store.close_session(&old).await?;
    }
    let secret = app.store.open_session(account.id).await?;
    app.store.note(Some(account.id), &session::network(app, parts), event, "").await?;
    let set = session::cookie(app, SESSION, &secret, SECONDS);
    let member = Member { account: account.clone(), secret };
    Ok(([(header::SET_COOKIE, set)], Json(json!({ "email": account.email, "csrf": member.csrf() }))).into_response())
}

/// A session ends.
pub async fn logout(State(app): State<Shared>, Writer(member): Writer) -> Result<Response, Problem> {
    app.store.close_session(&member.secret).await?;
    app.store.note(Some(member.account.id), &member.actor(), "sign_out", "").await?;
    let set = session::cookie(&app, SESSION, "", 0);
    Ok(([(header::SET_COOKIE, set)], StatusCode::NO_CONTENT).into_response())
}

/// A letter for another password is asked for, or the password set; then all sessions end.
pub async fn reset(State(app): State<Shared>, parts: Parts, Body(given): Body<Reset>) -> Result<Response, Problem> {
    session::same_origin(&app, &parts.headers)?;
    match (given.email, given.token, given.password) {
        (Some(email), None, None) => {
            let email = address(&email)?;
            app.gate.take(Try::Letter, &session::network(&app, &parts), app.options.accounts.tries_an_hour).await?;
            let tongue = tongue(&parts);
            later(&app, move |app| async move {
                let account = app.store.account(&email).await?.filter(|account| account.disabled_at.is_none());
                match account {
                    Some(account) if may_write(&app, &email).await => {
                        write(&app, &account, Subject::Reset, None, tongue).await
                    }
                    _ => Ok(()),
                }
            });
            Ok(on_its_way())
        }
        (None, Some(token), Some(password)) => {
            // Before the link is used up.
            let owner = app.store.letter(&token, Purpose::Reset).await?.ok_or_else(void)?;
            password::fit(&password, &owner.email)?;
            let hash = password::hash(&app.metrics, password).await?;
            let (account, _) = app.store.take_letter(&token, Purpose::Reset).await?.ok_or_else(void)?;
            app.store.set_password(account.id, Some(&hash)).await?;
            // Whoever reads the letters of an address has it.
            app.store.verify(account.id, None).await?;
            app.store.note(Some(account.id), &session::network(&app, &parts), "password_set", "").await?;
            Ok(Json(json!({ "email": account.email })).into_response())
        }
        _ => Err(Problem::field("request", "expected email, or token and password")),
    }
}
