//! The products that formats are made from, and what a writer is given.

use super::Settings;
#[cfg(feature = "table")]
use super::option::COLUMNS;
use crate::error::Result;
use crate::map::Features;
#[cfg(feature = "mesh")]
use crate::mesh::Mesh;
#[cfg(feature = "network")]
use crate::network::{self, Network};
use crate::note::Notes;
use crate::osm::Osm;
#[cfg(feature = "plan")]
use crate::plan::Plan;
use crate::provenance::Provenance;
#[cfg(feature = "pixels")]
use crate::request::Bbox;
use crate::request::Request;
#[cfg(feature = "scene")]
use crate::scene::Scene;
#[cfg(feature = "pixels")]
use crate::scene::raster::Raster;
#[cfg(any(feature = "pixels", feature = "styled"))]
use crate::sheet::Sheet;
use crate::sink::Sink;
#[cfg(feature = "styled")]
use crate::style::Style;
#[cfg(feature = "styled")]
use crate::styled::StyledLayers;
#[cfg(feature = "table")]
use crate::table::{self, Split, Table};
#[cfg(feature = "tiles")]
use crate::tiles::Tiles;
use crate::watch::Watch;

/// What a writer has besides its product.
pub struct Job<'a> {
    /// The name it was asked by: its id or an alias.
    pub name: &'a str,
    /// What the file is called.
    pub file: &'a str,
    /// The format's options, complete and checked.
    pub settings: &'a Settings,
    /// Losses to tell the caller.
    pub notes: &'a mut Notes,
    /// The whole request, for the few formats that need more (text mode, page).
    pub request: &'a Request,
    /// How the file is made, for its kind's place for that.
    pub provenance: &'a Provenance,
}

/// What a writer answers: its bytes are in the sink.
pub type Written = Result<()>;

/// A function that writes a product.
type Writer<P> = fn(&P, &mut Job, &mut Watch, &mut dyn Sink) -> Written;

/// The product a format is made from, and the function that writes it.
#[derive(Clone, Copy)]
pub enum Write {
    /// What was read, never filtered and never cut.
    Osm(Writer<Osm>),
    /// Features in degrees or metres with attributes.
    Features(fn(&Features, &mut Job, &mut Watch, &mut dyn Sink) -> Written),
    /// Features as rows of tables, one or many.
    #[cfg(feature = "table")]
    Table(Split, fn(&[Table], &mut Job, &mut Watch, &mut dyn Sink) -> Written),
    /// A table for every layer and kind of geometry, and how its classes look.
    #[cfg(feature = "styled")]
    Styled(fn(&StyledLayers, &mut Job, &mut Watch, &mut dyn Sink) -> Written),
    /// Streets as a directed graph, the writer's own to change.
    #[cfg(feature = "network")]
    Network(fn(&mut Network, &mut Job, &mut Watch, &mut dyn Sink) -> Written),
    /// The map ready to be cut into tiles.
    #[cfg(feature = "tiles")]
    Tiles(fn(&Tiles, &mut Job, &mut Watch, &mut dyn Sink) -> Written),
    /// Drawings in true size.
    #[cfg(feature = "plan")]
    Plan(fn(&Plan, &mut Job, &mut Watch, &mut dyn Sink) -> Written),
    /// A drawn sheet.
    #[cfg(feature = "scene")]
    Scene(Writer<Scene>),
    /// A model in three dimensions.
    #[cfg(feature = "mesh")]
    Mesh(Writer<Mesh>),
    /// Pixels of a drawn sheet.
    #[cfg(feature = "pixels")]
    Pixels(fn(&mut Raster, &mut Job, &mut Watch, &mut dyn Sink) -> Written),
    /// Several products one after the other, as the writer asks for them; the name is that of the first.
    Several(&'static str, fn(&mut dyn Products, &mut Job, &mut Watch, &mut dyn Sink) -> Written),
}

/// Lends products; each is made when it is first asked for.
pub trait Products {
    /// What was read; `notes` hear which wishes do not apply to it.
    fn osm(&mut self, notes: &mut Notes) -> &Osm;

