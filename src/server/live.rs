//! Live progress of running tasks, from workers to those who listen.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use tokio::sync::watch;

/// Progress at this moment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Live {
    /// 0 to 100.
    pub progress: i64,
    /// The stage in a word.
    pub step: &'static str,
    /// Counts up when the status of the task changed.
    pub turn: u64,
}

/// Who listens to which task.
#[derive(Debug, Default)]
pub struct Hub(Mutex<HashMap<String, watch::Sender<Live>>>);

impl Hub {
    /// Hears a task from now on.
    pub fn listen(&self, id: &str) -> watch::Receiver<Live> {
        let mut tasks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.retain(|other, task| other == id || task.receiver_count() > 0 || !task.borrow().step.is_empty());
        tasks.entry(id.into()).or_default().subscribe()
    }

    /// Tells progress; it never goes back.
    pub fn tell(&self, id: &str, progress: i64, step: &'static str) {
        self.change(id, |live| {
            live.progress = live.progress.max(progress);
            live.step = step;
        });
    }

    /// Tells that the status changed, for good where `over`.
    pub fn turn(&self, id: &str, over: bool) {
        self.change(id, |live| live.turn += 1);
        if over {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(id);
        }
    }

    /// The status of a task changed somewhere else; whoever listens looks again.
    pub fn turned(&self, id: &str) {
        let tasks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(task) = tasks.get(id) {
            task.send_modify(|live| live.turn += 1);
        }
    }

    /// The progress of a task that runs here.
    pub fn now(&self, id: &str) -> Live {
        let tasks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.get(id).map(|task| *task.borrow()).unwrap_or_default()
    }

    fn change(&self, id: &str, change: impl FnOnce(&mut Live)) {
        let mut tasks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tasks.entry(id.into()).or_default().send_modify(change);
    }
}
