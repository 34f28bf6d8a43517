//! The edges of the world: coast at the frame, the antimeridian, the poles.

use super::world::{World, area, faults, look, see, what};
use crate::common;
use mapwright::geo::crs::Crs;
use mapwright::map::{Features, Frame, Map, build};
use mapwright::request::{Bbox, CrsChoice, Sea};
use mapwright::sheet::frame;
use mapwright::{Request, Watch};
use std::sync::Arc;

fn sea(features: &Features) -> f64 {
    let row = what(features).iter().position(|(name, _)| name == "water.sea");
    row.map_or(0.0, |row| area(features, row))
}

fn saint_barthelemy() -> Map {
    let osm = mapwright::osm::read(&common::data("extracts/saint_barthelemy.osm.pbf"), &mut Watch::silent()).unwrap();
    build(Arc::new(osm), &mut Watch::silent()).unwrap()
}

#[test]
fn sea_in_a_frame_is_the_sea_in_its_halves() {
    let map = saint_barthelemy();
    let crs = Crs::utm(-62.8, 17.9);
    let corner = crs.project([-62.95, 17.85]).unwrap();
    let seen = |frame: [f64; 4]| {
        let mut view = look([-62.95, 17.85, -62.75, 17.98]);
        (view.crs, view.frame, view.clip, view.sea) = (crs.clone(), Frame::Projected(frame), true, Some(Sea::Auto));
        let features = see(&map, &view);
        assert!(faults(&features).is_empty(), "{frame:?}: {:?}", faults(&features));
        let broken = features.notes.list().iter().any(|note| note.code == "broken_coast");
        assert!(!broken, "{frame:?}");
        sea(&features)
    };
    for row in 0..40_u32 {
        // Frames of 400 m to 6 km all over the islands, edges wherever they fall.
        let (x, y) = (f64::from(row * 7919 % 16000), f64::from(row * 104_729 % 10000));
        let side = 400.0 + f64::from(row * 331 % 5600);
        let [left, bottom] = [corner[0] + x, corner[1] + y];
        let whole = seen([left, bottom, left + side, bottom + side]);
        let middle = left + (side * 0.37).round();
        let halves = seen([left, bottom, middle, bottom + side]) + seen([middle, bottom, left + side, bottom + side]);
        assert!((whole - halves).abs() < 1.0, "frame {row}: {whole} of {halves}");
        assert!(whole <= side * side + 1e-6);
    }
}

/// An island of half a degree either side of the antimeridian, as two coasts: closed along it, or open at it.
fn fiji(closed: bool) -> Map {
    let mut world = World::new();
    let mut east = vec![(180.0, -17.5), (180.0, -16.5), (179.5, -16.5), (179.5, -17.5), (180.0, -17.5)];
    let mut west = vec![(-180.0, -16.5), (-180.0, -17.5), (-179.5, -17.5), (-179.5, -16.5), (-180.0, -16.5)];
    if !closed {
        east.remove(0);
        west.remove(0);
    }
    world.way(&east, "natural=coastline");
    world.way(&west, "natural=coastline");
    world.way(&[(179.8, -17.0), (180.0, -17.0)], "highway=primary");
    world.map()
}

#[test]
fn an_island_on_the_antimeridian_is_land_on_both_sides() {
    for closed in [true, false] {
        let map = fiji(closed);
        let request = Request { bbox: Some(Bbox::new(179.0, -18.0, -179.0, -16.0).unwrap()), ..Request::default() };
        let sheet = frame(&request, request.bbox.unwrap(), &mut Default::default()).unwrap();
        let mut view = look([179.0, -18.0, -179.0, -16.0]);
        (view.crs, view.clip, view.sea) = (sheet.crs.clone(), true, Some(Sea::Auto));
        view.frame = Frame::Projected(sheet.extent);
        let features = see(&map, &view);
        let [x0, y0, x1, y1] = sheet.extent;
        let share = sea(&features) / ((x1 - x0) * (y1 - y0));
        assert!((share - 0.75).abs() < 0.005, "closed {closed}: {share} {:?}", features.notes.list());
        assert!(features.notes.list().is_empty());
        // In degrees the frame is in two parts; the sea is that of both.
        view.crs = Crs::wgs84();
        view.frame = Frame::Degrees(request.bbox.unwrap());
        let features = see(&map, &view);
        assert!((sea(&features) - 3.0).abs() < 1e-6, "closed {closed}: {} of 4", sea(&features));
    }
}

