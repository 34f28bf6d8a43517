//! How often a key may ask: token buckets.

use super::bucket::Buckets;
use super::problem::Problem;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

/// A kind of call, with what it may do at once and in a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Call {
    /// New exports.
    Render,
    /// Everything else.
    Read,
}

impl Call {
    /// Its name in headers.
    pub fn name(self) -> &'static str {
        match self {
            Self::Render => "render",
            Self::Read => "read",
        }
    }
}

/// What may be asked at once, and in a second in the long run.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Allowance {
    /// Calls at once.
    pub burst: f64,
    /// Calls a second.
    pub a_second: f64,
}

/// Allowances of every key; configuration may change them.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rates {
    /// Of new exports.
    pub render: Allowance,
    /// Of everything else.
    pub read: Allowance,
}

impl Default for Rates {
    fn default() -> Self {
        let allowance = |burst, a_second| Allowance { burst, a_second };
        Self { render: allowance(20.0, 5.0), read: allowance(200.0, 100.0) }
    }
}

impl Rates {
    fn of(&self, call: Call) -> Allowance {
        match call {
            Call::Render => self.render,
            Call::Read => self.read,
        }
    }

    /// Whether every key may ask at all.
    pub fn are_fine(&self) -> bool {
        [self.render, self.read].iter().all(|Allowance { burst, a_second }| *burst >= 1.0 && *a_second > 0.0)
    }
}

/// What is left of an allowance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quota {
    /// Of which kind of call.
    pub call: Call,
    /// Calls at once,
    pub burst: u64,
    /// and the seconds after which as many are there again.
    pub window: u64,
    /// Calls left.
    pub left: u64,
    /// Seconds until all are there again.
    pub again: u64,
    /// Calls a second that are fine.
    rate: f64,
    taken: bool,
}

impl Quota {
    /// 429, where nothing was left.
    pub fn refused(&self) -> Option<Problem> {
        let detail = format!("too many calls in a short time; {} a second are fine", self.rate);
        (!self.taken).then(|| Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many", detail).retry(1))
    }
}

/// Counts the calls of all keys.
#[derive(Debug)]
pub struct Limiter {
    rates: Rates,
    buckets: Buckets,
}

impl Limiter {
    /// With full buckets.
    pub fn new(rates: Rates, buckets: Buckets) -> Self {
        Self { rates, buckets }
    }

    /// Takes one call of a key, if there is one.
    ///
    /// # Errors
    /// 503 where the buckets are in a database that does not answer.
    pub async fn take(&self, key: i64, call: Call) -> Result<Quota, Problem> {
        let Allowance { burst, a_second: rate } = self.rates.of(call);
        let left = self.buckets.take(format!("{} {key}", call.name()), burst, rate).await?;
        let whole = |number: f64| number as u64;
        Ok(Quota {
            call,
            burst: whole(burst),
            window: whole((burst / rate).ceil()),
            left: whole(left.tokens),
            again: whole(((burst - left.tokens) / rate).ceil()),
            rate,
            taken: left.taken,
        })
    }
}
