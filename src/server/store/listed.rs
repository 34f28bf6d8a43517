//! Tasks as lists, and those whose end is still to be told.

use super::Store;
use super::tasks::Task;
use crate::server::clock;

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
            "SELECT * FROM task WHERE key IN (SELECT id FROM key WHERE id = ?1 OR account = ?2)
             AND (created_at, id) < (?3, ?4) ORDER BY created_at DESC, id DESC LIMIT ?5",
        );
        let rows = rows.bind(key).bind(account).bind(before.0).bind(before.1).bind(limit);
        Ok(rows.fetch_all(&self.pool).await?.iter().map(Task::from).collect())
    }

    /// The tasks that failed last.
    ///
    /// # Errors
    /// Of the database.
    pub async fn failures(&self, limit: u32) -> sqlx::Result<Vec<Task>> {
        let rows = sqlx::query("SELECT * FROM task WHERE status = 'failed' ORDER BY finished_at DESC LIMIT ?");
        Ok(rows.bind(limit).fetch_all(&self.pool).await?.iter().map(Task::from).collect())
    }

    /// A finished task whose end is to be told now; it is not given again before `wait` milliseconds.
    ///
    /// # Errors
    /// Of the database.
    pub async fn hook(&self, wait: i64) -> sqlx::Result<Option<Task>> {
        let now = clock::now();
        let row = sqlx::query(
            "UPDATE task SET hook_tries = hook_tries + 1, hook_at = ?1 + ?2 WHERE id = (SELECT id FROM task
             WHERE hook IS NOT NULL AND finished_at IS NOT NULL AND hook_at <= ?1 ORDER BY hook_at LIMIT 1) RETURNING *",
        );
        Ok(row.bind(now).bind(wait).fetch_optional(&self.pool).await?.as_ref().map(Task::from))
    }

    /// The end of a task was told, or is told no more; else it is tried again in `wait` milliseconds.
    ///
    /// # Errors
    /// Of the database.
    pub async fn hooked(&self, id: &str, again: Option<i64>) -> sqlx::Result<()> {
        let told = match again {
            None => sqlx::query("UPDATE task SET hook = NULL WHERE id = ?2"),
            Some(_) => sqlx::query("UPDATE task SET hook_at = ?1 WHERE id = ?2"),
        };
        told.bind(clock::now() + again.unwrap_or_default()).bind(id).execute(&self.pool).await.map(drop)
    }
}
