//! **Osm** is what was read: nodes, ways and relations in columns, tags interned, coordinates in units of 1e-7 degrees.

mod builder;
mod columns;
mod feed;
mod history;
mod json;
mod number;
pub mod overpass;
mod pbf;
mod read;
mod rows;
mod store;
mod synthetic;
mod unpack;
mod xml;

pub use builder::Builder;
pub use read::{InputKind, Reader, read, read_from, recognise};
pub use rows::{Strings, Tags};
pub use store::{Member, Nodes, Osm, Relations, Ways};
pub use unpack::unpacked;

/// Whose the data is and on what terms, as every file says it.
pub const ATTRIBUTION: &str = "© OpenStreetMap contributors, ODbL";
/// The licence of the data.
pub const LICENCE: &str = "https://opendatacommons.org/licenses/odbl/1-0/";
/// Where OpenStreetMap says what it asks of those who show its data.
pub const COPYRIGHT: &str = "https://www.openstreetmap.org/copyright";

/// Text interned in [`Strings`].
pub type StringId = u32;

/// The three kinds of OSM elements, in the order OSM sorts them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A node, `n`.
    Node,
    /// A way, `w`.
    Way,
    /// A relation, `r`.
    Relation,
}

impl Kind {
    /// `n`, `w` or `r`, as in the field `osm_type`.
    pub fn letter(self) -> char {
        match self {
            Self::Node => 'n',
            Self::Way => 'w',
            Self::Relation => 'r',
        }
    }
}

/// One element: its kind and its row in the columns of that kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Element {
    /// Which columns.
    pub kind: Kind,
    /// Which row.
    pub index: u32,
}

/// A place in units of 1e-7 degrees: `[longitude, latitude]`.
pub type LonLatE7 = [i32; 2];

/// A box in units of 1e-7 degrees. `west > east` crosses the antimeridian.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// Western longitude.
    pub west: i32,
    /// Southern latitude.
    pub south: i32,
    /// Eastern longitude.
    pub east: i32,
    /// Northern latitude.
    pub north: i32,
}

impl Bounds {
    /// The smallest box around both: of the two ways around the earth the shorter one.
    pub fn join(self, other: Self) -> Self {
        const ROUND: i64 = 3_600_000_000;
        let east_of = |from: i32, to: i32| (i64::from(to) - i64::from(from)).rem_euclid(ROUND);
        let width = |of: &Self| match i64::from(of.east) - i64::from(of.west) {
            width if width < 0 => width + ROUND,
            width => width,
        };
        let reach = |a: &Self, b: &Self| width(a).max(east_of(a.west, b.west) + width(b));
        let (first, length) = match (reach(&self, &other), reach(&other, &self)) {
            (from_self, from_other) if from_self <= from_other => (self, from_self),
            (_, from_other) => (other, from_other),
        };
        let (west, east) = match i64::from(first.west) + length {
            _ if length >= ROUND => (-1_800_000_000, 1_800_000_000),
            east if east > ROUND / 2 => (first.west, (east - ROUND) as i32),
            east => (first.west, east as i32),
        };
        Self { west, south: self.south.min(other.south), east, north: self.north.max(other.north) }
    }
}

#[cfg(test)]
mod tests {
    use super::Bounds;

    #[test]
    fn boxes_are_joined_the_shorter_way_around_the_earth() {
        let join = |[a, b]: [i32; 2], [c, d]: [i32; 2]| {
            let of = |west: i32, east: i32| Bounds {
                west: west * 10_000_000,
                south: west.min(east),
                east: east * 10_000_000,
                north: west.max(east),
            };
            let (one, two) = (of(a, b).join(of(c, d)), of(c, d).join(of(a, b)));
            assert_eq!(one, two);
            [one.west, one.east].map(|side| side / 10_000_000)
        };
        assert_eq!(join([8, 9], [10, 12]), [8, 12]);
        assert_eq!(join([8, 12], [9, 10]), [8, 12]);
        assert_eq!(join([8, 10], [9, 12]), [8, 12]);
        assert_eq!(join([179, 180], [-180, -179]), [179, -179]);
        assert_eq!(join([170, -170], [-171, -160]), [170, -160]);
        assert_eq!(join([170, -170], [175, 178]), [170, -170]);
        assert_eq!(join([-180, 180], [5, 6]), [-180, 180]);
        assert_eq!(join([-120, 120], [100, -100]), [-180, 180]);
    }
}
