//! Bytes as hexadecimal figures.

const FIGURES: &[u8; 16] = b"0123456789ABCDEF";

/// Appends two figures for each byte, letters as capitals.
pub fn hex(out: &mut Vec<u8>, bytes: &[u8]) {
    out.extend(bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).filter_map(|half| FIGURES.get(usize::from(half))));
}

#[cfg(test)]
mod tests {
    #[test]
    fn bytes_are_two_figures() {
        let mut out = Vec::new();
        super::hex(&mut out, &[0, 0x1f, 0xab]);
        assert_eq!(out, b"001FAB");
    }
}
