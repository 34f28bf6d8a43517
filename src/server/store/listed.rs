//! Tasks as lists, and those whose end is still to be told.

use super::Store;
use super::task::Task;
use crate::server::clock;
use sqlx::AssertSqlSafe;

/// Whose tasks are meant.
#[derive(Debug, Clone, Copy)]
pub enum Owner {
    /// Of one key.
    Key(i64),
    /// Of all keys of an account.
    Account(i64),
}

impl Store {
    /// Tasks of a key or an account, newest first, older than `before` (when it was made, its id).
    ///
    /// # Errors
    /// Of the database.
    pub async fn tasks(&self, owner: Owner, before: (i64, &str), limit: u32) -> sqlx::Result<Vec<Task>> {
        let (key, account) = match owner {
            Owner::Key(key) => (Some(key), None),
            Owner::Account(account) => (None, Some(account)),
        };
        let rows = sqlx::query(
            "SELECT * FROM task WHERE key IN (SELECT id FROM key WHERE id = $1 OR account = $2)
             AND (created_at, id) < ($3, $4) ORDER BY created_at DESC, id DESC LIMIT $5",
        );
        let rows = rows.bind(key).bind(account).bind(before.0).bind(before.1).bind(i64::from(limit));
        Ok(rows.fetch_all(&self.base.pool).await?.iter().map(Task::from).collect())
    }

    /// The tasks that failed last.
    ///
    /// # Errors
    /// Of the database.
    pub async fn failures(&self, limit: u32) -> sqlx::Result<Vec<Task>> {
        let rows = sqlx::query("SELECT * FROM task WHERE status = 'failed' ORDER BY finished_at DESC LIMIT $1");
        Ok(rows.bind(i64::from(limit)).fetch_all(&self.base.pool).await?.iter().map(Task::from).collect())
    }

    /// A finished task whose end is to be told now; it is not given again before `wait` milliseconds.
    ///
    /// # Errors
    /// Of the database.
    pub async fn hook(&self, wait: i64) -> sqlx::Result<Option<Task>> {
        let now = clock::now();
        let take = format!(
            "UPDATE task SET hook_tries = hook_tries + 1, hook_at = $1 + $2 WHERE id = (SELECT id FROM task
             WHERE hook IS NOT NULL AND finished_at IS NOT NULL AND hook_at <= $1 ORDER BY hook_at LIMIT 1{}) RETURNING *",
            self.base.skip()
        );
        let row = sqlx::query(AssertSqlSafe(take));
        Ok(row.bind(now).bind(wait).fetch_optional(&self.base.pool).await?.as_ref().map(Task::from))
    }

    /// The end of a task was told, or is told no more; else it is tried again in `wait` milliseconds.
    ///
    /// # Errors
    /// Of the database.
    pub async fn hooked(&self, id: &str, again: Option<i64>) -> sqlx::Result<()> {
        let told = match again {
            None => sqlx::query("UPDATE task SET hook = NULL WHERE id = $1").bind(id),
            Some(wait) => sqlx::query("UPDATE task SET hook_at = $2 WHERE id = $1").bind(id).bind(clock::now() + wait),
        };
        told.execute(&self.base.pool).await.map(drop)
    }
}
