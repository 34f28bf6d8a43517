//! REST door: keys, tiers, queued exports with live progress; and the page with its samples, whose engine runs in the
//! browser. The contract is `openapi.json`.

mod account;
mod app;
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
mod random;
mod range;
mod rate;
mod render;
mod samples;
mod seconds;
pub mod source;
mod status;
mod store;
mod tasks;
mod ticket;
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
pub use store::{Account, Deed, KeyRow, NewKey, Store};
pub use tier::{Limits, TIERS, Tiers};

use crate::error::{Error, Result};
use app::{App, Shared};
use axum::Router;
use axum::body::{Body, HttpBody};
use axum::extract::{DefaultBodyLimit, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, any, delete, get, post};
use http_body_util::BodyExt;
use problem::Problem;
use rate::Limiter;
use std::fs::{self, TryLockError};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{Any, CorsLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::{DeadlineBody, TimeoutError};
use work::Pool;

/// What open connections and workers get after the call to stop, all of them together.
const DRAIN: Duration = Duration::from_secs(25);
/// What the database gets after that.
const CLOSE: Duration = Duration::from_secs(2);
/// Time between two looks for expired results.
const SWEEP: Duration = Duration::from_secs(60);
/// Name of the key that a server on loopback makes for its owner.
const LOCAL: &str = "local";

/// Serves until the process is asked to stop.
///
/// # Errors
/// [`Error::Io`] where the page is not built, the address or the data folder is taken, [`Error::Request`] for a source.
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
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|fault| Error::Io(fault.to_string()))?;
    let served = runtime.block_on(run(options));
    // An export that hears no stop must not keep the process.
    runtime.shutdown_timeout(Duration::from_secs(1));
    served
}

async fn run(options: ServeOptions) -> Result<()> {
    let folder = options.data_dir.clone();
    let in_folder = |fault: std::io::Error| Error::Io(format!("{}: {fault}", folder.display()));
    fs::create_dir_all(options.data_dir.join("results")).map_err(in_folder)?;
    let lock = fs::File::create(options.data_dir.join("lock")).map_err(in_folder)?;
    match lock.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            return Err(Error::Io(format!("{}: another server uses this folder", folder.display())));
        }
        Err(TryLockError::Error(fault)) => return Err(in_folder(fault)),
    }
    let store = Store::open(&options.data_dir).await?;
    let database = |fault: sqlx::Error| Error::Io(format!("{}: {fault}", folder.display()));
    store.recover().await.map_err(database)?;
    let samples = samples::routes(&options)?;
    let app = Arc::new(App {
        sources: Arc::new(Sources::with_patience(&options.source, options.overpass)?),
        pool: Arc::new(Pool::new(
            options.work.clone(),
            options.limits,
            options.workers,
            options.data_dir.join("results"),
        )),
        store,
        hub: Default::default(),
        limiter: Limiter::new(options.rates),
        tickets: Default::default(),
        gate: Default::default(),
        metrics: Default::default(),
        added: Default::default(),
        stopping: watch::Sender::new(false),
        options,
    });
    let listen = app.options.listen;
    let most = listen::most(app.options.connections.most, app.options.workers)?;
    let listener = tokio::net::TcpListener::bind(listen).await;
    let listener = listener.map_err(|fault| Error::Io(format!("{listen}: {fault}")))?;
    // Only now nothing keeps the server from starting: a key that was shown is one that works.
    if listen.ip().is_loopback() && app.store.keys().await.map_err(database)?.is_empty() {
        let made = app.store.create_key(LOCAL, Tier::Enterprise).await.map_err(database)?;
        eprintln!("key for this machine, shown only now: {}", made.key);
    }
    eprintln!("mapwright serves http://{listen}");
    let workers: Vec<_> = (0..app.options.workers).map(|_| tokio::spawn(worker::work(app.clone()))).collect();
    let sweeper = tokio::spawn(sweep(app.clone()));
    let teller = tokio::spawn(hook::tell(app.clone()));
    let stopper = app.clone();
    tokio::spawn(async move {
        asked_to_stop().await;
        stopper.stopping.send_replace(true);
    });
    let mut draining = app.stopping.subscribe();
    let all = async {
        listen::serve(listener, routes(&app, samples), most, app.clone()).await;
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
    sweeper.abort();
    teller.abort();
    let _ = tokio::time::timeout(CLOSE, app.store.close()).await;
    drop(lock);
    Ok(())
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
    loop {
        let keep = i64::from(app.options.retention_hours) * 3_600_000;
        if let Ok(held) = app.store.sweep(clock::now() - keep).await {
            let results = app.results();
            let _ = tokio::task::spawn_blocking(move || files::sweep(&results, &held)).await;
        }
        if let Err(fault) = app.store.forget().await {
            eprintln!("storage: {fault}");
        }
        tokio::time::sleep(SWEEP).await;
    }
}

