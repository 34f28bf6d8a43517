//! Keys and what was used of them.

use super::{Store, usage};
use crate::format::Tier;
use crate::server::{clock, random};
use sqlx::Row;
use sqlx::any::AnyRow;
use subtle::ConstantTimeEq;

/// A valid key.
#[derive(Debug, Clone)]
pub struct Key {
    /// Its row.
    pub id: i64,
    /// Its tier: that of its account, if it is one's.
    pub tier: Tier,
    /// Exports of the day, of all keys of its account.
    pub used: u32,
    /// Whose it is; none for a key that an operator made.
    pub account: Option<i64>,
}

/// A key that was just made: the only time it is seen.
#[derive(Debug, Clone)]
pub struct NewKey {
    /// The key.
    pub key: String,
    /// What signs what its webhooks are told.
    pub hook_secret: String,
    /// What stays.
    pub row: KeyRow,
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
    /// Whose it is; none for a key that an operator made.
    pub account: Option<i64>,
}

impl From<&AnyRow> for KeyRow {
    fn from(row: &AnyRow) -> Self {
        Self {
            id: row.get("id"),
            shown: row.get("shown"),
            name: row.get("name"),
            tier: tier(row),
            created_at: row.get("created_at"),
            revoked_at: row.get("revoked_at"),
            account: row.get("account"),
        }
    }
}

fn tier(row: &AnyRow) -> Tier {
    Tier::find(row.get("tier")).unwrap_or(Tier::Free)
}

impl Store {
    /// Makes a key for an operator; this is the only time it is seen.
    ///
    /// # Errors
    /// Of the database.
    pub async fn create_key(&self, name: &str, tier: Tier) -> sqlx::Result<NewKey> {
        self.insert_key(None, name, tier).await
    }

    /// Makes a key of an account.
    ///
    /// # Errors
    /// Of the database.
    pub async fn create_key_of(&self, account: i64, name: &str) -> sqlx::Result<NewKey> {
        self.insert_key(Some(account), name, Tier::Free).await
    }

    async fn insert_key(&self, account: Option<i64>, name: &str, tier: Tier) -> sqlx::Result<NewKey> {
        let (key, hook_secret) = (random::key(), random::secret());
        let row = sqlx::query(
            "INSERT INTO key (account, shown, hash, hook_secret, name, tier, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING *",
        )
        .bind(account)
        .bind(random::shown(&key))
        .bind(random::hash(&key))
        .bind(&hook_secret)
        .bind(name)
        .bind(tier.id())
        .bind(clock::now())
        .fetch_one(&self.base.pool)
        .await?;
        Ok(NewKey { key, hook_secret, row: (&row).into() })
    }

    /// Another secret for a good key of an account, or of anybody; name, use and tasks stay. None where there is no such key.
    ///
    /// # Errors
    /// Of the database.
    pub async fn rotate_key(&self, account: Option<i64>, id: i64) -> sqlx::Result<Option<NewKey>> {
        let (key, hook_secret) = (random::key(), random::secret());
        let row = sqlx::query(
            "UPDATE key SET shown = $1, hash = $2, hook_secret = $3 WHERE id = $4 AND revoked_at IS NULL AND ($5 IS NULL OR account = $5) RETURNING *",
        )
        .bind(random::shown(&key))
        .bind(random::hash(&key))
        .bind(&hook_secret)
        .bind(id)
        .bind(account)
        .fetch_optional(&self.base.pool)
        .await?;
        Ok(row.map(|row| NewKey { key, hook_secret, row: (&row).into() }))
    }

    /// Whose key this is, with the exports of a UTC day; none for one that is unknown, revoked, or of a stopped account.
    ///
    /// # Errors
    /// Of the database.
    pub async fn key(&self, key: &str, day: &str) -> sqlx::Result<Option<Key>> {
        if !random::is_key(key) {
            return Ok(None);
        }
        let hash = random::hash(key);
        let rows = sqlx::query(
            "SELECT key.id, key.hash, key.account, COALESCE(account.tier, key.tier) AS tier
             FROM key LEFT JOIN account ON account.id = key.account
             WHERE shown = $1 AND revoked_at IS NULL AND account.disabled_at IS NULL",
        );
        let rows = rows.bind(random::shown(key)).fetch_all(&self.base.pool).await?;
        let same = |row: &&AnyRow| bool::from(row.get::<&str, _>("hash").as_bytes().ct_eq(hash.as_bytes()));
        let Some(row) = rows.iter().find(same) else { return Ok(None) };
        let id = row.get("id");
        Ok(Some(Key { id, tier: tier(row), used: self.used(id, day).await?, account: row.get("account") }))
    }

    /// A good key by its row, as [`Store::key`] gives it.
    ///
    /// # Errors
    /// Of the database.
    pub async fn key_by_id(&self, id: i64, day: &str) -> sqlx::Result<Option<Key>> {
        let row = sqlx::query(
            "SELECT key.account, COALESCE(account.tier, key.tier) AS tier
             FROM key LEFT JOIN account ON account.id = key.account
             WHERE key.id = $1 AND revoked_at IS NULL AND account.disabled_at IS NULL",
        );
        let Some(row) = row.bind(id).fetch_optional(&self.base.pool).await? else { return Ok(None) };
        Ok(Some(Key { id, tier: tier(&row), used: self.used(id, day).await?, account: row.get("account") }))
    }

