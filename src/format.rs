//! **Format** turns one product into bytes. A family of formats is one file or folder in its pack; the packs are listed
//! in [`list`].

#[cfg(feature = "cad")]
pub mod autocad;
#[cfg(any(feature = "dataset", feature = "pictures"))]
pub mod bundle;
#[cfg(feature = "dataset")]
pub mod cells;
#[cfg(feature = "styled")]
pub mod database;
#[cfg(feature = "dataset")]
pub mod degrees;
#[cfg(feature = "table")]
pub mod delimited;
#[cfg(feature = "cad")]
pub mod drafting;
#[cfg(any(feature = "core", feature = "dataset"))]
pub mod elements;
pub(crate) mod family;
#[cfg(feature = "styled")]
pub mod geopackage;
#[cfg(feature = "dataset")]
pub mod json_cells;
pub mod list;
#[cfg(any(feature = "dataset", feature = "pictures"))]
pub mod mbtiles;
#[cfg(any(feature = "dataset", feature = "print"))]
pub mod opendocument;
#[cfg(any(feature = "dataset", feature = "print"))]
pub mod openxml;
mod option;
#[cfg(feature = "pixels")]
pub mod packet;
#[cfg(feature = "scene")]
pub mod painting;
#[cfg(feature = "pictures")]
pub mod pixels;
#[cfg(any(feature = "drawing", feature = "pictures"))]
pub mod png_writer;
#[cfg(feature = "styled")]
pub mod qgis;
#[cfg(feature = "dataset")]
pub mod sheets;
#[cfg(feature = "styled")]
pub mod sld;
#[cfg(feature = "dataset")]
pub mod spatial;
#[cfg(feature = "styled")]
pub mod terms;
#[cfg(feature = "tiles")]
pub mod tileset;
#[cfg(feature = "dataset")]
pub mod viewer;
mod write;

#[cfg(feature = "cad")]
pub mod cad;
#[cfg(feature = "core")]
pub mod core;
#[cfg(feature = "dataset")]
pub mod dataset;
#[cfg(feature = "drawing")]
pub mod drawing;
#[cfg(feature = "pictures")]
pub mod pictures;
#[cfg(feature = "print")]
pub mod print;
#[cfg(feature = "solid")]
pub mod solid;

pub use list::{Entry, PACKS, Pack, find, formats, with_extension};
#[cfg(feature = "table")]
pub use option::COLUMNS;
#[cfg(feature = "styled")]
pub use option::sea;
pub use option::{Opt, OptKind, Settings};
pub use write::{Job, Products, Write, Written};

use serde::Serialize;

/// One file format: what people and programs need to know of it, and how it is written. The versions and profiles of a
/// family say only what differs from its head: `Format { id, …, ..HEAD }`. The catalogue shows it field by field, in this order.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Format {
    /// Its id: URL path, golden name, JavaScript string; that of the family's head is the file's name, too.
    #[serde(skip)]
    pub id: &'static str,
    /// Other names it is accepted under.
    #[serde(skip)]
    pub aliases: &'static [&'static str],
    /// What its family is called, where that has several versions: `DXF`.
    #[serde(rename = "family_title")]
    pub family: &'static str,
    /// Which of the family it is: `R12`, `2018`. Empty in families of one.
    pub version: &'static str,
    /// Its name for people.
    pub title: &'static str,
    /// File extension without the dot.
    pub extension: &'static str,
    /// Media type.
    pub mime: &'static str,
    /// From which tier on a server writes it.
    pub tier: Tier,
    /// What people want who choose it, most of them first.
    pub topics: &'static [Topic],
    /// One sentence.
    pub about: &'static str,
    /// Who uses it.
    pub for_whom: &'static str,
    /// What of the map is kept.
    pub kept: &'static str,
    /// What is lost.
    pub lost: &'static str,
    /// Programs that open it; people search for these names.
    pub programs: &'static [&'static str],
    /// Where the specification stands that it follows.
    pub specification: &'static str,
    /// Where in the file “© OpenStreetMap contributors” stands.
    pub credit: Credit,
    /// Where in the file it is said how it was made ([`Provenance`](crate::provenance::Provenance)); none where its kind has
    /// no place for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provenance: Option<&'static str>,
    /// What its size depends on.
    pub size: Size,
    /// What writing it takes.
    pub memory: Memory,
    /// Its options.
    pub options: &'static [Opt],
    /// How it is written, and from which product.
    #[serde(skip)]
    pub write: Write,
}

/// What a key of a server was bought for; a format names the least that writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// For trying; formats for everybody.
    Free,
    /// For single people.
    Basic,
    /// For offices.
    Pro,
    /// Without a daily limit, and served first; no format asks for it.
    Enterprise,
}

/// What somebody wants to do with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Print and design.
    Print,
    /// Computer-aided design.
    Cad,
    /// Geographic information systems and their data.
    Gis,
    /// Web maps.
    Web,
    /// 3D printing.
    Printing3d,
    /// 3D scenes and games.
    Games,
    /// Traffic and its simulation, routing, graphs.
    Simulation,
    /// GPS devices and navigation.
    Gps,
    /// Office documents and tables.
    Office,
    /// Pictures.
    Pictures,
    /// Machines that cut, draw, engrave.
    Making,
}

/// All topics, in the order in which people are asked.
pub const TOPICS: [Topic; 11] = [
    Topic::Print,
    Topic::Cad,
    Topic::Gis,
    Topic::Web,
    Topic::Printing3d,
    Topic::Games,
    Topic::Simulation,
    Topic::Gps,
    Topic::Office,
    Topic::Pictures,
    Topic::Making,
];

/// Where a file names the source of its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "text", rename_all = "snake_case")]
pub enum Credit {
    /// In the file, at this place of its structure; the format's reader finds it there.
    Inside(&'static str),
    /// Nowhere: why it cannot. The note `credit` says it with every file.
    Nowhere(&'static str),
}

/// What the size of a file depends on, besides what even an empty one takes. How many bytes each is is measured
/// (`www/page/sizes.mjs`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Size {
    /// On the elements in the area.
    Elements,
    /// On the elements of the whole input.
    Input,
    /// On the pixels of the sheet.
    Pixels,
}

/// What writing takes besides the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Memory {
    /// Bounded: the file goes out while it is made.
    Stream,
    /// About as much as the file is large.
    File,
}

impl Format {
    /// True for its id and its aliases.
    pub fn answers_to(&self, name: &str) -> bool {
        self.id == name || self.aliases.contains(&name)
    }

    /// The name of the file that holds the family of which this is the head.
    pub fn file(&self) -> String {
        let digit = self.id.starts_with(|c: char| c.is_ascii_digit());
        if digit { format!("f{}", self.id) } else { self.id.to_owned() }.replace('-', "_")
    }
}
