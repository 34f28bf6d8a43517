//! What lies outside of a frame that is no rectangle, as rectangles that labels keep off.

use crate::order;

/// Height of a rectangle, mm, and the most there are from top to bottom.
const STRIP: f64 = 1.0;
const MOST: f64 = 400.0;
/// Lines across each strip at which the frame is looked at.
const LOOKS: [f64; 3] = [0.0, 0.5, 1.0];

/// Rectangles of `map` (x, y, width, height in mm) outside of rings by the even-odd rule.
pub fn outside(rings: &[Vec<[f64; 2]>], [left, top, width, height]: [f64; 4]) -> Vec<[f64; 4]> {
    if rings.is_empty() {
        return Vec::new();
    }
    let count = libm::ceil(height / STRIP.max(height / MOST)) as u32;
    let strip = height / f64::from(count);
    let mut found = Vec::new();
    for row in 0..count {
        let y = top + f64::from(row) * strip;
        let inside = LOOKS.map(|share| crossed(rings, y + share * strip)).into_iter().reduce(|a, b| common(&a, &b));
        let mut x = left;
        for [from, to] in inside.unwrap_or_default() {
            if from > x {
                found.push([x, y, from - x, strip]);
            }
            x = x.max(to);
        }
        if x < left + width {
            found.push([x, y, left + width - x, strip]);
        }
    }
    found
}

/// Where a horizontal line runs inside of rings, from left to right.
fn crossed(rings: &[Vec<[f64; 2]>], y: f64) -> Vec<[f64; 2]> {
    let edges = rings.iter().flat_map(|ring| ring.iter().zip(ring.iter().cycle().skip(1)));
    let crossing = edges.filter(|(a, b)| (a[1] > y) != (b[1] > y));
    let mut stops: Vec<f64> = crossing.map(|(a, b)| a[0] + (b[0] - a[0]) * (y - a[1]) / (b[1] - a[1])).collect();
    order::sort_numbers(&mut stops);
    stops.as_chunks().0.to_vec()
}

/// What two lists of spans have in common.
fn common(a: &[[f64; 2]], b: &[[f64; 2]]) -> Vec<[f64; 2]> {
    let pairs = a.iter().flat_map(|one| b.iter().map(move |other| [one[0].max(other[0]), one[1].min(other[1])]));
    pairs.filter(|[from, to]| from < to).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_a_triangle_is_half_of_its_box() {
        let triangle = vec![[0.0, 100.0], [50.0, 0.0], [100.0, 100.0]];
        let area: f64 = outside(&[triangle], [0.0, 0.0, 100.0, 100.0]).iter().map(|[_, _, w, h]| w * h).sum();
        assert!((5000.0..5150.0).contains(&area), "{area}");
        assert!(outside(&[], [0.0, 0.0, 1.0, 1.0]).is_empty());
    }
}