    /// Features of data products, each element once.
    ///
    /// # Errors
    /// Those of the stages, as for all that follow.
    fn features(&mut self, watch: &mut Watch) -> Result<&Features<'_>>;

    /// The same, each element in all its layers; `sea` adds it as an area.
    ///
    /// # Errors
    /// Those of the stages.
    #[cfg(feature = "table")]
    fn layered(&mut self, sea: bool, watch: &mut Watch) -> Result<&Features<'_>>;

    /// The style that was asked for, and the sheet that a drawing in it would have; `notes` hear what it cannot.
    ///
    /// # Errors
    /// [`crate::error::Error::Request`] for the style or the page.
    #[cfg(feature = "styled")]
    fn look(&mut self, notes: &mut Notes) -> Result<(Style, Sheet)>;

    /// Features that tiles are cut from.
    ///
    /// # Errors
    /// Those of the stages.
    #[cfg(feature = "tiles")]
    fn tile_features(&mut self, watch: &mut Watch) -> Result<&Features<'_>>;

    /// Features in true size.
    ///
    /// # Errors
    /// Those of the stages.
    #[cfg(feature = "plan")]
    fn plan(&mut self, watch: &mut Watch) -> Result<&Plan<'_>>;

    /// The drawn sheet.
    ///
    /// # Errors
    /// Those of the stages.
    #[cfg(feature = "scene")]
    fn scene(&mut self, watch: &mut Watch) -> Result<&Scene>;

    /// The box that is shown, degrees.
    #[cfg(feature = "pixels")]
    fn shown(&self) -> Bbox;

    /// The same drawn on another sheet; `furnished` with title, scale bar, credit and what else stands on maps.
    ///
    /// # Errors
    /// Those of the stages.
    #[cfg(feature = "pixels")]
    fn drawn_on(&mut self, sheet: Sheet, furnished: bool, watch: &mut Watch) -> Result<Scene>;

