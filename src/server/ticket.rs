//! Single-use tickets: what a browser opens an event stream with, as it cannot send a key there.

use super::random;
use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// How long a ticket is good.
pub const VALID: Duration = Duration::from_secs(60);

/// Tickets that were not used yet.
#[derive(Debug, Default)]
pub struct Tickets(Mutex<HashMap<String, (String, Instant)>>);

impl Tickets {
    /// A ticket for a task.
    pub fn give(&self, task: &str) -> String {
        let mut tickets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tickets.retain(|_, (_, since)| since.elapsed() < VALID);
        let ticket = random::id();
        tickets.insert(ticket.clone(), (task.into(), Instant::now()));
        ticket
    }

    /// Uses a ticket up; true where it was good for this task.
    pub fn take(&self, ticket: &str, task: &str) -> bool {
        let found = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(ticket);
        found.is_some_and(|(of, since)| of == task && since.elapsed() < VALID)
    }
}
