//! The whole pipeline on one screen: open bytes once, export many times.

mod run;

use crate::error::{Error, Result};
#[cfg(feature = "drawing")]
use crate::format::Write;
use crate::format::{self, Entry, FORMATS, Settings};
use crate::geo::crs::Crs;
use crate::info::{Info, Origin};
use crate::map::{self, Map};
use crate::note::Note;
#[cfg(feature = "drawing")]
use crate::note::Notes;
use crate::osm::Osm;
use crate::request::{Area, Bbox, CrsChoice, Request};
#[cfg(feature = "drawing")]
use crate::scene::{
    font::{Fonts, Han},
    frame::frame,
};
use crate::watch::Watch;
use run::{Run, Wish};
use std::sync::Arc;

/// What outlives single maps: fonts.
#[derive(Debug, Default, Clone)]
pub struct Engine {
    /// Fonts for drawn products.
    #[cfg(feature = "drawing")]
    pub fonts: Fonts,
}

/// A finished file.
#[derive(Debug, Clone, PartialEq)]
pub struct File {
    /// File name with extension.
    pub name: String,
    /// Media type.
    pub mime: &'static str,
    /// The format as it was asked for: id or alias.
    pub format: String,
    /// The file.
    pub bytes: Vec<u8>,
    /// What was left out on the way.
    pub notes: Vec<Note>,
}

/// An input, read and assembled.
#[derive(Debug)]
pub struct Opened {
    map: Map,
    info: Info,
}

impl Opened {
    /// Reads and assembles `bytes`.
    ///
    /// # Errors
    /// Those of [`crate::osm::read`] and [`map::build`].
    pub fn open(bytes: &[u8], watch: &mut Watch) -> Result<Self> {
        Self::open_by(|watch| crate::osm::read(bytes, watch), watch)
    }

    /// Reads and assembles a file or a pipe, which is never held whole; `total` bytes are expected, 0 if nobody knows.
    ///
    /// # Errors
    /// Those of [`crate::osm::read_from`] and [`map::build`].
    pub fn open_from(source: &mut dyn std::io::Read, total: u64, watch: &mut Watch) -> Result<Self> {
        Self::open_by(|watch| crate::osm::read_from(source, total, watch), watch)
    }

    fn open_by(read: impl FnOnce(&mut Watch) -> Result<Osm>, watch: &mut Watch) -> Result<Self> {
        let whole = watch.narrow(0.0, 0.6);
        let osm = read(watch)?;
        watch.widen(whole);
        watch.narrow(0.6, 1.0);
        let opened = Self::assemble(osm, watch);
        watch.widen(whole);
        opened
    }

    /// Assembles what a [`crate::osm::Reader`] has read.
    ///
    /// # Errors
    /// Those of [`map::build`].
    pub fn assemble(osm: Osm, watch: &mut Watch) -> Result<Self> {
        let map = map::build(Arc::new(osm), watch)?;
        let info = Info::of(&map);
        Ok(Self { map, info })
    }

    /// What was read: box, counts, date, notes.
    pub fn info(&self) -> &Info {
        &self.info
    }

    /// The map itself.
    pub fn map(&self) -> &Map {
        &self.map
    }

    /// Writes every format the request names; formats of one product share it.
    ///
    /// # Errors
    /// [`Error::Request`] for fields, [`Error::Empty`] for an input without a place, those of the stages.
    pub fn export(&self, engine: &Engine, request: &Request, watch: &mut Watch) -> Result<Vec<File>> {
        if request.overlays.is_empty() {
            return self.write(engine, request, watch);
        }
        let map = map::overlaid(&self.map, &request.overlays)?;
        Self { map, info: self.info.clone() }.write(engine, request, watch)
    }

    fn write(&self, engine: &Engine, request: &Request, watch: &mut Watch) -> Result<Vec<File>> {
        let wanted = wanted(request)?;
        let named = request.bbox.or_else(|| self.area_box(request));
        let bbox = named.or(self.info.bbox).ok_or_else(|| Error::Empty("the data hold no place at all".into()))?;
        let mut run = Run::new(Wish { opened: self, engine, request, bbox });
        let mut files: Vec<File> = Vec::with_capacity(wanted.len());
        let whole = watch.narrow(0.0, 1.0);
        for (row, (name, entry, settings)) in wanted.iter().enumerate() {
            watch.widen(whole);
            let count = wanted.len() as f64;
            watch.narrow(row as f64 / count, (row + 1) as f64 / count);
            let mut notes = self.map.notes.clone();
            if named.is_none() && self.info.bbox_from == Origin::Content {
                notes.say("assumed_box", 1, assumed(&bbox));
            }
            let bytes = run.write(entry, settings, &mut notes, watch)?;
            let file_name = file_name(request, entry, &files);
            let (mime, format, notes) = (entry.format.mime, name.clone(), notes.list().to_vec());
            files.push(File { name: file_name, mime, format, bytes, notes });
        }
        watch.widen(whole);
        watch.finish()?;
        Ok(files)
    }

