//! The antimeridian. Between neighbouring points of a line the way is the short one, so a step over more than half a turn
//! of longitude crosses it. A [`World`] lays lines and areas out flat: in one piece where it shows them so, cut at its rim
//! where it ends there, as RFC 7946 §3.1.9 wants it of degrees. Points are in steps of 1e-7 degrees.

use super::clip::Cut;
use super::ring::{Box, Path, Point, Polygon, bounds, holds};
use super::window::at_box;

/// Half a turn.
pub const HALF: i64 = 1_800_000_000;
/// A whole turn.
pub const TURN: i64 = 2 * HALF;

/// Whether neighbouring points lie more than half a turn apart.
pub fn crosses(points: &[Point]) -> bool {
    points.array_windows().any(|[a, b]| (a[0] - b[0]).abs() > HALF)
}

/// The same line without steps of more than half a turn; longitudes may leave -180 to 180. Points that fall together
/// are there once.
pub fn continuous(points: &[Point]) -> Path {
    let mut shift = 0;
    let mut last = points.first().map_or(0, |point| point[0]);
    let step = |&[x, y]: &Point| {
        if x - last > HALF {
            shift -= TURN;
        } else if last - x > HALF {
            shift += TURN;
        }
        last = x;
        [x + shift, y]
    };
    let mut path: Path = points.iter().map(step).collect();
    path.dedup();
    path
}

/// Points further east.
pub fn shifted(points: &[Point], shift: i64) -> Path {
    points.iter().map(|&[x, y]| [x + shift, y]).collect()
}

/// A longitude within -180 to 180.
pub fn wrapped(x: i64) -> i64 {
    if x.abs() <= HALF { x } else { (x + HALF).rem_euclid(TURN) - HALF }
}

/// One turn of longitudes side by side.
#[derive(Debug, Clone, Copy)]
pub struct World {
    west: i64,
    /// Whether its rims are one line, so that nothing has to be cut there.
    round: bool,
}

impl World {
    /// -180 to 180, cut at both.
    pub const DEGREES: Self = Self { west: -HALF, round: false };

    /// Half a turn either side of a longitude in degrees; `round` where what goes over its rim is shown in one piece.
    pub fn about(middle: f64, round: bool) -> Self {
        Self { west: libm::round(middle / 180.0 * HALF as f64) as i64 - HALF, round }
    }

    /// The same, cut at its rim.
    pub fn torn(self) -> Self {
        Self { round: false, ..self }
    }

    /// How far east something of this extent lies in the world; none where it may go over the rim or step over half a
    /// turn, so that it has to be laid out.
    pub fn shift(&self, extent: &Box) -> Option<i64> {
        let shift = self.shifts(extent).end() * TURN;
        let inside = self.round || extent[2] + shift <= self.west + TURN;
        (inside && extent[2] - extent[0] <= HALF).then_some(shift)
    }

    /// A line: in one piece, or in those that the rim cuts it into.
    pub fn line(&self, points: &[Point]) -> Vec<Path> {
        let whole = continuous(points);
        let Some(extent) = bounds(&whole) else { return Vec::new() };
        let pieces = self.shifts(&extent).rev().flat_map(|turns| {
            let line = shifted(&whole, turns * TURN);
            if self.shows(&extent, turns) { vec![line] } else { at_box(&line, &self.frame()) }
        });
        pieces.collect()
    }

    /// A polygon: in one piece, or in those that the rim cuts it into; none if it goes around a pole and has no inside on
    /// a flat map.
    pub fn polygon(&self, rings: &[&[Point]]) -> Option<Vec<Polygon>> {
        let (outer, holes) = rings.split_first()?;
        let outer = continuous(outer);
        let extent = bounds(&outer).filter(|_| outer.first() == outer.last())?;
        let mut whole = vec![outer];
        for hole in holes {
            let hole = continuous(hole);
            // The turn at which the hole lies in its outer ring.
            let [west, _, east, _] = bounds(&hole)?;
            let lies = |turns: &i64| west + turns * TURN >= extent[0] && east + turns * TURN <= extent[2];
            let turns = [0, 1, -1].into_iter().find(lies).unwrap_or(0);
            whole.push(shifted(&hole, turns * TURN));
        }
        let pieces = self.shifts(&extent).rev().flat_map(|turns| {
            let polygon: Polygon = whole.iter().map(|ring| shifted(ring, turns * TURN)).collect();
            if self.shows(&extent, turns) {
                return vec![polygon];
            }
            let rings: Vec<&[Point]> = polygon.iter().map(Path::as_slice).collect();
            Cut::new(self.frame(), None).polygon(&rings).unwrap_or_default()
        });
        Some(pieces.collect())
    }

