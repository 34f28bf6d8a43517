//! What is drawn over what, in which groups, and how names are asked for.

use super::measure::draws;
use mapwright::scene::{Group, Item, Path, Scene, Text};
use mapwright::{Opened, Watch};
use std::collections::BTreeSet;

/// Draws `bytes` as `request` says.
pub fn drawn(bytes: &[u8], request: &str) -> Scene {
    draws(&Opened::open(bytes, &mut Watch::silent()).unwrap(), request).unwrap()
}

fn helsinki(request: &str) -> Scene {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample/helsinki.osm.pbf");
    drawn(&std::fs::read(path).unwrap(), request)
}

const CENTRE: &str =
    r#"{"formats": ["svg"], "bbox": [24.936, 60.166, 24.948, 60.178], "detail_level": 4, "page": {"scale": 5000}}"#;

/// A way: id, tags, and its nodes as column and row of a grid of about 100 m.
type Way<'a> = (i64, &'a str, &'a [(i32, i32)]);

/// OSM XML of ways.
fn ways(list: &[Way]) -> Vec<u8> {
    let mut nodes = BTreeSet::new();
    let mut text = String::new();
    let id = |(x, y): (i32, i32)| 1000 + (y + 50) * 100 + x + 50;
    for (way, tags, course) in list {
        text += &format!("<way id='{way}'>");
        for &at in *course {
            nodes.insert(at);
            text += &format!("<nd ref='{}'/>", id(at));
        }
        for tag in tags.split(' ') {
            let (key, value) = tag.split_once('=').unwrap();
            text += &format!("<tag k='{key}' v='{}'/>", value.replace('_', " "));
        }
        text += "</way>";
    }
    let place = |(x, y): (i32, i32)| {
        format!("<node id='{}' lat='{}' lon='{}'/>", id((x, y)), f64::from(y) / 1e3, f64::from(x) / 1e3)
    };
    let nodes: String = nodes.into_iter().map(place).collect();
    format!("<osm version='0.6'>{nodes}{text}</osm>").into_bytes()
}

/// A frame of about 2 by 2 km around the grid's origin at 1:10 000.
fn grid(list: &[Way]) -> Scene {
    grid_with(list, "")
}

fn grid_with(list: &[Way], more: &str) -> Scene {
    let request = format!(
        r#"{{"formats": ["svg"], "bbox": [-0.01, -0.01, 0.01, 0.01], "sea": "land", "page": {{"scale": 10000{more}}}}}"#
    );
    drawn(&ways(list), &request)
}

fn groups<'s>(groups: &'s [Group], found: &mut Vec<&'s Group>) {
    for group in groups {
        found.push(group);
        self::groups(&group.groups, found);
    }
}

fn all_groups(scene: &Scene) -> Vec<&Group> {
    let mut found = Vec::new();
    groups(&scene.groups, &mut found);
    found
}

/// Every path with the id of its group, bottom first.
fn paths(scene: &Scene) -> Vec<(&str, &Path)> {
    let items = all_groups(scene).into_iter().flat_map(|group| group.items.iter().map(move |item| (group, item)));
    items
        .filter_map(|(group, item)| match item {
            Item::Path(path) => Some((group.id.as_str(), path)),
            Item::Text(_) => None,
        })
        .collect()
}

fn texts(scene: &Scene) -> Vec<(&str, &Text)> {
    let items = all_groups(scene).into_iter().flat_map(|group| group.items.iter().map(move |item| (group, item)));
    items
        .filter_map(|(group, item)| match item {
            Item::Text(text) => Some((group.id.as_str(), text.as_ref())),
            Item::Path(_) => None,
        })
        .collect()
}

/// Where the path of a way lies in the drawing order.
fn place(scene: &Scene, way: i64) -> usize {
    paths(scene).iter().position(|(_, path)| path.source == Some(('w', way))).unwrap_or_else(|| panic!("way {way}"))
}

