//! What can be counted on a drawn sheet: labels that meet or leave the frame, banks drawn as rivers, landmarks without a
//! name or sign. Shared by the tests and `benches/labels.rs`.

use geo::{Area, BoundingRect, Contains, Intersects, LineString, Point, Polygon, Rect};
use mapwright::map::{Feature, Geometry, Han, Role, View, is_name, view};
use mapwright::note::Notes;
use mapwright::osm::Element;
use mapwright::request::Limits;
use mapwright::scene::font::{Face, Fonts};
use mapwright::scene::{Group, Item, Layout, Path, Scene, Text, draw};
use mapwright::sheet::frame;
use mapwright::style::{NORMAL, shown, style};
use mapwright::{Engine, Opened, Request, Result, Watch};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Engine::native().expect("fonts").fonts);

/// Draws what is open as `request` says.
pub fn draws(opened: &Opened, request: &str) -> Result<Scene> {
    let request = Request::from_json(request)?;
    let mut notes = Notes::default();
    let level = request.detail_level.unwrap_or(NORMAL);
    let style = style(request.map_style.as_ref(), &mut notes)?.rich(level);
    let sheet = frame(&request, request.bbox.unwrap(), &mut notes)?;
    let looked = View {
        crs: sheet.crs.clone(),
        frame: sheet.view(),
        area: Vec::new(),
        clip: true,
        layers: Vec::new(),
        once: false,
        filter: mapwright::request::Filter::default(),
        detail_level: Some(shown(level, sheet.scale)),
        tolerance: 0.0,
        sea: Some(request.sea.unwrap_or_default()),
        borders: true,
        language: request.language.clone(),
    };
    let features = view(opened.map(), &looked, &mut Watch::silent())?;
    let letters = style.letters();
    let lettered = |key: &str| letters.takes(key) || is_name(key, &request.language);
    let text: String = opened.map().characters(lettered).into_iter().chain(letters.text.chars()).collect();
    let middle = request.bbox.unwrap().center();
    let fonts = FONTS.ready(&text, Han::of(&request.language, middle));
    draw(&features, &style, sheet, (&fonts, &Limits::default()), &request, &mut Watch::silent())
}

/// Boxes of the ink of every glyph of a label as polygons: from the outlines, not from what placing believed.
pub fn ink(faces: &[Arc<Face>], text: &Text) -> Vec<Polygon> {
    let boxed = |glyph: &mapwright::scene::Glyph| {
        let font = FontRef::new(&faces[usize::from(glyph.face)].data).unwrap();
        let em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
        let ink = font.glyph_metrics(Size::unscaled(), LocationRef::default()).bounds(glyph.id.into())?;
        let [left, right, low, high] =
            [ink.x_min, ink.x_max, ink.y_min, ink.y_max].map(|u| f64::from(u) / em * text.size);
        let shrunk = 1e-6;
        if right - left < 1e-3 || high - low < 1e-3 {
            return None;
        }
        let corners = [[left, low], [right, low], [right, high], [left, high]].map(|[x, y]| {
            let (x, y) = (x + if x == left { shrunk } else { -shrunk }, -y + if y == low { -shrunk } else { shrunk });
            let (sin, cos) = glyph.angle.sin_cos();
            [glyph.x + x * cos - y * sin, glyph.y + x * sin + y * cos]
        });
        Some(Polygon::new(LineString::from(corners.to_vec()), Vec::new()))
    };
    text.glyphs.iter().filter_map(boxed).collect()
}

pub fn bounds(boxes: &[Polygon]) -> [f64; 4] {
    let points = boxes.iter().flat_map(|polygon| polygon.exterior().coords());
    points.fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |[a, b, c, d], p| {
        [a.min(p.x), b.min(p.y), c.max(p.x), d.max(p.y)]
    })
}

/// A label as it is drawn.
pub struct Label {
    /// Group, e.g. `labels.streets`.
    pub kind: String,
    /// The text.
    pub text: Text,
    /// Ink of its glyphs, and its plate.
    pub ink: Vec<Polygon>,
    /// Left, top, right and bottom of the ink.
    pub bounds: [f64; 4],
}

impl Label {
    /// The middle of a label.
    pub fn middle(&self) -> [f64; 2] {
        let [left, top, right, bottom] = self.bounds;
        match (&self.text.layout, self.text.glyphs.as_slice()) {
            (Layout::Along { .. }, [first, .., last]) => [(first.x + last.x) / 2.0, (first.y + last.y) / 2.0],
            _ => [(left + right) / 2.0, (top + bottom) / 2.0],
        }
    }
}

