//! Who tries too often: buckets by what is tried, and by the address or the network that tries.

use crate::server::problem::Problem;
use axum::http::StatusCode;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

/// Seconds of an hour.
const HOUR: f64 = 3600.0;
/// Buckets above this number are thrown out where they are full again.
const MOST: usize = 100_000;

/// What is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Try {
    /// To sign up.
    SignUp,
    /// To have a letter sent.
    Letter,
    /// To sign in.
    SignIn,
}

/// Buckets of everybody who tried lately.
#[derive(Debug, Default)]
pub struct Gate(Mutex<HashMap<(Try, String), (f64, Instant)>>);

impl Gate {
    /// Takes one of so many tries an hour.
    ///
    /// # Errors
    /// 429 that says when there is another; the same whether an account is there or not.
    pub fn take(&self, what: Try, whose: &str, an_hour: u32) -> Result<(), Problem> {
        let most = f64::from(an_hour);
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > MOST {
            buckets.retain(|_, (_, seen)| seen.elapsed().as_secs_f64() < HOUR);
        }
        let now = Instant::now();
        let (left, seen) = buckets.entry((what, whose.to_owned())).or_insert((most, now));
        *left = (*left + now.duration_since(*seen).as_secs_f64() * most / HOUR).min(most);
        *seen = now;
        if *left < 1.0 {
            let wait = ((1.0 - *left) * HOUR / most).ceil() as u64;
            let detail = "too many tries; wait a while";
            return Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many", detail).retry(wait));
        }
        *left -= 1.0;
        Ok(())
    }

    /// Gives a try back that was none: whoever signs in rightly does not use them up.
    pub fn give(&self, what: Try, whose: &str) {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((left, _)) = buckets.get_mut(&(what, whose.to_owned())) {
            *left += 1.0;
        }
    }
}

/// The network of a machine, which one person may have whole: an address of IPv4, 64 bits of IPv6.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_run_out_for_one_alone() {
        let gate = Gate::default();
        let take = |whose| gate.take(Try::SignIn, whose, 3).is_ok();
        assert_eq!([take("a"), take("a"), take("a"), take("a"), take("b")], [true, true, true, false, true]);
        gate.give(Try::SignIn, "a");
        assert!(take("a") && !take("a"));
    }

    #[test]
    fn networks_are_what_one_person_has() {
        let of = |text: &str| network(text.parse().unwrap());
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), of("2001:db8:1:2::9"));
        assert_eq!(of("::ffff:192.0.2.7"), "192.0.2.7");
        assert_ne!(of("192.0.2.7"), of("192.0.2.8"));
    }
}
