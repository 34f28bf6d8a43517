//! The ground with its heights → one closed body.

use super::net::{self, Net};
use super::region::{Ground, Rank, Top};
use super::{Corner, STEPS};
use crate::error::Result;
use crate::geo::buckets::Buckets;
use crate::geo::node::node;
use crate::geo::ring::Point;
use crate::watch::{Stage, Watch};
use std::collections::{BTreeMap, BTreeSet};

/// Rounds in which contacts and crossings are resolved by dividing the ground further.
const ROUNDS: usize = 4;
/// Half the width of a pier, mm: what joins bodies that touch in a corner only.
const PIER: f64 = 0.1;
/// Roofs that cross by less than this many steps are made level there.
const SLIGHT: i64 = 3;

/// The heights of each region at each of its points.
struct Relief {
    net: Net,
    /// The region of each triangle.
    labels: Vec<u32>,
    /// By point and region.
    heights: BTreeMap<(u32, u32), i64>,
}

/// A side of a triangle: its ends, the region to its left, the one to its right (none: outside).
type Side = ([u32; 2], u32, Option<u32>);

/// Raises the ground. Where bodies would touch in a corner only, a pier joins them.
///
/// # Errors
/// [`crate::Error::Cancelled`].
pub(super) fn raise(ground: &mut Ground, watch: &mut Watch) -> Result<Vec<[Corner; 3]>> {
    let mut points: BTreeSet<Point> = BTreeSet::new();
    let mut piers: BTreeSet<(Point, i64)> = BTreeSet::new();
    for round in 0.. {
        let at: Vec<Point> = points.iter().copied().collect();
        let lines = node(ground.lines.iter().copied(), &at, || watch.at(Stage::Draw, 2, 4))?;
        let mut relief = Relief::new(net::triangulate(&lines)?, ground, watch)?;
        let (crossings, pinches) = (relief.crossings(), relief.pinches());
        let before = (points.len(), piers.len());
        if round < ROUNDS {
            points.extend(crossings);
            for (vertex, high) in pinches {
                let Some(&point) = relief.net.points.get(vertex as usize) else { continue };
                if piers.insert((point, high)) {
                    ground.pier(point, high);
                }
            }
        }
        if before == (points.len(), piers.len()) {
            relief.settle();
            return relief.body(ground.size, watch);
        }
    }
    Ok(Vec::new())
}

impl Ground {
    /// Adds a pier: a small square on its corner, cut off at the edge of the plate.
    fn pier(&mut self, [x, y]: Point, high: i64) {
        let by = libm::round(PIER * STEPS) as i64;
        let [w, h] = self.size;
        let ring = [[x + by, y], [x, y + by], [x - by, y], [x, y - by], [x + by, y]];
        let ring = ring.map(|[x, y]| [x.clamp(0, w), y.clamp(0, h)]).to_vec();
        self.add(Rank::Building, Top::Flat(high), &[vec![ring]]);
    }
}

impl Relief {
    fn new(net: Net, ground: &Ground, watch: &mut Watch) -> Result<Self> {
        let buckets = Buckets::new(ground.regions.iter().map(|region| region.reach).collect());
        let mut labels = vec![0; net.faces.len()];
        for (done, plain) in net.plains().into_iter().enumerate() {
            if done.is_multiple_of(1000) {
                watch.at(Stage::Draw, 3, 4)?;
            }
            let Some(largest) = plain.first() else { continue };
            let [a, b, c] = net.corners(*largest);
            let middle = [a[0] + b[0] + c[0], a[1] + b[1] + c[1]];
            let place = middle.map(|side| side as f64 / 3.0);
            let around = buckets.near(&[middle[0], middle[1], middle[0], middle[1]]).into_iter();
            let found = around
                .filter_map(|row| Some((row, ground.regions.get(row)?)))
                .filter(|(_, region)| region.holds(&middle))
                .max_by_key(|(_, region)| (region.rank, region.top.at(place)));
            let label = found.map_or(0, |(row, _)| row as u32);
            for row in plain {
                if let Some(slot) = labels.get_mut(row as usize) {
                    *slot = label;
                }
            }
        }
        let mut heights = BTreeMap::new();
        for (face, label) in net.faces.iter().zip(&labels) {
            let Some(region) = ground.regions.get(*label as usize) else { continue };
            for corner in face.corners {
                let Some(point) = net.points.get(corner as usize) else { continue };
                heights.entry((corner, *label)).or_insert_with(|| region.top.at(point.map(|side| side as f64)));
            }
        }
        Ok(Self { net, labels, heights })
    }

    /// Height of a region at a point; the outside has that of the underside.
    fn height(&self, point: u32, label: Option<u32>) -> i64 {
        label.and_then(|label| self.heights.get(&(point, label))).copied().unwrap_or(0)
    }

    /// Sides between different regions, and those at the edge of the plate; each once.
    fn sides(&self) -> impl Iterator<Item = Side> {
        self.net.faces.iter().zip(&self.labels).flat_map(move |(face, &label)| {
            let [a, b, c] = face.corners;
            let sides = [[a, b], [b, c], [c, a]].into_iter().zip(face.beside);
            sides.filter_map(move |(ends, beside)| {
                let other = beside.and_then(|row| self.labels.get(row as usize)).copied();
                (other.is_none_or(|other| other < label)).then_some((ends, label, other))
            })
        })
    }