    /// The model.
    ///
    /// # Errors
    /// Those of the stages.
    #[cfg(feature = "mesh")]
    fn mesh(&mut self, watch: &mut Watch) -> Result<&Mesh>;
}

/// Where a format's own part of the progress begins: after its product is made.
const MADE: f64 = 0.75;
/// The same for tiles, which are cut while they are written.
#[cfg(feature = "tiles")]
const CUT: f64 = 0.4;

impl Write {
    /// Makes the product and writes it.
    ///
    /// # Errors
    /// Those of the stages, the writer and the sink.
    pub fn run(&self, products: &mut dyn Products, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
        match self {
            Self::Osm(write) => write(products.osm(job.notes), job, watch, sink),
            Self::Features(write) => {
                let features = watch.part(0.0..MADE, |watch| products.features(watch))?;
                job.notes.append(&features.notes);
                watch.part(MADE..1.0, |watch| write(features, job, watch, sink))
            }
            #[cfg(feature = "table")]
            Self::Table(split, write) => {
                let features = watch.part(0.0..MADE, |watch| match split {
                    Split::Whole | Split::Shaped => products.features(watch),
                    Split::Layers => products.layered(false, watch),
                })?;
                job.notes.append(&features.notes);
                watch.part(MADE..1.0, |watch| {
                    write(&table::list(features, *split, job.settings.text(COLUMNS.id), watch)?, job, watch, sink)
                })
            }
            #[cfg(feature = "styled")]
            Self::Styled(write) => {
                let (style, sheet) = products.look(job.notes)?;
                let features = watch.part(0.0..MADE, |watch| products.layered(job.settings.flag("sea"), watch))?;
                job.notes.append(&features.notes);
                watch.part(MADE..1.0, |watch| {
                    let tables = table::list(features, Split::Layers, job.settings.text(COLUMNS.id), watch)?;
                    write(&StyledLayers { tables, style, sheet }, job, watch, sink)
                })
            }
            #[cfg(feature = "network")]
            Self::Network(write) => {
                let features = watch.part(0.0..MADE, |watch| products.features(watch))?;
                job.notes.append(&features.notes);
                watch.part(MADE..1.0, |watch| {
                    let mut network = network::link(features, watch)?;
                    job.notes.append(&network.notes);
                    write(&mut network, job, watch, sink)
                })
            }
            #[cfg(feature = "tiles")]
            Self::Tiles(write) => {
                let features = watch.part(0.0..CUT, |watch| products.tile_features(watch))?;
                job.notes.append(&features.notes);
                watch.part(CUT..1.0, |watch| write(&Tiles::new(features), job, watch, sink))
            }
            #[cfg(feature = "plan")]
            Self::Plan(write) => {
                let plan = watch.part(0.0..MADE, |watch| products.plan(watch))?;
                job.notes.append(&plan.features.notes);
                watch.part(MADE..1.0, |watch| write(plan, job, watch, sink))
            }
            #[cfg(feature = "mesh")]
            Self::Mesh(write) => {
                let mesh = watch.part(0.0..MADE, |watch| products.mesh(watch))?;
                job.notes.append(&mesh.notes);
                watch.part(MADE..1.0, |watch| write(mesh, job, watch, sink))
            }
            #[cfg(feature = "scene")]
            Self::Scene(write) => {
                let scene = watch.part(0.0..MADE, |watch| products.scene(watch))?;
                job.notes.append(&scene.notes);
                watch.part(MADE..1.0, |watch| write(scene, job, watch, sink))
            }
            #[cfg(feature = "pixels")]
            Self::Pixels(write) => {
                let scene = watch.part(0.0..MADE, |watch| products.scene(watch))?;
                job.notes.append(&scene.notes);
                let mut raster = Raster::new(scene, scene.sheet.dpi)?;
                watch.part(MADE..1.0, |watch| write(&mut raster, job, watch, sink))
            }
            Self::Several(_, write) => write(products, job, watch, sink),
        }
    }

    /// The name of the product.
    pub fn product(&self) -> &'static str {
        match self {
            Self::Osm(_) => "Osm",
            Self::Features(_) => "Features",
            #[cfg(feature = "table")]
            Self::Table(..) => "Table",
            #[cfg(feature = "styled")]
            Self::Styled(_) => "StyledLayers",
            #[cfg(feature = "network")]
            Self::Network(_) => "Network",
            #[cfg(feature = "tiles")]
            Self::Tiles(_) => "Tiles",
            #[cfg(feature = "plan")]
            Self::Plan(_) => "Plan",
            #[cfg(feature = "mesh")]
            Self::Mesh(_) => "Mesh",
            #[cfg(feature = "scene")]
            Self::Scene(_) => "Scene",
            #[cfg(feature = "pixels")]
            Self::Pixels(_) => "Pixels",
            Self::Several(first, _) => first,
        }
    }

    /// Whether a style tells how it looks.
    pub fn is_styled(&self) -> bool {
        !matches!(self.product(), "Osm" | "Features" | "Table" | "Network" | "Tiles")
    }

    /// Whether symbols are drawn in it.
    pub fn has_symbols(&self) -> bool {
        self.is_drawn() || matches!(self.product(), "Plan" | "StyledTiles" | "WebPage")
    }

    /// Whether it stands in the page that shows it.
    #[cfg(feature = "dataset")]
    pub fn has_viewer(&self) -> bool {
        self.product() == "WebPage"
    }

    /// Whether it is made from a sheet.
    pub fn is_drawn(&self) -> bool {
        matches!(self.product(), "Scene" | "Pixels")
    }
}

impl std::fmt::Debug for Write {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.product())
    }
}
