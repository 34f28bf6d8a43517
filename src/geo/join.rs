//! Joins the pieces of one street end to end, so that its name can run over all of them.

use crate::order;
use std::collections::BTreeMap;

/// A line in a plane.
pub type Line = Vec<[f64; 2]>;

/// An end of a line: its row, and whether it is the last point.
type End = (usize, bool);

/// Sharpest turn over which two pieces are joined, as the cosine of the angle between their directions: 60°.
const STRAIGHT: f64 = 0.5;

/// Joins lines that touch at their ends, to a thousandth: at each place the two that continue each other best first. The direction
/// of a line is measured at `reach` from its end: little kinks at junctions do not count.
pub fn join(lines: Vec<Line>, reach: f64) -> Vec<Line> {
    let mut ends: BTreeMap<[i64; 2], Vec<End>> = BTreeMap::new();
    for (row, line) in lines.iter().enumerate() {
        for (last, point) in [(false, line.first()), (true, line.last())] {
            let Some(point) = point else { continue };
            ends.entry(point.map(|side| libm::round(side * 1000.0) as i64)).or_default().push((row, last));
        }
    }
    let mut partner: BTreeMap<End, End> = BTreeMap::new();
    for meeting in ends.values() {
        pair(&lines, meeting, reach, &mut partner);
    }
    let mut used = vec![false; lines.len()];
    let mut result = Vec::new();
    // Chains are followed from their open ends; what is left are rings.
    let open = |row: &usize| [false, true].into_iter().find(|last| !partner.contains_key(&(*row, *last)));
    let starts = (0..lines.len()).filter_map(|row| Some((row, open(&row)?)));
    let rings = (0..lines.len()).map(|row| (row, false));
    for (row, last) in starts.chain(rings) {
        let mut chain: Line = Vec::new();
        let mut next = Some((row, last));
        while let Some((row, last)) = next {
            let Some(flag) = used.get_mut(row).filter(|flag| !**flag) else { break };
            *flag = true;
            let Some(line) = lines.get(row) else { break };
            if last {
                chain.extend(line.iter().rev())
            } else {
                chain.extend(line)
            }
            chain.dedup();
            next = partner.get(&(row, !last)).copied();
        }
        if chain.len() >= 2 {
            result.push(chain);
        }
    }
    result
}

/// Pairs the ends that meet at one place, the straightest pair first.
fn pair(lines: &[Line], meeting: &[End], reach: f64, partner: &mut BTreeMap<End, End>) {
    let mut pairs: Vec<(f64, End, End)> = Vec::new();
    for (row, &a) in meeting.iter().enumerate() {
        for &b in meeting.iter().skip(row + 1).filter(|b| b.0 != a.0) {
            let (Some(u), Some(v)) = (outward(lines, a, reach), outward(lines, b, reach)) else { continue };
            // Both point away from the place: opposite directions continue each other.
            let straight = -(u[0] * v[0] + u[1] * v[1]);
            if straight >= STRAIGHT {
                pairs.push((straight, a, b));
            }
        }
    }
    order::sort_by(&mut pairs, |a, b| b.0.total_cmp(&a.0));
    for (_, a, b) in pairs {
        if !partner.contains_key(&a) && !partner.contains_key(&b) {
            partner.insert(a, b);
            partner.insert(b, a);
        }
    }
}

/// The direction in which a line leaves its end.
fn outward(lines: &[Line], (row, last): End, reach: f64) -> Option<[f64; 2]> {
    let line = lines.get(row)?;
    let points: Vec<&[f64; 2]> = if last { line.iter().rev().collect() } else { line.iter().collect() };
    let start = points.first()?;
    let away = |point: &[f64; 2]| libm::hypot(point[0] - start[0], point[1] - start[1]);
    let target = points.iter().skip(1).find(|point| away(point) >= reach).or(points.last())?;
    let length = away(target);
    (length > 0.0).then(|| [(target[0] - start[0]) / length, (target[1] - start[1]) / length])
}

#[cfg(test)]
mod tests {
    use super::Line;

    fn join(lines: Vec<Line>) -> Vec<Line> {
        super::join(lines, 2.0)
    }

    #[test]
    fn pieces_become_one_line_whatever_their_direction() {
        let joined =
            join(vec![vec![[0.0, 0.0], [10.0, 0.0]], vec![[20.0, 1.0], [10.0, 0.0]], vec![[20.0, 1.0], [30.0, 2.0]]]);
        assert_eq!(joined, [vec![[0.0, 0.0], [10.0, 0.0], [20.0, 1.0], [30.0, 2.0]]]);
    }

    #[test]
    fn at_a_fork_the_straightest_go_on() {
        let joined =
            join(vec![vec![[0.0, 0.0], [10.0, 0.0]], vec![[10.0, 0.0], [18.0, 6.0]], vec![[10.0, 0.0], [20.0, 0.5]]]);
        assert_eq!(joined.len(), 2);
        assert!(joined.contains(&vec![[0.0, 0.0], [10.0, 0.0], [20.0, 0.5]]));
    }

    #[test]
    fn a_ring_and_a_sharp_turn() {
        let ring = join(vec![
            vec![[0.0, 0.0], [5.0, 0.0], [8.0, 3.0]],
            vec![[8.0, 3.0], [8.0, 8.0], [3.0, 9.0], [0.0, 5.0], [0.0, 0.0]],
        ]);
        assert_eq!(ring.iter().map(Vec::len).sum::<usize>(), 7);
        let turn = join(vec![vec![[0.0, 0.0], [10.0, 0.0]], vec![[10.0, 0.0], [0.0, 3.0]]]);
        assert_eq!(turn.len(), 2);
    }
}
