//! **Network**: streets as a directed graph, for routing and traffic.

mod access;
mod direction;
mod expand;
mod link;
mod speed;
mod turn;

pub use link::link;

use crate::map::Features;
use crate::note::Notes;
use std::ops::Range;

/// Who may pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Modes {
    /// By car.
    pub car: bool,
    /// By bicycle.
    pub bicycle: bool,
    /// On foot.
    pub foot: bool,
}

impl Modes {
    /// Everybody.
    pub const ALL: Self = Self { car: true, bicycle: true, foot: true };
    /// Nobody.
    pub const NONE: Self = Self { car: false, bicycle: false, foot: false };

    /// True if nobody may pass.
    pub fn is_none(self) -> bool {
        self == Self::NONE
    }

    /// Those of both.
    pub fn and(self, other: Self) -> Self {
        Self { car: self.car && other.car, bicycle: self.bicycle && other.bicycle, foot: self.foot && other.foot }
    }

    /// Those of this one that are not in the other.
    pub fn without(self, other: Self) -> Self {
        Self { car: self.car && !other.car, bicycle: self.bicycle && !other.bicycle, foot: self.foot && !other.foot }
    }
}

/// A place where ways meet, part, end, or are barred.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Row of the OSM node.
    pub row: u32,
    /// 0; counts the copies that [`Network::expand`] makes.
    pub copy: u32,
    /// Longitude and latitude.
    pub place: [f64; 2],
    /// Who may pass a barrier here.
    pub passable: Modes,
    /// Streets that end here: pieces between nodes, each once whatever directions it has; loops end twice.
    pub streets: u32,
}

/// A piece of a way in one direction.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Row of `nodes` it leaves.
    pub from: u32,
    /// Row of `nodes` it reaches.
    pub to: u32,
    /// Row of `features.rows`: the way.
    pub feature: u32,
    /// Its course in `points`, in this direction.
    pub points: Range<u32>,
    /// Metres on the ellipsoid.
    pub length: f64,
    /// Who may pass in this direction.
    pub modes: Modes,
    /// What a car may drive, km/h.
    pub speed: f64,
    /// Runs against the direction of the way.
    pub reversed: bool,
    /// Vehicles may pass in one direction only.
    pub oneway: bool,
}

impl Edge {
    /// Seconds at the speed of the fastest who may pass: by car as fast as allowed, by bicycle 15 km/h, on foot 5 km/h.
    pub fn seconds(&self) -> f64 {
        self.length / (self.pace() / 3.6)
    }

    /// The speed of the fastest who may pass, km/h.
    pub fn pace(&self) -> f64 {
        match self.modes {
            Modes { car: true, .. } => self.speed,
            Modes { bicycle: true, .. } => speed::BICYCLE.min(self.speed),
            _ => speed::FOOT,
        }
    }
}

/// A turn that is not allowed: these edges, one after the other.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// Rows of `edges`, two or more.
    pub edges: Vec<u32>,
    /// Who must not turn.
    pub modes: Modes,
}

/// A directed graph; between two nodes there may be several edges.
pub struct Network<'f, 'm> {
    /// Where names and tags are.
    pub features: &'f Features<'m>,
    /// By ascending OSM id.
    pub nodes: Vec<Node>,
    /// By way, along the way, forward before backward.
    pub edges: Vec<Edge>,
    /// Courses of edges, longitude and latitude.
    pub points: Vec<[f64; 2]>,
    /// What restrictions of turning forbid.
    pub turns: Vec<Turn>,
    /// What was left out.
    pub notes: Notes,
}

impl Network<'_, '_> {
    /// The course of an edge.
    pub fn course(&self, edge: &Edge) -> &[[f64; 2]] {
        self.points.get(edge.points.start as usize..edge.points.end as usize).unwrap_or(&[])
    }

    /// Keeps what is open to one of `modes`, and the nodes and turns that this leaves.
    pub fn keep(&mut self, modes: Modes) {
        let mut edges = Vec::with_capacity(self.edges.len());
        let mut rows = vec![u32::MAX; self.edges.len()];
        for (edge, row) in self.edges.iter().zip(&mut rows) {
            let modes = edge.modes.and(modes);
            if !modes.is_none() {
                *row = edges.len() as u32;
                edges.push(Edge { modes, ..edge.clone() });
            }
        }
        self.edges = edges;
        let row = |old: &u32| rows.get(*old as usize).copied().filter(|row| *row != u32::MAX);
        let turns = std::mem::take(&mut self.turns).into_iter();
        self.turns = turns
            .filter_map(|turn| {
                let edges: Option<Vec<u32>> = turn.edges.iter().map(row).collect();
                let modes = turn.modes.and(modes);
                edges.filter(|_| !modes.is_none()).map(|edges| Turn { edges, modes })
            })
            .collect();
        self.drop_lonely();
        self.count_streets();
    }

    /// Counts the streets at every node, as OSMnx does (`stats.count_streets_per_node`).
    fn count_streets(&mut self) {
        self.nodes.iter_mut().for_each(|node| node.streets = 0);
        let mut before: Option<&Edge> = None;
        for edge in &self.edges {
            // The two directions of a piece stand one behind the other.
            let again = before.is_some_and(|before| {
                edge.reversed
                    && !before.reversed
                    && (edge.feature, edge.from, edge.to) == (before.feature, before.to, before.from)
            });
            before = Some(edge);
            for end in [edge.from, edge.to].into_iter().filter(|_| !again) {
                if let Some(node) = self.nodes.get_mut(end as usize) {
                    node.streets += 1;
                }
            }
        }
    }

    /// Takes out nodes without edges.
    fn drop_lonely(&mut self) {
        let mut used = vec![false; self.nodes.len()];
        for end in self.edges.iter().flat_map(|edge| [edge.from, edge.to]) {
            if let Some(used) = used.get_mut(end as usize) {
                *used = true;
            }
        }
        let mut rows = Vec::with_capacity(used.len());
        let mut count = 0;
        for used in &used {
            rows.push(count);
            count += u32::from(*used);
        }
        let mut kept = used.into_iter();
        self.nodes.retain(|_| kept.next().unwrap_or(false));
        for edge in &mut self.edges {
            for end in [&mut edge.from, &mut edge.to] {
                *end = rows.get(*end as usize).copied().unwrap_or(0);
            }
        }
    }
}
