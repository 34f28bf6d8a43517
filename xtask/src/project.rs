//! Where the project is, how its programs are run, and what is said when one fails.

use std::path::PathBuf;
use std::process::Command;

/// What a task says when it fails.
pub type Fault = Box<dyn std::error::Error>;

/// A path in the project.
pub fn root(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..").join(path)
}

/// Runs a program in the project's root; it must end well.
pub fn run(command: &mut Command) -> Result<(), Fault> {
    let status = command.current_dir(root("")).status().map_err(|fault| format!("{command:?}: {fault}"))?;
    if status.success() { Ok(()) } else { Err(format!("{command:?} ended with {status}").into()) }
}