#[test]
fn drawings_at_the_edges_have_a_crs_that_reaches_or_say_what_does() {
    let sheet = |bbox: [f64; 4], crs| {
        let request = Request { crs, ..Request::default() };
        let bbox = Bbox::new(bbox[0], bbox[1], bbox[2], bbox[3]).unwrap();
        frame(&request, bbox, &mut Default::default())
    };
    for (bbox, code) in [
        ([179.0, -18.0, -179.0, -16.0], 32701),
        ([170.0, -20.0, -170.0, -10.0], 3832),
        ([-20.0, 40.0, 20.0, 60.0], 3857),
        ([20.0, 85.0, 30.0, 86.0], 5041),
        ([-180.0, 85.0, 180.0, 90.0], 5041),
        ([-180.0, -90.0, 180.0, -60.0], 5042),
        ([5.0, 60.0, 6.0, 61.0], 32632),
    ] {
        let sheet = sheet(bbox, CrsChoice::Auto).unwrap();
        assert_eq!(sheet.crs.epsg, code, "{bbox:?}");
        let middle = [(sheet.extent[0] + sheet.extent[2]) / 2.0, (sheet.extent[1] + sheet.extent[3]) / 2.0];
        let [_, lat] = sheet.crs.unproject(middle).unwrap();
        assert!((bbox[1] - 0.5..=bbox[3] + 0.5).contains(&lat), "{bbox:?}: {lat}");
        assert!(sheet.mm_per_unit.is_finite() && sheet.zoom.is_finite());
    }
    // A box that ends at the antimeridian ends there on both sides.
    for (bbox, code) in [([-180.0, -80.0, 180.0, 80.0], 3857), ([-20.0, 40.0, -40.0, 50.0], 3832)] {
        let [lower_left, _, upper_right, _] = sheet(bbox, CrsChoice::Auto).unwrap().corners;
        assert!(
            (lower_left[0] - bbox[0]).abs() < 1e-6 && (upper_right[0] - bbox[2]).abs() < 1e-6,
            "{code}: {lower_left:?} {upper_right:?}"
        );
    }
    // The cap of five degrees is 1,111 km across.
    let cap = sheet([-180.0, 85.0, 180.0, 90.0], CrsChoice::Auto).unwrap();
    let across = (cap.extent[2] - cap.extent[0]) / 1e3;
    assert!((1105.0..1118.0).contains(&across), "{across}");
    for (bbox, crs, part) in [
        ([-180.0, -90.0, 180.0, 90.0], CrsChoice::Auto, "EPSG:3857"),
        ([0.0, 50.0, 1.0, 51.0], CrsChoice::Epsg(4258), "in degrees"),
        ([0.0, 85.5, 1.0, 90.0], CrsChoice::Epsg(3857), "EPSG:3857 cannot show"),
        (
            [7.4, 43.7, 7.3, 43.8],
            CrsChoice::Auto,
            "359.9 degrees round the Earth, across the antimeridian; are min_lon and max_lon swapped?",
        ),
        ([170.0, -20.0, 160.0, 20.0], CrsChoice::Auto, "swapped?"),
        ([30.0, -80.0, -30.0, 80.0], CrsChoice::Auto, "EPSG:3832 cannot show"),
        ([-180.0, 60.0, 170.0, 80.0], CrsChoice::Epsg(3995), "EPSG:3995 cannot show"),
    ] {
        let fault = sheet(bbox, crs).unwrap_err();
        // Where the box is in doubt, it is not the CRS that is wrong.
        let field = if fault.to_string().contains("swapped") { "bbox" } else { "crs" };
        assert!(fault.field() == Some(field) && fault.to_string().contains(part), "{fault}");
    }
}

