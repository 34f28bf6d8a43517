//! Tasks are claimed with a lease, kept by signs of life, and finished once.

use super::Store;
use super::task::Task;
use crate::server::clock;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

/// A task is tried this often; an input that kills the process must not go round for ever.
const ATTEMPTS: i64 = 3;
/// What is told of a task whose worker died that often.
const DIED: (&str, &str) = ("died", "the export ended without a result three times; a smaller area may work");

impl Store {
    /// Takes the next task for `lease` milliseconds. A task whose lease ran out is taken again, three times at most, and
    /// then runs alone in its process: nobody else's is taken there before it is over, so that it is known whose fault it was
    /// if all ends again.
    ///
    /// # Errors
    /// Of the database.
    pub async fn claim(&self, lease: i64) -> sqlx::Result<Option<Task>> {
        // What runs alone is seen only by who claims after it.
        let _turn = self.claiming.lock().await;
        let (now, time) = (self.base.now(), clock::now());
        let dead = format!(
            "SELECT id, fence FROM task WHERE status = 'processing' AND lease_until < {now} AND attempts >= $2"
        );
        let dead = sqlx::query(AssertSqlSafe(dead)).bind(time).bind(ATTEMPTS);
        for row in dead.fetch_all(&self.base.pool).await? {
            self.fail(row.get("id"), row.get("fence"), DIED, true).await?;
        }
        let take = format!(
            "UPDATE task SET status = 'processing', attempts = attempts + 1, fence = fence + 1, lease_until = {now} + $2,
                 started_at = COALESCE(started_at, $1), step = 'fetch', worker = $3
             WHERE id = (SELECT id FROM task WHERE status = 'queued' OR (status = 'processing' AND lease_until < {now})
                         ORDER BY priority DESC, turn, created_at LIMIT 1{})
                 AND NOT EXISTS (SELECT 1 FROM task other WHERE other.status = 'processing' AND other.lease_until >= {now}
                                 AND other.worker = $3 AND (other.attempts > 1 OR task.attempts > 0)) RETURNING *",
            self.base.skip()
        );
        let row = sqlx::query(AssertSqlSafe(take)).bind(time).bind(lease).bind(&self.worker);
        let task = row.fetch_optional(&self.base.pool).await?.as_ref().map(Task::from);
        if let Some(task) = &task {
            // It is only sooner than looking; the task is claimed all the same.
            let _ = self.ring(&task.id).await;
        }
        Ok(task)
    }

    /// Keeps a claimed task; false where it was cancelled or taken over.
    ///
    /// # Errors
    /// Of the database.
    pub async fn beat(&self, id: &str, fence: i64, lease: i64, progress: i64, step: &str) -> sqlx::Result<bool> {
        let beat = format!(
            "UPDATE task SET lease_until = {} + $2, progress = CASE WHEN progress > $3 THEN progress ELSE $3 END, step = $4
             WHERE id = $5 AND fence = $6 AND status = 'processing'",
            self.base.now()
        );
        let done = sqlx::query(AssertSqlSafe(beat)).bind(clock::now()).bind(lease).bind(progress);
        let done = done.bind(step).bind(id).bind(fence);
        Ok(done.execute(&self.base.pool).await?.rows_affected() == 1)
    }

    /// A task is done; false where it was cancelled or taken over meanwhile.
    ///
    /// # Errors
    /// Of the database.
    pub async fn complete(&self, id: &str, fence: i64, files: &str, folder: &str) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "UPDATE task SET status = 'completed', progress = 100, step = 'done', files = $1, folder = $2, finished_at = $3
             WHERE id = $4 AND fence = $5 AND status = 'processing'",
        );
        let done = done.bind(files).bind(folder).bind(clock::now()).bind(id).bind(fence);
        let done = done.execute(&self.base.pool).await?.rows_affected() == 1;
        self.ring(id).await?;
        Ok(done)
    }

    /// A task failed, with a stable word and a sentence; the export is given back where the request is not to blame.
    ///
    /// # Errors
    /// Of the database.
    pub async fn fail(&self, id: &str, fence: i64, (code, error): (&str, &str), refund: bool) -> sqlx::Result<()> {
        let mut change = self.base.change().await?;
        let done = sqlx::query(
            "UPDATE task SET status = 'failed', code = $1, error = $2, finished_at = $3 WHERE id = $4 AND fence = $5 AND status = 'processing'",
        );
        let done = done.bind(code).bind(error).bind(clock::now()).bind(id).bind(fence).execute(&mut *change).await?;
        if refund && done.rows_affected() == 1 {
            give_back(&mut change, id).await?;
        }
        change.commit().await?;
        self.ring(id).await
    }

    /// A task's process ended without a result: it is tried again, or fails for good with a sentence at its third time.
    ///
    /// # Errors
    /// Of the database.
    pub async fn crashed(&self, id: &str, fence: i64, error: (&str, &str)) -> sqlx::Result<()> {
        let again = sqlx::query(
            "UPDATE task SET status = 'queued' WHERE id = $1 AND fence = $2 AND status = 'processing' AND attempts < $3",
        );
        let again = again.bind(id).bind(fence).bind(ATTEMPTS).execute(&self.base.pool).await?;
        if again.rows_affected() == 0 {
            self.fail(id, fence, error, true).await?;
        }
        Ok(())
    }

    /// Hands a claimed task back, as if it had not been claimed.
    ///
    /// # Errors
    /// Of the database.
    pub async fn release(&self, id: &str, fence: i64) -> sqlx::Result<()> {
        let done = sqlx::query(
            "UPDATE task SET status = 'queued', attempts = attempts - 1 WHERE id = $1 AND fence = $2 AND status = 'processing'",
        );
        done.bind(id).bind(fence).execute(&self.base.pool).await.map(drop)
    }

    /// Cancels a task that is not over; false where it is. What had not begun is given back.
    ///
    /// # Errors
    /// Of the database.
    pub async fn cancel(&self, id: &str) -> sqlx::Result<bool> {
        let mut change = self.base.change().await?;
        let waits = format!("SELECT status FROM task WHERE id = $1{}", self.base.hold());
        let waits = sqlx::query(AssertSqlSafe(waits)).bind(id).fetch_optional(&mut *change).await?;
        let waits = waits.is_some_and(|row| row.get::<&str, _>("status") == "queued");
        let done = sqlx::query(
            "UPDATE task SET status = 'cancelled', finished_at = $1 WHERE id = $2 AND status IN ('queued', 'processing')",
        );
        let done = done.bind(clock::now()).bind(id).execute(&mut *change).await?.rows_affected() == 1;
        if done && waits {
            give_back(&mut change, id).await?;
        }
        change.commit().await?;
        self.ring(id).await?;
        Ok(done)
    }
}

async fn give_back(change: &mut AnyConnection, id: &str) -> sqlx::Result<()> {
    let back = sqlx::query(
        "UPDATE usage SET exports = CASE WHEN exports > 0 THEN exports - 1 ELSE 0 END
         WHERE (key, day) = (SELECT key, day FROM task WHERE id = $1)",
    );
    back.bind(id).execute(change).await.map(drop)
}
