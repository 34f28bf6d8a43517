//! What ZIP packages of data say of themselves: terms, and how they were made.

use super::write::Job;
use crate::error::Result;
use crate::osm::{ATTRIBUTION, COPYRIGHT, LICENCE};
use crate::wire::package::{How, Package};

/// The entry that says how it was made.
pub const RECORD: &str = "mapwright.json";
/// The entry with the terms.
pub const TERMS: &str = "LICENSE.txt";

/// Appends the terms and how the package was made, both as they are: who looks at the bytes of the file finds them.
///
/// # Errors
/// Those of the sink.
pub fn sign(package: &mut Package, job: &Job) -> Result<()> {
    package.put(TERMS, How::STORED, terms().as_bytes())?;
    record(package, job)
}

/// Appends how the package was made.
///
/// # Errors
/// Those of the sink.
pub fn record(package: &mut Package, job: &Job) -> Result<()> {
    package.put(RECORD, How::STORED, job.provenance.text().as_bytes())
}

/// What may be done with the data.
pub fn terms() -> String {
    format!(
        "{ATTRIBUTION}\n\nThe data are available under the Open Database License (ODbL) 1.0:\n\
         {LICENCE}\n\nMaps of them show this credit: {COPYRIGHT}\n"
    )
}
