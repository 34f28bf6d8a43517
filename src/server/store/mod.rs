//! What outlives the process: accounts, keys, their use, and tasks, in one SQLite file (write-ahead log), or in PostgreSQL where
//! several processes share them.

mod accept;
mod accounts;
mod audit;
mod base;
mod bell;
mod buckets;
mod claims;
mod keys;
mod listed;
mod task;
mod tasks;
mod tickets;
mod usage;

pub use accept::{Created, NewTask};
pub use accounts::{Account, Flow, Purpose, SESSION_DAYS};
pub use audit::Deed;
pub use base::Place;
pub use bell::Ring;
pub use keys::{Key, KeyRow, NewKey};
pub use listed::Owner;
pub use task::Task;
pub use tickets::TICKET;

use super::random;
use crate::error::{Error, Result};
use accept::Accepts;
use base::Base;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What made the tables what they are, oldest first; the database counts those that were done. One from before there was that
/// count has no more than the first, which finds its tables there.
const STEPS: [&str; 5] = [
    include_str!("schema.sql"),
    "ALTER TABLE task ADD COLUMN code TEXT",
    "ALTER TABLE key RENAME COLUMN plan TO tier",
    include_str!("accounts.sql"),
    include_str!("shared.sql"),
];

/// Accounts, keys, use and tasks.
#[derive(Debug, Clone)]
pub struct Store {
    base: Base,
    accepts: Accepts,
    /// The name of this process among those that claim tasks,
    worker: String,
    /// which claims one at a time.
    claiming: Arc<Mutex<()>>,
}

impl Store {
    /// Opens or creates what is kept at a place. Asks for a runtime of tokio.
    ///
    /// # Errors
    /// [`Error::Io`] where it cannot be reached or written, is none of ours, or was written by a newer program.
    pub async fn open(place: &Place) -> Result<Self> {
        let fault = |fault: &dyn std::fmt::Display| Error::Io(format!("{}: {fault}", place.name()));
        let base = Base::open(place).await.map_err(|cause| fault(&cause))?;
        let version = base.migrate(&STEPS).await.map_err(|cause| fault(&cause))?;
        if version > STEPS.len() {
            return Err(fault(&format!(
                "the database has version {version}, this program knows {}: it is older than the one that wrote it",
                STEPS.len()
            )));
        }
        let accepts = Accepts::new(base.clone());
        Ok(Self { base, accepts, worker: random::id(), claiming: Arc::default() })
    }

    /// Opens what a server that has run keeps.
    ///
    /// # Errors
    /// As [`Store::open`], and [`Error::Io`] where a folder holds nothing of the kind; nothing is made there.
    pub async fn open_existing(place: &Place) -> Result<Self> {
        if !place.is_there() {
            let words = "no server has kept anything there; expected the --data-dir of `mapwright serve`";
            return Err(Error::Io(format!("{}: {words}", place.name())));
        }
        Self::open(place).await
    }

    /// Whether it answers.
    pub async fn answers(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.base.pool).await.is_ok()
    }

    /// The address of the database, where several processes may share it.
    pub fn shared(&self) -> Option<&str> {
        self.base.shared.as_deref()
    }

    /// Writes what is open and lets go of the database.
    pub async fn close(&self) {
        self.base.pool.close().await;
    }
}
