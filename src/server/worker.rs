//! Workers: claim a task, let the engine work on a thread of low priority, keep its files.

use super::app::{App, Shared, stop};
use super::clock;
use super::files;
use super::problem::Problem;
use super::store::Task;
use crate::error::{Error, Result};
use crate::export::File;
use crate::request::Request;
use crate::watch::{Progress, Stage, Watch};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::time::Duration;
use tokio::sync::oneshot;

/// A claim is good for this long without a sign of life, ms.
const LEASE: i64 = 30_000;
/// Time between signs of life.
const BEAT: Duration = Duration::from_millis(400);
/// Longest wait for a new task that nobody announced.
const LOOK: Duration = Duration::from_secs(2);
/// Workers let requests go first (`nice`).
const NICENESS: i32 = 10;
/// How long finished files wait for room on the disk.
const PATIENCE: Duration = Duration::from_secs(600);
/// The part of the whole that reading takes.
const READING: f64 = 0.4;

/// Works until the server is to stop.
pub async fn work(app: Shared) {
    let mut stopping = app.stopping.subscribe();
    while !*stopping.borrow() {
        match app.store.claim(LEASE).await {
            Ok(Some(task)) => {
                app.hub.turn(&task.id, false);
                one(&app, task).await;
            }
            Ok(None) => {
                tokio::select! {
                    () = app.added.notified() => {}
                    () = tokio::time::sleep(LOOK) => {}
                    () = stop(&mut stopping) => {}
                }
            }
            Err(fault) => {
                // The database is away: it may come back.
                eprintln!("storage: {fault}");
                tokio::time::sleep(LOOK).await;
            }
        }
    }
}

/// What worker thread and supervisor share.
#[derive(Debug, Default)]
struct Sign {
    stop: AtomicBool,
    /// Progress times 16, plus the number of the stage.
    progress: AtomicI64,
}

/// Words for the stages, `fetch` before any.
const STEPS: [&str; 6] = ["fetch", "read", "assemble", "draw", "label", "encode"];

impl Sign {
    fn tell(&self, progress: Progress) -> bool {
        let step = match progress.stage {
            Stage::Read => 1,
            Stage::Assemble => 2,
            Stage::Draw => 3,
            Stage::Label => 4,
            Stage::Write => 5,
        };
        let percent = (progress.fraction * 100.0) as i64;
        self.progress.store(percent.min(99) * 16 + step, Ordering::Relaxed);
        !self.stop.load(Ordering::Relaxed)
    }

    fn read(&self) -> (i64, &'static str) {
        let packed = self.progress.load(Ordering::Relaxed);
        (packed / 16, STEPS.get((packed % 16) as usize).copied().unwrap_or_default())
    }
}

async fn one(app: &Shared, task: Task) {
    let began = clock::now();
    let sign = Arc::new(Sign::default());
    let (tell, mut done) = oneshot::channel();
    let thread = {
        let (app, sign, task) = (app.clone(), sign.clone(), task.clone());
        std::thread::Builder::new().name("export".into()).spawn(move || {
            let this = rustix::thread::gettid();
            // Without the right to change it the export merely competes.
            let _ = rustix::process::setpriority_process(Some(this), NICENESS);
            let _ = tell.send(make(&app, &task, &sign));
        })
    };
    if let Err(fault) = thread {
        eprintln!("no thread: {fault}");
        let _ = app.store.release(&task.id, task.fence).await;
        return tokio::time::sleep(LOOK).await;
    }
    let mut stopping = app.stopping.subscribe();
    let outcome = loop {
        tokio::select! {
            outcome = &mut done => break outcome,
            () = tokio::time::sleep(BEAT) => {
                let (progress, step) = sign.read();
                app.hub.tell(&task.id, progress, step);
                if let Ok(false) = app.store.beat(&task.id, task.fence, LEASE, progress, step).await {
                    sign.stop.store(true, Ordering::Relaxed);
                }
            }
            () = stop(&mut stopping) => {
                // Handed back: whoever starts next goes on with it.
                sign.stop.store(true, Ordering::Relaxed);
                let _ = app.store.release(&task.id, task.fence).await;
                let _ = (&mut done).await;
                return;
            }
        }
    };
    let kept = match outcome {
        Ok(Ok(made)) => keep_patiently(app, &task, &Arc::new(made), began).await,
        Ok(Err(Error::Cancelled)) => Ok(()),
        Ok(Err(fault)) => fail(app, &task, fault).await,
        Err(_) => fail(app, &task, Error::Internal("the export broke off".into())).await,
    };
    if let Err(fault) = kept {
        // The lease runs out, and the task is taken again.
        eprintln!("task {}: {fault}", task.id);
    }
    app.hub.turn(&task.id, true);
}

