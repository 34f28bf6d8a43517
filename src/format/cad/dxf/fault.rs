//! What the crate that writes says when it fails.

use crate::error::Error;

/// A failure of the crate that writes.
pub fn fault(fault: acadrust::error::DxfError) -> Error {
    Error::Internal(format!("the drawing cannot be written: {fault}"))
}
