//! Cutting at boxes and areas, judged by sums and by points: what lies left and right of a cut makes the whole.

use mapwright::geo::clip::Cut;
use mapwright::geo::overlay::{fill, intersect, unite};
use mapwright::geo::ring::{Path, Point, Polygon, Side, area2, bounds, side};
use mapwright::geo::simple::is_simple;
use mapwright::geo::window::outline;

/// A small generator of repeatable numbers (xorshift).
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: i64) -> i64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides as u64) as i64
    }

    /// A star-shaped ring about the middle of a field of 1000 steps, which may be narrow and spiky but never crosses itself.
    fn ring(&mut self) -> Path {
        let count = 5 + self.throw(40);
        let mut ring: Path = (0..count)
            .map(|row| {
                let angle = row as f64 / count as f64 * std::f64::consts::TAU;
                let radius = 50.0 + self.throw(450) as f64;
                [500 + (radius * angle.cos()) as i64, 500 + (radius * angle.sin()) as i64]
            })
            .collect();
        ring.dedup();
        ring.push(ring[0]);
        ring
    }
}

fn total(polygons: &[Polygon]) -> i128 {
    polygons.iter().flatten().map(|ring| area2(ring)).sum()
}

fn check(polygons: &[Polygon]) {
    for polygon in polygons {
        for (row, ring) in polygon.iter().enumerate() {
            assert!(is_simple(ring), "{ring:?}");
            assert_eq!(area2(ring) > 0, row == 0, "{ring:?}");
        }
    }
}

#[test]
fn halves_make_the_whole() {
    let mut dice = Dice(42);
    for _ in 0..500 {
        let ring = dice.ring();
        let whole = fill([ring.as_slice()]);
        check(&whole);
        let at = 100 + dice.throw(800);
        let halves = [[0, 0, at, 1000], [at, 0, 1000, 1000]].map(|frame| {
            let cut = Cut::new(frame, None).polygon(&[&ring]).unwrap_or_else(|| whole.clone());
            check(&cut);
            let inside = bounds(cut.iter().flatten().flatten());
            assert!(inside.is_none_or(|b| b[0] >= frame[0] && b[2] <= frame[2]));
            cut
        });
        let rounding = ring.len() as i128 * 2000;
        let sum = halves.iter().map(|half| total(half)).sum::<i128>();
        assert!((sum - total(&whole)).abs() <= rounding, "{sum} of {}", total(&whole));
        for _ in 0..20 {
            let point = [dice.throw(1000), dice.throw(1000)];
            let in_whole = side(&point, [ring.as_slice()]);
            let half = &halves[usize::from(point[0] > at)];
            let in_half = side(&point, half.iter().flatten().map(Path::as_slice));
            // Borders may move by a step.
            let near =
                [[-1, 0], [1, 0], [0, -1], [0, 1]].map(|[x, y]| side(&[point[0] + x, point[1] + y], [ring.as_slice()]));
            if (point[0] - at).abs() > 1 && near.iter().all(|&s| s == in_whole && s != Side::On) {
                assert_eq!(in_half, in_whole, "{point:?} of {ring:?}");
            }
        }
    }
}

#[test]
fn an_area_cuts_as_its_parts_do() {
    let mut dice = Dice(7);
    for _ in 0..200 {
        let (ring, other) = (dice.ring(), dice.ring());
        let cut = Cut::new([0, 0, 1000, 1000], Some(vec![other.clone()]));
        let inside = cut.polygon(&[&ring]).unwrap();
        let both = unite([[ring.as_slice()], [other.as_slice()]]);
        check(&inside);
        check(&both);
        let outside = total(&both) - total(&fill([other.as_slice()]));
        let rounding = (ring.len() + other.len()) as i128 * 2000;
        let (sum, whole) = (total(&inside) + outside, total(&fill([ring.as_slice()])));
        assert!((sum - whole).abs() <= rounding, "{sum} of {whole}");
        assert!((total(&inside) - total(&intersect([ring.as_slice()], [other.as_slice()]))).abs() <= rounding);
    }
}

