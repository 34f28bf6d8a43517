//! The command line: arguments become a request; the engine does the rest.

pub mod args;
mod batch;
mod catalogue;
mod export;
mod fetch;
mod keys;
mod like;
mod notes;
mod output;
mod place;
mod serve;
mod users;

use args::{Cli, Command};
use clap::CommandFactory;
use mapwright::{Error, Result, server};
use std::process::ExitCode;

/// What `batch` ends with where some areas failed and the others are done.
const SOME_FAILED: u8 = 1;

/// Runs one command.
pub fn run(cli: Cli) -> Result<ExitCode> {
    match cli.command {
        Command::Export(args) => export::run(&args),
        Command::Formats(args) => output::print(&catalogue::formats(args.json)?),
        Command::Styles(args) => output::print(&catalogue::styles(args.id, args.json)?),
        Command::Layers(args) => output::print(&catalogue::layers(args.json)?),
        Command::Serve(args) => serve::run(args),
        Command::Keys(args) => keys::run(&args),
        Command::Users(args) => users::run(&args),
        Command::Batch(args) => {
            let failed = batch::run(&args)?;
            return Ok(if failed == 0 { ExitCode::SUCCESS } else { SOME_FAILED.into() });
        }
        Command::Work(args) => serve::work(args),
        Command::Make { .. } => server::work::child::work(),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "mapwright", &mut script);
            let script = String::from_utf8(script).map_err(|fault| Error::Internal(fault.to_string()))?;
            output::print(&script)
        }
    }?;
    Ok(ExitCode::SUCCESS)
}
