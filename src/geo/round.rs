//! Areas on the round Earth, of rings that cross the antimeridian or go around a pole. Points are in steps of 1e-7 degrees.

use super::antimeridian::{HALF, TURN, World, continuous, crosses, shifted, wrapped};
use super::overlay;
use super::ring::{Box, Path, Point, Polygon, area2, bounds};
use super::simple::is_simple;
use super::window::ring_at_box;
use crate::order;

/// Latitude of the north pole.
const POLE: i64 = HALF / 2;

/// Closed rings as they lie beside each other, without steps of more than half a turn.
#[derive(Debug)]
pub struct Laid {
    /// Within one turn from a meridian that none crosses, if there is one; those around a pole do not end where they begin.
    pub rings: Vec<Path>,
    /// Whether they go all the way round the Earth, together or one of them.
    around: bool,
}

impl Laid {
    /// Lays out closed rings.
    pub fn new(rings: &[Path]) -> Self {
        let mut rings: Vec<Path> = rings.iter().map(|ring| unrolled(ring)).collect();
        let begin = beginning(&rings);
        for ring in &mut rings {
            let west = bounds(&*ring).map_or(0, |extent| extent[0]);
            *ring = shifted(ring, -(west - begin.unwrap_or(-HALF)).div_euclid(TURN) * TURN);
        }
        Self { rings, around: begin.is_none() }
    }

    /// The area by the even-odd rule, as valid polygons of places between -180 and 180 degrees, the way between whose points
    /// is the short one. What goes all the way round is cut at the antimeridian and, where a ring goes around a pole, ends
    /// there.
    pub fn fill(&self) -> Vec<Polygon> {
        if self.around {
            return within_degrees(&self.rings);
        }
        let mut polygons = match self.rings.as_slice() {
            [ring] if is_simple(ring) => vec![vec![ring.clone()]],
            rings => overlay::fill(rings.iter().map(Path::as_slice)),
        };
        for (row, ring) in polygons.iter_mut().flat_map(|polygon| polygon.iter_mut().enumerate()) {
            if (area2(ring) > 0) != (row == 0) {
                ring.reverse();
            }
            ring.iter_mut().for_each(|point| point[0] = wrapped(point[0]));
        }
        polygons
    }

    /// The box around all rings; its east lies beyond 180 degrees where it crosses the antimeridian. None where they go all
    /// the way round.
    pub fn extent(&self) -> Option<Box> {
        bounds(self.rings.iter().flatten()).filter(|_| !self.around)
    }

    /// Whether a point of an area need not be one of its rings': they are cut and led there.
    pub fn is_seam(&[x, y]: &Point) -> bool {
        x.abs() == HALF || y.abs() == POLE
    }
}

/// A ring without steps of more than half a turn. One that steps from edge to edge of the world, and only so, is meant as
/// it is drawn there.
fn unrolled(ring: &[Point]) -> Path {
    let far = |[a, b]: &[Point; 2]| (a[0] - b[0]).abs();
    if ring.array_windows().all(|pair| far(pair) <= HALF || far(pair) == TURN) && is_simple(ring) {
        return ring.to_vec();
    }
    continuous(ring)
}

/// The west of the rings: the meridian behind the widest gap between them; none where they leave no gap, or one does not
/// end where it begins.
fn beginning(rings: &[Path]) -> Option<i64> {
    let mut spans = Vec::with_capacity(rings.len());
    for ring in rings {
        let [west, _, east, _] = bounds(ring)?;
        if ring.first() != ring.last() {
            return None;
        }
        let begin = wrapped(west);
        spans.push((begin, begin + east - west));
    }
    order::sort(&mut spans);
    // What reaches over the antimeridian covers the beginning of the world, too.
    let mut reached = spans.iter().map(|&(_, east)| east).max()? - TURN;
    let mut widest = (0, None);
    for (west, east) in spans {
        if west - reached > widest.0 {
            widest = (west - reached, Some(west));
        }
        reached = reached.max(east);
    }
    widest.1
}

/// The area of rings that go round the Earth, between -180 and 180 degrees.
fn within_degrees(rings: &[Path]) -> Vec<Polygon> {
    // A ring around a pole encloses that side of it which most such rings are nearer to.
    let open = rings.iter().filter(|ring| ring.first() != ring.last());
    let height: i128 = open.flatten().map(|point| i128::from(point[1])).sum();
    let pole = if height < 0 { -POLE } else { POLE };
    let frame = World::DEGREES.frame();
    let mut pieces: Vec<Path> = Vec::new();
    for ring in rings {
        let mut ring = ring.clone();
        if let (Some(&[begin, y]), Some(&[end, _])) = (ring.first(), ring.last())
            && begin != end
        {
            ring.extend([[end, pole], [begin, pole], [begin, y]]);
        }
        let Some([west, _, east, _]) = bounds(&ring) else { continue };
        for turns in -(east + HALF).div_euclid(TURN)..=-(west - HALF).div_euclid(TURN) {
            pieces.push(ring_at_box(&shifted(&ring, turns * TURN), &frame));
        }
    }
    let polygons = overlay::fill(pieces.iter().map(Path::as_slice).filter(|ring| ring.len() > 3));
    polygons.into_iter().map(|polygon| polygon.iter().map(|ring| stepped(ring)).collect()).collect()
}

