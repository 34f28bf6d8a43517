//! Stretches of a route, in order → as few lines as connect.

use super::ring::{Path, Point};
use crate::order;
use hashbrown::HashMap;
use std::collections::VecDeque;

/// A stretch of a route.
#[derive(Debug, Clone)]
pub struct Stretch {
    /// Two points or more.
    pub line: Path,
    /// One goes round it in its direction, and no farther than where the route leaves it.
    pub circle: bool,
}

impl Stretch {
    fn closed(&self) -> bool {
        self.line.len() > 3 && self.line.first() == self.line.last()
    }
}

/// Joins the stretches of several courses, each in order, to as few lines as connect. Where three and more meet, what
/// follows in order goes on; the others are lines of their own. Stretches that are there twice are gone along twice.
pub fn follow(courses: &[Vec<Stretch>]) -> Vec<Path> {
    let (mut net, mut rings) = (Net::default(), Vec::new());
    for course in courses {
        for trail in walk(course, &mut rings) {
            net.add(trail);
        }
    }
    for ring in rings {
        net.pass(ring);
    }
    net.trails.into_iter().flatten().map(Path::from).collect()
}

/// Goes along a course while one stretch follows another; circles, and rings that nothing leads to and from, are put aside.
fn walk(course: &[Stretch], rings: &mut Vec<Stretch>) -> Vec<Path> {
    let mut trails: Vec<Path> = Vec::new();
    // Of a trail of one stretch the direction is open.
    let mut open = false;
    for (row, stretch) in course.iter().enumerate() {
        let ends = |line: &Path| [line.first().copied(), line.last().copied()];
        let closed = stretch.closed();
        let on = |point: Option<Point>| match point {
            Some(point) if closed => stretch.line.contains(&point),
            point => ends(&stretch.line).contains(&point),
        };
        let goes_on = || course.get(row + 1).is_some_and(|next| ends(&next.line).into_iter().any(on));
        if closed && (stretch.circle || !goes_on()) {
            rings.push(stretch.clone());
            continue;
        }
        let Some(trail) =
            trails.last_mut().filter(|trail| on(trail.last().copied()) || open && on(trail.first().copied()))
        else {
            if closed {
                rings.push(stretch.clone());
            } else {
                trails.push(stretch.line.clone());
                open = true;
            }
            continue;
        };
        if !on(trail.last().copied()) {
            trail.reverse();
        }
        open = false;
        let Some(&here) = trail.last() else { continue };
        if closed {
            trail.extend(turned(&stretch.line, &here).into_iter().skip(1));
            // It may be left at another point than it was reached at.
            let exit =
                course.get(row + 1).and_then(|next| ends(&next.line).into_iter().flatten().find(|end| on(Some(*end))));
            trail.extend(exit.into_iter().flat_map(|exit| arc(&stretch.line, &here, &exit, false)).skip(1));
        } else if stretch.line.first() == Some(&here) {
            trail.extend(stretch.line.iter().skip(1));
        } else {
            trail.extend(stretch.line.iter().rev().skip(1));
        }
    }
    trails
}

/// A ring from one of its points, and back to it.
fn turned(ring: &[Point], from: &Point) -> Path {
    let around = ring.split_last().map_or(ring, |(_, around)| around);
    let at = around.iter().position(|point| point == from).unwrap_or(0);
    let start = around.get(at..=at).unwrap_or(&[]);
    [around.get(at..).unwrap_or(&[]), around.get(..at).unwrap_or(&[]), start].concat()
}

/// The part of a ring between two of its points: in its direction, or the one of fewer points.
fn arc(ring: &[Point], from: &Point, to: &Point, along: bool) -> Path {
    let there = turned(ring, from);
    let at = there.iter().position(|point| point == to).unwrap_or(0);
    if along || at <= there.len() / 2 {
        there.into_iter().take(at + 1).collect()
    } else {
        there.into_iter().skip(at).rev().collect()
    }
}

/// Trails by where they end.
#[derive(Default)]
struct Net {
    trails: Vec<Option<VecDeque<Point>>>,
    ends: HashMap<Point, Vec<usize>, foldhash::fast::FixedState>,
}

impl Net {
    /// Adds a trail, joined with those that end where it ends.
    fn add(&mut self, trail: Path) {
        let row = self.trails.len();
        self.trails.push(None);
        self.put(row, trail.into());
    }

    fn put(&mut self, mut row: usize, mut trail: VecDeque<Point>) {
        while let Some((point, other)) = self.neighbour(&trail) {
            let Some(there) = self.take(other) else { break };
            trail = joined(there, trail, &point);
            row = row.min(other);
        }
        if trail.front() != trail.back() {
            for end in [trail.front(), trail.back()].into_iter().flatten() {
                self.ends.entry(*end).or_default().push(row);
            }
        }
        if let Some(slot) = self.trails.get_mut(row) {
            *slot = Some(trail);
        }
    }

    /// A trail that ends where this one does.
    fn neighbour(&self, trail: &VecDeque<Point>) -> Option<(Point, usize)> {
        let (front, back) = (trail.front()?, trail.back()?);
        if front == back {
            return None;
        }
        [front, back].into_iter().find_map(|end| Some((*end, *self.ends.get(end)?.first()?)))
    }

    fn take(&mut self, row: usize) -> Option<VecDeque<Point>> {
        let trail = self.trails.get_mut(row)?.take()?;
        for end in [trail.front(), trail.back()].into_iter().flatten() {
            if let Some(rows) = self.ends.get_mut(end) {
                rows.retain(|other| *other != row);
            }
        }
        Some(trail)
    }

