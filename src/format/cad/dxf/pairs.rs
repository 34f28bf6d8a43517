//! Pairs of a file of lines: a code on one, its value on the next.

use crate::format::autocad::code_page;
use crate::wire::number;
use acadrust::io::dxf::code_page::{LegacyEncoding, encode_legacy_string};

/// Decimals of numbers: more than a millimetre needs, so that degrees fit, too.
const DIGITS: u32 = 7;

/// Pairs that gather.
pub(super) struct Pairs {
    pub(super) out: Vec<u8>,
    page: Option<LegacyEncoding>,
}

impl Pairs {
    pub(super) fn new() -> Self {
        Self { out: Vec::new(), page: code_page() }
    }

    /// A text in the code page; letters beyond it are `\U+XXXX`. A caret would begin a control character, one with a space behind
    /// it is itself.
    pub(super) fn text(&mut self, code: u16, value: &str) {
        self.code(code);
        let value = &*value.replace('^', "^ ");
        match self.page {
            Some(page) if !value.is_ascii() => self.out.extend(encode_legacy_string(value, page)),
            _ => self.out.extend_from_slice(value.as_bytes()),
        }
        self.end();
    }

    /// A whole number.
    pub(super) fn whole(&mut self, code: u16, value: i64) {
        self.code(code);
        self.out.extend_from_slice(format!("{value:>6}").as_bytes());
        self.end();
    }

    /// A number; it has a point, by which readers know that it is none of the whole ones.
    pub(super) fn real(&mut self, code: u16, value: f64) {
        self.code(code);
        let start = self.out.len();
        number::fixed(&mut self.out, number::quantise(value, DIGITS), DIGITS);
        if !self.out.iter().skip(start).any(|byte| *byte == b'.') {
            self.out.extend_from_slice(b".0");
        }
        self.end();
    }

    /// A place on the ground, under a code and the two that follow from it.
    pub(super) fn place(&mut self, code: u16, [x, y]: [f64; 2]) {
        self.flat(code, [x, y]);
        self.real(code + 20, 0.0);
    }

    /// The same without a height.
    pub(super) fn flat(&mut self, code: u16, [x, y]: [f64; 2]) {
        self.real(code, x);
        self.real(code + 10, y);
    }

    fn code(&mut self, code: u16) {
        self.out.extend_from_slice(format!("{code:>3}\r\n").as_bytes());
    }

    fn end(&mut self) {
        self.out.extend_from_slice(b"\r\n");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pairs_are_lines() {
        let mut pairs = Pairs::new();
        pairs.text(8, "é Ж 😀 ^M");
        pairs.whole(70, 1);
        pairs.place(10, [500_000.125, -3.0]);
        let text: String = pairs.out.iter().map(|byte| char::from(*byte)).collect();
        let lines: Vec<_> = text.split("\r\n").collect();
        let wanted = [
            ["  8", r"é \U+0416 \U+D83D\U+DE00 ^ M"],
            [" 70", "     1"],
            [" 10", "500000.125"],
            [" 20", "-3.0"],
            [" 30", "0.0"],
        ];
        assert_eq!(lines, [wanted.as_flattened(), &[""]].concat());
    }
}
