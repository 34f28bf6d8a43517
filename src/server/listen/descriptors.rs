//! How many connections the system's limit of open files bears.

use crate::error::{Error, Result};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Open files beside connections: the database, the log, the page, what is written.
const RESERVE: usize = 48;
/// Those of one worker: its process, its results, the servers it asks.
const WORKER: usize = 20;
/// Those of a connection: itself, and the file it is sent.
const CONNECTION: usize = 2;
/// Fewer connections are no server.
const LEAST: usize = 4;
/// Most connections that nobody asked for.
const USUAL: usize = 1024;
/// As many open files as the system is asked for.
const FILES: u64 = 65_536;

/// Most connections of a server with so many workers, as they are set or as the limit of open files bears them beside the
/// database and the workers. The limit is raised as far as the system allows without asking.
///
/// # Errors
/// [`Error::Request`] for more connections than that, [`Error::Io`] where there is no room for any.
pub fn most(set: Option<usize>, workers: usize) -> Result<usize> {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(FILES, |most| most.min(FILES));
    let files = match limit.current {
        // Where it may not be raised it stays as it is.
        Some(now) if now < wanted => match setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), ..limit }) {
            Ok(()) => wanted,
            Err(_) => now,
        },
        Some(now) => now,
        None => FILES,
    };
    within(usize::try_from(files).unwrap_or(usize::MAX), set, workers)
}

fn within(files: usize, set: Option<usize>, workers: usize) -> Result<usize> {
    let beside = workers.saturating_mul(WORKER).saturating_add(RESERVE);
    let bears = files.saturating_sub(beside) / CONNECTION;
    let needs = |connections: usize| connections.saturating_mul(CONNECTION).saturating_add(beside);
    let system = format!("the system allows {files} (ulimit -n)");
    match set {
        Some(set) if set > bears => {
            let detail = format!("{set} connections and {workers} workers need {} open files; {system}", needs(set));
            Err(Error::request("connections.most", detail))
        }
        Some(set) => Ok(set),
        None if bears < LEAST => Err(Error::Io(format!(
            "{workers} workers and {LEAST} connections need {} open files; {system}",
            needs(LEAST)
        ))),
        None => Ok(bears.min(USUAL)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn connections_leave_files_for_everything_else() {
        assert_eq!(within(256, None, 2).unwrap(), (256 - 48 - 2 * 20) / 2);
        assert_eq!(within(1 << 20, None, 8).unwrap(), 1024);
        assert_eq!(within(256, Some(84), 2).unwrap(), 84);
        let fault = within(256, Some(85), 2).unwrap_err();
        assert_eq!(fault.field(), Some("connections.most"));
        assert!(fault.to_string().contains("258") && fault.to_string().contains("256"), "{fault}");
        let fault = within(64, None, 2).unwrap_err();
        assert_eq!(fault.code(), "io");
        assert!(fault.to_string().contains("96") && fault.to_string().contains("64"), "{fault}");
    }
}
