//! Single-use tickets: what a browser opens an event stream with, as it cannot send a key there.

use super::Store;
use crate::server::{clock, random};

/// How long a ticket is good, ms.
pub const TICKET: i64 = 60_000;

impl Store {
    /// A ticket for a task; this is the only time it is seen.
    ///
    /// # Errors
    /// Of the database.
    pub async fn give_ticket(&self, task: &str) -> sqlx::Result<String> {
        let ticket = random::id();
        let give = sqlx::query("INSERT INTO ticket (hash, task, expires_at) VALUES ($1, $2, $3)");
        let give = give.bind(random::hash(&ticket)).bind(task).bind(clock::now() + TICKET);
        give.execute(&self.base.pool).await?;
        Ok(ticket)
    }

    /// Uses a ticket up; true where it was good for this task.
    ///
    /// # Errors
    /// Of the database.
    pub async fn take_ticket(&self, ticket: &str, task: &str) -> sqlx::Result<bool> {
        let take = sqlx::query(
            "DELETE FROM ticket WHERE hash = $1 RETURNING CASE WHEN task = $2 AND expires_at > $3 THEN 1 ELSE 0 END AS good",
        );
        let take = take.bind(random::hash(ticket)).bind(task).bind(clock::now());
        let taken = take.fetch_optional(&self.base.pool).await?;
        Ok(taken.is_some_and(|row| sqlx::Row::get::<i64, _>(&row, "good") == 1))
    }
}
