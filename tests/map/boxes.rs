//! The box of inputs whose header names none, against the box that was asked for.

use super::world::World;
use crate::common;
use mapwright::info::Origin;
use mapwright::{Engine, Opened, Request, Watch};

fn open(name: &str) -> Opened {
    Opened::open(&common::data(name), &mut Watch::silent()).unwrap()
}

const MONACO: [f64; 4] = [7.409205, 43.72335, 7.448637, 43.75169];
const TINY: [f64; 4] = [7.4268, 43.7390, 7.4285, 43.7400];
const OSTANKINO: [f64; 4] = [37.582641, 55.805261, 37.626929, 55.824455];

#[test]
fn recorded_answers_show_what_was_asked_for() {
    // How far each side may be off, as part of the box: in the east of Monaco is sea.
    for (name, [west, south, east, north], off) in [
        ("monaco.map", MONACO, 0.25),
        ("monaco-tiny.bb", TINY, 0.06),
        ("monaco-tiny.body-skel", TINY, 0.06),
        ("monaco-tiny.center", TINY, 0.06),
        ("monaco-tiny.geom", TINY, 0.06),
        ("monaco-tiny.geom-clip", TINY, 0.06),
        ("monaco-tiny.map", TINY, 0.06),
        ("monaco-tiny.meta", TINY, 0.06),
        ("monaco-tiny.recurse", TINY, 0.06),
        ("moscow-ostankino.map", OSTANKINO, 0.002),
    ] {
        let opened = open(&format!("overpass/{name}.json.gz"));
        let found = opened.info().bbox.unwrap();
        let (x, y) = ((east - west) * off, (north - south) * off);
        for (found, asked, off) in
            [(found.min_lon, west, x), (found.min_lat, south, y), (found.max_lon, east, x), (found.max_lat, north, y)]
        {
            assert!((found - asked).abs() <= off, "{name}: {:?}", opened.info().bbox);
        }
    }
}

#[test]
fn a_box_that_was_concluded_is_told_and_a_given_one_is_not() {
    let opened = open("overpass/monaco-tiny.recurse.json.gz");
    assert_eq!(opened.info().bbox_from, Origin::Content);
    let told = |request: &str| {
        let request = Request::from_json(request).unwrap();
        let files = opened.export(&Engine::native().unwrap(), &request, &mut Watch::silent()).unwrap();
        files[0].notes.iter().any(|note| note.code == "assumed_box")
    };
    assert!(told(r#"{"format": "geojson"}"#));
    assert!(!told(r#"{"format": "geojson", "bbox": [7.42, 43.73, 7.43, 43.74]}"#));
}

#[test]
fn headers_count_and_small_inputs_are_whole() {
    assert_eq!(open("extracts/dreieich.pbf").info().bbox_from, Origin::Header);
    // A forest around a box of twenty metres: nothing says where in the forest.
    assert_eq!(open("overpass/forest-enclosing.map.json.gz").info().bbox_from, Origin::Extent);
    let rows = |count: i32| {
        let mut world = World::new();
        for row in 0..count {
            let x = f64::from(row) * 0.01;
            world.way(&[(x, 0.0), (x + 0.005, 0.01)], "highway=path");
            world.node((x, 0.5), "natural=tree");
        }
        // A long way, touched by the box, and one that a relation brings along.
        world.way(&[(0.0, 0.1), (0.0, 9.0)], "highway=path");
        let far = world.way(&[(7.0, 0.1), (8.0, 9.0)], "highway=path");
        world.relation(&[(far, "")], "type=route, route=bus");
        mapwright::info::Info::of(&world.map())
    };
    let few = rows(10);
    assert_eq!((few.bbox_from, few.bbox.unwrap().max_lat), (Origin::Extent, 9.0));
    let many = rows(20);
    let found = many.bbox.unwrap();
    assert_eq!(many.bbox_from, Origin::Content);
    assert_eq!([found.min_lon, found.min_lat, found.max_lon, found.max_lat], [0.0, 0.01, 0.19, 0.5]);
}
