//! The digits of a number: scripts, separators, exponents, fractions.

use std::borrow::Cow;

/// The zero of each script that has decimal digits of its own (Unicode, general category Nd), as far as maps are written
/// in it; nine more follow it.
const ZEROS: &[char] = &[
    '\u{660}', '\u{6f0}', '\u{7c0}', '\u{966}', '\u{9e6}', '\u{a66}', '\u{ae6}', '\u{b66}', '\u{be6}', '\u{c66}',
    '\u{ce6}', '\u{d66}', '\u{e50}', '\u{ed0}', '\u{f20}', '\u{1040}', '\u{17e0}', '\u{1810}', '\u{ff10}',
];
/// Signs that are written otherwise: any of them, the plain one.
const SIGNS: &[(&str, char)] = &[
    ("′’‘ʹʼ´＇", '\''),
    ("″”“ʺ＂〃", '"'),
    ("−–—‐‑‒－", '-'),
    ("٫．", '.'),
    ("٬，", ','),
    ("；؛", ';'),
    ("º˚", '°'),
    ("～∼", '~'),
];
/// Fractions of one sign.
const FRACTIONS: &[(char, f64)] = &[('½', 0.5), ('¼', 0.25), ('¾', 0.75), ('⅓', 1.0 / 3.0), ('⅔', 2.0 / 3.0)];

/// A text in small letters, with plain digits, signs and spaces.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains("''") && !text.bytes().any(|c| c.is_ascii_uppercase()) {
        return Cow::Borrowed(text.trim());
    }
    // Marks of direction and of no width.
    let shown = text.chars().filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'));
    let plain: String = shown.flat_map(|c| sign(c).to_lowercase()).collect();
    Cow::Owned(plain.trim().replace("''", "\""))
}

fn sign(c: char) -> char {
    let digit = |zero: &char| (c as u32).checked_sub(*zero as u32).and_then(|value| char::from_digit(value, 10));
    match c {
        _ if c.is_ascii() => c,
        _ if c.is_whitespace() => ' ',
        // Letters as wide as ideographs.
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        _ => {
            let plain = || SIGNS.iter().find(|(signs, _)| signs.contains(c)).map(|(_, plain)| *plain);
            ZEROS.iter().find_map(digit).or_else(plain).unwrap_or(c)
        }
    }
}

/// The number a plain text begins with, and what follows. A point or comma divides decimals; one before three digits may
/// divide thousands instead: a comma does, a point where another one does too or the number is `whole`.
pub(super) fn figure(text: &str, whole: bool) -> Option<(f64, &str)> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (first, mut rest) = digits(text);
    let mut number = first.to_owned();
    let mut groups: Vec<(char, &str)> = Vec::new();
    while let Some((separator, group, after)) = group(rest, first.is_empty()) {
        groups.push((separator, group));
        rest = after;
    }
    let decimals = groups.last().copied().filter(|(separator, group)| {
        let alone = groups.iter().filter(|(other, _)| other == separator).count() == 1;
        let thousands = group.len() == 3 && !matches!(first, "" | "0");
        alone
            && match separator {
                '.' => !(whole && thousands),
                ',' => !thousands || groups.len() > 1,
                _ => false,
            }
    });
    if decimals.is_some() {
        groups.pop();
    }
    if !groups.is_empty() && (first.len() > 3 || groups.iter().any(|(_, group)| group.len() != 3)) {
        return None;
    }
    number.extend(groups.iter().map(|(_, group)| *group));
    if let Some((_, group)) = decimals {
        number.push('.');
        number.push_str(group);
    }
    if let Some((exponent, after)) = exponent(rest).filter(|_| !number.is_empty()) {
        number.push_str(exponent);
        rest = after;
    }
    let part = fraction(rest);
    let value = match (number.parse::<f64>(), part) {
        (Ok(value), None) => value,
        (Ok(value), Some((part, after))) if decimals.is_none() => {
            rest = after;
            value + part
        }
        (Err(_), Some((part, after))) if number.is_empty() && !rest.starts_with(' ') => {
            rest = after;
            part
        }
        _ => return None,
    };
    Some((if negative { -value } else { value }, rest))
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or_default()
}

/// A separator with the digits behind it, and what follows; behind a space or an apostrophe they must be three.
fn group(text: &str, decimal: bool) -> Option<(char, &str, &str)> {
    let separator = text.chars().next().filter(|c| ".,' ".contains(*c))?;
    let (group, rest) = digits(text.get(1..)?);
    let fits = match separator {
        '.' | ',' => !group.is_empty(),
        _ => !decimal && group.len() == 3 && !rest.starts_with(['/', '"', '\'']),
    };
    fits.then_some((separator, group, rest))
}

/// `e2`, and what follows.
fn exponent(text: &str) -> Option<(&str, &str)> {
    let signed = text.strip_prefix('e')?;
    let (figures, rest) = digits(signed.strip_prefix(['-', '+']).unwrap_or(signed));
    let end = text.len() - rest.len();
    Some((text.get(..end)?, rest)).filter(|_| !figures.is_empty())
}

/// `½`, or ` 1/2` behind a whole number, and what follows.
fn fraction(text: &str) -> Option<(f64, &str)> {
    if let Some((sign, part)) = FRACTIONS.iter().find(|(sign, _)| text.trim_start().starts_with(*sign)) {
        return Some((*part, text.trim_start().strip_prefix(*sign)?));
    }
    let (over, rest) = digits(text.strip_prefix(' ')?.trim_start());
    let (under, rest) = digits(rest.strip_prefix('/')?);
    let [over, under] = [over, under].map(|figures| figures.parse::<f64>().ok());
    let (over, under) = over.zip(under).filter(|(over, under)| *over > 0.0 && over < under)?;
    Some((over / under, rest))
}
