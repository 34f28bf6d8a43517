//! How much packs weigh, and how much they may.

use crate::module::Module;
use crate::project::{Fault, root};
use crate::put::put;
use serde_json::{Map, Value, json};
use std::io::Write;

/// Most bytes of brotli by pack, of any other, and of all together: what a page loads on a phone, and what the tarball holds.
const BUDGETS: [(&str, u64); 2] = [("core", 640_000), ("drawing", 1_300_000)];
const OTHER: u64 = 1_600_000;
const ALL: u64 = 8_500_000;

/// The size of a module in bytes.
pub struct Size {
    /// The module.
    pub id: &'static str,
    /// The packs it holds.
    pub packs: Vec<&'static str>,
    /// True where it was built quickly: it may weigh what it does.
    pub quick: bool,
    /// As it lies on disk.
    pub raw: u64,
    /// As a web server sends it, brotli at its best.
    pub brotli: u64,
}

/// Measures the modules that are built, shows a table and writes `www/pkg/sizes.json`.
pub fn measure(modules: &[Module]) -> Result<Vec<Size>, Fault> {
    let path = root("www/pkg/sizes.json");
    let before: Value =
        std::fs::read(&path).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    let mut sizes = Vec::new();
    let mut rows = Map::new();
    for Module { id, packs, quick } in modules {
        let Ok(bytes) = std::fs::read(root(&format!("www/pkg/{id}_bg.wasm"))) else { continue };
        let stamp = std::fs::read_to_string(root(&format!("www/pkg/{id}.stamp")))?;
        let known = before[id]["brotli"].as_u64().filter(|_| before[id]["stamp"] == stamp.as_str());
        let (raw, brotli) = (bytes.len() as u64, known.map_or_else(|| brotli(&bytes, *quick), Ok)?);
        rows.insert((*id).into(), json!({ "raw": raw, "brotli": brotli, "stamp": stamp }));
        sizes.push(Size { id, packs: packs.clone(), quick: *quick, raw, brotli });
    }
    put(&path, &serde_json::to_vec_pretty(&rows)?)?;
    println!("{:<10}{:>12}{:>12}", "module", "raw", "brotli");
    sizes.iter().for_each(|size| println!("{:<10}{:>12}{:>12}", size.id, size.raw, size.brotli));
    Ok(sizes)
}

/// Fails where a pack, or all of them, weigh more than they may.
pub fn check(sizes: &[Size]) -> Result<(), Fault> {
    let shipped = || sizes.iter().filter(|size| !size.quick);
    let most = |id| BUDGETS.iter().find(|(pack, _)| *pack == id).map_or(OTHER, |(_, most)| *most);
    let one = shipped().map(|size| (size.id, size.brotli, most(size.id)));
    let all = ("all", shipped().map(|size| size.brotli).sum(), ALL);
    let over: Vec<_> = one
        .chain([all])
        .filter(|(_, bytes, most)| bytes > most)
        .map(|(id, bytes, most)| format!("{id} weighs {bytes} bytes of brotli, {most} are allowed"))
        .collect();
    if over.is_empty() { Ok(()) } else { Err(over.join("; ").into()) }
}

fn brotli(bytes: &[u8], quick: bool) -> std::io::Result<u64> {
    let mut packed = brotli::CompressorWriter::new(Vec::new(), 1 << 16, if quick { 4 } else { 11 }, 22);
    packed.write_all(bytes)?;
    Ok(packed.into_inner().len() as u64)
}
