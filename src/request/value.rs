//! Values as clients write them.

use serde_json::Value;

/// A whole number, written as `3` or as `3.0`: JSON does not tell them apart.
pub fn whole(value: &Value) -> Option<i64> {
    let whole = |number: f64| (libm::trunc(number) == number && number.abs() < 1e15).then_some(number as i64);
    value.as_i64().or_else(|| value.as_f64().and_then(whole))
}

/// A value of a client as messages show it.
pub fn brief(value: &str) -> String {
    const SHOWN: usize = 60;
    let more = if value.chars().nth(SHOWN).is_some() { "…" } else { "" };
    value.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect::<String>() + more
}
