//! How often lines cross, counted by a sweep (Bentley and Ottmann, 1979) that ends at a limit: what overlaying them would
//! cost is known before it begins.

use super::arc::Tick;
use super::grid::Grid;
use super::order::Order;
use super::ring::{Point, cross, turn};
use crate::error::Result;
use crate::order;
use hashbrown::HashSet;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A straight piece of a line or border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Strand {
    /// Its ends.
    pub ends: [Point; 2],
    /// Whose it is: a number, the later the higher.
    pub owner: u32,
    /// Whether it is the border of an area. Lines may cross each other as they like, only borders count.
    pub border: bool,
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crossings {
    /// Places where a border crosses a border or line, or where one ends on the other; one more than the limit where there
    /// are too many.
    pub found: usize,
    /// Whose strand passed the limit.
    pub beyond: Option<u32>,
    /// Comparisons it took.
    pub steps: u64,
}

/// Lines may cross each other this many times as often as borders may: the sweep has to follow them, too.
const LINES: usize = 100;
/// A crossing this near to a point of the grid is taken for that point: 64-bit numbers are no nearer.
const NEAR: f64 = 1e-5;
/// Longer lines, in squares of the grid, are not asked whether they come near a border.
const LONG: i64 = 64;

/// Counts where borders cross, each pair that has the same ends once. Ends as soon as there are more than `limit`.
///
/// # Errors
/// Those of `tick`, which hears how much is done of how much about every thousand steps.
pub fn crossings(mut strands: Vec<Strand>, limit: usize, tick: &mut Tick) -> Result<Crossings> {
    strands.retain(|strand| strand.ends[0] != strand.ends[1]);
    strands.iter_mut().filter(|strand| strand.ends[0] > strand.ends[1]).for_each(|strand| strand.ends.reverse());
    order::sort_by_key(&mut strands, |strand| (strand.ends, !strand.border, strand.owner));
    strands.dedup_by_key(|strand| strand.ends);
    near_borders(&mut strands);
    let count = strands.len();
    let mut sweep = Sweep {
        order: Order::new(count),
        meetings: BinaryHeap::new(),
        known: HashSet::default(),
        limit,
        lines: 0,
        told: Crossings { found: 0, beyond: None, steps: 0 },
        strands,
    };
    let mut ends: Vec<u32> = (0..count as u32).collect();
    order::sort_by_key(&mut ends, |row| sweep.strand(*row).map(|strand| strand.ends[1]));
    let (mut begun, mut ended, mut events) = (0, 0, 0_u64);
    // The last point at which something ended or began: what lies on it has been counted.
    let mut last = None;
    while let Some(row) = ends.get(ended).copied() {
        events += 1;
        if events.is_multiple_of(1 << 10) {
            tick((begun + ended) as u64, 2 * count as u64)?;
        }
        if sweep.told.beyond.is_some() {
            break;
        }
        let begin = sweep.strand(begun as u32).map(|strand| strand.ends[0]);
        let Some(end) = sweep.strand(row).map(|strand| strand.ends[1]) else { break };
        // At one point: what ends, then what crosses, then what begins.
        let first = if begin.is_some_and(|begin| begin < end) { begin.unwrap_or(end) } else { end };
        let meeting = sweep.meetings.peek().map(|Reverse(meeting)| *meeting);
        if let Some(meeting) = meeting.filter(|meeting| match meeting.against(first) {
            Ordering::Less => true,
            Ordering::Equal => first != end,
            Ordering::Greater => false,
        }) {
            sweep.meetings.pop();
            sweep.pass(meeting);
        } else if first == end {
            if last.replace(end) != Some(end) {
                sweep.lies_on(row, &end);
            }
            sweep.end(row);
            ended += 1;
        } else {
            sweep.begin(begun as u32);
            if last.replace(first) != Some(first) {
                sweep.lies_on(begun as u32, &first);
            }
            begun += 1;
        }
    }
    Ok(sweep.told)
}

/// Lets go of lines that come near no border.
fn near_borders(strands: &mut Vec<Strand>) {
    let borders = strands.iter().filter(|strand| strand.border);
    let borders: Vec<[&Point; 2]> = borders.map(|strand| strand.ends.each_ref()).collect();
    if borders.is_empty() || borders.len() == strands.len() {
        return if borders.is_empty() {
            strands.clear()
        };
    }
    let grid = Grid::new(&borders);
    let mut taken = vec![false; grid.slots()];
    for border in &borders {
        grid.visit(border, |slot| taken.iter_mut().skip(slot).take(1).for_each(|taken| *taken = true));
    }
    strands.retain(|strand| {
        let ends = strand.ends.each_ref();
        let mut near = strand.border || grid.squares(&ends) > LONG;
        if !near {
            grid.visit(&ends, |slot| near |= taken.get(slot) == Some(&true));
        }
        near
    });
}

/// Where two neighbours will cross.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Meeting {
    place: [f64; 2],
    low: u32,
    high: u32,
}