#[test]
fn what_lies_around_a_pole_is_drawn_there() {
    let mut world = World::new();
    let ring: Vec<_> = (0..=36).map(|row| (f64::from(row % 36) * 10.0 - 180.0, 87.0)).collect();
    world.way(&ring, "natural=glacier, name=Cap");
    world.way(&[(0.0, 86.0), (0.0, 90.0)], "highway=track");
    let map = world.map();
    let request = Request::default();
    let sheet = frame(&request, Bbox::new(-180.0, 85.0, 180.0, 90.0).unwrap(), &mut Default::default()).unwrap();
    let mut view = look([-180.0, 85.0, 180.0, 90.0]);
    (view.crs, view.clip, view.frame) = (sheet.crs.clone(), true, Frame::Projected(sheet.extent));
    let features = see(&map, &view);
    assert_eq!(what(&features).len(), 2, "{:?}", features.notes.list());
    // A circle of three degrees about the pole.
    let cap = area(&features, 0) / (std::f64::consts::PI * (3.0 * 111_690.0_f64 * 0.994).powi(2));
    assert!((0.97..1.03).contains(&cap), "{cap}");
}

#[test]
fn drawings_near_180_degrees_show_both_sides_as_they_show_them_elsewhere() {
    // A wood with a lake, a road and points, six degrees from each other: only the zone differs.
    let drawn = |middle: f64, frame_at: f64| {
        let turned = |x: f64| if x > 180.0 { x - 360.0 } else { x };
        let mut world = World::new();
        let mut ring = |west: f64, south: f64, east: f64, north: f64| {
            let corners = [(west, south), (east, south), (east, north), (west, north), (west, south)];
            world.way(&corners.map(|(x, y)| (turned(middle + x), y)), "")
        };
        let (outer, inner) = (ring(-0.3, 66.0, 0.3, 66.4), ring(-0.2, 66.1, 0.1, 66.2));
        let island = ring(0.02, 66.15, 0.05, 66.17);
        world.relation(&[(inner, "inner"), (outer, "outer"), (island, "outer")], "type=multipolygon, natural=wood");
        world.way(
            &[(turned(middle - 0.4), 66.3), (turned(middle + 0.1), 66.0), (turned(middle + 0.4), 66.3)],
            "highway=primary",
        );
        world.node((turned(middle + 0.15), 66.3), "natural=peak");
        let map = world.map();
        let crs = Crs::utm(turned(frame_at), 66.2);
        let [x, y] = crs.project([turned(middle), 66.2]).unwrap();
        let mut view = look([0.0, 0.0, 1.0, 1.0]);
        (view.crs, view.clip, view.frame) = (crs, true, Frame::Projected([x - 12e3, y - 15e3, x + 12e3, y + 15e3]));
        let features = see(&map, &view);
        let places = |row| {
            let parts: Vec<_> = super::world::parts(&features, row);
            parts
                .into_iter()
                .map(|(_, line)| line.iter().map(|p| p.map(|v| v.round() as i64)).collect::<Vec<_>>())
                .collect::<Vec<_>>()
        };
        (what(&features), (0..features.rows.len()).map(places).collect::<Vec<_>>())
    };
    // The antimeridian is the eastern edge of zone 60 and the western edge of zone 1.
    for (there, elsewhere) in [((180.0, 179.9), (174.0, 173.9)), ((180.0, 180.1), (174.0, 174.1))] {
        let (found, expected) = (drawn(there.0, there.1), drawn(elsewhere.0, elsewhere.1));
        assert_eq!(found.0.len(), 3);
        assert_eq!(found, expected);
    }
}
