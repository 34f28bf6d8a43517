//! The parent's side of one job: data go to a child, its lines come back. Dropping it stops all of it.

use super::GOT;
use super::limits::Allowance;
use super::pool::{Child, Pool};
use super::protocol::{self, Job, LOOK, Made, Report, VERSION};
use crate::error::{Error, Result};
use crate::osm::Osm;
use crate::watch::{Progress, Stage, Watch};
use rustix::process::Signal;
use std::io::{self, BufWriter, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use tokio::io::AsyncWriteExt;
use tokio::process::ChildStdin;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

/// Bytes that go to a child at once, and how many such pieces wait.
const PIECE: usize = 1 << 18;
const PIECES: usize = 4;
/// Cutting lets requests go first (`nice`).
#[cfg(target_os = "linux")]
const NICENESS: i32 = 10;
/// What a process without memory says, in Rust's words and in the system's.
const NO_MEMORY: [&str; 2] = ["memory allocation of", "Cannot allocate memory"];

/// What is to be made of what.
pub struct Order<F> {
    /// The request as JSON text.
    pub request: String,
    /// Gets the data; on a thread of its own.
    pub fetch: F,
    /// Where the files go: empty or not there yet.
    pub folder: PathBuf,
    /// Limits.
    pub allowance: Allowance,
    /// How long files may wait for room on the disk, all in all.
    pub patience: Duration,
}

/// Why there are no files.
#[derive(Debug)]
pub enum Ended {
    /// An error of the engine, a source, or a limit that the request is too large for.
    Fault(Error),
    /// The deadline passed; the sentence for the caller.
    Late(String),
    /// The child died of something else; the sentence for the caller.
    Crashed(String),
    /// The disk had no room for the files.
    NoRoom(String),
    /// No process could be started: the job is as if it had not been tried.
    NoChild(String),
}

impl From<Error> for Ended {
    fn from(fault: Error) -> Self {
        Self::Fault(fault)
    }
}

/// How far a job is; shared with those who tell others.
#[derive(Debug, Default)]
pub struct Sign(AtomicI64);

/// Words for the stages, `fetch` before any.
const STEPS: [&str; 6] = ["fetch", "read", "assemble", "draw", "label", "encode"];

impl Sign {
    /// Takes down how far it is.
    pub fn tell(&self, fraction: f64, stage: Stage) {
        let step = match stage {
            Stage::Read => 1,
            Stage::Assemble => 2,
            Stage::Draw => 3,
            Stage::Label => 4,
            Stage::Write => 5,
        };
        let percent = (fraction * 100.0) as i64;
        self.0.store(percent.clamp(0, 99) * 16 + step, Ordering::Relaxed);
    }

    /// Progress from 0 to 99, and the stage in a word.
    pub fn read(&self) -> (i64, &'static str) {
        let packed = self.0.load(Ordering::Relaxed);
        (packed / 16, STEPS.get((packed % 16) as usize).copied().unwrap_or_default())
    }
}

/// Stops a thread when it is dropped.
#[derive(Default)]
struct Stop(Arc<AtomicBool>);

impl Drop for Stop {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// Has the files made by a child. Dropped before its end, it kills the child and stops the fetching.
///
/// # Errors
/// See [`Ended`].
pub async fn run<F>(pool: &Pool, order: Order<F>, sign: Arc<Sign>) -> std::result::Result<Vec<Made>, Ended>
where
    F: FnOnce(&mut Watch) -> Result<Osm> + Send + 'static,
{
    let Order { request, fetch, folder, allowance, patience } = order;
    let stop = Stop::default();
    let (sender, mut pieces) = mpsc::channel(PIECES);
    let memory = allowance.given() << 20;
    let head = Job {
        version: VERSION,
        request,
        folder,
        memory,
        processor: allowance.processor,
        patience: patience.as_secs(),
        limits: pool.limits,
        notes: Vec::new(),
    };
    let (flag, told) = (stop.0.clone(), sign.clone());
    let fetched = low("cut", move || deliver(head, fetch, &told, &flag, sender)).map_err(Ended::NoChild)?;
    let Some(first) = pieces.recv().await else {
        let fault = fetched.await.unwrap_or_else(|_| Err(Error::Internal("the data could not be cut out".into())));
        return Err(fault.err().unwrap_or(Error::Internal("there were no data".into())).into());
    };
    let mut child = pool.lend().await.map_err(Ended::NoChild)?;
    let end = Instant::now() + allowance.deadline();
    let heard = {
        let Child { input, lines, .. } = &mut child;
        let mut feed = std::pin::pin!(feed(input, first, pieces));
        let mut hear = std::pin::pin!(hear(lines, &sign, end));
        let mut fed = false;
        loop {
            tokio::select! {
                () = &mut feed, if !fed => fed = true,
                heard = &mut hear => break heard,
            }
        }
    };
    match heard {
        Heard::Last(Report::Done { files, leaves }) => {
            if !leaves {
                pool.back(child);
            }
            Ok(files)
        }
        Heard::Last(Report::NoRoom { reason }) => Err(Ended::NoRoom(reason)),
        Heard::Last(Report::Failed { error }) => Err(error.into()),
        Heard::Last(other) => Err(Error::Internal(format!("a child ended with {other:?}")).into()),
        Heard::Late => Err(Ended::Late(allowance.too_late())),
        Heard::Nothing => Err(died(child, allowance).await),
    }
}

/// Runs work on a thread of low priority.
fn low<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> T + Send + 'static,
) -> std::result::Result<oneshot::Receiver<T>, String> {
    let (tell, done) = oneshot::channel();
    let thread = std::thread::Builder::new().name(name.into()).spawn(move || {
        // Only Linux has priorities of threads. Without the right to change it the thread merely competes.
        #[cfg(target_os = "linux")]
        let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICENESS);
        let _ = tell.send(work());
    });
    thread.map(|_| done).map_err(|fault| format!("no thread: {fault}"))
}

