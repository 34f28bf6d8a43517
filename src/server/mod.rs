//! REST door: keys, tiers, queued exports with live progress; and the page with its samples, whose engine runs in the
//! browser. The contract is `openapi.json`.

mod account;
mod app;
mod bell;
mod bucket;
mod caller;
mod clock;
mod config;
mod download;
mod drain;
mod files;
mod fonts;
mod hook;
mod listen;
mod lists;
mod live;
mod metrics;
mod openapi;
pub mod osm_org;
mod part_file;
mod problem;
mod queue;
mod random;
mod range;
mod rate;
mod render;
mod results;
mod routes;
mod samples;
mod seconds;
pub mod source;
mod status;
mod store;
mod tasks;
mod tier;
pub mod work;
mod worker;

pub use crate::format::Tier;
pub use account::{Accounts, Mail, Provider, Secret};
pub use clock::rfc3339;
pub use config::ServeOptions;
pub use hook::Hooks;
pub use listen::Connections;
pub use part_file::PartFile;
pub use source::Sources;
pub use store::{Account, Deed, KeyRow, NewKey, Place, Store};
pub use tier::{Limits, TIERS, Tiers};

use crate::error::{Error, Result};
use account::Gate;
use app::{App, Shared};
use bucket::Buckets;
use rate::Limiter;
use results::Results;
use std::fs::{self, TryLockError};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use work::Pool;

/// What open connections and workers get after the call to stop, all of them together.
const DRAIN: Duration = Duration::from_secs(25);
/// What the database gets after that.
const CLOSE: Duration = Duration::from_secs(2);
/// Time between two looks for expired results.
const SWEEP: Duration = Duration::from_secs(60);
/// Time between two lists of a store of objects.
const LIST: Duration = Duration::from_secs(3600);
/// Name of the key that a server on loopback makes for its owner.
const LOCAL: &str = "local";

/// Serves until the process is asked to stop.
///
/// # Errors
/// [`Error::Io`] where the page is not built, the address or the data folder is taken, or the database cannot be reached,
/// [`Error::Request`] for a source.
pub fn serve(options: ServeOptions) -> Result<()> {
    let page = options.page.display();
    if !options.page.join("index.html").is_file() && options.page != ServeOptions::default().page {
        return Err(Error::Io(format!(
            "{page}: no index.html there; build the page with `npm run build` or name it with --page"
        )));
    }
    if !options.page.join("index.html").is_file() {
        eprintln!("{page} is not built (npm run build): the API and the export form are served, the page is not");
    }
    until_asked_to_stop(async move {
        let lock = lock(&options)?;
        let samples = samples::routes(&options)?;
        let app = open(options).await?;
        let listen = app.options.listen;
        let most = listen::most(app.options.connections.most, app.options.workers)?;
        let listener = tokio::net::TcpListener::bind(listen).await;
        let listener = listener.map_err(|fault| Error::Io(format!("{listen}: {fault}")))?;
        // Only now nothing keeps the server from starting: a key that was shown is one that works.
        let database = |fault: sqlx::Error| Error::Io(fault.to_string());
        if listen.ip().is_loopback() && app.store.keys().await.map_err(database)?.is_empty() {
            let made = app.store.create_key(LOCAL, Tier::Enterprise).await.map_err(database)?;
            eprintln!("key for this machine, shown only now: {}", made.key);
        }
        eprintln!("mapwright serves http://{listen}");
        let served = listen::serve(listener, routes::routes(&app, samples), most, app.clone());
        let background = vec![tokio::spawn(sweep(app.clone())), tokio::spawn(hook::tell(app.clone()))];
        run(app, served, background).await;
        drop(lock);
        Ok(())
    })
}

/// Works on tasks that servers take, until the process is asked to stop.
///
/// # Errors
/// [`Error::Request`] without a database and a store that several processes share, and for a source; [`Error::Io`] where the data folder is
/// taken or the database cannot be reached.
pub fn work(options: ServeOptions) -> Result<()> {
    for (setting, given) in [("database", options.database.is_some()), ("storage", options.storage.is_some())] {
        if !given {
            return Err(Error::request(setting, "is missing; expected the one that the servers have"));
        }
    }
    until_asked_to_stop(async move {
        let lock = lock(&options)?;
        let app = open(options).await?;
        eprintln!("mapwright works on tasks of {}", app.options.place()?.name());
        let mut stopping = app.stopping.subscribe();
        let stopped = async move { app::stop(&mut stopping).await };
        run(app, stopped, Vec::new()).await;
        drop(lock);
        Ok(())
    })
}

