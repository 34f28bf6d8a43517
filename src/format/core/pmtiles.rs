//! PMTiles (version 3): vector tiles of all zooms in one file, by the crate pmtiles; gzip inside.

use crate::error::{Error, Result};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::sink::{self, Sink, Stream};
use crate::tiles::{HIGHEST, SourceLayer, Tile, Tiles};
use crate::watch::{Stage, Watch};
use pmtiles::{PmTilesWriter, PmtError, TileCoord, TileId, TileType};
use serde_json::{Map, Value, json};
use std::ops::RangeInclusive;

/// The family.
pub const FORMATS: &[Format] = &[PMTILES];

const PMTILES: Format = Format {
    id: "pmtiles",
    aliases: &[],
    title: "PMTiles",
    family: "PMTiles",
    version: "",
    extension: "pmtiles",
    mime: "application/vnd.pmtiles",
    tier: Tier::Basic,
    topics: &[Topic::Web, Topic::Gis],
    about: "Vector tiles of all zooms in one file that a web map reads in pieces from any file store, without a tile server.",
    for_whom: "Web developers, publishers of interactive maps, GIS users",
    kept: "Geometry cut into tiles, simpler where the zoom is low; layers, ids, classes, names, typed fields",
    lost: "Tags that are no field, details finer than a step of the highest zoom, features as one piece",
    programs: &[
        "MapLibre",
        "OpenLayers",
        "Leaflet (protomaps-leaflet)",
        "Protomaps",
        "QGIS",
        "GDAL",
        "martin",
        "tippecanoe",
        "Felt",
    ],
    specification: "https://github.com/protomaps/PMTiles/blob/main/spec/v3/spec.md",
    credit: Credit::Inside("`attribution` of the metadata"),
    provenance: Some("`mapwright` of the metadata"),
    size: Size::Elements,
    memory: Memory::File,
    options: &[Opt::choice("min_zoom", "Lowest zoom", ZOOMS), Opt::choice("max_zoom", "Highest zoom", ZOOMS)],
    write: Write::Tiles(write),
};

const ZOOMS: &[&str] =
    &["auto", "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16"];

fn write(tiles: &Tiles, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let zooms = zooms(tiles, job);
    let (lowest, highest) = (*zooms.start(), *zooms.end());
    let [west, south, east, north] = tiles.bounds();
    // Across the antimeridian the middle is not between the numbers.
    let middle = if west <= east { (west + east) / 2.0 } else { (west + east) / 2.0 + 180.0 };
    let middle = if middle > 180.0 { middle - 360.0 } else { middle };
    let layers = tiles.layers();
    let mut writer = PmTilesWriter::new(TileType::Mvt)
        .min_zoom(lowest)
        .max_zoom(highest)
        .bounds(west, south, east, north)
        .center(middle, (south + north) / 2.0)
        .center_zoom(highest.min(lowest + 2))
        .metadata(metadata(tiles, &layers, &zooms, job))
        .create(Stream::new(sink))
        .map_err(fault)?;
    for zoom in zooms {
        // Each zoom has up to four times the tiles of the one before.
        let share = |zoom: u8| libm::exp2(f64::from(zoom) - f64::from(highest) - 1.0);
        let begin = if zoom == lowest { 0.0 } else { share(zoom) };
        watch.part(begin..share(zoom + 1), |watch| {
            let mut cut = tiles.cut(zoom, highest, watch)?;
            cut.sort_by_key(|tile| address(tile).map(|coordinate| TileId::from(coordinate).value()).ok());
            let total = cut.len() as u64;
            for (done, tile) in cut.iter().enumerate() {
                if done.is_multiple_of(1000) {
                    watch.at(Stage::Write, done as u64, total)?;
                }
                writer.add_tile(address(tile)?, &tile.bytes).map_err(fault)?;
            }
            Ok(())
        })?;
    }
    writer.finalize().map_err(fault)
}

fn fault(fault: PmtError) -> Error {
    sink::fault("PMTiles", &fault)
}

fn address(tile: &Tile) -> Result<TileCoord> {
    TileCoord::new(tile.z, tile.x, tile.y).map_err(fault)
}

/// The zooms as asked for; where lowest and highest contradict each other, the highest counts.
fn zooms(tiles: &Tiles, job: &Job) -> RangeInclusive<u8> {
    let asked = |option: &str| job.settings.text(option).parse::<u8>().ok().map(|zoom| zoom.min(HIGHEST));
    let fitting = tiles.zooms();
    let highest = asked("max_zoom").unwrap_or(*fitting.end().max(&asked("min_zoom").unwrap_or(0)));
    asked("min_zoom").unwrap_or(*fitting.start()).min(highest)..=highest
}

/// What style documents and people need to know (PMTiles §5, TileJSON 3 `vector_layers`).
fn metadata(tiles: &Tiles, layers: &[SourceLayer], zooms: &RangeInclusive<u8>, job: &Job) -> String {
    let layers: Vec<Value> = layers
        .iter()
        .map(|layer| {
            let fields: Map<String, Value> =
                layer.fields.iter().map(|(name, kind)| ((*name).to_owned(), json!(kind))).collect();
            json!({"id": layer.id, "fields": fields, "minzoom": zooms.start(), "maxzoom": zooms.end()})
        })
        .collect();
    let timestamp = &tiles.features.map.osm.timestamp;
    json!({
        "name": job.request.page.furniture.title.as_deref().unwrap_or("map"),
        "description": format!("OpenStreetMap data {timestamp}").trim_end(),
        "attribution": "<a href=\"https://www.openstreetmap.org/copyright\">© OpenStreetMap contributors</a>, ODbL",
        "type": "baselayer",
        "generator": "mapwright",
        "mapwright": job.provenance.value(),
        "vector_layers": layers,
    })
    .to_string()
}
