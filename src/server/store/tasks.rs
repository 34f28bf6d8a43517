//! Tasks: written before they are promised, claimed with a lease, finished once.

use super::Store;
use sqlx::Row;
use sqlx::any::AnyRow;

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

impl From<&AnyRow> for Task {
    fn from(row: &AnyRow) -> Self {
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
    /// A task by its id.
    ///
    /// # Errors
    /// Of the database.
    pub async fn task(&self, id: &str) -> sqlx::Result<Option<Task>> {
        let row = sqlx::query("SELECT * FROM task WHERE id = $1").bind(id).fetch_optional(&self.base.pool).await?;
        Ok(row.as_ref().map(Task::from))
    }

    /// How many tasks are served before this one.
    ///
    /// # Errors
    /// Of the database.
    pub async fn queue_position(&self, id: &str) -> sqlx::Result<i64> {
        let row = sqlx::query(
            "SELECT COUNT(*) AS n FROM task other, task mine WHERE mine.id = $1 AND other.status = 'queued'
             AND (-other.priority, other.turn, other.created_at) < (-mine.priority, mine.turn, mine.created_at)",
        );
        Ok(row.bind(id).fetch_one(&self.base.pool).await?.get("n"))
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
