//! Command line door: export | serve | formats | styles | layers | completions.

mod cli;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(cli::args::Cli::parse()) {
        Ok(code) => code,
        Err(fault) => {
            eprintln!("mapwright: {fault}");
            ExitCode::from(fault.exit())
        }
    }
}