/// Fetches the data and sends the job with them.
fn deliver(
    mut head: Job,
    fetch: impl FnOnce(&mut Watch) -> Result<Osm>,
    sign: &Sign,
    stop: &AtomicBool,
    sender: mpsc::Sender<Vec<u8>>,
) -> Result<()> {
    let mut listener = |Progress { fraction, stage, .. }: Progress| {
        sign.tell(fraction, stage);
        true
    };
    let mut watch = Watch::new(&mut listener).stoppable(stop);
    let osm = watch.part(0.0..GOT, fetch)?;
    head.notes = protocol::said(&osm.notes);
    let mut line = serde_json::to_vec(&head).map_err(|fault| Error::Internal(fault.to_string()))?;
    line.push(b'\n');
    let gone = |fault: io::Error| Error::Io(fault.to_string());
    let mut out = BufWriter::with_capacity(PIECE, Outlet(sender));
    out.write_all(&line).map_err(gone)?;
    osm.write_columns(&mut out)?;
    out.flush().map_err(gone)
}

/// Pieces for a child.
struct Outlet(mpsc::Sender<Vec<u8>>);

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.0.blocking_send(bytes.to_vec());
        sent.map(|()| bytes.len()).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Hands pieces on. A child that takes no more will be heard of by its silence.
async fn feed(input: &mut ChildStdin, first: Vec<u8>, mut pieces: mpsc::Receiver<Vec<u8>>) {
    let mut next = Some(first);
    while let Some(piece) = next {
        if input.write_all(&piece).await.is_err() {
            return;
        }
        next = pieces.recv().await;
    }
    let _ = input.flush().await;
}

/// What came of listening.
enum Heard {
    /// The last line of a job.
    Last(Report),
    /// The end of all lines.
    Nothing,
    /// No last line in time.
    Late,
}

async fn hear(
    lines: &mut tokio::io::Lines<tokio::io::BufReader<tokio::process::ChildStdout>>,
    sign: &Sign,
    mut end: Instant,
) -> Heard {
    loop {
        let line = match tokio::time::timeout_at(end, lines.next_line()).await {
            Err(_) => return Heard::Late,
            Ok(Ok(Some(line))) => line,
            Ok(_) => return Heard::Nothing,
        };
        match serde_json::from_str(&line) {
            Ok(Report::Progress { fraction, stage }) => sign.tell(fraction, stage),
            Ok(Report::Waits { reason }) => {
                eprintln!("storage: {reason}");
                // Waiting is no work, and takes a little longer than it should; the child's patience ends it.
                end += LOOK * 2;
            }
            Ok(last) => return Heard::Last(last),
            Err(fault) => {
                let error = Error::Internal(format!("a child says \"{line:.100}\": {fault}"));
                return Heard::Last(Report::Failed { error });
            }
        }
    }
}

/// Why a child died.
async fn died(child: Child, allowance: Allowance) -> Ended {
    let (status, words) = child.ended().await;
    let signal = status.and_then(|status| status.signal());
    if NO_MEMORY.iter().any(|said| words.contains(said)) {
        return Error::TooLarge(allowance.too_much_memory()).into();
    }
    if signal == Some(Signal::XCPU.as_raw()) {
        return Error::TooLarge(allowance.too_much_work()).into();
    }
    eprintln!("a child ended with {status:?}: {words}");
    if signal == Some(Signal::KILL.as_raw()) {
        let words = "the system ended the export, as it does for want of memory; a smaller area may work";
        return Ended::Crashed(words.into());
    }
    if signal.is_some() {
        return Ended::Crashed("the export ended without a result; a smaller area may work".into());
    }
    // It went of its own will, as after a panic: the next one would do the same.
    Error::Internal(format!("the export broke off: {words}")).into()
}
