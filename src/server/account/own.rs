//! What belongs to an account: itself, its keys, its exports, all of it as JSON, and its end.

use super::body::Body;
use super::gate::Try;
use super::password;
use super::session::{self, Member, SESSION, Writer};
use crate::server::app::Shared;
use crate::server::clock;
use crate::server::problem::Problem;
use crate::server::store::{KeyRow, NewKey, Owner};
use crate::server::tasks::{self, LATEST};
use axum::Json;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// Keys of one account at a time.
const KEYS: usize = 20;
/// Longest name of a key, characters.
const NAME: usize = 100;
/// Days of use that are told.
const DAYS: i64 = 30;
/// Deeds that are told.
const DEEDS: u32 = 100;
/// Tasks in all of it: the database keeps them for a month.
const TASKS: u32 = 10_000;

/// The account, what it may and what it used.
pub async fn show(State(app): State<Shared>, member: Member) -> Result<Response, Problem> {
    let mut told = account(&app, &member).await?;
    told["csrf"] = member.csrf().into();
    Ok(Json(told).into_response())
}

async fn account(app: &Shared, member: &Member) -> Result<Value, Problem> {
    let (now, owner) = (clock::now(), &member.account);
    let limits = app.options.tiers.of(owner.tier);
    let since = clock::day(now - (DAYS - 1) * 86_400_000);
    let days = app.store.days(owner.id, &since).await?;
    let today = clock::day(now);
    let used = days.iter().find(|(day, _)| *day == today).map_or(0, |(_, exports)| *exports);
    let every = (0..DAYS).rev().map(|back| clock::day(now - back * 86_400_000)).map(|day| {
        let exports = days.iter().find(|(known, _)| *known == day).map_or(0, |(_, exports)| *exports);
        json!({ "day": day, "exports": exports })
    });
    Ok(json!({
        "email": owner.email, "created_at": clock::rfc3339(owner.created_at), "admin": owner.is_admin,
        "password": owner.password.is_some(), "providers": app.store.identities(owner.id).await?,
        "tier": owner.tier, "limit": limits.exports_a_day, "square_km": limits.square_km, "exports": used,
        "remaining": limits.exports_a_day.map(|limit| limit.saturating_sub(used)),
        "resets_in": clock::until_tomorrow(now), "days": every.collect::<Vec<_>>(), "plans": app.options.accounts.plans,
    }))
}

/// A key as it is listed.
pub fn row(key: &KeyRow) -> Value {
    json!({
        "id": key.id, "shown": key.shown, "name": key.name, "created_at": clock::rfc3339(key.created_at),
        "revoked_at": key.revoked_at.map(clock::rfc3339),
    })
}

/// The keys of the account that are good.
pub async fn keys(State(app): State<Shared>, member: Member) -> Result<Response, Problem> {
    let keys = app.store.keys_of(member.account.id).await?;
    let good: Vec<Value> = keys.iter().filter(|key| key.revoked_at.is_none()).map(row).collect();
    Ok(Json(json!({ "keys": good })).into_response())
}

/// What a key is called.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Named {
    #[serde(default)]
    name: String,
}

impl Named {
    fn fit(self) -> Result<String, Problem> {
        let name = self.name.trim().to_owned();
        let fine = name.chars().count() <= NAME && !name.chars().any(char::is_control);
        if fine {
            Ok(name)
        } else {
            Err(Problem::field("name", format!("expected at most {NAME} characters in one line")))
        }
    }
}

/// A new key, shown this once with the secret that signs what its webhooks are told.
pub async fn create_key(
    State(app): State<Shared>,
    Writer(member): Writer,
    Body(named): Body<Named>,
) -> Result<Response, Problem> {
    let name = named.fit()?;
    let held = app.store.keys_of(member.account.id).await?;
    if held.iter().filter(|key| key.revoked_at.is_none()).count() >= KEYS {
        let detail = format!("an account has at most {KEYS} keys; revoke one");
        return Err(Problem::new(StatusCode::CONFLICT, "keys", detail));
    }
    let made = app.store.create_key_of(member.account.id, &name).await?;
    app.store.note(Some(member.account.id), &member.actor(), "key_created", &made.row.shown).await?;
    Ok((StatusCode::CREATED, Json(shown_once(&made))).into_response())
}

