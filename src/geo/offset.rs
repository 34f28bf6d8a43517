//! A line beside a line.

/// The line at distance `by` to the right of `line` as it runs with y down (left for negative `by`). Corners are
/// mitred up to twice the distance, then cut off; loops that sharp inner bends make are left in.
pub fn beside(line: &[[f64; 2]], by: f64, closed: bool) -> Vec<[f64; 2]> {
    let normals: Vec<Option<[f64; 2]>> = line
        .iter()
        .zip(line.iter().cycle().skip(1))
        .map(|(a, b)| {
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let length = libm::hypot(dx, dy);
            (length > 0.0).then(|| [-dy / length, dx / length])
        })
        .collect();
    let last = line.len().saturating_sub(1);
    let mut result = Vec::with_capacity(line.len());
    for (row, point) in line.iter().enumerate() {
        let before = match row {
            0 if closed => normals.last().copied().flatten(),
            0 => None,
            _ => normals.get(row - 1).copied().flatten(),
        };
        let after = if row == last && !closed { None } else { normals.get(row).copied().flatten() };
        let at = |[nx, ny]: [f64; 2], by: f64| [point[0] + nx * by, point[1] + ny * by];
        match (before, after) {
            (Some(a), Some(b)) => {
                // The mitre points along a + b and is longer than the distance by 1 / cos of half the turn.
                let along = 1.0 + a[0] * b[0] + a[1] * b[1];
                if along > 0.5 {
                    result.push(at([(a[0] + b[0]) / along, (a[1] + b[1]) / along], by));
                } else {
                    result.extend([at(a, by), at(b, by)]);
                }
            }
            (Some(normal), None) | (None, Some(normal)) => result.push(at(normal, by)),
            (None, None) => {}
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn a_corner_is_mitred() {
        let line = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]];
        assert_eq!(beside(&line, 1.0, false), [[0.0, 1.0], [9.0, 1.0], [9.0, 10.0]]);
        assert_eq!(beside(&line, -1.0, false), [[0.0, -1.0], [11.0, -1.0], [11.0, 10.0]]);
    }

    #[test]
    fn a_ring_stays_a_ring() {
        let ring = [[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]];
        assert_eq!(beside(&ring, 1.0, true), [[1.0, 1.0], [9.0, 1.0], [9.0, 9.0], [1.0, 9.0]]);
    }
}