/// The engine's part.
fn make(app: &App, task: &Task, sign: &Sign) -> Result<Vec<File>> {
    let request = Request::from_json(&task.request)?;
    let mut listener = |progress| sign.tell(progress);
    let mut watch = Watch::new(&mut listener).stoppable(&sign.stop);
    let whole = watch.narrow(0.0, READING);
    let opened = app.sources.open(&request, &mut watch)?;
    watch.widen(whole);
    watch.narrow(READING, 1.0);
    opened.export(&app.engine, &request, &mut watch)
}

/// A full disk does not undo the work: the files wait for room, the task keeps its claim.
async fn keep_patiently(
    app: &Shared,
    task: &Task,
    made: &Arc<Vec<File>>,
    began: i64,
) -> std::result::Result<(), String> {
    let mut stopping = app.stopping.subscribe();
    let end = tokio::time::Instant::now() + PATIENCE;
    loop {
        let fault = match keep(app, task, made, began).await {
            Ok(()) => return Ok(()),
            Err(fault) => fault,
        };
        eprintln!("storage: {fault}");
        if *stopping.borrow() {
            return app.store.release(&task.id, task.fence).await.map_err(|fault| fault.to_string());
        }
        if tokio::time::Instant::now() >= end {
            let words = ("storage", "the server had no room for the result");
            return app.store.fail(&task.id, task.fence, words, true).await.map_err(|fault| fault.to_string());
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop(&mut stopping) => {}
        }
        let (progress, step) = (99, "encode");
        if let Ok(false) = app.store.beat(&task.id, task.fence, LEASE, progress, step).await {
            return Ok(());
        }
    }
}

async fn keep(app: &Shared, task: &Task, made: &Arc<Vec<File>>, began: i64) -> std::result::Result<(), String> {
    let folder = format!("{}-{}", task.id, task.fence);
    let (results, place, files) = (app.results(), folder.clone(), made.clone());
    // Disks are slow; requests are answered meanwhile.
    let written = tokio::task::spawn_blocking(move || files::keep(&results, &place, &files)).await;
    let rows = written.map_err(|fault| fault.to_string())?.map_err(|fault| fault.to_string())?;
    let text = serde_json::to_string(&rows).map_err(|fault| fault.to_string())?;
    let ours = app.store.complete(&task.id, task.fence, &text, &folder).await.map_err(|fault| fault.to_string())?;
    if !ours {
        files::remove(&app.results(), &folder);
        return Ok(());
    }
    let bytes = made.iter().map(|file| file.bytes.len() as u64).sum();
    app.metrics.finished(made.len() as u64, bytes, (clock::now() - began).unsigned_abs());
    Ok(())
}

async fn fail(app: &Shared, task: &Task, fault: Error) -> std::result::Result<(), String> {
    let (code, refund) = (fault.code(), fault.status() >= 500);
    // The sentence of the answer a client would have got: internals stay in the log.
    let problem = Problem::from(fault);
    app.store.fail(&task.id, task.fence, (code, &problem.detail), refund).await.map_err(|fault| fault.to_string())
}
