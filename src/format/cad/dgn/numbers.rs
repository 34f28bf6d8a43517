//! Numbers as the PDP-11 and the VAX had them, on which the format was made.

/// Appends a word: the low byte first.
pub(super) fn word(out: &mut Vec<u8>, value: u16) {
    out.extend(value.to_le_bytes());
}

/// A whole number of 32 bits: the high word first, in each word the low byte first.
pub(super) fn long(value: i32) -> [u8; 4] {
    let [a, b, c, d] = value.to_le_bytes();
    [c, d, a, b]
}

/// A bound of a range: without a sign, so that the least place of the design plane is 0.
pub(super) fn bound(value: i64) -> [u8; 4] {
    // The sign is the highest bit.
    long((value as i32) ^ i32::MIN)
}

/// A number of 64 bits in the D format of the VAX: sign, eight bits of exponent, 55 of mantissa, the highest word first.
/// What is too small is 0, what is too large the largest there is.
pub(super) fn double(value: f64) -> [u8; 8] {
    let bits = value.to_bits();
    let (sign, exponent, mantissa) = (bits >> 63, (bits >> 52) & 0x7ff, bits & ((1 << 52) - 1));
    // IEEE: 1.m × 2^(e - 1023). VAX: 0.1m × 2^(e - 128).
    let exponent = exponent as i64 - 1022 + 128;
    let bits = match exponent {
        ..1 => 0,
        1..256 => sign << 63 | (exponent as u64) << 55 | mantissa << 3,
        _ => sign << 63 | u64::MAX >> 1,
    };
    let [a, b, c, d, e, f, g, h] = bits.to_be_bytes();
    [b, a, d, c, f, e, h, g]
}

/// Three characters as one word, in the Radix-50 of the PDP-11: capitals, digits, space; others are spaces.
fn radix(three: &[u8]) -> u16 {
    let place = |c: &u8| match c {
        b'A'..=b'Z' => u16::from(c - b'A') + 1,
        b'0'..=b'9' => u16::from(c - b'0') + 30,
        _ => 0,
    };
    let mut places = three.iter().map(place).chain([0; 3]);
    (0..3).fold(0, |sum, _| sum * 40 + places.next().unwrap_or(0))
}

/// The name of a cell: six characters.
pub(super) fn name(text: &str) -> [u8; 4] {
    let (first, second) = text.as_bytes().split_at_checked(3).unwrap_or((text.as_bytes(), &[]));
    let ([a, b], [c, d]) = (radix(first).to_le_bytes(), radix(second).to_le_bytes());
    [a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numbers_have_their_words_swapped() {
        assert_eq!(long(0x0102_0304), [0x02, 0x01, 0x04, 0x03]);
        assert_eq!(long(1), [0, 0, 1, 0]);
        assert_eq!(long(-1), [0xff; 4]);
    }

    #[test]
    fn ranges_begin_at_the_least_place() {
        assert_eq!(bound(i64::from(i32::MIN)), [0, 0, 0, 0]);
        assert_eq!(bound(0), [0x00, 0x80, 0, 0]);
        assert_eq!(bound(i64::from(i32::MAX)), [0xff; 4]);
        assert_eq!(bound(-1), [0xff, 0x7f, 0xff, 0xff]);
    }

    /// The examples of the VAX architecture manual and of the OpenVMS documentation.
    #[test]
    fn doubles_are_those_of_the_vax() {
        assert_eq!(double(0.0), [0; 8]);
        assert_eq!(double(1.0), [0x80, 0x40, 0, 0, 0, 0, 0, 0]);
        assert_eq!(double(-1.0), [0x80, 0xc0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(double(3.5), [0x60, 0x41, 0, 0, 0, 0, 0, 0]);
        assert_eq!(double(-3.5), [0x60, 0xc1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(double(std::f64::consts::PI), [0x49, 0x41, 0xda, 0x0f, 0x21, 0xa2, 0xc0, 0x68]);
        assert_eq!(double(1e-300), [0; 8]);
        assert_eq!(double(-1e300), [0xff; 8]);
    }

    #[test]
    fn names_are_in_radix_50() {
        assert_eq!(name(""), [0; 4]);
        assert_eq!(name("A"), [0x40, 0x06, 0, 0]);
        let [a, b, ..] = name("ABC12");
        assert_eq!(u16::from_le_bytes([a, b]), 1683);
    }
}
