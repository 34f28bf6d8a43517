//! The command line: arguments become a request; the engine does the rest.

pub mod args;
mod batch;
mod catalogue;
mod export;
mod fetch;
mod output;
mod serve;

use args::{Cli, Command};
use clap::CommandFactory;
use mapwright::{Error, Result};

/// Runs one command.
pub fn run(cli: Cli) -> Result<()> {
    match cli.command {
        Command::Export(args) => export::run(&args),
        Command::Formats(args) => output::print(&catalogue::formats(args.json)?),
        Command::Styles(args) => output::print(&catalogue::styles(args.id, args.json)?),
        Command::Layers(args) => output::print(&catalogue::layers(args.json)?),
        Command::Serve(args) => serve::run(args),
        Command::Keys(args) => serve::keys(&args),
        Command::Batch(args) => batch::run(&args),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "mapwright", &mut script);
            let script = String::from_utf8(script).map_err(|fault| Error::Internal(fault.to_string()))?;
            output::print(&script)
        }
    }
}
