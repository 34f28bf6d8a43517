//! Features → regions of the ground, each with a top.

use super::super::building::{self, Losses};
use super::super::outline::hidden;
use super::super::ribbon::quads;
use super::super::{raise, ring};
use super::{Measures, STEPS};
use crate::error::Result;
use crate::geo::buckets::Buckets;
use crate::geo::node::Segment;
use crate::geo::overlay::{fill, intersect, unite};
use crate::geo::ring::{Box, Path, Point, Polygon, Side, area2, bounds, holds, side};
use crate::map::{Feature, Features, Geometry};
use crate::watch::{Stage, Watch};

/// What a building is at least high, mm: two layers of a printer.
const LOWEST: f64 = 0.4;
/// What may be printed at all, steps; beyond, single precision would not hold hundredths any more.
const HIGHEST: f64 = 4e6;

/// What lies above what; the higher wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    Ground,
    Water,
    Road,
    Building,
}

/// The upper side of a region, steps above the underside.
#[derive(Debug, Clone)]
pub(super) enum Top {
    Flat(i64),
    /// From `low` to `high` by the least of planes: share = a x + b y + c.
    Roof {
        low: i64,
        high: i64,
        planes: Vec<[f64; 3]>,
    },
}

impl Top {
    /// How high it is at a point.
    pub fn at(&self, [x, y]: [f64; 2]) -> i64 {
        match self {
            Self::Flat(z) => *z,
            Self::Roof { low, high, planes } => {
                let share = planes.iter().map(|[a, b, c]| a * x + b * y + c).fold(f64::INFINITY, f64::min);
                low + libm::round((high - low) as f64 * share.clamp(0.0, 1.0)) as i64
            }
        }
    }
}

/// A region of the ground. Its borders are kept three times as large, so that the middle of a triangle is a point of
/// the same grid.
#[derive(Debug)]
pub(super) struct Region {
    pub rank: Rank,
    pub top: Top,
    /// The box around it, three times as large.
    pub reach: Box,
    edges: Vec<[Point; 2]>,
    buckets: Buckets,
}

impl Region {
    fn new(rank: Rank, top: Top, polygons: &[Polygon]) -> Option<Self> {
        let thrice = |point: &Point| point.map(|side| side * 3);
        let pairs = polygons.iter().flatten().flat_map(|ring| ring.array_windows());
        let edges: Vec<[Point; 2]> = pairs.map(|[a, b]| [thrice(a), thrice(b)]).collect();
        let reach = bounds(edges.iter().flatten())?;
        let buckets = Buckets::new(edges.iter().filter_map(|edge| bounds(edge.iter())).collect());
        Some(Self { rank, top, reach, edges, buckets })
    }

    /// Whether it holds a point, given three times as large. Only borders to the right of the point count.
    pub fn holds(&self, point: &Point) -> bool {
        let [x, y] = *point;
        let right = self.buckets.near(&[x, y, self.reach[2].max(x), y]);
        let edges = right.into_iter().filter_map(|row| self.edges.get(row)).map(|edge| &edge[..]);
        side(point, edges) != Side::Out
    }
}

/// The ground with all that lies on it.
pub(super) struct Ground {
    /// Width and height in steps.
    pub size: [i64; 2],
    /// The first is the bare ground.
    pub regions: Vec<Region>,
    /// Borders and roof edges.
    pub lines: Vec<Segment>,
    pub tunnels: u64,
    pub thin: u64,
    pub small: u64,
    origin: [f64; 2],
    /// Steps for a metre.
    per_metre: f64,
}

impl Ground {
    pub fn new(features: &Features, measures: &Measures) -> Self {
        let [left, bottom, right, top] = features.extent;
        let per_metre = measures.size * STEPS / (right - left).max(top - bottom).max(1e-9);
        let size = [right - left, top - bottom].map(|side| (libm::round(side * per_metre) as i64).max(1));
        let mut ground = Self {
            size,
            regions: vec![],
            lines: vec![],
            tunnels: 0,
            thin: 0,
            small: 0,
            origin: [left, bottom],
            per_metre,
        };
        ground.add(Rank::Ground, Top::Flat(steps(measures.base)), &[vec![ground.frame()]]);
        ground
    }

    fn frame(&self) -> Path {
        let [w, h] = self.size;
        vec![[0, 0], [w, 0], [w, h], [0, h], [0, 0]]
    }

    /// Adds a region with its borders.
    pub fn add(&mut self, rank: Rank, top: Top, polygons: &[Polygon]) {
        self.lines.extend(polygons.iter().flatten().flat_map(|ring| ring.array_windows()).copied());
        self.regions.extend(Region::new(rank, top, polygons));
    }

    /// Metres about the corner of the frame → the grid.
    fn step(&self, point: [f64; 2]) -> Point {
        point.map(|value| libm::round(value * self.per_metre) as i64)
    }

    /// What of closed rings lies on the plate.
    fn cut(&self, rings: &[Path]) -> Vec<Polygon> {
        let all = rings.iter().map(Path::as_slice);
        let [w, h] = self.size;
        let mut found = match bounds(rings.iter().flatten()) {
            Some(reach) if holds(&[0, 0, w, h], &reach) => fill(all),
            Some(_) => intersect(all, [self.frame().as_slice()]),
            None => Vec::new(),
        };
        // What crosses the edge is rounded, and not always to the inside.
        for [x, y] in found.iter_mut().flatten().flatten() {
            (*x, *y) = ((*x).clamp(0, w), (*y).clamp(0, h));
        }
        found
    }

