//! JSON text (RFC 8259) straight into bytes.

/// The first byte of the two line separators, and of others.
const SEPARATOR: u8 = 0xE2;

/// Appends a string with its quotes. Controls and the two line separators that JavaScript once broke at are escaped.
pub fn string(out: &mut Vec<u8>, text: &str) {
    out.push(b'"');
    let mut rest = text;
    while let Some(at) = odd(rest) {
        let Some((plain, tail)) = rest.split_at_checked(at) else { break };
        out.extend_from_slice(plain.as_bytes());
        let mut chars = tail.chars();
        match chars.next() {
            Some('"') => out.extend_from_slice(b"\\\""),
            Some('\\') => out.extend_from_slice(b"\\\\"),
            Some('\n') => out.extend_from_slice(b"\\n"),
            Some('\r') => out.extend_from_slice(b"\\r"),
            Some('\t') => out.extend_from_slice(b"\\t"),
            Some(other) => out.extend_from_slice(format!("\\u{:04x}", other as u32).as_bytes()),
            None => {}
        }
        rest = chars.as_str();
    }
    out.extend_from_slice(rest.as_bytes());
    out.push(b'"');
}

/// Where the first character stands that is escaped. Bytes are looked at, not characters: nearly all strings have none.
fn odd(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let plain = |byte: u8| byte >= b' ' && !matches!(byte, b'"' | b'\\' | 0x7f | SEPARATOR);
    let mut at = 0;
    loop {
        at += bytes.get(at..)?.iter().position(|&byte| !plain(byte))?;
        match bytes.get(at..at + 3) {
            Some([SEPARATOR, 0x80, 0xA8 | 0xA9]) => return Some(at),
            _ if bytes.get(at) != Some(&SEPARATOR) => return Some(at),
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn strings_survive() {
        for text in ["", "Straße", "a\"b\\c\n\r\t\0\u{1}\u{7f}\u{2028}</script>", "😀 شارع", "–“\u{2029}”"]
        {
            let mut out = Vec::new();
            super::string(&mut out, text);
            assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
            assert!(out.iter().all(|&byte| byte >= b' '));
        }
    }
}