fn until_asked_to_stop(work: impl Future<Output = Result<()>>) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|fault| Error::Io(fault.to_string()))?;
    let served = runtime.block_on(work);
    // An export that hears no stop must not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

/// The data folder belongs to one process.
fn lock(options: &ServeOptions) -> Result<fs::File> {
    let folder = &options.data_dir;
    let in_folder = |fault: std::io::Error| Error::Io(format!("{}: {fault}", folder.display()));
    fs::create_dir_all(folder.join("results")).map_err(in_folder)?;
    let lock = fs::File::create(folder.join("lock")).map_err(in_folder)?;
    match lock.try_lock() {
        Ok(()) => {
            results::folder::clear(&folder.join("results"));
            Ok(lock)
        }
        Err(TryLockError::WouldBlock) => {
            Err(Error::Io(format!("{}: another server uses this folder", folder.display())))
        }
        Err(TryLockError::Error(fault)) => Err(in_folder(fault)),
    }
}

async fn open(options: ServeOptions) -> Result<Shared> {
    let place = options.place()?;
    if options.database.is_some() && options.storage.is_none() {
        eprintln!("results are kept in this data folder: other servers on the database do not have them (--storage)");
    }
    let store = Store::open(&place).await?;
    store.recover().await.map_err(|fault| Error::Io(format!("{}: {fault}", place.name())))?;
    Ok(Arc::new(App {
        sources: Arc::new(Sources::with_patience(&options.source, options.overpass)?),
        pool: Arc::new(Pool::new(
            options.work.clone(),
            options.limits,
            options.workers,
            options.data_dir.join("results"),
        )),
        results: Results::open(options.storage.as_deref(), options.data_dir.join("results"))?,
        queue: Default::default(),
        hub: Default::default(),
        limiter: Limiter::new(options.rates, Buckets::new(&store)),
        gate: Gate(Buckets::new(&store)),
        store,
        metrics: Default::default(),
        added: Default::default(),
        stopping: watch::Sender::new(false),
        options,
    }))
}

/// Does the main thing beside workers, until it ends, and lets go of them and of what goes on in the background.
async fn run(app: Shared, main: impl Future<Output = ()>, mut background: Vec<JoinHandle<()>>) {
    let workers: Vec<_> = (0..app.options.workers).map(|_| tokio::spawn(worker::work(app.clone()))).collect();
    background.push(tokio::spawn(bell::hear(app.clone())));
    let stopper = app.clone();
    tokio::spawn(async move {
        asked_to_stop().await;
        stopper.stopping.send_replace(true);
    });
    let mut draining = app.stopping.subscribe();
    let all = async {
        main.await;
        app.stopping.send_replace(true);
        for worker in workers {
            let _ = worker.await;
        }
    };
    tokio::select! {
        () = all => {}
        // Connections that stay open, and workers that hear nothing, do not hold it up for ever.
        () = async { let _ = draining.wait_for(|stop| *stop).await; tokio::time::sleep(DRAIN).await } => {}
    }
    background.iter().for_each(JoinHandle::abort);
    let _ = tokio::time::timeout(CLOSE, app.store.close()).await;
}

/// Ctrl+C, or SIGTERM as service managers send it.
async fn asked_to_stop() {
    let interrupt = async { tokio::signal::ctrl_c().await.unwrap_or(()) };
    tokio::select! {
        () = interrupt => {}
        () = terminated() => {}
    }
}

/// Ends with SIGTERM, where there is such a thing.
async fn terminated() {
    #[cfg(unix)]
    if let Ok(mut terminate) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        terminate.recv().await;
        return;
    }
    std::future::pending().await
}

/// Removes what expired, again and again.
async fn sweep(app: Shared) {
    let mut listed = None;
    loop {
        let keep = i64::from(app.options.retention_hours) * 3_600_000;
        match app.store.sweep(clock::now() - keep).await {
            Ok(held) => {
                let shared = matches!(app.results, Results::Bucket(_));
                // To list a bucket costs something, and nobody sees what is left there.
                if !shared || listed.is_none_or(|time: Instant| time.elapsed() > LIST) {
                    listed = Some(Instant::now());
                    if let Err(fault) = app.results.sweep(held).await {
                        eprintln!("storage: {fault}");
                    }
                }
            }
            Err(fault) => eprintln!("storage: {fault}"),
        }
        if let Err(fault) = app.store.forget().await {
            eprintln!("storage: {fault}");
        }
        tokio::time::sleep(SWEEP).await;
    }
}