    /// How much higher the left region of a side is than the right one, at both ends.
    fn steps(&self, ([a, b], left, right): Side) -> [i64; 2] {
        [a, b].map(|end| self.height(end, Some(left)) - self.height(end, right))
    }

    /// Where roofs of neighbours cross.
    fn crossings(&self) -> Vec<Point> {
        let crossing = |side: Side| {
            let [from, to] = self.steps(side);
            if from.signum() * to.signum() >= 0 || from.abs().min(to.abs()) <= SLIGHT {
                return None;
            }
            let [a, b] = side.0.map(|end| self.net.points.get(end as usize).copied().unwrap_or_default());
            let share = from as f64 / (from - to) as f64;
            let at = |axis: usize| a[axis] + libm::round((b[axis] - a[axis]) as f64 * share) as i64;
            Some([at(0), at(1)])
        };
        self.sides().filter_map(crossing).collect()
    }

    /// Points where bodies touch in an upright edge only, and how high the contact reaches.
    fn pinches(&self) -> Vec<(u32, i64)> {
        let mut found = Vec::new();
        for (point, around) in self.net.around.iter().enumerate() {
            let point = point as u32;
            let labels = around.iter().map(|face| face.and_then(|face| self.labels.get(face as usize)).copied());
            let mut heights: Vec<i64> = labels.map(|label| self.height(point, label)).collect();
            heights.dedup();
            let mut levels = heights.clone();
            levels.sort_unstable();
            levels.dedup();
            let pinched = levels.iter().rev().find(|level| {
                let above = |height: &i64| height >= level;
                let next = heights.iter().cycle().skip(1);
                heights.iter().zip(next).filter(|(a, b)| above(a) != above(b)).count() > 2
            });
            found.extend(pinched.map(|level| (point, *level)));
        }
        found
    }

    /// Resolves what is left by raising single points, which ends because it only ever raises.
    fn settle(&mut self) {
        loop {
            let mut raised: BTreeSet<u32> = BTreeSet::new();
            for side in self.sides() {
                let [from, to] = self.steps(side);
                if from.signum() * to.signum() < 0 {
                    let [a, b] = side.0;
                    raised.insert(if from.abs() < to.abs() { a } else { b });
                }
            }
            raised.extend(self.pinches().into_iter().map(|(point, _)| point));
            if raised.is_empty() {
                return;
            }
            for point in raised {
                let heights = self.heights.range((point, 0)..=(point, u32::MAX));
                let top = heights.map(|(_, height)| *height).max().unwrap_or(0);
                self.heights.range_mut((point, 0)..=(point, u32::MAX)).for_each(|(_, height)| *height = top);
            }
        }
    }

    /// The tops, the walls between them, and the underside as a fan.
    fn body(&self, [wide, high]: [i64; 2], watch: &mut Watch) -> Result<Vec<[Corner; 3]>> {
        let mut triangles = Vec::with_capacity(self.net.faces.len() * 3);
        let at = |point: u32, z: i64| {
            let [x, y] = self.net.points.get(point as usize).copied().unwrap_or_default();
            [x, y, z]
        };
        for (face, label) in self.net.faces.iter().zip(&self.labels) {
            triangles.push(face.corners.map(|corner| at(corner, self.height(corner, Some(*label)))));
        }
        watch.at(Stage::Draw, 3, 4)?;
        for side in self.sides() {
            let ([a, b], left, right) = side;
            // Upright edges are divided at every height that meets them, or walls beside would not fit.
            let [mut from, mut to] = [a, b].map(|end| {
                let (start, end_) = (self.height(end, Some(left)), self.height(end, right));
                let mut levels: Vec<i64> = self.levels(end, start.min(end_), start.max(end_));
                if start > end_ {
                    levels.reverse();
                }
                levels.into_iter().map(move |z| at(end, z)).collect::<Vec<_>>().into_iter().peekable()
            });
            let (Some(mut low), Some(mut top)) = (from.next(), to.next()) else { continue };
            loop {
                if let Some(next) = from.next() {
                    triangles.push([top, low, next]);
                    low = next;
                } else if to.peek().is_none() {
                    break;
                }
                if let Some(next) = to.next() {
                    triangles.push([top, low, next]);
                    top = next;
                }
            }
            if right.is_none() {
                triangles.push([[wide / 2, high / 2, 0], at(b, 0), at(a, 0)]);
            }
        }
        Ok(triangles)
    }

    /// The heights that meet at a point, between two of them.
    fn levels(&self, point: u32, least: i64, most: i64) -> Vec<i64> {
        let all = self.heights.range((point, 0)..=(point, u32::MAX)).map(|(_, height)| *height);
        let levels: BTreeSet<i64> = all.filter(|height| (least..=most).contains(height)).chain([least, most]).collect();
        levels.into_iter().collect()
    }
}
