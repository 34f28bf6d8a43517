//! Hears what other processes on the same database ring.

use super::app::Shared;
use super::store::Ring;
use std::time::Duration;

/// Time until a bell that broke is tried again.
const AGAIN: Duration = Duration::from_secs(2);

/// Passes on to those who wait here what is rung elsewhere; ends at once where there are no others.
pub async fn hear(app: Shared) {
    loop {
        match app.store.bell().await {
            Ok(None) => return,
            Ok(Some(mut bell)) => loop {
                match bell.next().await {
                    Ok(Ring::Added) => app.added.notify_waiters(),
                    Ok(Ring::Turned(id)) => app.hub.turned(&id),
                    Err(fault) => {
                        eprintln!("storage: {fault}");
                        break;
                    }
                }
            },
            Err(fault) => eprintln!("storage: {fault}"),
        }
        tokio::time::sleep(AGAIN).await;
    }
}
