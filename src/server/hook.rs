//! Webhooks: the end of a task is told to an address that the operator allows, signed, three times at most. What is still to be
//! told stands with the task, so that no end of a process loses it.

mod allowed;

pub use allowed::{Hooks, allow};

use super::app::{Shared, stop};
use super::random::hex;
use super::source::agent;
use super::status;
use super::store::Task;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;

/// The header with the signature: `sha256=` and the HMAC-SHA256 of the body with the key's secret, hexadecimal.
const SIGNATURE: &str = "x-mapwright-signature";
/// How long an answer is waited for.
const PATIENCE: Duration = Duration::from_secs(10);
/// A task that was taken to be told is nobody else's for so long, ms.
const HELD: i64 = 60_000;
/// How many are told at a time.
const TOGETHER: usize = 16;
/// Time between two looks.
const LOOK: Duration = Duration::from_millis(500);

/// Tells ends of tasks until the server is to stop.
pub async fn tell(app: Shared) {
    let mut stopping = app.stopping.subscribe();
    let places = Arc::new(Semaphore::new(TOGETHER));
    while !*stopping.borrow() {
        let Ok(place) = places.clone().acquire_owned().await else { return };
        match app.store.hook(HELD).await {
            Ok(Some(task)) => {
                let work = one(app.clone(), task);
                tokio::spawn(async move {
                    work.await;
                    drop(place);
                });
                continue;
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
    fn signatures_are_those_of_rfc_4231() {
        let expected = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(signature("Jefe", "what do ya want for nothing?"), expected);
    }
}
