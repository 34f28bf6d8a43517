//! Joining pieces of border into rings, whatever their order, direction and number.

use super::ring::{Path, Point};
use crate::order;

/// Pieces of border, joined.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Joined {
    /// Closed rings; none visits a point twice.
    pub rings: Vec<Path>,
    /// What is left over: lines that close nothing.
    pub open: Vec<Path>,
    /// How many of the lines left over lead from ring to ring, so that it is open to choice what the rings are.
    pub forks: usize,
}

/// Joins lines into rings. Segments that two lines share separate nothing and fall away, so that touching rings melt
/// into one; lines that are there twice count once.
pub fn join(lines: &[Path]) -> Joined {
    let mut points: Vec<Point> = lines.iter().flatten().copied().collect();
    order::sort(&mut points);
    points.dedup();
    let mut segments = segments(lines.iter(), &points);
    if segments.iter().any(|&(_, count)| count > 1) {
        let once = distinct(lines);
        segments = self::segments(once.iter(), &points);
        let odd: Vec<Segment> = segments.iter().filter(|(_, count)| count % 2 == 1).map(|&(edge, _)| edge).collect();
        let all: Vec<Segment> = segments.iter().map(|&(edge, _)| edge).collect();
        let open = |edges: &[Segment]| degrees(edges, points.len()).iter().any(|degree| degree % 2 == 1);
        // Two lines that overlap where only one should be: then each segment counts once.
        let edges = if (odd.is_empty() || open(&odd)) && !open(&all) { all } else { odd };
        return Graph::new(&points, edges).rings();
    }
    Graph::new(&points, segments.into_iter().map(|(edge, _)| edge).collect()).rings()
}

/// Two rows of the points, the smaller one first.
type Segment = (u32, u32);

/// Every segment of the lines, and how often it is there.
fn segments<'a>(lines: impl Iterator<Item = &'a Path>, points: &[Point]) -> Vec<(Segment, u32)> {
    let row = |point: &Point| points.binary_search(point).unwrap_or(0) as u32;
    let mut all: Vec<Segment> = Vec::new();
    for line in lines {
        let rows: Vec<u32> = line.iter().map(row).collect();
        all.extend(rows.windows(2).filter_map(|pair| match *pair {
            [a, b] if a != b => Some((a.min(b), a.max(b))),
            _ => None,
        }));
    }
    order::sort(&mut all);
    all.chunk_by(|a, b| a == b).filter_map(|twins| Some((*twins.first()?, twins.len() as u32))).collect()
}

/// The lines without those that run the same way as another, in either direction, from whatever point if closed.
fn distinct(lines: &[Path]) -> Vec<Path> {
    let mut all: Vec<Path> = lines.iter().map(|line| canonical(line)).collect();
    order::sort(&mut all);
    all.dedup();
    all
}

fn canonical(line: &[Point]) -> Path {
    let mut path = line.to_vec();
    path.dedup();
    if path.len() > 2 && path.first() == path.last() {
        path.pop();
        let least = path.iter().enumerate().min_by_key(|(_, point)| **point).map_or(0, |(row, _)| row);
        path.rotate_left(least);
        path.extend(path.first().copied());
    }
    let back: Path = path.iter().rev().copied().collect();
    path.min(back)
}

fn degrees(edges: &[Segment], points: usize) -> Vec<u32> {
    let mut degrees = vec![0; points];
    for end in edges.iter().flat_map(|&(a, b)| [a, b]) {
        if let Some(degree) = degrees.get_mut(end as usize) {
            *degree += 1;
        }
    }
    degrees
}

/// Segments and where they meet.
struct Graph<'a> {
    points: &'a [Point],
    edges: Vec<Segment>,
    used: Vec<bool>,
    /// Rows of `edges` by point: those of point `p` are `around[starts[p]..starts[p + 1]]`.
    around: Vec<u32>,
    starts: Vec<u32>,
    /// Unused edges at each point.
    degrees: Vec<u32>,
}

impl<'a> Graph<'a> {
    fn new(points: &'a [Point], edges: Vec<Segment>) -> Self {
        let mut ends: Vec<(u32, u32)> =
            edges.iter().enumerate().flat_map(|(row, &(a, b))| [(a, row as u32), (b, row as u32)]).collect();
        order::sort(&mut ends);
        let mut starts = Vec::with_capacity(points.len() + 1);
        for point in 0..=points.len() as u32 {
            starts.push(ends.partition_point(|&(end, _)| end < point) as u32);
        }
        let degrees = degrees(&edges, points.len());
        let used = vec![false; edges.len()];
        Self { points, edges, used, around: ends.into_iter().map(|(_, row)| row).collect(), starts, degrees }
    }

    fn degree(&self, point: u32) -> u32 {
        self.degrees.get(point as usize).copied().unwrap_or(0)
    }

    /// Uses up an edge at `point` and returns its other end.
    fn step(&mut self, point: u32) -> Option<u32> {
        let start = *self.starts.get(point as usize)?;
        let end = *self.starts.get(point as usize + 1)?;
        let unused = |&&row: &&u32| self.used.get(row as usize) == Some(&false);
        let row = *self.around.get(start as usize..end as usize)?.iter().find(unused)?;
        let (a, b) = *self.edges.get(row as usize)?;
        *self.used.get_mut(row as usize)? = true;
        for end in [a, b] {
            *self.degrees.get_mut(end as usize)? -= 1;
        }
        Some(if a == point { b } else { a })
    }

    fn path(&self, rows: &[u32]) -> Path {
        rows.iter().filter_map(|&row| self.points.get(row as usize).copied()).collect()
    }

    fn rings(mut self) -> Joined {
        let mut joined = Joined::default();
        let points = 0..self.points.len() as u32;
        // Loose ends first: they close nothing. Then a trail between points where an odd number of segments meets.
        for (forks, loose) in [(0, (|degree| degree == 1) as fn(u32) -> bool), (1, |degree| degree % 2 == 1)] {
            for point in points.clone() {
                if !loose(self.degree(point)) {
                    continue;
                }
                let (mut rows, mut here) = (vec![point], point);
                while let Some(next) = self.step(here) {
                    rows.push(next);
                    here = next;
                    if !loose(self.degree(here)) {
                        break;
                    }
                }
                joined.open.push(self.path(&rows));
                joined.forks += forks;
            }
        }
        let mut visited = vec![u32::MAX; self.points.len()];
        for start in points {
            while self.degree(start) > 0 {
                self.walk(start, &mut visited, &mut joined.rings);
            }
        }
        joined
    }

    /// Walks from `start` until it is back, and cuts off a ring whenever a point comes up again.
    fn walk(&mut self, start: u32, visited: &mut [u32], rings: &mut Vec<Path>) {
        let mut rows = vec![start];
        let mut here = start;
        if let Some(place) = visited.get_mut(start as usize) {
            *place = 0;
        }
        while let Some(next) = self.step(here) {
            here = next;
            let Some(&before) = visited.get(next as usize) else { return };
            if before == u32::MAX {
                if let Some(place) = visited.get_mut(next as usize) {
                    *place = rows.len() as u32;
                }
                rows.push(next);
                continue;
            }
            let tail = rows.split_off(before as usize + 1);
            let mut ring = self.path(&[next]);
            ring.extend(self.path(&tail));
            ring.extend(self.path(&[next]));
            rings.push(ring);
            for row in tail {
                if let Some(place) = visited.get_mut(row as usize) {
                    *place = u32::MAX;
                }
            }
        }
        for row in rows {
            if let Some(place) = visited.get_mut(row as usize) {
                *place = u32::MAX;
            }
        }
    }
}
