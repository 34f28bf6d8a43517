//! Tasks: written before they are promised, found by their ids, swept when they are old.

use super::Store;
use super::accept::{Created, NewTask};
use super::task::Task;
use sqlx::Row;

impl Store {
    /// Writes a task down and counts it, or says why not.
    ///
    /// # Errors
    /// Of the database; then nothing was written.
    pub async fn create_task(&self, new: NewTask) -> sqlx::Result<Created> {
        self.accepts.hand_in(new).await
    }

    /// A task by its id.
    ///
    /// # Errors
    /// Of the database.
    pub async fn task(&self, id: &str) -> sqlx::Result<Option<Task>> {
        let row = sqlx::query("SELECT * FROM task WHERE id = $1").bind(id).fetch_optional(&self.base.pool).await?;
        Ok(row.as_ref().map(Task::from))
    }

    /// The ids of all tasks that wait, in the order in which they are served.
    ///
    /// # Errors
    /// Of the database.
    pub async fn queue(&self) -> sqlx::Result<Vec<String>> {
        let rows = "SELECT id FROM task WHERE status = 'queued' ORDER BY priority DESC, turn, created_at";
        let rows = sqlx::query(rows).fetch_all(&self.base.pool).await?;
        Ok(rows.iter().map(|row| row.get("id")).collect())
    }

    /// How many tasks are served before one that waits; none where it does not wait.
    ///
    /// # Errors
    /// Of the database.
    pub async fn queue_position(&self, id: &str) -> sqlx::Result<Option<i64>> {
        let row = sqlx::query(
            "SELECT (SELECT COUNT(*) FROM task other WHERE other.status = 'queued'
                     AND (-other.priority, other.turn, other.created_at) < (-mine.priority, mine.turn, mine.created_at)) AS n
             FROM task mine WHERE id = $1 AND status = 'queued'",
        );
        Ok(row.bind(id).fetch_optional(&self.base.pool).await?.map(|row| row.get("n")))
    }

    /// How many tasks are in each status.
    ///
    /// # Errors
    /// Of the database.
    pub async fn counts(&self) -> sqlx::Result<Vec<(String, i64)>> {
        let rows =
            sqlx::query("SELECT status, COUNT(*) AS n FROM task GROUP BY status").fetch_all(&self.base.pool).await?;
        Ok(rows.iter().map(|row| (row.get("status"), row.get("n"))).collect())
    }

    /// After a start of the only process there is: what was being worked on waits again. Where several processes share the
    /// database, leases have to run out.
    ///
    /// # Errors
    /// Of the database.
    pub async fn recover(&self) -> sqlx::Result<()> {
        if self.base.shared.is_some() {
            return Ok(());
        }
        sqlx::query("UPDATE task SET lease_until = 0 WHERE status = 'processing'")
            .execute(&self.base.pool)
            .await
            .map(drop)
    }

    /// Marks what was over before `before` as expired, forgets what was so for a month, and names all folders still held.
    ///
    /// # Errors
    /// Of the database.
    pub async fn sweep(&self, before: i64) -> sqlx::Result<Vec<String>> {
        let expire = sqlx::query(
            "UPDATE task SET status = 'expired', files = '[]', folder = '', request = '{}' WHERE finished_at < $1 AND status != 'expired'",
        );
        expire.bind(before).execute(&self.base.pool).await?;
        let month = before - 30 * 86_400_000;
        sqlx::query("DELETE FROM task WHERE status = 'expired' AND finished_at < $1")
            .bind(month)
            .execute(&self.base.pool)
            .await?;
        let rows = sqlx::query("SELECT folder FROM task WHERE folder != ''").fetch_all(&self.base.pool).await?;
        Ok(rows.iter().map(|row| row.get("folder")).collect())
    }
}