/// All labels of a sheet.
pub fn labels(scene: &Scene) -> Vec<Label> {
    let labelled = scene.groups.iter().filter(|group| group.id == "labels");
    let mut items = Vec::new();
    labelled.for_each(|group| collect(group, &mut items));
    let texts = items.into_iter().filter_map(|(kind, item)| match item {
        Item::Text(text) => Some((kind, text)),
        Item::Path(_) => None,
    });
    texts
        .map(|(kind, text)| {
            let mut ink = ink(&scene.faces, text);
            ink.extend(text.plate.map(|[x, y, w, h]| Rect::new((x, y), (x + w, y + h)).to_polygon()));
            Label { kind: kind.to_owned(), text: (**text).clone(), bounds: bounds(&ink), ink }
        })
        .collect()
}

fn collect<'s>(group: &'s Group, items: &mut Vec<(&'s str, &'s Item)>) {
    items.extend(group.items.iter().map(|item| (group.id.as_str(), item)));
    group.groups.iter().for_each(|inner| collect(inner, items));
}

/// Labels that reach beyond the frame, with their halo.
pub fn cut(scene: &Scene, labels: &[Label]) -> Vec<String> {
    let [x, y, width, height] = scene.sheet.map;
    let outside = |label: &&Label| {
        let [left, top, right, bottom] = label.bounds;
        let halo = label.text.halo.map_or(0.0, |(_, reach)| reach);
        left - halo < x || top - halo < y || right + halo > x + width || bottom + halo > y + height
    };
    let named = |label: &Label| format!("{} {:?} leaves the frame", label.kind, label.text.string);
    labels.iter().filter(outside).map(named).collect()
}

/// Pairs of labels whose ink meets.
pub fn overlaps(labels: &[Label]) -> Vec<String> {
    let mut order: Vec<&Label> = labels.iter().collect();
    order.sort_by(|a, b| a.bounds[0].total_cmp(&b.bounds[0]));
    let mut found = Vec::new();
    for (row, a) in order.iter().enumerate() {
        let [_, top, right, bottom] = a.bounds;
        let near = order.iter().skip(row + 1).take_while(|b| b.bounds[0] <= right);
        for b in near.filter(|b| b.bounds[1] <= bottom && b.bounds[3] >= top) {
            if a.ink.iter().any(|p| b.ink.iter().any(|q| p.intersects(q))) {
                found.push(format!("{} {:?} overlaps {} {:?}", a.kind, a.text.string, b.kind, b.text.string));
            }
        }
    }
    found
}

/// The paths that elements of OpenStreetMap are drawn with, with their groups.
fn paths(scene: &Scene) -> BTreeMap<(char, i64), Vec<(&str, &Path)>> {
    let mut items = Vec::new();
    scene.groups.iter().for_each(|group| collect(group, &mut items));
    let mut found: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (group, item) in items {
        if let Item::Path(path) = item
            && let Some(source) = path.source
        {
            found.entry(source).or_default().push((group, path));
        }
    }
    found
}

/// What an element is called in `Path::source`.
fn source(opened: &Opened, element: Element) -> (char, i64) {
    (element.kind.letter(), opened.map().osm.id(element))
}

fn tag<'o>(opened: &'o Opened, element: Element, key: &str) -> Option<&'o str> {
    let osm = &opened.map().osm;
    let found = osm.tags(element).iter().find(|(name, _)| osm.strings.get(*name) == key);
    found.map(|(_, value)| osm.strings.get(*value))
}

/// Areas of water whose border does not close, and that are drawn as lines: banks that look like rivers.
pub fn banks(opened: &Opened, scene: &Scene) -> Vec<String> {
    const AREAS: &[(&str, &[&str])] =
        &[("natural", &["water"]), ("waterway", &["riverbank", "dock"]), ("landuse", &["reservoir", "basin"])];
    const LINES: &[&str] = &["river", "stream", "canal", "ditch", "drain", "tidal_channel", "pressurised"];
    let drawn = paths(scene);
    let area = |element: Element| {
        let is =
            |(key, values): &(&str, &[&str])| tag(opened, element, key).is_some_and(|value| values.contains(&value));
        AREAS.iter().any(is) && tag(opened, element, "waterway").is_none_or(|value| !LINES.contains(&value))
    };
    let map = opened.map();
    let lines = map.features.iter().filter(|row| map.class(row).layer == "water" && row.geometry == Geometry::Line);
    let ids: BTreeSet<_> = lines.filter(|row| area(row.element)).map(|row| source(opened, row.element)).collect();
    let stroked = |id: &&(char, i64)| {
        drawn.get(id).into_iter().flatten().any(|(group, path)| group.starts_with("water") && path.stroke.is_some())
    };
    ids.iter().filter(stroked).map(|(kind, id)| format!("{kind}{id} is water drawn as a line")).collect()
}

