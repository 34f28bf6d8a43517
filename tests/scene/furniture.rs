//! Furniture: inside the map, apart from each other and from labels, true to scale.

use super::text::fonts;
use mapwright::error::Result;
use mapwright::export::Opened;
use mapwright::map::{self, View};
use mapwright::note::Notes;
use mapwright::request::{Limits, Request};
use mapwright::scene::{self, Group, Item, Layout, Scene};
use mapwright::sheet::frame;
use mapwright::watch::Watch;
use std::sync::OnceLock;

pub fn opened() -> &'static Opened {
    static OPENED: OnceLock<Opened> = OnceLock::new();
    OPENED.get_or_init(|| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample/helsinki.osm.pbf");
        Opened::open(&std::fs::read(path).unwrap(), &mut Watch::silent()).unwrap()
    })
}

/// Helsinki on the page of a request.
pub fn drawn(page: &str) -> Result<Scene> {
    let request = Request::from_json(&format!(r#"{{"formats": ["svg"], "page": {page}}}"#))?;
    let mut notes = Notes::default();
    let style = mapwright::style::style(None, &mut notes)?;
    let sheet = frame(&request, opened().info().bbox.unwrap(), &mut notes)?;
    let view = View {
        crs: sheet.crs.clone(),
        frame: sheet.view(),
        area: Vec::new(),
        clip: true,
        layers: Vec::new(),
        once: false,
        filter: mapwright::request::Filter::default(),
        detail_level: Some(2),
        tolerance: 0.1 / sheet.mm_per_unit,
        sea: None,
        borders: true,
        language: request.language.clone(),
    };
    let features = map::view(opened().map(), &view, &mut Watch::silent())?;
    scene::draw(&features, &style, sheet, (&fonts(), &Limits::default()), &request, &mut Watch::silent())
}

pub fn group<'s>(scene: &'s Scene, id: &str) -> Option<&'s Group> {
    let inner = scene.groups.iter().flat_map(|group| std::iter::once(group).chain(&group.groups));
    inner.into_iter().find(|group| group.id == id)
}

/// Least and greatest x and y of a subpath.
fn extent(points: &[[f64; 2]]) -> [f64; 4] {
    points.iter().fold([f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY], |[a, b, c, d], [x, y]| {
        [a.min(*x), b.min(*y), c.max(*x), d.max(*y)]
    })
}

/// Everything in a group: boxes of its paths, origins of its glyphs.
pub fn boxes(scene: &Scene, group: &Group) -> Vec<[f64; 4]> {
    let of = |item: &Item| -> Vec<[f64; 4]> {
        match item {
            Item::Path(path) => path.subpaths.clone().map(|row| extent(scene.paths.get(row).0)).collect(),
            Item::Text(text) => text.glyphs.iter().map(|glyph| [glyph.x, glyph.y, glyph.x, glyph.y]).collect(),
        }
    };
    group.items.iter().flat_map(of).chain(group.groups.iter().flat_map(|group| boxes(scene, group))).collect()
}

fn within(inner: &[f64; 4], outer: &[f64; 4]) -> bool {
    let slack = 1e-9;
    inner[0] >= outer[0] - slack
        && inner[1] >= outer[1] - slack
        && inner[2] <= outer[2] + slack
        && inner[3] <= outer[3] + slack
}

pub fn texts(group: &Group) -> Vec<&scene::Text> {
    let each = group.items.iter().filter_map(|item| match item {
        Item::Text(text) => Some(text.as_ref()),
        Item::Path(_) => None,
    });
    each.collect()
}

