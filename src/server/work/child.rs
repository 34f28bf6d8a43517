//! The child: takes jobs from its input, works within their limits, says how it goes.

use super::protocol::{self, Job, LOOK, Made, Report, VERSION};
use super::{ASSEMBLED, GOT, memory};
use crate::error::{Error, Result};
use crate::export::{Engine, Opened};
use crate::osm::Osm;
use crate::request::Request;
use crate::server::files::Aside;
use crate::watch::{Progress, Stage, Watch};
use rustix::process::{Resource, Rlimit};
use std::cell::{Cell, RefCell};
use std::io::{self, BufReader, Write};
use std::rc::Rc;
use std::time::{Duration, Instant};

/// Requests, and the parent's own work, go first (`nice`).
const NICENESS: i32 = 10;
/// Of all processes the system ends this one first, where there is no memory left.
const EXPENDABLE: &str = "800";
/// Least time between two lines about the same stage.
const TELL: Duration = Duration::from_millis(100);
/// A child that keeps more than this after a job gives it back by ending, bytes.
const KEPT: u64 = 256 << 20;
/// Bytes that are read at once.
const PIECE: usize = 1 << 16;

/// Works until there are no more jobs.
///
/// # Errors
/// [`Error::Io`] where the parent is gone, [`Error::Corrupt`] where it speaks otherwise.
pub fn work() -> Result<()> {
    settle();
    let mut engine = Engine::native()?;
    let idle = memory::size().unwrap_or_default();
    let mut input = BufReader::with_capacity(PIECE, io::stdin().lock());
    say(&Report::Ready { version: VERSION, program: env!("CARGO_PKG_VERSION").into() })?;
    while let Some(job) = Job::read(&mut input)? {
        restrict(Resource::As, idle.saturating_add(job.memory));
        restrict(Resource::Cpu, used().saturating_add(job.processor));
        let mut osm = match Osm::read_columns(&mut input) {
            Ok(osm) => osm,
            Err(error) => {
                // Where the next job begins is not known any more.
                say(&Report::Failed { error: error.clone() })?;
                return Err(error);
            }
        };
        osm.notes = protocol::notes(&job.notes);
        engine.limits = job.limits;
        let room = Rc::new(Room::new(Duration::from_secs(job.patience)));
        let report = match make(&engine, &job, osm, &room) {
            Ok(files) => Report::Done { files, leaves: memory::size().is_some_and(|size| size > idle + KEPT) },
            Err(error) => match room.refused.take() {
                Some(reason) => Report::NoRoom { reason },
                None => Report::Failed { error },
            },
        };
        say(&report)?;
    }
    Ok(())
}

/// What holds for all jobs. Where the system refuses one of these, the others hold all the same.
fn settle() {
    let _ = rustix::process::setpriority_process(None, NICENESS);
    let _ = std::fs::write("/proc/self/oom_score_adj", EXPENDABLE);
    restrict(Resource::Core, 0);
    #[cfg(target_os = "linux")]
    {
        // A parent that was killed cannot say so.
        let _ = rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL));
    }
}

/// Sets a limit of this process that can be raised again; one that was set from outside stays.
fn restrict(resource: Resource, limit: u64) {
    let maximum = rustix::process::getrlimit(resource).maximum;
    let current = Some(maximum.map_or(limit, |most| most.min(limit)));
    if let Err(fault) = rustix::process::setrlimit(resource, Rlimit { current, maximum }) {
        eprintln!("no limit of {limit} for {resource:?}: {fault}");
    }
}

/// Seconds of processor time so far, rounded up.
fn used() -> u64 {
    rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime).tv_sec.unsigned_abs() + 1
}

fn say(report: &Report) -> Result<()> {
    let mut line = serde_json::to_vec(report).map_err(|fault| Error::Internal(fault.to_string()))?;
    line.push(b'\n');
    let mut out = io::stdout().lock();
    out.write_all(&line).and_then(|()| out.flush()).map_err(|fault| Error::Io(format!("nobody listens: {fault}")))
}

/// What is done where the disk takes nothing. That does not undo the work: it waits for room, but not for ever.
struct Room {
    /// How long it may wait yet.
    patience: Cell<Duration>,
    /// What the system said when there was none left.
    refused: RefCell<Option<String>>,
}

impl Room {
    fn new(patience: Duration) -> Self {
        Self { patience: Cell::new(patience), refused: RefCell::default() }
    }

    /// Waits a little; false if that was for nothing.
    fn wait(&self, fault: &io::Error) -> bool {
        let left = self.patience.get().checked_sub(LOOK).filter(|_| self.refused.borrow().is_none());
        if let Some(left) = left
            && say(&Report::Waits { reason: fault.to_string() }).is_ok()
        {
            self.patience.set(left);
            std::thread::sleep(LOOK);
            return true;
        }
        self.refused.borrow_mut().get_or_insert_with(|| fault.to_string());
        false
    }
}

/// The engine's part: the files go to their folder while they are made.
fn make(engine: &Engine, job: &Job, osm: Osm, room: &Rc<Room>) -> Result<Vec<Made>> {
    let request = Request::from_json(&job.request)?;
    let mut told: Option<(Stage, Instant)> = None;
    let mut listener = |Progress { fraction, stage, .. }: Progress| {
        if told.is_some_and(|(before, at)| before == stage && at.elapsed() < TELL) {
            return true;
        }
        told = Some((stage, Instant::now()));
        say(&Report::Progress { fraction, stage }).is_ok()
    };
    let mut watch = Watch::new(&mut listener);
    let opened = watch.part(GOT..ASSEMBLED, |watch| Opened::assemble(osm, watch))?;
    let again = room.clone();
    let mut aside = Aside::new(&job.folder, Rc::new(move |fault| again.wait(fault)))?;
    let files = watch.part(ASSEMBLED..1.0, |watch| opened.export(engine, &request, watch, |_| aside.open()))?;
    aside.keep(files)
}
