//! Letters: a byte each, in the code page of Western Europe.

use crate::format::drafting::Letters;
use crate::wire::codepage::CodePage;
use std::fmt::Write;

/// Latin letters from U+0100 on that become those without their marks.
const PLAIN: &str = "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlLlLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs";
const FIRST: u32 = 0x100;

/// Those that stand for themselves or lose a mark; others are codes, `\U+0416`.
pub(super) const LETTERS: Letters = Letters {
    own: |c| own(c).is_some() || plain(c).is_some(),
    bytes: |c| if own(c).is_some() || plain(c).is_some() { 1 } else { 7 * c.len_utf16() },
};

fn own(c: char) -> Option<u8> {
    let mut out = Vec::new();
    let lacking = CodePage::Western.encode(&mut out, c.encode_utf8(&mut [0; 4]));
    out.first().copied().filter(|_| lacking == 0)
}

fn plain(c: char) -> Option<u8> {
    // The commas of Romanian are no cedillas.
    match c {
        'Ș' => Some(b'S'),
        'ș' => Some(b's'),
        'Ț' => Some(b'T'),
        'ț' => Some(b't'),
        _ => PLAIN.as_bytes().get(u32::from(c).checked_sub(FIRST)? as usize).copied(),
    }
}

/// A text in bytes, and whether letters lost their marks.
pub(super) fn bytes(text: &str) -> (Vec<u8>, bool) {
    let (mut out, mut changed) = (Vec::with_capacity(text.len()), false);
    for c in text.chars() {
        if let Some(byte) = own(c) {
            out.push(byte);
        } else if let Some(byte) = plain(c) {
            out.push(byte);
            changed = true;
        } else {
            let mut code = String::new();
            for unit in c.encode_utf16(&mut [0; 2]) {
                // A string takes all.
                let _ = write!(code, "\\U+{unit:04X}");
            }
            out.extend(code.bytes());
        }
    }
    (out, changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_bytes_or_codes() {
        assert_eq!(PLAIN.len(), 128);
        assert_eq!(bytes("Pé €"), (b"P\xe9 \x80".to_vec(), false));
        assert_eq!(bytes("Łódź Černý ſ ŷ"), (b"L\xf3dz Cern\xfd s y".to_vec(), true));
        assert_eq!(bytes("ș→Ж😀"), (b"s\\U+2192\\U+0416\\U+D83D\\U+DE00".to_vec(), true));
        for c in ['a', 'é', 'Ł', 'ț', 'Ж', '😀'] {
            assert_eq!(bytes(&c.to_string()).0.len(), (LETTERS.bytes)(c));
        }
    }
}
