//! Who may ask a server now: one at a time where it is public, and nobody for a while after it failed several times.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// A turn; the next one begins when it is dropped.
#[derive(Debug)]
pub struct Turn(Arc<AtomicBool>);

impl Drop for Turn {
    fn drop(&mut self) {
        self.0.store(false, Ordering::Release);
    }
}

/// Hands out turns.
#[derive(Debug, Default, Clone)]
pub struct Queue(Arc<AtomicBool>);

impl Queue {
    /// A turn, if nobody has one.
    pub fn turn(&self) -> Option<Turn> {
        let free = self.0.compare_exchange(false, true, Ordering::Acquire, Ordering::Relaxed).is_ok();
        free.then(|| Turn(self.0.clone()))
    }
}

/// Counts failures in a row.
#[derive(Debug)]
pub struct Breaker {
    failures: u32,
    rest: Duration,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    failed: u32,
    until: Option<Instant>,
}

impl Breaker {
    /// Rests for `rest` after `failures` in a row.
    pub fn new(failures: u32, rest: Duration) -> Self {
        Self { failures, rest, state: Mutex::default() }
    }

    /// How long it still rests. When that is over, the next failure makes it rest again.
    pub fn resting(&self) -> Option<Duration> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.until.and_then(|until| until.checked_duration_since(Instant::now())).filter(|left| !left.is_zero())
    }

    /// Says how a request ended.
    pub fn ended(&self, well: bool) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if well {
            *state = State::default();
            return;
        }
        state.failed = state.failed.saturating_add(1);
        if state.failed >= self.failures {
            state.until = Some(Instant::now() + self.rest);
        }
    }
}