    /// The account of a key, and what signs what its webhooks are told.
    ///
    /// # Errors
    /// Of the database.
    pub async fn owner(&self, key: i64) -> sqlx::Result<(Option<i64>, Option<String>)> {
        let row = sqlx::query("SELECT account, hook_secret FROM key WHERE id = $1").bind(key);
        let row = row.fetch_optional(&self.base.pool).await?;
        Ok(row.map_or((None, None), |row| (row.get("account"), row.get("hook_secret"))))
    }

    /// The tier of a key, by its row.
    ///
    /// # Errors
    /// Of the database.
    pub async fn tier(&self, key: i64) -> sqlx::Result<Tier> {
        let row = sqlx::query(
            "SELECT COALESCE(account.tier, key.tier) AS tier FROM key LEFT JOIN account ON account.id = key.account WHERE key.id = $1",
        );
        let row = row.bind(key).fetch_optional(&self.base.pool).await?;
        Ok(row.as_ref().map_or(Tier::Free, tier))
    }

    /// All keys, oldest first.
    ///
    /// # Errors
    /// Of the database.
    pub async fn keys(&self) -> sqlx::Result<Vec<KeyRow>> {
        let rows = sqlx::query("SELECT * FROM key ORDER BY id").fetch_all(&self.base.pool).await?;
        Ok(rows.iter().map(Into::into).collect())
    }

    /// All keys of an account, oldest first.
    ///
    /// # Errors
    /// Of the database.
    pub async fn keys_of(&self, account: i64) -> sqlx::Result<Vec<KeyRow>> {
        let rows = sqlx::query("SELECT * FROM key WHERE account = $1 ORDER BY id").bind(account);
        Ok(rows.fetch_all(&self.base.pool).await?.iter().map(Into::into).collect())
    }

    /// Another name for a good key of an account; false where there is no such key.
    ///
    /// # Errors
    /// Of the database.
    pub async fn rename_key(&self, account: i64, id: i64, name: &str) -> sqlx::Result<bool> {
        let done = sqlx::query("UPDATE key SET name = $1 WHERE id = $2 AND account = $3 AND revoked_at IS NULL");
        Ok(done.bind(name).bind(id).bind(account).execute(&self.base.pool).await?.rows_affected() == 1)
    }

    /// Revokes a good key of an account, or of anybody; false where there is no such key.
    ///
    /// # Errors
    /// Of the database.
    pub async fn revoke_key_of(&self, account: Option<i64>, id: i64) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "UPDATE key SET revoked_at = $1 WHERE id = $2 AND revoked_at IS NULL AND ($3 IS NULL OR account = $3)",
        );
        Ok(done.bind(clock::now()).bind(id).bind(account).execute(&self.base.pool).await?.rows_affected() == 1)
    }

    /// Revokes the keys whose id, name or beginning is `which`; says how many.
    ///
    /// # Errors
    /// Of the database.
    pub async fn revoke_key(&self, which: &str) -> sqlx::Result<u64> {
        let done = sqlx::query(
            "UPDATE key SET revoked_at = $1 WHERE revoked_at IS NULL AND (CAST(id AS TEXT) = $2 OR name = $2 OR shown = $2)",
        )
        .bind(clock::now())
        .bind(which)
        .execute(&self.base.pool)
        .await?;
        Ok(done.rows_affected())
    }

    /// Exports on a UTC day of a key and of all others of its account.
    ///
    /// # Errors
    /// Of the database.
    pub async fn used(&self, key: i64, day: &str) -> sqlx::Result<u32> {
        usage::used(&self.base.pool, key, day).await
    }

    /// Exports of an account by UTC day, since a day, oldest first.
    ///
    /// # Errors
    /// Of the database.
    pub async fn days(&self, account: i64, since: &str) -> sqlx::Result<Vec<(String, u32)>> {
        let rows = sqlx::query(
            "SELECT day, CAST(SUM(exports) AS BIGINT) AS n FROM usage JOIN key ON key.id = usage.key
             WHERE key.account = $1 AND day >= $2 GROUP BY day ORDER BY day",
        );
        let rows = rows.bind(account).bind(since).fetch_all(&self.base.pool).await?;
        Ok(rows.iter().map(|row| (row.get("day"), usage::count(row))).collect())
    }

    /// Accounts of each tier, and their exports on a UTC day.
    ///
    /// # Errors
    /// Of the database.
    pub async fn tiers(&self, day: &str) -> sqlx::Result<Vec<(Tier, i64, i64)>> {
        let rows = sqlx::query(
            "SELECT tier, COUNT(*) AS accounts, CAST(SUM(COALESCE((SELECT SUM(exports) FROM usage JOIN key ON key.id = usage.key
                 WHERE key.account = account.id AND day = $1), 0)) AS BIGINT) AS exports FROM account GROUP BY tier",
        );
        let rows = rows.bind(day).fetch_all(&self.base.pool).await?;
        Ok(rows.iter().map(|row| (tier(row), row.get("accounts"), row.get("exports"))).collect())
    }
}
