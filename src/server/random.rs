//! Names that cannot be guessed.

use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Letters and digits of keys.
const ALPHABET: &[u8; 36] = b"abcdefghijklmnopqrstuvwxyz0123456789";
/// What every key begins with.
pub const PREFIX: &str = "ocd_";
/// Random letters of a key: 124 bits.
const LETTERS: usize = 24;
/// Letters of a key's checksum.
const CHECK: usize = 6;
/// Letters after the prefix that are kept readable, to tell keys apart.
const SHOWN: usize = 6;

fn bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    // The operating system's source: without it no secret can be made, and a server must not pretend.
    if getrandom::fill(&mut bytes).is_err() {
        eprintln!("the operating system gives no random numbers");
        std::process::abort();
    }
    bytes
}

/// A 128-bit id in lower-case hexadecimal digits.
pub fn id() -> String {
    hex(&bytes::<16>())
}

/// 256 bits in lower-case hexadecimal digits: what opens a session, stands in a letter, signs.
pub fn secret() -> String {
    hex(&bytes::<32>())
}

/// A new key: `ocd_`, 24 random letters and digits, and a checksum of six.
pub fn key() -> String {
    let mut body = String::with_capacity(LETTERS);
    while body.len() < LETTERS {
        // 252 is the largest multiple of 36 below 256: every letter is equally likely.
        let fresh = bytes::<32>();
        let letters = fresh.iter().filter(|byte| **byte < 252).filter_map(|byte| ALPHABET.get(usize::from(byte % 36)));
        body.extend(letters.take(LETTERS - body.len()).map(|letter| char::from(*letter)));
    }
    format!("{PREFIX}{body}{}", checksum(&body))
}

/// Whether a text has the form of a key and its checksum is right.
pub fn is_key(text: &str) -> bool {
    let Some(rest) = text.strip_prefix(PREFIX).filter(|rest| rest.is_ascii() && rest.len() == LETTERS + CHECK) else {
        return false;
    };
    let (body, check) = rest.split_at(LETTERS);
    body.bytes().all(|letter| ALPHABET.contains(&letter)) && checksum(body) == check
}

/// The part of a key that is stored readable.
pub fn shown(key: &str) -> String {
    key.chars().take(PREFIX.len() + SHOWN).collect()
}

/// The hash that is stored of a key. A key has 124 random bits, so no slow hash is needed.
pub fn hash(key: &str) -> String {
    hex(&Sha256::digest(key.as_bytes()))
}

/// Hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn checksum(body: &str) -> String {
    let digest = Sha256::digest(body.as_bytes());
    digest
        .iter()
        .take(CHECK)
        .filter_map(|byte| ALPHABET.get(usize::from(byte % 36)))
        .map(|letter| char::from(*letter))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_check_themselves() {
        let key = key();
        assert_eq!(key.len(), 34);
        assert!(is_key(&key), "{key}");
        let mut wrong = key.clone();
        let last = wrong.pop();
        wrong.push(if last == Some('a') { 'b' } else { 'a' });
        assert!(!is_key(&wrong));
        assert!(!is_key("ocd_") && !is_key("") && !is_key(&key.to_uppercase()));
        assert_ne!(key, super::key());
    }
}
