//! XML 1.0 text straight into bytes; elements close themselves in order.

use super::number;
use crate::error::Result;
use crate::sink::{self, Sink};
use std::borrow::Cow;

/// Writes one document. Attributes belong to the element started last, until text or another element follows.
pub struct Xml {
    out: Vec<u8>,
    open: Vec<Cow<'static, str>>,
    /// The start tag of the innermost element still lacks its `>`.
    unfinished: bool,
    /// Something was written before.
    begun: bool,
}

impl Xml {
    /// Starts a document; `declaration` is for files, XML inside another file goes without.
    pub fn new(declaration: bool) -> Self {
        let head: &[u8] = if declaration { b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>" } else { b"" };
        Self { out: head.to_vec(), open: Vec::new(), unfinished: false, begun: declaration }
    }

    /// Starts an element on a new line.
    pub fn start(&mut self, name: impl Into<Cow<'static, str>>) -> &mut Self {
        self.complete();
        if self.begun {
            self.out.push(b'\n');
        }
        self.tag(name.into())
    }

    /// Starts an element right here, where a line break would count as text.
    pub fn start_inline(&mut self, name: impl Into<Cow<'static, str>>) -> &mut Self {
        self.complete();
        self.tag(name.into())
    }

    /// An attribute of the element just started.
    pub fn attr(&mut self, name: &str, value: &str) -> &mut Self {
        self.attr_with(name, |out| escape(out, value))
    }

    /// An attribute with a number, rounded to `digits` decimals.
    pub fn attr_number(&mut self, name: &str, value: f64, digits: u32) -> &mut Self {
        self.attr_with(name, |out| number::fixed(out, number::quantise(value, digits), digits))
    }

    /// An attribute whose value `write` appends, already fit for XML.
    pub fn attr_with(&mut self, name: &str, write: impl FnOnce(&mut Vec<u8>)) -> &mut Self {
        self.out.push(b' ');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"=\"");
        write(&mut self.out);
        self.out.push(b'"');
        self
    }

    /// Text inside the innermost element.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.complete();
        escape(&mut self.out, text);
        self
    }

    /// Text that is already fit for XML.
    pub fn ready(&mut self, text: &str) -> &mut Self {
        self.complete();
        self.out.extend_from_slice(text.as_bytes());
        self
    }

    /// Text that `write` appends, already fit for XML.
    pub fn text_with(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> &mut Self {
        self.complete();
        write(&mut self.out);
        self
    }

    /// A comment with JSON in it, on a line of its own. Two hyphens, which XML has no place for there (§2.5), are written as
    /// strings of JSON may have them.
    pub fn comment(&mut self, json: &str) -> &mut Self {
        self.complete();
        self.out.extend_from_slice(b"\n<!-- ");
        self.out.extend_from_slice(json.replace("--", "-\\u002d").as_bytes());
        self.out.extend_from_slice(b" -->");
        self
    }

    /// Ends the innermost element on its line.
    pub fn end(&mut self) -> &mut Self {
        self.close(false)
    }

    /// Ends the innermost element on a line of its own.
    pub fn end_block(&mut self) -> &mut Self {
        self.close(true)
    }

    /// An element with nothing but text.
    pub fn leaf(&mut self, name: &str, text: &str) -> &mut Self {
        self.leaf_with(name, |out| escape(out, text))
    }

    /// An element with nothing but text that `write` appends, already fit for XML.
    pub fn leaf_with(&mut self, name: &str, write: impl FnOnce(&mut Vec<u8>)) -> &mut Self {
        self.complete();
        self.begun = true;
        for part in ["\n<", name, ">"] {
            self.out.extend_from_slice(part.as_bytes());
        }
        write(&mut self.out);
        for part in ["</", name, ">"] {
            self.out.extend_from_slice(part.as_bytes());
        }
        self
    }

    /// Hands on what has gathered, once that is worth a call.
    ///
    /// # Errors
    /// Those of the sink.
    pub fn spill(&mut self, sink: &mut dyn Sink) -> Result<()> {
        sink::spill(&mut self.out, sink)
    }

    /// Ends what is open and gives the bytes that were not handed on.
    pub fn finish(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.end_block();
        }
        self.out.push(b'\n');
        self.out
    }

    fn tag(&mut self, name: Cow<'static, str>) -> &mut Self {
        self.begun = true;
        self.out.push(b'<');
        self.out.extend_from_slice(name.as_bytes());
        self.open.push(name);
        self.unfinished = true;
        self
    }

    fn complete(&mut self) {
        if std::mem::take(&mut self.unfinished) {
            self.out.push(b'>');
        }
    }

    fn close(&mut self, own_line: bool) -> &mut Self {
        let Some(name) = self.open.pop() else { return self };
        if std::mem::take(&mut self.unfinished) {
            self.out.extend_from_slice(b"/>");
            return self;
        }
        self.out.extend_from_slice(if own_line { b"\n</" } else { b"</" });
        self.out.extend_from_slice(name.as_bytes());
        self.out.push(b'>');
        self
    }
}

/// Appends text fit for elements and attributes. Characters that XML 1.0 (§2.2) has no place for are left out.
pub fn escape(out: &mut Vec<u8>, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find(special) {
        let (plain, tail) = rest.split_at(at);
        out.extend_from_slice(plain.as_bytes());
        let mut chars = tail.chars();
        out.extend_from_slice(match chars.next() {
            Some('&') => b"&amp;",
            Some('<') => b"&lt;",
            Some('>') => b"&gt;",
            Some('"') => b"&quot;",
            Some('\n') => b"&#10;",
            Some('\r') => b"&#13;",
            Some('\t') => b"&#9;",
            _ => b"",
        });
        rest = chars.as_str();
    }
    out.extend_from_slice(rest.as_bytes());
}

/// Whether XML 1.0 (§2.2) has a place for a character.
pub fn fits(c: char) -> bool {
    c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}') || matches!(c, '\n' | '\r' | '\t')
}

fn special(c: char) -> bool {
    c < ' ' || matches!(c, '&' | '<' | '>' | '"' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_nest_and_close() {
        let mut xml = Xml::new(false);
        xml.start("a").attr("b", "\"<&>\n").start("c").end();
        xml.start("d").text("1 < 2 ]]>\0\u{ffff}").start_inline("e").attr_number("f", -0.25, 3).end().end();
        let text = String::from_utf8(xml.finish()).unwrap();
        let expected = "<a b=\"&quot;&lt;&amp;&gt;&#10;\">\n<c/>\n<d>1 &lt; 2 ]]&gt;<e f=\"-0.25\"/></d>\n</a>\n";
        assert_eq!(text, expected);
    }

    #[test]
    fn comments_end_where_they_should() {
        let mut xml = Xml::new(true);
        xml.comment(r#"{"a":"-----> --"}"#).start(String::from("b")).leaf("c", "\"").leaf("d", "");
        let text = String::from_utf8(xml.finish()).unwrap();
        let comment = r#"<!-- {"a":"-\u002d-\u002d-> -\u002d"} -->"#;
        let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        assert_eq!(text, format!("{head}\n{comment}\n<b>\n<c>&quot;</c>\n<d></d>\n</b>\n"));
    }
}
