//! Areas without their rim, as charts show deep water within shallow water.

use crate::geo::overlay;
use crate::geo::ring::{self, Path, Point, Polygon};
use crate::order;

/// What lies farther than `distance` within areas that are taken as one; sides on `frame` (left, top, right, bottom) are no
/// rims, things go on there. All in whole thousandths of a millimetre.
pub fn inset(areas: &[Vec<Path>], distance: i64, frame: &ring::Box) -> Vec<Polygon> {
    let whole = overlay::unite(areas.iter().map(|rings| rings.iter().map(Path::as_slice)));
    let on_frame = |[a, b]: &[Point; 2]| {
        let near = |side: usize| (a[side % 2] - frame[side]).abs() <= NEAR && (b[side % 2] - frame[side]).abs() <= NEAR;
        (0..4).any(near)
    };
    let edges: Vec<[Point; 2]> = whole.iter().flatten().flat_map(|ring| ring.array_windows()).copied().collect();
    let rims = || edges.iter().filter(|edge| !on_frame(edge));
    let mut corners: Vec<Point> = rims().flatten().copied().collect();
    order::sort(&mut corners);
    corners.dedup();
    let rim: Vec<Path> =
        rims().map(|edge| bar(edge, distance)).chain(corners.iter().map(|corner| disc(corner, distance))).collect();
    overlay::without(whole.iter().flatten().map(Path::as_slice), rim.iter().map(Path::as_slice))
}

/// What counts as on the frame, thousandths of a millimetre.
const NEAR: i64 = 2;

/// All within a distance beside an edge, counter-clockwise.
fn bar([a, b]: &[Point; 2], distance: i64) -> Path {
    let [dx, dy] = [(b[0] - a[0]) as f64, (b[1] - a[1]) as f64];
    let share = distance as f64 / libm::hypot(dx, dy).max(1.0);
    let [x, y] = [-dy * share, dx * share].map(|side| libm::round(side) as i64);
    let [first, second] = [[a[0] - x, a[1] - y], [b[0] - x, b[1] - y]];
    vec![first, second, [b[0] + x, b[1] + y], [a[0] + x, a[1] + y], first]
}

/// A round of sixteen corners, counter-clockwise.
fn disc([x, y]: &Point, distance: i64) -> Path {
    let corner = |turn: usize| {
        let angle = turn as f64 * std::f64::consts::PI / 8.0;
        let side = |share: f64| libm::round(share * distance as f64) as i64;
        [x + side(libm::cos(angle)), y + side(libm::sin(angle))]
    };
    (0..17).map(|turn| corner(turn % 16)).collect()
}