/// A ring with a point in the middle of what is longer than half a turn.
fn stepped(ring: &[Point]) -> Path {
    let mut path = Path::with_capacity(ring.len());
    for [a, b] in ring.array_windows() {
        path.push(*a);
        if crosses(&[*a, *b]) {
            path.push([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2]);
        }
    }
    path.extend(ring.last());
    path
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geo::clip::repair;

    fn degrees(points: &[[i64; 2]]) -> Path {
        points.iter().map(|point| point.map(|value| value * 10_000_000)).collect()
    }

    fn rectangle(west: i64, south: i64, east: i64, north: i64) -> Path {
        let turned = |x: i64| if x > 180 { x - 360 } else { x };
        let (west, east) = (turned(west), turned(east));
        degrees(&[[west, south], [east, south], [east, north], [west, north], [west, south]])
    }

    /// The area in square degrees, of polygons made continuous again.
    fn area(polygons: &[Polygon]) -> f64 {
        let twice: i128 = polygons.iter().flatten().map(|ring| area2(&continuous(ring))).sum();
        twice as f64 / 2e14
    }

    fn filled(rings: &[Path]) -> Vec<Polygon> {
        let polygons = Laid::new(rings).fill();
        for polygon in &polygons {
            let rings: Vec<Path> = polygon.iter().map(|ring| continuous(ring)).collect();
            assert!(rings.iter().all(|ring| ring.first() == ring.last() && is_simple(ring)), "{rings:?}");
            assert!(polygon.iter().flatten().all(|point| point[0].abs() <= HALF && point[1].abs() <= POLE));
        }
        polygons
    }

    #[test]
    fn rings_are_put_into_each_other_wherever_they_begin() {
        let outer = rectangle(170, 0, 190, 10);
        for (hole, size) in [
            (rectangle(178, 2, 182, 4), 8.0),
            (rectangle(172, 2, 174, 4), 4.0),
            (rectangle(184, 2, 186, 4), 4.0),
            (rectangle(180, 2, 182, 4), 4.0),
        ] {
            for begin in 0..4 {
                let mut turned = hole[..4].to_vec();
                turned.rotate_left(begin);
                turned.push(turned[0]);
                let polygons = filled(&[turned, outer.clone()]);
                assert_eq!((polygons.len(), polygons[0].len()), (1, 2));
                assert_eq!(area(&polygons), 200.0 - size);
            }
        }
        // An island in the hole, and a far one.
        let rings = [outer, rectangle(172, 2, 188, 8), rectangle(-179, 3, -178, 4), rectangle(-80, 3, -79, 4)];
        assert_eq!(area(&filled(&rings)), 200.0 - 96.0 + 1.0 + 1.0);
    }

    #[test]
    fn a_ring_around_a_pole_reaches_it() {
        for y in [-80, 80] {
            for begin in [-180, -60, 0, 179] {
                let ring: Path = (0..=36).map(|row| [(begin + row % 36 * 10 + 180) % 360 - 180, y]).collect();
                let polygons = filled(&[degrees(&ring)]);
                assert_eq!(area(&polygons), 3600.0, "{begin} {y}");
            }
        }
        // A ring of ice, and a belt about the equator.
        let ring = |y: i64| degrees(&(0..=36).map(|row| [row % 36 * 10 - 180, y]).collect::<Path>());
        assert_eq!(area(&filled(&[ring(-60), ring(-80)])), 7200.0);
        assert_eq!(area(&filled(&[ring(-10), ring(10)])), 7200.0);
        // With an island across 180 degrees beside it.
        assert_eq!(area(&filled(&[ring(-60), rectangle(175, 0, 185, 10)])), 360.0 * 30.0 + 100.0);
    }

    #[test]
    fn a_ring_along_the_edges_of_the_world_is_as_it_is_drawn() {
        let world = degrees(&[[-180, -80], [180, -80], [180, 80], [-180, 80], [-180, -80]]);
        assert_eq!(area(&filled(&[world])), 360.0 * 160.0);
        // The same with a coast instead of its northern side.
        let ice = degrees(&[[-180, -90], [180, -90], [180, -70], [60, -60], [-60, -60], [-180, -70], [-180, -90]]);
        assert_eq!(area(&filled(&[ice])), 360.0 * 20.0 + 10.0 * 240.0);
        // Both spellings of one place are one step of nothing.
        let both =
            degrees(&[[179, 0], [180, 0], [-180, 0], [-179, 0], [-179, 1], [-180, 1], [180, 1], [179, 1], [179, 0]]);
        assert_eq!(area(&filled(&[both])), 2.0);
    }

    #[test]
    fn nothing_makes_it_panic() {
        for rings in [
            vec![],
            vec![Path::new()],
            vec![degrees(&[[0, 0]])],
            vec![degrees(&[[179, 0], [-179, 0], [179, 0]])],
            vec![degrees(&[[0, 0], [120, 10], [-120, 5], [0, 20], [120, 0], [-120, 0], [0, 0]])],
            vec![degrees(&[[90, 0], [-90, 0], [90, 1], [90, 0]])],
        ] {
            for polygon in Laid::new(&rings).fill() {
                let rings: Vec<&[Point]> = polygon.iter().map(Path::as_slice).collect();
                let _ = repair(&rings);
            }
        }
    }
}
