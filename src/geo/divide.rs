//! Dividing long edges in degrees, so that they keep their course when their points are projected.

/// Longest edge, degrees: at this length the middle of an edge lies less than a centimetre off after projection.
const LONGEST: f64 = 0.005;
/// Most pieces of an edge.
const MOST: f64 = 1000.0;

/// A line or ring in degrees with points added along its long edges.
pub fn divide(line: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let mut points = Vec::with_capacity(line.len());
    for &[a, b] in line.array_windows() {
        let [x, y] = [b[0] - a[0], b[1] - a[1]];
        // The way is the short one, across the antimeridian, too.
        let turn = if x.abs() > 180.0 { 360.0_f64.copysign(x) } else { 0.0 };
        let x = x - turn;
        let pieces = libm::ceil(x.abs().max(y.abs()) / LONGEST).clamp(1.0, MOST);
        points.extend((0..pieces as u32).map(|row| {
            let share = f64::from(row) / pieces;
            let lon = a[0] + x * share;
            [if lon.abs() > 180.0 { lon + turn } else { lon }, a[1] + y * share]
        }));
    }
    points.extend(line.last());
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_edges_get_points_and_short_ones_stay() {
        let line = [[1.0, 1.0], [1.019, 1.01], [1.02, 1.01]];
        let found = divide(&line);
        assert_eq!(found.len(), 6);
        assert!(line.iter().all(|point| found.contains(point)));
        assert!(found.array_windows().all(|[a, b]| (a[0] - b[0]).abs() <= LONGEST + 1e-12));
        let across = divide(&[[179.99, 0.0], [-179.99, 0.0]]);
        assert_eq!(across.len(), 5);
        assert!(across.iter().all(|point| (179.99..=180.0).contains(&point[0].abs())), "{across:?}");
    }
}
