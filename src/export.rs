//! The whole pipeline on one screen: open bytes once, export many times.

use crate::error::{Error, Result};
use crate::format::{self, Entry, FORMATS, Job, Settings, Write};
use crate::geo::{crs::Crs, divide::divide};
use crate::info::{Info, Origin};
use crate::map::{self, Features, Frame, Map, View};
#[cfg(feature = "solid")]
use crate::mesh::{self, Mesh};
use crate::network;
use crate::note::{Note, Notes};
use crate::osm::Osm;
use crate::request::{Area, Bbox, Clip, CrsChoice, Request};
use crate::scene::frame::frame;
#[cfg(feature = "drawing")]
use crate::scene::{self, Scene, font::Fonts, raster::Raster};
use crate::table;
use crate::tiles::Tiles;
use crate::watch::Watch;
use std::sync::Arc;

/// What outlives single maps: fonts.
#[derive(Debug, Default, Clone)]
pub struct Engine {
    /// Fonts for drawn products.
    #[cfg(feature = "drawing")]
    pub fonts: Fonts,
}

impl Engine {
    /// With the fonts a native program carries.
    ///
    /// # Errors
    /// [`Error::Corrupt`] for a font that cannot be read.
    #[cfg(feature = "server")]
    pub fn native() -> Result<Self> {
        Ok(Self { fonts: Fonts::embedded()? })
    }
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

/// Largest deviation of simplified lines on the sheet, mm, for `detail_level` 1 to 6.
#[cfg(feature = "drawing")]
const TOLERANCE: [f64; 6] = [0.4, 0.2, 0.1, 0.05, 0.02, 0.0];
/// `detail_level` of drawn products where the request names none.
#[cfg(feature = "drawing")]
const DETAIL: u8 = 3;

impl Opened {
    /// Reads and assembles `bytes`.
    ///
    /// # Errors
    /// Those of [`crate::osm::read`] and [`map::build`].
    pub fn open(bytes: &[u8], watch: &mut Watch) -> Result<Self> {
        let whole = watch.narrow(0.0, 0.6);
        let osm = crate::osm::read(bytes, watch)?;
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
        let bbox =
            request.bbox.or(self.info.bbox).ok_or_else(|| Error::Empty("the data hold no place at all".into()))?;
        let mut run = Run {
            opened: self,
            engine,
            request,
            bbox,
            features: None,
            plan: None,
            #[cfg(feature = "solid")]
            mesh: None,
            #[cfg(feature = "drawing")]
            scene: None,
        };
        let mut files: Vec<File> = Vec::with_capacity(wanted.len());
        let whole = watch.narrow(0.0, 1.0);
        for (row, (name, entry, settings)) in wanted.iter().enumerate() {
            watch.widen(whole);
            let count = wanted.len() as f64;
            watch.narrow(row as f64 / count, (row + 1) as f64 / count);
            let mut notes = self.map.notes.clone();
            if request.bbox.is_none() && self.info.bbox_from == Origin::Content {
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

    /// Ids of font files that drawing this map may need and that `engine` has not loaded.
    #[cfg(feature = "drawing")]
    pub fn missing_fonts(&self, engine: &Engine, request: &Request) -> Vec<&'static str> {
        let drawn = |name: &String| {
            format::find(name).is_some_and(|entry| matches!(entry.format.write, Write::Scene(_) | Write::Pixels(_)))
        };
        if !request.formats.iter().any(drawn) {
            return Vec::new();
        }
        let title = request.page.furniture.title.as_deref().unwrap_or_default();
        let overlaid = map::overlaid(&self.map, &request.overlays).ok().filter(|_| !request.overlays.is_empty());
        let mut text = overlaid.as_ref().unwrap_or(&self.map).label_characters(&request.language);
        text.push_str(title);
        engine.fonts.missing(&text)
    }
}

/// The products of one call, each made when the first format asks for it.
struct Run<'a> {
    opened: &'a Opened,
    #[cfg_attr(not(feature = "drawing"), expect(dead_code))]
    engine: &'a Engine,
    request: &'a Request,
    bbox: Bbox,
    features: Option<Features<'a>>,
    plan: Option<Features<'a>>,
    #[cfg(feature = "solid")]
    mesh: Option<Mesh>,
    #[cfg(feature = "drawing")]
    scene: Option<Scene>,
}

impl<'a> Run<'a> {
    fn write(&mut self, entry: &Entry, settings: &Settings, notes: &mut Notes, watch: &mut Watch) -> Result<Vec<u8>> {
        let whole = watch.narrow(0.0, 0.75);
        let request = self.request;
        match entry.format.write {
            Write::Osm(write) => {
                watch.widen(whole);
                self.say_whole(notes);
                write(&self.opened.map.osm, &mut Job { settings, notes, request }, watch)
            }
            Write::Plan(write) => {
                let plan = match self.plan.take() {
                    Some(plan) => plan,
                    None => self.planned(watch)?,
                };
                watch.widen(whole);
                watch.narrow(0.75, 1.0);
                notes.append(&plan.notes);
                let bytes = write(&plan, &mut Job { settings, notes, request }, watch);
                self.plan = Some(plan);
                bytes
            }
            #[cfg(feature = "solid")]
            Write::Mesh(write) => {
                let mesh = self.raised(watch)?;
                watch.widen(whole);
                watch.narrow(0.75, 1.0);
                notes.append(&mesh.notes);
                let bytes = write(&mesh, &mut Job { settings, notes, request }, watch);
                self.mesh = Some(mesh);
                bytes
            }
            Write::Features(write) => {
                let features = self.seen(watch)?;
                watch.widen(whole);
                watch.narrow(0.75, 1.0);
                notes.append(&features.notes);
                let bytes = write(&features, &mut Job { settings, notes, request }, watch);
                self.features = Some(features);
                bytes
            }
            Write::Table(split, write) => {
                let features = self.seen(watch)?;
                watch.widen(whole);
                watch.narrow(0.75, 1.0);
                notes.append(&features.notes);
                let bytes = table::list(&features, split, watch)
                    .and_then(|tables| write(&tables, &mut Job { settings, notes, request }, watch));
                self.features = Some(features);
                bytes
            }
            Write::Network(write) => {
                let features = self.seen(watch)?;
                watch.widen(whole);
                watch.narrow(0.75, 1.0);
                notes.append(&features.notes);
                let bytes = network::link(&features, watch).and_then(|mut network| {
                    notes.append(&network.notes);
                    write(&mut network, &mut Job { settings, notes, request }, watch)
                });
                self.features = Some(features);
                bytes
            }
            Write::Tiles(write) => {
                let sea = Some(request.sea);
                let view = View { crs: Crs::wgs84(), clip: request.clip != Clip::No, sea, ..self.data_view()? };
                let features = map::view(&self.opened.map, &view, watch)?;
                watch.widen(whole);
                watch.narrow(0.4, 1.0);
                notes.append(&features.notes);
                write(&Tiles::new(&features), &mut Job { settings, notes, request }, watch)
            }
            #[cfg(feature = "drawing")]
            Write::Scene(write) => {
                let scene = self.drawn(watch)?;
                watch.widen(whole);
                watch.narrow(0.75, 1.0);
                notes.append(&scene.notes);
                let bytes = write(&scene, &mut Job { settings, notes, request }, watch);
                self.scene = Some(scene);
                bytes
            }
            #[cfg(feature = "drawing")]
            Write::Pixels(write) => {
                let scene = self.drawn(watch)?;
                watch.widen(whole);
                watch.narrow(0.75, 1.0);
                notes.append(&scene.notes);
                let bytes = Raster::new(&scene, scene.sheet.dpi)
                    .and_then(|mut raster| write(&mut raster, &mut Job { settings, notes, request }, watch));
                self.scene = Some(scene);
                bytes
            }
        }
    }

