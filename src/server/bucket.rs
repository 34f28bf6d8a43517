//! Token buckets by name: of this process, or in the database where several processes share it.

use super::problem::Problem;
use super::store::Store;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Buckets above this number are forgotten where they are full again.
const MOST: usize = 100_000;

/// A bucket of this process.
#[derive(Debug)]
pub struct Bucket {
    tokens: f64,
    seen: Instant,
    /// Seconds after which it is full again.
    refill: f64,
}

/// What is left of a bucket after a call.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Left {
    /// Tokens.
    pub tokens: f64,
    /// Whether there was one to take.
    pub taken: bool,
}

/// Buckets of everybody who asked lately.
#[derive(Debug)]
pub enum Buckets {
    /// Of this process alone.
    Here(Mutex<HashMap<String, Bucket>>),
    /// Of all processes on one database.
    Shared(Store),
}

impl Buckets {
    /// Full buckets: in the database where others share it.
    pub fn new(store: &Store) -> Self {
        match store.shared() {
            None => Self::here(),
            Some(_) => Self::Shared(store.clone()),
        }
    }

    /// Full buckets of this process.
    pub fn here() -> Self {
        Self::Here(Mutex::default())
    }

    /// Takes a token of a bucket that holds `burst` and gets `a_second` back.
    ///
    /// # Errors
    /// 503 where the database does not answer.
    pub async fn take(&self, name: String, burst: f64, a_second: f64) -> Result<Left, Problem> {
        let buckets = match self {
            Self::Here(buckets) => buckets,
            Self::Shared(store) => {
                let (tokens, taken) = store.take_token(&name, burst, a_second).await?;
                return Ok(Left { tokens, taken });
            }
        };
        let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MOST {
            buckets.retain(|_, bucket| bucket.seen.elapsed().as_secs_f64() < bucket.refill);
        }
        let now = Instant::now();
        let full = Bucket { tokens: burst, seen: now, refill: burst / a_second };
        let bucket = buckets.entry(name).or_insert(full);
        let since = now.duration_since(bucket.seen).as_secs_f64();
        bucket.tokens = (bucket.tokens + since * a_second).min(burst);
        bucket.seen = now;
        let taken = bucket.tokens >= 1.0;
        if taken {
            bucket.tokens -= 1.0;
        }
        Ok(Left { tokens: bucket.tokens, taken })
    }

    /// Gives a token back.
    ///
    /// # Errors
    /// 503 where the database does not answer.
    pub async fn give(&self, name: &str) -> Result<(), Problem> {
        match self {
            Self::Here(buckets) => {
                let mut buckets = buckets.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(bucket) = buckets.get_mut(name) {
                    bucket.tokens += 1.0;
                }
            }
            Self::Shared(store) => store.give_token(name).await?,
        }
        Ok(())
    }
}
