//! What outlives the process: accounts, keys, their use, and tasks, in one SQLite file (write-ahead log).

mod accounts;
mod audit;
mod keys;
mod listed;
mod tasks;

pub use accounts::{Account, Flow, Purpose, SESSION_DAYS};
pub use audit::Deed;
pub use keys::{Key, KeyRow, NewKey};
pub use listed::Owner;
pub use tasks::{Created, NewTask, Task};

use crate::error::{Error, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Row, SqliteExecutor};
use std::path::Path;
use std::time::Duration;

/// Name of the file.
const FILE: &str = "mapwright.sqlite";
/// What made the file what it is, oldest first; `user_version` in the file counts those that were done. A file from
/// before there was that count has no more than the first, which finds its tables there.
const STEPS: [&str; 4] = [
    include_str!("schema.sql"),
    "ALTER TABLE task ADD COLUMN code TEXT",
    "ALTER TABLE key RENAME COLUMN plan TO tier",
    include_str!("accounts.sql"),
];

/// Accounts, keys, use and tasks.
#[derive(Debug, Clone)]
pub struct Store {
    pool: SqlitePool,
}

impl Store {
    /// Opens or creates `mapwright.sqlite` in a folder.
    ///
    /// # Errors
    /// [`Error::Io`] where the folder cannot be written or the file is none of ours.
    pub async fn open(folder: &Path) -> Result<Self> {
        let fault = |fault: &dyn std::fmt::Display| Error::Io(format!("{}: {fault}", folder.display()));
        std::fs::create_dir_all(folder).map_err(|cause| fault(&cause))?;
        let options = SqliteConnectOptions::new()
            .filename(folder.join(FILE))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A task that was answered with 202 must be there after the power failed.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await;
        let pool = pool.map_err(|cause| fault(&cause))?;
        let store = Self { pool };
        match store.migrate().await.map_err(|cause| fault(&cause))? {
            version if version > STEPS.len() => Err(fault(&format!(
                "mapwright.sqlite has version {version}, this program knows {}: it is older than the one that wrote it",
                STEPS.len()
            ))),
            _ => Ok(store),
        }
    }

    /// Opens `mapwright.sqlite` in the folder of a server that has run.
    ///
    /// # Errors
    /// As [`Store::open`], and [`Error::Io`] where the folder holds no such file; nothing is made there.
    pub async fn open_existing(folder: &Path) -> Result<Self> {
        if !folder.join(FILE).is_file() {
            let words = "no server has kept anything there; expected the --data-dir of `mapwright serve`";
            return Err(Error::Io(format!("{}: {words}", folder.display())));
        }
        Self::open(folder).await
    }

    /// Brings an older file up to date, all or nothing; gives its version.
    async fn migrate(&self) -> sqlx::Result<usize> {
        let version = version(&self.pool).await?;
        if version >= STEPS.len() {
            return Ok(version);
        }
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        // Another process may have done it meanwhile.
        for step in STEPS.iter().skip(self::version(&mut *change).await?) {
            sqlx::raw_sql(*step).execute(&mut *change).await?;
        }
        let set = format!("PRAGMA user_version = {}", STEPS.len());
        sqlx::raw_sql(AssertSqlSafe(set)).execute(&mut *change).await?;
        change.commit().await?;
        Ok(STEPS.len())
    }

    /// Whether it answers.
    pub async fn answers(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.pool).await.is_ok()
    }

    /// Writes what is open and lets go of the file.
    pub async fn close(&self) {
        self.pool.close().await;
    }
}

/// How many of [`STEPS`] were done.
async fn version(file: impl SqliteExecutor<'_>) -> sqlx::Result<usize> {
    let version: u32 = sqlx::query("PRAGMA user_version").fetch_one(file).await?.get(0);
    Ok(version as usize)
}
