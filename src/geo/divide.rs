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
        // An edge across the antimeridian is cut before it is measured.
        let pieces = if x.abs() > 180.0 { 1.0 } else { libm::ceil(x.abs().max(y.abs()) / LONGEST).clamp(1.0, MOST) };
        points.extend((0..pieces as u32).map(|row| {
            let share = f64::from(row) / pieces;
            [a[0] + x * share, a[1] + y * share]
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
        assert_eq!(divide(&[[179.0, 0.0], [-179.0, 0.0]]).len(), 2);
    }
}
