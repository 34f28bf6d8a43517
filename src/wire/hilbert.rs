//! Places along the curve of Hilbert: what is near on it is near on the ground.

/// Bits of each coordinate.
pub const BITS: u32 = 16;

/// How far along the curve a place lies, of whole coordinates below 2^16.
pub fn distance(x: u32, y: u32) -> u32 {
    let most = (1 << BITS) - 1;
    let [mut x, mut y] = [x.min(most), y.min(most)];
    let mut found = 0;
    for bit in (0..BITS).rev() {
        let side = 1 << bit;
        let (right, up) = (u32::from(x & side > 0), u32::from(y & side > 0));
        found = (found << 2) | ((3 * right) ^ up);
        // The curve within a quarter is the curve again, turned over.
        if up == 0 {
            if right == 1 {
                [x, y] = [most - x, most - y];
            }
            [x, y] = [y, x];
        }
    }
    found
}

/// Where in a box of whole steps a place lies on the curve.
pub fn along([x, y]: [i64; 2], [west, south, east, north]: [i64; 4]) -> u32 {
    let step = |value: i64, low: i64, high: i64| {
        let width = i128::from(high) - i128::from(low);
        let far = (i128::from(value) - i128::from(low)).clamp(0, width);
        u32::try_from(far * ((1 << BITS) - 1) / width.max(1)).unwrap_or(0)
    };
    distance(step(x, west, east), step(y, south, north))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_on_the_curve_are_neighbours() {
        // A corner of the curve, place by place: it begins at 0 and goes through every square once.
        let mut places: Vec<(u32, [u32; 2])> =
            (0..32).flat_map(|x| (0..32).map(move |y| (distance(x, y), [x, y]))).collect();
        places.sort_unstable();
        assert!(places.iter().map(|(far, _)| *far).eq(0..1024));
        let far = |[a, b]: [u32; 2], [c, d]: [u32; 2]| a.abs_diff(c) + b.abs_diff(d);
        assert!(places.windows(2).all(|pair| far(pair[0].1, pair[1].1) == 1));
        assert_eq!(distance(65_535, 0), u32::MAX);
    }

    #[test]
    fn boxes_without_width_are_taken() {
        assert_eq!(along([5, 5], [5, 5, 5, 5]), 0);
        assert_eq!(along([i64::MAX, i64::MIN], [i64::MIN, i64::MIN, i64::MAX, i64::MAX]), u32::MAX);
    }
}
