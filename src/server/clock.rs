//! The time of day, for what is stored and told.

use jiff::Timestamp;
use std::ffi::OsString;
use std::sync::LazyLock;

/// The variable that names a file with milliseconds by which this process's clock is ahead: tests move it so.
const AHEAD: &str = "MAPWRIGHT_CLOCK_FILE";

/// Milliseconds since 1970 UTC.
pub fn now() -> i64 {
    static FILE: LazyLock<Option<OsString>> = LazyLock::new(|| std::env::var_os(AHEAD));
    let ahead = FILE.as_ref().and_then(|file| std::fs::read_to_string(file).ok()?.trim().parse().ok());
    Timestamp::now().as_millisecond().saturating_add(ahead.unwrap_or(0))
}

/// RFC 3339 in UTC.
pub fn rfc3339(millis: i64) -> String {
    Timestamp::from_millisecond(millis).unwrap_or_default().to_string()
}

/// The UTC day, `2026-01-31`.
pub fn day(millis: i64) -> String {
    rfc3339(millis).chars().take(10).collect()
}

/// Whole seconds until the next UTC day.
pub fn until_tomorrow(millis: i64) -> i64 {
    (86_400_000 - millis.rem_euclid(86_400_000) + 999) / 1000
}
