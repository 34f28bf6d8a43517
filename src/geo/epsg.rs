//! Definitions of EPSG codes as PROJ strings: the table of the crate crs-definitions, packed by `build.rs` into a tenth
//! of its size.

use flate2::read::DeflateDecoder;
use std::io::Read;
use std::sync::OnceLock;

/// Deflated lines `definition;code code…`.
static PACKED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/epsg.deflate"));

/// The PROJ string of an EPSG code, if it is known.
pub fn definition(code: u16) -> Option<&'static str> {
    static TABLE: OnceLock<String> = OnceLock::new();
    let table = TABLE.get_or_init(|| {
        let mut text = String::new();
        // The table is ours and a test reads all of it: it always unpacks.
        DeflateDecoder::new(PACKED).read_to_string(&mut text).map(|_| text).unwrap_or_default()
    });
    let mut rows = table.lines().filter_map(|line| line.split_once(';'));
    rows.find(|(_, codes)| codes.split(' ').any(|known| known.parse() == Ok(code))).map(|(definition, _)| definition)
}

#[cfg(test)]
mod tests {
    use super::definition;

    #[test]
    fn the_table_is_whole() {
        let known = (0..=u16::MAX).filter(|&code| crs_definitions::from_code(code).is_some()).count();
        assert!(known > 5000);
        for code in [2000, 3067, 3857, 4326, 25832, 27700, 32661] {
            assert_eq!(definition(code), crs_definitions::from_code(code).map(|row| row.proj4));
        }
        assert_eq!(definition(1), None);
    }
}
