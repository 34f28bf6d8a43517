//! A task as it is kept.

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
