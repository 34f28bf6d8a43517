//! Places of tasks in the queue: one look at it is enough for all who ask within a second.

use super::store::Store;
use std::collections::HashMap;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// How long a look is good.
const GOOD: Duration = Duration::from_secs(1);

/// A look at the queue.
#[derive(Debug)]
struct Look {
    at: Instant,
    places: HashMap<String, i64>,
}

/// The queue, as it was at most a second ago.
#[derive(Debug, Default)]
pub struct Queue(Mutex<Option<Look>>);

impl Queue {
    /// How many tasks are served before one that waits; none where it does not wait any more. One that is newer than the last
    /// look is looked for.
    ///
    /// # Errors
    /// Of the database.
    pub async fn place(&self, store: &Store, id: &str) -> sqlx::Result<Option<i64>> {
        let mut look = self.0.lock().await;
        if look.as_ref().is_none_or(|look| look.at.elapsed() > GOOD) {
            let places = store.queue().await?.into_iter().zip(0..).collect();
            *look = Some(Look { at: Instant::now(), places });
        }
        if let Some(place) = look.as_ref().and_then(|look| look.places.get(id)) {
            return Ok(Some(*place));
        }
        drop(look);
        store.queue_position(id).await
    }
}
