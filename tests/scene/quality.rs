//! Labels of real places, measured on what is drawn: nothing overlaps, nothing leaves the frame, names lie on their streets.

use super::draw::drawn;
use super::label::{bounds, ink};
use geo::{Distance, Euclidean, Intersects, LineString, Point, Polygon, Rect};
use mapwright::scene::{Group, Item, Layout, Scene, Text};
use mapwright::{Opened, Watch};
use std::collections::BTreeMap;

/// Extracts below the project's folder, their boxes, and the scales at which they are drawn.
const PLACES: [(&str, [f64; 4], &[u32]); 8] = [
    ("assets/sample/helsinki.osm.pbf", [24.9352, 60.1642, 24.9534, 60.1791], &[2500, 5000, 10_000, 25_000]),
    ("assets/sample/monaco.osm.pbf", [7.4092, 43.7234, 7.4486, 43.7517], &[5000, 10_000, 25_000]),
    ("tests/data/extracts/moscow.osm.pbf", [37.5826, 55.8053, 37.6269, 55.8245], &[5000, 10_000, 25_000]),
    ("tests/data/extracts/dreieich.pbf", [8.7006, 49.9935, 8.7256, 50.0099], &[2500, 5000, 15_000]),
    ("tests/data/extracts/syria.osm.gz", [36.7142, 34.0101, 36.7479, 34.0369], &[5000, 10_000, 25_000]),
    ("tests/data/extracts/ebisu.osm.gz", [139.6947, 35.6384, 139.7083, 35.6480], &[2500, 5000, 10_000]),
    ("tests/data/extracts/suwon.osm.gz", [127.0412, 37.2772, 127.0503, 37.2874], &[2500, 5000]),
    ("tests/data/extracts/taipei.osm.gz", [121.5179, 25.0481, 121.5317, 25.0578], &[2500, 5000]),
];

/// A drawn place.
struct Drawn {
    name: String,
    scene: Scene,
    labels: Vec<Label>,
}

/// A label as it is drawn.
struct Label {
    /// Group, e.g. `labels.streets`.
    kind: String,
    text: Text,
    /// Ink of its glyphs.
    ink: Vec<Polygon>,
    bounds: [f64; 4],
}

