//! Which addresses may be told, and for whom.

use crate::format::Tier;
use crate::server::problem::Problem;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};

/// Longest address.
const LONGEST: usize = 2000;

/// What an operator allows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hooks {
    /// Hosts, with their port where it is not the usual one, that may be told: `example.org`, `ci.example.org:8443`.
    pub hosts: Vec<String>,
    /// Seconds after which it is tried a second and a third time.
    pub waits: [f64; 2],
}

impl Default for Hooks {
    fn default() -> Self {
        Self { hosts: Vec::new(), waits: [10.0, 60.0] }
    }
}

/// Refuses an address that may not be told, or a tier that has no webhooks.
///
/// # Errors
/// 400, 402.
pub fn allow(hooks: &Hooks, tier: Tier, address: &str) -> Result<(), Problem> {
    if tier < Tier::Pro {
        let detail = format!("webhooks are for pro and above; this key is {}", tier.id());
        return Err(Problem::new(StatusCode::PAYMENT_REQUIRED, "tier", detail)
            .with("tier", Tier::Pro.id())
            .with("limit", tier.id())
            .with("used", "webhook"));
    }
    let host = host(address).filter(|_| address.len() <= LONGEST);
    let host =
        host.ok_or_else(|| Problem::field("webhook", "expected an address that begins with https:// or http://"))?;
    if hooks.hosts.contains(&host) {
        return Ok(());
    }
    Err(Problem::field("webhook", format!("this server tells nothing to {host}; its operator names the hosts it does")))
}

/// The host of an address, with its port where it is not the usual one; none where there is something strange.
fn host(address: &str) -> Option<String> {
    let uri: axum::http::Uri = address.parse().ok()?;
    let authority = uri.authority().filter(|authority| !authority.as_str().contains('@'))?;
    let usual = match uri.scheme_str()? {
        "https" => 443,
        "http" => 80,
        _ => return None,
    };
    let host = authority.host().to_lowercase();
    Some(match authority.port_u16().filter(|port| *port != usual) {
        Some(port) => format!("{host}:{port}"),
        None => host,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_the_operator_names_is_told() {
        let hooks = Hooks { hosts: vec!["example.org".into(), "ci.example.org:8443".into()], ..Hooks::default() };
        let allowed = |address: &str| allow(&hooks, Tier::Pro, address).is_ok();
        for fine in ["https://example.org/hook", "https://EXAMPLE.org:443/", "http://ci.example.org:8443/x?y=1"] {
            assert!(allowed(fine), "{fine}");
        }
        for bad in [
            "https://example.org.evil.net/",
            "https://example.org@evil.net/",
            "https://user:x@example.org/",
            "ftp://example.org/",
            "https://example.org:8443/",
            "example.org",
            "https://",
            "https://127.0.0.1/",
        ] {
            assert!(!allowed(bad), "{bad}");
        }
        assert_eq!(allow(&hooks, Tier::Basic, "https://example.org/").unwrap_err().status, 402);
    }
}
