//! What the handlers share, and what they hand out.

use super::limits::Limits;
use super::refusal::Refusal;
use crate::error::{Error, Result};
use crate::osm::Osm;
use crate::request::Request;
use crate::server::source::Sources;
use crate::server::work::Pool;
use crate::watch::Watch;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use tokio::sync::Semaphore;

/// What the handlers share.
pub struct Shop {
    pub pool: Arc<Pool>,
    pub sources: Arc<Sources>,
    pub limits: Limits,
    pub places: Arc<Semaphore>,
}

/// What is to be answered.
pub struct Wish {
    pub request: Request,
    /// Gets the data.
    pub fetch: Box<Fetch>,
    /// What is said of a failure.
    pub refused: Box<dyn Fn(&Error) -> Refusal + Send>,
    pub mime: &'static str,
    /// File name for a download; none for data that programs read.
    pub name: Option<&'static str>,
}

/// Gets data out of the sources.
pub type Fetch = dyn FnOnce(&Sources, &mut Watch) -> Result<Osm> + Send;

/// A finished answer.
pub struct Product {
    pub mime: &'static str,
    /// File name for a download; none for data that programs read.
    pub name: Option<&'static str>,
    pub bytes: Vec<u8>,
}

impl IntoResponse for Product {
    fn into_response(self) -> Response {
        use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
        let mut answer = ([(CONTENT_TYPE, self.mime)], self.bytes).into_response();
        let name = self.name.and_then(|name| format!("attachment; filename=\"{name}\"").parse().ok());
        if let Some(name) = name {
            answer.headers_mut().insert(CONTENT_DISPOSITION, name);
        }
        answer
    }
}
