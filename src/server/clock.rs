//! The time of day, for what is stored and told.

use jiff::Timestamp;

/// Milliseconds since 1970 UTC.
pub fn now() -> i64 {
    Timestamp::now().as_millisecond()
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