    /// What data products show.
    fn seen(&mut self, watch: &mut Watch) -> Result<Features<'a>> {
        match self.features.take() {
            Some(features) => Ok(features),
            None => map::view(&self.opened.map, &self.data_view()?, watch),
        }
    }

    /// Says which wishes do not apply to formats that hold everything that was read.
    fn say_whole(&self, notes: &mut Notes) {
        let request = self.request;
        let wishes = [
            ("area", request.area.is_some()),
            ("layers", !request.layers.is_empty()),
            ("detail_level", request.detail_level.is_some()),
            ("clip", request.clip == Clip::Yes),
            ("crs", request.crs != CrsChoice::Auto),
        ];
        let idle: Vec<&str> = wishes.iter().filter(|(_, wished)| *wished).map(|(field, _)| *field).collect();
        if !idle.is_empty() {
            let message = format!("The file holds everything that was read; {} does not apply to it.", idle.join(", "));
            notes.say("whole", idle.len() as u64, message);
        }
    }

    #[cfg(feature = "drawing")]
    fn drawn(&mut self, watch: &mut Watch) -> Result<Scene> {
        if let Some(scene) = self.scene.take() {
            return Ok(scene);
        }
        let mut notes = Notes::default();
        let find = if self.request.overlays.is_empty() { crate::style::style } else { crate::style::overlaid };
        let style = find(self.request.map_style.as_ref(), &mut notes)?;
        let sheet = frame(self.request, self.bbox, &mut notes)?;
        let detail = self.request.detail_level.unwrap_or(DETAIL);
        let tolerance = TOLERANCE.get(usize::from(detail) - 1).copied().unwrap_or(0.0) / sheet.mm_per_unit;
        let view = View {
            crs: sheet.crs.clone(),
            frame: Frame::Projected(sheet.extent),
            area: self.area(&sheet.crs)?,
            clip: self.request.clip != Clip::No,
            layers: self.request.layers.clone(),
            detail_level: Some(detail),
            tolerance,
            sea: Some(self.request.sea),
            language: self.request.language.clone(),
        };
        let whole = watch.narrow(0.0, 0.4);
        let features = map::view(&self.opened.map, &view, watch)?;
        watch.widen(whole);
        watch.narrow(0.4, 1.0);
        notes.append(&features.notes);
        let mut scene = scene::draw(&features, &style, sheet, &self.engine.fonts, self.request, watch)?;
        notes.append(&scene.notes);
        scene.notes = notes;
        watch.widen(whole);
        Ok(scene)
    }