#[test]
fn bridges_lie_over_and_tunnels_under() {
    let scene = grid(&[
        (1, "highway=primary", &[(-5, 0), (5, 0)]),
        (2, "highway=residential bridge=yes layer=1", &[(0, -5), (0, 5)]),
        (3, "highway=motorway tunnel=yes layer=-1", &[(2, -5), (2, 5)]),
        (4, "railway=rail bridge=yes layer=2", &[(-2, -5), (-2, 5)]),
    ]);
    let order: Vec<usize> = [3, 1, 2, 4].map(|way| place(&scene, way)).into();
    assert!(order.is_sorted(), "{order:?}");
    let all = paths(&scene);
    let casing = |group: &str| all.iter().position(|(id, _)| *id == group).unwrap_or_else(|| panic!("{group}"));
    // Each level draws its casings before its roads, and over the roads of the level below.
    assert!(casing("roads-casings.primary") < place(&scene, 1));
    assert!(place(&scene, 1) < casing("roads-casings-bridges.residential"));
    assert!(casing("roads-casings-bridges.residential") < place(&scene, 2));
    assert!(all.iter().any(|(id, _)| *id == "roads-tunnels.motorway"));
}

#[test]
fn junctions_merge_and_important_roads_lie_on_top() {
    let scene = grid(&[
        (1, "highway=residential", &[(-5, 0), (5, 0)]),
        (2, "highway=primary", &[(0, -5), (0, 5)]),
        (3, "highway=footway", &[(-5, 2), (5, 2)]),
    ]);
    let all = paths(&scene);
    let last_casing = all.iter().rposition(|(id, _)| id.starts_with("roads-casings")).unwrap();
    for way in [1, 2, 3] {
        assert!(place(&scene, way) > last_casing);
    }
    assert!(place(&scene, 3) < place(&scene, 1) && place(&scene, 1) < place(&scene, 2));
}

#[test]
fn casings_are_one_path_and_no_piece_is_drawn_twice() {
    // Two ways of one class end to end, and a third on the same ground.
    let scene = grid(&[
        (1, "highway=residential", &[(-5, 0), (0, 0)]),
        (2, "highway=residential", &[(0, 0), (5, 0)]),
        (3, "highway=residential", &[(-5, 0), (0, 0)]),
    ]);
    let casing: Vec<_> = paths(&scene).into_iter().filter(|(id, _)| *id == "roads-casings.residential").collect();
    let [(_, path)] = casing.as_slice() else { panic!("{} paths", casing.len()) };
    assert_eq!(path.subpaths.len(), 1);
    assert_eq!(scene.paths.get(path.subpaths.start).0.len(), 3);
}

/// Length of all strokes with this width and colour as they are drawn, mm, and of every stretch once.
fn strokes(scene: &Scene, group: &str) -> f64 {
    let strokes = paths(scene).into_iter().filter(|(id, path)| id.starts_with(group) && path.stroke.is_some());
    let lines = strokes.flat_map(|(_, path)| path.subpaths.clone()).map(|row| scene.paths.get(row));
    let length = |(points, closed): (&[[f64; 2]], bool)| {
        let all: Vec<_> = points.iter().chain(points.first().filter(|_| closed)).collect();
        all.windows(2).map(|pair| (pair[1][0] - pair[0][0]).hypot(pair[1][1] - pair[0][1])).sum::<f64>()
    };
    lines.map(length).sum()
}