/// Every call of the contract, but for the form of openstreetmap.org.
fn api() -> [(&'static str, MethodRouter<Shared>); 17] {
    [
        ("/api/render", post(render::create)),
        ("/api/render/{id}", delete(render::cancel)),
        ("/api/status/{id}", get(status::show)),
        ("/api/status/{id}/ticket", post(status::ticket)),
        ("/api/status/{id}/events", get(status::events)),
        ("/ws/task/{id}", get(status::socket)),
        ("/api/download/{id}/{format}", get(download::show)),
        ("/api/formats", get(lists::formats)),
        ("/api/styles", get(lists::styles)),
        ("/api/layers", get(lists::layers)),
        ("/api/usage", get(lists::usage)),
        ("/api/tasks", get(tasks::list)),
        ("/api/openapi.json", get(lists::document)),
        ("/api/docs", get(lists::page)),
        ("/livez", get(lists::live)),
        ("/readyz", get(lists::ready)),
        ("/metrics", get(lists::metrics)),
    ]
}

fn routes(app: &Shared, samples: Router) -> Router {
    let exposed = [
        "content-length",
        "content-disposition",
        "retry-after",
        "location",
        "mapwright-version",
        "ratelimit",
        "ratelimit-policy",
    ];
    let allowed = ["x-api-key", "content-type", "idempotency-key"];
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST, Method::DELETE])
        .allow_headers(allowed.map(HeaderName::from_static))
        .expose_headers(exposed.map(HeaderName::from_static));
    let api = api().into_iter().fold(Router::new(), |router, (path, methods)| router.route(path, methods));
    let api = api
        .route("/api/{*rest}", any(|| async { Problem::unknown("call") }))
        .method_not_allowed_fallback(|| async {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method", "this address does not take this method")
        })
        .route_layer(middleware::from_fn_with_state(app.clone(), caller::known))
        .layer(middleware::from_fn_with_state(app.clone(), shaped))
        .layer(cors);
    let page = ServeDir::new(&app.options.page).precompressed_br();
    let router = Router::new()
        .merge(api)
        .merge(account::routes(app).layer(middleware::from_fn_with_state(app.clone(), shaped)))
        .with_state(app.clone())
        .merge(samples)
        .merge(osm_org::routes(app.pool.clone(), app.sources.clone(), app.options.form))
        .fallback_service(page)
        .layer(DefaultBodyLimit::max(app.options.body_limit))
        .layer(middleware::from_fn_with_state(app.clone(), watched))
        .layer(CatchPanicLayer::custom(|_| Problem::internal(&"a handler panicked").into_response()));
    secured(router)
}

/// Counts answers, and ends the wait for a body that does not come: 408.
async fn watched(State(app): State<Shared>, request: Request, next: Next) -> Response {
    // What is called as in the original answers in lines of text as the original does.
    let lines = ["/api/0.6/", "/export/", "/cgi-bin/"].iter().any(|path| request.uri().path().starts_with(path));
    let late = Arc::new(AtomicBool::new(false));
    let answer = match request.body().is_end_stream() {
        true => next.run(request).await,
        false => {
            let (limit, late) = (app.options.connections.body, late.clone());
            let told = move |fault: axum::BoxError| {
                late.fetch_or(fault.is::<TimeoutError>(), Ordering::Relaxed);
                fault
            };
            next.run(request.map(|body| Body::new(DeadlineBody::new(limit, body).map_err(told)))).await
        }
    };
    let answer = if late.load(Ordering::Relaxed) { too_late(&app, answer, lines) } else { answer };
    app.metrics.answer(answer.status().as_u16());
    answer
}

/// Makes another answer that of a body which did not come in time. It keeps the headers that every answer has.
fn too_late(app: &App, answer: Response, lines: bool) -> Response {
    let detail = format!("the body did not come within {} s", app.options.connections.body.as_secs_f64());
    let mut late = match lines {
        true => (StatusCode::REQUEST_TIMEOUT, detail).into_response(),
        false => Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", detail).into_response(),
    };
    late.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
    for (name, value) in answer.headers() {
        if name.as_str().starts_with("access-control-") {
            late.headers_mut().insert(name, value.clone());
        }
    }
    late
}

/// Gives answers of the API that are not ours the form of all errors.
async fn shaped(State(app): State<Shared>, request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if length.is_some_and(|length: usize| length > app.options.body_limit) {
        drain::drain(request).await;
        return too_large(&app);
    }
    let answer = next.run(request).await;
    let plain = answer.headers().get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/problem+json");
    match answer.status() {
        StatusCode::PAYLOAD_TOO_LARGE if plain => too_large(&app),
        StatusCode::BAD_REQUEST if plain => {
            Problem::new(StatusCode::BAD_REQUEST, "bad_request", "the address or a header is not what this call takes")
                .into_response()
        }
        _ => answer,
    }
}

fn too_large(app: &App) -> Response {
    let detail = format!("the body is larger than {} bytes", app.options.body_limit);
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", detail).into_response()
}

/// Headers on every answer. The page's own Content-Security-Policy stands in its HTML.
fn secured(app: Router) -> Router {
    let headers: [(HeaderName, &'static str); 5] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-cache"),
        (HeaderName::from_static("mapwright-version"), env!("CARGO_PKG_VERSION")),
    ];
    headers.into_iter().fold(app, |app, (name, value)| {
        app.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)))
    })
}
