//! Floating-point numbers of 16 bits (IEEE 754 binary16), for values from 0 to 1.

/// The nearest, ties to even.
pub fn bits(value: f32) -> u16 {
    let bits = value.max(0.0).to_bits();
    let exponent = (bits >> 23) as i32 - 127 + 15;
    let fraction = bits & 0x007f_ffff;
    // Below the smallest power, all share its steps.
    let (whole, shift) = if exponent <= 0 { (fraction | 0x0080_0000, 14 - exponent) } else { (fraction, 13) };
    if shift > 24 {
        return 0;
    }
    let (kept, cut, tie) = (whole >> shift, whole & ((1 << shift) - 1), 1_u32 << (shift - 1));
    let up = u32::from(cut > tie || (cut == tie && kept & 1 == 1));
    // What is rounded up to a whole power carries into the exponent.
    ((exponent.max(0) as u32) << 10).wrapping_add(kept + up).min(0x7c00) as u16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_numbers_have_their_bits() {
        for (value, known) in [
            (0.0, 0),
            (1.0, 0x3c00),
            (0.5, 0x3800),
            (0.333_333_34, 0x3555),
            (5.960_464_5e-8, 1),
            (6.097_555e-5, 0x03ff),
            (0.999_9, 0x3c00),
        ] {
            assert_eq!(bits(value), known, "{value}");
        }
    }
}