impl Meeting {
    fn against(&self, point: Point) -> Ordering {
        let [x, y] = point.map(|side| side as f64);
        self.place[0].total_cmp(&x).then(self.place[1].total_cmp(&y))
    }
}

impl Eq for Meeting {}

impl Ord for Meeting {
    fn cmp(&self, other: &Self) -> Ordering {
        let [x, y] = other.place;
        let place = self.place[0].total_cmp(&x).then(self.place[1].total_cmp(&y));
        place.then((self.low, self.high).cmp(&(other.low, other.high)))
    }
}

impl PartialOrd for Meeting {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The sweep from left to right, and upwards where that is even.
struct Sweep {
    /// By their left ends.
    strands: Vec<Strand>,
    /// Those that the sweep is at, the lowest first.
    order: Order,
    meetings: BinaryHeap<Reverse<Meeting>>,
    /// Pairs that were counted.
    known: HashSet<(u32, u32), foldhash::fast::FixedState>,
    limit: usize,
    /// Crossings of lines with each other.
    lines: usize,
    told: Crossings,
}

impl Sweep {
    fn strand(&self, row: u32) -> Option<&Strand> {
        self.strands.get(row as usize)
    }

    fn pair(&self, one: u32, two: u32) -> Option<[&Strand; 2]> {
        Some([self.strand(one)?, self.strand(two)?])
    }

    fn count(&mut self, one: u32, two: u32) {
        let Some([a, b]) = self.pair(one, two).filter(|_| self.told.beyond.is_none()) else { return };
        let (border, owner) = (a.border || b.border, a.owner.max(b.owner));
        let (count, most) = match border {
            true => (&mut self.told.found, self.limit),
            false => (&mut self.lines, self.limit.saturating_mul(LINES)),
        };
        *count += 1;
        if *count > most {
            self.told.beyond = self.told.beyond.or(Some(owner));
        }
    }

    fn begin(&mut self, row: u32) {
        let Self { strands, order, told, .. } = self;
        if let Some(new) = strands.get(row as usize) {
            order.insert(row, |other| {
                told.steps += 1;
                strands.get(other as usize).is_some_and(|strand| lies_below(strand, new).unwrap_or(other < row))
            });
        }
        let [low, high] = self.order.beside(row);
        self.neighbours(low, Some(row));
        self.neighbours(Some(row), high);
    }

    fn end(&mut self, row: u32) {
        let [low, high] = self.order.beside(row);
        self.order.remove(row);
        self.neighbours(low, high);
    }

    /// Two neighbours cross and change places.
    fn pass(&mut self, Meeting { low, high, .. }: Meeting) {
        if self.order.beside(low)[1] != Some(high) {
            return;
        }
        self.order.swap(low, high);
        self.neighbours(self.order.beside(high)[0], Some(high));
        self.neighbours(Some(low), self.order.beside(low)[1]);
    }

