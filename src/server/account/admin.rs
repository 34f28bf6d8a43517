//! The operator's view, for accounts with that role: people, tiers, use, failures; and what is stopped there.

use super::body::Body;
use super::own;
use super::session::Admin;
use crate::format::Tier;
use crate::server::app::Shared;
use crate::server::clock;
use crate::server::problem::Problem;
use crate::server::store::Account;
use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

/// Rows of a page.
const ROWS: u32 = 50;

/// What is looked for, and after which row.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sought {
    #[serde(default)]
    search: String,
    #[serde(default = "last")]
    before: i64,
}

fn last() -> i64 {
    i64::MAX
}

fn told(account: &Account, used: u32) -> Value {
    json!({
        "id": account.id, "email": account.email, "tier": account.tier, "admin": account.is_admin, "exports": used,
        "created_at": clock::rfc3339(account.created_at), "verified": account.verified_at.is_some(),
        "disabled_at": account.disabled_at.map(clock::rfc3339),
    })
}

/// People of each tier, today's exports, the last failures, the last deeds.
pub async fn overview(State(app): State<Shared>, _: Admin) -> Result<Response, Problem> {
    let today = clock::day(clock::now());
    let tiers: Vec<Value> = app
        .store
        .tiers(&today)
        .await?
        .into_iter()
        .map(|(tier, accounts, exports)| json!({ "tier": tier, "accounts": accounts, "exports": exports }))
        .collect();
    let failures = app.store.failures(ROWS).await?;
    let failures: Vec<Value> = failures
        .iter()
        .map(|task| {
            json!({
                "task_id": task.id, "key": task.key, "code": task.code, "error": task.error,
                "finished_at": task.finished_at.map(clock::rfc3339),
            })
        })
        .collect();
    Ok(Json(json!({ "day": today, "tiers": tiers, "failures": failures, "log": app.store.deeds(None, ROWS).await? }))
        .into_response())
}

/// People whose address holds a text.
pub async fn accounts(State(app): State<Shared>, _: Admin, Query(sought): Query<Sought>) -> Result<Response, Problem> {
    let today = clock::day(clock::now());
    let mut rows = Vec::new();
    for account in app.store.accounts(&sought.search, sought.before, ROWS).await? {
        let days = app.store.days(account.id, &today).await?;
        rows.push(told(&account, days.first().map_or(0, |(_, exports)| *exports)));
    }
    Ok(Json(json!({ "accounts": rows })).into_response())
}

/// One account with its keys and what was done with it.
pub async fn account(State(app): State<Shared>, _: Admin, Path(id): Path<i64>) -> Result<Response, Problem> {
    let account = app.store.account_by_id(id).await?.ok_or_else(|| Problem::unknown("account"))?;
    let days = app.store.days(id, &clock::day(clock::now())).await?;
    let mut told = told(&account, days.first().map_or(0, |(_, exports)| *exports));
    told["keys"] = app.store.keys_of(id).await?.iter().map(own::row).collect();
    told["log"] = json!(app.store.deeds(Some(id), ROWS).await?);
    Ok(Json(told).into_response())
}

/// What is changed of an account.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    tier: Option<String>,
    disabled: Option<bool>,
}

/// Another tier; stopped, or let go on.
pub async fn change(
    State(app): State<Shared>,
    Admin(admin): Admin,
    Path(id): Path<i64>,
    Body(change): Body<Change>,
) -> Result<Response, Problem> {
    let tier = match change.tier.as_deref().map(|tier| (tier, Tier::find(tier))) {
        None => None,
        Some((_, Some(tier))) => Some(tier),
        Some((given, None)) => {
            return Err(Problem::field("tier", format!("\"{given}\": expected free, basic, pro or enterprise")));
        }
    };
    if change.disabled == Some(true) && id == admin.account.id {
        return Err(Problem::field("disabled", "nobody stops the account they are signed in with"));
    }
    if app.store.account_by_id(id).await?.is_none() {
        return Err(Problem::unknown("account"));
    }
    if let Some(tier) = tier {
        app.store.set_tier(id, tier).await?;
        app.store.note(Some(id), &admin.actor(), "tier_set", tier.id()).await?;
    }
    if let Some(disabled) = change.disabled {
        app.store.set_disabled(id, disabled).await?;
        app.store.note(Some(id), &admin.actor(), if disabled { "disabled" } else { "enabled" }, "").await?;
    }
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The end of anybody's key.
pub async fn stop_key(
    State(app): State<Shared>,
    Admin(admin): Admin,
    Path(id): Path<i64>,
) -> Result<Response, Problem> {
    let (owner, _) = app.store.owner(id).await?;
    if !app.store.revoke_key_of(None, id).await? {
        return Err(Problem::unknown("key"));
    }
    app.store.note(owner, &admin.actor(), "key_revoked", &id.to_string()).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
