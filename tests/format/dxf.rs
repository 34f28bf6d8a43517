//! DXF: layers, text heights on paper, texts that could be taken for codes. Its pairs are read here as its reference
//! says: a line with a code, a line with a value.

use crate::mesh::town::{LONG, Thing, with};
use mapwright::format::{Job, Settings, Write, find};
use mapwright::note::Notes;
use mapwright::plan::Plan;
use mapwright::provenance::Provenance;
use mapwright::request::{Bbox, Request};
use mapwright::sheet::{frame, model};
use mapwright::sink::Sink;
use mapwright::watch::Watch;
use serde_json::json;

/// Too short for its name to be there twice.
const STREET: [[f64; 2]; 2] = [[-40.0, 30.0], [40.0, 30.0]];

/// A code and its value as text.
type Pair = (i32, String);

/// A drawing: its bytes, all its pairs, the pairs of each entity, what was said.
struct Drawn {
    bytes: Vec<u8>,
    pairs: Vec<Pair>,
    entities: Vec<Vec<Pair>>,
    notes: Notes,
}

/// A drawing of DXF 2000: the pairs of each entity.
fn drawn(things: &[Thing], request: serde_json::Value) -> Vec<Vec<Pair>> {
    as_version("dxf", things, request).entities
}

fn as_version(id: &str, things: &[Thing], request: serde_json::Value) -> Drawn {
    let mut bytes = Vec::new();
    let notes = put(id, things, request, &mut bytes);
    let pairs = if bytes.starts_with(SENTINEL) { of_bytes(&bytes) } else { of_lines(&bytes) };
    let start = pairs.iter().position(|(code, value)| *code == 2 && value == "ENTITIES").unwrap();
    let mut entities: Vec<Vec<Pair>> = Vec::new();
    for (code, text) in pairs[start + 1..].iter().take_while(|(_, text)| text != "ENDSEC") {
        if *code == 0 {
            entities.push(vec![]);
        }
        entities.last_mut().unwrap().push((*code, text.clone()));
    }
    // What stands on the sheet is none of the drawing.
    entities.retain(|entity| value(entity, 67) != "1");
    Drawn { bytes, pairs, entities, notes }
}

fn put(id: &str, things: &[Thing], request: serde_json::Value, sink: &mut dyn Sink) -> Notes {
    let request = Request::from_json(&request.to_string()).unwrap();
    let format = find(id).unwrap().format;
    let settings = Settings::new(id, format.options, request.options.get(id)).unwrap();
    let mut notes = Notes::default();
    let Write::Plan(write) = format.write else { panic!("{id} is a plan") };
    let provenance = &Provenance::default();
    let mut job =
        Job { name: format.id, file: "map", settings: &settings, notes: &mut notes, request: &request, provenance };
    let written = with(things, |features| {
        let [left, bottom, right, top] = features.extent;
        let corners = [[left, bottom], [right, top]].map(|corner| features.crs.unproject(corner).unwrap());
        let [[west, south], [east, north]] = corners;
        let bbox = Bbox::new(west, south, east, north).unwrap();
        let sheet = model(&request, bbox, &mut Notes::default()).unwrap();
        let style = mapwright::style::style(request.map_style.as_ref(), &mut Notes::default()).unwrap();
        write(&Plan { features, sheet, style }, &mut job, &mut Watch::silent(), sink)
    });
    written.unwrap();
    notes
}

/// Pairs of lines: UTF-8, or Windows-1252, whose bytes are characters of the same number but for a few signs.
fn of_lines(bytes: &[u8]) -> Vec<Pair> {
    let text =
        String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| bytes.iter().map(|&byte| char::from(byte)).collect());
    let lines: Vec<&str> = text.split("\r\n").collect();
    let pairs = lines.as_chunks::<2>().0.iter().map(|[code, value]| (code.trim().parse().unwrap(), value.to_string()));
    pairs.collect()
}

/// What a binary file begins with.
const SENTINEL: &[u8] = b"AutoCAD Binary DXF\r\n\x1a\0";

/// Takes bytes away from the front.
fn take<const N: usize>(rest: &mut &[u8]) -> [u8; N] {
    let (taken, left) = rest.split_first_chunk().unwrap();
    *rest = left;
    *taken
}

