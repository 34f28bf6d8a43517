//! Workers: claim a task, have a child make its files, keep them.

use super::app::{Shared, stop};
use super::clock;
use super::problem::Problem;
use super::store::Task;
use super::work::{self, Ended, Made, Order, Sign};
use crate::request::Request;
use crate::watch::Watch;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::watch::Receiver;

/// Time between signs of life.
const BEAT: Duration = Duration::from_millis(400);
/// Longest wait for a new task that nobody announced.
const LOOK: Duration = Duration::from_secs(2);
/// How long files wait for room on the disk, while they are made and once they are.
const PATIENCE: Duration = Duration::from_secs(600);
/// What is told of a task for whose files there was none.
const NO_ROOM: (&str, &str) = ("storage", "the server had no room for the result");

/// Works until the server is to stop.
pub async fn work(app: Shared) {
    let mut stopping = app.stopping.subscribe();
    while !*stopping.borrow() {
        match app.store.claim(lease(&app)).await {
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

/// A claim is good for this long without a sign of life, ms.
fn lease(app: &Shared) -> i64 {
    (app.options.lease * 1000.0) as i64
}

/// A file of a try, in the folder of results.
fn folder(task: &Task) -> String {
    format!("{}-{}", task.id, task.fence)
}

/// Where they are made.
fn aside(app: &Shared, task: &Task) -> PathBuf {
    app.aside().join(format!(".{}", folder(task)))
}

async fn one(app: &Shared, task: Task) {
    let began = clock::now();
    let outcome = attempt(app, &task).await;
    let kept = match outcome {
        None => Ok(()),
        Some(Ok(made)) => keep_patiently(app, &task, made, began).await,
        Some(Err(ended)) => settle(app, &task, ended).await,
    };
    if let Err(fault) = kept {
        // The lease runs out, and the task is taken again.
        eprintln!("task {}: {fault}", task.id);
    }
    let _ = tokio::fs::remove_dir_all(aside(app, &task)).await;
    app.hub.turn(&task.id, true);
    if task.attempts > 1 {
        // It ran alone; now the others may.
        app.added.notify_waiters();
    }
}

/// Has the files made; none where the task was cancelled, taken over or handed back meanwhile. Whatever ends it, what works
/// on it has ended with it.
async fn attempt(app: &Shared, task: &Task) -> Option<Result<Vec<Made>, Ended>> {
    // Ends when the task is over for all who listen, as it is when it is cancelled.
    let gone = over(app.hub.listen(&task.id));
    let request = match Request::from_json(&task.request) {
        Ok(request) => request,
        Err(fault) => return Some(Err(fault.into())),
    };
    let tier = match app.store.tier(task.key).await {
        Ok(tier) => tier,
        Err(fault) => return Some(Err(Ended::NoChild(fault.to_string()))),
    };
    let sources = app.sources.clone();
    let order = Order {
        request: task.request.clone(),
        fetch: move |watch: &mut Watch| sources.osm(&request, watch),
        folder: aside(app, task),
        allowance: app.pool.work.of(tier),
        patience: PATIENCE,
    };
    let sign = Arc::new(Sign::default());
    let mut made = std::pin::pin!(work::run(&app.pool, order, sign.clone()));
    let mut gone = std::pin::pin!(gone);
    let mut stopping = app.stopping.subscribe();
    loop {
        tokio::select! {
            outcome = &mut made => return Some(outcome),
            () = &mut gone => return None,
            () = tokio::time::sleep(BEAT) => {
                let (progress, step) = sign.read();
                app.hub.tell(&task.id, progress, step);
                if let Ok(false) = app.store.beat(&task.id, task.fence, lease(app), progress, step).await {
                    return None;
                }
            }
            () = stop(&mut stopping) => {
                // Whoever starts next goes on with it.
                let _ = app.store.release(&task.id, task.fence).await;
                return None;
            }
        }
    }
}

/// Ends when nobody will tell any more.
async fn over<T>(mut live: Receiver<T>) {
    while live.changed().await.is_ok() {}
}

/// What becomes of a task without files.
async fn settle(app: &Shared, task: &Task, ended: Ended) -> Result<(), String> {
    let (id, fence) = (&task.id, task.fence);
    let done = match ended {
        Ended::Fault(fault) => {
            let (code, refund) = (fault.code(), fault.status() >= 500);
            // The sentence of the answer a client would have got: internals stay in the log.
            let problem = Problem::from(fault);
            app.store.fail(id, fence, (code, &problem.detail), refund).await
        }
        Ended::Late(words) => app.store.fail(id, fence, ("deadline", &words), true).await,
        Ended::NoRoom(reason) => {
            eprintln!("storage: {reason}");
            app.store.fail(id, fence, NO_ROOM, true).await
        }
        Ended::Crashed(words) => app.store.crashed(id, fence, ("died", &words)).await,
        Ended::NoChild(fault) => {
            eprintln!("no worker: {fault}");
            let released = app.store.release(id, fence).await;
            tokio::time::sleep(LOOK).await;
            released
        }
    };
    done.map_err(|fault| fault.to_string())
}

/// A full disk does not undo the work: the files wait for room, the task keeps its claim.
async fn keep_patiently(app: &Shared, task: &Task, made: Vec<Made>, began: i64) -> Result<(), String> {
    let mut stopping = app.stopping.subscribe();
    let end = tokio::time::Instant::now() + PATIENCE;
    let mut rows = None;
    loop {
        let fault = match keep(app, task, &made, &mut rows, began).await {
            Ok(()) => return Ok(()),
            Err(fault) => fault,
        };
        eprintln!("storage: {fault}");
        if *stopping.borrow() {
            return app.store.release(&task.id, task.fence).await.map_err(|fault| fault.to_string());
        }
        if tokio::time::Instant::now() >= end {
            return app.store.fail(&task.id, task.fence, NO_ROOM, true).await.map_err(|fault| fault.to_string());
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop(&mut stopping) => {}
        }
        let (progress, step) = (99, "encode");
        if let Ok(false) = app.store.beat(&task.id, task.fence, lease(app), progress, step).await {
            return Ok(());
        }
    }
}

/// Keeps the claim while something takes long, as a large file does on its way to a store; none where the task was cancelled or
/// taken over meanwhile.
async fn held<T>(app: &Shared, task: &Task, work: impl Future<Output = T>) -> Option<T> {
    let mut work = std::pin::pin!(work);
    loop {
        tokio::select! {
            done = &mut work => return Some(done),
            () = tokio::time::sleep(BEAT) => {
                if let Ok(false) = app.store.beat(&task.id, task.fence, lease(app), 99, "encode").await {
                    return None;
                }
            }
        }
    }
}

/// Moves the files to their place, if that was not done before, and says that they are there.
async fn keep(app: &Shared, task: &Task, made: &[Made], rows: &mut Option<String>, began: i64) -> Result<(), String> {
    let folder = folder(task);
    let text = match rows {
        Some(text) => text,
        None => {
            let kept = app.results.keep(aside(app, task), folder.clone(), made.to_vec());
            let Some(kept) = held(app, task, kept).await else {
                app.results.remove(&folder).await;
                return Ok(());
            };
            let kept = kept.map_err(|fault| fault.to_string())?;
            rows.insert(serde_json::to_string(&kept).map_err(|fault| fault.to_string())?)
        }
    };
    let ours = app.store.complete(&task.id, task.fence, text, &folder).await.map_err(|fault| fault.to_string())?;
    if !ours {
        app.results.remove(&folder).await;
        return Ok(());
    }
    let bytes = made.iter().map(|file| file.size).sum();
    app.metrics.finished(made.len() as u64, bytes, (clock::now() - began).unsigned_abs());
    Ok(())
}
