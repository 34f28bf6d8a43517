//! Restrictions of turning as part of the graph: nodes are copied where it matters how one came there.

use super::{Edge, Modes, Network, Node};
use crate::order;
use hashbrown::HashMap;

impl Network<'_, '_> {
    /// A graph in which any path obeys the restrictions. A copy of a node remembers the edges before it; what must not
    /// follow them is missing there, or open only to those whom the restriction does not bind. Lengths stay the same.
    pub fn expand(&mut self) {
        let all = std::mem::take(&mut self.turns);
        // Beginnings of forbidden sequences: each is the memory of a copy.
        let mut memories: Vec<&[u32]> = Vec::new();
        for turn in &all {
            memories.extend((1..turn.edges.len()).filter_map(|end| turn.edges.get(..end)));
        }
        order::sort(&mut memories);
        memories.dedup();
        let turns = all.iter().map(|turn| (turn.edges.as_slice(), turn.modes));
        let forbidden: HashMap<&[u32], Modes, foldhash::fast::FixedState> = turns.collect();
        let mut nodes = self.nodes.clone();
        let mut copies: HashMap<u32, u32, foldhash::fast::FixedState> = HashMap::default();
        let mut states: HashMap<&[u32], u32, foldhash::fast::FixedState> = HashMap::default();
        for memory in &memories {
            let last = memory.last().and_then(|&edge| self.edges.get(edge as usize));
            let Some((at, node)) = last.and_then(|edge| Some((edge.to, self.nodes.get(edge.to as usize)?))) else {
                continue;
            };
            let copy = copies.entry(at).or_insert(0);
            *copy += 1;
            states.insert(memory, nodes.len() as u32);
            nodes.push(Node { copy: *copy, ..node.clone() });
        }
        let mut leaving: Vec<Vec<u32>> = vec![Vec::new(); self.nodes.len()];
        for (row, edge) in self.edges.iter().enumerate() {
            if let Some(list) = leaving.get_mut(edge.from as usize) {
                list.push(row as u32);
            }
        }
        let mut edges: Vec<Edge> = Vec::with_capacity(self.edges.len());
        // Where an edge leads: to the copy that remembers the longest end of the path, or to the node itself.
        let target = |path: &[u32], edge: &Edge| {
            let mut ends = (0..path.len()).filter_map(|start| path.get(start..));
            ends.find_map(|end| states.get(end).copied()).unwrap_or(edge.to)
        };
        for (row, edge) in self.edges.iter().enumerate() {
            edges.push(Edge { to: target(&[row as u32], edge), ..edge.clone() });
        }
        for memory in memories {
            let Some(&from) = states.get(memory) else { continue };
            let last = memory.last().and_then(|&edge| self.edges.get(edge as usize));
            for &next in last.and_then(|last| leaving.get(last.to as usize)).into_iter().flatten() {
                let Some(edge) = self.edges.get(next as usize) else { continue };
                let path: Vec<u32> = memory.iter().copied().chain([next]).collect();
                let ends = (0..path.len()).filter_map(|start| forbidden.get(path.get(start..)?));
                let modes = ends.fold(edge.modes, |modes, forbidden| modes.without(*forbidden));
                if modes != Modes::NONE {
                    edges.push(Edge { from, to: target(&path, edge), modes, ..edge.clone() });
                }
            }
        }
        self.nodes = nodes;
        self.edges = edges;
        self.drop_lonely();
    }
}
