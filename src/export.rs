//! The whole pipeline on one screen: open bytes once, export many times.

mod opened;
mod run;

pub use opened::{Engine, Opened};

use crate::error::{Error, Result};
#[cfg(feature = "style")]
use crate::format::Write;
#[cfg(feature = "dataset")]
use crate::format::viewer;
use crate::format::{self, Credit, Entry, Format, Job, Settings};
use crate::geo::antimeridian::{HALF, crosses, wrapped};
use crate::geo::crs::{Crs, DEGREE};
use crate::geo::ring::Path;
use crate::geo::round::Laid;
use crate::info::Origin;
use crate::map::{Own, latin};
use crate::note::Note;
#[cfg(feature = "scene")]
use crate::note::Notes;
use crate::provenance::{Provenance, VERSION};
use crate::request::{Area, Bbox, CrsChoice, Language, Limits, MapStyle, Request, brief};
#[cfg(feature = "scene")]
use crate::sheet::frame;
use crate::sink::Sink;
#[cfg(feature = "style")]
use crate::style::outline;
use crate::watch::Watch;
use run::{Inputs, Run};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// A finished file; its bytes are in its sink.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// File name with extension.
    pub name: String,
    /// Media type.
    pub mime: &'static str,
    /// The format as it was asked for: id or alias.
    pub format: String,
    /// Its length, bytes.
    pub size: u64,
    /// What was left out on the way.
    pub notes: Vec<Note>,
}

impl Opened {
    /// Writes every format the request names, each into the sink that `open` gives for its name; formats of one product
    /// share it. What is to become of the sinks is the caller's: after a failure none of them holds a file.
    ///
    /// # Errors
    /// [`Error::Request`] for fields, [`Error::Excess`] beyond a limit, [`Error::Empty`] for an input without a place, those
    /// of the stages and sinks.
    pub fn export<S: Sink>(
        &self,
        engine: &Engine,
        request: &Request,
        watch: &mut Watch,
        open: impl FnMut(&str) -> Result<S>,
    ) -> Result<Vec<(File, S)>> {
        let own = Own::read(request.area.as_ref(), &request.overlays, &engine.limits, watch)?;
        if request.overlays.is_empty() {
            return self.write(engine, request, watch, open);
        }
        let map = own.over(&self.map, watch)?;
        Self { map, info: self.info.clone() }.write(engine, request, watch, open)
    }

    fn write<S: Sink>(
        &self,
        engine: &Engine,
        request: &Request,
        watch: &mut Watch,
        mut open: impl FnMut(&str) -> Result<S>,
    ) -> Result<Vec<(File, S)>> {
        let wanted = wanted(request)?;
        engine.prepare(request);
        let inputs = self.inputs(engine, request)?;
        let mut run = Run::new(inputs);
        let mut files: Vec<(File, S)> = Vec::with_capacity(wanted.len());
        let count = wanted.len() as f64;
        for (row, one) in wanted.iter().enumerate() {
            let Wanted { name: asked, entry, settings } = one;
            let mut notes = self.map.notes.clone();
            if inputs.assumed {
                notes.say("assumed_box", 1, assumed(&inputs.bbox));
            }
            if request.language == Language::Latin && !latin::is_known() {
                notes.say("latin_table", 1, "names that are not written in Latin letters stay as they are: the table of Latin letters is not at hand");
            }
            let format = entry.format;
            if let Credit::Nowhere(why) = format.credit {
                notes.say("credit", 1, format!("name the source, {}, beside the file: {why}", crate::osm::ATTRIBUTION));
            }
            let name = file_name(request, format, &files);
            let mut sink = open(&name)?;
            let provenance = self.provenance(one, request, inputs.bbox);
            let mut job =
                Job { name: asked, file: &name, settings, notes: &mut notes, request, provenance: &provenance };
            watch.part(row as f64 / count..(row + 1) as f64 / count, |watch| {
                format.write.run(&mut run, &mut job, watch, &mut sink)
            })?;
            let (size, notes) = (sink.position(), notes.list().to_vec());
            files.push((File { name, mime: format.mime, format: asked.clone(), size, notes }, sink));
        }
        watch.finish()?;
        Ok(files)
    }

