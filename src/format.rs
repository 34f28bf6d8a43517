//! **Format** turns one product into bytes. A format is one file; this page is the list of all.

mod kind;
mod option;

pub use kind::{Entry, Format, Job, Tier, Write, Written};
pub use option::{Opt, OptKind, Settings};

/// THE LIST: every pack with its formats. The word is the file's name.
macro_rules! list {
    ($($feature:tt $pack:ident: $($file:ident)*;)*) => {
        $(
            #[doc = concat!("Formats of the pack `", $feature, "`.")]
            #[cfg(feature = $feature)]
            pub mod $pack { $(pub mod $file;)* }
        )*
        /// Every format of the packs this build holds.
        pub static FORMATS: &[Entry] = &[$($(
            #[cfg(feature = $feature)]
            Entry { pack: $feature, format: &$pack::$file::FORMAT },
        )*)*];
        /// Names of the packs, in the order they are preferred.
        pub const PACKS: &[&str] = &[$($feature),*];
    };
}

list! {
    "core" core: geojson geojsonseq csv graphml osm_xml osm_pbf pmtiles;
    "drawing" drawing: svg pdf png jpg webp svgz ps;
    "cad" cad: dxf;
    "solid" solid: glb stl;
    "dataset" dataset:;
}

/// Finds a format by id or alias.
pub fn find(name: &str) -> Option<Entry> {
    FORMATS.iter().copied().find(|entry| entry.format.answers_to(name))
}
