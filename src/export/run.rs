//! The products of one call: each is made when the first format asks for it, and shared by the others.

use super::{Engine, Opened};
use crate::error::Result;
use crate::format::{Entry, Job, Settings, Write};
use crate::geo::{crs::Crs, divide::divide};
use crate::map::{self, Features, Frame, View};
#[cfg(feature = "solid")]
use crate::mesh::{self, Mesh};
use crate::network;
use crate::note::Notes;
use crate::request::{Area, Bbox, Clip, CrsChoice, Request};
use crate::scene::frame::frame;
#[cfg(feature = "drawing")]
use crate::scene::{self, Scene, raster::Raster};
use crate::table;
use crate::tiles::Tiles;
use crate::watch::Watch;

/// Largest deviation of simplified lines on the sheet, mm, for `detail_level` 1 to 6.
#[cfg(feature = "drawing")]
const TOLERANCE: [f64; 6] = [0.4, 0.2, 0.1, 0.05, 0.02, 0.0];
/// `detail_level` of drawn products where the request names none.
#[cfg(feature = "drawing")]
const DETAIL: u8 = 3;

/// The products of one call, each made when the first format asks for it.
pub(super) struct Run<'a> {
    pub(super) opened: &'a Opened,
    #[cfg_attr(not(feature = "drawing"), expect(dead_code))]
    pub(super) engine: &'a Engine,
    pub(super) request: &'a Request,
    pub(super) bbox: Bbox,
    pub(super) features: Option<Features<'a>>,
    pub(super) plan: Option<Features<'a>>,
    #[cfg(feature = "solid")]
    pub(super) mesh: Option<Mesh>,
    #[cfg(feature = "drawing")]
    pub(super) scene: Option<Scene>,
}

impl<'a> Run<'a> {
    /// The file of one format.
    pub(super) fn write(
        &mut self,
        entry: &Entry,
        settings: &Settings,
        notes: &mut Notes,
        watch: &mut Watch,
    ) -> Result<Vec<u8>> {
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

    /// Features in metres, cut at the frame of the sheet, however large that would be.
    fn planned(&self, watch: &mut Watch) -> Result<Features<'a>> {
        let mut notes = Notes::default();
        let sheet = crate::scene::frame::model(self.request, self.bbox, &mut notes)?;
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
