//! Packs: one WebAssembly file for each folder of `src/format` that holds formats.

use crate::project::{self, Fault, root};
use crate::{fingerprint, glue, sizes, slices};
use mapwright::format::PACKS;
use std::path::{Path, PathBuf};
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
/// What `--dev` changes in the profile `wasm`: builds in a fraction of the time, runs slower, weighs more.
const DEV: [&str; 3] = ["profile.wasm.lto=false", "profile.wasm.codegen-units=16", "profile.wasm.opt-level=1"];

/// How packs are built.
pub struct How {
    /// Quickly.
    pub dev: bool,
    /// Sizes become the budget.
    pub record: bool,
}

/// Builds `wanted` packs, or all, and writes what loads them.
pub fn run(wanted: &[&str], how: &How) -> Result<(), Fault> {
    let packs: Vec<_> = PACKS.iter().map(|pack| pack.id).collect();
    if let Some(unknown) = wanted.iter().find(|name| !packs.contains(name)) {
        return Err(format!("{unknown} is no pack with formats; there are {}", packs.join(", ")).into());
    }
    std::fs::create_dir_all(root("www/pkg"))?;
    let chosen = packs.iter().filter(|pack| wanted.is_empty() || wanted.contains(pack));
    for pack in chosen {
        let stamp = root(&format!("www/pkg/{pack}.stamp"));
        let print = fingerprint::of(pack, how.dev)?;
        let built = |path: &Path| std::fs::read_to_string(path).is_ok_and(|text| text == print);
        if !built(&stamp) {
            build(pack, how)?;
            std::fs::write(stamp, print)?;
        }
    }
    slices::make()?;
    let sizes = sizes::measure(&packs)?;
    glue::write(&sizes)?;
    match how {
        How { dev: true, .. } => Ok(()),
        How { record: true, .. } => sizes::record(&sizes),
        How { .. } => sizes::check(&sizes),
    }
}

/// cargo, wasm-bindgen, wasm-opt.
fn build(pack: &str, how: &How) -> Result<(), Fault> {
    println!("pack {pack}");
    let module = compile(pack, how)?;
    let folder = root("www/pkg");
    Bindgen::new()
        .input_path(module)
        .web(true)?
        .omit_default_module_path(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .typescript(true)
        .out_name(pack)
        .generate(&folder)?;
    if how.dev {
        return Ok(());
    }
    let file = folder.join(format!("{pack}_bg.wasm"));
    // No feature flags: the module names the features it uses, and more would be refused by browsers. Not more than -O1:
    // larger functions, made by inlining, take browsers longer to compile than they save (docs/benchmarks.md).
    project::run(Command::new(root("node_modules/.bin/wasm-opt")).arg("-O1").arg(&file).arg("-o").arg(&file))
}

/// Compiles the library with the formats of one pack; gives the path of the module.
fn compile(pack: &str, how: &How) -> Result<PathBuf, Fault> {
    let target = target_dir()?;
    // All packs have the same file name, and cargo does not notice that another pack overwrote it: make it link again.
    let linked = target.join(TARGET).join("wasm/deps/mapwright.wasm");
    if linked.exists() {
        std::fs::remove_file(&linked)?;
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--lib", "--target", TARGET, "--profile", "wasm", "--no-default-features"]);
    cargo.arg("--features").arg(format!("wasm,{pack}"));
    for change in DEV.iter().filter(|_| how.dev) {
        cargo.args(["--config", change]);
    }
    // Only what .cargo/config.toml says, and no paths of this machine in the messages.
    let mut flags = vec!["-Ctarget-feature=+simd128".to_owned()];
    if let Some(home) = cargo_home() {
        flags.push(format!("--remap-path-prefix={}=cargo", home.display()));
    }
    flags.push(format!("--remap-path-prefix={}=mapwright", root("").canonicalize()?.display()));
    cargo.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    project::run(&mut cargo)?;
    Ok(linked)
}

/// Where cargo keeps its registry.
fn cargo_home() -> Option<PathBuf> {
    std::env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| std::env::home_dir().map(|home| home.join(".cargo")))
}

/// Where cargo puts its output.
fn target_dir() -> Result<PathBuf, Fault> {
    let output = Command::new("cargo")
        .args(["metadata", "--format-version=1", "--no-deps", "--offline"])
        .current_dir(root(""))
        .output()?;
    let meta: serde_json::Value = serde_json::from_slice(&output.stdout)?;
    Ok(meta["target_directory"].as_str().ok_or("cargo metadata names no target directory")?.into())
}
