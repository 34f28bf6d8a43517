//! The packs of this build with their families and formats.

use super::Format;

/// A Cargo feature, a folder beside this file, and a wasm file of its own.
#[derive(Debug)]
pub struct Pack {
    /// Its name.
    pub id: &'static str,
    /// Its families, each the head first.
    pub families: &'static [&'static [Format]],
}

/// The packs of this build, in the order they are preferred.
pub static PACKS: &[Pack] = &[
    #[cfg(feature = "core")]
    Pack { id: "core", families: super::core::FAMILIES },
    #[cfg(feature = "drawing")]
    Pack { id: "drawing", families: super::drawing::FAMILIES },
    #[cfg(feature = "print")]
    Pack { id: "print", families: super::print::FAMILIES },
    #[cfg(feature = "pictures")]
    Pack { id: "pictures", families: super::pictures::FAMILIES },
    #[cfg(feature = "cad")]
    Pack { id: "cad", families: super::cad::FAMILIES },
    #[cfg(feature = "solid")]
    Pack { id: "solid", families: super::solid::FAMILIES },
    #[cfg(feature = "dataset")]
    Pack { id: "dataset", families: super::dataset::FAMILIES },
];

/// A format and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// The pack it comes in.
    pub pack: &'static str,
    /// Its family, the head first.
    pub family: &'static [Format],
    /// The format.
    pub format: &'static Format,
}

/// Every format of this build: pack by pack, family by family.
pub fn formats() -> impl Iterator<Item = Entry> {
    let families = PACKS.iter().flat_map(|pack| pack.families.iter().map(|family| (pack.id, *family)));
    families.flat_map(|(pack, family)| family.iter().map(move |format| Entry { pack, family, format }))
}

/// Finds a format by id or alias.
pub fn find(name: &str) -> Option<Entry> {
    formats().find(|entry| entry.format.answers_to(name))
}

/// The formats whose files have an extension: those of the name alone where there is one, which `-o map.svg` means.
pub fn with_extension(extension: &str) -> Vec<Entry> {
    match find(extension) {
        Some(entry) => vec![entry],
        None => formats().filter(|entry| entry.format.extension == extension).collect(),
    }
}