    /// The world as a box, higher than the Earth.
    pub fn frame(&self) -> Box {
        [self.west, -TURN, self.west + TURN, TURN]
    }

    /// The turns at which something of this extent has a part in the world.
    fn shifts(&self, extent: &Box) -> std::ops::RangeInclusive<i64> {
        let within = extent[0] >= self.west && extent[2] <= self.west + TURN;
        let turns = |x: i64| if within { 0 } else { -(x - self.west).div_euclid(TURN) };
        let nearest = turns(extent[0]);
        if self.round { nearest..=nearest } else { turns(extent[2] - 1).min(nearest)..=nearest }
    }

    fn shows(&self, extent: &Box, turns: i64) -> bool {
        let [west, south, east, north] = *extent;
        self.round || holds(&self.frame(), &[west + turns * TURN, south, east + turns * TURN, north])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn degrees(points: &[[i64; 2]]) -> Path {
        points.iter().map(|point| point.map(|value| value * 10_000_000)).collect()
    }

    /// The box of each piece in degrees, with its number of rings.
    fn boxes(pieces: &[Polygon]) -> Vec<(usize, Box)> {
        pieces.iter().map(|piece| (piece.len(), bounds(&piece[0]).unwrap().map(|step| step / 10_000_000))).collect()
    }

    #[test]
    fn lines_end_at_180_and_begin_at_minus_180() {
        let there = degrees(&[[178, 0], [-178, 4], [-176, 4]]);
        assert!(crosses(&there) && !crosses(&degrees(&[[-10, 0], [170, 0]])));
        let pieces = World::DEGREES.line(&there);
        assert_eq!(pieces, [degrees(&[[178, 0], [180, 2]]), degrees(&[[-180, 2], [-178, 4], [-176, 4]])]);
        let back = World::DEGREES.line(&degrees(&[[-178, 4], [178, 0]]));
        assert_eq!(back.len(), 2);
        // Both spellings of one place, and a line along the antimeridian.
        let twice = degrees(&[[178, 0], [180, 0], [-180, 0], [-178, 0]]);
        assert_eq!(World::about(179.0, false).line(&twice), [degrees(&[[178, 0], [180, 0], [182, 0]])]);
        assert_eq!(World::DEGREES.line(&degrees(&[[180, 0], [-180, 5], [180, 9]])).len(), 1);
    }

    #[test]
    fn a_world_about_the_antimeridian_shows_it_in_one_piece() {
        let there = degrees(&[[178, 0], [-178, 4]]);
        for middle in [177.0, -177.0] {
            let world = World::about(middle, false);
            let east = if middle > 0.0 { 0 } else { -360 };
            assert_eq!(world.line(&there), [degrees(&[[178 + east, 0], [182 + east, 4]])]);
        }
        // The rim of that world is where other worlds have their middle, unless it is none.
        let middle = degrees(&[[-4, 0], [-2, 0]]);
        assert_eq!(World::about(177.0, false).line(&middle).len(), 2);
        assert_eq!(World::about(177.0, true).line(&middle).len(), 1);
    }

    #[test]
    fn what_lies_in_the_world_stays_and_what_may_not_is_told() {
        let degrees = |west: i64, east: i64| [west * 10_000_000, 0, east * 10_000_000, 0];
        for (west, east, shift) in [(7, 8, Some(0)), (180, 180, Some(0)), (-180, -180, Some(0)), (-179, 179, None)] {
            assert_eq!(World::DEGREES.shift(&degrees(west, east)), shift);
        }
        let world = World::about(177.0, false);
        for (west, east, shift) in [(-180, -179, Some(TURN)), (180, 180, Some(0)), (-5, 5, None), (-2, 5, Some(0))] {
            assert_eq!(world.shift(&degrees(west, east)), shift, "{west}");
        }
    }

    #[test]
    fn areas_keep_their_holes_on_each_side() {
        let outer = degrees(&[[170, 0], [-170, 0], [-170, 10], [170, 10], [170, 0]]);
        let hole = degrees(&[[-178, 2], [-178, 4], [-176, 4], [-176, 2], [-178, 2]]);
        let pieces = World::DEGREES.polygon(&[&outer, &hole]).unwrap();
        assert_eq!(boxes(&pieces), [(1, [170, 0, 180, 10]), (2, [-180, 0, -170, 10])]);
        let whole = World::about(-177.0, false).polygon(&[&outer, &hole]).unwrap();
        assert_eq!(boxes(&whole), [(2, [-190, 0, -170, 10])]);
    }

    #[test]
    fn a_ring_around_a_pole_has_no_inside() {
        assert_eq!(World::DEGREES.polygon(&[&degrees(&[[0, -80], [120, -80], [-120, -80], [0, -80]])]), None);
    }
}
