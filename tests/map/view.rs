//! Filters, frames, projections.

use super::world::{World, area, faults, look, parts, see, what};
use mapwright::geo::crs::Crs;
use mapwright::map::{Frame, Geometry, view};
use mapwright::request::Bbox;
use mapwright::{Error, Watch};

/// A forest of one degree with a road through it, and a peak beside it.
fn country() -> World {
    let mut world = World::new();
    world.way(&[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0)], "landuse=forest");
    world.way(&[(0.5, 1.5), (2.5, 1.5)], "highway=primary");
    world.node((2.6, 1.5), "natural=peak, name=Top");
    world
}

fn names(list: &[(String, Geometry)]) -> Vec<&str> {
    list.iter().map(|(name, _)| name.as_str()).collect()
}

#[test]
fn layers_and_levels_filter() {
    let map = country().map();
    let with = |layers: &[&str], level| {
        let mut view = look([0.0, 0.0, 3.0, 3.0]);
        view.layers = layers.iter().map(|name| name.to_string()).collect();
        view.detail_level = level;
        what(&see(&map, &view)).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    assert_eq!(with(&[], None), ["vegetation.forest", "natural.peak", "roads.primary"]);
    assert_eq!(with(&["roads"], None), ["roads.primary"]);
    assert_eq!(with(&["roads.primary", "natural"], None), ["natural.peak", "roads.primary"]);
    assert_eq!(with(&["roads.motorway"], None), [""; 0]);
    assert_eq!(with(&[], Some(1)), ["vegetation.forest", "roads.primary"]);
}

#[test]
fn a_wrong_layer_is_told_what_there_is() {
    let map = country().map();
    for (name, hint) in [("streets", "roads"), ("roads.autobahn", "motorway")] {
        let mut wrong = look([0.0, 0.0, 3.0, 3.0]);
        wrong.layers = vec![name.to_owned()];
        match view(&map, &wrong, &mut Watch::silent()) {
            Err(Error::Request { field, message }) => assert!(field == "layers" && message.contains(hint), "{message}"),
            _ => panic!("{name} went through"),
        }
    }
}

#[test]
fn uncut_features_stay_whole_if_they_touch_the_frame() {
    let map = country().map();
    // Inside the forest, off the road: only the forest is there, whole.
    let features = see(&map, &look([1.2, 1.6, 1.3, 1.7]));
    assert_eq!(names(&what(&features)), ["vegetation.forest"]);
    assert!((area(&features, 0) - 1.0).abs() < 1e-9);
    assert_eq!(features.extent, [1.2, 1.6, 1.3, 1.7]);
    // A road's box meets this frame, the road does not.
    let mut world = World::new();
    world.way(&[(0.0, 0.0), (1.0, 0.0), (1.0, 1.0)], "highway=primary");
    assert!(see(&world.map(), &look([0.1, 0.5, 0.4, 0.9])).rows.is_empty());
}

#[test]
fn tags_that_elements_must_have() {
    let mut world = World::new();
    let square = |x: f64| [(x, 1.0), (x + 0.5, 1.0), (x + 0.5, 1.5), (x, 1.5), (x, 1.0)];
    let cafe = world.node((1.0, 3.0), "amenity=cafe, name=A");
    let bar = world.node((1.1, 3.0), "amenity=bar, access=private, name=B");
    let nameless = world.node((1.2, 3.0), "amenity=cafe");
    let school = world.node((1.3, 3.0), "amenity=school, name=cafe");
    let house = world.way(&square(2.0), "building=yes, name=A");
    let outer = world.way(&square(4.0), "");
    let lake = world.relation(&[(outer, "outer")], "type=multipolygon, natural=water, name=Lake");
    let coast = world.way(&[(6.0, -1.0), (6.0, 11.0)], "natural=coastline");
    let map = world.map();
    let shown = |filter: &str, layers: &[&str]| {
        let mut all = look([0.0, 0.0, 10.0, 10.0]);
        all.sea = Some(mapwright::request::Sea::Auto);
        all.filter = serde_json::from_str(filter).unwrap();
        all.layers = layers.iter().map(|&layer| layer.to_owned()).collect();
        let mut ids: Vec<i64> = see(&map, &all).rows.iter().map(|row| map.osm.id(row.element)).collect();
        ids.sort_unstable();
        ids.dedup();
        ids
    };
    // The sea has the id 0.
    assert_eq!(shown("{}", &[]), [0, cafe, bar, nameless, school, house, lake, coast]);
    assert_eq!(shown(r#"{"amenity": ["cafe", "bar", "pub"], "name": true, "access": false}"#, &[]), [cafe]);
    assert_eq!(shown(r#"{"amenity": ["cafe", "bar"]}"#, &[]), [cafe, bar, nameless]);
    assert_eq!(shown(r#"{"name": ["A"]}"#, &[]), [cafe, house]);
    assert_eq!(shown(r#"{"name": ["A"]}"#, &["buildings"]), [house]);
    assert_eq!(shown(r#"{"natural": true}"#, &[]), [0, lake, coast]);
    assert_eq!(shown(r#"{"natural": ["water"]}"#, &[]), [lake]);
    assert_eq!(shown(r#"{"natural": true, "name": false}"#, &[]), [0, coast]);
    // Nobody has that.
    for never in [r#"{"shop": true}"#, r#"{"amenity": ["nothing"]}"#, r#"{"amenity": ["A"]}"#] {
        assert_eq!(shown(never, &[]), [0; 0]);
    }
    assert_eq!(shown(r#"{"amenity": false, "name": false}"#, &[]), [0, coast]);
}

#[test]
fn cut_features_end_at_the_frame() {
    let map = country().map();
    let mut cut = look([1.5, 1.4, 3.0, 3.0]);
    cut.clip = true;
    let features = see(&map, &cut);
    assert_eq!(names(&what(&features)), ["vegetation.forest", "natural.peak", "roads.primary"]);
    assert!((area(&features, 0) - 0.5 * 0.6).abs() < 1e-6);
    assert_eq!(parts(&features, 2)[0].1, [[1.5, 1.5], [2.5, 1.5]]);
    // An area cuts further: a triangle.
    cut.area = vec![vec![vec![[1.5, 1.4], [2.0, 1.4], [2.0, 2.0], [1.5, 1.4]]]];
    let features = see(&map, &cut);
    assert_eq!(names(&what(&features)), ["vegetation.forest", "roads.primary"]);
    assert!((area(&features, 0) - 0.15).abs() < 1e-6);
    assert!(faults(&features).is_empty());
}

#[test]
fn projected_frames_are_in_metres() {
    let map = country().map();
    let crs = Crs::utm(1.5, 1.5);
    let center = crs.project([1.5, 1.5]).unwrap();
    let mut page = look([0.0, 0.0, 1.0, 1.0]);
    page.frame = Frame::Projected([center[0] - 500.0, center[1] - 500.0, center[0] + 500.0, center[1] + 500.0]);
    page.crs = crs;
    page.clip = true;
    let features = see(&map, &page);
    assert_eq!(names(&what(&features)), ["vegetation.forest", "roads.primary"]);
    assert!((area(&features, 0) - 1e6).abs() < 1.0);
    let road = &parts(&features, 1)[0].1;
    assert!((road[1][0] - road[0][0] - 1000.0).abs() < 0.01);
}

#[test]
fn a_box_in_degrees_can_come_out_in_another_system() {
    let map = country().map();
    let mut mercator = look([1.2, 1.2, 1.8, 1.8]);
    mercator.crs = Crs::web_mercator();
    mercator.clip = true;
    let features = see(&map, &mercator);
    let [left, bottom] = mercator.crs.project([1.2, 1.2]).unwrap();
    let [right, top] = mercator.crs.project([1.8, 1.8]).unwrap();
    assert_eq!(features.extent, [left, bottom, right, top]);
    assert!((area(&features, 0) / ((right - left) * (top - bottom)) - 1.0).abs() < 1e-6);
}

#[test]
fn the_antimeridian_is_crossed_or_named() {
    let mut world = World::new();
    world.way(&[(179.5, -17.0), (180.0, -17.0)], "highway=primary");
    world.way(&[(-180.0, -17.0), (-179.5, -17.0)], "highway=primary");
    world.way(&[(0.0, -17.0), (1.0, -17.0)], "highway=primary");
    let map = world.map();
    let mut fiji = look([179.8, -18.0, -179.8, -16.0]);
    fiji.clip = true;
    let features = see(&map, &fiji);
    assert_eq!(features.rows.len(), 2);
    assert_eq!(parts(&features, 0)[0].1, [[179.8, -17.0], [180.0, -17.0]]);
    assert_eq!(parts(&features, 1)[0].1, [[-180.0, -17.0], [-179.8, -17.0]]);
    // In one UTM zone both halves meet.
    fiji.crs = Crs::utm(179.99, -17.0);
    let features = see(&map, &fiji);
    let ends = [parts(&features, 0)[0].1[1], parts(&features, 1)[0].1[0]];
    assert!((ends[0][0] - ends[1][0]).abs() < 0.002 && (ends[0][1] - ends[1][1]).abs() < 0.002, "{ends:?}");
    assert!(features.extent[2] - features.extent[0] < 100_000.0);
    // Web Mercator shows them at both ends of the world, which is no map.
    fiji.crs = Crs::web_mercator();
    assert!(matches!(view(&map, &fiji, &mut Watch::silent()), Err(Error::Crs(_))));
    // A sheet in UTM across the antimeridian finds both.
    let crs = Crs::utm(179.99, -17.0);
    let [x, y] = crs.project([180.0, -17.0]).unwrap();
    fiji.frame = Frame::Projected([x - 9000.0, y - 9000.0, x + 9000.0, y + 9000.0]);
    fiji.crs = crs;
    assert_eq!(see(&map, &fiji).rows.len(), 2);
}

#[test]
fn a_frame_beyond_the_projection_is_named() {
    let map = country().map();
    let mut polar = look([0.0, 80.0, 10.0, 90.0]);
    polar.crs = Crs::web_mercator();
    let fault = view(&map, &polar, &mut Watch::silent()).err().unwrap().to_string();
    assert!(fault.contains("EPSG:3857"), "{fault}");
    let mut around = look([0.0, 0.0, 1.0, 1.0]);
    around.crs = Crs::from_epsg(3995).unwrap();
    around.frame = Frame::Projected([-1e6, -1e6, 1e6, 1e6]);
    assert!(see(&map, &around).rows.is_empty());
    let _ = Bbox::new(0.0, 80.0, 10.0, 90.0).unwrap();
}

#[test]
fn what_is_broken_is_told() {
    let mut world = World::new();
    let half = world.way(&[(1.0, 1.0), (2.0, 1.0), (2.0, 2.0)], "");
    world.relation(&[(half, "outer"), (999, "outer")], "type=multipolygon, landuse=forest");
    let a = world.node((1.0, 3.0), "");
    let b = world.node((1.1, 3.0), "");
    let c = world.node((1.2, 3.0), "");
    let d = world.node((1.3, 3.0), "");
    world.way_of(&[a, b, 12345, c, d], "highway=primary");
    let map = world.map();
    let codes: Vec<&str> = map.notes.list().iter().map(|note| note.code).collect();
    assert_eq!(codes, ["open_rings", "torn_ways"]);
    assert!(map.notes.list()[0].message.starts_with("1 of 1 multipolygons"));
    let features = see(&map, &look([0.0, 0.0, 5.0, 5.0]));
    assert_eq!(
        what(&features),
        [("vegetation.forest".into(), Geometry::Line), ("roads.primary".into(), Geometry::Line)]
    );
    assert_eq!(parts(&features, 1).len(), 2);
}

#[test]
fn an_island_of_a_lake_that_is_cut_off_is_no_lake() {
    let square = |corner: f64, size: f64| {
        [(0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0), (0.0, 0.0)]
            .map(|(x, y)| (corner + x * size, corner + y * size))
    };
    for (whole, kinds) in [(true, vec![Geometry::Area, Geometry::Area]), (false, vec![Geometry::Line, Geometry::Area])]
    {
        let mut world = World::new();
        let (lake, island) = (world.way(&square(1.0, 1.0), ""), world.way(&square(1.2, 0.1), ""));
        let pond = world.way(&square(3.0, 0.1), "");
        let around = if whole { lake } else { 999 };
        world.relation(&[(around, "outer"), (island, "inner")], "type=multipolygon, natural=water");
        world.relation(&[(998, "outer"), (pond, "outer")], "type=multipolygon, natural=water");
        let map = world.map();
        let features = see(&map, &look([0.0, 0.0, 5.0, 5.0]));
        let found: Vec<_> = what(&features).into_iter().map(|(_, geometry)| geometry).collect();
        assert_eq!(found, kinds, "{whole}");
    }
}