#[test]
fn machines_draw_common_walls_once() {
    let house =
        |x: i32, wide: i32, y: i32, high: i32| vec![(x, y), (x + wide, y), (x + wide, y + high), (x, y + high), (x, y)];
    let styled = |list: &[Way], style: &str, once: bool| {
        let mut style = mapwright::style::document(Some(&mapwright::request::MapStyle::Named(style.into()))).unwrap();
        assert_eq!(style["metadata"]["mapwright"]["once"], true);
        style["metadata"]["mapwright"]["once"] = once.into();
        let request = serde_json::json!({"formats": ["svg"], "bbox": [-0.01, -0.01, 0.01, 0.01], "sea": "land",
            "map_style": style, "page": {"scale": 10_000}});
        drawn(&ways(list), &request.to_string())
    };
    // About 11.1 mm on paper for a step of the grid.
    let step = 11.1;
    for style in ["plotter", "laser"] {
        // Row houses with a common wall; with a party wall that is longer on one side, without common nodes.
        let (left, right, low) = (house(-4, 4, 0, 3), house(0, 4, 0, 3), house(0, 4, 1, 1));
        for (second, union) in [(&right, 8.0 * 2.0 + 3.0 * 3.0), (&low, 4.0 * 4.0 + 3.0 * 2.0 + 1.0)] {
            let list: [Way; 2] = [(1, "building=terrace", &left), (2, "building=terrace", second)];
            let once = strokes(&styled(&list, style, true), "buildings") / step;
            assert!((once - union).abs() < 0.1, "{style}: {once} instead of {union}");
        }
        // Buildings of two kinds, and a street along their walls: it has a pen of its own for the laser.
        let list: [Way; 3] = [
            (1, "building=terrace", &left),
            (2, "building=school", &low),
            (3, "highway=residential", &[(0, 0), (0, 3)]),
        ];
        let scene = styled(&list, style, true);
        assert!((strokes(&scene, "buildings") / step - 23.0).abs() < 0.1);
        let street = if style == "laser" { 3.0 } else { 0.0 };
        assert!((strokes(&scene, "roads") / step - street).abs() < 0.1);
        assert!((strokes(&styled(&list, style, false), "buildings") / step - 24.0).abs() < 0.1);
    }
}

#[test]
fn small_areas_lie_on_large_ones() {
    let square = |x: i32, y: i32, side: i32| vec![(x, y), (x + side, y), (x + side, y + side), (x, y + side), (x, y)];
    let (park, wood, forest, garden) = (square(-8, -8, 6), square(-7, -7, 2), square(1, 1, 7), square(3, 3, 2));
    let scene = grid(&[
        (1, "leisure=park", &park),
        (2, "natural=wood", &wood),
        (3, "landuse=forest", &forest),
        (4, "leisure=park", &garden),
    ]);
    assert!(place(&scene, 1) < place(&scene, 2));
    assert!(place(&scene, 3) < place(&scene, 4));
}

#[test]
fn outlines_leave_out_the_frame() {
    // A building that reaches over the left edge of the frame, in a style with outlines.
    let building = [(-30, -2), (2, -2), (2, 2), (-30, 2), (-30, -2)];
    let scene = grid(&[(1, "building=office", &building)]);
    let of: Vec<_> = paths(&scene).into_iter().filter(|(_, path)| path.source == Some(('w', 1))).collect();
    let [(_, fill), (_, outline)] = of.as_slice() else { panic!("{} paths", of.len()) };
    assert!(fill.fill.is_some() && fill.stroke.is_none());
    assert!(outline.fill.is_none() && outline.stroke.is_some());
    let (points, closed) = scene.paths.get(outline.subpaths.start);
    assert!(!closed && points.len() == 4, "{points:?}");
}

#[test]
fn a_street_of_many_pieces_is_named_once() {
    let scene = grid(&[
        (1, "highway=residential name=Long_Street", &[(-6, 0), (-4, 0)]),
        (2, "highway=residential name=Long_Street bridge=yes layer=1", &[(-4, 0), (-2, 0)]),
        (3, "highway=residential name=Long_Street", &[(0, 0), (-2, 0)]),
        (4, "highway=tertiary name=Long_Street", &[(0, 0), (2, 0)]),
    ]);
    let names: Vec<_> = texts(&scene).into_iter().filter(|(_, text)| text.string == "Long Street").collect();
    assert_eq!(names.len(), 1);
    assert_eq!(names[0].0, "labels.streets");
}

