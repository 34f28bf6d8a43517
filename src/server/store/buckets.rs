//! Token buckets that several processes share.

use super::Store;
use sqlx::{AssertSqlSafe, Row};

impl Store {
    /// Takes a token of a bucket that holds `burst` and gets `a_second` back; says what is left, and whether one was taken.
    /// In PostgreSQL alone: a single process counts for itself.
    ///
    /// # Errors
    /// Of the database.
    pub async fn take_token(&self, name: &str, burst: f64, a_second: f64) -> sqlx::Result<(f64, bool)> {
        // By the database's clock: those of machines differ.
        let now = self.base.now();
        let take = format!(
            "INSERT INTO bucket (name, tokens, taken, at) VALUES ($1, $2 - 1, 1, {now})
             ON CONFLICT (name) DO UPDATE SET (tokens, taken, at) = (
                 SELECT CASE WHEN there >= 1 THEN there - 1 ELSE there END, CASE WHEN there >= 1 THEN 1 ELSE 0 END,
                        GREATEST({now}, bucket.at)
                 FROM (SELECT LEAST($2, bucket.tokens + GREATEST(0, {now} - bucket.at) * $3 / 1000) AS there) AS refilled)
             RETURNING tokens, taken"
        );
        let row = sqlx::query(AssertSqlSafe(take)).bind(name).bind(burst).bind(a_second);
        let row = row.fetch_one(&self.base.pool).await?;
        Ok((row.get("tokens"), row.get::<i64, _>("taken") == 1))
    }

    /// Gives a token back.
    ///
    /// # Errors
    /// Of the database.
    pub async fn give_token(&self, name: &str) -> sqlx::Result<()> {
        let give = sqlx::query("UPDATE bucket SET tokens = tokens + 1 WHERE name = $1").bind(name);
        give.execute(&self.base.pool).await.map(drop)
    }
}
