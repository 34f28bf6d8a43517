//! How much packs weigh, and how much they may.

use crate::project::{Fault, root};
use crate::put::put;
use serde_json::{Map, Value, json};
use std::io::Write;

/// What was reached, committed; packs are held at that and a tenth more.
const BUDGET: &str = "docs/pack-sizes.json";

/// The size of a pack's module in bytes.
pub struct Size {
    /// The pack.
    pub pack: &'static str,
    /// As it lies on disk.
    pub raw: u64,
    /// As a web server sends it, brotli at its best.
    pub brotli: u64,
}

/// Measures the packs that are built, shows a table and writes `www/pkg/sizes.json`.
pub fn measure(packs: &[&'static str]) -> Result<Vec<Size>, Fault> {
    let path = root("www/pkg/sizes.json");
    let before: Value =
        std::fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    let mut sizes = Vec::new();
    let mut rows = Map::new();
    for pack in packs {
        let Ok(bytes) = std::fs::read(root(&format!("www/pkg/{pack}_bg.wasm"))) else { continue };
        let stamp = std::fs::read_to_string(root(&format!("www/pkg/{pack}.stamp")))?;
        let known = before[pack]["brotli"].as_u64().filter(|_| before[pack]["stamp"] == stamp.as_str());
        let (raw, brotli) = (bytes.len() as u64, known.map_or_else(|| brotli(&bytes), Ok)?);
        rows.insert((*pack).into(), json!({ "raw": raw, "brotli": brotli, "stamp": stamp }));
        sizes.push(Size { pack, raw, brotli });
    }
    put(&path, &serde_json::to_vec_pretty(&rows)?)?;
    println!("{:<10}{:>12}{:>12}", "pack", "raw", "brotli");
    sizes.iter().for_each(|size| println!("{:<10}{:>12}{:>12}", size.pack, size.raw, size.brotli));
    Ok(sizes)
}

/// Fails where a pack weighs more than a tenth over its budget.
pub fn check(sizes: &[Size]) -> Result<(), Fault> {
    let budget: Value = serde_json::from_slice(&std::fs::read(root(BUDGET))?)?;
    let over = |size: &&Size| budget[size.pack]["brotli"].as_u64().is_none_or(|most| size.brotli * 10 > most * 11);
    let over: Vec<_> = sizes.iter().filter(over).map(|size| size.pack).collect();
    if over.is_empty() {
        return Ok(());
    }
    Err(format!("more than a tenth over {BUDGET}: {}; see what grew, or `cargo xtask wasm --record`", over.join(", "))
        .into())
}

/// Makes these sizes the budget.
pub fn record(sizes: &[Size]) -> Result<(), Fault> {
    let rows: Map<_, _> =
        sizes.iter().map(|size| (size.pack.to_owned(), json!({ "raw": size.raw, "brotli": size.brotli }))).collect();
    Ok(std::fs::write(root(BUDGET), serde_json::to_string_pretty(&rows)? + "\n")?)
}

fn brotli(bytes: &[u8]) -> std::io::Result<u64> {
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 1 << 16, 11, 22);
    packed.write_all(bytes)?;
    Ok(packed.into_inner().len() as u64)
}
