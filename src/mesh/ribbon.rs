//! Lines → ribbons on the ground.

use super::Triangle;

/// Corners of the octagon around an end, as shares of half a width.
const ROUND: [[f64; 2]; 8] = {
    const C: f64 = 0.923_879_532_511_286_7;
    const S: f64 = 0.382_683_432_365_089_8;
    [[C, S], [S, C], [-S, C], [-C, S], [-C, -S], [-S, -C], [S, -C], [C, -S]]
};

/// The ribbon of a line, `width` wide at height `z`. Corners are mitred up to twice the width.
pub(super) fn ribbon(line: &[[f64; 2]], width: f64, z: f64) -> Vec<Triangle> {
    let lift = |[x, y]: [f64; 2]| [x, y, z];
    let sides = sides(line, width);
    let quads = sides.array_windows().map(|[[al, ar], [bl, br]]| [*al, *ar, *br, *bl].map(lift));
    quads.flat_map(|[al, ar, br, bl]| [[ar, br, bl], [ar, bl, al]]).collect()
}

/// The same as polygons, with round ends, so that lines which end in each other leave no notch.
pub(super) fn quads(line: &[[f64; 2]], width: f64) -> Vec<Vec<[f64; 2]>> {
    let sides = sides(line, width);
    let disc = |[x, y]: &[f64; 2]| ROUND.map(|[dx, dy]| [x + dx * width / 2.0, y + dy * width / 2.0]).to_vec();
    let quads = sides.array_windows().map(|[[al, ar], [bl, br]]| vec![*al, *ar, *br, *bl]);
    quads.chain(line.first().map(disc)).chain(line.last().map(disc)).collect()
}

/// Places beside each point of a line, half a width to the left and to the right.
fn sides(line: &[[f64; 2]], width: f64) -> Vec<[[f64; 2]; 2]> {
    let mut line = line.to_vec();
    line.dedup();
    let unit = |a: [f64; 2], b: [f64; 2]| {
        let length = libm::hypot(b[0] - a[0], b[1] - a[1]);
        [(b[0] - a[0]) / length, (b[1] - a[1]) / length]
    };
    let ways: Vec<[f64; 2]> = line.array_windows().map(|[a, b]| unit(*a, *b)).collect();
    let beside = |(row, [x, y]): (usize, &[f64; 2])| {
        let before = row.checked_sub(1).and_then(|row| ways.get(row)).or(ways.first())?;
        let after = ways.get(row).or(ways.last())?;
        let (sx, sy) = (before[0] + after[0], before[1] + after[1]);
        let along = (sx * before[0] + sy * before[1]).max(0.5);
        // Half a width to the left; longer at a corner by 1 / cos of half the turn.
        let (dx, dy) = if sx == 0.0 && sy == 0.0 { (-before[1], before[0]) } else { (-sy / along, sx / along) };
        let half = width / 2.0;
        Some([[x + dx * half, y + dy * half], [x - dx * half, y - dy * half]])
    };
    line.iter().enumerate().filter_map(beside).collect()
}
