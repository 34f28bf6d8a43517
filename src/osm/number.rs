//! Coordinates as text → integers of 1e-7 degrees, exactly: no detour through floating point.

use super::Degrees;

/// Digits behind the point that are kept.
const DIGITS: i32 = 7;

/// Longest text of the common form: more would be no coordinate.
const LONG: usize = 12;
/// What makes units of numbers with so many digits behind the point.
const POWERS: [i64; 8] = [10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

/// A decimal number times 10⁷, rounded half away from zero; none for what is not a number or exceeds `i64`.
pub fn scaled(text: &[u8]) -> Option<i64> {
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
    if let Some(value) = common(digits) {
        return Some(if negative { -value } else { value });
    }
    let split = digits.iter().position(|b| matches!(b, b'e' | b'E')).unwrap_or(digits.len());
    let (mantissa, exponent) = digits.split_at(split);
    let shift: i32 = match exponent {
        [] => 0,
        [_, rest @ ..] => std::str::from_utf8(rest).ok()?.parse().ok().filter(|e: &i32| e.abs() <= 400)?,
    };
    let mut value: i64 = 0;
    // How many more digits count; the one after them rounds.
    let mut room: Option<i32> = None;
    let mut round = 0;
    let mut seen = false;
    let whole = mantissa.iter().position(|b| *b == b'.').unwrap_or(mantissa.len()) as i32;
    for (row, byte) in mantissa.iter().enumerate() {
        let digit = match byte {
            b'0'..=b'9' => i64::from(byte - b'0'),
            b'.' if row as i32 == whole => continue,
            _ => return None,
        };
        seen = true;
        let room = room.get_or_insert(whole + shift + DIGITS);
        *room -= 1;
        match *room {
            0.. => value = value.checked_mul(10)?.checked_add(digit)?,
            -1 => round = i64::from(digit >= 5),
            _ => {}
        }
    }
    for _ in 0..room.unwrap_or(0).max(0) {
        value = value.checked_mul(10)?;
    }
    let value = value.checked_add(round)?;
    seen.then_some(if negative { -value } else { value })
}

/// The form that nearly all coordinates have: digits, a point, at most seven digits.
fn common(text: &[u8]) -> Option<i64> {
    let (mut value, mut behind) = (0_i64, None);
    if !(2..=LONG).contains(&text.len()) {
        return None;
    }
    for byte in text {
        match (byte, &mut behind) {
            (b'0'..=b'9', seen) => {
                value = value * 10 + i64::from(byte - b'0');
                seen.iter_mut().for_each(|count| *count += 1);
            }
            (b'.', None) => behind = Some(0),
            _ => return None,
        }
    }
    Some(value * POWERS.get(behind?)?)
}

/// Longitude and latitude as text; none unless both are numbers within 180 and 90 degrees.
pub fn place(lon: &[u8], lat: &[u8]) -> Option<Degrees> {
    within(scaled(lon)?, scaled(lat)?)
}

/// Longitude and latitude in units of 1e-7 degrees, if they are within 180 and 90 degrees.
pub fn within(lon: i64, lat: i64) -> Option<Degrees> {
    let fits = lon.abs() <= 1_800_000_000 && lat.abs() <= 900_000_000;
    fits.then_some([lon as i32, lat as i32])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_exact() {
        for (text, value) in [
            ("7.4268", Some(74_268_000)),
            ("-0.1", Some(-1_000_000)),
            ("43.73904125", Some(437_390_413)),
            ("180", Some(1_800_000_000)),
            ("1e1", Some(100_000_000)),
            ("1.5e-7", Some(2)),
            ("4e-8", Some(0)),
            (".5", Some(5_000_000)),
            ("5.", Some(50_000_000)),
            ("", None),
            ("-", None),
            (".", None),
            ("NaN", None),
            ("1.2.3", None),
            ("1e400", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(scaled(text.as_bytes()), value, "{text}");
        }
    }

    #[test]
    fn places_beyond_the_globe_are_none() {
        assert_eq!(place(b"180", b"-90"), Some([1_800_000_000, -900_000_000]));
        assert_eq!(place(b"180.0000001", b"0"), None);
        assert_eq!(place(b"0", b"90.1"), None);
    }
}
