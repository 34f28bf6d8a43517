//! Definitions of EPSG codes as PROJ strings: the table of the crate crs-definitions, packed by `build.rs` into a tenth
//! of its size.

use flate2::read::DeflateDecoder;
use std::collections::BTreeMap;
use std::io::Read;
use std::str::Lines;
use std::sync::{Mutex, OnceLock, PoisonError};

/// Deflated: a line with the steps from code to code, a line of parameters for each, a block of values for each parameter.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/epsg.deflate"));

/// The PROJ string of an EPSG code, if it is known.
pub fn definition(code: u16) -> Option<String> {
    // To find one means to read the lines of all before it; few are ever asked for.
    static FOUND: Mutex<BTreeMap<u16, Option<String>>> = Mutex::new(BTreeMap::new());
    let mut found = FOUND.lock().unwrap_or_else(PoisonError::into_inner);
    found.entry(code).or_insert_with(|| find(code)).clone()
}

fn find(code: u16) -> Option<String> {
    static TABLE: OnceLock<String> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut text = String::new();
        // The table is ours and a test reads all of it: it always unpacks.
        DeflateDecoder::new(PACKED).read_to_string(&mut text).map(|_| text).unwrap_or_default()
    });
    let mut blocks = table.split("\n>");
    let (steps, shapes) = blocks.next()?.split_once('\n')?;
    let mut columns: Vec<(&str, Lines)> =
        blocks.filter_map(|block| block.split_once('\n')).map(|(name, values)| (name, values.lines())).collect();
    let mut known = 0_u16;
    for (step, shape) in steps.split(' ').zip(shapes.lines()) {
        known = known.checked_add(step.parse().ok()?)?;
        let words = shape.split(' ').map(|word| {
            let name = word.strip_suffix('=').unwrap_or_default();
            let column = columns.iter_mut().find(|(known, _)| *known == name);
            (word, column.and_then(|(_, values)| values.next()).unwrap_or_default())
        });
        if known == code {
            return Some(words.map(|(word, value)| format!("{word}{value}")).collect::<Vec<_>>().join(" "));
        }
        // Their values are passed over.
        words.for_each(drop);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::definition;

    #[test]
    fn the_table_is_whole() {
        let known = (0..=u16::MAX).filter(|&code| crs_definitions::from_code(code).is_some()).count();
        assert!(known > 5000);
        for code in (0..u16::MAX).step_by(97).chain([2000, 3067, 3857, 4326, 25832, 27700, 32661]) {
            assert_eq!(definition(code), crs_definitions::from_code(code).map(|row| row.proj4.to_owned()));
        }
        assert_eq!(definition(1), None);
    }
}