fn shown_once(made: &NewKey) -> Value {
    let mut told = row(&made.row);
    told["key"] = made.key.clone().into();
    told["hook_secret"] = made.hook_secret.clone().into();
    told
}

/// Another name.
pub async fn rename_key(
    State(app): State<Shared>,
    Writer(member): Writer,
    Path(id): Path<i64>,
    Body(named): Body<Named>,
) -> Result<Response, Problem> {
    let name = named.fit()?;
    if !app.store.rename_key(member.account.id, id, &name).await? {
        return Err(Problem::unknown("key"));
    }
    app.store.note(Some(member.account.id), &member.actor(), "key_renamed", &name).await?;
    Ok(Json(json!({ "id": id, "name": name })).into_response())
}

/// A new key in place of one, which is good no longer.
pub async fn rotate_key(
    State(app): State<Shared>,
    Writer(member): Writer,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let made = app.store.rotate_key(Some(member.account.id), id).await?.ok_or_else(|| Problem::unknown("key"))?;
    app.store.note(Some(member.account.id), &member.actor(), "key_rotated", &made.row.shown).await?;
    Ok((StatusCode::CREATED, Json(shown_once(&made))).into_response())
}

/// The end of a key.
pub async fn revoke_key(
    State(app): State<Shared>,
    Writer(member): Writer,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    if !app.store.revoke_key_of(Some(member.account.id), id).await? {
        return Err(Problem::unknown("key"));
    }
    app.store.note(Some(member.account.id), &member.actor(), "key_revoked", &id.to_string()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// All that is kept of an account.
pub async fn data(State(app): State<Shared>, member: Member) -> Result<Response, Problem> {
    let id = member.account.id;
    let keys: Vec<Value> = app.store.keys_of(id).await?.iter().map(row).collect();
    let days = app.store.days(id, "").await?;
    let days: Vec<Value> = days.iter().map(|(day, exports)| json!({ "day": day, "exports": exports })).collect();
    let mut tasks = Vec::new();
    for task in app.store.tasks(Owner::Account(id), LATEST, TASKS).await? {
        tasks.push(tasks::row(&app, &task).await?);
    }
    let told = json!({
        "account": account(&app, &member).await?, "keys": keys, "days": days, "tasks": tasks,
        "log": app.store.deeds(Some(id), u32::MAX).await?,
    });
    let attached = [(header::CONTENT_DISPOSITION, "attachment; filename=\"mapwright-account.json\"")];
    Ok((attached, Json(told)).into_response())
}

/// What was done with the account, newest first.
pub async fn log(State(app): State<Shared>, member: Member) -> Result<Response, Problem> {
    Ok(Json(json!({ "log": app.store.deeds(Some(member.account.id), DEEDS).await? })).into_response())
}

/// Who ends an account shows that it is theirs.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Proof {
    #[serde(default)]
    password: String,
    #[serde(default)]
    email: String,
}

/// The end of an account and of all that is its own.
pub async fn delete(
    State(app): State<Shared>,
    Writer(member): Writer,
    Body(proof): Body<Proof>,
) -> Result<Response, Problem> {
    let owner = &member.account;
    let proven = match &owner.password {
        Some(hash) => {
            app.gate.take(Try::SignIn, &owner.email, app.options.accounts.tries_an_hour).await?;
            password::matches(&app.metrics, proof.password, Some(hash.clone())).await?
        }
        // Who signs in elsewhere has no password here: the address is typed, so that no slip of the hand does it.
        None => proof.email.trim().to_lowercase() == owner.email,
    };
    if !proven {
        let (field, what) = if owner.password.is_some() { ("password", "password") } else { ("email", "address") };
        return Err(Problem::field(field, format!("the {what} of the account is needed to end it")));
    }
    for task in app.store.delete_account(owner.id).await? {
        app.hub.turn(&task, true);
    }
    app.store.note(None, &member.actor(), "account_deleted", "").await?;
    let set = session::cookie(&app, SESSION, "", 0);
    Ok(([(header::SET_COOKIE, set)], StatusCode::NO_CONTENT).into_response())
}
