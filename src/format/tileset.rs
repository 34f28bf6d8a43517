//! What formats of tiles share: for which zooms they are made, in which order, what is said of them.

use super::option::Opt;
use super::write::Job;
use crate::error::Result;
use crate::order;
use crate::tiles::{HIGHEST, Tile, Tiles};
use crate::watch::{Stage, Watch};
use serde_json::{Map, Value, json};
use std::ops::RangeInclusive;

/// What all of them keep, and what they lose.
pub const KEPT: &str =
    "Geometry cut into tiles, simpler where the zoom is low; layers, ids, classes, names, typed fields";
/// See [`KEPT`].
pub const LOST: &str = "Tags that are no field, details finer than a step of the highest zoom, features as one piece";

/// Options of all of them.
pub const OPTIONS: &[Opt] =
    &[Opt::choice("min_zoom", "Lowest zoom", ZOOMS), Opt::choice("max_zoom", "Highest zoom", ZOOMS)];

const ZOOMS: &[&str] =
    &["auto", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"];

/// The tiles of one file.
pub struct Tileset<'t> {
    tiles: &'t Tiles<'t, 't>,
    /// The zooms as asked for; where lowest and highest contradict each other, the highest counts.
    pub zooms: RangeInclusive<u8>,
    /// Box in degrees: west, south, east, north. Across the antimeridian, west is the greater.
    pub bounds: [f64; 4],
    /// Middle of the box, degrees.
    pub middle: [f64; 2],
    /// The zoom a map begins with.
    pub first_zoom: u8,
}

impl<'t> Tileset<'t> {
    /// What is to be made of a map.
    pub fn new(tiles: &'t Tiles<'t, 't>, job: &Job) -> Self {
        let asked = |option: &str| job.settings.text(option).parse::<u8>().ok().map(|zoom| zoom.min(HIGHEST));
        let fitting = tiles.zooms();
        let highest = asked("max_zoom").unwrap_or(*fitting.end().max(&asked("min_zoom").unwrap_or(0)));
        let lowest = asked("min_zoom").unwrap_or(*fitting.start()).min(highest);
        let [west, south, east, north] = tiles.bounds();
        // Across the antimeridian the middle is not between the numbers.
        let middle = if west <= east { (west + east) / 2.0 } else { (west + east) / 2.0 + 180.0 };
        let middle = if middle > 180.0 { middle - 360.0 } else { middle };
        Self {
            tiles,
            zooms: lowest..=highest,
            bounds: [west, south, east, north],
            middle: [middle, (south + north) / 2.0],
            first_zoom: highest.min(lowest + 2),
        }
    }

    /// The box for formats in which it must not cross the antimeridian.
    pub fn flat_bounds(&self) -> [f64; 4] {
        let [west, south, east, north] = self.bounds;
        if west <= east { self.bounds } else { [-180.0, south, 180.0, north] }
    }

    /// Ids of the layers there are, in drawing order.
    pub fn layers(&self) -> Vec<&'static str> {
        self.tiles.layers().iter().map(|layer| layer.id).collect()
    }

    /// What style documents and people need to know (PMTiles §5, TileJSON 3 `vector_layers`), and how they were made.
    pub fn metadata(&self, job: &Job) -> Value {
        let layers: Vec<Value> = self
            .tiles
            .layers()
            .iter()
            .map(|layer| {
                let mut fields = Map::new();
                for (name, kind) in &layer.fields {
                    fields.insert((*name).to_owned(), json!(kind));
                }
                json!({"id": layer.id, "fields": fields, "minzoom": self.zooms.start(), "maxzoom": self.zooms.end()})
            })
            .collect();
        let timestamp = &self.tiles.features.map.osm.timestamp;
        json!({
            "name": job.request.page.furniture.title.as_deref().unwrap_or("map"),
            "description": format!("OpenStreetMap data {timestamp}").trim_end(),
            "attribution": "<a href=\"https://www.openstreetmap.org/copyright\">© OpenStreetMap contributors</a>, ODbL",
            "type": "baselayer",
            "generator": "mapwright",
            "mapwright": job.provenance.value(),
            "vector_layers": layers,
        })
    }

    /// Cuts the tiles, zoom after zoom, and hands each on to `put` in an order of `key`.
    ///
    /// # Errors
    /// [`crate::error::Error::Cancelled`], those of cutting and of `put`.
    pub fn each<K: Ord>(
        &self,
        watch: &mut Watch,
        key: impl Fn(&Tile) -> K,
        mut put: impl FnMut(&Tile) -> Result<()>,
    ) -> Result<()> {
        let highest = *self.zooms.end();
        for zoom in self.zooms.clone() {
            // Each zoom has up to four times the tiles of the one before.
            let share = |zoom: u8| libm::exp2(f64::from(zoom) - f64::from(highest) - 1.0);
            let begin = if zoom == *self.zooms.start() { 0.0 } else { share(zoom) };
            watch.part(begin..share(zoom + 1), |watch| {
                let mut cut = self.tiles.cut(zoom, highest, watch)?;
                order::sort_by_key(&mut cut, &key);
                let total = cut.len() as u64;
                for (done, tile) in cut.iter().enumerate() {
                    if done.is_multiple_of(1000) {
                        watch.at(Stage::Write, done as u64, total)?;
                    }
                    put(tile)?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }
}
