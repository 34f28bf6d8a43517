//! **Tiles**: the map in squares of Web Mercator, for every zoom, as Mapbox Vector Tiles.

mod cut;
mod encode;
mod grid;

use crate::error::Result;
use crate::geo::ring::Point;
use crate::map::{Features, LAYERS, Shapes};
use crate::watch::Watch;
use std::ops::RangeInclusive;

/// The highest zoom that tiles are made for.
pub const HIGHEST: u8 = 16;
/// The lowest highest zoom that fits any area: from there on maps enlarge what they have.
const USUAL: u8 = 14;

/// An encoded tile.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// Zoom.
    pub z: u8,
    /// Column, from the west.
    pub x: u32,
    /// Row, from the north.
    pub y: u32,
    /// A Mapbox Vector Tile, not compressed.
    pub bytes: Vec<u8>,
}

/// A layer of the tiles: what style documents name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceLayer {
    /// Its id, one of our layers.
    pub id: &'static str,
    /// Its fields, and `String`, `Number` or `Boolean` as TileJSON calls their values.
    pub fields: Vec<(&'static str, &'static str)>,
}

/// A map ready to be cut into tiles of any zoom.
pub struct Tiles<'f, 'm> {
    /// Where names and tags are.
    pub features: &'f Features<'m>,
    /// Their geometry on the grid of the world, rows as `features.shapes.all()`.
    shapes: Shapes<Point>,
}

impl<'f, 'm> Tiles<'f, 'm> {
    /// Projects features in degrees.
    pub fn new(features: &'f Features<'m>) -> Self {
        Self { features, shapes: grid::project(&features.shapes) }
    }

    /// Box of the frame in degrees: west, south, east, north.
    pub fn bounds(&self) -> [f64; 4] {
        self.features.extent
    }

    /// The zooms that fit the area: from where it is small to where its details are exact.
    pub fn zooms(&self) -> RangeInclusive<u8> {
        let [west, south, east, north] = self.bounds();
        let (a, b) = (grid::world([west, north]), grid::world([east, south]));
        let side = (b[0] - a[0]).rem_euclid(grid::WORLD).max(b[1] - a[1]).max(1);
        // The zoom at which a tile is about as large as the area.
        let fit = (grid::WORLD / side).max(1).ilog2() as u8;
        fit.saturating_sub(4).min(USUAL)..=(fit + 3).clamp(USUAL, HIGHEST)
    }

    /// The layers that have features, in drawing order, with the fields of each.
    pub fn layers(&self) -> Vec<SourceLayer> {
        let has = |id: &str| self.features.rows.iter().any(|feature| self.features.class(feature).layer == id);
        let layers = LAYERS.iter().filter(|layer| has(layer.id));
        layers.map(|layer| SourceLayer { id: layer.id, fields: encode::fields(layer) }).collect()
    }

    /// Cuts all tiles of a zoom, by column and row; `highest` is the last zoom there will be.
    ///
    /// # Errors
    /// [`crate::error::Error::Cancelled`], [`crate::error::Error::Internal`] for a tile that cannot be encoded.
    pub fn cut(&self, z: u8, highest: u8, watch: &mut Watch) -> Result<Vec<Tile>> {
        let pieces = cut::pieces(self.features, &self.shapes, z, z >= highest, watch)?;
        let mut tiles = Vec::with_capacity(pieces.len());
        for ((x, y), pieces) in pieces {
            tiles.push(Tile { z, x, y, bytes: encode::encode(self.features, &pieces)? });
        }
        Ok(tiles)
    }
}
