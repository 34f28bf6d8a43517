//! What a module is made from, as one number: equal numbers, nothing to build.

use crate::module::Module;
use crate::project::{Fault, root};
use mapwright::format::PACKS;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

/// Files and folders that every module is made from.
const INPUTS: [&str; 8] = [
    "src",
    "assets",
    "Cargo.toml",
    "Cargo.lock",
    ".cargo/config.toml",
    "rust-toolchain.toml",
    "xtask/src/wasm.rs",
    "node_modules/binaryen/package.json",
];
/// Parts of those that no module holds.
const FOREIGN: [&str; 4] = ["src/cli", "src/server", "src/main.rs", "assets/sample"];

/// The fingerprint of a module: contents of its inputs, compiler and manner of building.
pub fn of(module: &Module) -> Result<String, Fault> {
    let mut foreign: Vec<_> = FOREIGN.iter().map(|path| root(path)).collect();
    foreign.extend(
        PACKS
            .iter()
            .filter(|pack| !module.packs.contains(&pack.id))
            .map(|pack| root(&format!("src/format/{}", pack.id))),
    );
    let mut hasher = DefaultHasher::new();
    Command::new("rustc").arg("-vV").current_dir(root("")).output()?.stdout.hash(&mut hasher);
    module.quick.hash(&mut hasher);
    for input in INPUTS {
        add(&root(input), &foreign, &mut hasher).map_err(|fault| format!("{input}: {fault}"))?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, foreign: &[PathBuf], hasher: &mut DefaultHasher) -> std::io::Result<()> {
    if foreign.iter().any(|other| other == path) {
        return Ok(());
    }
    path.file_name().hash(hasher);
    if !path.is_dir() {
        std::fs::read(path)?.hash(hasher);
        return Ok(());
    }
    let mut inside = std::fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<Vec<_>>>()?;
    inside.sort();
    inside.iter().try_for_each(|path| add(path, foreign, hasher))
}
