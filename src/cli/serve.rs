//! `mapwright serve` and `mapwright keys`.

use super::output;
use clap::{Args, Subcommand};
use mapwright::server::{self, ServeOptions, Store, Tier, rfc3339};
use mapwright::{Error, Result};
use std::path::{Path, PathBuf};

/// What is served, and where. What is not given here comes from the environment, then from the file, then is as usual.
#[derive(Debug, Args)]
pub struct ServeArgs {
    /// A TOML file with these settings, and with tiers
    #[arg(long, value_name = "FILE", env = "MAPWRIGHT_CONFIG")]
    config: Option<PathBuf>,
    /// Address and port [127.0.0.1:8080]
    #[arg(long, env = "MAPWRIGHT_LISTEN")]
    listen: Option<std::net::SocketAddr>,
    /// Where data come from, the first that covers an area first: file:PATH or overpass:URL; may be repeated
    #[arg(long, value_name = "file:PATH|overpass:URL", env = "MAPWRIGHT_SOURCE", value_delimiter = ' ')]
    source: Vec<String>,
    /// The built page [dist/page]
    #[arg(long, value_name = "DIR", env = "MAPWRIGHT_PAGE")]
    page: Option<PathBuf>,
    /// Keys, tasks and results [mapwright-data]
    #[arg(long, value_name = "DIR", env = "MAPWRIGHT_DATA_DIR")]
    data_dir: Option<PathBuf>,
    /// Exports made at the same time [one for each processor]
    #[arg(long, value_name = "N", env = "MAPWRIGHT_WORKERS")]
    workers: Option<usize>,
    /// Hours that results are kept [24]
    #[arg(long, value_name = "HOURS", env = "MAPWRIGHT_RETENTION_HOURS")]
    retention_hours: Option<u32>,
    /// Downloads need the key, too
    #[arg(long, env = "MAPWRIGHT_PRIVATE_DOWNLOADS")]
    private_downloads: bool,
}

/// Runs `serve`.
pub fn run(args: ServeArgs) -> Result<()> {
    let mut options = match &args.config {
        Some(path) => ServeOptions::from_file(path)?,
        None => ServeOptions::default(),
    };
    options = options.with_environment(|name| std::env::var(name).ok())?;
    options.listen = args.listen.unwrap_or(options.listen);
    options.page = args.page.unwrap_or(options.page);
    options.data_dir = args.data_dir.unwrap_or(options.data_dir);
    options.workers = args.workers.unwrap_or(options.workers);
    options.retention_hours = args.retention_hours.unwrap_or(options.retention_hours);
    options.private_downloads |= args.private_downloads;
    if !args.source.is_empty() {
        options.source = args.source;
    }
    server::serve(options.checked()?)
}

/// Which folder, and what to do there.
#[derive(Debug, Args)]
pub struct KeysArgs {
    #[command(subcommand)]
    act: KeysAct,
    /// The server's data folder
    #[arg(long, value_name = "DIR", default_value = "mapwright-data", env = "MAPWRIGHT_DATA_DIR", global = true)]
    data_dir: PathBuf,
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
pub fn keys(args: &KeysArgs) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|fault| Error::Io(fault.to_string()))?;
    output::print(&runtime.block_on(act(&args.act, &args.data_dir))?)
}

async fn act(act: &KeysAct, folder: &Path) -> Result<String> {
    let fault = |fault: &dyn std::fmt::Display| Error::Io(format!("{}: {fault}", folder.display()));
    let store = match act {
        KeysAct::Create { .. } => Store::open(folder).await?,
        KeysAct::List | KeysAct::Rotate { .. } | KeysAct::Revoke { .. } => Store::open_existing(folder).await?,
    };
    match act {
        KeysAct::Create { tier, name } => {
            let tier = Tier::find(tier).ok_or_else(|| {
                Error::request("tier", format!("\"{tier}\": expected free, basic, pro or enterprise"))
            })?;
            let made = store.create_key(name, tier).await.map_err(|cause| fault(&cause))?;
            // Not where scripts read the key.
            eprintln!("secret that signs its webhooks, shown only now: {}", made.hook_secret);
            Ok(made.key + "\n")
        }
        KeysAct::List => {
            let rows = store.keys().await.map_err(|cause| fault(&cause))?;
            let line = |row: &server::KeyRow| {
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
        KeysAct::Rotate { key } => match store.rotate_key(None, *key).await.map_err(|cause| fault(&cause))? {
            None => {
                Err(Error::request("key", format!("{key} is no valid key's number; `mapwright keys list` shows them")))
            }
            Some(made) => {
                let deed = store.note(made.row.account, "operator", "key_rotated", &made.row.shown).await;
                deed.map_err(|cause| fault(&cause))?;
                Ok(made.key + "\n")
            }
        },
        KeysAct::Revoke { key } => match store.revoke_key(key).await.map_err(|cause| fault(&cause))? {
            0 => Err(Error::request("key", format!("\"{key}\" is no valid key's number, name or beginning"))),
            count => Ok(format!("{count} revoked\n")),
        },
    }
}
