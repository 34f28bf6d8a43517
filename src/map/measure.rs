//! Numbers in tags: heights, widths, speeds and counts with their units, as people write them.
//!
//! Of a range the lower end counts, of several values the first, of feet and inches the sum; what stands in front of a
//! guess (`~`, `ca.`, `<`) says nothing. A text whose unit is not known is no number.

mod figure;

use figure::{figure, plain};

/// What a number is of, and what it comes out in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quantity {
    /// Metres.
    Length,
    /// Kilometres an hour.
    Speed,
    /// Storeys, degrees: as they are told.
    Plain,
    /// Things; a point before three digits divides thousands.
    Whole,
}

/// A foot in metres.
const FOOT: f64 = 0.3048;
/// An inch in metres.
const INCH: f64 = 0.0254;
/// A mile in kilometres.
pub const MILE: f64 = 1.609_344;
/// A nautical mile in kilometres.
const KNOT: f64 = 1.852;

/// Words behind a number, in small letters and without a point at the end; how much one is.
type Units = &'static [(&'static [&'static str], f64)];

const LENGTHS: Units = &[
    (
        &["m", "metre", "metres", "meter", "meters", "mtr", "mtrs", "mts", "м", "метр", "метра", "метров", "م", "米"],
        1.0,
    ),
    (&["ft", "feet", "foot", "'"], FOOT),
    (&["in", "inch", "inches", "\""], INCH),
    (&["cm", "см"], 0.01),
    (&["mm", "мм"], 0.001),
    (&["dm", "дм"], 0.1),
    (&["km", "км"], 1000.0),
    (&["mi", "mile", "miles"], MILE * 1000.0),
    (&["nmi"], KNOT * 1000.0),
];
const SPEEDS: Units = &[
    (&["km/h", "kmh", "kph", "kmph", "km/hr", "km/hour", "km", "км/ч"], 1.0),
    (&["mph", "mi/h"], MILE),
    (&["knots", "knot", "kn", "kt", "kts"], KNOT),
    (&["m/s"], 3.6),
];
const PLAIN: Units = &[
    (&["°", "deg", "degree", "degrees"], 1.0),
    (&["level", "levels", "floor", "floors", "storey", "storeys", "story", "stories", "lane", "lanes"], 1.0),
];

/// What may stand in front of a number, or as a word behind it: it is not exact.
const ABOUT: &[&str] = &[
    "~",
    "≈",
    "±",
    "<",
    ">",
    "=",
    "≤",
    "≥",
    "circa",
    "ca",
    "c",
    "approximately",
    "approx",
    "appr",
    "about",
    "around",
    "estimated",
    "est",
    "max",
    "min",
    "up to",
    "etwa",
    "env",
    "около",
    "ок",
];
/// Words between the ends of a range, or several values.
const JOINS: &[&str] = &["to", "or", "and", "bis", "до", "или"];
/// What may follow a number: another value, a remark.
const AFTER: &str = ";|-+/(,?~&±….<>";

/// A number of a tag; none where the text is none, or has a unit that is not one of this quantity.
pub fn read(text: &str, quantity: Quantity) -> Option<f64> {
    // Nearly all values, without looking further.
    let simple = |c| matches!(c, b'0'..=b'9' | b'-') || (c == b'.' && quantity != Quantity::Whole);
    if text.len() < 16
        && text.bytes().all(simple)
        && let Ok(number) = text.parse()
    {
        return Some(number);
    }
    let text = plain(text);
    let (mut number, mut unit, mut rest) = term(exact(&text), quantity)?;
    if unit.is_none()
        && let Some(second) = range(rest)
    {
        unit = term(exact(second), quantity).and_then(|(_, unit, _)| unit);
    }
    // `5 ft 6 in`, `5'6`, `12'-6"`: parts of the first unit.
    let whole = unit.unwrap_or(1.0);
    while let Some((more, smaller, after)) = unit.and_then(|unit| part(rest, unit, quantity)) {
        (number, unit, rest) = (number + (more / whole).copysign(number), Some(smaller), after);
    }
    let fits = rest.is_empty() || rest.starts_with(|c: char| c.is_alphabetic() || AFTER.contains(c));
    let number = number * whole;
    (fits && number.is_finite()).then_some(number)
}

/// A text behind the marks and words of a guess.
fn exact(mut text: &str) -> &str {
    loop {
        text = text.trim_start();
        let told = ABOUT.iter().filter_map(|about| text.strip_prefix(about).map(|rest| (about, rest)));
        let whole = told.filter(|(about, rest)| {
            let word = about.ends_with(char::is_alphabetic);
            !(word && rest.starts_with(char::is_alphabetic))
        });
        let Some((_, rest)) = whole.max_by_key(|(about, _)| about.len()) else { return text };
        text = rest.strip_prefix('.').filter(|rest| !rest.starts_with('.')).unwrap_or(rest);
    }
}

/// A number, its unit if it has one, and what follows; none where no number may stand so.
fn term(text: &str, quantity: Quantity) -> Option<(f64, Option<f64>, &str)> {
    let (number, rest) = figure(text, quantity == Quantity::Whole)?;
    let rest = rest.trim_start();
    let (word, after) = word(rest);
    if word.is_empty() {
        // A point may end a sentence.
        let rest = rest.strip_prefix('.').filter(|rest| !rest.starts_with('.')).unwrap_or(rest).trim_start();
        let fits = rest.is_empty() || rest.starts_with(|c| AFTER.contains(c));
        return fits.then_some((number, None, rest));
    }
    if ABOUT.contains(&word) || JOINS.contains(&word) {
        return Some((number, None, rest));
    }
    let units = match quantity {
        Quantity::Length => LENGTHS,
        Quantity::Speed => SPEEDS,
        Quantity::Plain | Quantity::Whole => PLAIN,
    };
    let (_, unit) = units.iter().find(|(words, _)| words.contains(&word))?;
    Some((number, Some(*unit), after))
}

/// The word or mark a text begins with, and what follows.
fn word(text: &str) -> (&str, &str) {
    let mark = text.starts_with(['\'', '"', '°', '%', '€', '$', '*', '#', ':', '@']);
    let letters = || {
        // `km/h` is one word.
        let slash = |at: usize| at > 0 && text.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
        text.char_indices().find(|&(at, c)| !(c.is_alphabetic() || c == '/' && slash(at))).map(|(at, _)| at)
    };
    let end = if mark { text.chars().next().map(char::len_utf8) } else { letters() };
    let (word, rest) = text.split_at_checked(end.unwrap_or(text.len())).unwrap_or_default();
    if word.is_empty() { (word, rest) } else { (word, rest.strip_prefix('.').unwrap_or(rest).trim_start()) }
}

/// What follows the first end of a range.
fn range(rest: &str) -> Option<&str> {
    let joined = || JOINS.iter().find_map(|join| rest.strip_prefix(join));
    rest.strip_prefix('-').or_else(|| rest.strip_prefix("..")).or_else(|| rest.strip_prefix('…')).or_else(joined)
}

/// A smaller part of the same length: its size, its unit, and what follows. Behind feet, inches need no mark.
fn part(rest: &str, unit: f64, quantity: Quantity) -> Option<(f64, f64, &str)> {
    if quantity != Quantity::Length {
        return None;
    }
    let joined = rest.strip_prefix('-');
    let (number, smaller, after) = term(joined.unwrap_or(rest), quantity)?;
    let inches = (unit == FOOT && joined.is_none()).then_some(INCH);
    let smaller = smaller.or(inches)?;
    let size = number * smaller;
    (smaller < unit && (0.0..unit).contains(&size)).then_some((size, smaller, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(quantity: Quantity, rows: &[(&str, Option<f64>)]) {
        for (text, expected) in rows {
            let found = read(text, quantity);
            let same = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() < 1e-9,
                (found, expected) => found == *expected,
            };
            assert!(same, "{text}: {found:?}, not {expected:?}");
        }
    }

    #[test]
    fn lengths_come_out_in_metres() {
        let foot = |feet: f64| Some(feet * FOOT);
        check(
            Quantity::Length,
            &[
                ("3", Some(3.0)),
                (" 15 ", Some(15.0)),
                ("3.5 m", Some(3.5)),
                ("12.5m", Some(12.5)),
                ("15 M", Some(15.0)),
                ("15 metres", Some(15.0)),
                ("10 м", Some(10.0)),
                ("150 cm", Some(1.5)),
                ("1 m 80 cm", Some(1.8)),
                ("0.5 km", Some(500.0)),
                ("-2", Some(-2.0)),
                ("−2 m", Some(-2.0)),
                ("3,5", Some(3.5)),
                ("12,5 ft", foot(12.5)),
                ("1e2", Some(100.0)),
                ("12'", foot(12.0)),
                ("40 '", foot(40.0)),
                ("12'6\"", foot(12.5)),
                ("12' 6''", foot(12.5)),
                ("12′6″", foot(12.5)),
                ("12’6”", foot(12.5)),
                ("12'6", foot(12.5)),
                ("12'-6\"", foot(12.5)),
                ("12' 6 1/2\"", foot(12.0 + 6.5 / 12.0)),
                ("12½'", foot(12.5)),
                ("6\"", Some(6.0 * INCH)),
                ("574′", foot(574.0)),
                ("40 ft.", foot(40.0)),
                ("10 FT", foot(10.0)),
                ("10 Feet", foot(10.0)),
                ("5 ft 6 in", foot(5.5)),
                ("5ft.6in.", foot(5.5)),
                ("-5 ft 6 in", foot(-5.5)),
                ("40 ft (12 m)", foot(40.0)),
                ("1,200 ft", foot(1200.0)),
                ("1 200 m", Some(1200.0)),
                ("1\u{202f}200\u{a0}m", Some(1200.0)),
                ("1.200,5", Some(1200.5)),
                ("1,200.5 m", Some(1200.5)),
                ("1,234,567", Some(1_234_567.0)),
                ("0,125 m", Some(0.125)),
            ],
        );
    }

    #[test]
    fn of_ranges_guesses_and_lists_one_value_counts() {
        check(
            Quantity::Length,
            &[
                ("12-15", Some(12.0)),
                ("12 – 15 m", Some(12.0)),
                ("12-15 ft", Some(12.0 * FOOT)),
                ("12 to 15 ft", Some(12.0 * FOOT)),
                ("12'-15'", Some(12.0 * FOOT)),
                ("12..15", Some(12.0)),
                ("~12", Some(12.0)),
                ("ca. 12", Some(12.0)),
                ("ca.12 m", Some(12.0)),
                ("c. 12", Some(12.0)),
                ("approx. 12 ft", Some(12.0 * FOOT)),
                ("12 approx", Some(12.0)),
                ("<3", Some(3.0)),
                (">= 3 m", Some(3.0)),
                ("12?", Some(12.0)),
                ("9;12", Some(9.0)),
                ("15m;20m", Some(15.0)),
                ("12;15", Some(12.0)),
                ("12, 15", Some(12.0)),
            ],
        );
    }

    #[test]
    fn digits_of_other_scripts_are_digits() {
        check(
            Quantity::Length,
            &[
                ("٢٠", Some(20.0)),
                ("٢٠٫٥ م", Some(20.5)),
                ("۲۰", Some(20.0)),
                ("२०", Some(20.0)),
                ("１２．５ｍ", Some(12.5)),
                ("\u{200f}٢٠\u{200f}", Some(20.0)),
            ],
        );
    }

    #[test]
    fn what_is_no_number_is_none() {
        let words = "|tall|yes|G+3|100 yd|3 x 4|50%|16:30|1.2.3|12,5,3|12 10|3 m2|3 m²|3m*2|9 ft 13/16 in|inf|NaN|1e999|-|.|'|m|--5|30 mph|~|ca.";
        for text in words.split('|') {
            assert_eq!(read(text, Quantity::Length), None, "{text}");
        }
    }

    #[test]
    fn speeds_and_counts_have_their_own_units() {
        check(
            Quantity::Speed,
            &[
                ("50", Some(50.0)),
                ("50 km/h", Some(50.0)),
                ("50KMH", Some(50.0)),
                ("30 mph", Some(30.0 * MILE)),
                ("30MPH", Some(30.0 * MILE)),
                ("20 knots", Some(20.0 * KNOT)),
                ("60 км/ч", Some(60.0)),
                ("20 m", None),
            ],
        );
        check(
            Quantity::Plain,
            &[
                ("4+1", Some(4.0)),
                ("2;3", Some(2.0)),
                ("3 levels", Some(3.0)),
                ("1 1/2", Some(1.5)),
                ("30°", Some(30.0)),
                ("1.250", Some(1.25)),
            ],
        );
        check(
            Quantity::Whole,
            &[("1.234", Some(1234.0)), ("12 345 (2010)", Some(12345.0)), ("2", Some(2.0)), ("-1", Some(-1.0))],
        );
    }
}
