//! Vector tiles as single files in a ZIP package, with a description (TileJSON 3.0): `z/x/y.pbf`.

use crate::format::bundle::{TERMS, terms};
use crate::format::tileset::{KEPT, LOST, OPTIONS, Tileset};
use crate::format::{Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::sink::Sink;
use crate::tiles::{Tile, Tiles};
use crate::watch::Watch;
use crate::wire::package::{How, Package};
use serde_json::{Value, json};

/// The family.
pub const FORMATS: &[Format] = &[MVT];

const MVT: Format = Format {
    id: "mvt-zip",
    aliases: &[],
    title: "Vector tiles (ZIP)",
    family: "Vector tiles",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    topics: &[Topic::Web, Topic::Gis],
    about: "Vector tiles as single files in folders, to be unpacked on any web server.",
    for_whom: "Web developers, publishers of interactive maps without a tile server",
    kept: KEPT,
    lost: LOST,
    programs: &[
        "MapLibre",
        "OpenLayers",
        "Leaflet",
        "Mapbox GL JS",
        "deck.gl",
        "Cesium",
        "GDAL",
        "QGIS",
        "nginx",
        "Apache",
    ],
    specification: "https://github.com/mapbox/vector-tile-spec/tree/master/2.1",
    credit: Credit::Inside("`attribution` of `metadata.json`, and `LICENSE.txt`"),
    provenance: Some("`mapwright` of `metadata.json`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: OPTIONS,
    write: Write::Tiles(write),
};

fn write(tiles: &Tiles, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let set = Tileset::new(tiles, job);
    let mut package = Package::new(sink);
    // As it is: who looks at the first bytes finds how it was made.
    package.put("metadata.json", How::STORED, description(&set, job).to_string().as_bytes())?;
    package.put(TERMS, How::STORED, terms().as_bytes())?;
    let place = |tile: &Tile| (tile.x, tile.y);
    set.each(watch, place, |tile| {
        package.put(&format!("{}/{}/{}.pbf", tile.z, tile.x, tile.y), How::PACKED, &tile.bytes)
    })?;
    package.finish()
}

/// TileJSON 3.0, addresses from where it stands.
fn description(set: &Tileset, job: &Job) -> Value {
    let [longitude, latitude] = set.middle;
    let mut document = json!({
        "tilejson": "3.0.0",
        "tiles": ["{z}/{x}/{y}.pbf"],
        "scheme": "xyz",
        "format": "pbf",
        "version": "1.0.0",
        "minzoom": set.zooms.start(),
        "maxzoom": set.zooms.end(),
        "bounds": set.flat_bounds(),
        "center": [longitude, latitude, set.first_zoom],
    });
    if let (Value::Object(document), Value::Object(metadata)) = (&mut document, set.metadata(job)) {
        document.extend(metadata);
    }
    document
}
