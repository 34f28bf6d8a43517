//! Dates as OSM data give them (RFC 3339 in UTC).

/// Seconds since 1970 of `2024-05-06T07:08:09Z`; none for what is no such date (Howard Hinnant's days-from-civil algorithm).
pub fn seconds(date: &str) -> Option<u64> {
    let (days, time) = date.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = three(days, '-')?;
    let [hour, minute, second] = three(time, ':')?;
    let fits = (1970..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    if !fits || hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let year = if month <= 2 { year - 1 } else { year };
    let (era, year_of_era) = (year / 400, year % 400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
    Some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

/// Three whole numbers between two separators; what stands behind a point in the last is left out.
fn three(text: &str, separator: char) -> Option<[u64; 3]> {
    let mut parts = text.splitn(3, separator).map(|part| part.split('.').next()?.parse().ok());
    Some([parts.next()??, parts.next()??, parts.next()??])
}

#[cfg(test)]
mod tests {
    use super::seconds;

    #[test]
    fn dates_are_seconds() {
        assert_eq!(seconds("1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(seconds("2024-02-29T23:59:59Z"), Some(1_709_251_199));
        assert_eq!(seconds("2021-04-21T20:21:46.5Z"), Some(1_619_036_506));
        for wrong in
            ["", "yesterday", "2024-05-06", "2024-13-06T00:00:00Z", "2024-05-06T07:08Z", "1969-12-31T00:00:00Z"]
        {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
