//! Lines → ribbons on the ground.

use super::Triangle;

/// The ribbon of a line, `width` wide at height `z`. Corners are mitred up to twice the width.
pub(super) fn ribbon(line: &[[f64; 2]], width: f64, z: f64) -> Vec<Triangle> {
    let mut line = line.to_vec();
    line.dedup();
    let unit = |a: [f64; 2], b: [f64; 2]| {
        let length = libm::hypot(b[0] - a[0], b[1] - a[1]);
        [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
    };
    let ways: Vec<[f64; 2]> = line.array_windows().map(|[a, b]| unit(*a, *b)).collect();
    let sides: Vec<[[f64; 3]; 2]> = line
        .iter()
        .enumerate()
        .filter_map(|(row, [x, y])| {
            let before = row.checked_sub(1).and_then(|row| ways.get(row)).or(ways.first())?;
            let after = ways.get(row).or(ways.last())?;
            let (sx, sy) = (before[0] + after[0], before[1] + after[1]);
            let along = (sx * before[0] + sy * before[1]).max(0.5);
            // Half a width to the left; longer at a corner by 1 / cos of half the turn.
            let (dx, dy) = if sx == 0.0 && sy == 0.0 { (-before[1], before[0]) } else { (-sy / along, sx / along) };
            let half = width / 2.0;
            Some([[x + dx * half, y + dy * half, z], [x - dx * half, y - dy * half, z]])
        })
        .collect();
    sides.array_windows().flat_map(|[[al, ar], [bl, br]]| [[*ar, *br, *bl], [*ar, *bl, *al]]).collect()
}
