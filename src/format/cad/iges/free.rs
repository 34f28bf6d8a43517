//! Parameters in the free format of IGES (2.2): separated by commas, ended by a semicolon, on lines of a fixed width.

use crate::format::autocad::coded;
use crate::wire::number;

/// Decimals of numbers: more than a millimetre needs.
const DIGITS: u32 = 7;

/// Parameters that gather.
pub(super) struct Free {
    width: usize,
    lines: Vec<String>,
    line: String,
}

impl Free {
    /// Lines of so many columns.
    pub(super) fn new(width: usize) -> Self {
        Self { width, lines: Vec::new(), line: String::new() }
    }

    /// A whole number, or a pointer.
    pub(super) fn whole(&mut self, value: i64) {
        self.token(&value.to_string());
    }

    /// A number; its point tells it from the whole ones.
    pub(super) fn real(&mut self, value: f64) {
        let text = number::text(value, DIGITS);
        let point = if text.contains('.') { "" } else { "." };
        self.token(&format!("{text}{point}"));
    }

    /// A text as FORTRAN had them: its length, `H` and itself. Its count and its first character stand on one line, the others go on
    /// wherever the line ends. An empty text is a parameter left out.
    pub(super) fn text(&mut self, text: &str) {
        let text = ascii(text);
        let mut letters = text.chars();
        let Some(first) = letters.next() else { return self.token("") };
        let head = format!("{}H{first}", text.len());
        self.room(head.len());
        self.line.push_str(&head);
        for letter in letters.chain([',']) {
            self.room(1);
            self.line.push(letter);
        }
    }

    /// The lines.
    pub(super) fn end(mut self) -> Vec<String> {
        self.line.pop();
        self.line.push(';');
        self.lines.push(self.line);
        self.lines
    }

    /// A parameter that no line may break, with the comma behind it.
    fn token(&mut self, token: &str) {
        self.room(token.len() + 1);
        self.line.push_str(token);
        self.line.push(',');
    }

    /// Begins a line where this one has not so many columns left.
    fn room(&mut self, columns: usize) {
        if self.line.len() + columns > self.width {
            self.lines.push(std::mem::take(&mut self.line));
        }
    }
}

/// A text of the 95 characters that IGES has (2.2.2.4), others as the codes `\U+0416` that programs of AutoCAD's kind know.
pub(super) fn ascii(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in coded(text).chars() {
        match c {
            ' '..='~' => out.push(c),
            '©' => out.push_str("(c)"),
            c => c.encode_utf16(&mut [0; 2]).iter().for_each(|unit| out.push_str(&format!("\\U+{unit:04X}"))),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_counted_and_go_on_in_the_next_line() {
        let mut free = Free::new(12);
        free.whole(406);
        free.text("it's; a, text");
        free.text("");
        free.real(-1.5);
        free.real(20.0);
        free.text("1");
        assert_eq!(free.end(), ["406,13Hit's;", " a, text,,", "-1.5,20.,1H1", ";"]);
    }

    #[test]
    fn a_count_is_not_parted_from_its_text() {
        let mut free = Free::new(8);
        free.whole(12345);
        free.text("ab");
        assert_eq!(free.end(), ["12345,", "2Hab;"]);
    }

    #[test]
    fn letters_beyond_ascii_are_codes() {
        assert_eq!(ascii("© é Ж😀"), r"(c) \U+00E9 \U+0416\U+D83D\U+DE00");
        assert_eq!(ascii(r"a\U+0041"), r"a\U+005CU+0041");
        let mut free = Free::new(64);
        free.text("Ж");
        assert_eq!(free.end(), [r"7H\U+0416;"]);
    }
}
