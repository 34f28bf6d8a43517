//! REST door. Now it serves the page, its packs and its sample extracts from a folder; the engine runs in the browser.

pub mod osm_org;
pub mod source;
mod sources;

use crate::error::{Error, Result};
use crate::export::Engine;
use axum::Router;
use axum::http::{HeaderName, HeaderValue, header};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

/// What to serve, and where.
#[derive(Debug, Clone)]
pub struct ServeOptions {
    /// Address and port.
    pub listen: SocketAddr,
    /// Extracts to offer beside the page's samples: `file:PATH`.
    pub sources: Vec<String>,
    /// Folder of the built page.
    pub page: PathBuf,
}

/// Serves until the process is asked to stop.
///
/// # Errors
/// [`Error::Io`] where the page is not built or the address is taken, [`Error::Request`] for a source.
pub fn serve(options: &ServeOptions) -> Result<()> {
    if !options.page.join("index.html").is_file() {
        let page = options.page.display();
        return Err(Error::Io(format!(
            "{page}: no index.html there; build the page with `npm run build` or name it with --page"
        )));
    }
    let held = Arc::new(osm_org::sources(&options.sources)?);
    let form = osm_org::routes(Arc::new(Engine::native()?), held, osm_org::Limits::default());
    let app = sources::routes(options)?.merge(form).fallback_service(ServeDir::new(&options.page).precompressed_br());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|fault| Error::Io(fault.to_string()))?.block_on(async {
        let listen = options.listen;
        let listener =
            tokio::net::TcpListener::bind(listen).await.map_err(|fault| Error::Io(format!("{listen}: {fault}")))?;
        eprintln!("mapwright serves http://{listen}");
        let stop = async { tokio::signal::ctrl_c().await.unwrap_or(()) };
        let served = axum::serve(listener, secured(app)).with_graceful_shutdown(stop).await;
        served.map_err(|fault| Error::Io(fault.to_string()))
    })
}

/// Headers on every answer. The page's own Content-Security-Policy stands in its HTML.
fn secured(app: Router) -> Router {
    let headers: [(HeaderName, &'static str); 4] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::CACHE_CONTROL, "no-cache"),
    ];
    headers.into_iter().fold(app, |app, (name, value)| {
        app.layer(SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value)))
    })
}
