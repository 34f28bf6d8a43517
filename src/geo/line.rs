//! Lines in a plane.

/// Length of a line.
pub fn length(line: &[[f64; 2]]) -> f64 {
    line.array_windows().map(|[a, b]| libm::hypot(b[0] - a[0], b[1] - a[1])).sum()
}

/// The point at a distance from the start of a line, and the direction there (of length 1); none beyond its end.
pub fn at(line: &[[f64; 2]], mut along: f64) -> Option<([f64; 2], [f64; 2])> {
    for [a, b] in line.array_windows() {
        let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
        let step = libm::hypot(dx, dy);
        if step > 0.0 && along <= step {
            let share = along / step;
            return Some(([a[0] + dx * share, a[1] + dy * share], [dx / step, dy / step]));
        }
        along -= step;
    }
    None
}
