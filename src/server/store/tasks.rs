//! Tasks: written before they are promised, claimed with a lease, finished once.

use super::Store;
use crate::format::Tier;
use crate::server::clock;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;

/// A task is tried this often; an input that kills the process must not go round for ever.
const ATTEMPTS: i64 = 3;
/// What is told of a task whose worker died that often.
const DIED: (&str, &str) = ("died", "the export ended without a result three times; a smaller area may work");

/// A task to be written down.
#[derive(Debug)]
pub struct NewTask<'a> {
    /// Whose it is.
    pub key: i64,
    /// Its key's tier.
    pub tier: Tier,
    /// Exports a day of that tier.
    pub exports_a_day: Option<u32>,
    /// Most tasks that may wait.
    pub queue: u32,
    /// The request as JSON.
    pub request: &'a str,
    /// The caller's idempotency key.
    pub idempotency: Option<&'a str>,
    /// Hash of the body, to compare with that of an earlier call.
    pub body_hash: &'a str,
    /// Where its end is told.
    pub hook: Option<&'a str>,
}

/// What became of a new task.
#[derive(Debug)]
pub enum Created {
    /// Written down.
    New(Task),
    /// The same call came before.
    Same(Task),
    /// The idempotency key was used for another body.
    Conflict,
    /// The day's exports are used up; their number.
    UsedUp(u32),
    /// Too many wait already.
    QueueFull,
}

/// A task as it is kept.
#[derive(Debug, Clone)]
pub struct Task {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub key: i64,
    /// The request as JSON.
    pub request: String,
    /// `queued`, `processing`, `completed`, `failed`, `cancelled` or `expired`.
    pub status: String,
    /// 0 to 100.
    pub progress: i64,
    /// The stage in a word.
    pub step: String,
    /// Why it failed.
    pub error: Option<String>,
    /// The same as a stable word for programs.
    pub code: Option<String>,
    /// The number of the claim: who holds an older one has lost the task.
    pub fence: i64,
    /// How often it was begun and not handed back.
    pub attempts: i64,
    /// Its files as JSON.
    pub files: String,
    /// Folder of its files.
    pub folder: String,
    /// Times, ms.
    pub created_at: i64,
    /// When a worker took it first.
    pub started_at: Option<i64>,
    /// When it was over.
    pub finished_at: Option<i64>,
    /// Where its end is told, until it was.
    pub hook: Option<String>,
    /// How often that was tried.
    pub hook_tries: i64,
}

impl Task {
    /// Whether nothing will change any more.
    pub fn is_over(&self) -> bool {
        !matches!(self.status.as_str(), "queued" | "processing")
    }
}

impl From<&SqliteRow> for Task {
    fn from(row: &SqliteRow) -> Self {
        Self {
            id: row.get("id"),
            key: row.get("key"),
            request: row.get("request"),
            status: row.get("status"),
            progress: row.get("progress"),
            step: row.get("step"),
            error: row.get("error"),
            code: row.get("code"),
            fence: row.get("fence"),
            attempts: row.get("attempts"),
            files: row.get("files"),
            folder: row.get("folder"),
            created_at: row.get("created_at"),
            started_at: row.get("started_at"),
            finished_at: row.get("finished_at"),
            hook: row.get("hook"),
            hook_tries: row.get("hook_tries"),
        }
    }
}

