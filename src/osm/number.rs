//! Coordinates as text → integers of 1e-7 degrees, exactly: no detour through floating point.

use super::LonLatE7;

/// Digits behind the point that are kept.
const DIGITS: i32 = 7;

/// Digits that are read in a row; behind four others they still fit into 64 bits.
const LONG: usize = 14;
/// What makes units of numbers with so many digits behind the point.
const POWERS: [i64; 8] = [10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

/// A decimal number times 10⁷, rounded half away from zero; none for what is not a number or exceeds `i64`.
pub fn scaled(text: &[u8]) -> Option<i64> {
    if let Some((value, _)) = leading(text).filter(|(_, end)| *end == text.len()) {
        return Some(value);
    }
    let (negative, digits) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        rest => (false, rest),
    };
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

/// The number at the beginning of a text, times 10⁷, and its length; none unless it has the form that nearly all
/// coordinates have: at most four digits, a point, at most seven digits.
pub fn leading(text: &[u8]) -> Option<(i64, usize)> {
    let start = usize::from(text.first() == Some(&b'-'));
    let (whole, point) = digits(text, start, 0);
    if !(start + 1..=start + 4).contains(&point) || text.get(point) != Some(&b'.') {
        return None;
    }
    let (value, end) = digits(text, point + 1, whole);
    let value = value * POWERS.get(end - point - 1)?;
    Some((if start > 0 { -value } else { value }, end))
}

/// Reads digits from `at` on, which continue those that make `value`: the value and where the digits end. After [`LONG`] of
/// them it stops, so that nothing overflows; whoever calls sees that a digit follows.
#[inline]
pub fn digits(text: &[u8], at: usize, mut value: i64) -> (i64, usize) {
    let (mut end, limit) = (at, text.len().min(at + LONG));
    while end < limit
        && let Some(digit) = text.get(end).map(|byte| byte.wrapping_sub(b'0')).filter(|digit| *digit < 10)
    {
        value = value * 10 + i64::from(digit);
        end += 1;
    }
    (value, end)
}

/// Longitude and latitude as text; none unless both are numbers within 180 and 90 degrees.
pub fn place(lon: &[u8], lat: &[u8]) -> Option<LonLatE7> {
    within(scaled(lon)?, scaled(lat)?)
}

/// Longitude and latitude in units of 1e-7 degrees, if they are within 180 and 90 degrees.
pub fn within(lon: i64, lat: i64) -> Option<LonLatE7> {
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
