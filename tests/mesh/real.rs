//! A real extract: every body is closed and turned outwards.

use super::town::{open_edges, triangles, volume};
use mapwright::geo::crs::Crs;
use mapwright::map::{Features, Frame, Map, View, build, view};
use mapwright::mesh::print::{Measures, print};
use mapwright::mesh::raise;
use mapwright::note::Notes;
use mapwright::request::Language;
use mapwright::watch::Watch;
use std::sync::Arc;

fn opened() -> Map {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample/helsinki.osm.pbf");
    let osm = mapwright::osm::read(&std::fs::read(path).unwrap(), &mut Watch::silent()).unwrap();
    build(Arc::new(osm), &mut Watch::silent()).unwrap()
}

/// The middle of Helsinki, cut at a frame of 900 by 1,500 metres.
fn middle(map: &Map) -> Features<'_> {
    let crs = Crs::utm(24.94, 60.17);
    let [x, y] = crs.project([24.944, 60.1715]).unwrap();
    let frame = Frame::Projected([x - 450.0, y - 750.0, x + 450.0, y + 750.0]);
    let with = View {
        crs,
        frame,
        area: vec![],
        clip: true,
        layers: vec![],
        once: false,
        filter: mapwright::request::Filter::default(),
        detail_level: None,
        tolerance: 0.0,
        sea: Some(mapwright::request::Sea::Auto),
        borders: true,
        language: Language::Local,
    };
    view(map, &with, &mut Watch::silent()).unwrap()
}

#[test]
fn every_building_is_closed() {
    let map = opened();
    let style = mapwright::style::style(None, &mut Notes::default()).unwrap();
    let model = raise(&middle(&map), &style, &mut Watch::silent()).unwrap();
    let bodies = &model.layers.iter().find(|layer| layer.name == "buildings").unwrap().bodies;
    assert!(bodies.len() > 300, "{}", bodies.len());
    for body in bodies {
        let triangles = triangles(body);
        assert_eq!(open_edges(&triangles), 0, "{:?}", body.source);
        assert!(volume(&triangles) > 0.0, "{:?}", body.source);
    }
}

#[test]
fn a_print_of_it_is_closed() {
    let map = opened();
    for (size, exaggeration, roads) in [(150.0, 1.0, 0.4), (60.0, 3.0, -0.3), (1000.0, 1.0, 0.0)] {
        let measures = Measures { size, base: 2.0, exaggeration, least: 0.8, roads, water: 0.6 };
        let print = print(&middle(&map), &measures, &mut Watch::silent()).unwrap();
        super::print::closed(&print, &format!("{size} mm"));
    }
}