    /// What a request is answered from, and the box it shows: its own, else that around its `area`, else that of the data.
    fn inputs<'a>(&'a self, engine: &'a Engine, request: &'a Request) -> Result<Inputs<'a>> {
        let named = request.bbox.or_else(|| self.area_box(request));
        let bbox = named.or(self.info.bbox).ok_or_else(|| Error::Empty("the data hold no place at all".into()))?;
        let assumed = named.is_none() && self.info.bbox_from == Origin::Content;
        Ok(Inputs { opened: self, engine, request, bbox, assumed })
    }

    /// How one file of a call is made: the request for it alone, and from what.
    fn provenance(&self, wanted: &Wanted, request: &Request, bbox: Bbox) -> Provenance {
        let format = wanted.entry.format;
        let styled = format.write.is_styled();
        let style = match &request.map_style {
            None => Some("default"),
            Some(MapStyle::Named(id) | MapStyle::Based { base: id, .. }) => Some(id.as_str()),
            Some(MapStyle::Document(document)) => document.get("name").and_then(Value::as_str),
        };
        let mut options = BTreeMap::new();
        given(request, format)
            .filter(|given| !given.is_empty())
            .map(|given| options.insert(format.id.to_owned(), given.clone()));
        // Every field is looked at: overlays are somebody's own, and a document does nothing where nothing is drawn.
        let alone = Request {
            formats: vec![wanted.name.clone()],
            format: None,
            bbox: Some(bbox),
            area: request.area.clone(),
            map_style: match &request.map_style {
                Some(MapStyle::Document(document)) => styled.then(|| MapStyle::Document(drawing_part(document))),
                other => other.clone(),
            },
            detail_level: request.detail_level,
            layers: request.layers.clone(),
            filter: request.filter.clone(),
            crs: request.crs,
            clip: request.clip,
            language: request.language.clone(),
            page: request.page.clone(),
            text: request.text,
            sea: request.sea,
            overlays: Vec::new(),
            options,
        };
        let left_out: &[&str] = if request.overlays.is_empty() { &[] } else { &["overlays"] };
        Provenance::new(VERSION, &self.info.timestamp, style.filter(|_| styled), &alone, left_out)
    }

    /// The box around the `area` of a request, across the antimeridian where the area is; none where it goes around a pole or
    /// is not in the data.
    fn area_box(&self, request: &Request) -> Option<Bbox> {
        let found;
        let polygons = match request.area.as_ref()? {
            Area::Shape { coordinates, .. } => coordinates,
            Area::Relation { relation } => {
                found = self.map.relation_area(*relation).ok()?;
                &found
            }
        };
        let mut span = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        for &[x, y] in polygons.iter().flatten().flatten() {
            span = [span[0].min(x), span[1].min(y), span[2].max(x), span[3].max(y)];
        }
        if span[2] - span[0] > 180.0 {
            let step = |degrees: f64| libm::round(degrees * DEGREE) as i64;
            let rings = polygons.iter().flatten().map(|ring| ring.iter().map(|place| place.map(step)).collect());
            let rings: Vec<Path> = rings.collect();
            let extent = Laid::new(&rings).extent();
            if rings.iter().any(|ring| crosses(ring)) || extent.is_some_and(|extent| extent[2] - extent[0] <= HALF) {
                let [west, _, east, _] = extent?;
                (span[0], span[2]) = (wrapped(west) as f64 / DEGREE, wrapped(east) as f64 / DEGREE);
            }
        }
        Bbox::new(span[0], span[1], span[2], span[3]).ok()
    }

    /// Ids of files that an export of this map may need and that are not loaded: fonts where it is drawn, the table of Latin
    /// letters where names want it.
    pub fn missing_assets(&self, engine: &Engine, request: &Request) -> Vec<&'static str> {
        let mut missing = Vec::new();
        if request.language == Language::Latin && !latin::is_known() {
            missing.push(latin::ID);
        }
        #[cfg(feature = "style")]
        if !outline::is_known() && request.formats.iter().any(|name| found(name).is_some_and(Write::has_symbols)) {
            missing.push(outline::ID);
        }
        #[cfg(feature = "dataset")]
        if !viewer::is_known() && opened::has_viewer(request) {
            missing.push(viewer::ID);
        }
        #[cfg(feature = "scene")]
        missing.extend(self.missing_letters(engine, request));
        #[cfg(not(feature = "scene"))]
        let _ = engine;
        missing
    }

    #[cfg(feature = "scene")]
    fn missing_letters(&self, engine: &Engine, request: &Request) -> Vec<&'static str> {
        if !request.formats.iter().any(|name| found(name).is_some_and(Write::is_drawn)) {
            return Vec::new();
        }
        // What is wrong with overlays, style or box is said by the export.
        let watch = &mut Watch::silent();
        let mut own = || Own::read(None, &request.overlays, &engine.limits, watch)?.over(&self.map, watch);
        let overlaid = if request.overlays.is_empty() { None } else { own().ok() };
        let overlaid = overlaid.map(|map| Self { map, info: self.info.clone() });
        let lettered = || {
            let inputs = overlaid.as_ref().unwrap_or(self).inputs(engine, request)?;
            Ok::<_, Error>(inputs.lettered(&inputs.style(&mut Notes::default())?))
        };
        lettered().map_or_else(|_| Vec::new(), |(text, han)| engine.fonts.missing(&text, han))
    }
}

