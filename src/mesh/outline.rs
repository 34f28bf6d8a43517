//! Which outlines of buildings are not drawn because their parts are: Simple 3D Buildings.
//!
//! The specification wants parts to fill their building and then draws only them. Real data has towers mapped as parts on
//! naves that are not, and footprints that a part merely touches. So an outline gives way where parts cover more than
//! half of it: less would be lost by hiding it than by burying its parts in a block of the building's full height.

use super::ring;
use crate::error::Result;
use crate::geo::buckets::Buckets;
use crate::geo::overlay::{intersect, unite};
use crate::geo::ring::{Path, Polygon, area2, bounds};
use crate::map::{Features, Geometry};
use crate::watch::{Stage, Watch};
use std::collections::BTreeSet;

/// An outline is hidden where more of it is covered than one in this many.
const SHARE: i128 = 2;

/// Rows of the outlines that their parts cover.
///
/// # Errors
/// [`crate::Error::Cancelled`].
pub(super) fn outlines(features: &Features, origin: [f64; 2], watch: &mut Watch) -> Result<BTreeSet<usize>> {
    let areas = |parts: bool| {
        features.rows.iter().enumerate().filter(move |(_, row)| {
            let class = features.class(row);
            class.layer == "buildings" && row.geometry == Geometry::Area && (class.id == "part") == parts
        })
    };
    let parts: Vec<Vec<Path>> = areas(true).map(|(_, part)| ring::area(features, part, origin)).collect();
    let mut hidden = BTreeSet::new();
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
            hidden.insert(row);
        }
    }
    Ok(hidden)
}

/// Twice the area of polygons; holes run the other way and count against it.
fn area(polygons: &[Polygon]) -> i128 {
    polygons.iter().flatten().map(|ring| area2(ring)).sum()
}
