//! Picture tiles as files in folders (`z/x/y`), with a description (TileJSON 3.0) and a page that shows them without any
//! library and without a server.

use super::mbtiles::title;
use crate::error::{Error, Result};
use crate::format::bundle;
use crate::format::pixels::tileset::{KEPT, LOST, OPTIONS, Tile, Tileset};
use crate::format::{Credit, Format, Job, Memory, Products, Size, Tier, Topic, Write, Written};
use crate::osm::{ATTRIBUTION, COPYRIGHT};
use crate::sink::Sink;
use crate::watch::Watch;
use crate::wire::package::{How, Package};
use serde_json::{Value, json};

/// The family.
pub const FORMATS: &[Format] = &[TILES_ZIP];

const TILES_ZIP: Format = Format {
    id: "tiles-zip",
    aliases: &["xyz-tiles", "tiles-xyz"],
    title: "Picture tiles (ZIP)",
    family: "Picture tiles (ZIP)",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    topics: &[Topic::Web, Topic::Gps, Topic::Pictures],
    about: "Picture tiles of all zooms as files, ready for any web server, with a page that shows them at once.",
    for_whom: "Web developers, makers of kiosks and exhibitions, everybody who shows a map without a tile server",
    kept: KEPT,
    lost: LOST,
    programs: &[
        "Leaflet",
        "OpenLayers",
        "MapLibre GL JS",
        "web browsers",
        "QGIS",
        "Google Maps API",
        "AlpineQuest",
        "JOSM",
    ],
    specification: "https://wiki.openstreetmap.org/wiki/Slippy_map_tilenames",
    credit: Credit::Inside("`attribution` of `tilejson.json`, the page `index.html`, and `LICENSE.txt`"),
    provenance: Some("the entry `mapwright.json`"),
    size: Size::Pixels,
    memory: Memory::Stream,
    options: OPTIONS,
    write: Write::Several("Pixels", write),
};

fn write(products: &mut dyn Products, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let set = Tileset::new(products.shown(), job)?;
    let ending = if set.jpg { "jpg" } else { "png" };
    let mut package = Package::new(sink);
    bundle::sign(&mut package, job)?;
    let about = about(&set, ending, job);
    let text = serde_json::to_string_pretty(&about).map_err(|fault| Error::Internal(fault.to_string()))?;
    package.put("tilejson.json", How::PACKED, text.as_bytes())?;
    package.put("index.html", How::PACKED, page(&about, &set)?.as_bytes())?;
    set.each(products, job, watch, &mut |tile: &Tile| {
        package.put(&format!("{}/{}/{}.{ending}", tile.z, tile.x, tile.y), How::STORED, &tile.bytes)
    })?;
    package.finish()
}

fn about(set: &Tileset, ending: &str, job: &Job) -> Value {
    let [longitude, latitude] = set.middle();
    json!({
        "tilejson": "3.0.0",
        "name": title(job),
        "scheme": "xyz",
        "tiles": [format!("{{z}}/{{x}}/{{y}}.{ending}")],
        "minzoom": set.zooms.start(),
        "maxzoom": set.zooms.end(),
        "bounds": set.flat(),
        "center": [longitude, latitude, set.zooms.start()],
        "attribution": format!("<a href=\"{COPYRIGHT}\">{ATTRIBUTION}</a>"),
    })
}

/// The page: a script of its own, since one from elsewhere would need the network.
fn page(about: &Value, set: &Tileset) -> Result<String> {
    let data = serde_json::to_string(about).map_err(|fault| Error::Internal(fault.to_string()))?;
    // Nothing in it ends the script.
    let data = data.replace('<', "\\u003c");
    let tile = set.side.min(256);
    Ok(include_str!("tiles_zip/index.html").replace("__TILEJSON__", &data).replace("__SIDE__", &tile.to_string()))
}