    /// Leads two trails that end on a ring over it; a single one around it.
    fn pass(&mut self, ring: Stretch) {
        let line = &ring.line;
        let around = line.iter().skip(1);
        let mut at: Vec<(usize, Point)> =
            around.flat_map(|point| self.ends.get(point).into_iter().flatten().map(|row| (*row, *point))).collect();
        order::sort_by_key(&mut at, |(row, _)| *row);
        let Some(&(first, from)) = at.first() else { return self.trails.push(Some(ring.line.into())) };
        let second = at.iter().find(|(row, _)| *row != first).copied();
        let Some(mut trail) = self.take(first) else { return };
        match second {
            Some((second, to)) if ring.circle && at.len() == 2 => {
                trail = joined(trail, arc(line, &from, &to, true).into(), &from);
                trail = joined(trail, self.take(second).unwrap_or_default(), &to);
            }
            Some((second, to)) => {
                trail = joined(trail, turned(line, &from).into(), &from);
                trail = joined(trail, arc(line, &from, &to, false).into(), &from);
                trail = joined(trail, self.take(second).unwrap_or_default(), &to);
            }
            None => trail = joined(trail, turned(line, &from).into(), &from),
        }
        self.put(first, trail);
    }
}

/// Two trails as one, joined at a point where both end; the shorter is moved.
fn joined(a: VecDeque<Point>, b: VecDeque<Point>, at: &Point) -> VecDeque<Point> {
    let later = a.len() < b.len();
    let (mut long, short) = if later { (b, a) } else { (a, b) };
    let mut short = Path::from(short);
    if short.first() != Some(at) {
        short.reverse();
    }
    // Rings have both ends there: what came first stays first.
    if if later { long.front() == Some(at) } else { long.back() != Some(at) } {
        short.into_iter().skip(1).for_each(|point| long.push_front(point));
    } else {
        long.extend(short.into_iter().skip(1));
    }
    long
}

#[cfg(test)]
mod tests {
    use super::{Stretch, follow};

    /// Points on a line by their number.
    fn course(lines: &[&[i64]]) -> Vec<Stretch> {
        let stretch = |line: &&[i64]| Stretch {
            line: line.iter().map(|number| [number.abs(), 0]).collect(),
            circle: line.iter().any(|number| *number < 0),
        };
        lines.iter().map(stretch).collect()
    }

    fn found(courses: &[Vec<Stretch>]) -> Vec<Vec<i64>> {
        follow(courses).iter().map(|line| line.iter().map(|point| point[0]).collect()).collect()
    }

    #[test]
    fn stretches_are_joined_in_order_whatever_their_direction() {
        assert_eq!(found(&[course(&[&[1, 2], &[3, 2], &[3, 4], &[5, 4]])]), [[1, 2, 3, 4, 5]]);
        assert_eq!(found(&[course(&[&[2, 1], &[2, 3]])]), [[1, 2, 3]]);
        assert_eq!(found(&[course(&[&[1, 2], &[5, 6], &[6, 7]])]), [vec![1, 2], vec![5, 6, 7]]);
        let mut shuffled = found(&[course(&[&[3, 4], &[1, 2], &[5, 4], &[3, 2]])]);
        if shuffled[0][0] == 5 {
            shuffled[0].reverse();
        }
        assert_eq!(shuffled, [[1, 2, 3, 4, 5]]);
    }

    #[test]
    fn ways_back_are_gone_along_and_branches_are_lines() {
        assert_eq!(found(&[course(&[&[1, 2], &[2, 3, 4, 2], &[1, 2]])]), [[1, 2, 3, 4, 2, 1]]);
        assert_eq!(found(&[course(&[&[1, 2], &[1, 2]])]), [[1, 2, 1]]);
        // Out by 2-3-5, back by 5-4-2: with the trunk two lines.
        let (out, back) = (course(&[&[1, 2], &[2, 3, 5], &[5, 6]]), course(&[&[5, 4, 2]]));
        assert_eq!(found(&[out, back]), [vec![1, 2, 3, 5, 6], vec![5, 4, 2]]);
        // Nothing in common but the ends: one round.
        assert_eq!(found(&[course(&[&[1, 2, 3]]), course(&[&[3, 4, 1]])]), [[1, 2, 3, 4, 1]]);
    }

    #[test]
    fn circles_are_passed_in_their_direction() {
        let around: &[i64] = &[-2, -3, -4, -5, -2];
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2]] {
            let all: [&[i64]; 3] = [&[1, 2], around, &[4, 6]];
            assert_eq!(found(&[course(&order.map(|row| all[row]))]), [[1, 2, 3, 4, 6]], "{order:?}");
        }
        assert_eq!(found(&[course(&[&[6, 4], around, &[2, 1]])]), [[6, 4, 5, 2, 1]]);
        assert_eq!(found(&[course(&[&[1, 2], around])]), [[1, 2, 3, 4, 5, 2]]);
        assert_eq!(found(&[course(&[around])]), [[2, 3, 4, 5, 2]]);
        // A third way leaves it: nothing of it may be missing.
        let three = found(&[course(&[&[1, 2], around, &[4, 6]]), course(&[&[5, 7]])]);
        assert_eq!(three, [vec![1, 2, 3, 4, 5, 2, 3, 4, 6], vec![5, 7]]);
    }
}
