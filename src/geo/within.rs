//! Cutting lines at areas.

use super::ring::{Path, Point, Side, side, touch};

/// The pieces of a line that closed rings cover.
pub fn at_rings(line: &[Point], rings: &[Path]) -> Vec<Path> {
    let mut pieces: Vec<Path> = Vec::new();
    let mut going = false;
    for pair in line.windows(2) {
        let [a, b] = pair else { continue };
        let mut stops = vec![0.0, 1.0];
        for edge in rings.iter().flat_map(|ring| ring.windows(2)) {
            if let [c, d] = edge
                && touch([a, b], [c, d])
            {
                stops.extend(share([a, b], [c, d]));
            }
        }
        stops.sort_unstable_by(f64::total_cmp);
        stops.dedup();
        for span in stops.windows(2) {
            let &[from, to] = span else { continue };
            let middle = between(a, b, (from + to) / 2.0);
            if side(&middle, rings.iter().map(Path::as_slice)) == Side::Out {
                going = false;
                continue;
            }
            let end = between(a, b, to);
            match pieces.last_mut().filter(|_| going) {
                Some(piece) => piece.push(end),
                None => pieces.push(vec![between(a, b, from), end]),
            }
            going = true;
        }
    }
    pieces.iter_mut().for_each(|piece| piece.dedup());
    pieces.retain(|piece| piece.len() > 1);
    pieces
}

/// How far along `ab`, 0 to 1, it meets `cd`; both ends of the common part of segments on one line.
fn share([a, b]: [&Point; 2], [c, d]: [&Point; 2]) -> Vec<f64> {
    let [ux, uy] = [(b[0] - a[0]) as f64, (b[1] - a[1]) as f64];
    let [vx, vy] = [(d[0] - c[0]) as f64, (d[1] - c[1]) as f64];
    let cross = ux * vy - uy * vx;
    let at = |point: &Point| ((point[0] - a[0]) as f64 * ux + (point[1] - a[1]) as f64 * uy) / (ux * ux + uy * uy);
    let shares = if cross == 0.0 {
        vec![at(c), at(d)]
    } else {
        vec![((c[0] - a[0]) as f64 * vy - (c[1] - a[1]) as f64 * vx) / cross]
    };
    shares.into_iter().filter(|share| (0.0..=1.0).contains(share)).collect()
}

fn between(a: &Point, b: &Point, share: f64) -> Point {
    let at = |axis: usize| a[axis] + libm::round((b[axis] - a[axis]) as f64 * share) as i64;
    [at(0), at(1)]
}
