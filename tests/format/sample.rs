//! A hand-made sheet and hand-made features: every kind of item, every kind of geometry, names that are out to break things.

use mapwright::color::Color;
use mapwright::error::Error;
use mapwright::format::{Entry, Job, Products, Settings, viewer};
use mapwright::geo::crs::Crs;
use mapwright::map::classify::class_id;
use mapwright::map::{Feature, Features, Geometry, Map, Role, Shapes, Traces};
use mapwright::mesh::Mesh;
use mapwright::note::Notes;
use mapwright::osm::{Builder, Element, Kind, Osm};
use mapwright::plan::Plan;
use mapwright::provenance::Provenance;
use mapwright::request::{Bbox, Language, Request};
use mapwright::scene::font::{Face, FontFile};
use mapwright::scene::{Cap, Cut, Glyph, Group, Item, Join, Layout, Path, Paths, Scene, Stroke, Text};
use mapwright::sheet::Sheet;
use mapwright::style::Style;
use mapwright::watch::Watch;
use serde_json::Value;
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Names that end strings, elements and streams where they are not escaped.
pub const HOSTILE: &[&str] = &[
    "Åsgata 1 & 2 <b>",
    "</text><script>alert(1)</script>",
    "a\0b\u{1}c",
    "]]> --> ?>",
    "(unbalanced \\",
    "endstream endobj",
    "שדרות רוטשילד",
    "😀 emoji \u{1F9FF}",
    "line\nbreak\ttab\r",
    "\"quoted\" 'both'",
    "\u{202e}override\u{2028}",
    "",
];

/// The hostile names as elements bear them: NUL is not read.
pub fn hostile() -> Vec<String> {
    HOSTILE.iter().map(|name| name.replace('\0', "")).collect()
}

/// Corners of the sample in degrees: Oslo's fjord side, 400 m wide.
const CORNERS: [[f64; 2]; 4] =
    [[10.735_123_4, 59.905_123_4], [10.735_1, 59.909_1], [10.742_9, 59.909_2], [10.742_912_3, 59.905_2]];

/// A face of the fonts that mapwright ships.
pub fn face() -> Arc<Face> {
    static FILE: FontFile =
        FontFile { id: "noto-sans-regular", family: "Noto Sans", weight: 400, italic: false, ranges: &[(32, 0x2fff)] };
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/fonts/noto-sans-regular.ttf");
    Arc::new(Face { file: &FILE, data: std::fs::read(path).expect("assets/fonts/noto-sans-regular.ttf") })
}

/// Glyphs of a text side by side, turned by `angle` radians.
fn set(face: &Face, text: &str, [x, y]: [f64; 2], size: f64, angle: f64) -> Vec<Glyph> {
    let font = FontRef::new(&face.data).expect("a font");
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let em = f64::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    let mut along = 0.0;
    text.char_indices()
        .filter_map(|(at, c)| {
            let id = font.charmap().map(c)?;
            let glyph = Glyph {
                id: id.to_u32() as u16,
                face: 0,
                x: x + along * angle.cos(),
                y: y + along * angle.sin(),
                angle,
                cluster: (at as u32, (at + c.len_utf8()) as u32),
            };
            along += f64::from(metrics.advance_width(id).unwrap_or(0.0)) / em * size;
            Some(glyph)
        })
        .collect()
}

const fn color(r: u8, g: u8, b: u8, a: u8) -> Color {
    Color { r, g, b, a }
}

fn label(face: &Face, string: &str, at: [f64; 2]) -> Item {
    Item::Text(Box::new(Text {
        plate: None,
        string: string.into(),
        size: 3.0,
        color: color(20, 20, 20, 255),
        halo: Some((color(255, 255, 255, 200), 0.4)),
        letter_spacing: 0.0,
        rotation: 0.0,
        layout: Layout::Point { origin: at, lines: vec![(string.into(), at)] },
        glyphs: set(face, string, at, 3.0, 0.0),
        face: 0,
    }))
}

