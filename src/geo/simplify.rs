//! Simplification that keeps shared borders shared: lines are taken apart where they meet, and each piece is simplified
//! the same way for all that it belongs to (Douglas and Peucker, 1973).

use super::arc::{Arc, Tick, farthest};
use super::ring::{Path, Point};
use super::untangle::untangle;
use crate::error::Result;
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
/// Borders that did not cross each other do not cross afterwards. Rings shorter than a triangle come out empty, lines
/// shorter than a step as one point.
///
/// `tick` hears how much is done of how much about every thousand lines.
///
/// # Errors
/// Those of `tick`.
pub fn simplify(lines: &[&[Point]], tolerance: f64, tick: &mut Tick) -> Result<Vec<Path>> {
    let (count, mut visits) = (lines.len() as u64, Visits::default());
    let mut beat = |done: u64| if done.is_multiple_of(1000) { tick(done, 3 * count) } else { Ok(()) };
    for (done, line) in lines.iter().enumerate() {
        beat(done as u64)?;
        visit(line, &mut visits);
    }
    let mut arcs = Arcs::default();
    let mut courses: Vec<Option<Vec<Step>>> = Vec::with_capacity(lines.len());
    for (done, line) in lines.iter().enumerate() {
        beat(count + done as u64)?;
        courses.push(arcs.course(line, &visits, tolerance));
    }
    untangle(&mut arcs.list, &mut |done, total| tick(2 * total + done, 3 * total))?;
    let paths = lines.iter().zip(&courses).map(|(line, course)| match course {
        None => line.to_vec(),
        Some(course) => {
            let path = arcs.path(course);
            if is_ring(line) && path.len() < 4 { Path::new() } else { path }
        }
    });
    Ok(paths.collect())
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

/// An arc of a line: its row, and whether the line runs against it.
type Step = (usize, bool);

/// All arcs, each once.
#[derive(Default)]
struct Arcs {
    list: Vec<Arc>,
    /// Rows by the first two points, which no other arc has.
    rows: HashMap<[Point; 2], usize, foldhash::fast::FixedState>,
}

impl Arcs {
    /// The arcs of a line, in its order; none for a single place.
    fn course(&mut self, line: &[Point], visits: &Visits, tolerance: f64) -> Option<Vec<Step>> {
        if line.len() < 2 {
            return None;
        }
        let junction = |point: &Point| matches!(visits.get(point), Some(Visit::Junction));
        let mut turned = line.to_vec();
        let border = is_ring(line);
        if border {
            turned.pop();
            // A ring that meets nothing starts at its least point, so that every copy of it comes out the same.
            let least = || turned.iter().enumerate().min_by_key(|(_, point)| **point).map(|(row, _)| row);
            let start = turned.iter().position(junction).or_else(least).unwrap_or(0);
            turned.rotate_left(start);
            turned.extend(turned.first().copied());
        }
        let mut course = Vec::new();
        let mut start = 0;
        for end in 1..turned.len() {
            if end + 1 == turned.len() || turned.get(end).is_some_and(junction) {
                course.push(self.step(turned.get(start..=end).unwrap_or(&[]), border, tolerance));
                start = end;
            }
        }
        Some(course)
    }

    /// Finds or adds an arc. It is kept in one direction, whichever way it was met.
    fn step(&mut self, points: &[Point], border: bool, tolerance: f64) -> Step {
        let backwards = points.iter().gt(points.iter().rev());
        let mut path = points.to_vec();
        if backwards {
            path.reverse();
        }
        let head = [path.first().copied().unwrap_or_default(), path.get(1).copied().unwrap_or_default()];
        let row = *self.rows.entry(head).or_insert_with(|| {
            let kept = reduce(&path, tolerance);
            self.list.push(Arc { points: path, kept, border });
            self.list.len() - 1
        });
        if let Some(arc) = self.list.get_mut(row) {
            arc.border |= border;
        }
        (row, backwards)
    }

    fn path(&self, course: &[Step]) -> Path {
        let mut path = Path::new();
        for &(row, backwards) in course {
            let Some(arc) = self.list.get(row) else { continue };
            let points = arc.kept.iter().filter_map(|&row| arc.points.get(row as usize).copied());
            if backwards {
                path.extend(points.rev());
            } else {
                path.extend(points);
            }
        }
        path.dedup();
        path
    }
}

/// The rows that Douglas and Peucker keep.
fn reduce(path: &[Point], tolerance: f64) -> Vec<u32> {
    let mut keep = vec![false; path.len()];
    for end in [0, path.len().saturating_sub(1)] {
        if let Some(flag) = keep.get_mut(end) {
            *flag = true;
        }
    }
    let mut stack = vec![(0, path.len().saturating_sub(1))];
    while let Some((start, end)) = stack.pop() {
        let far = farthest(path, start, end);
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
    keep.iter().enumerate().filter(|(_, keep)| **keep).map(|(row, _)| row as u32).collect()
}