/// Pairs of bytes: a code of two bytes, then as many as the reference says for it.
fn of_bytes(bytes: &[u8]) -> Vec<Pair> {
    let mut rest = &bytes[SENTINEL.len()..];
    let mut pairs = Vec::new();
    loop {
        let code = i32::from(i16::from_le_bytes(take(&mut rest)));
        let value = match code {
            10..=59 | 110..=149 | 210..=239 | 460..=469 | 1010..=1059 => {
                f64::from_le_bytes(take(&mut rest)).to_string()
            }
            60..=79 | 170..=179 | 270..=289 | 370..=389 | 400..=409 | 1060..=1070 => {
                i16::from_le_bytes(take(&mut rest)).to_string()
            }
            90..=99 | 420..=429 | 440..=459 | 1071 => i32::from_le_bytes(take(&mut rest)).to_string(),
            160..=169 => i64::from_le_bytes(take(&mut rest)).to_string(),
            290..=299 => u8::from_le_bytes(take(&mut rest)).to_string(),
            310..=319 | 1004 => {
                let count = usize::from(u8::from_le_bytes(take(&mut rest)));
                let (chunk, left) = rest.split_at(count);
                rest = left;
                format!("{chunk:02X?}")
            }
            _ => {
                let length = rest.iter().position(|byte| *byte == 0).unwrap();
                let (text, left) = rest.split_at(length);
                rest = &left[1..];
                String::from_utf8(text.to_vec()).unwrap()
            }
        };
        pairs.push((code, value.clone()));
        if (code, value.as_str()) == (0, "EOF") {
            assert!(rest.is_empty());
            return pairs;
        }
    }
}

/// The first value of a code.
fn value(entity: &[Pair], code: i32) -> &str {
    entity.iter().find(|pair| pair.0 == code).map_or("", |pair| pair.1.trim())
}

fn of<'e>(entities: &'e [Vec<Pair>], kind: &str) -> Vec<&'e Vec<Pair>> {
    entities.iter().filter(|entity| value(entity, 0) == kind).collect()
}

/// Rows of a table: name, colour of 255, any colour, line type.
fn layers(drawing: &Drawn) -> Vec<[&str; 4]> {
    let starts = drawing.pairs.iter().enumerate().filter(|(_, pair)| **pair == (0, "LAYER".to_owned()));
    let row = |start: usize| {
        let rest = &drawing.pairs[start + 1..];
        let end = rest.iter().position(|pair| pair.0 == 0).unwrap();
        [2, 62, 420, 6].map(|code| value(&rest[..end], code))
    };
    starts.map(|(start, _)| row(start)).collect()
}

#[test]
fn things_lie_on_the_layers_of_their_classes() {
    let things: [Thing; 2] = [("buildings.public", &LONG, ""), ("roads.residential", &STREET, "name=High Street")];
    let entities = drawn(&things, json!({}));
    let lines = of(&entities, "LWPOLYLINE");
    let found: Vec<_> = lines.iter().map(|line| (value(line, 8), value(line, 90), value(line, 70))).collect();
    // Vertices; closed (1) and dashes on over corners (128).
    assert_eq!(found, [("buildings-public", "4", "129"), ("roads-residential", "2", "128")]);
    // The filling lies on a layer of its own, below everything.
    assert_eq!((value(&entities[0], 0), value(&entities[0], 8)), ("HATCH", "buildings-public-fill"));
    let texts: Vec<_> = of(&entities, "TEXT").iter().map(|text| (value(text, 8), value(text, 1))).collect();
    assert_eq!(texts[0], ("names-roads", "High Street"));
    assert!(texts[1].1.contains("OpenStreetMap contributors"));
}

#[test]
fn options_add_and_leave_out() {
    let things: [Thing; 2] = [("buildings.public", &LONG, ""), ("roads.residential", &STREET, "name=High Street")];
    let entities = drawn(&things, json!({"options": {"dxf": {"hatch": "none", "names": "none", "tags": false}}}));
    assert!(of(&entities, "HATCH").is_empty());
    assert_eq!(of(&entities, "TEXT").len(), 1);
    assert!(!entities.iter().flatten().any(|(code, value)| *code == 1000 && value.starts_with("tag:")));
}

