//! What was done with accounts, and by whom.

use super::Store;
use crate::server::clock;
use serde::Serialize;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};

/// Days that it is kept.
const DAYS: i64 = 365;
/// After so long every bucket is full again, ms.
const HOUR: i64 = 3_600_000;

/// One thing that was done.
#[derive(Debug, Clone, Serialize)]
pub struct Deed {
    /// When, RFC 3339.
    pub at: String,
    /// On which account.
    pub account: Option<i64>,
    /// Who: `account 7`, `operator`, or the network it came from.
    pub actor: String,
    /// What: `sign_up`, `sign_in`, `key_created`, …
    pub event: String,
    /// On what: the beginning of a key, a tier.
    pub detail: String,
}

impl Store {
    /// Writes it down.
    ///
    /// # Errors
    /// Of the database.
    pub async fn note(&self, account: Option<i64>, actor: &str, event: &str, detail: &str) -> sqlx::Result<()> {
        let note = sqlx::query("INSERT INTO audit (at, account, actor, event, detail) VALUES ($1, $2, $3, $4, $5)");
        note.bind(clock::now())
            .bind(account)
            .bind(actor)
            .bind(event)
            .bind(detail)
            .execute(&self.base.pool)
            .await
            .map(drop)
    }

    /// Forgets what is over: sessions, letters, tickets, full buckets, and deeds of long ago.
    ///
    /// # Errors
    /// Of the database.
    pub async fn forget(&self) -> sqlx::Result<()> {
        let now = clock::now();
        for (removal, before) in [
            ("DELETE FROM session WHERE expires_at < $1", now),
            ("DELETE FROM letter WHERE expires_at < $1", now),
            ("DELETE FROM ticket WHERE expires_at < $1", now),
            ("DELETE FROM audit WHERE at < $1", now - DAYS * 86_400_000),
        ] {
            sqlx::query(removal).bind(before).execute(&self.base.pool).await?;
        }
        let full = format!("DELETE FROM bucket WHERE at < {} - $2", self.base.now());
        sqlx::query(AssertSqlSafe(full)).bind(now).bind(HOUR).execute(&self.base.pool).await?;
        Ok(())
    }

    /// The last deeds on an account, or on all, newest first.
    ///
    /// # Errors
    /// Of the database.
    pub async fn deeds(&self, account: Option<i64>, limit: u32) -> sqlx::Result<Vec<Deed>> {
        let rows = sqlx::query("SELECT * FROM audit WHERE $1 IS NULL OR account = $1 ORDER BY id DESC LIMIT $2");
        let rows = rows.bind(account).bind(i64::from(limit)).fetch_all(&self.base.pool).await?;
        let deed = |row: &AnyRow| Deed {
            at: clock::rfc3339(row.get("at")),
            account: row.get("account"),
            actor: row.get("actor"),
            event: row.get("event"),
            detail: row.get("detail"),
        };
        Ok(rows.iter().map(deed).collect())
    }
}
