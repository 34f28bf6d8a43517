//! Children that run, and those that wait for a job.

use super::limits::Work;
use super::protocol::{Report, VERSION};
use crate::request::Limits;
use std::path::PathBuf;
use std::process::{ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader, Lines};
use tokio::process::{self, ChildStderr, ChildStdin, ChildStdout, Command};
use tokio::task::JoinHandle;

/// Longest wait for a child that starts.
const START: Duration = Duration::from_secs(60);
/// What is kept of the last words of a child, bytes.
const WORDS: usize = 4096;

/// Where children come from and go to. Dropped, it ends those that wait.
#[derive(Debug)]
pub struct Pool {
    /// What processes may take.
    pub work: Work,
    /// How much a request may bring along.
    pub limits: Limits,
    /// Folder of results.
    pub results: PathBuf,
    /// Most children that wait.
    most: usize,
    idle: Mutex<Vec<Child>>,
}

/// A child; dropped, it is killed.
#[derive(Debug)]
pub struct Child {
    process: process::Child,
    /// Where its jobs go.
    pub input: ChildStdin,
    /// Its lines.
    pub lines: Lines<BufReader<ChildStdout>>,
    words: JoinHandle<String>,
    jobs: u32,
}

impl Pool {
    /// Keeps at most `most` children that have nothing to do; files go below `results`.
    pub fn new(work: Work, limits: Limits, most: usize, results: PathBuf) -> Self {
        Self { work, limits, results, most, idle: Mutex::default() }
    }

    /// A child that waits for a job.
    ///
    /// # Errors
    /// Why no process can be started.
    pub async fn lend(&self) -> Result<Child, String> {
        while let Some(mut child) = self.waiting() {
            // It may have ended since: the system takes idle ones first, too.
            if matches!(child.process.try_wait(), Ok(None)) {
                return Ok(child);
            }
        }
        Child::start(self.work.program()).await
    }

    /// Takes back a child that has finished its job.
    pub fn back(&self, mut child: Child) {
        child.jobs += 1;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if child.jobs < self.work.tasks && idle.len() < self.most {
            idle.push(child);
        }
    }

    fn waiting(&self) -> Option<Child> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop()
    }
}

impl Child {
    async fn start(program: PathBuf) -> Result<Self, String> {
        let mut command = Command::new(&program);
        command.args(["make", "--pipe"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // Ctrl+C is for the parent, which ends its children itself.
        command.process_group(0).kill_on_drop(true);
        let failed = |fault: &dyn std::fmt::Display| format!("{}: {fault}", program.display());
        let mut process = command.spawn().map_err(|fault| failed(&fault))?;
        let pipes = (process.stdin.take(), process.stdout.take(), process.stderr.take());
        let (Some(input), Some(output), Some(errors)) = pipes else { return Err(failed(&"no pipes")) };
        let mut lines = BufReader::new(output).lines();
        let words = tokio::spawn(last_words(errors));
        let line = tokio::time::timeout(START, lines.next_line()).await.map_err(|_| failed(&"does not start"))?;
        let line = line.map_err(|fault| failed(&fault))?.unwrap_or_default();
        match serde_json::from_str(&line) {
            Ok(Report::Ready { version: VERSION, .. }) => Ok(Self { process, input, lines, words, jobs: 0 }),
            _ => Err(failed(&format!("is no worker of version {VERSION}: it says \"{line:.100}\""))),
        }
    }

    /// How it ended, and its last words. Waits for its end.
    pub async fn ended(mut self) -> (Option<ExitStatus>, String) {
        drop(self.input);
        let status = self.process.wait().await.ok();
        (status, self.words.await.unwrap_or_default())
    }
}

/// The end of what a child says about its end.
async fn last_words(mut errors: ChildStderr) -> String {
    let (mut words, mut piece) = (Vec::new(), [0; 1024]);
    while let Ok(count @ 1..) = errors.read(&mut piece).await {
        words.extend_from_slice(piece.get(..count).unwrap_or_default());
        let over = words.len().saturating_sub(WORDS);
        words.drain(..over);
    }
    String::from_utf8_lossy(&words).trim().to_owned()
}