/// How a format is written.
#[cfg(feature = "style")]
fn found(name: &str) -> Option<&'static Write> {
    format::find(name).map(|entry| &entry.format.write)
}

/// What is said of a box that was not named.
fn assumed(bbox: &Bbox) -> String {
    format!(
        "the data name no box; the smallest one that touches their ways is shown: {bbox} (name bbox to choose another)"
    )
}

/// Says what is wrong with a request, as far as that can be known without data.
///
/// # Errors
/// [`Error::Request`] for `formats`, `options.…`, `layers`, `overlays`, `map_style` and, where the box is named, `page`;
/// [`Error::Excess`] beyond a limit; [`Error::Crs`].
pub fn check(request: &Request, limits: &Limits) -> Result<()> {
    let wanted = wanted(request)?;
    crate::map::check(&request.layers)?;
    if let CrsChoice::Epsg(code) = request.crs {
        Crs::from_epsg(code)?;
    }
    Own::read(request.area.as_ref(), &request.overlays, limits, &mut Watch::silent())?;
    #[cfg(feature = "scene")]
    if wanted.iter().any(|wanted| wanted.entry.format.write.is_drawn()) {
        let mut notes = Notes::default();
        crate::style::check(request.map_style.as_ref(), limits)?;
        if let Some(bbox) = request.bbox {
            frame(request, bbox, &mut notes)?;
        }
    }
    drop(wanted);
    Ok(())
}

/// A format that a request names.
struct Wanted {
    /// The name it is asked by.
    name: String,
    entry: Entry,
    /// Its options, complete.
    settings: Settings,
}

/// The formats a request names.
fn wanted(request: &Request) -> Result<Vec<Wanted>> {
    let known = || format::formats().map(|entry| entry.format.id).collect::<Vec<_>>().join(", ");
    if request.formats.is_empty() {
        return Err(Error::request("formats", format!("name at least one of {}", known())));
    }
    let resolve = |name: &String| {
        format::find(name).ok_or_else(|| {
            Error::request("formats", format!("\"{}\" is not a format; there are {}", brief(name), known()))
        })
    };
    for id in request.options.keys() {
        resolve(id)
            .map_err(|_| Error::request(format!("options.{id}"), format!("not a format; there are {}", known())))?;
    }
    request
        .formats
        .iter()
        .map(|name| {
            let entry = resolve(name)?;
            let settings = Settings::new(entry.format.id, entry.format.options, given(request, entry.format))?;
            Ok(Wanted { name: name.clone(), entry, settings })
        })
        .collect()
}

/// What drawing reads of a style document. Sources and the metadata of editors may hold somebody's keys.
fn drawing_part(document: &Value) -> Value {
    let mut part = Map::new();
    for name in ["version", "name", "layers"] {
        document.get(name).map(|own| part.insert(name.into(), own.clone()));
    }
    let palette = document.pointer("/metadata/mapwright").map(|own| json!({ "mapwright": own }));
    palette.map(|palette| part.insert("metadata".into(), palette));
    part.into()
}

/// The options that a request gives a format, by whichever of its names.
fn given<'r>(request: &'r Request, format: &Format) -> Option<&'r BTreeMap<String, Value>> {
    request.options.iter().find(|(id, _)| format.answers_to(id)).map(|(_, given)| given)
}

/// `title.ext`, or `title-format.ext` where another file of this call has that name.
fn file_name<S>(request: &Request, format: &Format, others: &[(File, S)]) -> String {
    let title = request.page.furniture.title.as_deref().unwrap_or("map");
    let mut stem: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    stem = stem.trim_matches('-').to_lowercase();
    let stem = if stem.is_empty() { "map" } else { &stem };
    let plain = format!("{stem}.{}", format.extension);
    if others.iter().any(|(file, _)| file.name == plain) {
        return format!("{stem}-{}.{}", format.id, format.extension);
    }
    plain
}
