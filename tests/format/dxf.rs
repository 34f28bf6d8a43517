//! DXF: layers, text heights on paper, texts that could be taken for codes. Its pairs are read here as its reference
//! says: a line with a code, a line with a value.

use crate::mesh::town::{LONG, Thing, with};
use mapwright::format::{Job, Settings, Write, find};
use mapwright::note::Notes;
use mapwright::plan::Plan;
use mapwright::provenance::Provenance;
use mapwright::request::{Bbox, Request};
use mapwright::sheet::{frame, model};
use mapwright::watch::Watch;
use serde_json::json;

const STREET: [[f64; 2]; 2] = [[-90.0, 30.0], [90.0, 30.0]];

/// Entities of a drawing: their pairs.
fn drawn(things: &[Thing], request: serde_json::Value) -> Vec<Vec<(i32, String)>> {
    let request = Request::from_json(&request.to_string()).unwrap();
    let format = find("dxf").unwrap().format;
    let settings = Settings::new("dxf", format.options, request.options.get("dxf")).unwrap();
    let mut notes = Notes::default();
    let Write::Plan(write) = format.write else { panic!("dxf is a plan") };
    let mut job = Job {
        name: format.id,
        settings: &settings,
        notes: &mut notes,
        request: &request,
        provenance: &Provenance::default(),
    };
    let mut bytes = Vec::new();
    let written = with(things, |features| {
        let [left, bottom, right, top] = features.extent;
        let corners = [[left, bottom], [right, top]].map(|corner| features.crs.unproject(corner).unwrap());
        let [[west, south], [east, north]] = corners;
        let bbox = Bbox::new(west, south, east, north).unwrap();
        let sheet = model(&request, bbox, &mut Notes::default()).unwrap();
        let style = mapwright::style::style(None, &mut Notes::default()).unwrap();
        write(&Plan { features, sheet, style }, &mut job, &mut Watch::silent(), &mut bytes)
    });
    written.unwrap();
    // DXF 2000 is written in Windows-1252; its bytes are characters of the same number but for a few signs.
    let text: String = bytes.iter().map(|&byte| char::from(byte)).collect();
    let lines: Vec<&str> = text.lines().collect();
    let pairs = lines.as_chunks::<2>().0.iter().map(|[code, value]| (code.trim().parse().unwrap(), value.to_string()));
    let pairs: Vec<(i32, String)> = pairs.collect();
    let start = pairs.iter().position(|(code, value)| *code == 2 && value == "ENTITIES").unwrap();
    let mut entities: Vec<Vec<(i32, String)>> = Vec::new();
    for (code, value) in pairs[start + 1..].iter().take_while(|(_, value)| value != "ENDSEC") {
        if *code == 0 {
            entities.push(vec![]);
        }
        entities.last_mut().unwrap().push((*code, value.clone()));
    }
    entities
}

/// The first value of a code.
fn value(entity: &[(i32, String)], code: i32) -> &str {
    entity.iter().find(|pair| pair.0 == code).map_or("", |pair| pair.1.trim())
}

fn of<'e>(entities: &'e [Vec<(i32, String)>], kind: &str) -> Vec<&'e Vec<(i32, String)>> {
    entities.iter().filter(|entity| value(entity, 0) == kind).collect()
}

#[test]
fn things_lie_on_the_layers_of_their_classes() {
    let things: [Thing; 2] = [("buildings.public", &LONG, ""), ("roads.residential", &STREET, "name=High Street")];
    let entities = drawn(&things, json!({}));
    let lines = of(&entities, "LWPOLYLINE");
    let found: Vec<_> = lines.iter().map(|line| (value(line, 8), value(line, 90), value(line, 70))).collect();
    // Vertices; closed (1) and dashes on over corners (128).
    assert_eq!(found, [("buildings-public", "4", "129"), ("roads-residential", "2", "128")]);
    assert!(of(&entities, "HATCH").is_empty());
    let texts: Vec<_> = of(&entities, "TEXT").iter().map(|text| (value(text, 8), value(text, 1))).collect();
    assert_eq!(texts[0], ("names-roads", "High Street"));
    assert!(texts[1].1.contains("OpenStreetMap contributors"));
}

#[test]
fn options_add_and_leave_out() {
    let things: [Thing; 2] = [("buildings.public", &LONG, ""), ("roads.residential", &STREET, "name=High Street")];
    let entities = drawn(&things, json!({"options": {"dxf": {"hatch": true, "names": false, "tags": false}}}));
    assert_eq!(of(&entities, "HATCH").len(), 1);
    assert_eq!(of(&entities, "TEXT").len(), 1);
    assert!(!entities.iter().flatten().any(|(code, value)| *code == 1000 && value.starts_with("tag:")));
}

#[test]
fn names_are_as_high_on_paper_as_asked() {
    // 200 by 100 metres: on 420 mm at 1 : 500, on A4 at 1 : 1000.
    for (page, height) in [
        (json!({}), 1.0),
        (json!({"size": "A4"}), 2.0),
        (json!({"size": "A0"}), 0.4),
        (json!({"scale": 2000}), 4.0),
        (json!({"size": "A4", "scale": 2000}), 4.0),
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
