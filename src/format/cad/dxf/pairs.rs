//! Pairs of a file of lines: a code on one, its value on the next.

use crate::wire::number;

/// Decimals of numbers: more than a millimetre needs, so that degrees fit, too.
const DIGITS: u32 = 7;

/// Pairs that gather.
#[derive(Default)]
pub(super) struct Pairs {
    pub(super) out: Vec<u8>,
}

impl Pairs {
    /// A text in ASCII; what is not is `\U+XXXX`.
    pub(super) fn text(&mut self, code: u16, value: &str) {
        self.code(code);
        for c in value.chars() {
            match u8::try_from(c) {
                Ok(byte) if byte.is_ascii() => self.out.push(byte),
                _ => {
                    let mut units = [0; 2];
                    for unit in c.encode_utf16(&mut units) {
                        self.out.extend_from_slice(format!("\\U+{unit:04X}").as_bytes());
                    }
                }
            }
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
        let mut pairs = Pairs::default();
        pairs.text(8, "Ж 😀");
        pairs.whole(70, 1);
        pairs.place(10, [500_000.125, -3.0]);
        let text = String::from_utf8(pairs.out).unwrap();
        let lines: Vec<_> = text.split("\r\n").collect();
        let wanted = [
            ["  8", r"\U+0416 \U+D83D\U+DE00"],
            [" 70", "     1"],
            [" 10", "500000.125"],
            [" 20", "-3.0"],
            [" 30", "0.0"],
        ];
        assert_eq!(lines, [wanted.as_flattened(), &[""]].concat());
    }
}
