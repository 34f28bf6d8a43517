//! A pull scanner over JSON text (RFC 8259): no tree is built, strings are borrowed where they hold no escape.

use super::super::feed::cut_off;
use super::super::number;
use crate::error::{Error, Result};
use std::borrow::Cow;

/// Deepest nesting that is followed.
const DEPTH: u32 = 64;

/// What is said of text that is none.
pub const NOT_UTF8: &str = "text is not UTF-8";

/// Where the scanner stands in the text.
pub struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    offset: u64,
}

impl<'a> Scan<'a> {
    /// At the beginning of `bytes`, before which `offset` bytes came.
    pub fn new(bytes: &'a [u8], offset: u64) -> Self {
        Self { bytes, at: 0, offset }
    }

    /// The bytes that are not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or(&[])
    }

    /// Passes over so many bytes.
    pub fn pass(&mut self, length: usize) {
        self.at += length;
    }

    /// How many of the bytes are read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The next byte that is no white space, not consumed.
    #[inline]
    pub fn peek(&mut self) -> Result<u8> {
        match self.bytes.get(self.at) {
            Some(&byte) if byte > b' ' => Ok(byte),
            _ => self.behind_blanks(),
        }
    }

    fn behind_blanks(&mut self) -> Result<u8> {
        loop {
            match self.bytes.get(self.at).ok_or_else(cut_off)? {
                b' ' | b'\n' | b'\r' | b'\t' => self.at += 1,
                other => return Ok(*other),
            }
            // Overpass indents: blanks come in fours and more.
            while self.bytes.get(self.at..self.at + 5).is_some_and(|next| next.starts_with(b"    ")) {
                self.at += 4;
            }
        }
    }

    /// True once only white space is left.
    pub fn ended(&mut self) -> bool {
        self.peek().is_err()
    }

    /// Consumes `wanted` or fails.
    #[inline]
    pub fn take(&mut self, wanted: u8) -> Result<()> {
        if self.next_is(wanted)? { Ok(()) } else { Err(self.unexpected(wanted)) }
    }

    #[cold]
    fn unexpected(&self, wanted: u8) -> Error {
        let found = self.bytes.get(self.at).copied().unwrap_or(0).escape_ascii();
        self.corrupt(&format!("expected '{}', found '{found}'", wanted as char))
    }

    /// Calls `each` with every key of an object; `each` consumes the value.
    pub fn object(&mut self, mut each: impl FnMut(&mut Self, &[u8]) -> Result<()>) -> Result<()> {
        self.take(b'{')?;
        if self.next_is(b'}')? {
            return Ok(());
        }
        loop {
            let key = self.text()?;
            self.take(b':')?;
            each(self, &key)?;
            if self.next_is(b'}')? {
                return Ok(());
            }
            self.take(b',')?;
        }
    }

    /// Calls `each` for every item of an array; `each` consumes the item.
    pub fn array(&mut self, mut each: impl FnMut(&mut Self) -> Result<()>) -> Result<()> {
        self.take(b'[')?;
        if self.next_is(b']')? {
            return Ok(());
        }
        loop {
            each(self)?;
            if self.next_is(b']')? {
                return Ok(());
            }
            self.take(b',')?;
        }
    }

    /// A string.
    pub fn string(&mut self) -> Result<Cow<'a, str>> {
        match self.text()? {
            Cow::Borrowed(text) => std::str::from_utf8(text).map(Cow::Borrowed).map_err(|_| self.corrupt(NOT_UTF8)),
            Cow::Owned(text) => String::from_utf8(text).map(Cow::Owned).map_err(|_| self.corrupt(NOT_UTF8)),
        }
    }

    /// The bytes of a string without its escapes; whoever keeps them looks whether they are UTF-8.
    pub fn text(&mut self) -> Result<Cow<'a, [u8]>> {
        self.take(b'"')?;
        let start = self.at;
        let rest = self.bytes.get(start..).unwrap_or(&[]);
        let end = plain(rest).ok_or_else(cut_off)?;
        let text = rest.get(..end).unwrap_or(&[]);
        self.at = start + end;
        if rest.get(end) == Some(&b'"') {
            self.at += 1;
            return Ok(Cow::Borrowed(text));
        }
        let text = std::str::from_utf8(text).map_err(|_| self.corrupt(NOT_UTF8))?;
        self.escaped(text.to_owned()).map(|text| Cow::Owned(text.into_bytes()))
    }

    /// The rest of a string from its first escape on.
    fn escaped(&mut self, mut text: String) -> Result<String> {
        loop {
            let rest = self.rest();
            let end = plain(rest).ok_or_else(cut_off)?;
            let plain = rest.get(..end).unwrap_or(&[]);
            text.push_str(std::str::from_utf8(plain).map_err(|_| self.corrupt(NOT_UTF8))?);
            self.at += end + 1;
            if rest.get(end) == Some(&b'"') {
                return Ok(text);
            }
            let escape = self.bytes.get(self.at).copied().ok_or_else(cut_off)?;
            self.at += 1;
            text.push(match escape {
                b'"' | b'\\' | b'/' => escape as char,
                b'n' => '\n',
                b't' => '\t',
                b'r' => '\r',
                b'b' => '\u{8}',
                b'f' => '\u{c}',
                b'u' => self.unicode()?,
                other => return Err(self.corrupt(&format!("unknown escape \\{}", other.escape_ascii()))),
            });
        }
    }

    /// The character after `\u`; surrogates come in pairs, a lone one is replaced.
    fn unicode(&mut self) -> Result<char> {
        let high = self.hex()?;
        if !(0xD800..0xDC00).contains(&high) {
            return Ok(char::from_u32(high).unwrap_or(char::REPLACEMENT_CHARACTER));
        }
        let alone = self.at;
        if self.bytes.get(alone..alone + 2) == Some(b"\\u") {
            self.at += 2;
            let low = self.hex()?;
            if (0xDC00..0xE000).contains(&low) {
                let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                return Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
            }
            // What follows is a character of its own.
            self.at = alone;
        }
        Ok(char::REPLACEMENT_CHARACTER)
    }

    fn hex(&mut self) -> Result<u32> {
        let digits = self.bytes.get(self.at..self.at + 4).ok_or_else(cut_off)?;
        let code = std::str::from_utf8(digits).ok().and_then(|digits| u32::from_str_radix(digits, 16).ok());
        self.at += 4;
        code.ok_or_else(|| self.corrupt("\\u needs four hexadecimal digits"))
    }

    /// The text of a number.
    pub fn number(&mut self) -> Result<&'a [u8]> {
        self.peek()?;
        let rest = self.rest();
        let end = rest.iter().position(|byte| !part_of_number(*byte)).ok_or_else(cut_off)?;
        if end == 0 {
            return Err(self.corrupt("expected a number"));
        }
        self.at += end;
        Ok(rest.get(..end).unwrap_or(&[]))
    }

    /// A whole number.
    pub fn integer(&mut self) -> Result<i64> {
        self.peek()?;
        let rest = self.rest();
        let (value, end) = number::digits(rest, 0, 0);
        if end > 0 && self.number_ends(end) {
            self.at += end;
            return Ok(value);
        }
        let parsed = std::str::from_utf8(self.number()?).ok().and_then(|text| text.parse().ok());
        parsed.ok_or_else(|| self.corrupt("expected a whole number of at most 64 bits"))
    }

    /// A number times 10⁷, rounded; none where that is more than 64 bits.
    pub fn scaled(&mut self) -> Result<Option<i64>> {
        self.peek()?;
        match number::leading(self.rest()) {
            Some((value, end)) if self.number_ends(end) => {
                self.at += end;
                Ok(Some(value))
            }
            _ => self.number().map(number::scaled),
        }
    }

    /// Whether a number that begins here is `length` bytes long.
    fn number_ends(&self, length: usize) -> bool {
        self.bytes.get(self.at + length).is_some_and(|byte| !part_of_number(*byte))
    }

    /// Consumes `null` if it stands here.
    pub fn null(&mut self) -> Result<bool> {
        if self.peek()? != b'n' {
            return Ok(false);
        }
        self.word()?;
        Ok(true)
    }

    /// Passes over any value.
    pub fn skip(&mut self) -> Result<()> {
        self.skip_within(DEPTH)
    }

    fn skip_within(&mut self, depth: u32) -> Result<()> {
        let inner = depth.checked_sub(1).ok_or_else(|| self.corrupt("nested too deeply"))?;
        match self.peek()? {
            b'{' => self.object(|scan, _| scan.skip_within(inner)),
            b'[' => self.array(|scan| scan.skip_within(inner)),
            b'"' => self.text().map(|_| ()),
            b't' | b'f' | b'n' => self.word().map(|_| ()),
            _ => self.number().map(|_| ()),
        }
    }

    /// One of `true`, `false` and `null`.
    pub fn word(&mut self) -> Result<&'static [u8]> {
        self.peek()?;
        let rest = self.rest();
        for word in [&b"true"[..], b"false", b"null"] {
            if rest.starts_with(word) {
                self.at += word.len();
                return Ok(word);
            }
            if word.starts_with(rest) {
                return Err(cut_off());
            }
        }
        Err(self.corrupt("expected true, false or null"))
    }

    /// Consumes `wanted` if it stands here.
    #[inline]
    pub fn next_is(&mut self, wanted: u8) -> Result<bool> {
        let found = self.peek()? == wanted;
        self.at += usize::from(found);
        Ok(found)
    }

    /// A fault at this place.
    pub fn corrupt(&self, what: &str) -> Error {
        Error::Corrupt(format!("not valid JSON at byte {}: {what}", self.offset + self.at as u64))
    }
}

