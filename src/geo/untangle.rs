//! Taking simplification back where it made borders cross.

use super::arc::{Arc, Tick, farthest};
use super::grid::{Grid, sorted};
use super::ring::{Point, cross, touch};
use crate::error::Result;
use hashbrown::HashSet;

/// Rounds after which what still crosses is left as it is.
const ROUNDS: usize = 32;

/// What is left of a stretch of a border: its arc and the rows of its ends.
#[derive(Clone, Copy)]
struct Edge {
    arc: u32,
    from: u32,
    to: u32,
    /// Whether it was not there in the round before.
    fresh: bool,
}

/// Gives borders points back until none crosses another that it did not cross with all its points.
///
/// # Errors
/// Those of `tick`, which hears how much is done of how much.
pub fn untangle(arcs: &mut [Arc], tick: &mut Tick) -> Result<()> {
    let mut edges: Vec<Edge> = Vec::new();
    for (row, arc) in arcs.iter().enumerate().filter(|(_, arc)| arc.border) {
        let pairs = arc.kept.array_windows();
        edges.extend(pairs.map(|&[from, to]| Edge { arc: row as u32, from, to, fresh: to > from + 1 }));
    }
    for round in 0..ROUNDS {
        let split = meetings(arcs, &edges, round, tick)?;
        let mut found = false;
        let mut next = Vec::with_capacity(edges.len());
        for (edge, split) in edges.iter().zip(split) {
            let middle = arcs.get(edge.arc as usize).filter(|_| split);
            let middle = middle.and_then(|arc| farthest(&arc.points, edge.from as usize, edge.to as usize));
            let Some((_, middle)) = middle else {
                next.push(Edge { fresh: false, ..*edge });
                continue;
            };
            found = true;
            next.extend([(edge.from, middle as u32), (middle as u32, edge.to)].map(|(from, to)| Edge {
                from,
                to,
                fresh: true,
                ..*edge
            }));
        }
        edges = next;
        if !found {
            break;
        }
    }
    arcs.iter_mut().filter(|arc| arc.border).for_each(|arc| arc.kept.truncate(1));
    for edge in &edges {
        if let Some(arc) = arcs.get_mut(edge.arc as usize) {
            arc.kept.push(edge.to);
        }
    }
    Ok(())
}

fn ends<'a>(arcs: &'a [Arc], edge: &Edge) -> Option<[&'a Point; 2]> {
    let points = &arcs.get(edge.arc as usize)?.points;
    Some([points.get(edge.from as usize)?, points.get(edge.to as usize)?])
}

/// Which edges meet others elsewhere than at their ends, one of the two fresh, where the stretches they stand for do not
/// cross: found in the cells of a grid.
fn meetings(arcs: &[Arc], edges: &[Edge], round: usize, tick: &mut Tick) -> Result<Vec<bool>> {
    let segments: Vec<[&Point; 2]> = edges.iter().filter_map(|edge| ends(arcs, edge)).collect();
    let grid = Grid::new(&segments);
    // Fresh ones first: nothing else is looked at but what lies in a cell of theirs.
    let mut counts = vec![0_u32; grid.slots()];
    let mut places: Vec<(u32, u32)> = Vec::new();
    for fresh in [true, false] {
        for (row, (edge, segment)) in edges.iter().zip(&segments).enumerate() {
            if edge.fresh == fresh {
                grid.visit(segment, |slot| match counts.get_mut(slot) {
                    Some(count) if fresh || *count > 0 => {
                        *count += 1;
                        places.push((slot as u32, row as u32));
                    }
                    _ => {}
                });
            }
        }
    }
    let rows = sorted(&places, &counts);
    let (mut split, mut rest) = (vec![false; edges.len()], rows.as_slice());
    // Pairs that may cross: they did before.
    let mut innocent: HashSet<(u32, u32), foldhash::fast::FixedState> = HashSet::default();
    let total = rows.len() as u64;
    for (slot, &count) in counts.iter().enumerate() {
        if slot.is_multiple_of(1 << 12) {
            // The first round has the most to do; how many follow is not known.
            let done = if round == 0 { total - rest.len() as u64 } else { total };
            tick(done, total)?;
        }
        let Some((cell, others)) = rest.split_at_checked(count as usize) else { break };
        rest = others;
        let fresh = |row: u32| edges.get(row as usize).is_some_and(|edge| edge.fresh);
        for (place, &one) in cell.iter().enumerate().take_while(|&(_, &one)| fresh(one)) {
            let (Some(a), Some(edge)) = (segments.get(one as usize), edges.get(one as usize)) else { continue };
            for &two in cell.iter().skip(place + 1) {
                let pair = (one.min(two), one.max(two));
                let known = |row: u32| split.get(row as usize) == Some(&true);
                if (known(one) && known(two)) || segments.get(two as usize).is_none_or(|b| !meet(*a, *b)) {
                    continue;
                }
                let Some(other) = edges.get(two as usize).filter(|_| !innocent.contains(&pair)) else { continue };
                if crossed(arcs, edge, other) {
                    innocent.insert(pair);
                    continue;
                }
                for row in [one, two] {
                    split.iter_mut().skip(row as usize).take(1).for_each(|split| *split = true);
                }
            }
        }
    }
    Ok(split)
}

/// Whether segments meet where they do not both end.
fn meet([a, b]: [&Point; 2], [c, d]: [&Point; 2]) -> bool {
    a != c && a != d && b != c && b != d && touch([a, b], [c, d])
}

/// Whether two stretches cross with all their points.
fn crossed(arcs: &[Arc], one: &Edge, two: &Edge) -> bool {
    let whole = |edge: &Edge| {
        arcs.get(edge.arc as usize).and_then(|arc| arc.points.get(edge.from as usize..=edge.to as usize)).unwrap_or(&[])
    };
    let (one, two) = (whole(one), whole(two));
    one.array_windows().any(|[a, b]| two.array_windows().any(|[c, d]| cross([a, b], [c, d])))
}
