//! Where a native program finds the slices of fonts that it does not carry.

use crate::Engine;
use crate::error::Result;
use crate::scene::font::Fonts;
use std::path::{Path, PathBuf};

/// The setting that names the folder.
const SETTING: &str = "MAPWRIGHT_FONTS";

impl Engine {
    /// With the fonts a native program carries; slices of large fonts are read from disk when a map needs them.
    ///
    /// # Errors
    /// [`crate::error::Error::Corrupt`] for a font that cannot be read.
    pub fn native() -> Result<Self> {
        Ok(Self { fonts: Fonts::embedded()?.with_shelf(read), ..Self::default() })
    }
}

/// The file of a list or a slice, if there is one: in the folder that `MAPWRIGHT_FONTS` names, else in `fonts` beside the
/// program, in `share/mapwright/fonts` beside its folder, or where the build of the project puts them.
fn read(id: &str) -> Option<Vec<u8>> {
    // Ids come from lists, which are files: none leads out of the folder.
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return None;
    }
    let folders: Vec<PathBuf> = match std::env::var_os(SETTING) {
        Some(folder) => vec![folder.into()],
        None => usual(),
    };
    let file = |folder: &PathBuf| {
        ["woff", "ttf", "json", "txt", "html"]
            .iter()
            .find_map(|end| std::fs::read(folder.join(format!("{id}.{end}"))).ok())
    };
    folders.iter().find_map(file)
}

fn usual() -> Vec<PathBuf> {
    let mut folders = Vec::new();
    if let Some(beside) = std::env::current_exe().ok().as_deref().and_then(Path::parent) {
        folders.push(beside.join("fonts"));
        folders.extend(beside.parent().map(|above| above.join("share/mapwright/fonts")));
    }
    folders.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("www/pkg/fonts"));
    folders
}
