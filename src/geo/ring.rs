//! Rings on the integer grid: area, direction, simplicity, inside and outside. All arithmetic is exact.

use std::borrow::Borrow;

/// A point in whole steps of a coordinate system (1e-7 degrees or 1e-3 metres).
pub type Point = [i64; 2];

/// A ring or line.
pub type Path = Vec<Point>;

/// An outer ring, counter-clockwise, and its holes, clockwise; all closed (the first point is repeated).
pub type Polygon = Vec<Path>;

/// A box: least x, least y, largest x, largest y.
pub type Box = [i64; 4];

/// The smallest box around points; none around nothing.
pub fn bounds<P: Borrow<Point>>(points: impl IntoIterator<Item = P>) -> Option<Box> {
    let mut points = points.into_iter().map(|point| *point.borrow());
    let [x, y] = points.next()?;
    Some(points.fold([x, y, x, y], |b, [x, y]| [b[0].min(x), b[1].min(y), b[2].max(x), b[3].max(y)]))
}

/// Whether two boxes have a point in common.
pub fn meet(a: &Box, b: &Box) -> bool {
    a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3]
}

/// Whether box `a` holds box `b`.
pub fn holds(a: &Box, b: &Box) -> bool {
    a[0] <= b[0] && a[1] <= b[1] && a[2] >= b[2] && a[3] >= b[3]
}

/// Whether a box holds a point.
pub fn holds_point(b: &Box, &[x, y]: &Point) -> bool {
    (b[0]..=b[2]).contains(&x) && (b[1]..=b[3]).contains(&y)
}

/// Twice the area of triangle `a b c`: positive if it turns left, zero if it is straight.
pub fn turn(a: &Point, b: &Point, c: &Point) -> i128 {
    let (ux, uy) = (i128::from(b[0] - a[0]), i128::from(b[1] - a[1]));
    let (vx, vy) = (i128::from(c[0] - a[0]), i128::from(c[1] - a[1]));
    ux * vy - uy * vx
}

/// Twice the area of a closed ring: positive if it runs counter-clockwise.
pub fn area2(ring: &[Point]) -> i128 {
    let Some(origin) = ring.first() else { return 0 };
    ring.windows(2).map(|pair| if let [a, b] = pair { turn(origin, a, b) } else { 0 }).sum()
}

/// Whether a point lies in a closed ring, and whether on its border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Inside.
    In,
    /// On the border.
    On,
    /// Outside.
    Out,
}

/// Where a point lies by the even-odd rule over closed rings.
pub fn side<'a>(point: &Point, rings: impl IntoIterator<Item = &'a [Point]>) -> Side {
    let mut inside = false;
    for ring in rings {
        for pair in ring.windows(2) {
            let [a, b] = pair else { continue };
            if a[1].min(b[1]) > point[1] || a[1].max(b[1]) < point[1] {
                continue;
            }
            let turn = turn(a, b, point);
            if turn == 0 && (a[0].min(b[0])..=a[0].max(b[0])).contains(&point[0]) {
                return Side::On;
            }
            // Half-open in y, so that a vertex counts once.
            if (a[1] > point[1]) != (b[1] > point[1]) && (turn > 0) == (b[1] > a[1]) {
                inside = !inside;
            }
        }
    }
    if inside { Side::In } else { Side::Out }
}

/// Whether segments `ab` and `cd` have a point in common.
pub fn touch([a, b]: [&Point; 2], [c, d]: [&Point; 2]) -> bool {
    if a[0].min(b[0]) > c[0].max(d[0]) || c[0].min(d[0]) > a[0].max(b[0]) {
        return false;
    }
    if a[1].min(b[1]) > c[1].max(d[1]) || c[1].min(d[1]) > a[1].max(b[1]) {
        return false;
    }
    let apart = |p: i128, q: i128| (p > 0 && q > 0) || (p < 0 && q < 0);
    !apart(turn(a, b, c), turn(a, b, d)) && !apart(turn(c, d, a), turn(c, d, b))
}

/// Whether segments `ab` and `cd` cross, each ending on either side of the other.
pub fn cross([a, b]: [&Point; 2], [c, d]: [&Point; 2]) -> bool {
    let apart = |p: i128, q: i128| (p > 0 && q < 0) || (p < 0 && q > 0);
    apart(turn(a, b, c), turn(a, b, d)) && apart(turn(c, d, a), turn(c, d, b))
}
