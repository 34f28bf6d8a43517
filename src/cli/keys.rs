//! `mapwright keys`: what an operator does with keys.

use super::output;
use super::place::{Kept, PlaceArgs};
use clap::{Args, Subcommand};
use mapwright::server::{KeyRow, Place, Tier, rfc3339};
use mapwright::{Error, Result};

/// Whose keys, and what to do with them.
#[derive(Debug, Args)]
pub struct KeysArgs {
    #[command(subcommand)]
    act: KeysAct,
    #[command(flatten)]
    place: PlaceArgs,
}

/// What is done with keys.
#[derive(Debug, Subcommand)]
enum KeysAct {
    /// Make a key and print it: it is seen this once
    Create {
        /// free, basic, pro or enterprise
        #[arg(long, default_value = "free")]
        tier: String,
        /// A name to know it by
        #[arg(long, default_value = "")]
        name: String,
    },
    /// List keys by their beginnings
    List,
    /// Give a key another secret and print it: name, use and exports stay
    Rotate {
        /// Its number
        key: i64,
    },
    /// Revoke a key
    Revoke {
        /// Its number, its name or its beginning
        key: String,
    },
}

/// Runs `keys`.
pub fn run(args: &KeysArgs) -> Result<()> {
    output::print(&args.place.run(async |place| act(&args.act, place).await)?)
}

async fn act(act: &KeysAct, place: &Place) -> Result<String> {
    let kept = Kept::open(place, matches!(act, KeysAct::Create { .. })).await?;
    let (store, fault) = (&kept.store, |fault: sqlx::Error| kept.fault(fault));
    match act {
        KeysAct::Create { tier, name } => {
            let tier = Tier::find(tier).ok_or_else(|| {
                Error::request("tier", format!("\"{tier}\": expected free, basic, pro or enterprise"))
            })?;
            let made = store.create_key(name, tier).await.map_err(fault)?;
            // Not where scripts read the key.
            eprintln!("secret that signs its webhooks, shown only now: {}", made.hook_secret);
            Ok(made.key + "\n")
        }
        KeysAct::List => {
            let rows = store.keys().await.map_err(fault)?;
            let line = |row: &KeyRow| {
                let state = row.revoked_at.map_or("valid".into(), |time| format!("revoked {}", rfc3339(time)));
                format!(
                    "{}\t{}…\t{}\t{}\t{}\t{state}\n",
                    row.id,
                    row.shown,
                    row.tier.id(),
                    row.name,
                    rfc3339(row.created_at)
                )
            };
            Ok(rows.iter().map(line).collect())
        }
        KeysAct::Rotate { key } => match store.rotate_key(None, *key).await.map_err(fault)? {
            None => {
                Err(Error::request("key", format!("{key} is no valid key's number; `mapwright keys list` shows them")))
            }
            Some(made) => {
                let deed = store.note(made.row.account, "operator", "key_rotated", &made.row.shown).await;
                deed.map_err(fault)?;
                Ok(made.key + "\n")
            }
        },
        KeysAct::Revoke { key } => match store.revoke_key(key).await.map_err(fault)? {
            0 => Err(Error::request("key", format!("\"{key}\" is no valid key's number, name or beginning"))),
            count => Ok(format!("{count} revoked\n")),
        },
    }
}
