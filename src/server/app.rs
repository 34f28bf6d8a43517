//! What all handlers share.

use super::account::Gate;
use super::config::ServeOptions;
use super::live::Hub;
use super::metrics::Metrics;
use super::problem::Problem;
use super::queue::Queue;
use super::rate::{Call, Limiter};
use super::results::Results;
use super::source::Sources;
use super::store::{Key, Store, Task};
use super::work::Pool;
use axum::http::StatusCode;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::{Notify, watch};

/// Shared by all handlers and workers.
#[derive(Debug)]
pub struct App {
    /// Settings.
    pub options: ServeOptions,
    /// Keys and tasks.
    pub store: Store,
    /// Where results are kept.
    pub results: Results,
    /// Processes that make exports.
    pub pool: Arc<Pool>,
    /// Where data come from.
    pub sources: Arc<Sources>,
    /// Places in the queue.
    pub queue: Queue,
    /// Live progress.
    pub hub: Hub,
    /// Who asks too often.
    pub limiter: Limiter,
    /// Who tries too often to sign in or up.
    pub gate: Gate,
    /// Counters.
    pub metrics: Metrics,
    /// Rings when a task was added.
    pub added: Notify,
    /// True once the server is to stop.
    pub stopping: watch::Sender<bool>,
}

/// The application as handlers take it.
pub type Shared = Arc<App>;

/// Ends when the server is to stop.
pub async fn stop(stopping: &mut watch::Receiver<bool>) {
    // An error means that the sender is gone: then it stops, too.
    let _ = stopping.wait_for(|stop| *stop).await;
}

impl App {
    /// The folder in which results are made.
    pub fn aside(&self) -> PathBuf {
        self.options.data_dir.join("results")
    }

    /// A task that the caller may see: its unguessable id is enough unless downloads are private; with a key that is
    /// somebody else's it is not there. Who has no key shares what callers without one may ask of the task's key.
    ///
    /// # Errors
    /// 401, 404, 429, or 410 once it expired.
    pub async fn visible(&self, id: &str, key: Option<&Key>) -> Result<Task, Problem> {
        self.seen(id, key, None).await
    }

    /// The same for an account that is signed in, too: its own tasks need no key.
    ///
    /// # Errors
    /// As [`App::visible`].
    pub async fn seen(&self, id: &str, key: Option<&Key>, account: Option<i64>) -> Result<Task, Problem> {
        if account.is_some()
            && key.is_none()
            && let Some(task) = self.store.task(id).await?.filter(|task| task.status != "expired")
            && self.store.owner(task.key).await?.0 == account
        {
            return Ok(task);
        }
        if key.is_none() && self.options.private_downloads {
            return Err(Problem::new(StatusCode::UNAUTHORIZED, "key", "the header X-API-Key is missing"));
        }
        let task = self.store.task(id).await?.ok_or_else(|| Problem::unknown("task"))?;
        if let Some(key) = key.filter(|key| key.id != task.key)
            && (key.account.is_none() || self.store.owner(task.key).await?.0 != key.account)
        {
            return Err(Problem::unknown("task"));
        }
        if key.is_none()
            && let Some(problem) = self.limiter.take(-task.key, Call::Read).await?.refused()
        {
            return Err(problem);
        }
        if task.status == "expired" {
            let hours = self.options.retention_hours;
            return Err(Problem::new(
                StatusCode::GONE,
                "expired",
                format!("results are kept for {hours} hours; export it again"),
            ));
        }
        Ok(task)
    }
}