/// Every place at every scale.
fn all() -> Vec<Drawn> {
    let mut found = Vec::new();
    for (path, bbox, scales) in PLACES {
        let bytes = std::fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        for scale in scales {
            let request =
                format!(r#"{{"formats": ["svg"], "bbox": {bbox:?}, "detail_level": 3, "page": {{"scale": {scale}}}}}"#);
            let scene = drawn(&bytes, &request);
            let mut labels = Vec::new();
            let group = scene.groups.iter().find(|group| group.id == "labels");
            group.into_iter().for_each(|group| collect(group, &mut labels));
            let labels = labels.into_iter().map(|(kind, text)| {
                let mut ink = ink(&scene.faces, &text);
                ink.extend(text.plate.map(|[x, y, w, h]| Rect::new((x, y), (x + w, y + h)).to_polygon()));
                Label { kind, text, bounds: bounds(&ink), ink }
            });
            found.push(Drawn { name: format!("{path} 1:{scale}"), labels: labels.collect(), scene });
        }
    }
    found
}

fn collect(group: &Group, labels: &mut Vec<(String, Text)>) {
    for item in &group.items {
        if let Item::Text(text) = item {
            labels.push((group.id.clone(), (**text).clone()));
        }
    }
    group.groups.iter().for_each(|inner| collect(inner, labels));
}

/// What is wrong with a drawn place.
fn faults(drawn: &Drawn) -> Vec<String> {
    let mut faults = Vec::new();
    let [x, y, width, height] = drawn.scene.sheet.map;
    for label in &drawn.labels {
        let [left, top, right, bottom] = label.bounds;
        let halo = label.text.halo.map_or(0.0, |(_, reach)| reach);
        if left - halo < x || top - halo < y || right + halo > x + width || bottom + halo > y + height {
            faults.push(format!("{} {:?} leaves the frame", label.kind, label.text.string));
        }
    }
    for (row, a) in drawn.labels.iter().enumerate() {
        for b in drawn.labels.iter().skip(row + 1) {
            let ([l, t, r, u], [m, v, s, w]) = (a.bounds, b.bounds);
            if l > s || m > r || t > w || v > u {
                continue;
            }
            if a.ink.iter().any(|p| b.ink.iter().any(|q| p.intersects(q))) {
                faults.push(format!("{} {:?} overlaps {} {:?}", a.kind, a.text.string, b.kind, b.text.string));
            }
        }
    }
    faults
}

/// The middle of a label.
fn middle(label: &Label) -> [f64; 2] {
    let [left, top, right, bottom] = label.bounds;
    match label.text.layout {
        Layout::Along { .. } => {
            let glyphs = &label.text.glyphs;
            let (first, last) = (glyphs.first().unwrap(), glyphs.last().unwrap());
            [(first.x + last.x) / 2.0, (first.y + last.y) / 2.0]
        }
        Layout::Point { .. } => [(left + right) / 2.0, (top + bottom) / 2.0],
    }
}

#[test]
fn labels_of_real_places_neither_meet_nor_leave_the_frame() {
    let mut faults = Vec::new();
    for drawn in all() {
        let count = drawn.labels.len();
        println!("{}: {count} labels", drawn.name);
        assert!(count > 5, "{}: only {count} labels", drawn.name);
        faults.extend(self::faults(&drawn).into_iter().map(|fault| format!("{}: {fault}", drawn.name)));
        faults.extend(twins(&drawn).into_iter().map(|fault| format!("{}: {fault}", drawn.name)));
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Names that stand twice beside each other.
fn twins(drawn: &Drawn) -> Vec<String> {
    let mut faults = Vec::new();
    let named = |label: &&Label| label.text.string.chars().filter(|c| c.is_alphabetic()).count() > 1;
    let labels: Vec<_> = drawn.labels.iter().filter(named).collect();
    for (row, a) in labels.iter().enumerate() {
        for b in
            labels.iter().skip(row + 1).filter(|b| b.text.string.replace('\n', " ") == a.text.string.replace('\n', " "))
        {
            let ([x, y], [u, v]) = (middle(a), middle(b));
            let far = (x - u).hypot(y - v);
            let wide = |label: &Label| (label.bounds[2] - label.bounds[0]).max(label.bounds[3] - label.bounds[1]);
            let limit = wide(a).max(wide(b)).max(a.text.size * 8.0);
            if far < limit {
                faults.push(format!("{} and {} {:?} are {far:.1} mm apart", a.kind, b.kind, a.text.string));
            }
        }
    }
    faults
}

#[test]
fn names_of_streets_are_upright_and_lie_on_their_streets() {
    let mut faults = Vec::new();
    for (path, bbox, scales) in PLACES {
        let bytes = std::fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let opened = Opened::open(&bytes, &mut Watch::silent()).unwrap();
        for scale in scales {
            let request =
                format!(r#"{{"formats": ["svg"], "bbox": {bbox:?}, "detail_level": 3, "page": {{"scale": {scale}}}}}"#);
            let scene = drawn(&bytes, &request);
            let streets = streets(&opened, &scene);
            let mut labels = Vec::new();
            scene.groups.iter().filter(|group| group.id == "labels").for_each(|group| collect(group, &mut labels));
            for (kind, text) in labels.iter().filter(|(kind, _)| kind == "labels.streets") {
                let angle = |degrees: f64| (degrees + 540.0).rem_euclid(360.0) - 180.0;
                let mean = text
                    .glyphs
                    .iter()
                    .map(|glyph| glyph.angle.sin())
                    .sum::<f64>()
                    .atan2(text.glyphs.iter().map(|glyph| glyph.angle.cos()).sum());
                if !(-93.5..=90.0).contains(&angle(mean.to_degrees())) {
                    faults.push(format!(
                        "{path} 1:{scale} {kind} {:?} stands on its head: {}",
                        text.string,
                        mean.to_degrees()
                    ));
                }
                let lines: Vec<&LineString> =
                    streets.iter().filter(|(name, _)| says(&text.string, name)).flat_map(|(_, lines)| lines).collect();
                if lines.is_empty() {
                    faults.push(format!("{path} 1:{scale} {kind} {:?} is no street", text.string));
                    continue;
                }
                // Middle of the letters: half a capital above the baseline.
                let up = text.size * 0.357;
                let far = text.glyphs.iter().map(|glyph| {
                    let point = Point::new(glyph.x + glyph.angle.sin() * up, glyph.y - glyph.angle.cos() * up);
                    lines.iter().map(|line| Euclidean.distance(&point, *line)).fold(f64::INFINITY, f64::min)
                });
                let far: Vec<f64> = far.collect();
                let most = far.iter().copied().fold(0.0, f64::max);
                if most > text.size * 0.6 {
                    faults.push(format!(
                        "{path} 1:{scale} {kind} {:?} is {most:.2} mm ({:.2} em) off its street",
                        text.string,
                        most / text.size
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Whether a label says a name, perhaps with words shortened to a beginning or a contraction of them.
fn says(label: &str, name: &str) -> bool {
    let (short, whole): (Vec<_>, Vec<_>) = (label.split(' ').collect(), name.split(' ').collect());
    let contracts = |short: &str, whole: &str| {
        let mut rest = whole.chars();
        short.chars().filter(|c| c.is_alphabetic()).all(|c| rest.any(|other| other == c))
    };
    let same = |(a, b): (&&str, &&str)| {
        a == b || (a.chars().next() == b.chars().next() && a.len() < b.len() && contracts(a, b))
    };
    short.len() == whole.len() && short.iter().zip(&whole).all(same)
}

/// The courses of all named ways on the sheet.
fn streets(opened: &Opened, scene: &Scene) -> BTreeMap<String, Vec<LineString>> {
    let osm = &opened.map().osm;
    let mut found: BTreeMap<String, Vec<LineString>> = BTreeMap::new();
    for feature in &opened.map().features {
        let Some(name) = osm.tags(feature.element).iter().find(|(key, _)| osm.strings.get(*key) == "name") else {
            continue;
        };
        let name = osm.strings.get(name.1).split_whitespace().collect::<Vec<_>>().join(" ");
        for part in opened.map().shapes.parts(&feature.parts) {
            let points = opened.map().shapes.points(part).iter().map(|point| {
                let degrees = point.map(|side| f64::from(side) / 1e7);
                scene.sheet.place(scene.sheet.crs.project(degrees).unwrap())
            });
            let line: Vec<[f64; 2]> = points.collect();
            found.entry(name.clone()).or_default().push(LineString::from(line));
        }
    }
    found
}