#[test]
fn numbers_of_roads_stand_below_each_other_and_long_ones_are_none() {
    let scene = grid(&[
        (1, "highway=primary ref=1A;_99", &[(-9, 3), (9, 3)]),
        (2, "highway=primary ref=SW_Marine_/_W_16th_link", &[(-9, -3), (9, -3)]),
    ]);
    let plates: BTreeSet<String> = texts(&scene).into_iter().map(|(_, text)| text.string.clone()).collect();
    assert!(plates.contains("1A\n99"), "{plates:?}");
    assert!(!plates.iter().any(|text| text.contains("Marine")), "{plates:?}");
}

#[test]
fn groups_are_named_once_and_by_layer_and_class() {
    let scene = helsinki(CENTRE);
    let ids: Vec<_> = all_groups(&scene).into_iter().map(|group| group.id.as_str()).collect();
    let unique: BTreeSet<_> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    for wanted in [
        "water.sea",
        "land.park",
        "buildings.building",
        "roads.secondary",
        "roads.footway",
        "railways.tram",
        "labels.streets",
    ] {
        assert!(unique.contains(&wanted), "{wanted} in {ids:?}");
    }
    for id in &ids {
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c)), "{id}");
    }
    assert_eq!(scene.groups.last().unwrap().id, "furniture");
}

#[test]
fn a_real_town_is_whole() {
    let scene = helsinki(CENTRE);
    let found = texts(&scene);
    for (group, name) in
        [("labels.streets", "Mannerheimintie"), ("labels.streets", "Aleksanterinkatu"), ("labels.places", "Helsinki")]
    {
        assert!(found.iter().any(|(id, text)| *id == group && text.string == name), "{name}");
    }
    let [x, y, width, height] = scene.sheet.map;
    for (id, path) in paths(&scene) {
        assert!(!path.subpaths.is_empty() && (path.fill.is_some() || path.stroke.is_some()), "{id}");
        // Dots at the edge may reach over it.
        let dots =
            ["pois", "transport", "natural", "power", "places", "roads"].iter().any(|layer| id.starts_with(layer));
        let slack = if dots { 2.0 } else { 0.002 };
        for row in path.subpaths.clone() {
            let (points, closed) = scene.paths.get(row);
            assert!(points.len() >= if closed { 3 } else { 2 }, "{id}");
            let inside = |&[px, py]: &[f64; 2]| {
                px >= x - slack && px <= x + width + slack && py >= y - slack && py <= y + height + slack
            };
            assert!(points.iter().all(inside), "{id} {:?}", path.source);
        }
    }
}

#[test]
fn the_same_request_gives_the_same_drawing() {
    let [a, b] = [helsinki(CENTRE), helsinki(CENTRE)];
    assert_eq!(a.paths.points, b.paths.points);
    assert_eq!(format!("{:?}", a.groups), format!("{:?}", b.groups));
}

#[test]
fn the_attribution_is_always_there() {
    for side in [10.0, 25.0, 400.0] {
        let request = format!(
            r#"{{"formats": ["svg"], "bbox": [24.936, 60.166, 24.948, 60.172], "page": {{"size": [{side}, {side}], "margin": 0}}}}"#
        );
        let scene = helsinki(&request);
        let text = texts(&scene)
            .into_iter()
            .find(|(id, _)| *id == "furniture.attribution")
            .unwrap_or_else(|| panic!("{side} mm"));
        assert_eq!(text.1.string.replace('\n', " "), "© OpenStreetMap contributors, ODbL");
    }
}

