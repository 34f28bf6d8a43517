//! Modules of WebAssembly: one for each pack, a folder of `src/format` that holds formats; or quickly one for all of them.

use mapwright::format::PACKS;

/// A module: a file of WebAssembly and what it is made from.
pub struct Module {
    /// Its file name.
    pub id: &'static str,
    /// The packs it holds.
    pub packs: Vec<&'static str>,
    /// Built in a fraction of the time; runs slower and weighs more.
    pub quick: bool,
}

impl Module {
    /// Every module, as it is shipped or as it is built quickly.
    pub fn all(quick: bool) -> Vec<Self> {
        let packs = PACKS.iter().map(|pack| pack.id);
        if quick {
            return vec![Self { id: "all", packs: packs.collect(), quick }];
        }
        packs.map(|id| Self { id, packs: vec![id], quick }).collect()
    }

    /// What cargo builds it with.
    pub fn profile(&self) -> &'static str {
        if self.quick { "quick" } else { "wasm" }
    }
}
