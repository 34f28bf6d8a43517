//! Simplification that keeps shared borders shared: lines are taken apart where they meet, and each piece is simplified
//! the same way for all that it belongs to (Douglas and Peucker, 1973).

use super::ring::{Path, Point};
use hashbrown::HashMap;

/// What a point is among all lines.
#[derive(Clone, Copy)]
enum Visit {
    /// All lines pass it between the same two neighbours.
    Pass([Point; 2]),
    /// Lines meet, part or end here; it stays.
    Junction,
}

type Visits = HashMap<Point, Visit, foldhash::fast::FixedState>;

/// Simplifies lines and rings together; no point that falls away is further than `tolerance` steps from what is left.
/// Rings shorter than a triangle come out empty, lines shorter than a step as one point.
pub fn simplify(lines: &[&[Point]], tolerance: f64) -> Vec<Path> {
    let mut visits = Visits::default();
    for line in lines {
        visit(line, &mut visits);
    }
    lines
        .iter()
        .map(|line| if is_ring(line) { ring(line, &visits, tolerance) } else { open(line, &visits, tolerance) })
        .collect()
}

fn is_ring(line: &[Point]) -> bool {
    line.len() > 3 && line.first() == line.last()
}

fn visit(line: &[Point], visits: &mut Visits) {
    let mut see = |point: Point, seen: Visit| {
        visits
            .entry(point)
            .and_modify(|known| {
                let same = matches!((&known, seen), (Visit::Pass(a), Visit::Pass(b)) if *a == b);
                if !same {
                    *known = Visit::Junction;
                }
            })
            .or_insert(seen);
    };
    let pass = |before: Point, after: Point| Visit::Pass([before.min(after), before.max(after)]);
    for triple in line.windows(3) {
        if let &[before, point, after] = triple {
            see(point, pass(before, after));
        }
    }
    let (Some(&first), Some(&last)) = (line.first(), line.last()) else { return };
    match line {
        [_, after, .., before, _] if is_ring(line) => see(first, pass(*before, *after)),
        _ => {
            see(first, Visit::Junction);
            see(last, Visit::Junction);
        }
    }
}

fn open(line: &[Point], visits: &Visits, tolerance: f64) -> Path {
    if line.len() < 2 {
        return line.to_vec();
    }
    let mut path = Path::new();
    let mut start = 0;
    for end in 1..line.len() {
        let stays = line.get(end).is_some_and(|point| matches!(visits.get(point), Some(Visit::Junction)));
        if stays || end + 1 == line.len() {
            let arc = line.get(start..=end).unwrap_or(&[]);
            path.extend(arc_points(arc, tolerance).into_iter().skip(usize::from(!path.is_empty())));
            start = end;
        }
    }
    path.dedup();
    path
}

fn ring(line: &[Point], visits: &Visits, tolerance: f64) -> Path {
    let body = line.get(..line.len() - 1).unwrap_or(&[]);
    let junction = body.iter().position(|point| matches!(visits.get(point), Some(Visit::Junction)));
    // A ring that meets nothing starts at its least point, so that every copy of it, however it runs, comes out the same.
    let least = || body.iter().enumerate().min_by_key(|(_, point)| **point).map(|(row, _)| row);
    let mut turned = body.to_vec();
    turned.rotate_left(junction.or_else(least).unwrap_or(0));
    turned.extend(turned.first().copied());
    let path = open(&turned, visits, tolerance);
    if path.len() > 3 { path } else { Path::new() }
}

/// An arc between two points that stay, simplified the same in both directions.
fn arc_points(arc: &[Point], tolerance: f64) -> Path {
    let backwards = arc.iter().gt(arc.iter().rev());
    let mut path = arc.to_vec();
    if backwards {
        path.reverse();
    }
    let mut kept = reduce(&path, tolerance);
    if backwards {
        kept.reverse();
    }
    kept
}

/// Douglas–Peucker.
fn reduce(path: &[Point], tolerance: f64) -> Path {
    let mut keep = vec![false; path.len()];
    for end in [0, path.len().saturating_sub(1)] {
        if let Some(flag) = keep.get_mut(end) {
            *flag = true;
        }
    }
    let mut stack = vec![(0, path.len().saturating_sub(1))];
    while let Some((start, end)) = stack.pop() {
        let (Some(a), Some(b)) = (path.get(start), path.get(end)) else { continue };
        let between = path.iter().enumerate().take(end).skip(start + 1);
        let far = between.map(|(row, point)| (distance2(point, a, b), row)).max_by(|p, q| p.0.total_cmp(&q.0));
        if let Some((distance2, row)) = far
            && distance2 > tolerance * tolerance
        {
            if let Some(flag) = keep.get_mut(row) {
                *flag = true;
            }
            stack.push((start, row));
            stack.push((row, end));
        }
    }
    let mut kept: Path = path.iter().zip(keep).filter(|(_, keep)| *keep).map(|(point, _)| *point).collect();
    kept.dedup();
    kept
}

/// Squared distance of a point from segment `ab`.
fn distance2(p: &Point, a: &Point, b: &Point) -> f64 {
    let (ux, uy) = ((b[0] - a[0]) as f64, (b[1] - a[1]) as f64);
    let (vx, vy) = ((p[0] - a[0]) as f64, (p[1] - a[1]) as f64);
    let length2 = ux * ux + uy * uy;
    let share = if length2 > 0.0 { ((vx * ux + vy * uy) / length2).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (vx - ux * share, vy - uy * share);
    x * x + y * y
}