#[test]
fn furniture_is_drawn_as_asked() {
    let scene = grid_with(
        &[(1, "highway=primary", &[(-5, 0), (5, 0)])],
        r#", "furniture": {"title": "A Place", "scale_bar": true, "ratio": true, "north_arrow": true, "legend": true}"#,
    );
    let found: Vec<_> = texts(&scene).into_iter().filter(|(id, _)| id.starts_with("furniture")).collect();
    let said: Vec<&str> = found.iter().map(|(_, text)| text.string.as_str()).collect();
    for wanted in ["A Place", "0", "500\u{a0}m", "1\u{202f}:\u{202f}10\u{202f}000", "N"] {
        assert!(said.contains(&wanted), "{wanted} in {said:?}");
    }
    // The bar is as long as it says: 500 m at 1:10 000 are 50 mm.
    let bar: Vec<_> = paths(&scene).into_iter().filter(|(id, _)| *id == "furniture.scale-bar").collect();
    let outline = bar.iter().rfind(|(_, path)| path.fill.is_none() && path.stroke.is_some()).unwrap().1;
    let xs: Vec<f64> = scene.paths.get(outline.subpaths.start).0.iter().map(|point| point[0]).collect();
    let reach = xs.iter().copied().fold(f64::MIN, f64::max) - xs.iter().copied().fold(f64::MAX, f64::min);
    assert!((reach - 50.0).abs() < 0.01, "{reach}");
    assert!(said.contains(&"Primary"), "the legend in {said:?}");
    assert_eq!(scene.title, "A Place");
}

#[test]
fn other_styles_draw_the_same_place() {
    for id in ["minimal", "blueprint", "toner", "vintage", "nautical", "neon", "transit"] {
        let request = CENTRE.replace("\"page\"", &format!("\"map_style\": \"{id}\", \"page\""));
        let scene = helsinki(&request);
        assert!(paths(&scene).len() > 500, "{id}");
        assert!(texts(&scene).len() > 5, "{id}");
    }
}

#[test]
fn patterns_symbols_and_arrows_are_paths() {
    let square = [(1, 1), (5, 1), (5, 5), (1, 5), (1, 1)];
    let scene = grid_with(
        &[(1, "landuse=cemetery", &square), (2, "highway=residential oneway=yes", &[(-8, 0), (8, 0)])],
        r#", "size": "fit", "dpi": 100"#,
    );
    let strokes: Vec<_> =
        paths(&scene).into_iter().filter(|(_, path)| path.source == Some(('w', 1)) && path.stroke.is_some()).collect();
    let [(group, crosses)] = strokes.as_slice() else { panic!("{} patterns", strokes.len()) };
    assert_eq!(*group, "land.cemetery");
    let area =
        paths(&scene).into_iter().find(|(_, path)| path.source == Some(('w', 1)) && path.fill.is_some()).unwrap().1;
    let reach = |path: &Path| {
        let points = path.subpaths.clone().flat_map(|row| scene.paths.get(row).0);
        points.fold([f64::MAX, f64::MIN], |[low, high], point| [low.min(point[0]), high.max(point[0])])
    };
    let (marks, field) = (reach(crosses), reach(area));
    assert!(crosses.subpaths.len() > 20 && marks[0] > field[0] && marks[1] < field[1]);
    let found = helsinki(CENTRE);
    let symbols = paths(&found).into_iter().filter(|(id, path)| *id == "symbols.pois" && path.fill.is_some()).count();
    assert!(symbols > 20, "{symbols} symbols");
    assert!(!found.notes.list().iter().any(|note| note.code == "style_images"));
}

#[test]
fn arrows_point_where_one_may_go() {
    let arrows = |drawn: &[Group]| {
        let mut found = Vec::new();
        groups(drawn, &mut found);
        found.iter().any(|group| group.id == "symbols.roads-arrows")
    };
    let street = |tags: &str, scale: u32| {
        let request = format!(
            r#"{{"formats": ["svg"], "bbox": [-0.003, -0.003, 0.003, 0.003], "sea": "land", "page": {{"scale": {scale}}}}}"#
        );
        drawn(&ways(&[(1, tags, &[(-8, 0), (8, 0)])]), &request).groups
    };
    assert!(arrows(&street("highway=residential oneway=yes", 2500)));
    assert!(arrows(&street("highway=residential oneway=-1", 2500)));
    assert!(!arrows(&street("highway=residential", 2500)));
    assert!(!arrows(&street("highway=residential oneway=yes", 50_000)));
}

#[test]
fn names_follow_the_language() {
    let request = CENTRE.replace("\"page\"", "\"language\": \"sv\", \"page\"");
    let scene = helsinki(&request);
    assert!(texts(&scene).iter().any(|(_, text)| text.string == "Mannerheimvägen"));
}