    /// Counts neighbours that cross, and remembers where if that is still to come.
    fn neighbours(&mut self, low: Option<u32>, high: Option<u32>) {
        self.told.steps += 1;
        let (Some(low), Some(high)) = (low, high) else { return };
        let Some([a, b]) = self.pair(low, high) else { return };
        if !cross(a.ends.each_ref(), b.ends.each_ref()) {
            return;
        }
        let place = crossing(a, b);
        if self.known.insert((low.min(high), low.max(high))) {
            self.count(low, high);
        }
        if let Some(place) = place {
            self.meetings.push(Reverse(Meeting { place, low, high }));
        }
    }

    /// Counts the strands within which a point lies at which `row` ends or begins.
    fn lies_on(&mut self, row: u32, point: &Point) {
        for side in 0..2 {
            let mut at = row;
            while let Some(next) = self.order.beside(at).into_iter().nth(side).flatten() {
                self.told.steps += 1;
                let Some([a, b]) = self.strand(next).map(|strand| strand.ends) else { break };
                if turn(&a, &b, point) != 0 || self.told.beyond.is_some() {
                    break;
                }
                if a != *point && b != *point {
                    self.count(row, next);
                }
                at = next;
            }
        }
    }
}

/// Whether a strand lies below the beginning of another, and if that is on it, below its course; none where both run on one
/// line.
fn lies_below(strand: &Strand, new: &Strand) -> Option<bool> {
    let [a, b] = &strand.ends;
    let sides = new.ends.each_ref().map(|end| turn(a, b, end));
    sides.into_iter().find(|side| *side != 0).map(|side| side > 0)
}

/// Where a strand crosses the one above it; none where they run apart from each other: they have crossed.
fn crossing(low: &Strand, high: &Strand) -> Option<[f64; 2]> {
    let ([a, b], [c, d]) = (low.ends, high.ends);
    let way = |from: Point, to: Point| [i128::from(to[0] - from[0]), i128::from(to[1] - from[1])];
    let ([ux, uy], [vx, vy], [wx, wy]) = (way(a, b), way(c, d), way(a, c));
    let apart = ux * vy - uy * vx;
    if apart >= 0 {
        return None;
    }
    let share = (wx * vy - wy * vx) as f64 / apart as f64;
    Some([(a[0], ux), (a[1], uy)].map(|(from, way)| {
        let place = from as f64 + way as f64 * share;
        let whole = libm::round(place);
        if (place - whole).abs() < NEAR { whole } else { place }
    }))
}

#[cfg(test)]
mod tests {
    use super::super::ring::touch;
    use super::*;

    fn chance(seed: &mut u64, limit: i64) -> i64 {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as i64 % limit
    }

    fn border(ends: [Point; 2]) -> Strand {
        Strand { ends, owner: 0, border: true }
    }

    fn counted(strands: &[Strand], limit: usize) -> Crossings {
        crossings(strands.to_vec(), limit, &mut |_, _| Ok(())).unwrap()
    }

    /// By looking at every pair.
    fn looked_up(strands: &[Strand]) -> usize {
        let mut ends: Vec<[Point; 2]> = strands.iter().map(|strand| strand.ends).filter(|[a, b]| a != b).collect();
        ends.iter_mut().for_each(|ends| ends.sort_unstable());
        ends.sort_unstable();
        ends.dedup();
        let mut points: Vec<Point> = ends.iter().flatten().copied().collect();
        points.sort_unstable();
        points.dedup();
        let pairs = ends.iter().enumerate().flat_map(|(row, a)| ends[row + 1..].iter().map(move |b| (a, b)));
        let crossed = pairs.filter(|([a, b], [c, d])| cross([a, b], [c, d])).count();
        let lies = |[a, b]: &&[Point; 2], p: &Point| p != a && p != b && touch([a, b], [p, p]);
        crossed + points.iter().map(|p| ends.iter().filter(|ends| lies(ends, p)).count()).sum::<usize>()
    }