/// Places of worship, hotels and museums in buildings that cover enough of the sheet.
#[derive(Default)]
pub struct Landmarks {
    /// How many there are on buildings of their own.
    pub all: usize,
    /// Those of them that have neither sign nor name.
    pub bare: Vec<String>,
}

/// What counts as a landmark.
const LANDMARKS: [(&str, &[&str]); 2] = [("amenity", &["place_of_worship"]), ("tourism", &["hotel", "museum"])];
/// How large its building is at least, mm².
const LARGE: f64 = 4.0;
/// How far a name may be from its building, mm.
const BESIDE: f64 = 12.0;

/// Counts landmarks that are buildings, or stand on a node in one.
pub fn landmarks(opened: &Opened, scene: &Scene, labels: &[Label]) -> Landmarks {
    let map = opened.map();
    let is = |row: &&Feature| {
        LANDMARKS.iter().any(|(key, values)| tag(opened, row.element, key).is_some_and(|value| values.contains(&value)))
    };
    let buildings: Vec<(Element, Polygon)> = map
        .features
        .iter()
        .filter(|row| row.geometry == Geometry::Area && tag(opened, row.element, "building").is_some())
        .flat_map(|row| outer(opened, scene, row).into_iter().map(|ring| (row.element, ring)))
        .filter(|(_, ring)| ring.unsigned_area() >= LARGE && inside(scene, ring))
        .collect();
    let drawn = paths(scene);
    let mut seen = BTreeSet::new();
    let mut found = Landmarks::default();
    for row in map.features.iter().filter(is) {
        let own = buildings.iter().find(|(element, ring)| match row.geometry {
            Geometry::Point => place(opened, scene, row).is_some_and(|place| ring.contains(&place)),
            _ => *element == row.element,
        });
        let Some((_, ring)) = own.filter(|_| seen.insert(row.element)) else { continue };
        found.all += 1;
        let id = source(opened, row.element);
        let sign = drawn.get(&id).into_iter().flatten().any(|(group, _)| group.starts_with("symbols"));
        let name = tag(opened, row.element, "name").unwrap_or_default();
        if !sign && !labels.iter().any(|label| says(label, name) && near(label, ring)) {
            found.bare.push(format!("{}{} {name:?} has neither sign nor name", id.0, id.1));
        }
    }
    found
}

/// Whether a label says a name.
fn says(label: &Label, name: &str) -> bool {
    !name.is_empty() && label.text.string.split_whitespace().eq(name.split_whitespace())
}

/// Whether a label stands at a building.
fn near(label: &Label, ring: &Polygon) -> bool {
    let (Some(around), [x, y]) = (ring.bounding_rect(), label.middle()) else { return false };
    let (low, high) = (around.min(), around.max());
    (low.x - BESIDE..=high.x + BESIDE).contains(&x) && (low.y - BESIDE..=high.y + BESIDE).contains(&y)
}

fn inside(scene: &Scene, ring: &Polygon) -> bool {
    let [x, y, width, height] = scene.sheet.map;
    let points = &mut ring.exterior().coords();
    points.all(|point| (x..=x + width).contains(&point.x) && (y..=y + height).contains(&point.y))
}

/// The outer rings of an area on the sheet.
fn outer(opened: &Opened, scene: &Scene, row: &Feature) -> Vec<Polygon> {
    let shapes = &opened.map().shapes;
    let rings = shapes.parts(&row.parts).iter().filter(|part| part.role == Role::Outer);
    let rings = rings.map(|part| shapes.points(part).iter().filter_map(|at| on_sheet(scene, *at)).collect::<Vec<_>>());
    rings.map(|ring| Polygon::new(LineString::from(ring), Vec::new())).collect()
}

fn place(opened: &Opened, scene: &Scene, row: &Feature) -> Option<Point> {
    let shapes = &opened.map().shapes;
    let at = shapes.parts(&row.parts).first().and_then(|part| shapes.points(part).first())?;
    on_sheet(scene, *at).map(Point::from)
}

/// Where a place of the map lies on the sheet, mm.
pub fn on_sheet(scene: &Scene, at: [i32; 2]) -> Option<[f64; 2]> {
    let degrees = at.map(|side| f64::from(side) / 1e7);
    scene.sheet.crs.project(degrees).ok().map(|at| scene.sheet.place(at))
}
