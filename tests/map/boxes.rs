//! The box of inputs whose header names none, against the box that was asked for.

use super::world::World;
use crate::common;
use mapwright::info::Origin;
use mapwright::note::Note;
use mapwright::request::Bbox;
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
        let files =
            opened.export(&Engine::native().unwrap(), &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
        files[0].0.notes.iter().any(|note| note.code == "assumed_box")
    };
    assert!(told(r#"{"format": "geojson"}"#));
    assert!(!told(r#"{"format": "geojson", "bbox": [7.42, 43.73, 7.43, 43.74]}"#));
}

#[test]
fn boxes_that_show_nothing_are_told() {
    let opened = open("overpass/monaco-tiny.map.json.gz");
    let told = |wishes: &str| {
        let formats = r#"["geojson", "svg", "dxf", "stl", "pmtiles"]"#;
        let request = Request::from_json(&format!(r#"{{"formats": {formats}{wishes}}}"#)).unwrap();
        let files =
            opened.export(&Engine::native().unwrap(), &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
        assert_eq!(files.len(), 5);
        let said = |notes: &[Note]| notes.iter().find(|note| note.code == "nothing").map(|note| note.message.clone());
        let first = said(&files[0].0.notes);
        files.iter().for_each(|(file, _)| assert_eq!(said(&file.notes), first, "{}", file.format));
        first.unwrap_or_default()
    };
    assert_eq!(told(""), "");
    // Latitude first.
    let swapped = told(r#", "bbox": [43.739, 7.4268, 43.74, 7.4284]"#);
    assert!(swapped.contains("43.739,7.4268,43.74,7.4284 is shown, the data are of 7.42"), "{swapped}");
    assert_eq!(told(r#", "layers": ["aeroways", "power"]"#), "no feature of aeroways, power lies in the box");
    let shape = r#", "area": {"type": "Polygon", "coordinates": [[[8, 43], [9, 43], [9, 44], [8, 43]]]}"#;
    assert!(told(shape).starts_with("nothing lies in the area: 8,43,9,44 is shown"), "{}", told(shape));
}

#[test]
fn boxes_meet_across_the_antimeridian() {
    let bbox = |[w, s, e, n]: [f64; 4]| Bbox::new(w, s, e, n).unwrap();
    let fiji = [177.0, -20.0, -178.0, -15.0];
    for (a, b, meet) in [
        (fiji, [-179.0, -18.0, -170.0, -10.0], true),
        (fiji, [178.0, -18.0, 180.0, -10.0], true),
        (fiji, [-177.0, -18.0, -170.0, -10.0], false),
        (fiji, [170.0, -18.0, 176.0, -10.0], false),
        (fiji, [170.0, -14.0, 180.0, -10.0], false),
        (fiji, [-180.0, -90.0, 180.0, 90.0], true),
        ([0.0, 0.0, 10.0, 10.0], [2.0, 2.0, 3.0, 3.0], true),
    ] {
        assert_eq!((bbox(a).meets(&bbox(b)), bbox(b).meets(&bbox(a))), (meet, meet), "{a:?} {b:?}");
    }
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

/// A building named `name` at a place, within a box around it where `boxed`.
fn download(at: i32, name: &str, boxed: bool) -> String {
    let bounds = format!("<bounds minlat='50.0{at}0' minlon='8.0{at}0' maxlat='50.0{at}2' maxlon='8.0{at}2'/>");
    let node = |id: i32, [x, y]: [i32; 2]| format!("<node id='{at}{id}' lat='50.0{at}1{y}' lon='8.0{at}1{x}'/>");
    let nodes: String = (1..).zip([[0, 0], [5, 0], [5, 3], [0, 3]]).map(|(id, corner)| node(id, corner)).collect();
    let refs: String = [1, 2, 3, 4, 1].map(|id| format!("<nd ref='{at}{id}'/>")).concat();
    let bounds = if boxed { bounds.as_str() } else { "" };
    format!(
        "<osm version='0.6'>{bounds}{nodes}<way id='{at}'>{refs}<tag k='building' v='yes'/>\
         <tag k='name' v='{name}'/></way></osm>"
    )
}

/// An input as another format, without a box in the request.
fn exported(opened: &Opened, format: &str) -> Vec<u8> {
    let request = Request::from_json(&format!(r#"{{"format": "{format}"}}"#)).unwrap();
    let files = opened.export(&Engine::native().unwrap(), &request, &mut Watch::silent(), |_| Ok(Vec::new())).unwrap();
    files.into_iter().next().unwrap().1
}

#[test]
fn all_downloads_of_a_file_are_shown() {
    let parse = |bytes: &[u8]| Opened::open(bytes, &mut Watch::silent()).unwrap();
    let both = Bbox::new(8.0, 50.0, 8.012, 50.012).unwrap();
    let file = open("reports/two-bounds.osm");
    assert_eq!((file.info().bbox, file.info().bbox_from), (Some(both), Origin::Header));
    for format in ["geojson", "csv", "osm-xml", "geojsonseq"] {
        let text = String::from_utf8(exported(&file, format)).unwrap();
        assert!(["first download", "second download"].iter().all(|name| text.contains(name)), "{format}");
    }
    // As answers put together, as PBF files one behind the other.
    let pbf = |at, name, boxed| exported(&parse(download(at, name, boxed).as_bytes()), "osm-pbf");
    let parts = [pbf(0, "first download", true), pbf(1, "second download", true)].concat();
    let found = parse(&parts);
    assert_eq!((found.info().bbox, found.info().ways), (Some(both), 2));
    let answer = |bounds: &str| {
        let node = |id: i32, at: f64| format!(r#"{{"type":"node","id":{id},"lat":{},"lon":{}}}"#, 50.0 + at, 8.0 + at);
        format!(r#"{{"version":"0.6",{bounds}"elements":[{},{}]}}"#, node(1, 0.001), node(2, 0.011))
    };
    let first = r#"{"minlat":50.0,"minlon":8.0,"maxlat":50.002,"maxlon":8.002}"#;
    let second = r#"{"minlat":50.01,"minlon":8.01,"maxlat":50.012,"maxlon":8.012}"#;
    for bounds in [format!(r#""bounds":{first},"bounds":{second},"#), format!(r#""bounds":[{first},{second}],"#)] {
        assert_eq!(parse(answer(&bounds).as_bytes()).info().bbox, Some(both), "{bounds}");
    }
    // The box of one part says nothing of a part that names none.
    let parts = [pbf(0, "first download", true), pbf(1, "second download", false)].concat();
    let found = parse(&parts);
    assert_eq!(found.info().bbox_from, Origin::Extent);
    let bbox = found.info().bbox.unwrap();
    assert!(bbox.min_lat < 50.0011 && bbox.max_lat > 50.0112, "{bbox:?}");
}

#[test]
fn a_box_across_the_antimeridian_is_concluded_like_any_other() {
    // The same streets here and there, with a long ferry and the members of a relation that reach far out of the box.
    let concluded = |east: f64| {
        let turned = |x: f64| if x > 180.0 { x - 360.0 } else { x };
        let mut world = World::new();
        for row in 0..40 {
            let (x, y) = (f64::from(row % 8) * 0.01 - 0.04, f64::from(row / 8) * 0.01 - 17.0);
            world.way(&[(turned(east + x), y), (turned(east + x + 0.02), y)], "highway=residential");
            world.node((turned(east + x), y + 0.005), "natural=tree");
        }
        world.way(&[(turned(east), -17.0), (turned(east + 3.0), -17.5)], "route=ferry");
        let far = world.way(&[(turned(east - 40.0), -18.0), (turned(east - 20.0), -17.0)], "");
        world.relation(&[(far, "")], "type=route, route=ferry");
        let info = mapwright::info::Info::of(&world.map());
        assert_eq!(info.bbox_from, Origin::Content);
        let found = info.bbox.unwrap();
        let west = (found.min_lon - east + 540.0).rem_euclid(360.0) - 180.0;
        [west, found.min_lat, found.width(), found.max_lat].map(|value| (value * 1e6).round() as i64)
    };
    let plain = concluded(7.0);
    assert_eq!(plain[2], 70_000);
    for east in [180.0, 179.99, 180.02] {
        assert_eq!(concluded(east), plain, "{east}");
    }
}