/// A sheet of 100 × 80 mm with a margin and every kind of item.
pub fn scene() -> Scene {
    let face = face();
    let mut paths = Paths::default();
    let square = |x: f64, y: f64, side: f64| [[x, y], [x + side, y], [x + side, y + side], [x, y + side]];
    let outer = paths.push(square(20.0, 20.0, 30.0), true);
    paths.push(square(30.0, 30.0, 10.0), true);
    let road = paths.push([[5.0, 60.0], [40.0, 55.0], [60.123_4, 62.0], [95.0, 40.0]], false);
    let baseline = paths.push([[40.0, 55.0], [60.0, 62.0], [80.0, 50.0]], false);
    let dot = paths.push([[70.0, 20.0], [70.0, 20.0]], false);
    let area = |fill, source| {
        Item::Path(Path { subpaths: outer..outer + 2, fill: Some(fill), stroke: None, source: Some(('w', source)) })
    };
    let line = |row: u32, width, color, dashes: &[f64], cap| {
        let stroke = Stroke { color, width, cap, join: Join::Round, dashes: dashes.to_vec() };
        Item::Path(Path { subpaths: row..row + 1, fill: None, stroke: Some(stroke), source: Some(('w', 7)) })
    };
    let outlined = Item::Path(Path {
        subpaths: outer..outer + 1,
        fill: Some(color(250, 200, 0, 128)),
        stroke: Some(Stroke {
            color: color(0, 0, 0, 255),
            width: 0.2,
            cap: Cap::Butt,
            join: Join::Miter,
            dashes: vec![],
        }),
        source: Some(('r', 12)),
    });
    let along = Item::Text(Box::new(Text {
        plate: None,
        string: "Fjordgata".into(),
        size: 2.5,
        color: color(0, 0, 80, 255),
        halo: None,
        letter_spacing: 0.1,
        rotation: 0.0,
        layout: Layout::Along { subpath: baseline, offset: 1.0 },
        glyphs: set(&face, "Fjordgata", [41.0, 55.3], 2.5, 0.34),
        face: 0,
    }));
    let lines = Item::Text(Box::new(Text {
        plate: None,
        string: "Two\nlines".into(),
        size: 4.0,
        color: color(200, 0, 0, 255),
        halo: Some((color(255, 255, 255, 255), 0.5)),
        letter_spacing: 0.0,
        rotation: 20.0,
        layout: Layout::Point {
            origin: [75.0, 25.0],
            lines: vec![("Two".into(), [72.0, 24.0]), ("lines".into(), [71.0, 29.0])],
        },
        glyphs: [set(&face, "Two", [72.52, 23.03], 4.0, 0.349), set(&face, "lines", [69.87, 27.39], 4.0, 0.349)]
            .concat(),
        face: 0,
    }));
    let hostile =
        HOSTILE.iter().enumerate().map(|(row, name)| label(&face, name, [8.0, 8.0 + row as f64 * 5.0])).collect();
    let group = |id: &str, label: &str, items, groups| Group { id: id.into(), label: label.into(), items, groups };
    Scene {
        sheet: sheet(),
        frame: Cut::Rectangle(sheet().painted()),
        background: Some(color(242, 239, 233, 255)),
        groups: vec![
            group("water", "water", vec![area(color(170, 211, 223, 255), 1), area(color(1, 2, 3, 77), 2)], vec![]),
            group(
                "roads",
                "roads",
                vec![],
                vec![
                    group(
                        "roads.primary",
                        "primary",
                        vec![
                            line(road, 2.0, color(100, 60, 20, 255), &[], Cap::Butt),
                            line(road, 1.6, color(252, 214, 164, 255), &[], Cap::Round),
                        ],
                        vec![],
                    ),
                    group(
                        "roads.path",
                        "path",
                        vec![line(road, 0.3, color(255, 0, 0, 255), &[1.0, 0.5], Cap::Butt)],
                        vec![],
                    ),
                ],
            ),
            group("pois", "pois", vec![outlined, line(dot, 2.0, color(0, 128, 0, 255), &[], Cap::Round)], vec![]),
            group("labels", "labels", vec![along, lines], vec![]),
            group("labels.hostile", "hostile <&> (\\", hostile, vec![]),
            group(
                "furniture",
                "furniture",
                vec![label(&face, "© OpenStreetMap contributors, ODbL", [5.0, 79.0])],
                vec![],
            ),
        ],
        paths,
        faces: vec![face],
        title: "Sample <&> (\\".into(),
        attribution: "© OpenStreetMap contributors, ODbL".into(),
        timestamp: "2024-05-06T07:08:09Z".into(),
        notes: Notes::default(),
    }
}

