//! Keys and what was used of them.

use super::Store;
use crate::format::Tier;
use crate::server::{clock, random};
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use subtle::ConstantTimeEq;

/// A valid key.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its row.
    pub id: i64,
    /// Its tier.
    pub tier: Tier,
    /// Its exports of the day.
    pub used: u32,
}

/// A key as it is listed.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// Its row.
    pub id: i64,
    /// Its readable beginning.
    pub shown: String,
    /// Its name.
    pub name: String,
    /// Its tier.
    pub tier: Tier,
    /// When it was made, ms.
    pub created_at: i64,
    /// When it was revoked, ms.
    pub revoked_at: Option<i64>,
}

fn tier(row: &SqliteRow) -> Tier {
    Tier::find(row.get("tier")).unwrap_or(Tier::Free)
}

impl Store {
    /// Makes a key; this is the only time it is seen.
    ///
    /// # Errors
    /// Of the database.
    pub async fn create_key(&self, name: &str, tier: Tier) -> sqlx::Result<String> {
        let key = random::key();
        sqlx::query("INSERT INTO key (shown, hash, name, tier, created_at) VALUES (?, ?, ?, ?, ?)")
            .bind(random::shown(&key))
            .bind(random::hash(&key))
            .bind(name)
            .bind(tier.id())
            .bind(clock::now())
            .execute(&self.pool)
            .await?;
        Ok(key)
    }

    /// Whose key this is, with its exports on a UTC day; none for one that is unknown or revoked.
    ///
    /// # Errors
    /// Of the database.
    pub async fn key(&self, key: &str, day: &str) -> sqlx::Result<Option<Key>> {
        if !random::is_key(key) {
            return Ok(None);
        }
        let hash = random::hash(key);
        let rows = sqlx::query(
            "SELECT id, hash, tier, COALESCE((SELECT exports FROM usage WHERE key = key.id AND day = ?), 0) AS used
             FROM key WHERE shown = ? AND revoked_at IS NULL",
        );
        let rows = rows.bind(day).bind(random::shown(key)).fetch_all(&self.pool).await?;
        let same = |row: &&SqliteRow| bool::from(row.get::<&str, _>("hash").as_bytes().ct_eq(hash.as_bytes()));
        Ok(rows.iter().find(same).map(|row| Key { id: row.get("id"), tier: tier(row), used: row.get("used") }))
    }

    /// The tier of a key, by its row.
    ///
    /// # Errors
    /// Of the database.
    pub async fn tier(&self, key: i64) -> sqlx::Result<Tier> {
        let row = sqlx::query("SELECT tier FROM key WHERE id = ?").bind(key).fetch_optional(&self.pool).await?;
        Ok(row.as_ref().map_or(Tier::Free, tier))
    }

    /// All keys, oldest first.
    ///
    /// # Errors
    /// Of the database.
    pub async fn keys(&self) -> sqlx::Result<Vec<KeyRow>> {
        let rows = sqlx::query("SELECT * FROM key ORDER BY id").fetch_all(&self.pool).await?;
        let row = |row: &SqliteRow| KeyRow {
            id: row.get("id"),
            shown: row.get("shown"),
            name: row.get("name"),
            tier: tier(row),
            created_at: row.get("created_at"),
            revoked_at: row.get("revoked_at"),
        };
        Ok(rows.iter().map(row).collect())
    }

    /// Revokes the keys whose id, name or beginning is `which`; says how many.
    ///
    /// # Errors
    /// Of the database.
    pub async fn revoke_key(&self, which: &str) -> sqlx::Result<u64> {
        let done = sqlx::query(
            "UPDATE key SET revoked_at = ? WHERE revoked_at IS NULL AND (CAST(id AS TEXT) = ?2 OR name = ?2 OR shown = ?2)",
        )
        .bind(clock::now())
        .bind(which)
        .execute(&self.pool)
        .await?;
        Ok(done.rows_affected())
    }

    /// Exports of a key on a UTC day.
    ///
    /// # Errors
    /// Of the database.
    pub async fn used(&self, key: i64, day: &str) -> sqlx::Result<u32> {
        let row = sqlx::query("SELECT exports FROM usage WHERE key = ? AND day = ?").bind(key).bind(day);
        Ok(row.fetch_optional(&self.pool).await?.map_or(0, |row| row.get("exports")))
    }
}
