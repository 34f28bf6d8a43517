//! Decimal numbers as text: exact, short, the same on every platform.

/// Powers of ten.
const POWERS: [f64; 16] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
/// Most figures of a number of 64 bits.
const MOST: usize = 20;

/// Rounds to whole units of 10^-`digits`, halves away from zero; 0 for what is no number.
pub fn quantise(value: f64, digits: u32) -> i64 {
    libm::round(value * POWERS.get(digits as usize).unwrap_or(&1e15)) as i64
}

/// What `units` of 10^-`digits` are: the number that is closest to the decimal figures.
pub fn real(units: i64, digits: u32) -> f64 {
    units as f64 / POWERS.get(digits as usize).unwrap_or(&1e15)
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
    let units = units.unsigned_abs();
    // Degrees fit into 32 bits, in which dividing takes a fraction of the time.
    if let (Ok(units), 0..=9) = (u32::try_from(units), digits) {
        let scale = 10_u32.pow(digits);
        return ((units / scale).into(), (units % scale).into());
    }
    let scale = 10_u64.pow(digits.min(15));
    (units / scale, units % scale)
}

fn decimals(out: &mut Vec<u8>, fraction: u64, digits: u32) {
    if fraction == 0 {
        return;
    }
    out.push(b'.');
    figures(out, fraction, digits as usize);
    let zeros = out.iter().rev().take_while(|&&figure| figure == b'0').count();
    out.truncate(out.len() - zeros);
}

/// Decimal figures, filled up with zeros to `width`.
fn figures(out: &mut Vec<u8>, value: u64, width: usize) {
    let mut buffer = [b'0'; MOST];
    let mut places = buffer.iter_mut().rev();
    let mut left = MOST;
    let mut put = |figure: u8| {
        if let Some(place) = places.next() {
            *place = b'0' + figure;
            left -= 1;
        }
    };
    let mut high = value;
    while high > u64::from(u32::MAX) {
        put((high % 10) as u8);
        high /= 10;
    }
    let mut low = high as u32;
    while low > 0 {
        put((low % 10) as u8);
        low /= 10;
    }
    out.extend_from_slice(buffer.get(left.min(MOST - width.min(MOST))..).unwrap_or(&[]));
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
