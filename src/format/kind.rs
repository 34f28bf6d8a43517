//! What a format is: what people and programs need to know of it, and how it is written.

use super::option::{Opt, Settings};
use crate::error::Result;
use crate::map::Features;
#[cfg(feature = "solid")]
use crate::mesh::Mesh;
use crate::network::Network;
use crate::note::Notes;
use crate::osm::Osm;
#[cfg(feature = "drawing")]
use crate::scene::{Scene, raster::Raster};
use crate::table::{Split, Table};
use crate::tiles::Tiles;
use crate::watch::Watch;
use serde::Serialize;

/// A format and the pack it comes in.
#[derive(Debug, Clone, Copy)]
pub struct Entry {
    /// `core`, `drawing`, `cad`, `solid` or `dataset`.
    pub pack: &'static str,
    /// The format.
    pub format: &'static Format,
}

/// One file format: what people and programs need to know of it, and how it is written.
#[derive(Debug)]
pub struct Format {
    /// Its id: file name, URL path, golden name, JavaScript string.
    pub id: &'static str,
    /// Other names it is accepted under.
    pub aliases: &'static [&'static str],
    /// Its name for people.
    pub title: &'static str,
    /// File extension without the dot.
    pub extension: &'static str,
    /// Media type.
    pub mime: &'static str,
    /// From which tier on a server writes it.
    pub tier: Tier,
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
    /// Its options.
    pub options: &'static [Opt],
    /// How it is written, and from which product.
    pub write: Write,
}

/// REST tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tier {
    /// For everybody.
    Free,
    /// From basic on.
    Basic,
    /// From pro on.
    Pro,
}

/// What a writer has besides its product.
pub struct Job<'a> {
    /// The format's options, complete and checked.
    pub settings: &'a Settings,
    /// Losses to tell the caller.
    pub notes: &'a mut Notes,
    /// The whole request, for the few formats that need more (text mode, page).
    pub request: &'a crate::request::Request,
}

/// A writer's result: the bytes of the file.
pub type Written = Result<Vec<u8>>;

/// The product a format is made from, and the function that writes it.
#[derive(Clone, Copy)]
pub enum Write {
    /// What was read, never filtered and never cut.
    Osm(fn(&Osm, &mut Job, &mut Watch) -> Written),
    /// Features in degrees or metres with attributes.
    Features(fn(&Features, &mut Job, &mut Watch) -> Written),
    /// Features as rows of tables, one or many.
    Table(Split, fn(&[Table], &mut Job, &mut Watch) -> Written),
    /// Streets as a directed graph, the writer's own to change.
    Network(fn(&mut Network, &mut Job, &mut Watch) -> Written),
    /// The map ready to be cut into tiles.
    Tiles(fn(&Tiles, &mut Job, &mut Watch) -> Written),
    /// Features in metres of a projected CRS, cut at the frame: drawings in true size.
    Plan(fn(&Features, &mut Job, &mut Watch) -> Written),
    /// A drawn sheet.
    #[cfg(feature = "drawing")]
    Scene(fn(&Scene, &mut Job, &mut Watch) -> Written),
    /// A model in three dimensions.
    #[cfg(feature = "solid")]
    Mesh(fn(&Mesh, &mut Job, &mut Watch) -> Written),
    /// Pixels of a drawn sheet.
    #[cfg(feature = "drawing")]
    Pixels(fn(&mut Raster, &mut Job, &mut Watch) -> Written),
}

impl Write {
    /// The name of the product: a format's family.
    pub fn family(&self) -> &'static str {
        match self {
            Self::Osm(_) => "Osm",
            Self::Features(_) => "Features",
            Self::Table(..) => "Table",
            Self::Network(_) => "Network",
            Self::Tiles(_) => "Tiles",
            Self::Plan(_) => "Plan",
            #[cfg(feature = "solid")]
            Self::Mesh(_) => "Mesh",
            #[cfg(feature = "drawing")]
            Self::Scene(_) => "Scene",
            #[cfg(feature = "drawing")]
            Self::Pixels(_) => "Pixels",
        }
    }
}

impl std::fmt::Debug for Write {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.family())
    }
}

impl Format {
    /// True for its id and its aliases.
    pub fn answers_to(&self, name: &str) -> bool {
        self.id == name || self.aliases.contains(&name)
    }
}
