//! What all handlers share.

use super::config::ServeOptions;
use super::live::Hub;
use super::metrics::Metrics;
use super::problem::Problem;
use super::rate::Limiter;
use super::source::Sources;
use super::store::{Key, Store, Task};
use super::ticket::Tickets;
use crate::export::Engine;
use axum::http::{HeaderMap, StatusCode};
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
    /// The engine with its fonts.
    pub engine: Engine,
    /// Where data come from.
    pub sources: Arc<Sources>,
    /// Live progress.
    pub hub: Hub,
    /// Who asks too often.
    pub limiter: Limiter,
    /// Single-use tickets of event streams.
    pub tickets: Tickets,
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
    /// Folder of results.
    pub fn results(&self) -> PathBuf {
        self.options.data_dir.join("results")
    }

    /// The key of a request.
    ///
    /// # Errors
    /// 401 where there is none or it is not valid.
    pub async fn key(&self, headers: &HeaderMap) -> Result<Key, Problem> {
        let refuse = |words: &str| Err(Problem::new(StatusCode::UNAUTHORIZED, "key", words));
        let Some(given) = headers.get("x-api-key") else { return refuse("the header X-API-Key is missing") };
        match self.store.key(given.to_str().unwrap_or_default()).await? {
            Some(key) => Ok(key),
            None => refuse("the key in X-API-Key is not valid, or was revoked"),
        }
    }

    /// A task that the caller may see: its unguessable id is enough unless downloads are private; with a key that is
    /// somebody else's it is not there.
    ///
    /// # Errors
    /// 401, 404, or 410 once it expired.
    pub async fn visible(&self, id: &str, headers: &HeaderMap) -> Result<Task, Problem> {
        let key = match headers.contains_key("x-api-key") || self.options.private_downloads {
            true => Some(self.key(headers).await?),
            false => None,
        };
        let task = self.store.task(id).await?.filter(|task| key.is_none_or(|key| key.id == task.key));
        let task = task.ok_or_else(|| Problem::unknown("task"))?;
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

    /// A task of the caller's own key.
    ///
    /// # Errors
    /// As [`App::visible`], and 401 without a key.
    pub async fn own(&self, id: &str, headers: &HeaderMap) -> Result<Task, Problem> {
        self.key(headers).await?;
        self.visible(id, headers).await
    }
}