#[test]
fn every_map_says_whose_data_it_shows() {
    for (page, least) in [
        (r#"{"size": "A4"}"#, 1.8),
        (r#"{"size": "A0"}"#, 4.0),
        ("{}", 1.8),
        (r#"{"size": [40, 60], "margin": 0}"#, 1.8),
        (r#"{"size": [20, 20], "margin": 0}"#, 0.5),
    ] {
        let scene = drawn(page).unwrap();
        let label = texts(group(&scene, "furniture.attribution").unwrap())[0];
        assert_eq!(label.string, "© OpenStreetMap contributors, ODbL");
        assert!(label.size >= least, "{page}: {} mm", label.size);
        let [x, y, width, height] = scene.sheet.map;
        let map = [x, y, x + width, y + height];
        let last = label.glyphs.last().unwrap();
        assert!(boxes(&scene, group(&scene, "furniture").unwrap()).iter().all(|inner| within(inner, &map)), "{page}");
        assert!(last.x > x + width / 2.0 && last.y > y + height / 2.0, "{page}: bottom right");
    }
}

#[test]
fn panels_keep_apart_and_labels_keep_off() {
    let all = r#""furniture": {"title": "Helsinki", "scale_bar": true, "ratio": true, "north_arrow": true, "grid": "metres"}"#;
    for size in [r#""A4""#, r#""A2""#, "[90, 120]", "[60, 60]"] {
        let scene = drawn(&format!(r#"{{"size": {size}, {all}}}"#)).unwrap();
        let panels: Vec<&Group> =
            group(&scene, "furniture").unwrap().groups.iter().filter(|panel| panel.label != "grid").collect();
        let names: Vec<_> = panels.iter().map(|panel| panel.label.as_str()).collect();
        assert_eq!(names, ["attribution", "title", "scale-bar", "ratio", "north-arrow"], "{size}");
        // The first thing on a panel is the panel.
        let grounds: Vec<[f64; 4]> = panels.iter().map(|panel| boxes(&scene, panel)[0]).collect();
        for (row, (panel, ground)) in panels.iter().zip(&grounds).enumerate() {
            assert!(boxes(&scene, panel).iter().all(|inner| within(inner, ground)), "{size}: {} spills", panel.id);
            for other in &grounds[row + 1..] {
                let apart =
                    ground[0] >= other[2] || other[0] >= ground[2] || ground[1] >= other[3] || other[1] >= ground[3];
                assert!(apart, "{size}: {} overlaps", panel.id);
            }
        }
        let Some(labels) = group(&scene, "labels") else { continue };
        for spot in boxes(&scene, labels) {
            assert!(!grounds.iter().any(|ground| within(&spot, ground)), "{size}: a label lies under a panel");
        }
    }
}

#[test]
fn the_bar_is_as_long_as_it_says() {
    for (page, scale, longest) in [
        (
            r#"{"scale": 10000, "furniture": {"scale_bar": true, "ratio": true}}"#,
            10_000.0,
            "1\u{202f}:\u{202f}10\u{202f}000",
        ),
        (r#"{"scale": 2500, "furniture": {"scale_bar": true, "ratio": true}}"#, 2500.0, "1\u{202f}:\u{202f}2500"),
        (
            r#"{"scale": 30000, "furniture": {"scale_bar": true, "ratio": true}}"#,
            30_000.0,
            "1\u{202f}:\u{202f}30\u{202f}000",
        ),
    ] {
        let scene = drawn(page).unwrap();
        let bar = group(&scene, "furniture.scale-bar").unwrap();
        // Its frame is the last path.
        let edge = bar.items.iter().rev().find_map(|item| match item {
            Item::Path(path) => Some(extent(scene.paths.get(path.subpaths.start).0)),
            Item::Text(_) => None,
        });
        let [left, _, right, _] = edge.unwrap();
        let told = texts(bar).last().unwrap().string.replace('\u{a0}', " ");
        let (number, unit) = told.split_once(' ').unwrap();
        let metres = number.parse::<f64>().unwrap() * if unit == "km" { 1000.0 } else { 1.0 };
        assert!((metres * 1000.0 / scale - (right - left)).abs() < 1e-6, "{told} at 1:{scale}");
        assert_eq!(texts(group(&scene, "furniture.ratio").unwrap())[0].string, longest);
    }
}

#[test]
fn grids_run_where_they_say() {
    let scene = drawn(r#"{"size": "A3", "furniture": {"grid": "degrees"}}"#).unwrap();
    let sheet = &scene.sheet;
    let ground = |[x, y]: [f64; 2]| {
        let unit = [x - sheet.map[0], y - sheet.map[1]].map(|mm| mm / sheet.mm_per_unit);
        sheet.crs.unproject([sheet.extent[0] + unit[0], sheet.extent[3] - unit[1]]).unwrap()
    };
    let lines = group(&scene, "grid").unwrap();
    assert!(lines.items.len() >= 8, "{}", lines.items.len());
    for item in &lines.items {
        let Item::Path(path) = item else { panic!("a text among lines") };
        let places: Vec<_> = scene.paths.get(path.subpaths.start).0.iter().map(|point| ground(*point)).collect();
        let seconds = |axis: usize| places.iter().map(|place| place[axis] * 3600.0).collect::<Vec<_>>();
        // A micrometre on paper is 0.004 m, 0.0003 seconds of longitude here; one of the axes is round and constant.
        let constant = |axis: usize| {
            let all = seconds(axis);
            all.iter().all(|value| (value - all[0].round()).abs() < 0.001)
        };
        assert!(constant(0) || constant(1), "{places:?}");
    }
    let marks = texts(group(&scene, "furniture.grid").unwrap());
    assert!(marks.iter().any(|text| text.string.starts_with("24°") && text.string.ends_with('E')));
    assert!(marks.iter().any(|text| text.string.starts_with("60°") && text.string.ends_with('N')));
    assert!(matches!(marks[0].layout, Layout::Point { .. }));
    let fault = drawn(r#"{"furniture": {"grid": "miles"}}"#).err().unwrap();
    assert_eq!(fault.field(), Some("page.furniture.grid"));
}

#[test]
fn what_finds_no_room_is_noted() {
    let scene =
        drawn(r#"{"size": [12, 12], "margin": 0, "furniture": {"scale_bar": true, "north_arrow": true}}"#).unwrap();
    let note = scene.notes.list().iter().find(|note| note.code == "furniture_left_out").unwrap();
    assert!(note.message.contains("north-arrow"), "{}", note.message);
}
