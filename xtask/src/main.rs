//! The build of mapwright, in Rust: packs of WebAssembly, the catalogue in TypeScript, goldens.

mod catalogue;
mod fingerprint;
mod glue;
mod latin;
mod module;
mod new_format;
mod project;
mod put;
mod sheet;
mod sizes;
mod skeleton;
mod slices;
mod viewer;
mod wasm;

use project::{Fault, run};
use std::process::{Command, ExitCode};

const USAGE: &str =
    "cargo xtask wasm [--quick | pack…]             build packs into www/pkg; --quick: all in one module, slower and larger
cargo xtask fonts                             make slices of large fonts, the table of Latin letters and the page around HTML maps, in www/pkg/fonts
cargo xtask catalogue [--check]               write www/api/catalogue.ts, or compare it
cargo xtask sheet [PROGRAM]                   draw docs/styles.png and docs/levels.png; with an older program, docs/places.png
cargo xtask new-format PACK ID [--of FAMILY]  write what a new format needs, to be filled; --of: a version of a family
cargo xtask bless                             accept what golden tests produce now, write the catalogue";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let (flags, names): (Vec<_>, Vec<_>) = args.iter().map(String::as_str).partition(|arg| arg.starts_with("--"));
    let allowed = |known: &[&str]| match flags.iter().find(|flag| !known.contains(flag)) {
        Some(flag) => Err(format!("{flag} is unknown\n{USAGE}").into()),
        None => Ok(()),
    };
    let has = |flag| flags.contains(&flag);
    let done = match names.split_first() {
        Some((&"wasm", packs)) => allowed(&["--quick"]).and_then(|()| wasm::run(packs, has("--quick"))),
        Some((&"fonts", [])) => {
            allowed(&[]).and_then(|()| slices::make().and_then(|()| latin::make()).and_then(|()| viewer::make()))
        }
        Some((&"catalogue", [])) => allowed(&["--check"]).and_then(|()| catalogue::run(has("--check"))),
        Some((&"sheet", [])) => allowed(&[]).and_then(|()| sheet::run()),
        Some((&"sheet", [old])) => allowed(&[]).and_then(|()| sheet::beside(old)),
        Some((&"new-format", [pack, id])) => allowed(&[]).and_then(|()| new_format(pack, id, None)),
        Some((&"new-format", [pack, id, of])) if has("--of") => {
            allowed(&["--of"]).and_then(|()| new_format(pack, id, Some(of)))
        }
        Some((&"bless", [])) => allowed(&[]).and_then(|()| bless()),
        _ => Err(USAGE.into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("{fault}");
            ExitCode::FAILURE
        }
    }
}

/// Writes a new format's files, and says what is left to do.
fn new_format(pack: &str, id: &str, of: Option<&str>) -> Result<(), Fault> {
    let done = new_format::run(&project::root(""), pack, id, of)?;
    run(Command::new("rustfmt").args(["--edition", "2024"]).arg(done.code))?;
    println!("{}", done.guide);
    Ok(())
}

/// Writes goldens anew and the catalogue with them.
fn bless() -> Result<(), Fault> {
    run(Command::new("cargo").args(["test", "--test", "all", "golden"]).env("MAPWRIGHT_BLESS", "1"))?;
    catalogue::run(false)
}
