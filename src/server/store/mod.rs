//! What outlives the process: keys, their use, and tasks, in one SQLite file (write-ahead log).

mod keys;
mod tasks;

pub use keys::{Key, KeyRow};
pub use tasks::{Created, NewTask, Task};

use crate::error::{Error, Result};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use std::path::Path;
use std::time::Duration;

/// Keys, use and tasks.
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
            .filename(folder.join("mapwright.sqlite"))
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // A task that was answered with 202 must be there after the power failed.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .foreign_keys(true);
        let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await;
        let pool = pool.map_err(|cause| fault(&cause))?;
        sqlx::raw_sql(include_str!("schema.sql")).execute(&pool).await.map_err(|cause| fault(&cause))?;
        Ok(Self { pool })
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
