//! Local extracts that the page may open: `/sources.json` lists them, `/sources/{id}` is the file.

use super::ServeOptions;
use crate::error::{Error, Result};
use axum::routing::get;
use axum::{Json, Router};
use serde::Serialize;
use std::path::Path;
use tower_http::services::ServeFile;

/// A row of `/sources.json`.
#[derive(Debug, Clone, Serialize)]
struct Source {
    /// File name without folders and extensions.
    id: String,
    /// Where it is fetched, relative to the page.
    file: String,
}

/// Routes for every `file:PATH`.
///
/// # Errors
/// [`Error::Request`] for a source of another kind, [`Error::Io`] for a file that is not there.
pub fn routes(options: &ServeOptions) -> Result<Router> {
    let mut rows = Vec::new();
    let mut router = Router::new();
    for source in options.source.iter().filter(|source| source.starts_with("file:")) {
        let path = source
            .strip_prefix("file:")
            .map(Path::new)
            .ok_or_else(|| Error::request("source", format!("\"{source}\": expected file:PATH")))?;
        if !path.is_file() {
            return Err(Error::Io(format!("{}: no such file", path.display())));
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let stem: String = name.split('.').next().unwrap_or("source").to_owned();
        let id: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
        let file = format!("sources/{}-{id}", rows.len());
        router = router.route_service(&format!("/{file}"), ServeFile::new(path));
        rows.push(Source { id, file });
    }
    Ok(router.route("/sources.json", get(move || std::future::ready(Json(rows.clone())))))
}
