//! `mapwright users`: what an operator does with accounts.

use super::output;
use super::place::{Kept, PlaceArgs};
use clap::{Args, Subcommand};
use mapwright::server::{Account, Place, Tier, rfc3339};
use mapwright::{Error, Result};

/// Rows that are listed.
const ROWS: u32 = 10_000;

/// Whose accounts, and what to do with them.
#[derive(Debug, Args)]
pub struct UsersArgs {
    #[command(subcommand)]
    act: UsersAct,
    #[command(flatten)]
    place: PlaceArgs,
}

/// What is done with accounts.
#[derive(Debug, Subcommand)]
enum UsersAct {
    /// List accounts, newest first
    List {
        /// Only those whose address holds this
        #[arg(default_value = "")]
        search: String,
    },
    /// Set what an account's keys may
    SetTier {
        /// Its address
        email: String,
        /// free, basic, pro or enterprise
        tier: String,
    },
    /// Let an account see and change those of others, or no longer
    SetRole {
        /// Its address
        email: String,
        /// admin or user
        role: String,
    },
    /// Stop an account, its sessions and its keys
    Disable {
        /// Its address
        email: String,
    },
    /// Let a stopped account go on
    Enable {
        /// Its address
        email: String,
    },
}

/// Runs `users`.
pub fn run(args: &UsersArgs) -> Result<()> {
    output::print(&args.place.run(async |place| act(&args.act, place).await)?)
}

async fn act(act: &UsersAct, place: &Place) -> Result<String> {
    let kept = Kept::open(place, false).await?;
    let (store, fault) = (&kept.store, |fault: sqlx::Error| kept.fault(fault));
    let email = match act {
        UsersAct::List { search } => {
            let rows = store.accounts(search, i64::MAX, ROWS).await.map_err(fault)?;
            return Ok(rows.iter().map(line).collect());
        }
        UsersAct::SetTier { email, .. }
        | UsersAct::SetRole { email, .. }
        | UsersAct::Disable { email }
        | UsersAct::Enable { email } => email.trim().to_lowercase(),
    };
    let account = store.account(&email).await.map_err(fault)?;
    let account = account.ok_or_else(|| Error::request("email", format!("{email} has no account")))?;
    let (event, detail) = match act {
        UsersAct::SetTier { tier, .. } => {
            let tier = Tier::find(tier).ok_or_else(|| {
                Error::request("tier", format!("\"{tier}\": expected free, basic, pro or enterprise"))
            })?;
            store.set_tier(account.id, tier).await.map_err(fault)?;
            ("tier_set", tier.id())
        }
        UsersAct::SetRole { role, .. } => {
            let role = ["admin", "user"].into_iter().find(|known| known == role);
            let role = role.ok_or_else(|| Error::request("role", "expected admin or user"))?;
            store.set_admin(account.id, role == "admin").await.map_err(fault)?;
            ("role_set", role)
        }
        UsersAct::Disable { .. } | UsersAct::List { .. } => {
            store.set_disabled(account.id, true).await.map_err(fault)?;
            ("disabled", "")
        }
        UsersAct::Enable { .. } => {
            store.set_disabled(account.id, false).await.map_err(fault)?;
            ("enabled", "")
        }
    };
    store.note(Some(account.id), "operator", event, detail).await.map_err(fault)?;
    let account = store.account(&email).await.map_err(fault)?;
    Ok(account.as_ref().map(line).unwrap_or_default())
}

fn line(account: &Account) -> String {
    let state = match (account.disabled_at, account.verified_at) {
        (Some(time), _) => format!("disabled {}", rfc3339(time)),
        (None, None) => "unconfirmed".into(),
        (None, Some(_)) => "good".into(),
    };
    let role = if account.is_admin { "admin" } else { "user" };
    let made = rfc3339(account.created_at);
    format!("{}\t{}\t{}\t{role}\t{made}\t{state}\n", account.id, account.email, account.tier.id())
}
