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
