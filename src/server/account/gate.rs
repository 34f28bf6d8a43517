//! Who tries too often: buckets by what is tried, and by the address or the network that tries.

use crate::server::bucket::Buckets;
use crate::server::problem::Problem;
use axum::http::StatusCode;
use std::net::IpAddr;

/// Seconds of an hour.
const HOUR: f64 = 3600.0;
/// What is tried.
#[derive(Debug, Clone, Copy)]
pub enum Try {
    /// To sign up.
    SignUp,
    /// To have a letter sent.
    Letter,
    /// To sign in.
    SignIn,
}

impl Try {
    fn name(self) -> &'static str {
        match self {
            Self::SignUp => "sign-up",
            Self::Letter => "letter",
            Self::SignIn => "sign-in",
        }
    }

    fn bucket(self, whose: &str) -> String {
        format!("{} {whose}", self.name())
    }
}

/// Counts the tries of everybody.
#[derive(Debug)]
pub struct Gate(pub Buckets);

impl Gate {
    /// Takes one of so many tries an hour.
    ///
    /// # Errors
    /// 429 that says when there is another; the same whether an account is there or not.
    pub async fn take(&self, what: Try, whose: &str, an_hour: u32) -> Result<(), Problem> {
        let most = f64::from(an_hour);
        let left = self.0.take(what.bucket(whose), most, most / HOUR).await?;
        if left.taken {
            return Ok(());
        }
        let wait = ((1.0 - left.tokens) * HOUR / most).ceil() as u64;
        let detail = "too many tries; wait a while";
        Err(Problem::new(StatusCode::TOO_MANY_REQUESTS, "too_many", detail).retry(wait))
    }

    /// Gives a try back that was none: whoever signs in rightly does not use them up.
    ///
    /// # Errors
    /// 503 where tries are counted in a database that does not answer.
    pub async fn give(&self, what: Try, whose: &str) -> Result<(), Problem> {
        self.0.give(&what.bucket(whose)).await
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
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let gate = Gate(Buckets::here());
        let take = |whose| runtime.block_on(gate.take(Try::SignIn, whose, 3)).is_ok();
        assert_eq!([take("a"), take("a"), take("a"), take("a"), take("b")], [true, true, true, false, true]);
        runtime.block_on(gate.give(Try::SignIn, "a")).unwrap();
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