impl Store {
    /// Writes a task down and counts it, or says why not.
    ///
    /// # Errors
    /// Of the database; then nothing was written.
    pub async fn create_task(&self, new: &NewTask<'_>) -> sqlx::Result<Created> {
        let now = clock::now();
        let day = clock::day(now);
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        if let Some(idempotency) = new.idempotency {
            let known = sqlx::query("SELECT * FROM task WHERE key = ? AND idempotency = ? AND created_at > ?");
            let known =
                known.bind(new.key).bind(idempotency).bind(now - 86_400_000).fetch_optional(&mut *change).await?;
            if let Some(row) = known {
                let same = row.get::<&str, _>("body_hash") == new.body_hash;
                return Ok(if same { Created::Same((&row).into()) } else { Created::Conflict });
            }
            // A day later the word is free again.
            let free = sqlx::query("UPDATE task SET idempotency = NULL WHERE key = ? AND idempotency = ?");
            free.bind(new.key).bind(idempotency).execute(&mut *change).await?;
        }
        let waiting: u32 = sqlx::query("SELECT COUNT(*) AS n FROM task WHERE status = 'queued'")
            .fetch_one(&mut *change)
            .await?
            .get("n");
        if waiting >= new.queue {
            return Ok(Created::QueueFull);
        }
        let count = sqlx::query(
            "INSERT INTO usage (key, day, exports) VALUES (?, ?, 1)
             ON CONFLICT (key, day) DO UPDATE SET exports = exports + 1",
        );
        count.bind(new.key).bind(&day).execute(&mut *change).await?;
        let used = super::keys::used(&mut *change, new.key, &day).await?;
        if new.exports_a_day.is_some_and(|limit| used > limit) {
            return Ok(Created::UsedUp(used - 1));
        }
        let row = sqlx::query(
            "INSERT INTO task (id, key, priority, request, status, day, created_at, idempotency, body_hash, hook)
             VALUES (?, ?, ?, ?, 'queued', ?, ?, ?, ?, ?) RETURNING *",
        )
        .bind(crate::server::random::id())
        .bind(new.key)
        .bind(new.tier.priority())
        .bind(new.request)
        .bind(&day)
        .bind(now)
        .bind(new.idempotency)
        .bind(new.body_hash)
        .bind(new.hook)
        .fetch_one(&mut *change)
        .await?;
        change.commit().await?;
        Ok(Created::New((&row).into()))
    }

    /// A task by its id.
    ///
    /// # Errors
    /// Of the database.
    pub async fn task(&self, id: &str) -> sqlx::Result<Option<Task>> {
        let row = sqlx::query("SELECT * FROM task WHERE id = ?").bind(id).fetch_optional(&self.pool).await?;
        Ok(row.as_ref().map(Task::from))
    }

