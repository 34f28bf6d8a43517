//! Faults of the crate as ours.

use crate::error::Result;
use crate::sink;
use parquet::errors::ParquetError;

/// A result with our error: what the sink said where the sink failed.
pub fn ours<T>(result: std::result::Result<T, ParquetError>) -> Result<T> {
    result.map_err(|fault| sink::fault("Parquet", &fault))
}
