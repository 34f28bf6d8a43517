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

/// Where the first character stands that is escaped. Bytes are looked at, sixteen at once, not characters: nearly all
/// strings have none.
fn odd(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += first_marked(bytes.get(at..)?)?;
        match bytes.get(at..at + 3) {
            Some([SEPARATOR, 0x80, 0xA8 | 0xA9]) => return Some(at),
            _ if bytes.get(at) != Some(&SEPARATOR) => return Some(at),
            _ => at += 1,
        }
    }
}

/// Where the first byte stands that is escaped or begins a separator.
fn first_marked(bytes: &[u8]) -> Option<usize> {
    let marked = |byte: &u8| *byte < b' ' || matches!(*byte, b'"' | b'\\' | 0x7f | SEPARATOR);
    let (blocks, rest) = bytes.as_chunks::<16>();
    // No early end within a block: that becomes a few instructions for all its bytes.
    let clean = blocks.iter().take_while(|block| !block.iter().fold(false, |any, byte| any | marked(byte))).count();
    let rest = if clean == blocks.len() { rest } else { bytes.get(clean * 16..)? };
    rest.iter().position(marked).map(|at| clean * 16 + at)
}

#[cfg(test)]
mod tests {
    #[test]
    fn marks_are_found_anywhere() {
        for mark in ["\"", "\\", "\0", "\u{7f}", "\u{2028}"] {
            for before in 0..50 {
                let text = ["x".repeat(before), mark.to_owned(), "y".repeat(50 - before)].concat();
                assert_eq!(super::odd(&text), Some(before), "{mark:?}");
            }
        }
        assert_eq!(super::odd(&"–“ß".repeat(20)), None);
    }

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
