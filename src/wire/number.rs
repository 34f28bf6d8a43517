//! Decimal numbers as text: exact, short, the same on every platform.

/// Rounds to whole units of 10^-`digits`, halves away from zero; 0 for what is no number.
pub fn quantise(value: f64, digits: u32) -> i64 {
    libm::round(value * 10_u64.pow(digits.min(15)) as f64) as i64
}

/// Appends a whole number.
pub fn integer(out: &mut Vec<u8>, value: i64) {
    fixed(out, value, 0);
}

/// Appends `units` of 10^-`digits`: no exponent, no zeros at the end, `0.5` with its zero.
pub fn fixed(out: &mut Vec<u8>, units: i64, digits: u32) {
    let (whole, fraction) = split(out, units, digits);
    figures(out, whole, 1);
    decimals(out, fraction, digits);
}

/// As [`fixed`], but `.5` for `0.5`: XML path data and PDF allow it.
pub fn short(out: &mut Vec<u8>, units: i64, digits: u32) {
    let (whole, fraction) = split(out, units, digits);
    if whole > 0 || fraction == 0 {
        figures(out, whole, 1);
    }
    decimals(out, fraction, digits);
}

/// A number as a string, rounded to `digits` decimals, as [`fixed`] writes it.
pub fn text(value: f64, digits: u32) -> String {
    let mut out = Vec::with_capacity(12);
    fixed(&mut out, quantise(value, digits), digits);
    out.into_iter().map(char::from).collect()
}

/// Writes the sign; returns what stands before and after the point.
fn split(out: &mut Vec<u8>, units: i64, digits: u32) -> (u64, u64) {
    if units < 0 {
        out.push(b'-');
    }
    let scale = 10_u64.pow(digits.min(15));
    (units.unsigned_abs() / scale, units.unsigned_abs() % scale)
}

fn decimals(out: &mut Vec<u8>, mut fraction: u64, mut digits: u32) {
    if fraction == 0 {
        return;
    }
    while fraction.is_multiple_of(10) {
        fraction /= 10;
        digits -= 1;
    }
    out.push(b'.');
    figures(out, fraction, digits as usize);
}

/// Decimal figures, filled up with zeros to `width`.
fn figures(out: &mut Vec<u8>, mut value: u64, width: usize) {
    let start = out.len();
    while value > 0 || out.len() < start + width {
        out.push(b'0' + (value % 10) as u8);
        value /= 10;
    }
    if let Some(written) = out.get_mut(start..) {
        written.reverse();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl Fn(&mut Vec<u8>)) -> String {
        let mut out = Vec::new();
        write(&mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn figures_are_exact_and_short() {
        for (units, digits, long, brief) in [
            (0, 7, "0", "0"),
            (133_796_001, 7, "13.3796001", "13.3796001"),
            (-1_000_000, 7, "-0.1", "-.1"),
            (-1, 7, "-0.0000001", "-.0000001"),
            (1_800_000_000, 7, "180", "180"),
            (50, 0, "50", "50"),
            (1_050, 3, "1.05", "1.05"),
        ] {
            assert_eq!(written(|out| fixed(out, units, digits)), long);
            assert_eq!(written(|out| short(out, units, digits)), brief);
        }
        assert_eq!(written(|out| integer(out, i64::MIN)), "-9223372036854775808");
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        assert_eq!([quantise(0.005, 2), quantise(-0.005, 2), quantise(f64::NAN, 2)], [1, -1, 0]);
        assert_eq!([text(13.379_600_1, 9), text(-0.004, 2)], ["13.3796001", "0"]);
    }
}
