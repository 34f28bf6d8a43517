//! What was used of keys.

use sqlx::any::AnyRow;
use sqlx::{Any, Executor, Row};

/// Exports on a UTC day of a key and of all others of its account.
///
/// # Errors
/// Of the database.
pub async fn used(database: impl Executor<'_, Database = Any>, key: i64, day: &str) -> sqlx::Result<u32> {
    let row = sqlx::query(
        "SELECT CAST(COALESCE(SUM(exports), 0) AS BIGINT) AS n FROM usage WHERE day = $2 AND key IN
         (SELECT id FROM key WHERE id = $1 OR account = (SELECT account FROM key WHERE id = $1))",
    );
    Ok(count(&row.bind(key).bind(day).fetch_one(database).await?))
}

/// The number `n` of a row.
pub fn count(row: &AnyRow) -> u32 {
    u32::try_from(row.get::<i64, _>("n")).unwrap_or(u32::MAX)
}
