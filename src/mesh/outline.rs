//! Which buildings are not drawn: those below the ground, and outlines whose parts are: Simple 3D Buildings.
//!
//! The specification wants parts to fill their building and then draws only them. Real data has towers mapped as parts on
//! naves that are not, and footprints that a part merely touches. So an outline gives way where parts cover more than
//! half of it: less would be lost by hiding it than by burying its parts in a block of the building's full height.
//! What lies below the ground is not drawn either, and covers nothing.

use super::building::Losses;
use super::ring;
use super::underground::underground;
use crate::error::Result;
use crate::geo::buckets::Buckets;
use crate::geo::overlay::{intersect, unite};
use crate::geo::ring::{Path, Polygon, area2, bounds};
use crate::map::{Features, Geometry};
use crate::watch::{Stage, Watch};
use std::collections::BTreeSet;

/// An outline is hidden where more of it is covered than one in this many.
const SHARE: i128 = 2;

/// Rows of the buildings that are not drawn.
///
/// # Errors
/// [`crate::Error::Cancelled`].
pub(super) fn hidden(
    features: &Features,
    origin: [f64; 2],
    losses: &mut Losses,
    watch: &mut Watch,
) -> Result<BTreeSet<usize>> {
    let buildings = features
        .rows
        .iter()
        .enumerate()
        .filter(|(_, row)| features.class(row).layer == "buildings" && row.geometry == Geometry::Area);
    let (below, above): (Vec<_>, Vec<_>) = buildings.partition(|(_, row)| underground(features, row));
    losses.underground = below.len() as u64;
    let mut hidden: BTreeSet<usize> = below.into_iter().map(|(row, _)| row).collect();
    let areas = |parts: bool| above.iter().filter(move |(_, row)| (features.class(row).id == "part") == parts);
    let parts: Vec<Vec<Path>> = areas(true).map(|(_, part)| ring::area(features, part, origin)).collect();
    if parts.is_empty() {
        return Ok(hidden);
    }
    // A part without a point lies nowhere, but keeps its row.
    let buckets = Buckets::new(parts.iter().map(|rings| bounds(rings.iter().flatten()).unwrap_or_default()).collect());
    for (done, (row, feature)) in areas(false).enumerate() {
        if done.is_multiple_of(500) {
            watch.at(Stage::Draw, 0, features.rows.len() as u64)?;
        }
        let outline = ring::area(features, feature, origin);
        let Some(reach) = bounds(outline.iter().flatten()) else { continue };
        let near: Vec<&Vec<Path>> = buckets.near(&reach).into_iter().filter_map(|part| parts.get(part)).collect();
        if near.is_empty() {
            continue;
        }
        let cover = unite(near.iter().map(|rings| rings.iter().map(Path::as_slice)));
        let common = intersect(outline.iter().map(Path::as_slice), cover.iter().flatten().map(Path::as_slice));
        let whole: i128 = outline.iter().map(|ring| area2(ring)).sum();
        if area(&common) * SHARE > whole {
            hidden.insert(*row);
        }
    }
    Ok(hidden)
}

/// Twice the area of polygons; holes run the other way and count against it.
fn area(polygons: &[Polygon]) -> i128 {
    polygons.iter().flatten().map(|ring| area2(ring)).sum()
}