fn part_of_number(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E')
}

/// How many bytes stand before the next quote or backslash; eight are looked at at once.
fn plain(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::MAX / 255;
    // The lowest bit that is set marks the first byte that is zero.
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & (ONES << 7);
    let mut rest = bytes;
    while let Some((eight, behind)) = rest.split_first_chunk() {
        let word = u64::from_le_bytes(*eight);
        let found = zeros(word ^ (ONES * b'"' as u64)) | zeros(word ^ (ONES * b'\\' as u64));
        if found != 0 {
            return Some(bytes.len() - rest.len() + found.trailing_zeros() as usize / 8);
        }
        rest = behind;
    }
    let end = rest.iter().position(|byte| matches!(byte, b'"' | b'\\'))?;
    Some(bytes.len() - rest.len() + end)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn quotes_and_backslashes_are_found_anywhere() {
        for before in 0..40 {
            for after in 0..12 {
                for mark in [b'"', b'\\'] {
                    let text = [vec![b'#'; before], vec![mark], vec![b'!'; after]].concat();
                    assert_eq!(plain(&text), Some(before));
                    assert_eq!(plain(text.get(..before).unwrap()), None);
                }
            }
        }
        assert_eq!(plain("ü[]é\u{2028}ß#!\"".as_bytes()), Some(13));
    }
}
