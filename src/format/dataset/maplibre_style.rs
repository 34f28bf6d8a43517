//! A style document of MapLibre (style specification, version 8) with its vector tiles and symbols, in a ZIP package.

pub(super) mod sprite;

use crate::error::Result;
use crate::format::tileset::{OPTIONS, Tileset};
use crate::format::{Credit, Format, Job, Memory, Opt, Products, Size, Tier, Topic, Write, Written, bundle};
use crate::osm::ATTRIBUTION;
use crate::sink::Sink;
use crate::style;
use crate::tiles::{Tile, Tiles};
use crate::watch::Watch;
use crate::wire::package::{How, Package};
use serde_json::{Value, json};

/// The family.
pub const FORMATS: &[Format] = &[STYLE];

const STYLE: Format = Format {
    id: "maplibre-style",
    aliases: &[],
    title: "MapLibre style and tiles (ZIP)",
    family: "MapLibre style",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    topics: &[Topic::Web, Topic::Gis],
    about: "The map as a web map: its style, its vector tiles and its symbols, to be unpacked on any web server.",
    for_whom: "Web developers who want this very map in their own page, without a tile server and without a key",
    kept: "Colours, widths, labels, symbols and drawing order at every zoom; geometry cut into tiles, ids, classes, names, typed fields",
    lost: "Hatches; fonts, which the browser has or replaces; furniture of the sheet; tags that are no field",
    programs: &[
        "MapLibre GL JS",
        "MapLibre Native",
        "Maputnik",
        "OpenLayers with ol-mapbox-style",
        "Leaflet with maplibre-gl-leaflet",
        "QGIS",
    ],
    specification: "https://maplibre.org/maplibre-style-spec/",
    credit: Credit::Inside("`attribution` of the source in `style.json`, and `LICENSE.txt`"),
    provenance: Some("`mapwright.json`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        OPTIONS[0],
        OPTIONS[1],
        // Addresses in a style are whole; this is what `python3 -m http.server` serves a folder at.
        Opt::text("address", "Where the unpacked files will stand", "http://localhost:8000"),
    ],
    write: Write::Several("StyledTiles", write),
};

/// The name that layers of a style call their data by.
const SOURCE: &str = "map";

fn write(products: &mut dyn Products, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let mut document = document(job)?;
    let features = watch.part(0.0..0.4, |watch| products.tile_features(watch))?;
    job.notes.append(&features.notes);
    let tiles = Tiles::new(features);
    let set = Tileset::new(&tiles, job);
    let address = job.settings.text("address").trim_end_matches('/').to_owned();
    settle(&mut document, &set, &format!("{address}/"), job);
    let mut package = Package::new(sink);
    bundle::sign(&mut package, job)?;
    package.put("style.json", How::PACKED, pretty(&document)?.as_bytes())?;
    for ratio in [1, 2] {
        let ending = if ratio == 1 { "" } else { "@2x" };
        let (index, picture) = sprite::sprite(ratio)?;
        package.put(&format!("sprite{ending}.json"), How::PACKED, index.to_string().as_bytes())?;
        package.put(&format!("sprite{ending}.png"), How::STORED, &picture)?;
    }
    let place = |tile: &Tile| (tile.x, tile.y);
    watch.part(0.4..1.0, |watch| {
        set.each(watch, place, |tile| {
            package.put(&format!("tiles/{}/{}/{}.pbf", tile.z, tile.x, tile.y), How::PACKED, &tile.bytes)
        })
    })?;
    package.finish()
}

/// The style that is asked for, as MapLibre draws it.
///
/// # Errors
/// [`crate::error::Error::Request`] for the style.
pub(super) fn document(job: &Job) -> Result<Value> {
    let mut document = style::document(job.request.map_style.as_ref())?;
    style::without_sides(&mut document);
    Ok(document)
}

/// Names the data and the symbols at an address, and the view of a document; fonts are the browser's.
pub(super) fn settle(document: &mut Value, set: &Tileset, address: &str, job: &Job) {
    let Some(document) = document.as_object_mut() else { return };
    let [west, south, east, north] = set.flat_bounds();
    let source = json!({
        "type": "vector",
        "tiles": [format!("{address}tiles/{{z}}/{{x}}/{{y}}.pbf")],
        "minzoom": set.zooms.start(),
        "maxzoom": set.zooms.end(),
        "bounds": [west, south, east, north],
        "attribution": format!("<a href=\"{}\">{ATTRIBUTION}</a>", crate::osm::COPYRIGHT),
    });
    document.insert("sources".into(), json!({ SOURCE: source }));
    document.insert("sprite".into(), format!("{address}sprite").into());
    document.remove("glyphs");
    if let Some(title) = &job.request.page.furniture.title {
        document.insert("name".into(), title.as_str().into());
    }
    document.insert("center".into(), json!(set.middle));
    document.insert("zoom".into(), json!(set.first_zoom));
    for layer in document.get_mut("layers").and_then(Value::as_array_mut).into_iter().flatten() {
        if let Some(layer) = layer.as_object_mut().filter(|layer| layer.contains_key("source-layer")) {
            layer.insert("source".into(), SOURCE.into());
        }
    }
}

fn pretty(document: &Value) -> Result<String> {
    serde_json::to_string_pretty(document).map_err(|fault| crate::error::Error::Internal(fault.to_string()))
}
