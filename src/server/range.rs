//! Ranges of a download (RFC 9110, section 14): one is answered as it is asked, what is none is no reason to refuse the file.

use axum::http::{HeaderMap, header};

/// What of a file is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// From the first of these bytes to the second, both within the file.
    Bytes(u64, u64),
    /// Bytes that are not in the file.
    Beyond,
}

/// The part that the headers of a request ask of a file with this tag and size. Several ranges, those of another unit, what
/// breaks the grammar, and ranges of a file that is not this one any more (`If-Range`) ask for all of it.
pub fn part(headers: &HeaderMap, etag: &str, size: u64) -> Part {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    // A date cannot tell two exports of one second apart.
    if text(header::IF_RANGE).is_some_and(|tag| tag != etag) {
        return Part::Whole;
    }
    text(header::RANGE).and_then(|range| parse(range, size)).unwrap_or(Part::Whole)
}

/// None for what is no single range of bytes.
fn parse(range: &str, size: u64) -> Option<Part> {
    let (unit, range) = range.split_once('=')?;
    let (first, last) = range.trim().split_once('-')?;
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return None;
    }
    let number = |digits: &str| match digits {
        "" => Some(None),
        // More digits than a number holds are a number all the same.
        _ if digits.bytes().all(|byte| byte.is_ascii_digit()) => Some(Some(digits.parse().unwrap_or(u64::MAX))),
        _ => None,
    };
    let end = size.saturating_sub(1);
    let part = match (number(first)?, number(last)?) {
        (None, None) => return None,
        (Some(first), Some(last)) if last < first => return None,
        (Some(first), _) if first >= size => Part::Beyond,
        (Some(first), last) => Part::Bytes(first, last.map_or(end, |last: u64| last.min(end))),
        (None, Some(0)) => Part::Beyond,
        (None, Some(_)) if size == 0 => Part::Beyond,
        (None, Some(count)) => Part::Bytes(size.saturating_sub(count), end),
    };
    Some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_a_part_and_all_else_is_the_whole() {
        let asked = |range: &str, condition: Option<&str>| {
            let mut headers = HeaderMap::new();
            headers.insert(header::RANGE, range.parse().unwrap());
            condition.map(|tag| headers.insert(header::IF_RANGE, tag.parse().unwrap()));
            part(&headers, "\"tag\"", 100)
        };
        for (range, expected) in [
            ("bytes=0-9", Part::Bytes(0, 9)),
            ("Bytes = 5-", Part::Bytes(5, 99)),
            ("bytes=90-1000", Part::Bytes(90, 99)),
            ("bytes=-10", Part::Bytes(90, 99)),
            ("bytes=-1000", Part::Bytes(0, 99)),
            ("bytes=0-99999999999999999999999", Part::Bytes(0, 99)),
            ("bytes=100-", Part::Beyond),
            ("bytes=99999999999999999999999-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=0-9,20-29", Part::Whole),
            ("bytes=9-0", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=a-b", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=--5", Part::Whole),
            ("lines=0-9", Part::Whole),
            ("0-9", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(asked(range, None), expected, "{range}");
        }
        assert_eq!(asked("bytes=0-9", Some("\"tag\"")), Part::Bytes(0, 9));
        for other in ["\"other\"", "W/\"tag\"", "Sat, 28 Nov 2026 00:00:00 GMT"] {
            assert_eq!(asked("bytes=0-9", Some(other)), Part::Whole, "{other}");
        }
    }
}