#[test]
fn lines_fall_into_pieces_in_their_order() {
    let line: Path = vec![[-5, 5], [5, 5], [5, 15], [6, 15], [6, 5], [20, 5]];
    let pieces = Cut::new([0, 0, 10, 10], None).line(&line).into_iter().map(|piece| piece.to_vec()).collect::<Vec<_>>();
    assert_eq!(pieces, [vec![[0, 5], [5, 5], [5, 10]], vec![[6, 10], [6, 5], [10, 5]]]);
    let hole = vec![outline(&[0, 0, 10, 10]), outline(&[2, 2, 8, 8])];
    let pieces = Cut::new([0, 0, 10, 10], Some(hole))
        .line(&line[..2])
        .into_iter()
        .map(|piece| piece.to_vec())
        .collect::<Vec<_>>();
    assert_eq!(pieces, [vec![[0, 5], [2, 5]]]);
}

#[test]
fn a_ring_around_the_frame_fills_it_and_touches_it() {
    let ring = outline(&[-100, -100, 100, 100]);
    let hole = outline(&[-90, -90, 90, 90]);
    let cut = Cut::new([0, 0, 10, 10], None);
    assert_eq!(total(&cut.polygon(&[&ring]).unwrap()), 200);
    assert!(cut.touches_polygon(&[&ring]));
    assert!(!cut.touches_line(&ring));
    assert!(!cut.touches_polygon(&[&ring, &hole]), "the frame lies in a hole");
    assert_eq!(cut.polygon(&[&ring, &hole]).unwrap().len(), 0);
}

#[test]
fn a_point_on_the_border_is_inside() {
    let cut = Cut::new([0, 0, 10, 10], Some(vec![outline(&[0, 0, 5, 20])]));
    let inside: Vec<Point> = [[0, 0], [5, 5], [6, 5], [5, 11]].into_iter().filter(|point| cut.holds(point)).collect();
    assert_eq!(inside, [[0, 0], [5, 5]]);
}

#[test]
fn many_points_cut_as_few_do() {
    // A circle of many points has tiles, and must cut as exactly as without.
    let circle = |count: i64| -> Path {
        let mut ring: Path = (0..count)
            .map(|row| row as f64 / count as f64 * std::f64::consts::TAU)
            .map(|angle| [(1e6 * angle.cos()) as i64, (1e6 * angle.sin()) as i64])
            .collect();
        ring.push(ring[0]);
        ring
    };
    let big = circle(5000);
    let cut = Cut::new([-2_000_000, -2_000_000, 2_000_000, 2_000_000], Some(vec![big.clone()]));
    let mut dice = Dice(3);
    for _ in 0..300 {
        let (x, y, size) =
            (dice.throw(2_400_000) - 1_200_000, dice.throw(2_400_000) - 1_200_000, 1 + dice.throw(90_000));
        let ring = outline(&[x, y, x + size, y + size]);
        let expected = total(&intersect([ring.as_slice()], [big.as_slice()]));
        let found = cut.polygon(&[&ring]).map_or(area2(&ring), |polygons| total(&polygons));
        assert!((found - expected).abs() <= 8 * i128::from(size), "{found} for {expected}");
        let middle = [x + size / 2, y + size / 2];
        assert_eq!(cut.holds(&middle), side(&middle, [big.as_slice()]) != Side::Out);
    }
}

#[test]
fn any_rings_become_valid_areas() {
    let mut dice = Dice(99);
    for round in 0..3000 {
        // Coarse grids make points coincide and lines overlap; fine ones make crossings fall between grid points.
        let grid = [4, 10, 30, 1000, 1_000_000_000][round % 5];
        let rings: Vec<Path> = (0..1 + dice.throw(3))
            .map(|_| {
                let mut ring: Path = (0..3 + dice.throw(12)).map(|_| [dice.throw(grid), dice.throw(grid)]).collect();
                ring.push(ring[0]);
                ring
            })
            .collect();
        let polygons = fill(rings.iter().map(Path::as_slice));
        check(&polygons);
        if grid == 1000 {
            for _ in 0..20 {
                let point = [dice.throw(grid), dice.throw(grid)];
                let at = |x: i64, y: i64| side(&[point[0] + x, point[1] + y], rings.iter().map(Path::as_slice));
                let found = side(&point, polygons.iter().flatten().map(Path::as_slice));
                let clear = (-2..=2).all(|x| (-2..=2).all(|y| at(x, y) == at(0, 0)));
                assert!(!clear || found == at(0, 0), "{point:?} of {rings:?}");
            }
        }
    }
}