fn sheet() -> Sheet {
    Sheet {
        width: 100.0,
        height: 80.0,
        bleed: 3.0,
        crop_marks: false,
        shape: Vec::new(),
        index: None,
        map: [5.0, 5.0, 90.0, 70.0],
        crs: Crs::wgs84(),
        extent: [10.735, 59.905, 10.743, 59.909],
        mm_per_unit: 11_250.0,
        scale: 5000.0,
        dpi: 100.0,
        zoom: 16.0,
        corners: CORNERS,
    }
}

/// The same sheet with nothing on it.
pub fn empty_scene() -> Scene {
    Scene { background: None, groups: vec![], paths: Paths::default(), timestamp: String::new(), ..scene() }
}

/// A map whose nodes carry the hostile names, with a way and a relation.
pub fn map() -> Map {
    let mut builder = Builder::new();
    let name = builder.string("name").unwrap();
    for (row, text) in HOSTILE.iter().enumerate() {
        let value = builder.string(text).unwrap();
        builder.node(row as i64 + 1, [107_350_000 + row as i32, 599_050_000], &[(name, value)]);
    }
    let (key, value) = (builder.string("highway").unwrap(), builder.string("residential").unwrap());
    builder.way(10, &[1, 2], &[(key, value)]);
    builder.relation(9_007_199_254_740_993, &[], &[(key, value)]);
    *builder.header().1 = "2024-05-06T07:08:09Z".into();
    of(builder.finish())
}

/// A map of nothing.
pub fn empty_map() -> Map {
    of(Osm::default())
}

fn of(osm: Osm) -> Map {
    Map {
        osm: Arc::new(osm),
        features: vec![],
        shapes: Shapes::default(),
        several: vec![],
        borders: Vec::new(),
        sided: Vec::new(),
        coast: 0..0,
        streets: Vec::new(),
        notes: Notes::default(),
    }
}

/// A feature of each kind of geometry; the points carry the hostile names.
pub fn features(map: &Map) -> Features<'_> {
    let mut features = Features {
        map,
        crs: Crs::wgs84(),
        extent: [10.73, 59.9, 10.75, 59.91],
        rows: vec![],
        shapes: Traces::default(),
        language: Language::default(),
        notes: Notes::default(),
    };
    let count = map.osm.nodes.id.len() as u32;
    for index in 0..count {
        let lon = 10.735 + f64::from(index) * 1e-7;
        add(&mut features, (Kind::Node, index), Geometry::Point, &[(Role::Point, &[[lon, 59.905]])]);
    }
    if count == 0 {
        return features;
    }
    let line: &[[f64; 2]] = &[[10.735, 59.905], [10.735_000_1, 59.905_5], [10.74, 59.906]];
    add(&mut features, (Kind::Way, 0), Geometry::Line, &[(Role::Line, line)]);
    add(
        &mut features,
        (Kind::Way, 0),
        Geometry::Line,
        &[(Role::Line, line), (Role::Line, &[[10.0, 59.0], [11.0, 60.0]])],
    );
    let ring = |x: f64, y: f64, side: f64| [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];
    let hole: Vec<_> = ring(10.736, 59.906, 0.001).into_iter().rev().collect();
    add(
        &mut features,
        (Kind::Relation, 0),
        Geometry::Area,
        &[
            (Role::Outer, &ring(10.735, 59.905, 0.004)),
            (Role::Inner, &hole),
            (Role::Outer, &ring(10.741, 59.905, 0.000_001)),
        ],
    );
    features
}

