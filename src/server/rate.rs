//! How often a key may ask: token buckets.

use super::problem::Problem;
use axum::http::StatusCode;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// A kind of call, with what it may do at once and in a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Call {
    /// New exports.
    Render,
    /// Everything else.
    Read,
}

impl Call {
    /// Calls at once, and calls a second in the long run.
    pub fn allowance(self) -> (f64, f64) {
        match self {
            Self::Render => (20.0, 5.0),
            Self::Read => (200.0, 100.0),
        }
    }
}

/// Keys above this number are forgotten, fullest buckets first.
const KEYS: usize = 100_000;

/// Buckets of all keys.
#[derive(Debug, Default)]
pub struct Limiter(Mutex<HashMap<(i64, Call), (f64, Instant)>>);

impl Limiter {
    /// Takes one call of a key.
    ///
    /// # Errors
    /// 429 with the seconds to wait.
    pub fn take(&self, key: i64, call: Call) -> Result<(), Problem> {
        let (burst, rate) = call.allowance();
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > KEYS {
            buckets.retain(|_, (_, seen)| seen.elapsed().as_secs_f64() < burst / rate);
        }
        let now = Instant::now();
        let (tokens, seen) = buckets.entry((key, call)).or_insert((burst, now));
        *tokens = (*tokens + now.duration_since(*seen).as_secs_f64() * rate).min(burst);
        *seen = now;
        if *tokens >= 1.0 {
            *tokens -= 1.0;
            return Ok(());
        }
        let detail = format!("too many calls in a short time; {rate} a second are fine");
        Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many", detail).retry(1))
    }
}
