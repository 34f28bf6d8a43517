//! How a pack lists its families.

/// The list of a pack, in its `mod.rs`: a word a line, sorted. The word is the name of the family's file.
macro_rules! families {
    ($($file:ident)*) => {
        $(pub mod $file;)*
        /// The families of this pack.
        pub const FAMILIES: &[&[$crate::format::Format]] = &[$($file::FORMATS),*];
    };
}
pub(crate) use families;