#[test]
fn lines_of_a_layer_are_drawn_once_if_asked() {
    let next = LONG.map(|[x, y]| [x + 20.0, y]);
    // A shed against the far wall, a centimetre off, with no corner in common; a house of another class.
    let shed = [[45.0, 2.0], [45.0, 8.0], [40.005, 8.0], [40.005, 2.0]];
    let things: [Thing; 6] = [
        ("buildings.public", &LONG, ""),
        ("buildings.public", &next, ""),
        ("buildings.public", &shed, ""),
        ("buildings.public", &LONG, ""),
        ("buildings.commercial", &next, ""),
        ("roads.residential", &STREET, ""),
    ];
    for id in ["dxf", "dxf-r12", "dxf-2018", "dxf-binary"] {
        let drawn =
            |dedupe: bool| as_version(id, &things, json!({"options": {id: {"dedupe": dedupe, "names": "none"}}}));
        let length = |drawing: &Drawn, layer: &str| {
            let (mut sum, mut lines) = (0.0, Vec::new());
            for entity in &drawing.entities {
                let places = |code: i32| {
                    entity.iter().filter(move |pair| pair.0 == code).map(|pair| pair.1.trim().parse::<f64>().unwrap())
                };
                let closed = value(entity, 70).parse::<i64>().unwrap_or_default() & 1 == 1;
                let its = value(entity, 8).eq_ignore_ascii_case(layer);
                match value(entity, 0) {
                    "LWPOLYLINE" if its => lines.push((places(10).zip(places(20)).collect::<Vec<_>>(), closed)),
                    "POLYLINE" if its => lines.push((Vec::new(), closed)),
                    "VERTEX" if its => lines.last_mut().unwrap().0.extend(places(10).zip(places(20))),
                    _ => {}
                }
            }
            for (line, closed) in &lines {
                let ring = line.iter().chain(line.first().filter(|_| *closed));
                let points: Vec<_> = ring.collect();
                sum += points.windows(2).map(|pair| (pair[1].0 - pair[0].0).hypot(pair[1].1 - pair[0].1)).sum::<f64>();
            }
            (sum, lines.len())
        };
        let (all, once) = (drawn(false), drawn(true));
        assert!((length(&all, "buildings-public").0 - (180.0 + 21.99)).abs() < 0.01, "{id}");
        // Both houses without one of the walls between them, the shed without its wall.
        let (sum, lines) = length(&once, "buildings-public");
        assert!((sum - (110.0 + 15.99)).abs() < 0.01 && lines == 3, "{id}: {sum} {lines}");
        assert!((length(&once, "buildings-commercial").0 - 60.0).abs() < 0.01);
        assert_eq!(length(&once, "roads-residential"), (80.0, 1));
        let told = |drawing: &Drawn| {
            drawing.notes.list().iter().find(|note| note.code == "doubled_lines").map(|note| note.count)
        };
        assert_eq!((told(&all), told(&once)), (None, Some(3)));
    }
}

#[test]
fn names_are_as_high_on_paper_as_asked() {
    // 200 by 100 metres: on 420 mm at 1 : 500, on A4 at 1 : 1000.
    for (page, height) in [
        (json!({}), 0.9),
        (json!({"size": "A4"}), 1.8),
        (json!({"size": "A0"}), 0.36),
        (json!({"scale": 2000}), 3.6),
        (json!({"size": "A4", "scale": 2000}), 3.6),
    ] {
        let entities = drawn(&[], json!({ "page": page }));
        let found: f64 = value(of(&entities, "TEXT")[0], 40).parse().unwrap();
        assert!((found - height).abs() < 1e-9, "{page}: {found}");
    }
}

#[test]
fn texts_come_back_as_they_were() {
    let tags = r"name=A\B \U+0041 100%% Ä, note=\M+1";
    let entities = drawn(&[("roads.residential", &STREET, tags)], json!({}));
    let line = of(&entities, "LWPOLYLINE")[0];
    let data: Vec<&str> = line.iter().filter(|pair| pair.0 == 1000).map(|pair| pair.1.as_str()).collect();
    assert!(data.contains(&r"name=A\B \U+005CU+0041 100%% Ä"), "{data:?}");
    assert!(data.contains(&r"tag:note=\U+005CM+1"), "{data:?}");
    // In what is drawn, two percent signs begin a code as well.
    assert_eq!(value(of(&entities, "TEXT")[0], 1), r"A\B \U+005CU+0041 100% % Ä");
}

