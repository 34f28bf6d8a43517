//! Cutting what crosses the antimeridian in two, as RFC 7946 §3.1.9 wants it. Points are in steps of 1e-7 degrees.

use super::overlay;
use super::ring::{Box, Path, Point, Polygon, bounds};
use super::window::{at_box, outline};

/// Half a turn and a whole one.
const HALF: i64 = 1_800_000_000;
const TURN: i64 = 2 * HALF;

/// Whether neighbouring points lie more than half a turn apart: the way between them is the short one.
pub fn crosses(points: &[Point]) -> bool {
    points.array_windows().any(|[a, b]| (a[0] - b[0]).abs() > HALF)
}

/// The same of points in degrees.
pub fn crosses_degrees(points: &[[f64; 2]]) -> bool {
    points.array_windows().any(|[a, b]| (a[0] - b[0]).abs() > 180.0)
}

/// A line cut wherever it crosses.
pub fn line(points: &[Point]) -> Vec<Path> {
    let whole = unrolled(points);
    let pieces = worlds(&whole).map(|turns| {
        let pieces = at_box(&whole, &world(turns)).into_iter();
        pieces.map(move |piece| shifted(&piece, -turns)).collect::<Vec<_>>()
    });
    pieces.flatten().collect()
}

/// A polygon cut where it crosses; none if it goes around a pole and has no inside on a flat map.
pub fn polygon(rings: &[&[Point]]) -> Option<Vec<Polygon>> {
    let (outer, holes) = rings.split_first()?;
    let outer = unrolled(outer);
    if outer.first() != outer.last() {
        return None;
    }
    let extent = bounds(outer.iter().copied())?;
    let mut whole = vec![outer];
    for hole in holes {
        let hole = unrolled(hole);
        // The turn at which the hole lies in its outer ring.
        let lies = |turns: &i64| {
            bounds(hole.iter().copied())
                .is_some_and(|box_| box_[0] + turns * TURN >= extent[0] && box_[2] + turns * TURN <= extent[2])
        };
        let turns = [0, 1, -1].into_iter().find(lies).unwrap_or(0);
        whole.push(shifted(&hole, turns));
    }
    let outer = whole.first()?;
    let pieces = worlds(outer).flat_map(|turns| {
        let frame = outline(&world(turns));
        let cut = overlay::intersect(whole.iter().map(Path::as_slice), [frame.as_slice()]);
        cut.into_iter().map(move |polygon| polygon.iter().map(|ring| shifted(ring, -turns)).collect())
    });
    Some(pieces.collect())
}

/// The same way without jumps; longitudes may leave -180 to 180.
fn unrolled(points: &[Point]) -> Path {
    let mut turns = 0;
    let mut last = points.first().map_or(0, |point| point[0]);
    let step = |&[x, y]: &Point| {
        if x - last > HALF {
            turns -= 1;
        } else if last - x > HALF {
            turns += 1;
        }
        last = x;
        [x + turns * TURN, y]
    };
    points.iter().map(step).collect()
}

/// The turns, counted from the one between -180 and 180 degrees, that points reach into.
fn worlds(points: &[Point]) -> impl Iterator<Item = i64> + use<> {
    let [west, _, east, _] = bounds(points.iter().copied()).unwrap_or_default();
    (west + HALF).div_euclid(TURN)..=(east + HALF - 1).div_euclid(TURN)
}

fn world(turns: i64) -> Box {
    [turns * TURN - HALF, -TURN, turns * TURN + HALF, TURN]
}

fn shifted(points: &[Point], turns: i64) -> Path {
    points.iter().map(|&[x, y]| [x + turns * TURN, y]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEGREE: i64 = 10_000_000;

    fn degrees(points: &[[i64; 2]]) -> Path {
        points.iter().map(|point| point.map(|value| value * DEGREE)).collect()
    }

    #[test]
    fn lines_end_at_180_and_begin_at_minus_180() {
        let there = degrees(&[[178, 0], [-178, 4], [-176, 4]]);
        assert!(crosses(&there) && !crosses(&degrees(&[[-10, 0], [170, 0]])));
        let pieces = line(&there);
        assert_eq!(pieces, [degrees(&[[178, 0], [180, 2]]), degrees(&[[-180, 2], [-178, 4], [-176, 4]])]);
        let back = line(&degrees(&[[-178, 4], [178, 0]]));
        assert_eq!(back.len(), 2);
    }

    #[test]
    fn areas_keep_their_holes_on_each_side() {
        let outer = degrees(&[[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]);
        let hole = degrees(&[[-178, 2], [-178, 4], [-176, 4], [-176, 2], [-178, 2]]);
        let pieces = polygon(&[&outer, &hole]).unwrap();
        assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2]);
        let boxes: Vec<_> =
            pieces.iter().map(|piece| bounds(piece[0].iter().copied()).unwrap().map(|step| step / DEGREE)).collect();
        assert_eq!(boxes, [[170, 0, 180, 10], [-180, 0, -170, 10]]);
    }

    #[test]
    fn a_ring_around_a_pole_is_left_alone() {
        assert_eq!(polygon(&[&degrees(&[[0, -80], [120, -80], [-120, -80], [0, -80]])]), None);
    }
}
