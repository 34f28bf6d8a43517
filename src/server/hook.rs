//! Webhooks: the end of a task is told to an address that the operator allows, signed, three times at most. What is still to be
//! told stands with the task, so that no end of a process loses it.

use super::app::{Shared, stop};
use super::problem::Problem;
use super::random::hex;
use super::source::agent;
use super::status;
use super::store::Task;
use crate::format::Tier;
use axum::http::StatusCode;
use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use std::time::Duration;

/// The header with the signature: `sha256=` and the HMAC-SHA256 of the body with the key's secret, hexadecimal.
const SIGNATURE: &str = "x-mapwright-signature";
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// A task that was taken to be told is nobody else's for so long, ms.
const HELD: i64 = 60_000;
/// Time between two looks.
const LOOK: Duration = Duration::from_millis(500);
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
        return Err(Problem::new(StatusCode::PAYMENT_REQUIRED, "tier", detail).with("tier", Tier::Pro.id()));
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

/// Tells ends of tasks until the server is to stop.
pub async fn tell(app: Shared) {
    let mut stopping = app.stopping.subscribe();
    while !*stopping.borrow() {
        match app.store.hook(HELD).await {
            Ok(Some(task)) => {
                tokio::spawn(one(app.clone(), task));
            }
            Ok(None) => {}
            Err(fault) => eprintln!("storage: {fault}"),
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK) => {}
            () = stop(&mut stopping) => {}
        }
    }
}

async fn one(app: Shared, task: Task) {
    let told = send(&app, &task).await;
    let again = match &told {
        Ok(()) => None,
        Err(fault) => {
            eprintln!("webhook of task {}: {fault}", task.id);
            usize::try_from(task.hook_tries - 1)
                .ok()
                .and_then(|tries| app.options.hooks.waits.get(tries).map(|wait| (wait * 1000.0) as i64))
        }
    };
    if let Err(fault) = app.store.hooked(&task.id, again).await {
        eprintln!("storage: {fault}");
    }
}

async fn send(app: &Shared, task: &Task) -> Result<(), String> {
    let (Some(address), (_, Some(secret))) =
        (task.hook.clone(), app.store.owner(task.key).await.map_err(|fault| fault.to_string())?)
    else {
        return Ok(());
    };
    let body = status::body(app, task).await.map_err(|problem| problem.detail)?.to_string();
    let signature = format!("sha256={}", signature(&secret, &body));
    let asked = move || {
        let request = agent(PATIENCE).post(&address).header("content-type", "application/json");
        let answer = request.header(SIGNATURE, signature).send(body).map_err(|fault| fault.to_string())?;
        if answer.status().is_success() { Ok(()) } else { Err(format!("answers {}", answer.status().as_u16())) }
    };
    tokio::task::spawn_blocking(asked).await.map_err(|fault| fault.to_string())?
}

fn signature(secret: &str, body: &str) -> String {
    // HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(body.as_bytes());
    hex(&mac.finalize().into_bytes())
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

    #[test]
    fn signatures_are_those_of_rfc_4231() {
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(signature("Jefe", "what do ya want for nothing?"), expected);
    }
}
