//! Outlines of the symbols that styles name: a file that a page loads when it draws, and that a native program carries.

use crate::error::{Error, Result};
use std::sync::OnceLock;

/// The id under which the file is asked for.
pub const ID: &str = "symbols";

/// Lines of a name, a tab, and rings divided by `;`: steps `x,y` in tenths of a pixel from the middle of the grid. They belong
/// to the program as fonts do.
static OUTLINES: OnceLock<String> = OnceLock::new();
/// An arrow to the right, as one line of the outlines.
const ARROW: (&str, &str) = ("arrow", "-70,-5 90,0 0,-20 50,25 -50,25 0,-20 -90,0");
/// Steps to a pixel.
const STEPS: f64 = 10.0;
/// Half of the grid, pixels.
pub const HALF: f64 = 7.5;

/// Reads the file; the first one that can be read stays.
///
/// # Errors
/// [`Error::Corrupt`] where a line is no outline.
pub fn learn(data: Vec<u8>) -> Result<()> {
    let outline = |line: &str| line.split_once('\t').is_some_and(|(_, rings)| rings.contains(','));
    let text = String::from_utf8(data).ok().filter(|text| !text.is_empty() && text.lines().all(outline));
    let text = text.ok_or_else(|| Error::Corrupt("a line of the file of symbols is no outline".into()))?;
    OUTLINES.get_or_init(|| text);
    Ok(())
}

/// The file, if it was read or the program carries it.
fn known() -> Option<&'static str> {
    #[cfg(feature = "server")]
    return Some(include_str!("../../assets/symbols/symbols.txt"));
    #[cfg(not(feature = "server"))]
    OUTLINES.get().map(String::as_str)
}

/// Whether the file is there.
pub fn is_known() -> bool {
    known().is_some()
}

/// Rings about a middle, pixels.
pub type Rings = Vec<Vec<[f64; 2]>>;

/// Names and rings of all symbols.
#[cfg(feature = "styled")]
pub fn all() -> impl Iterator<Item = (&'static str, Rings)> {
    lines().map(|(name, outline)| (name, rings(outline)))
}

/// The rings of a symbol.
pub fn outline(name: &str) -> Option<Rings> {
    // Sprites of Maki have their sizes in their names.
    let name = name.strip_suffix("-15").or(name.strip_suffix("-11")).unwrap_or(name);
    lines().find(|(known, _)| *known == name).map(|(_, outline)| rings(outline))
}

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    known().unwrap_or_default().lines().filter_map(|line| line.split_once('\t')).chain([ARROW])
}

fn rings(outline: &str) -> Rings {
    let ring = |text: &str| {
        let mut last = [0.0; 2];
        let steps = text.split(' ').filter_map(|step| step.split_once(','));
        let points = steps.filter_map(|(x, y)| Some([x.parse::<f64>().ok()?, y.parse::<f64>().ok()?]));
        let ring = points.map(|[x, y]| {
            last = [last[0] + x, last[1] + y];
            last.map(|side| side / STEPS)
        });
        ring.collect()
    };
    outline.split(';').map(ring).collect()
}

#[cfg(test)]
mod tests {
    use super::{learn, lines, rings};

    #[test]
    fn a_file_that_holds_no_outlines_is_refused() {
        for wrong in [&b""[..], b"cafe", b"cafe\t", b"cafe\t0,0\nbar", b"\xff\t0,0"] {
            assert!(learn(wrong.to_vec()).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn every_outline_lies_in_its_grid() {
        for (name, outline) in lines() {
            for ring in rings(outline).iter().filter(|_| name != "arrow") {
                assert!(ring.len() >= 3, "{name}");
                assert!(ring.iter().flatten().all(|side| side.abs() <= 8.0), "{name}");
            }
        }
        assert!(lines().count() > 100);
    }
}
