//! What the versions of DXF can hold. Writers ask for these, and never which version it is.

use acadrust::io::dxf::code_page::{LegacyEncoding, encoding_from_code_page};
use acadrust::types::DxfVersion;
use std::collections::BTreeSet;

/// What a version can hold.
pub(super) struct Version {
    /// What `$ACADVER` says.
    pub(super) code: DxfVersion,
    /// Handles, owners, blocks and objects, all that came with R13; without them a file is tables and entities.
    pub(super) handles: bool,
    /// Pairs are bytes and not lines.
    pub(super) binary: bool,
    /// Comments at the head (group code 999).
    pub(super) comments: bool,
    /// Properties of the drawing in the header.
    pub(super) properties: bool,
    /// Characters that texts are made of; others are codes, `\U+XXXX`.
    pub(super) letters: Letters,
    /// Programs of its time know such codes.
    pub(super) codes: bool,
    /// Most bytes of a text.
    pub(super) longest: usize,
    /// Any colour; else the nearest of 255.
    pub(super) true_color: bool,
    /// Filled areas.
    pub(super) hatch: bool,
    /// What layers and line types may be called.
    pub(super) names: Names,
}

impl Version {
    /// Whether a text has letters that programs of its time cannot show.
    pub(super) fn lacks(&self, text: &str) -> bool {
        let page = code_page().filter(|_| !self.codes && self.letters == Letters::CodePage);
        page.is_some_and(|page| !text.chars().all(|c| page.can_encode(c)))
    }
}

/// What `$DWGCODEPAGE` says: that of Western Europe.
pub(super) const CODE_PAGE: &str = "ANSI_1252";

/// How its letters are bytes.
pub(super) fn code_page() -> Option<LegacyEncoding> {
    encoding_from_code_page(CODE_PAGE)
}

/// Characters that stand for themselves.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Letters {
    /// Those of [`CODE_PAGE`].
    CodePage,
    /// All, in UTF-8.
    Unicode,
}

impl Letters {
    /// Bytes a character takes in the file, at most.
    pub(super) fn bytes(self, c: char) -> usize {
        match (self, c) {
            // It may have to be written as a code itself, lest it begins one.
            (_, '\\') => 7,
            (Self::Unicode, _) => c.len_utf8(),
            (Self::CodePage, '\0'..='\x7f') => 1,
            // A code for each 16 bits.
            (Self::CodePage, _) => 7 * c.len_utf16(),
        }
    }
}

/// Names of symbols.
pub(super) enum Names {
    /// At most 31 of `A`–`Z`, digits, `$`, `-`, `_`.
    Short,
    /// At most 255 characters; some that stand in paths and wildcards are none of them.
    Long,
}

impl Names {
    /// A name like the one wished for that is not taken yet, and is now.
    pub(super) fn name(&self, wish: &str, taken: &mut BTreeSet<String>) -> String {
        let (longest, fits): (usize, fn(char) -> bool) = match self {
            Self::Short => (31, |c| c.is_ascii_uppercase() || c.is_ascii_digit() || "$-_".contains(c)),
            Self::Long => (255, |c| !c.is_control() && !"<>/\\\":;?*|,=`".contains(c)),
        };
        let case = |c: char| if matches!(self, Self::Short) { c.to_ascii_uppercase() } else { c };
        let name: Vec<char> = wish.chars().map(|c| if fits(case(c)) { case(c) } else { '_' }).collect();
        let with = |ending: &str| -> String {
            name.iter().take(longest - ending.len()).copied().chain(ending.chars()).collect()
        };
        let endings = std::iter::once(String::new()).chain((2_u64..).map(|count| format!("-{count}")));
        let free = endings.map(|ending| with(&ending)).find(|name| !taken.contains(name)).unwrap_or_default();
        taken.insert(free.clone());
        free
    }
}

/// Release 12: what everything reads.
pub(super) const R12: Version = Version {
    code: DxfVersion::AC1009,
    handles: false,
    codes: false,
    longest: 255,
    hatch: false,
    names: Names::Short,
    ..R2000
};

/// 2000.
pub(super) const R2000: Version = Version {
    code: DxfVersion::AC1015,
    handles: true,
    binary: false,
    comments: true,
    properties: false,
    letters: Letters::CodePage,
    codes: true,
    longest: 2049,
    true_color: false,
    hatch: true,
    names: Names::Long,
};

/// 2018.
pub(super) const R2018: Version =
    Version { code: DxfVersion::AC1032, properties: true, letters: Letters::Unicode, true_color: true, ..R2000 };

/// 2010 as bytes; comments are for people who read files of lines.
pub(super) const BINARY: Version = Version { code: DxfVersion::AC1024, binary: true, comments: false, ..R2018 };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_and_no_two_are_the_same() {
        let mut taken = BTreeSet::new();
        let mut name = |names: &Names, wish: &str| names.name(wish, &mut taken);
        assert_eq!(name(&Names::Short, "roads-primary_link"), "ROADS-PRIMARY_LINK");
        assert_eq!(name(&Names::Short, "Straße 1"), "STRA_E_1");
        let long = "boundaries-protected_area_of_nature";
        assert_eq!(name(&Names::Short, long), "BOUNDARIES-PROTECTED_AREA_OF_NA");
        assert_eq!(name(&Names::Short, &format!("{long}s")), "BOUNDARIES-PROTECTED_AREA_OF_-2");
        assert_eq!(name(&Names::Long, "Straße 1"), "Straße 1");
        assert_eq!(name(&Names::Long, "a/b"), "a_b");
        assert_eq!(name(&Names::Long, "a:b"), "a_b-2");
    }

    #[test]
    fn letters_take_the_bytes_that_are_written() {
        let bytes = |letters: Letters| ['a', '\\', 'ж', '😀'].map(|c| letters.bytes(c));
        assert_eq!(bytes(Letters::CodePage), [1, 7, 7, 14]);
        assert_eq!(bytes(Letters::Unicode), [1, 7, 2, 4]);
    }
}