#[test]
fn a_model_may_be_larger_than_any_sheet() {
    let request = Request::from_json(r#"{"page": {"scale": 10}}"#).unwrap();
    let bbox = Bbox::new(9.0, 45.0, 9.1, 45.1).unwrap();
    assert!(frame(&request, bbox, &mut Notes::default()).is_err());
    let sheet = model(&request, bbox, &mut Notes::default()).unwrap();
    assert!(sheet.width > 700_000.0 && (sheet.extent[2] - sheet.extent[0] - 7880.0).abs() < 30.0);
}

/// A house, a street with a name that is not Latin, a path that is dashed.
const PLACE: [Thing; 3] = [
    ("buildings.public", &LONG, ""),
    ("roads.residential", &STREET, "name=Улица Мира"),
    ("roads.path", &STREET, "name=Chemin"),
];

#[test]
fn r12_has_what_was_there_in_1992() {
    let drawing = as_version("dxf-r12", &PLACE, json!({}));
    assert_eq!(drawing.bytes.iter().filter(|byte| **byte == b'\n').count() % 2, 0);
    assert!(drawing.pairs.contains(&(1, "AC1009".into())));
    let kinds: Vec<_> = drawing.entities.iter().map(|entity| value(entity, 0)).collect();
    let line = ["POLYLINE", "VERTEX", "VERTEX", "SEQEND"];
    let ring = ["POLYLINE", "VERTEX", "VERTEX", "VERTEX", "VERTEX", "SEQEND"];
    assert_eq!(kinds, [ring.as_slice(), &line, &line, &["TEXT"; 3]].concat());
    let lines = of(&drawing.entities, "POLYLINE");
    let found: Vec<_> = lines.iter().map(|line| (value(line, 8), value(line, 66), value(line, 70))).collect();
    let wanted = [("BUILDINGS-PUBLIC", "1", "129"), ("ROADS-PATH", "1", "128"), ("ROADS-RESIDENTIAL", "1", "128")];
    assert_eq!(found, wanted);
    // Handles, classes and what else came later would be unknown to programs of its time.
    let later = [5, 100, 102, 105, 330, 360, 370, 390, 420];
    assert!(!drawing.pairs.iter().any(|(code, _)| later.contains(code)));
    let rows = layers(&drawing);
    let known: Vec<_> = rows.iter().map(|row| row[0]).collect();
    let wanted = ["0", "BUILDINGS-PUBLIC", "ROADS-RESIDENTIAL", "ROADS-PATH", "NAMES-ROADS", "ATTRIBUTION"];
    assert_eq!(known, wanted);
    assert_eq!((rows[2][3], rows[3][3]), ("CONTINUOUS", "ROADS-PATH"));
}

#[test]
fn r12_writes_letters_as_codes_and_says_so() {
    let drawing = as_version("dxf-r12", &PLACE, json!({}));
    let texts: Vec<_> = of(&drawing.entities, "TEXT").iter().map(|text| value(text, 1)).collect();
    let street = r"\U+0423\U+043B\U+0438\U+0446\U+0430 \U+041C\U+0438\U+0440\U+0430";
    assert_eq!(texts, [street, "Chemin", "© OpenStreetMap contributors, ODbL"]);
    let notes: Vec<_> = drawing.notes.list().iter().map(|note| (note.code, note.count)).collect();
    assert_eq!(notes, [("coded_names", 1)]);
    // Those of its code page are bytes: © of the terms alone, here.
    assert_eq!(drawing.bytes.iter().filter(|byte| !byte.is_ascii()).collect::<Vec<_>>(), [&0xa9]);
    // What the others write needs no such note.
    for id in ["dxf", "dxf-2018", "dxf-binary"] {
        assert!(as_version(id, &PLACE, json!({})).notes.list().is_empty(), "{id}");
    }
}

#[test]
fn r12_cuts_names_between_letters() {
    let long = format!("name={}", "Ж".repeat(40));
    let far = [[-45.0, 30.0], [45.0, 30.0]];
    let drawing = as_version("dxf-r12", &[("roads.residential", &far, &long)], json!({}));
    assert_eq!(value(of(&drawing.entities, "TEXT")[0], 1), r"\U+0416".repeat(36));
    let notes: Vec<_> = drawing.notes.list().iter().map(|note| (note.code, note.count)).collect();
    assert_eq!(notes, [("coded_names", 1), ("cut_names", 1)]);
    let data: String = drawing.pairs.iter().filter(|pair| pair.0 == 1000).map(|pair| pair.1.as_str()).collect();
    assert!(data.matches(r"\U+0416").count() >= 40);
    assert!(drawing.pairs.iter().all(|(_, value)| value.len() <= 255));
    let whole = as_version("dxf", &[("roads.residential", &far, &long)], json!({}));
    assert!(whole.notes.list().is_empty());
    // On a street that is too short there is none, and that is said.
    let near = [[0.0, 30.0], [10.0, 30.0]];
    for id in ["dxf", "dxf-r12"] {
        let drawing = as_version(id, &[("roads.residential", &near, &long)], json!({}));
        assert_eq!(of(&drawing.entities, "TEXT").len(), 1, "{id}");
        assert!(drawing.notes.list().iter().any(|note| note.code == "crowded_names"), "{id}");
    }
}

#[test]
fn r12_goes_out_while_it_is_made() {
    /// The largest piece that was put.
    struct Largest(usize, u64);
    impl Sink for Largest {
        fn put(&mut self, bytes: &[u8]) -> mapwright::error::Result<()> {
            self.0 = self.0.max(bytes.len());
            self.1 += bytes.len() as u64;
            Ok(())
        }
        fn position(&self) -> u64 {
            self.1
        }
        fn patch(&mut self, _: u64, _: &[u8]) -> mapwright::error::Result<()> {
            panic!("nothing is known late")
        }
    }
    let streets: Vec<Thing> = (0..2000).map(|_| PLACE[1]).collect();
    let mut sink = Largest(0, 0);
    put("dxf-r12", &streets, json!({}), &mut sink);
    assert!(sink.1 > 500_000 && sink.0 < 100_000, "{} at once of {}", sink.0, sink.1);
}

#[test]
fn colours_are_true_where_the_version_has_them() {
    let style = json!({"version": 8, "sources": {}, "layers": [
        {"id": "roads", "type": "line", "source-layer": "roads", "paint": {"line-color": "#123456"}}]});
    // Beside a true colour stands the nearest in RGB, as acadrust has it.
    for (id, near, any) in
        [("dxf", "157", ""), ("dxf-r12", "157", ""), ("dxf-2018", "148", "1193046"), ("dxf-binary", "148", "1193046")]
    {
        let drawing = as_version(id, &PLACE, json!({"map_style": style}));
        let row = layers(&drawing).into_iter().find(|row| row[0].eq_ignore_ascii_case("roads-path")).unwrap();
        // The nearest of the 255 stands beside it.
        assert_eq!((row[1], row[2]), (near, any), "{id}");
    }
}

#[test]
fn line_types_have_a_length_and_no_more_dashes_than_programs_take() {
    let style = json!({"version": 8, "sources": {}, "layers": [{"id": "roads", "type": "line", "source-layer": "roads",
        "paint": {"line-color": "red", "line-dasharray": [1, 2, 3, 4, 5, 6, 7]}}]});
    for id in ["dxf", "dxf-r12", "dxf-2018", "dxf-binary"] {
        let drawing = as_version(id, &PLACE, json!({"map_style": style}));
        let at: Vec<_> = (0..drawing.pairs.len())
            .filter(|row| drawing.pairs[*row].0 == 73 && drawing.pairs[*row].1.trim() == "12")
            .collect();
        assert_eq!(at.len(), 2, "{id}");
        for row in at {
            // The length of the pattern, then its dashes.
            let rest = &drawing.pairs[row + 1..];
            let lengths = rest.iter().take_while(|pair| pair.0 != 0).filter(|pair| pair.0 == 49);
            let sum: f64 = lengths.map(|pair| pair.1.parse::<f64>().unwrap().abs()).sum();
            let (code, length) = &rest[0];
            assert!(
                *code == 40 && sum > 0.0 && (length.parse::<f64>().unwrap() - sum).abs() < 1e-5,
                "{id}: {length}, {sum}"
            );
        }
    }
}

#[test]
fn bytes_hold_the_drawing_of_2018() {
    let request = json!({});
    let [lines, bytes] = ["dxf-2018", "dxf-binary"].map(|id| as_version(id, &PLACE, request.clone()));
    assert!(bytes.bytes.starts_with(SENTINEL) && bytes.bytes.len() < lines.bytes.len());
    assert!(bytes.pairs.contains(&(1, "AC1024".into())) && lines.pairs.contains(&(1, "AC1032".into())));
    // A filling, an outline, two lines, two names, the terms.
    assert_eq!(bytes.entities.len(), 7);
    let plain = |drawing: &Drawn| -> Vec<Vec<Pair>> {
        let number = |text: &str| text.trim().parse().map_or(text.to_owned(), |number: f64| number.to_string());
        let known = |code: &i32| matches!(code, 0 | 1 | 8 | 10..=59 | 70 | 90 | 1000..=1009);
        let entity = |entity: &Vec<Pair>| -> Vec<Pair> {
            entity.iter().filter(|(code, _)| known(code)).map(|(code, value)| (*code, number(value))).collect()
        };
        drawing.entities.iter().map(entity).collect()
    };
    assert_eq!(plain(&bytes), plain(&lines));
    let texts = of(&bytes.entities, "TEXT");
    assert_eq!(value(texts[0], 1), "Улица Мира");
    for drawing in [&lines, &bytes] {
        let at = drawing.pairs.iter().position(|(_, value)| value == "$COMMENTS").unwrap();
        assert!(drawing.pairs[at + 1].1.contains("OpenStreetMap contributors, ODbL"), "{:?}", drawing.pairs[at + 1]);
    }
}
