//! PMTiles (version 3): vector tiles of all zooms in one file, by the crate pmtiles; gzip inside.

use crate::error::{Error, Result};
use crate::format::tileset::{KEPT, LOST, OPTIONS, Tileset};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::sink::{self, Sink, Stream};
use crate::tiles::{Tile, Tiles};
use crate::watch::Watch;
use pmtiles::{PmTilesWriter, PmtError, TileCoord, TileId, TileType};

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
    kept: KEPT,
    lost: LOST,
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
    options: OPTIONS,
    write: Write::Tiles(write),
};

fn write(tiles: &Tiles, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let set = Tileset::new(tiles, job);
    let [west, south, east, north] = set.bounds;
    let [longitude, latitude] = set.middle;
    let mut writer = PmTilesWriter::new(TileType::Mvt)
        .min_zoom(*set.zooms.start())
        .max_zoom(*set.zooms.end())
        .bounds(west, south, east, north)
        .center(longitude, latitude)
        .center_zoom(set.first_zoom)
        .metadata(set.metadata(job).to_string())
        .create(Stream::new(sink))
        .map_err(fault)?;
    let number = |tile: &Tile| address(tile).map(|coordinate| TileId::from(coordinate).value()).ok();
    set.each(watch, number, |tile| writer.add_tile(address(tile)?, &tile.bytes).map_err(fault))?;
    writer.finalize().map_err(fault)
}

fn fault(fault: PmtError) -> Error {
    sink::fault("PMTiles", &fault)
}

fn address(tile: &Tile) -> Result<TileCoord> {
    TileCoord::new(tile.z, tile.x, tile.y).map_err(fault)
}
