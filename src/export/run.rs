//! The products of one call: each is made when the first format asks for it, and shared by the others.

use super::opened::{Engine, Opened};
use crate::error::Result;
use crate::format::Products;
use crate::geo::{crs::Crs, divide::divide};
use crate::map::{self, Features, Frame, View};
#[cfg(feature = "mesh")]
use crate::mesh::{self, Mesh};
use crate::note::Notes;
use crate::osm::Osm;
#[cfg(feature = "plan")]
use crate::plan::Plan;
#[cfg(feature = "pixels")]
use crate::request::Furniture;
#[cfg(feature = "scene")]
use crate::request::Shape;
use crate::request::{Area, Bbox, Clip, CrsChoice, Request, Sea};
#[cfg(feature = "scene")]
use crate::scene::{self, Scene};
#[cfg(any(feature = "scene", feature = "styled"))]
use crate::sheet::Sheet;
#[cfg(feature = "scene")]
use crate::sheet::frame;
#[cfg(any(feature = "plan", feature = "styled"))]
use crate::sheet::model;
#[cfg(any(feature = "plan", feature = "scene"))]
use crate::style::shown;
#[cfg(feature = "style")]
use crate::style::{NORMAL, Style};
use crate::watch::Watch;

/// Largest deviation of simplified lines on the sheet, mm, for `detail_level` 1 to 6.
#[cfg(feature = "scene")]
const TOLERANCE: [f64; 6] = [0.4, 0.2, 0.1, 0.05, 0.02, 0.0];

/// The products of one call, each made when the first format asks for it.
pub(super) struct Run<'a> {
    inputs: Inputs<'a>,
    features: Option<Features<'a>>,
    #[cfg(feature = "table")]
    layered: [Option<Features<'a>>; 2],
    #[cfg(feature = "tiles")]
    tile_features: Option<Features<'a>>,
    #[cfg(feature = "plan")]
    plan: Option<Plan<'a>>,
    #[cfg(feature = "mesh")]
    mesh: Option<Mesh>,
    #[cfg(feature = "scene")]
    scene: Option<Scene>,
}

/// What all products of one call are made from.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    pub(super) opened: &'a Opened,
    #[cfg_attr(not(feature = "style"), expect(dead_code))]
    pub(super) engine: &'a Engine,
    pub(super) request: &'a Request,
    /// The box that the request shows.
    pub(super) bbox: Bbox,
    /// Whether neither the request nor the data name that box.
    pub(super) assumed: bool,
}

impl<'a> Run<'a> {
    /// Nothing is made yet.
    pub(super) fn new(inputs: Inputs<'a>) -> Self {
        Self {
            inputs,
            features: None,
            #[cfg(feature = "table")]
            layered: [None, None],
            #[cfg(feature = "tiles")]
            tile_features: None,
            #[cfg(feature = "plan")]
            plan: None,
            #[cfg(feature = "mesh")]
            mesh: None,
            #[cfg(feature = "scene")]
            scene: None,
        }
    }
}

impl Products for Run<'_> {
    fn osm(&mut self, notes: &mut Notes) -> &Osm {
        self.inputs.say_whole(notes);
        &self.inputs.opened.map.osm
    }

    fn features(&mut self, watch: &mut Watch) -> Result<&Features<'_>> {
        // Who names the sea wants it.
        let request = self.inputs.request;
        let named = request.layers.iter().any(|layer| layer == "water.sea").then(Sea::default);
        Ok(once(&mut self.features, || self.inputs.data_features(true, request.sea.or(named), watch))?)
    }

    #[cfg(feature = "table")]
    fn layered(&mut self, sea: bool, watch: &mut Watch) -> Result<&Features<'_>> {
        let [land, with_sea] = &mut self.layered;
        let sea = sea.then_some(self.inputs.request.sea.unwrap_or_default());
        Ok(once(if sea.is_some() { with_sea } else { land }, || self.inputs.data_features(false, sea, watch))?)
    }

    #[cfg(feature = "styled")]
    fn look(&mut self, notes: &mut Notes) -> Result<(Style, Sheet)> {
        let Inputs { request, bbox, .. } = self.inputs;
        let style = self.inputs.style(notes)?;
        // Data in degrees look like the drawing that they would be, which has a system of its own.
        let flat = match request.crs {
            CrsChoice::Epsg(code) if Crs::from_epsg(code)?.geographic => CrsChoice::Auto,
            crs => crs,
        };
        if flat == request.crs {
            return Ok((style, model(request, bbox, notes)?));
        }
        Ok((style, model(&Request { crs: flat, ..request.clone() }, bbox, notes)?))
    }

    #[cfg(feature = "tiles")]
    fn tile_features(&mut self, watch: &mut Watch) -> Result<&Features<'_>> {
        Ok(once(&mut self.tile_features, || self.inputs.tile_features(watch))?)
    }

    #[cfg(feature = "plan")]
    fn plan(&mut self, watch: &mut Watch) -> Result<&Plan<'_>> {
        Ok(once(&mut self.plan, || self.inputs.plan(watch))?)
    }

    #[cfg(feature = "scene")]
    fn scene(&mut self, watch: &mut Watch) -> Result<&Scene> {
        Ok(once(&mut self.scene, || self.inputs.scene(watch))?)
    }

    #[cfg(feature = "pixels")]
    fn shown(&self) -> Bbox {
        self.inputs.bbox
    }

    #[cfg(feature = "pixels")]
    fn drawn_on(&mut self, sheet: Sheet, furnished: bool, watch: &mut Watch) -> Result<Scene> {
        let mut notes = Notes::default();
        let style = self.inputs.style(&mut notes)?;
        if furnished {
            return self.inputs.drawing(sheet, style, notes, watch);
        }
        let mut request = self.inputs.request.clone();
        request.page.furniture = Furniture::default();
        let mut scene = Inputs { request: &request, ..self.inputs }.drawing(sheet, style, notes, watch)?;
        scene.groups.retain(|group| group.id != "furniture");
        Ok(scene)
    }

    #[cfg(feature = "mesh")]
    fn mesh(&mut self, watch: &mut Watch) -> Result<&Mesh> {
        let (inputs, plan) = (self.inputs, &mut self.plan);
        Ok(once(&mut self.mesh, || inputs.mesh(plan, watch))?)
    }
}