    /// The box around the `area` of a request; none where it crosses the antimeridian or is not in the data.
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
        for ring in polygons.iter().flatten() {
            if ring.array_windows().any(|[a, b]| (a[0] - b[0]).abs() > 180.0) {
                return None;
            }
            for &[x, y] in ring {
                span = [span[0].min(x), span[1].min(y), span[2].max(x), span[3].max(y)];
            }
        }
        Bbox::new(span[0], span[1], span[2], span[3]).ok()
    }

    /// Ids of font files that drawing this map may need and that `engine` has not loaded.
    #[cfg(feature = "drawing")]
    pub fn missing_fonts(&self, engine: &Engine, request: &Request) -> Vec<&'static str> {
        let drawn = |name: &String| {
            format::find(name).is_some_and(|entry| matches!(entry.format.write, Write::Scene(_) | Write::Pixels(_)))
        };
        if !request.formats.iter().any(drawn) {
            return Vec::new();
        }
        let overlaid = map::overlaid(&self.map, &request.overlays).ok().filter(|_| !request.overlays.is_empty());
        let bbox = request.bbox.or(self.info.bbox);
        let (text, han) = lettered(overlaid.as_ref().unwrap_or(&self.map), request, bbox);
        engine.fonts.missing(&text, han)
    }
}

/// What labels of a drawing may hold, and how Han characters are written in it.
#[cfg(feature = "drawing")]
fn lettered(map: &Map, request: &Request, bbox: Option<Bbox>) -> (String, Han) {
    let mut text = map.label_characters(&request.language);
    text.push_str(request.page.furniture.title.as_deref().unwrap_or_default());
    let middle = bbox.map_or([0.0; 2], |Bbox { min_lon, min_lat, max_lon, max_lat }| {
        [(min_lon + max_lon) / 2.0, (min_lat + max_lat) / 2.0]
    });
    (text, Han::of(&request.language, middle))
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
/// [`Error::Request`] for `formats`, `options.…`, `layers`, `map_style` and, where the box is named, `page`; [`Error::Crs`].
pub fn check(request: &Request) -> Result<()> {
    let wanted = wanted(request)?;
    crate::map::check(&request.layers)?;
    crate::map::check_overlays(&request.overlays)?;
    if let CrsChoice::Epsg(code) = request.crs {
        Crs::from_epsg(code)?;
    }
    #[cfg(feature = "drawing")]
    if wanted.iter().any(|(_, entry, _)| matches!(entry.format.write, Write::Scene(_) | Write::Pixels(_))) {
        let mut notes = Notes::default();
        crate::style::style(request.map_style.as_ref(), &mut notes)?;
        if let Some(bbox) = request.bbox {
            frame(request, bbox, &mut notes)?;
        }
    }
    drop(wanted);
    Ok(())
}

/// The formats a request names, with their options complete.
fn wanted(request: &Request) -> Result<Vec<(String, Entry, Settings)>> {
    let known = || FORMATS.iter().map(|entry| entry.format.id).collect::<Vec<_>>().join(", ");
    if request.formats.is_empty() {
        return Err(Error::request("formats", format!("name at least one of {}", known())));
    }
    let resolve = |name: &String| {
        format::find(name)
            .ok_or_else(|| Error::request("formats", format!("\"{name}\" is not a format; there are {}", known())))
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
            let given = request.options.iter().find(|(id, _)| entry.format.answers_to(id)).map(|(_, given)| given);
            Ok((name.clone(), entry, Settings::new(entry.format.id, entry.format.options, given)?))
        })
        .collect()
}

/// `title.ext`, or `title-format.ext` where another file of this call has that name.
fn file_name(request: &Request, entry: &Entry, others: &[File]) -> String {
    let title = request.page.furniture.title.as_deref().unwrap_or("map");
    let mut stem: String = title.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(60).collect();
    stem = stem.trim_matches('-').to_lowercase();
    let stem = if stem.is_empty() { "map" } else { &stem };
    let plain = format!("{stem}.{}", entry.format.extension);
    if others.iter().any(|file| file.name == plain) {
        return format!("{stem}-{}.{}", entry.format.id, entry.format.extension);
    }
    plain
}