/// Adds a feature with its parts.
pub fn add(features: &mut Features, (kind, index): (Kind, u32), geometry: Geometry, parts: &[(Role, &[[f64; 2]])]) {
    let start = features.shapes.all().len() as u32;
    for (role, points) in parts {
        features.shapes.push(*role, points.iter().copied());
    }
    features.rows.push(Feature {
        element: Element { kind, index },
        class: class_id("roads", "residential").expect("a class"),
        geometry,
        parts: start..features.shapes.all().len() as u32,
        value: 0,
        layer_z: 0,
        place: 0,
    });
}

/// The hand-made products; what follows from features is made of them.
struct Sample<'m> {
    map: &'m Map,
    features: Features<'m>,
    plan: Plan<'m>,
    scene: Scene,
    mesh: Option<Mesh>,
}

impl Products for Sample<'_> {
    fn osm(&mut self, _: &mut Notes) -> &Osm {
        &self.map.osm
    }

    fn features(&mut self, _: &mut Watch) -> Result<&Features<'_>, Error> {
        Ok(&self.features)
    }

    fn layered(&mut self, _: bool, _: &mut Watch) -> Result<&Features<'_>, Error> {
        Ok(&self.features)
    }

    fn look(&mut self, notes: &mut Notes) -> Result<(Style, Sheet), Error> {
        Ok((mapwright::style::style(None, notes)?, sheet()))
    }

    fn tile_features(&mut self, _: &mut Watch) -> Result<&Features<'_>, Error> {
        Ok(&self.features)
    }

    fn plan(&mut self, _: &mut Watch) -> Result<&Plan<'_>, Error> {
        Ok(&self.plan)
    }

    fn scene(&mut self, _: &mut Watch) -> Result<&Scene, Error> {
        Ok(&self.scene)
    }

    fn shown(&self) -> Bbox {
        Bbox { min_lon: 10.735, min_lat: 59.905, max_lon: 10.743, max_lat: 59.909 }
    }

    fn drawn_on(&mut self, sheet: Sheet, _: bool, _: &mut Watch) -> Result<Scene, Error> {
        let drawn = if self.map.osm.nodes.id.is_empty() { empty_scene() } else { scene() };
        Ok(Scene { frame: Cut::Rectangle(sheet.painted()), sheet, ..drawn })
    }

    fn mesh(&mut self, watch: &mut Watch) -> Result<&Mesh, Error> {
        let mesh = mapwright::mesh::raise(&self.plan.features, &self.plan.style, watch)?;
        Ok(self.mesh.insert(mesh))
    }
}

/// What the sample's files say of themselves; the version is none that there is, so that releases change no goldens.
pub fn provenance(request: &Request) -> Provenance {
    Provenance::new("0.0.0", "2024-05-06T07:08:09Z", Some("default"), request, &[])
}

/// Writes the sample, or nothing, in a format.
pub fn write(entry: &Entry, request: &Request, empty: bool, watch: &mut Watch) -> Result<(Vec<u8>, Notes), Error> {
    write_as(entry.format.id, entry, request, empty, watch)
}

/// As [`write`], asked for by a name.
pub fn write_as(
    name: &str,
    entry: &Entry,
    request: &Request,
    empty: bool,
    watch: &mut Watch,
) -> Result<(Vec<u8>, Notes), Error> {
    if !viewer::is_known() {
        let page = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/www/pkg/fonts/viewer.html"));
        viewer::learn(&page.expect("`cargo xtask fonts` writes it"))?;
    }
    let given: Option<&BTreeMap<String, Value>> = request.options.get(entry.format.id);
    let settings = Settings::new(entry.format.id, entry.format.options, given)?;
    let map = if empty { empty_map() } else { map() };
    let style = mapwright::style::style(None, &mut Notes::default())?;
    let mut sample = Sample {
        map: &map,
        features: features(&map),
        plan: Plan { features: features(&map), sheet: sheet(), style },
        scene: if empty { empty_scene() } else { scene() },
        mesh: None,
    };
    let (mut notes, mut bytes) = (Notes::default(), Vec::new());
    let provenance = provenance(request);
    let mut job = Job { name, file: "map", settings: &settings, notes: &mut notes, request, provenance: &provenance };
    entry.format.write.run(&mut sample, &mut job, watch, &mut bytes)?;
    Ok((bytes, notes))
}
