//! The packed R-tree of FlatGeobuf: nodes of sixteen, level by level from the root; all are full but the last of each level.

/// Children of a node.
pub const NODE: usize = 16;
/// Bytes of a node: a box and an offset.
const BYTES: u64 = 40;

/// A box, and where it leads: a feature's first byte, counted from that of the first feature, or the row of the first child.
type Node = ([f64; 4], u64);

/// The tree.
pub struct Tree(Vec<Node>);

/// How many nodes each level has, from the features up to the root. A tree of one feature has a root above it.
fn levels(features: usize) -> Vec<usize> {
    let mut levels = vec![features];
    let mut count = features;
    if features == 0 {
        return levels;
    }
    loop {
        count = count.div_ceil(NODE);
        levels.push(count);
        if count == 1 {
            return levels;
        }
    }
}

/// Bytes of the tree of so many features.
pub fn size(features: usize) -> u64 {
    levels(features).iter().sum::<usize>() as u64 * BYTES
}

impl Tree {
    /// Of the features in their order.
    pub fn new(leaves: Vec<Node>) -> Self {
        let counts = levels(leaves.len());
        let mut levels = vec![leaves];
        // Where each level begins: the root at 0.
        let mut starts: Vec<usize> =
            counts.iter().rev().scan(0, |at, count| Some(std::mem::replace(at, *at + count))).collect();
        starts.reverse();
        for start in starts.iter().take(counts.len() - 1) {
            let below = levels.last().map(Vec::as_slice).unwrap_or_default();
            let level =
                below.chunks(NODE).enumerate().map(|(row, children)| (around(children), (start + row * NODE) as u64));
            levels.push(level.collect());
        }
        levels.reverse();
        Self(levels.concat())
    }

    /// Every node as it stands in the file.
    pub fn nodes(&self) -> impl Iterator<Item = [u8; BYTES as usize]> {
        self.0.iter().map(|(bounds, offset)| {
            let mut bytes = [0; BYTES as usize];
            let numbers = bounds.iter().map(|value| value.to_le_bytes()).chain([offset.to_le_bytes()]);
            bytes.iter_mut().zip(numbers.flatten()).for_each(|(place, byte)| *place = byte);
            bytes
        })
    }
}

fn around(children: &[Node]) -> [f64; 4] {
    let start = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    children.iter().fold(start, |[a, b, c, d], ([west, south, east, north], _)| {
        [a.min(*west), b.min(*south), c.max(*east), d.max(*north)]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_leads_to_its_children() {
        for count in [1, 2, 16, 17, 256, 257, 5000] {
            let leaf = |row: usize| ([row as f64, 0.0, row as f64 + 0.5, 1.0], 1000 + row as u64);
            let tree = Tree::new((0..count).map(leaf).collect());
            assert_eq!(tree.0.len() as u64 * BYTES, size(count));
            assert_eq!(tree.0[0].0, [0.0, 0.0, count as f64 - 0.5, 1.0]);
            let inner = tree.0.len() - count;
            for (row, (bounds, child)) in tree.0[..inner].iter().enumerate() {
                let last = (*child as usize + NODE).min(tree.0.len());
                let next =
                    tree.0.get(row + 1).map_or(last, |(_, next)| if *next >= 1000 { last } else { *next as usize });
                let children = &tree.0[*child as usize..last.min(next.max(*child as usize + 1))];
                assert!(*child as usize > row && around(children)[0] == bounds[0], "{count}: {row}");
            }
        }
        assert_eq!((size(0), Tree::new(vec![]).0.len()), (0, 0));
    }
}
