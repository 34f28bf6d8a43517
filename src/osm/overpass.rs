//! Overpass: a request becomes a query, an answer becomes data or a named error.

use crate::error::{Error, Result};
use crate::request::Request;

/// What the server is asked to book for a query.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Seconds.
    pub timeout: u32,
    /// Bytes of memory.
    pub maxsize: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: 90, maxsize: 268_435_456 }
    }
}

/// The query for the box of a request.
///
/// # Errors
/// [`Error::Request`] without a box.
pub fn query(request: &Request, limits: &Limits) -> Result<String> {
    let _ = (request, limits);
    Err(Error::request("bbox", "missing"))
}

/// The query as the body of a POST.
pub fn form(query: &str) -> String {
    query.to_owned()
}

/// What is wrong with an answer, if anything is.
pub fn fault(status: u16, content_type: &str, body: &[u8]) -> Option<Error> {
    let _ = (status, content_type, body);
    None
}

/// What `/api/status` says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Status {
    /// Seconds until a slot comes free.
    pub wait_seconds: Option<u32>,
}

/// Reads `/api/status`.
pub fn parse_status(text: &str) -> Status {
    let _ = text;
    Status::default()
}
