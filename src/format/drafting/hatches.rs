//! Patterns of styles as hatches of CAD programs: families of parallel lines, by which every stroke of a mark is drawn that runs
//! across, up, or along the lattice on which the marks stand.

use super::encoder::{Hatch, HatchLine};
use libm::{atan2, cos, hypot, sin};

/// Where a stroke of a mark goes.
enum Way {
    /// To the right.
    Across,
    /// Up.
    Up,
    /// Up to the right, as the next row stands.
    Rise,
    /// Up to the left.
    Fall,
}
use Way::{Across, Fall, Rise, Up};

/// What repeats, mm.
enum Pattern {
    /// Parallel lines: directions in degrees, distance.
    Lines(&'static [f64], f64),
    /// Marks in rows: distance of columns and rows, every second row shifted by half; strokes as where they begin, where they go,
    /// how long they are.
    Marks([f64; 2], &'static [([f64; 2], Way, f64)]),
}
use Pattern::{Lines, Marks};

/// All patterns, by the names that styles have for them.
#[rustfmt::skip]
static PATTERNS: &[(&str, Pattern)] = &[
    ("hatch", Lines(&[45.0], 1.6)),
    ("hatch-back", Lines(&[-45.0], 1.6)),
    ("hatch-wide", Lines(&[45.0], 3.2)),
    ("hatch-fine", Lines(&[45.0], 0.7)),
    ("cross-hatch", Lines(&[45.0, -45.0], 1.8)),
    ("lines", Lines(&[0.0], 1.1)),
    ("dots", Marks([1.5, 0.75], &[([0.0, 0.0], Across, 0.0)])),
    ("sand", Marks([1.7, 1.1], &[([0.0, 0.0], Across, 0.0), ([0.55, -0.3], Across, 0.0)])),
    ("forest", Marks([4.4, 3.2], &[
        ([0.0, -0.75], Up, 0.5), ([-0.5, -0.25], Across, 1.0), ([-0.5, -0.25], Up, 0.5), ([0.5, -0.25], Up, 0.5),
        ([-0.5, 0.25], Rise, 0.5), ([0.5, 0.25], Fall, 0.5), ([-0.22, 0.66], Across, 0.44)])),
    ("conifer", Marks([4.4, 3.2], &[
        ([0.0, -0.8], Up, 0.4), ([-0.55, -0.4], Across, 1.1), ([-0.55, -0.4], Rise, 0.97), ([0.55, -0.4], Fall, 0.97)])),
    ("scrub", Marks([3.6, 2.6], &[([-0.4, -0.2], Rise, 0.45), ([0.4, -0.2], Fall, 0.45), ([-0.14, 0.17], Across, 0.28)])),
    ("grass", Marks([4.0, 2.8], &[([0.0, -0.3], Up, 0.75), ([-0.15, -0.3], Fall, 0.6), ([0.15, -0.3], Rise, 0.6)])),
    ("orchard", Marks([2.6, 1.3], &[
        ([-0.153, 0.37], Across, 0.306), ([-0.153, -0.37], Across, 0.306), ([-0.37, -0.153], Up, 0.306), ([0.37, -0.153], Up, 0.306),
        ([0.153, -0.37], Rise, 0.306), ([-0.37, 0.153], Rise, 0.306), ([0.37, 0.153], Fall, 0.306), ([-0.153, -0.37], Fall, 0.306)])),
    ("vineyard", Marks([2.4, 2.0], &[([0.0, -0.6], Up, 1.2), ([0.0, 0.15], Rise, 0.6)])),
    ("wetland", Marks([5.0, 2.6], &[
        ([-1.1, -0.3], Across, 2.2), ([0.0, -0.1], Up, 0.7), ([-0.25, -0.1], Fall, 0.5), ([0.25, -0.1], Rise, 0.5)])),
    ("cemetery", Marks([3.4, 2.4], &[([0.0, -0.55], Up, 1.1), ([-0.33, 0.2], Across, 0.66)])),
    ("rock", Marks([3.4, 2.2], &[([-0.45, -0.25], Rise, 0.65), ([0.2, -0.25], Fall, 0.42), ([0.5, -0.25], Fall, 0.3)])),
    ("waves", Marks([3.6, 2.0], &[([-0.8, 0.0], Across, 1.6)])),
];

/// The hatch that a pattern of styles is, where a millimetre has so many units of the drawing.
pub(super) fn hatch(name: &str, mm: f64) -> Option<Hatch> {
    let (name, pattern) = PATTERNS.iter().find(|(known, _)| *known == name)?;
    let lines = match pattern {
        Lines(angles, gap) => angles.iter().map(|angle| parallel(*angle, gap * mm)).collect(),
        Marks(lattice, strokes) => {
            strokes.iter().map(|(base, way, length)| stroke(*lattice, *base, way, *length, mm)).collect()
        }
    };
    Some(Hatch { name, lines })
}

fn parallel(angle: f64, gap: f64) -> HatchLine {
    let turn = angle.to_radians();
    HatchLine { angle, base: [0.0; 2], offset: [-gap * sin(turn), gap * cos(turn)], dashes: Vec::new() }
}

/// The lines whose dashes are one stroke of every mark.
fn stroke([step, gap]: [f64; 2], base: [f64; 2], way: &Way, length: f64, mm: f64) -> HatchLine {
    let half = step / 2.0;
    // How far it is along the line to the next mark, and from one line to the next.
    let (angle, period, offset) = match way {
        Across => (0.0, step, [half, gap]),
        Up => (90.0, 2.0 * gap, [half, gap]),
        Rise => (atan2(gap, half).to_degrees(), hypot(half, gap), [step, 0.0]),
        Fall => (atan2(gap, -half).to_degrees(), hypot(half, gap), [step, 0.0]),
    };
    let size = |side: f64| side * mm;
    HatchLine {
        angle,
        base: base.map(size),
        offset: offset.map(size),
        dashes: vec![size(length), -size(period - length)],
    }
}

#[cfg(test)]
mod tests {
    use super::{PATTERNS, hatch};

    /// Wherever a line of a family begins, one of the lattice's places lies as far from it as from the first.
    #[test]
    fn strokes_stand_on_the_lattice() {
        for (name, pattern) in PATTERNS {
            let super::Marks([step, gap], strokes) = pattern else { continue };
            let lines = hatch(name, 1.0).unwrap().lines;
            assert_eq!(lines.len(), strokes.len());
            for line in lines {
                let period: f64 = line.dashes.iter().map(|dash| dash.abs()).sum();
                let turn = line.angle.to_radians();
                for (row, dash) in [(1.0, 0.0), (2.0, 1.0), (-1.0, 3.0), (5.0, -2.0)] {
                    let x = row * line.offset[0] + dash * period * turn.cos();
                    let y = row * line.offset[1] + dash * period * turn.sin();
                    let rows = y / gap;
                    let columns = (x - if rows.round().rem_euclid(2.0) == 1.0 { step / 2.0 } else { 0.0 }) / step;
                    assert!((rows - rows.round()).abs() < 1e-9 && (columns - columns.round()).abs() < 1e-9, "{name}");
                }
            }
        }
    }
}
