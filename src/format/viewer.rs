//! The page around a map in HTML: MapLibre and what shows the map with it, in one file that a page loads when it is asked for and
//! a native program reads where its fonts are (`xtask/src/viewer.rs` makes it from `www/viewer`).

use crate::error::{Error, Result};
use std::sync::OnceLock;

/// The id under which the file is asked for.
pub const ID: &str = "viewer";

/// Where the title, how the map was made, and the map itself stand in the file, each once and in this order.
const GAPS: [&str; 3] = ["@TITLE@", "@RECORD@", "@DATA@"];

/// The file between its gaps; it belongs to the program as fonts do.
static PARTS: OnceLock<[String; 4]> = OnceLock::new();

/// Reads the file; the first one that can be read stays.
///
/// # Errors
/// [`Error::Corrupt`] where a gap is missing.
pub fn learn(data: &[u8]) -> Result<()> {
    let text = String::from_utf8_lossy(data);
    let parts = parts(&text).ok_or_else(|| Error::Corrupt("the page around maps in HTML is not whole".into()))?;
    PARTS.get_or_init(|| parts);
    Ok(())
}

fn parts(text: &str) -> Option<[String; 4]> {
    let [title, record, data] = GAPS;
    let (head, rest) = text.split_once(title)?;
    let (upper, rest) = rest.split_once(record)?;
    let (lower, tail) = rest.split_once(data)?;
    Some([head, upper, lower, tail].map(str::to_owned))
}

/// Whether the file was read.
pub fn is_known() -> bool {
    PARTS.get().is_some()
}

/// The file before the title, between title and record, between record and map, and after the map.
///
/// # Errors
/// [`Error::Io`] where nobody loaded it.
pub fn page() -> Result<&'static [String; 4]> {
    PARTS.get().ok_or_else(|| {
        Error::Io(
            "the file viewer.html, which holds MapLibre, is not at hand: put it into the folder `fonts` beside the program, \
             or into the one that MAPWRIGHT_FONTS names"
                .into(),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::parts;

    #[test]
    fn the_page_has_its_gaps() {
        let found = parts("<title>@TITLE@</title>@RECORD@<body>@DATA@</body>");
        assert_eq!(found, Some(["<title>", "</title>", "<body>", "</body>"].map(str::to_owned)));
        assert_eq!(parts("<title>@TITLE@</title>@DATA@@RECORD@"), None);
    }
}
