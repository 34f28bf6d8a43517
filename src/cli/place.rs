//! Where a server keeps keys, accounts and tasks, as arguments name it.

use clap::Args;
use mapwright::server::{Place, Store};
use mapwright::{Error, Result};
use std::path::PathBuf;

/// Where they are kept.
#[derive(Debug, Args)]
pub struct PlaceArgs {
    /// The server's data folder
    #[arg(long, value_name = "DIR", default_value = "mapwright-data", env = "MAPWRIGHT_DATA_DIR", global = true)]
    data_dir: PathBuf,
    /// The server's PostgreSQL database, where it has one: postgres://user:password@host:port/name
    #[arg(long, value_name = "ADDRESS", env = "MAPWRIGHT_DATABASE", hide_env_values = true, global = true)]
    database: Option<String>,
}

impl PlaceArgs {
    /// Does something with what is kept there.
    pub fn run<T>(&self, work: impl AsyncFnOnce(&Place) -> Result<T>) -> Result<T> {
        let place = Place::new(&self.data_dir, self.database.as_deref())?;
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|fault| Error::Io(fault.to_string()))?;
        runtime.block_on(work(&place))
    }
}

/// What keeps keys and accounts, opened, and where it is in a word.
pub struct Kept {
    /// What is kept.
    pub store: Store,
    name: String,
}

impl Kept {
    /// Opened, made where it may be and is not there.
    pub async fn open(place: &Place, make: bool) -> Result<Self> {
        let store = if make { Store::open(place).await? } else { Store::open_existing(place).await? };
        Ok(Self { store, name: place.name() })
    }

    /// A fault of it, with its name.
    pub fn fault(&self, fault: impl std::fmt::Display) -> Error {
        Error::Io(format!("{}: {fault}", self.name))
    }
}