/// The product in its place, made if this is the first time it is asked for.
fn once<T>(place: &mut Option<T>, make: impl FnOnce() -> Result<T>) -> Result<&mut T> {
    match place {
        Some(made) => Ok(made),
        empty => Ok(empty.insert(make()?)),
    }
}

impl<'a> Inputs<'a> {
    /// What a view shows. That it shows nothing at all is told: most often the sides of a box are in another order.
    fn view(self, view: &View, watch: &mut Watch) -> Result<Features<'a>> {
        let mut features = map::view(&self.opened.map, view, watch)?;
        if features.rows.is_empty() {
            features.notes.say("nothing", 0, self.nothing());
        }
        Ok(features)
    }

    fn nothing(self) -> String {
        let (request, shown) = (self.request, self.bbox);
        let place = if request.area.is_some() { "area" } else { "box" };
        match self.opened.info.bbox.filter(|data| !shown.meets(data)) {
            Some(data) => {
                format!("nothing lies in the {place}: {shown} is shown, the data are of {data} (west,south,east,north)")
            }
            None => {
                let layers = if request.layers.is_empty() { "" } else { &format!(" of {}", request.layers.join(", ")) };
                let tags = if request.filter.is_empty() { "" } else { " with the tags of the filter" };
                format!("no feature{layers}{tags} lies in the {place}")
            }
        }
    }

    /// What data products show: features that touch the box, whole as a rule; `once`, or in each of their layers; with the
    /// `sea`, where somebody wants it.
    fn data_features(self, once: bool, sea: Option<Sea>, watch: &mut Watch) -> Result<Features<'a>> {
        let crs = match self.request.crs {
            CrsChoice::Auto => Crs::wgs84(),
            CrsChoice::Epsg(code) => Crs::from_epsg(code)?,
        };
        let view = View { once, sea, ..self.whole_view(crs, Frame::Degrees(self.bbox))? };
        let mut features = self.view(&view, watch)?;
        features.say_unread();
        Ok(features)
    }

    /// What tiles are cut from.
    #[cfg(feature = "tiles")]
    fn tile_features(self, watch: &mut Watch) -> Result<Features<'a>> {
        let mut features = self.view(&self.cut_view(Crs::wgs84(), Frame::Unrolled(self.bbox))?, watch)?;
        features.say_unread();
        Ok(features)
    }

    /// Features in metres, cut at the frame of the sheet, however large that would be.
    #[cfg(feature = "plan")]
    fn plan(self, watch: &mut Watch) -> Result<Plan<'a>> {
        let mut notes = Notes::default();
        let style = self.style(&mut notes)?;
        let sheet = model(self.request, self.bbox, &mut notes)?;
        // In true size everything has room: without a wish nothing is left out.
        let detail_level = self.request.detail_level.map(|level| shown(level, sheet.scale));
        let view = View { detail_level, ..self.cut_view(sheet.crs.clone(), sheet.view())? };
        let mut features = self.view(&view, watch)?;
        notes.append(&features.notes);
        features.notes = notes;
        Ok(Plan { features, sheet, style })
    }

    /// The drawn sheet.
    #[cfg(feature = "scene")]
    fn scene(self, watch: &mut Watch) -> Result<Scene> {
        let mut notes = Notes::default();
        let style = self.style(&mut notes)?;
        let sheet = frame(self.request, self.bbox, &mut notes)?;
        self.drawing(sheet, style, notes, watch)
    }

    /// The map drawn on a sheet.
    #[cfg(feature = "scene")]
    fn drawing(self, mut sheet: Sheet, style: Style, mut notes: Notes, watch: &mut Watch) -> Result<Scene> {
        let level = self.request.detail_level.unwrap_or(NORMAL);
        let tolerance = TOLERANCE.get(usize::from(level) - 1).copied().unwrap_or(0.0) / sheet.mm_per_unit;
        let detail_level = Some(shown(level, sheet.scale));
        let view = View { detail_level, tolerance, ..self.cut_view(sheet.crs.clone(), sheet.view())? };
        if self.request.page.frame.shape == Shape::Polygon {
            sheet = sheet.shaped(&view.area)?;
        }
        let features = watch.part(0.0..0.4, |watch| self.view(&view, watch))?;
        notes.append(&features.notes);
        let (text, han) = self.lettered(&style);
        let fonts = self.engine.fonts.ready(&text, han);
        let outfit = (&fonts, &self.engine.limits);
        let draw = |watch: &mut Watch| scene::draw(&features, &style, sheet, outfit, self.request, watch);
        let mut scene = watch.part(0.4..1.0, draw)?;
        notes.append(&scene.notes);
        scene.notes = notes;
        Ok(scene)
    }

    /// The model of the features in `plan`.
    #[cfg(feature = "mesh")]
    fn mesh(self, plan: &mut Option<Plan<'a>>, watch: &mut Watch) -> Result<Mesh> {
        let plan = watch.part(0.0..0.6, |watch| once(plan, || self.plan(watch)))?;
        watch.part(0.6..1.0, |watch| mesh::raise(&plan.features, &plan.style, watch))
    }

    /// The style that was asked for, as rich as the detail level says, with layers for overlays where there are some.
    #[cfg(feature = "style")]
    pub(super) fn style(self, notes: &mut Notes) -> Result<Style> {
        crate::style::bounded(self.request.map_style.as_ref(), &self.engine.limits)?;
        let find = if self.request.overlays.is_empty() { crate::style::style } else { crate::style::overlaid };
        Ok(find(self.request.map_style.as_ref(), notes)?.rich(self.request.detail_level.unwrap_or(NORMAL)))
    }

    /// What labels of a drawing in this style may hold, and how Han characters are written in it.
    #[cfg(feature = "scene")]
    pub(super) fn lettered(self, style: &Style) -> (String, map::Han) {
        let Request { language, page, .. } = self.request;
        let letters = style.letters();
        // The street index has names, whatever the style says.
        let wanted = |key: &str| letters.takes(key) || crate::map::is_name(key, language);
        let mut text: String = self.opened.map.characters(wanted).into_iter().chain(letters.text.chars()).collect();
        text.push_str(page.furniture.title.as_deref().unwrap_or_default());
        (text, map::Han::of(language, self.bbox.center()))
    }

    /// Says which wishes do not apply to formats that hold everything that was read.
    fn say_whole(self, notes: &mut Notes) {
        let request = self.request;
        let wishes = [
            ("area", request.area.is_some()),
            ("layers", !request.layers.is_empty()),
            ("filter", !request.filter.is_empty()),
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

    /// What touches the frame, whole unless the request says otherwise.
    fn whole_view(self, crs: Crs, frame: Frame) -> Result<View> {
        let request = self.request;
        Ok(View {
            area: self.area(&crs)?,
            crs,
            frame,
            clip: request.clip == Clip::Yes,
            layers: request.layers.clone(),
            once: false,
            filter: request.filter.clone(),
            detail_level: request.detail_level,
            tolerance: 0.0,
            sea: None,
            borders: false,
            language: request.language.clone(),
        })
    }

    /// What lies in the frame, cut there unless the request says otherwise, with the sea.
    fn cut_view(self, crs: Crs, frame: Frame) -> Result<View> {
        let request = self.request;
        Ok(View {
            clip: request.clip != Clip::No,
            sea: Some(request.sea.unwrap_or_default()),
            borders: true,
            ..self.whole_view(crs, frame)?
        })
    }

    /// What cuts inside the box, with enough points to be projected to `crs`. Borders of relations keep those they have,
    /// as everything along them does.
    fn area(self, crs: &Crs) -> Result<Vec<Vec<Vec<[f64; 2]>>>> {
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
