//! The table of Latin letters for names that have none (`src/map/latin.rs`), from the crate deunicode.

use crate::project::{Fault, root};
use crate::put::put;
use mapwright::map::latin::ID;

/// Most characters of a run, so that finding one is short.
const RUN: usize = 64;

/// Characters whose spelling in Latin letters is that of their script: Greek to Hangul, and ideographs.
const SCRIPTS: &[(u32, u32)] = &[
    (0x370, 0x1fff),
    (0x2d00, 0x2d2f),
    (0x2d80, 0x2ddf),
    (0x3005, 0x3007),
    (0x3041, 0x30ff),
    (0x3105, 0x312f),
    (0x3400, 0x9fff),
    (0xa000, 0xa4cf),
    (0xac00, 0xd7a3),
    (0xf900, 0xfaff),
    (0xff66, 0xff9d),
];

/// Writes the table.
pub fn make() -> Result<(), Fault> {
    let mut text = String::new();
    let mut run: Vec<String> = Vec::new();
    let mut next = 0;
    for code in SCRIPTS.iter().flat_map(|(first, last)| *first..=*last) {
        let spelt = char::from_u32(code).and_then(deunicode::deunicode_char).filter(|spelt| fits(spelt));
        let Some(spelt) = spelt else { continue };
        if code != next || run.len() == RUN {
            flush(&mut text, &mut run, next);
        }
        // Marks that stand for hard and soft signs or a stop in the throat are no letters.
        run.push(spelt.trim().replace(['\'', '`', '"'], ""));
        next = code + 1;
    }
    flush(&mut text, &mut run, next);
    put(&root("www/pkg/fonts").join(format!("{ID}.txt")), text.as_bytes())?;
    Ok(())
}

/// Whether a spelling is one of letters; marks may be nothing.
fn fits(spelt: &str) -> bool {
    spelt.is_ascii() && !spelt.contains([',', '\n', '[', '?'])
}

/// Writes a run that ends before `next`.
fn flush(text: &mut String, run: &mut Vec<String>, next: u32) {
    if !run.is_empty() {
        let first = next as usize - run.len();
        text.push_str(&format!("{first:x} {}\n", run.join(",")));
        run.clear();
    }
}
