//! Outlines of the symbols that styles name.

/// Outlines: name, tab, rings divided by `;`, steps `x,y` in tenths of a pixel from the middle of the grid.
const OUTLINES: &str = include_str!("../../assets/symbols/symbols.txt");
/// An arrow to the right, as one line of the outlines.
const ARROW: (&str, &str) = ("arrow", "-70,-5 90,0 0,-20 50,25 -50,25 0,-20 -90,0");
/// Steps to a pixel.
const STEPS: f64 = 10.0;
/// Half of the grid, pixels.
pub const HALF: f64 = 7.5;

/// Rings about a middle, pixels.
pub type Rings = Vec<Vec<[f64; 2]>>;

/// Names and rings of all symbols.
#[cfg(feature = "styled")]
pub fn all() -> impl Iterator<Item = (&'static str, Rings)> {
    lines().map(|(name, outline)| (name, rings(outline)))
}

/// The rings of a symbol.
#[cfg(feature = "scene")]
pub fn outline(name: &str) -> Option<Rings> {
    // Sprites of Maki have their sizes in their names.
    let name = name.strip_suffix("-15").or(name.strip_suffix("-11")).unwrap_or(name);
    lines().find(|(known, _)| *known == name).map(|(_, outline)| rings(outline))
}

fn lines() -> impl Iterator<Item = (&'static str, &'static str)> {
    OUTLINES.lines().filter_map(|line| line.split_once('\t')).chain([ARROW])
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
    use super::{lines, rings};

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
