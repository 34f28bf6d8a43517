//! Asks an Overpass server, waits as it says, and hands its answer to `osm::overpass` for judgement.

use mapwright::osm::overpass;
use mapwright::{Error, Request, Result, error::Fault};
use std::io::Read;
use std::time::Duration;

/// How often a busy or limiting server is asked again.
const RETRIES: u32 = 2;
/// Shortest wait after "rate limited" or "too busy", seconds (fair use of the public servers).
const WAIT: u64 = 30;
/// Largest answer that is taken, bytes.
const LIMIT: u64 = 2 << 30;

/// The answer to the query of a request.
///
/// # Errors
/// [`Error::Overpass`] by kind, [`Error::Io`] where the server cannot be reached.
pub fn overpass(server: &str, request: &Request, talk: bool) -> Result<Vec<u8>> {
    let query = overpass::query(request, &overpass::Limits::default())?;
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .timeout_global(Some(Duration::from_secs(600)))
        .user_agent(concat!("mapwright/", env!("CARGO_PKG_VERSION")))
        .build()
        .into();
    let mut tries = 0;
    loop {
        let fault = match ask(&agent, server, &query) {
            Err(Error::Overpass { fault, message, megabytes }) => Error::Overpass { fault, message, megabytes },
            other => return other,
        };
        let again = matches!(fault, Error::Overpass { fault: Fault::RateLimited | Fault::Busy, .. });
        if !again || tries == RETRIES {
            return Err(fault);
        }
        tries += 1;
        let wait = status_wait(&agent, server).unwrap_or(0).max(WAIT);
        if talk {
            eprintln!("{fault}; asking again in {wait} s");
        }
        std::thread::sleep(Duration::from_secs(wait));
    }
}

fn ask(agent: &ureq::Agent, server: &str, query: &str) -> Result<Vec<u8>> {
    let unreachable = |fault: &dyn std::fmt::Display| Error::Io(format!("{server}: {fault}"));
    let mut answer = agent
        .post(server)
        .header("content-type", "application/x-www-form-urlencoded")
        .send(overpass::form(query))
        .map_err(|fault| unreachable(&fault))?;
    let kind = answer.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or("").to_owned();
    let mut body = Vec::new();
    let mut reader = answer.body_mut().as_reader().take(LIMIT + 1);
    reader.read_to_end(&mut body).map_err(|fault| unreachable(&fault))?;
    if body.len() as u64 > LIMIT {
        return Err(Error::TooLarge(format!("{server} sent more than 2 GiB; choose a smaller area")));
    }
    match overpass::fault(answer.status().as_u16(), &kind, &body) {
        Some(fault) => Err(fault),
        None => Ok(body),
    }
}

/// Seconds until the server's `/api/status` promises a slot.
fn status_wait(agent: &ureq::Agent, server: &str) -> Option<u64> {
    let address = server.strip_suffix("/interpreter")?.to_owned() + "/status";
    let text = agent.get(&address).call().ok()?.body_mut().read_to_string().ok()?;
    overpass::parse_status(&text).wait_seconds.map(u64::from)
}
