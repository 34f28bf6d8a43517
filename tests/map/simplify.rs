//! Shared borders stay shared.

use mapwright::geo::ring::{Path, Point, area2};
use mapwright::geo::simplify::simplify;
use std::collections::BTreeSet;

/// Nobody listens.
fn simplified(lines: &[&[Point]], tolerance: f64) -> Vec<Path> {
    simplify(lines, tolerance, &mut |_, _| Ok(())).unwrap()
}

/// A wavy line from (0, y) to (1000, y).
fn wave(y: i64) -> Path {
    (0..=1000).step_by(10).map(|x| [x, y + (30.0 * (x as f64 / 70.0).sin()) as i64]).collect()
}

/// The area between two lines, in either direction and from any point.
fn between(low: &Path, high: &Path, turn: usize, back: bool) -> Path {
    let mut ring: Path = low.iter().copied().chain(high.iter().rev().copied()).collect();
    ring.rotate_left(turn);
    if back {
        ring.reverse();
    }
    ring.push(ring[0]);
    ring
}

fn edges(ring: &[Point]) -> BTreeSet<(Point, Point)> {
    ring.windows(2).map(|pair| (pair[0].min(pair[1]), pair[0].max(pair[1]))).collect()
}

#[test]
fn neighbours_keep_one_border() {
    let waves = [wave(0), wave(200), wave(400)];
    for (turn, back) in [(0, false), (17, true), (150, false), (101, true)] {
        let rings = [between(&waves[0], &waves[1], turn, back), between(&waves[1], &waves[2], 40, !back)];
        let lines: Vec<&[Point]> = rings.iter().map(Path::as_slice).collect();
        let simple = simplified(&lines, 12.0);
        assert!(simple[0].len() < rings[0].len() / 2);
        let shared: Vec<_> = edges(&simple[0]).intersection(&edges(&simple[1])).copied().collect();
        let border: BTreeSet<Point> = waves[1].iter().copied().collect();
        let along = |ring: &Path| {
            edges(ring).into_iter().filter(|(a, b)| border.contains(a) && border.contains(b)).collect::<Vec<_>>()
        };
        assert_eq!(along(&simple[0]), shared);
        assert_eq!(along(&simple[1]), shared);
        assert!(shared.len() > 3);
    }
}

#[test]
fn direction_and_start_do_not_matter() {
    let ring = between(&wave(0), &wave(300), 0, false);
    let turned = between(&wave(0), &wave(300), 77, true);
    let simple = simplified(&[&ring, &turned], 15.0);
    assert_eq!(edges(&simple[0]), edges(&simple[1]));
    assert_eq!(area2(&simple[0]), -area2(&simple[1]));
}

#[test]
fn small_rings_vanish_and_points_stay() {
    let small: Path = vec![[0, 0], [3, 0], [3, 3], [0, 3], [0, 0]];
    let simple = simplified(&[&small, &[[7, 7]], &[[0, 10], [5, 11], [10, 10]]], 20.0);
    assert_eq!(simple, [vec![], vec![[7, 7]], vec![[0, 10], [10, 10]]]);
}

#[test]
fn nothing_moves_further_than_the_tolerance() {
    let line = wave(0);
    let simple = &simplified(&[&line], 9.0)[0];
    let distance = |p: &Point, a: &Point, b: &Point| {
        let (ux, uy) = ((b[0] - a[0]) as f64, (b[1] - a[1]) as f64);
        let (vx, vy) = ((p[0] - a[0]) as f64, (p[1] - a[1]) as f64);
        let share = ((vx * ux + vy * uy) / (ux * ux + uy * uy)).clamp(0.0, 1.0);
        (vx - ux * share).hypot(vy - uy * share)
    };
    for point in &line {
        assert!(simple.windows(2).any(|pair| distance(point, &pair[0], &pair[1]) <= 9.0));
    }
}

#[test]
fn borders_that_did_not_cross_do_not_cross_afterwards() {
    // A spur of one area reaches into a bay of another, which is shallow enough to fall away.
    let bay: Path = vec![[0, 0], [1000, 0], [1000, 100], [550, 100], [500, 60], [450, 100], [0, 100], [0, 0]];
    let spur: Path = vec![[480, 200], [500, 75], [520, 200], [480, 200]];
    let simple = simplified(&[&bay, &spur], 50.0);
    let crossing = mapwright::geo::overlay::intersect([simple[0].as_slice()], [simple[1].as_slice()]);
    assert!(crossing.is_empty(), "{simple:?}");
    // Without the spur the bay goes; a road that crosses all the same does not keep it.
    assert_eq!(simplified(&[&bay], 50.0)[0].len(), 5);
    let road: Path = vec![[500, 50], [500, 300]];
    assert_eq!(simplified(&[&bay, &road], 50.0)[0].len(), 5);
    // Areas that overlap from the start are as coarse as ever.
    let across: Path = vec![[480, 200], [500, 20], [520, 200], [480, 200]];
    assert_eq!(simplified(&[&bay, &across], 50.0)[0].len(), 5);
}
