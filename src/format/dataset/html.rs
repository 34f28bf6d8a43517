//! A web page that holds a map and all it needs: style, symbols, vector tiles, names, tags, and MapLibre, which draws it. It opens
//! from a disk, without a server and without a network.

mod data;

use super::maplibre_style::{self, sprite::sprite};
use crate::error::Result;
use crate::format::tileset::{OPTIONS, Tileset};
use crate::format::{Credit, Format, Job, Memory, Opt, Products, Size, Tier, Topic, Write, Written, viewer};
use crate::sink::Sink;
use crate::tiles::{Tile, Tiles};
use crate::watch::Watch;
use crate::wire::xml;
use serde_json::{Value, json};

/// The family.
pub const FORMATS: &[Format] = &[Format {
    id: "html",
    aliases: &[],
    title: "HTML map",
    family: "HTML map",
    version: "",
    extension: "html",
    mime: "text/html",
    tier: Tier::Free,
    topics: &[Topic::Web],
    about: "An interactive map as one file that opens by double click in any browser, offline: zoom, switch layers, find names, click for tags, print.",
    for_whom: "Whoever sends a map by e-mail, puts it on a website or a stick, or takes it to where there is no network",
    kept: "Colours, widths, labels and symbols at every zoom; geometry cut into tiles, ids, classes, names, typed fields, all tags",
    lost: "Hatches; fonts, which the browser has or replaces; furniture of the sheet; details finer than a step of the highest zoom",
    programs: &["Google Chrome", "Firefox", "Safari", "Microsoft Edge", "any website", "Nextcloud", "SharePoint"],
    specification: "https://html.spec.whatwg.org/multipage/",
    credit: Credit::Inside("a line on the map"),
    provenance: Some("a block of the page's head"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        OPTIONS[0],
        OPTIONS[1],
        Opt::flag("tags", "A click shows all tags of an object, otherwise its main fields", true),
        Opt::flag("search", "Names can be searched", true),
    ],
    write: Write::Several("WebPage", write),
}];

fn write(products: &mut dyn Products, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let [head, upper, lower, tail] = viewer::page()?;
    let mut document = maplibre_style::document(job)?;
    let features = watch.part(0.0..0.4, |watch| products.tile_features(watch))?;
    job.notes.append(&features.notes);
    let tiles = Tiles::new(features);
    let set = Tileset::new(&tiles, job);
    maplibre_style::settle(&mut document, &set, "map://", job);
    let mut title = Vec::new();
    xml::escape(&mut title, &title_of(job));
    sink.put(head.as_bytes())?;
    sink.put(&title)?;
    sink.put(upper.as_bytes())?;
    block(sink, "mapwright", "application/json", |sink| sink.put(job.provenance.text().as_bytes()))?;
    sink.put(lower.as_bytes())?;
    let about = about(&document, &set, job)?;
    block(sink, "map", "application/json", |sink| sink.put(data::safe(&about).as_bytes()))?;
    block(sink, "names", "text/plain", |sink| {
        if job.settings.flag("search") { data::names(features, sink) } else { data::packed(b"[]", sink) }
    })?;
    block(
        sink,
        "tags",
        "text/plain",
        |sink| if job.settings.flag("tags") { data::tags(features, sink) } else { Ok(()) },
    )?;
    let place = |tile: &Tile| (tile.x, tile.y);
    watch.part(0.4..1.0, |watch| {
        block(sink, "tiles", "text/plain", |sink| {
            set.each(watch, place, |tile| {
                sink.put(format!("\n{}/{}/{} ", tile.z, tile.x, tile.y).as_bytes())?;
                data::packed(&tile.bytes, sink)
            })
        })
    })?;
    sink.put(tail.as_bytes())
}

/// What the map is called.
fn title_of(job: &Job) -> String {
    job.request.page.furniture.title.as_deref().unwrap_or("OpenStreetMap").replace(['\r', '\n'], " ")
}

/// A block of data in the page, which a browser does not run.
fn block(sink: &mut dyn Sink, id: &str, mime: &str, write: impl FnOnce(&mut dyn Sink) -> Result<()>) -> Result<()> {
    sink.put(format!("<script type=\"{mime}\" id=\"{id}\">").as_bytes())?;
    write(sink)?;
    sink.put(b"</script>\n")
}

/// Style, view, layers and symbols.
fn about(document: &Value, set: &Tileset, job: &Job) -> Result<Value> {
    let sprites =
        [sprite(1)?, sprite(2)?].map(|(index, picture)| json!({ "index": index, "picture": data::base64(&picture) }));
    Ok(json!({
        "title": title_of(job),
        "bounds": set.flat_bounds(),
        "zooms": [set.zooms.start(), set.zooms.end()],
        "layers": set.layers(),
        "search": job.settings.flag("search"),
        "style": document,
        "sprite": sprites,
    }))
}
