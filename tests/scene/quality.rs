//! Labels of real places, measured on what is drawn: nothing overlaps, nothing leaves the frame, names lie on their streets.

use super::measure::{Label, banks, cut, draws, labels, landmarks, on_sheet, overlaps};
use geo::{Distance, Euclidean, LineString, Point};
use mapwright::scene::Scene;
use mapwright::{Opened, Watch};
use std::collections::BTreeMap;
use std::sync::Arc;

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
    opened: Arc<Opened>,
    scene: Scene,
    labels: Vec<Label>,
}

/// Every place at the scales that are `wanted` of its own.
fn all(wanted: impl Fn(u32) -> bool) -> Vec<Drawn> {
    let mut found = Vec::new();
    for (path, bbox, scales) in PLACES {
        let bytes = std::fs::read(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let opened = Arc::new(Opened::open(&bytes, &mut Watch::silent()).unwrap());
        for scale in scales.iter().filter(|scale| wanted(**scale)) {
            let request =
                format!(r#"{{"formats": ["svg"], "bbox": {bbox:?}, "detail_level": 3, "page": {{"scale": {scale}}}}}"#);
            let scene = draws(&opened, &request).unwrap();
            let (name, labels) = (format!("{path} 1:{scale}"), labels(&scene));
            found.push(Drawn { name, opened: opened.clone(), labels, scene });
        }
    }
    found
}

/// What is wrong with a drawn place.
fn faults(drawn: &Drawn) -> Vec<String> {
    let mut faults = cut(&drawn.scene, &drawn.labels);
    faults.extend(overlaps(&drawn.labels));
    faults.extend(banks(&drawn.opened, &drawn.scene));
    faults
}

#[test]
fn labels_of_real_places_neither_meet_nor_leave_the_frame() {
    let mut faults = Vec::new();
    for drawn in all(|_| true) {
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
            let ([x, y], [u, v]) = (a.middle(), b.middle());
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
fn landmarks_have_a_sign_or_a_name() {
    let (mut all, mut bare) = (0, Vec::new());
    for drawn in self::all(|scale| scale == 2500) {
        let found = landmarks(&drawn.opened, &drawn.scene, &drawn.labels);
        all += found.all;
        bare.extend(found.bare.into_iter().map(|fault| format!("{}: {fault}", drawn.name)));
    }
    assert!(all > 30, "only {all} landmarks");
    assert!(bare.len() * 20 <= all, "{} of {all}:\n{}", bare.len(), bare.join("\n"));
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
            let scene = draws(&opened, &request).unwrap();
            let streets = streets(&opened, &scene);
            let labels = labels(&scene);
            for Label { kind, text, .. } in labels.iter().filter(|label| label.kind == "labels.streets") {
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
            let points = opened.map().shapes.points(part).iter();
            let line: Vec<[f64; 2]> = points.filter_map(|place| on_sheet(scene, *place)).collect();
            found.entry(name.clone()).or_default().push(LineString::from(line));
        }
    }
    found
}