    /// The model of this run.
    #[cfg(feature = "solid")]
    fn raised(&mut self, watch: &mut Watch) -> Result<Mesh> {
        if let Some(mesh) = self.mesh.take() {
            return Ok(mesh);
        }
        let mut notes = Notes::default();
        let style = crate::style::style(self.request.map_style.as_ref(), &mut notes)?;
        let whole = watch.narrow(0.0, 0.6);
        let plan = match self.plan.take() {
            Some(plan) => plan,
            None => self.planned(watch)?,
        };
        watch.widen(whole);
        watch.narrow(0.6, 1.0);
        let mesh = mesh::raise(&plan, &style, watch)?;
        watch.widen(whole);
        self.plan = Some(plan);
        Ok(mesh)
    }

    /// Features in metres, cut at the frame of the sheet.
    fn planned(&self, watch: &mut Watch) -> Result<Features<'a>> {
        let mut notes = Notes::default();
        let sheet = frame(self.request, self.bbox, &mut notes)?;
        let view = View {
            crs: sheet.crs,
            frame: Frame::Projected(sheet.extent),
            clip: self.request.clip != Clip::No,
            sea: Some(self.request.sea),
            ..self.data_view()?
        };
        let mut features = map::view(&self.opened.map, &view, watch)?;
        notes.append(&features.notes);
        features.notes = notes;
        Ok(features)
    }

    fn data_view(&self) -> Result<View> {
        let request = self.request;
        let crs = match request.crs {
            CrsChoice::Auto => Crs::wgs84(),
            CrsChoice::Epsg(code) => Crs::from_epsg(code)?,
        };
        Ok(View {
            area: self.area(&crs)?,
            crs,
            frame: Frame::Degrees(self.bbox),
            clip: request.clip == Clip::Yes,
            layers: request.layers.clone(),
            detail_level: request.detail_level,
            tolerance: 0.0,
            sea: None,
            language: request.language.clone(),
        })
    }

    /// What cuts inside the box, with enough points to be projected to `crs`. Borders of relations keep those they have,
    /// as everything along them does.
    fn area(&self, crs: &Crs) -> Result<Vec<Vec<Vec<[f64; 2]>>>> {
        match &self.request.area {
            None => Ok(Vec::new()),
            Some(Area::Shape { coordinates, .. }) if crs.geographic => Ok(coordinates.clone()),
            Some(Area::Shape { coordinates, .. }) => {
                Ok(coordinates.iter().map(|polygon| polygon.iter().map(|ring| divide(ring)).collect()).collect())
            }
            Some(Area::Relation { relation }) => self.opened.map.relation_area(*relation),
        }
    }
}

fn assumed(&Bbox { min_lon, min_lat, max_lon, max_lat }: &Bbox) -> String {
    format!(
        "the data name no box; the smallest one that touches their ways is shown: {min_lon},{min_lat},{max_lon},{max_lat} (name bbox to choose another)"
    )
}

/// Says what is wrong with a request, as far as that can be known without data.
///
/// # Errors
/// [`Error::Request`] for `formats`, `options.…`, `map_style` and, where the box is named, `page`; [`Error::Crs`].
pub fn check(request: &Request) -> Result<()> {
    let wanted = wanted(request)?;
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