    /// How many tasks are served before this one.
    ///
    /// # Errors
    /// Of the database.
    pub async fn queue_position(&self, id: &str) -> sqlx::Result<i64> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS n FROM task other, task mine WHERE mine.id = ? AND other.status = 'queued'
             AND (other.priority > mine.priority OR (other.priority = mine.priority AND other.created_at < mine.created_at))",
        );
        Ok(row.bind(id).fetch_one(&self.pool).await?.get("n"))
    }

    /// How many tasks are in each status.
    ///
    /// # Errors
    /// Of the database.
    pub async fn counts(&self) -> sqlx::Result<Vec<(String, i64)>> {
        let rows = sqlx::query("SELECT status, COUNT(*) AS n FROM task GROUP BY status").fetch_all(&self.pool).await?;
        Ok(rows.iter().map(|row| (row.get("status"), row.get("n"))).collect())
    }

    /// Takes the next task for `lease` milliseconds. A task whose lease ran out is taken again, three times at most, and
    /// then runs alone: nobody else's is taken before it is over, so that it is known whose fault it was if all ends again.
    ///
    /// # Errors
    /// Of the database.
    pub async fn claim(&self, lease: i64) -> sqlx::Result<Option<Task>> {
        let now = clock::now();
        let dead =
            sqlx::query("SELECT id, fence FROM task WHERE status = 'processing' AND lease_until < ? AND attempts >= ?");
        for row in dead.bind(now).bind(ATTEMPTS).fetch_all(&self.pool).await? {
            self.fail(row.get("id"), row.get("fence"), DIED, true).await?;
        }
        let row = sqlx::query(
            "UPDATE task SET status = 'processing', attempts = attempts + 1, fence = fence + 1, lease_until = ?1 + ?2,
                 started_at = COALESCE(started_at, ?1), step = 'fetch'
             WHERE id = (SELECT id FROM task WHERE status = 'queued' OR (status = 'processing' AND lease_until < ?1)
                         ORDER BY priority DESC, created_at LIMIT 1)
                 AND NOT EXISTS (SELECT 1 FROM task other WHERE other.status = 'processing' AND other.lease_until >= ?1
                                 AND (other.attempts > 1 OR task.attempts > 0)) RETURNING *",
        );
        let row = row.bind(now).bind(lease).fetch_optional(&self.pool).await?;
        Ok(row.as_ref().map(Task::from))
    }

    /// Keeps a claimed task; false where it was cancelled or taken over.
    ///
    /// # Errors
    /// Of the database.
    pub async fn beat(&self, id: &str, fence: i64, lease: i64, progress: i64, step: &str) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "UPDATE task SET lease_until = ?, progress = MAX(progress, ?), step = ? WHERE id = ? AND fence = ? AND status = 'processing'",
        );
        let done = done.bind(clock::now() + lease).bind(progress).bind(step).bind(id).bind(fence);
        Ok(done.execute(&self.pool).await?.rows_affected() == 1)
    }

    /// A task is done; false where it was cancelled or taken over meanwhile.
    ///
    /// # Errors
    /// Of the database.
    pub async fn complete(&self, id: &str, fence: i64, files: &str, folder: &str) -> sqlx::Result<bool> {
        let done = sqlx::query(
            "UPDATE task SET status = 'completed', progress = 100, step = 'done', files = ?, folder = ?, finished_at = ?
             WHERE id = ? AND fence = ? AND status = 'processing'",
        );
        let done = done.bind(files).bind(folder).bind(clock::now()).bind(id).bind(fence);
        Ok(done.execute(&self.pool).await?.rows_affected() == 1)
    }

    /// A task failed, with a stable word and a sentence; the export is given back where the request is not to blame.
    ///
    /// # Errors
    /// Of the database.
    pub async fn fail(&self, id: &str, fence: i64, (code, error): (&str, &str), refund: bool) -> sqlx::Result<()> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let done = sqlx::query(
            "UPDATE task SET status = 'failed', code = ?, error = ?, finished_at = ? WHERE id = ? AND fence = ? AND status = 'processing'",
        );
        let done = done.bind(code).bind(error).bind(clock::now()).bind(id).bind(fence).execute(&mut *change).await?;
        if refund && done.rows_affected() == 1 {
            self.refund(&mut change, id).await?;
        }
        change.commit().await
    }

    /// A task's process ended without a result: it is tried again, or fails for good with a sentence at its third time.
    ///
    /// # Errors
    /// Of the database.
    pub async fn crashed(&self, id: &str, fence: i64, error: (&str, &str)) -> sqlx::Result<()> {
        let again = sqlx::query(
            "UPDATE task SET status = 'queued' WHERE id = ? AND fence = ? AND status = 'processing' AND attempts < ?",
        );
        let again = again.bind(id).bind(fence).bind(ATTEMPTS).execute(&self.pool).await?;
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
            "UPDATE task SET status = 'queued', attempts = attempts - 1 WHERE id = ? AND fence = ? AND status = 'processing'",
        );
        done.bind(id).bind(fence).execute(&self.pool).await.map(drop)
    }

    /// Cancels a task that is not over; false where it is. What had not begun is given back.
    ///
    /// # Errors
    /// Of the database.
    pub async fn cancel(&self, id: &str) -> sqlx::Result<bool> {
        let mut change = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let waits = sqlx::query("SELECT 1 FROM task WHERE id = ? AND status = 'queued'").bind(id);
        let waits = waits.fetch_optional(&mut *change).await?.is_some();
        let done = sqlx::query(
            "UPDATE task SET status = 'cancelled', finished_at = ? WHERE id = ? AND status IN ('queued', 'processing')",
        );
        let done = done.bind(clock::now()).bind(id).execute(&mut *change).await?.rows_affected() == 1;
        if done && waits {
            self.refund(&mut change, id).await?;
        }
        change.commit().await?;
        Ok(done)
    }

    async fn refund(&self, change: &mut sqlx::SqliteConnection, id: &str) -> sqlx::Result<()> {
        let back = sqlx::query(
            "UPDATE usage SET exports = MAX(0, exports - 1)
             WHERE (key, day) = (SELECT key, day FROM task WHERE id = ?)",
        );
        back.bind(id).execute(change).await.map(drop)
    }

    /// After a start of the only process on this folder: what was being worked on waits again.
    ///
    /// # Errors
    /// Of the database.
    pub async fn recover(&self) -> sqlx::Result<()> {
        sqlx::query("UPDATE task SET lease_until = 0 WHERE status = 'processing'").execute(&self.pool).await.map(drop)
    }

    /// Marks what was over before `before` as expired, forgets what was so for a month, and names all folders still held.
    ///
    /// # Errors
    /// Of the database.
    pub async fn sweep(&self, before: i64) -> sqlx::Result<Vec<String>> {
        let expire = sqlx::query(
            "UPDATE task SET status = 'expired', files = '[]', folder = '', request = '{}' WHERE finished_at < ? AND status != 'expired'",
        );
        expire.bind(before).execute(&self.pool).await?;
        let month = before - 30 * 86_400_000;
        sqlx::query("DELETE FROM task WHERE status = 'expired' AND finished_at < ?")
            .bind(month)
            .execute(&self.pool)
            .await?;
        let rows = sqlx::query("SELECT folder FROM task WHERE folder != ''").fetch_all(&self.pool).await?;
        Ok(rows.iter().map(|row| row.get("folder")).collect())
    }
}
