//! How modules of WebAssembly are built: cargo, wasm-bindgen, wasm-opt.

use crate::module::Module;
use crate::project::{self, Fault, root};
use crate::{fingerprint, glue, sizes, slices, viewer};
use std::path::PathBuf;
use std::process::Command;
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";

/// Builds `wanted` packs, or all, and writes what loads them; `quick`ly, unless what is shipped is there and fresh.
pub fn run(wanted: &[&str], quick: bool) -> Result<(), Fault> {
    let shipped = Module::all(false);
    if let Some(unknown) = wanted.iter().find(|name| shipped.iter().all(|module| module.id != **name)) {
        let packs: Vec<_> = shipped.iter().map(|module| module.id).collect();
        return Err(format!("{unknown} is no pack with formats; there are {}", packs.join(", ")).into());
    }
    if quick && !wanted.is_empty() {
        return Err(format!("--quick builds all packs in one module, not {}", wanted.join(", ")).into());
    }
    std::fs::create_dir_all(root("www/pkg"))?;
    let stale =
        |modules: &[Module]| modules.iter().map(is_stale).try_fold(false, |any, one| Ok::<_, Fault>(any || one?));
    let modules = if quick && stale(&shipped)? { Module::all(true) } else { shipped };
    for module in modules.iter().filter(|module| wanted.is_empty() || wanted.contains(&module.id)) {
        if is_stale(module)? {
            build(module)?;
            std::fs::write(stamp(module), fingerprint::of(module)?)?;
        }
    }
    slices::make()?;
    viewer::make()?;
    let sizes = sizes::measure(&modules)?;
    glue::write(&sizes)?;
    sizes::check(&sizes)
}

/// Where it is written what a module was made from.
fn stamp(module: &Module) -> PathBuf {
    root(&format!("www/pkg/{}.stamp", module.id))
}

/// True unless it is there, made from what lies here now.
fn is_stale(module: &Module) -> Result<bool, Fault> {
    let print = fingerprint::of(module)?;
    Ok(std::fs::read_to_string(stamp(module)).map_or(true, |text| text != print))
}

/// cargo, wasm-bindgen, wasm-opt.
fn build(module: &Module) -> Result<(), Fault> {
    println!("module {}", module.id);
    let linked = compile(module)?;
    let folder = root("www/pkg");
    Bindgen::new()
        .input_path(linked)
        .web(true)?
        .omit_default_module_path(true)
        .reset_state_function(true)
        .remove_name_section(true)
        .remove_producers_section(true)
        .typescript(true)
        .out_name(module.id)
        .generate(&folder)?;
    if module.quick {
        return Ok(());
    }
    let file = folder.join(format!("{}_bg.wasm", module.id));
    // No feature flags: the module names the features it uses, and more would be refused by browsers. Not more than -O1:
    // larger functions, made by inlining, take browsers longer to compile than they save (docs/benchmarks.md).
    project::run(Command::new(root("node_modules/.bin/wasm-opt")).arg("-O1").arg(&file).arg("-o").arg(&file))
}

/// Compiles the library with the formats of a module's packs; gives the path of what was linked.
fn compile(module: &Module) -> Result<PathBuf, Fault> {
    let profile = module.profile();
    // All modules have the same file name, and cargo does not notice that another overwrote it: make it link again.
    let linked = target_dir()?.join(TARGET).join(profile).join("deps/mapwright.wasm");
    if !module.quick && linked.exists() {
        std::fs::remove_file(&linked)?;
    }
    let mut cargo = Command::new("cargo");
    cargo.args(["build", "--lib", "--target", TARGET, "--profile", profile, "--no-default-features"]);
    cargo.arg("--features").arg(format!("wasm,{}", module.packs.join(",")));
    if !module.quick {
        cargo.env("CARGO_ENCODED_RUSTFLAGS", flags()?.join("\u{1f}"));
    }
    project::run(&mut cargo)?;
    Ok(linked)
}

/// Only what .cargo/config.toml says, and no paths of this machine in the messages.
fn flags() -> Result<Vec<String>, Fault> {
    // Less inlining makes the core pack 3 % lighter; reading and GeoJSON take as long, tiles 6 % longer.
    let mut flags = vec!["-Ctarget-feature=+simd128".to_owned(), "-Cllvm-args=-inline-threshold=100".to_owned()];
    if let Some(home) = cargo_home() {
        flags.push(format!("--remap-path-prefix={}=cargo", home.display()));
    }
    flags.push(format!("--remap-path-prefix={}=mapwright", root("").canonicalize()?.display()));
    Ok(flags)
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
