//! Counters for Prometheus (text format 0.0.4).

use std::fmt::Write;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

/// Why the server ends connections: without a request too long, too slow a request, to make room for others, all have work.
const ENDS: [&str; 4] = ["idle", "slow", "room", "full"];

/// Counters since the start.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Answers by hundreds of their status.
    answers: [AtomicU64; 6],
    /// Files written, and their bytes.
    files: [AtomicU64; 2],
    /// Milliseconds workers were busy.
    busy: AtomicU64,
    /// Open connections.
    connections: AtomicI64,
    /// Connections that the server ended, as in [`ENDS`].
    ended: [AtomicU64; 4],
    /// Passwords that were hashed.
    hashes: AtomicU64,
}

impl Metrics {
    /// Counts an answer.
    pub fn answer(&self, status: u16) {
        if let Some(count) = self.answers.get(usize::from(status / 100)) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Counts the files of a finished task.
    pub fn finished(&self, files: u64, bytes: u64, millis: u64) {
        let [count, size] = &self.files;
        count.fetch_add(files, Ordering::Relaxed);
        size.fetch_add(bytes, Ordering::Relaxed);
        self.busy.fetch_add(millis, Ordering::Relaxed);
    }

    /// Counts connections: one more or one less.
    pub fn connection(&self, change: i64) {
        self.connections.fetch_add(change, Ordering::Relaxed);
    }

    /// Counts a connection that the server ended, by a word of [`ENDS`].
    pub fn ended(&self, why: &str) {
        for (_, count) in ENDS.iter().zip(&self.ended).filter(|(word, _)| **word == why) {
            count.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Counts a password that is hashed.
    pub fn hashed(&self) {
        self.hashes.fetch_add(1, Ordering::Relaxed);
    }

    /// The text that Prometheus reads; `tasks` are counts by status.
    pub fn text(&self, tasks: &[(String, i64)]) -> String {
        let mut out = String::new();
        let mut family = |name: &str, kind: &str, help: &str, rows: &[(String, f64)]| {
            // Writing to a String cannot fail.
            let _ = writeln!(out, "# HELP mapwright_{name} {help}\n# TYPE mapwright_{name} {kind}");
            for (labels, value) in rows {
                let _ = writeln!(out, "mapwright_{name}{labels} {value}");
            }
        };
        let read = |count: &AtomicU64| count.load(Ordering::Relaxed) as f64;
        let answers = self.answers.iter().enumerate().skip(1);
        let answers: Vec<_> =
            answers.map(|(class, count)| (format!("{{status=\"{class}xx\"}}"), read(count))).collect();
        family("answers_total", "counter", "Answers by status.", &answers);
        let tasks: Vec<_> =
            tasks.iter().map(|(status, count)| (format!("{{status=\"{status}\"}}"), *count as f64)).collect();
        family("tasks", "gauge", "Tasks that are known, by status.", &tasks);
        let [count, size] = &self.files;
        family("files_total", "counter", "Files written.", &[(String::new(), read(count))]);
        family("file_bytes_total", "counter", "Bytes of files written.", &[(String::new(), read(size))]);
        family(
            "busy_seconds_total",
            "counter",
            "Seconds workers were busy.",
            &[(String::new(), read(&self.busy) / 1000.0)],
        );
        let open = self.connections.load(Ordering::Relaxed) as f64;
        family("connections", "gauge", "Open connections.", &[(String::new(), open)]);
        let ended = ENDS.iter().zip(&self.ended);
        let ended: Vec<_> = ended.map(|(why, count)| (format!("{{why=\"{why}\"}}"), read(count))).collect();
        family("connections_ended_total", "counter", "Connections that the server ended.", &ended);
        let hashes = [(String::new(), read(&self.hashes))];
        family("password_hashes_total", "counter", "Passwords that were hashed.", &hashes);
        out
    }
}
