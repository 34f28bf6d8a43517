//! Names in Latin letters where the data have none: letter by letter, by a table that is loaded when a map asks for it.
//!
//! A line of the table is the number of a character, hexadecimal, a space, and what it and its successors are in Latin
//! letters, with commas between them (`xtask/src/latin.rs` writes it).

use crate::error::{Error, Result};
use std::sync::OnceLock;

/// The id under which the table is asked for.
pub const ID: &str = "latin";

/// The first character of each run, and the texts of the run; it belongs to the program as fonts do.
static TABLE: OnceLock<Vec<(u32, String)>> = OnceLock::new();

/// Reads the table; the first one that can be read stays.
///
/// # Errors
/// [`Error::Corrupt`] where a line is no run of characters.
pub fn learn(data: &[u8]) -> Result<()> {
    let text = String::from_utf8_lossy(data);
    let run = |line: &str| {
        let (first, texts) = line.split_once(' ')?;
        Some((u32::from_str_radix(first, 16).ok()?, texts.to_owned()))
    };
    let runs: Option<Vec<(u32, String)>> = text.lines().map(run).collect();
    let fault = || Error::Corrupt("a line of the table of Latin letters is no run of characters".into());
    let runs = runs.filter(|runs| !runs.is_empty()).ok_or_else(fault)?;
    TABLE.get_or_init(|| runs);
    Ok(())
}

/// Whether the table was read.
pub fn is_known() -> bool {
    TABLE.get().is_some()
}

/// Whether every letter is Latin.
pub fn is_latin(name: &str) -> bool {
    name.chars().filter(|c| c.is_alphabetic()).all(is_letter) && name.chars().any(char::is_alphanumeric)
}

/// Latin letters end at U+024F; U+1E00 to U+1EFF hold those with more marks.
fn is_letter(c: char) -> bool {
    c <= '\u{24f}' || ('\u{1e00}'..='\u{1eff}').contains(&c)
}

/// Whether a character is an ideograph, which says a syllable in Chinese and who knows what in Japanese.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// A name in Latin letters; none without the table, where it has nothing for a letter, or where ideographs are `japanese`:
/// nothing tells how they are read.
pub fn latin(name: &str, japanese: bool) -> Option<String> {
    let table = TABLE.get()?;
    if japanese && name.chars().any(is_ideograph) {
        return None;
    }
    let mut written = String::with_capacity(2 * name.len());
    let mut before = ' ';
    let mut rest = name.chars();
    while let Some(c) = rest.next() {
        let text = match is_letter(c) || !(c.is_alphanumeric() || c > '\u{2ff}') {
            true => None,
            false => find(table, c),
        };
        match text {
            None if c.is_alphabetic() && !is_letter(c) => return None,
            None => written.push(c),
            // The hard sign is a vowel before a consonant, as in Bulgarian.
            Some(_) if c == 'ъ' && rest.clone().next().is_some_and(|c| c.is_alphabetic() && !"еёюя".contains(c)) =>
            {
                written.push('a');
            }
            Some(text) => spell(&mut written, text, c, before),
        }
        before = c;
    }
    Some(written)
}

/// What a character is in Latin letters.
fn find(table: &[(u32, String)], c: char) -> Option<&str> {
    let run = table.partition_point(|(first, _)| *first <= u32::from(c)).checked_sub(1)?;
    let (first, texts) = table.get(run)?;
    texts.split(',').nth((u32::from(c) - first) as usize)
}

/// Writes a character as `text`: ideographs as words of their own; letters of scripts without capitals with one where a
/// word begins, others as they are.
fn spell(written: &mut String, text: &str, c: char, before: char) {
    let begins = !before.is_alphabetic() || is_ideograph(c) || is_ideograph(before);
    if begins && before.is_alphanumeric() {
        written.push(' ');
    }
    // Georgian letters count as small ones that no name begins with large ones of.
    let cased = (c.is_lowercase() || c.is_uppercase()) && !('\u{10d0}'..='\u{10ff}').contains(&c);
    for (row, letter) in text.trim().chars().enumerate() {
        match cased {
            true => written.push(letter),
            false if begins && row == 0 => written.push(letter.to_ascii_uppercase()),
            false => written.push(letter.to_ascii_lowercase()),
        }
    }
}
