//! Which rings lie in which.

use super::buckets::Buckets;
use super::ring::{Path, Point, area2, bounds, cross, holds};
use crate::order;

/// For each closed ring the row of the smallest one that it lies in; none where it lies in no other. Of rings that cover
/// the same, each lies in the one before it. Rings that cross do not lie in each other.
pub fn parents(rings: &[Path]) -> Vec<Option<usize>> {
    if rings.len() < 2 {
        return vec![None; rings.len()];
    }
    let edges: Vec<(usize, [Point; 2])> =
        rings.iter().enumerate().flat_map(|(row, ring)| ring.array_windows().map(move |edge| (row, *edge))).collect();
    let buckets = Buckets::new(edges.iter().filter_map(|(_, edge)| bounds(edge)).collect());
    let right = edges.iter().flat_map(|(_, edge)| edge).map(|point| point[0]).max().unwrap_or_default();
    // Smaller rings have a higher rank, so of those around a place the last is the smallest.
    let mut order: Vec<usize> = (0..rings.len()).collect();
    let areas: Vec<i128> = rings.iter().map(|ring| area2(ring).abs()).collect();
    order::sort_by_key(&mut order, |&row| std::cmp::Reverse(areas.get(row).copied()));
    let mut ranks = vec![0; rings.len()];
    for (rank, row) in order.iter().enumerate() {
        if let Some(place) = ranks.get_mut(*row) {
            *place = rank;
        }
    }
    let crosses = |ring: &Path, parent: usize| {
        let near = |edge: &[Point; 2]| bounds(edge).map(|area| buckets.near(&area)).unwrap_or_default();
        let parents = |row: &usize| edges.get(*row).filter(|(ring, _)| *ring == parent);
        let meets = |[a, b]: &[Point; 2], [c, d]: &[Point; 2]| cross([a, b], [c, d]);
        ring.array_windows().any(|edge| near(edge).iter().filter_map(parents).any(|(_, other)| meets(edge, other)))
    };
    let within = |ring: &Path, parent: usize| {
        let boxes = bounds(ring).zip(rings.get(parent).and_then(bounds));
        boxes.is_some_and(|(ring, parent)| holds(&parent, &ring)) && !crosses(ring, parent)
    };
    let parent = |(row, ring): (usize, &Path)| {
        let (x, line) = inner(ring)?;
        let beam =
            [libm::floor(x) as i64, line.div_euclid(2), right.max(libm::floor(x) as i64), line.div_euclid(2) + 1];
        let beyond = |edge: &[Point; 2]| meeting(edge, line).is_some_and(|at| at > x);
        let hit = buckets.near(&beam).into_iter().filter_map(|edge| edges.get(edge));
        let rank = *ranks.get(row)?;
        let mut hits: Vec<usize> = hit
            .filter(|(_, edge)| beyond(edge))
            .filter_map(|(ring, _)| ranks.get(*ring).copied())
            .filter(|other| *other < rank)
            .collect();
        hits.sort_unstable();
        let mut around =
            hits.chunk_by(|a, b| a == b).filter(|hits| hits.len() % 2 == 1).filter_map(|hits| hits.first());
        around.next_back().and_then(|rank| order.get(*rank)).copied().filter(|&parent| within(ring, parent))
    };
    rings.iter().enumerate().map(parent).collect()
}

/// A place inside a closed ring, away from its border: x, and twice y, an odd number, so that no corner lies as high. None
/// for one without area.
fn inner(ring: &[Point]) -> Option<(f64, i64)> {
    let [_, bottom, _, top] = bounds(ring)?;
    let line = (bottom + top) | 1;
    let mut stops: Vec<f64> = ring.array_windows().filter_map(|edge| meeting(edge, line)).collect();
    order::sort_numbers(&mut stops);
    let spans =
        stops.chunks_exact(2).filter_map(|span| if let [a, b] = span { Some((b - a, (a + b) / 2.0)) } else { None });
    let (width, middle) = spans.max_by(|a, b| a.0.total_cmp(&b.0))?;
    (width > 0.0).then_some((middle, line))
}

/// Where a segment meets the level of half of `line`, an odd number.
fn meeting([a, b]: &[Point; 2], line: i64) -> Option<f64> {
    let below = |point: &Point| 2 * point[1] < line;
    let share = (line - 2 * a[1]) as f64 / (2 * (b[1] - a[1])) as f64;
    (below(a) != below(b)).then(|| a[0] as f64 + share * (b[0] - a[0]) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(x: i64, y: i64, half: i64) -> Path {
        vec![
            [x - half, y - half],
            [x + half, y - half],
            [x + half, y + half],
            [x - half, y + half],
            [x - half, y - half],
        ]
    }

    #[test]
    fn rings_lie_in_the_smallest_around_them() {
        let rings = [
            square(0, 0, 10),
            square(0, 0, 100),
            square(50, 50, 10),
            square(0, 0, 20),
            square(500, 0, 10),
            square(0, 0, 2),
        ];
        assert_eq!(parents(&rings), [Some(3), None, Some(1), Some(1), None, Some(0)]);
    }

    #[test]
    fn what_touches_may_lie_inside_what_crosses_does_not() {
        // One in the corner of the large one, one beside it, one that is the same again, one across its border.
        let rings =
            [square(0, 0, 100), square(90, 90, 10), square(110, 0, 10), square(0, 0, 100), square(100, -50, 20)];
        assert_eq!(parents(&rings), [None, Some(3), None, Some(0), None]);
        assert_eq!(parents(&[square(0, 0, 3), vec![[0, 0], [1, 0], [0, 0]]]), [None, None]);
        assert_eq!(parents(&[]), []);
    }
}