    /// The area of a feature.
    fn area(&self, features: &Features, feature: &Feature) -> Vec<Polygon> {
        let parts = features.shapes.parts(&feature.parts).iter();
        let step = |[x, y]: &[f64; 2]| self.step([x - self.origin[0], y - self.origin[1]]);
        let rings: Vec<Path> = parts.map(|part| features.shapes.points(part).iter().map(step).collect()).collect();
        self.cut(&rings)
    }

    /// Lines as wide as they are, and at least `least`; none where that would be more than twice as wide.
    fn ribbon(&mut self, features: &Features, feature: &Feature, least: f64) -> Vec<Polygon> {
        let Some(width) = raise::width(features.class(feature)) else { return Vec::new() };
        let least = least * STEPS / self.per_metre;
        if width < least / 2.0 {
            self.thin += 1;
            return Vec::new();
        }
        let mut pieces = Vec::new();
        for part in features.shapes.parts(&feature.parts) {
            let points = features.shapes.points(part);
            let line: Vec<[f64; 2]> = points.iter().map(|[x, y]| [x - self.origin[0], y - self.origin[1]]).collect();
            for quad in quads(&line, width.max(least)) {
                let ring: Path = quad.iter().chain(quad.first()).map(|corner| self.step(*corner)).collect();
                pieces.extend(self.cut(&[ring]));
            }
        }
        pieces
    }

    /// Adds a building or part.
    fn building(&mut self, features: &Features, feature: &Feature, measures: &Measures, losses: &mut Losses) {
        let footprints = ring::polygons(features, feature, self.origin);
        let ground = steps(measures.base);
        let high = |metres: f64| {
            let rise = (metres * self.per_metre * measures.exaggeration).clamp(LOWEST * STEPS, HIGHEST);
            ground + libm::round(rise) as i64
        };
        let mut found = Vec::new();
        for block in building::blocks(features, feature, &footprints, losses) {
            let closed =
                |ring: &Vec<[f64; 2]>| ring.iter().chain(ring.first()).map(|point| self.step(*point)).collect();
            let rings: Vec<Path> = block.rings.iter().map(closed).collect();
            let polygons = self.cut(&rings);
            let area: i128 = polygons.iter().flatten().map(|ring| area2(ring)).sum();
            if (area as f64) < measures.least * measures.least * STEPS * STEPS / 2.0 {
                self.small += 1;
                continue;
            }
            let [_, eaves, top] = block.levels.map(high);
            let Some(roof) = block.roof.filter(|_| top > eaves) else {
                found.push((Top::Flat(top), polygons, vec![]));
                continue;
            };
            let panels = roof.panels.iter();
            let flat = |[x, y, _]: &[f64; 3]| self.step([*x, *y]);
            let rings = panels.map(|panel| panel.iter().chain(panel.first()).map(flat).collect::<Path>());
            let [w, h] = self.size;
            let creases: Vec<Segment> = rings
                .flat_map(|ring| ring.array_windows().copied().collect::<Vec<Segment>>())
                .filter(|edge| bounds(edge.iter()).is_some_and(|reach| holds(&[0, 0, w, h], &reach)))
                .collect();
            let planes = roof.planes.iter().map(|[a, b, c]| [a / self.per_metre, b / self.per_metre, *c]).collect();
            found.push((Top::Roof { low: eaves, high: top, planes }, polygons, creases));
        }
        for (top, polygons, creases) in found {
            self.lines.extend(creases);
            self.add(Rank::Building, top, &polygons);
        }
    }
}

/// Millimetres → steps.
fn steps(mm: f64) -> i64 {
    libm::round(mm * STEPS) as i64
}

/// Finds the regions of a map. Roads and waters become one region each, as wide as they are printed.
pub(super) fn collect(
    ground: &mut Ground,
    features: &Features,
    measures: &Measures,
    losses: &mut Losses,
    watch: &mut Watch,
) -> Result<()> {
    let hidden = hidden(features, ground.origin, losses, watch)?;
    let (mut waters, mut roads) = (Vec::new(), Vec::new());
    let total = features.rows.len() as u64;
    for (done, feature) in features.rows.iter().enumerate() {
        if done.is_multiple_of(500) {
            watch.at(Stage::Draw, done as u64 / 2, total)?;
        }
        let found = match features.class(feature).layer {
            "buildings" if feature.geometry == Geometry::Area && !hidden.contains(&done) => {
                ground.building(features, feature, measures, losses);
                continue;
            }
            "water" if measures.water > 0.0 => &mut waters,
            "roads" | "railways" if measures.roads != 0.0 => &mut roads,
            _ => continue,
        };
        if feature.layer_z < 0 {
            ground.tunnels += 1;
            continue;
        }
        match feature.geometry {
            Geometry::Area => found.extend(ground.area(features, feature)),
            Geometry::Line => found.extend(ground.ribbon(features, feature, measures.least)),
            Geometry::Point => {}
        }
    }
    let whole = |polygons: &[Polygon]| unite(polygons.iter().map(|rings| rings.iter().map(Path::as_slice)));
    // Half of the plate stays under what is cut into it.
    let cut = |depth: f64| Top::Flat(steps(measures.base - depth.min(measures.base / 2.0)));
    ground.add(Rank::Water, cut(measures.water), &whole(&waters));
    watch.at(Stage::Draw, total / 2, total)?;
    ground.add(Rank::Road, cut(-measures.roads), &whole(&roads));
    watch.at(Stage::Draw, total / 2, total)
}