    #[test]
    fn every_crossing_is_counted_once() {
        let mut seed = 11;
        // In a small square everything that can coincide does; in a large one nothing.
        for (count, side) in [(12, 4), (40, 8), (60, 20), (200, 60), (300, 2_000_000_000)] {
            for _ in 0..30 {
                let mut point = || [chance(&mut seed, side), chance(&mut seed, side)];
                let strands: Vec<Strand> = (0..count).map(|_| border([point(), point()])).collect();
                let told = counted(&strands, usize::MAX);
                assert_eq!((told.found, told.beyond), (looked_up(&strands), None), "{count} in {side}");
            }
        }
    }

    #[test]
    fn the_work_is_bounded_whatever_the_borders_do() {
        const COUNT: i64 = 50_000;
        let mut seed = 3;
        let path = |points: Vec<Point>| points.array_windows().map(|&[a, b]| border([a, b])).collect::<Vec<_>>();
        let comb = |turned: bool| {
            let tooth = |row: i64| [row * 7, if row % 2 == 0 { 0 } else { 1_000_000_000 }];
            let points = (0..COUNT).map(tooth).map(|[x, y]| if turned { [x + y, y - x] } else { [x, y] });
            path(points.collect())
        };
        let random = path((0..COUNT).map(|_| [chance(&mut seed, 1 << 30), chance(&mut seed, 1 << 30)]).collect());
        // Spikes of one line over each other, and a star: everything meets at one point.
        let spikes = path((0..COUNT).map(|row| if row % 2 == 0 { [0, 0] } else { [row, 2 * row] }).collect());
        let star = path((0..COUNT).map(|row| if row % 2 == 0 { [0, 0] } else { [COUNT - row, row] }).collect());
        let most = 40 * COUNT as u64;
        for (what, strands, beyond) in [
            ("comb", comb(false), false),
            ("leaning comb", comb(true), false),
            ("random", random, true),
            ("spikes", spikes, true),
            ("star", star, false),
        ] {
            let told = counted(&strands, 10_000);
            assert_eq!((told.beyond.is_some(), told.found > 10_000), (beyond, beyond), "{what}: {told:?}");
            assert!(told.found <= 10_001 && told.steps < most, "{what}: {told:?}");
        }
    }

    #[test]
    fn lines_cross_each_other_but_no_border() {
        let mut seed = 5;
        let mut point = |at: i64| [at + chance(&mut seed, 1000), chance(&mut seed, 1000)];
        let line = |ends| Strand { ends, owner: 1, border: false };
        let mut strands: Vec<Strand> = (0..3000).map(|_| line([point(0), point(0)])).collect();
        assert_eq!(counted(&strands, 5).found, 0, "nothing but lines");
        // A border far from the knot, and a line across it.
        strands.push(border([[50_000, 0], [50_000, 900]]));
        strands.push(line([[49_900, 7], [50_300, 7]]));
        let told = counted(&strands, 5);
        assert_eq!((told.found, told.beyond), (1, None));
        assert!(told.steps < 100, "the knot is not looked at: {told:?}");
        let within = border([[500, -10], [501, 1010]]);
        let told = counted(&[vec![within], strands].concat(), 5);
        assert_eq!(told.beyond, Some(1));
    }

    #[test]
    fn a_stop_is_heard() {
        let mut seed = 7;
        let mut point = || [chance(&mut seed, 1 << 30), chance(&mut seed, 1 << 30)];
        let strands: Vec<Strand> = (0..3000).map(|_| border([point(), point()])).collect();
        let stopped = crossings(strands, usize::MAX, &mut |_, _| Err(crate::Error::Cancelled));
        assert_eq!(stopped, Err(crate::Error::Cancelled));
    }
}
