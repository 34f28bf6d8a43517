//! What the versions of AutoCAD can hold. Writers ask for these, and never which version it is.

use crate::format::drafting::{Letters, Limits, Names};
use acadrust::io::dxf::code_page::{LegacyEncoding, encoding_from_code_page};
use acadrust::types::DxfVersion;

/// A version.
pub struct Version {
    /// What `$ACADVER` says.
    pub code: DxfVersion,
    /// What a drawing can hold.
    pub limits: Limits,
    /// Properties of the drawing (title, comments).
    pub properties: bool,
    /// Any colour; else the nearest of 255.
    pub true_color: bool,
    /// Layouts with a plan of the paper, line weights; without them the drawing is model space.
    pub layouts: bool,
    /// Where on the Earth it lies, as an object.
    pub geodata: bool,
}

/// What `$DWGCODEPAGE` says: that of Western Europe.
pub const CODE_PAGE: &str = "ANSI_1252";

/// How its letters are bytes.
pub fn code_page() -> Option<LegacyEncoding> {
    encoding_from_code_page(CODE_PAGE)
}

/// Those of [`CODE_PAGE`]; others are codes, `\U+XXXX`.
const PAGE: Letters = Letters {
    own: |c| code_page().is_some_and(|page| page.can_encode(c)),
    bytes: |c| match c {
        // It may have to be written as a code itself, lest it begins one.
        '\\' => 7,
        // A space may have to follow them.
        '%' | '^' => 2,
        '\0'..='\x7f' => 1,
        // A code for each 16 bits.
        _ => 7 * c.len_utf16(),
    },
};
/// All, in UTF-8.
const UNICODE: Letters = Letters { own: |_| true, bytes: |c| if c == '\\' { 7 } else { c.len_utf8() } };
/// At most 31 of `A`–`Z`, digits, `$`, `-`, `_`.
const SHORT: Names =
    Names { longest: 31, fits: |c| c.is_ascii_uppercase() || c.is_ascii_digit() || "$-_".contains(c), capitals: true };
/// At most 255 characters; some that stand in paths and wildcards are none of them.
const LONG: Names =
    Names { longest: 255, fits: |c| !c.is_control() && !"<>/\\\":;?*|,=`".contains(c), capitals: false };

/// Release 12, which everything reads: tables and entities, without handles.
pub static R12: Version = Version {
    code: DxfVersion::AC1009,
    limits: Limits { names: SHORT, longest: 255, codes: false, fillings: false, paragraphs: false, ..PLAIN },
    layouts: false,
    ..OLD
};
/// Release 14.
pub static R14: Version =
    Version { code: DxfVersion::AC1014, limits: Limits { names: SHORT, longest: 255, ..PLAIN }, layouts: false, ..OLD };
/// 2000.
pub static R2000: Version = OLD;
/// 2004.
pub static R2004: Version = Version { code: DxfVersion::AC1018, properties: true, true_color: true, ..OLD };
/// 2007.
pub static R2007: Version = Version { code: DxfVersion::AC1021, ..NEW };
/// 2010.
pub static R2010: Version = Version { code: DxfVersion::AC1024, geodata: true, ..NEW };
/// 2013.
pub static R2013: Version = Version { code: DxfVersion::AC1027, geodata: true, ..NEW };
/// 2018.
pub static R2018: Version = Version { code: DxfVersion::AC1032, geodata: true, ..NEW };

const PLAIN: Limits =
    Limits { names: LONG, letters: PAGE, longest: 2049, codes: true, fillings: true, paragraphs: true, heights: true };
const OLD: Version = Version {
    code: DxfVersion::AC1015,
    limits: PLAIN,
    properties: false,
    true_color: false,
    layouts: true,
    geodata: false,
};
const NEW: Version =
    Version { limits: Limits { letters: UNICODE, ..PLAIN }, properties: true, true_color: true, ..OLD };

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_take_the_bytes_that_are_written() {
        let bytes = |letters: Letters| ['a', '\\', 'ж', '😀'].map(letters.bytes);
        assert_eq!(bytes(PAGE), [1, 7, 7, 14]);
        assert_eq!(bytes(UNICODE), [1, 7, 2, 4]);
        assert!((PAGE.own)('é') && !(PAGE.own)('ж'));
    }
}
