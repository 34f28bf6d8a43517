//! Prints: closed whatever touches, overlaps or crosses; as large as was asked for.

use super::town::{LONG, Thing, open_edges, turned, volume, with};
use mapwright::mesh::print::{Measures, Print, STEPS, print};
use mapwright::mesh::{Corner, Triangle};
use mapwright::watch::Watch;

/// 200 by 100 metres at 1 : 1000.
const MEASURES: Measures = Measures { size: 200.0, base: 2.0, exaggeration: 1.0, least: 0.8, roads: 0.4, water: 0.6 };
/// The plate, cubic millimetres.
const PLATE: f64 = 200.0 * 100.0 * 2.0;

fn millimetres(print: &Print) -> Vec<Triangle> {
    let corner = |corner: [i64; 3]| -> Corner { corner.map(|step| step as f64 / STEPS) };
    print.triangles.iter().map(|triangle| triangle.map(corner)).collect()
}

/// Asserts that a print is closed, and gives its triangles.
pub fn closed(print: &Print, what: &str) -> Vec<Triangle> {
    let triangles = millimetres(print);
    assert_eq!(open_edges(&triangles), 0, "{what}");
    let flat = |[a, b, c]: &Triangle| {
        let (u, v) = ([0, 1, 2].map(|k| b[k] - a[k]), [0, 1, 2].map(|k| c[k] - a[k]));
        let cross = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
        cross.iter().all(|part| part.abs() < 1e-12)
    };
    assert!(!triangles.iter().any(flat), "{what}: a triangle without area");
    triangles
}

fn made(things: &[Thing], measures: &Measures) -> Vec<Triangle> {
    closed(&with(things, |features| print(&features, measures, &mut Watch::silent())).unwrap(), &format!("{things:?}"))
}

/// Volume above the bare plate.
fn above(things: &[Thing]) -> f64 {
    volume(&made(things, &MEASURES)) - PLATE
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 0.005 * expected.abs() + 0.01, "{found}, not {expected}");
}

#[test]
fn the_plate_is_as_large_as_asked() {
    let plate = made(&[], &MEASURES);
    near(volume(&plate), PLATE);
    let most = |axis: usize| plate.iter().flatten().map(|corner| corner[axis]).fold(0.0, f64::max);
    assert_eq!([most(0), most(1), most(2)], [200.0, 100.0, 2.0]);
    let small = made(&[], &Measures { size: 40.0, base: 5.0, ..MEASURES });
    near(volume(&small), 40.0 * 20.0 * 5.0);
}

#[test]
fn buildings_have_their_volume() {
    near(above(&[("buildings.building", &LONG, "height=10")]), 2000.0);
    for (shape, roof) in [("gabled", 400.0), ("skillion", 400.0), ("pyramidal", 800.0 / 3.0), ("hipped", 1000.0 / 3.0)]
    {
        let tags = format!("height=10, roof:height=4, roof:shape={shape}");
        for degrees in [0.0, 33.0] {
            near(above(&[("buildings.building", &turned(&LONG, degrees), &tags)]), 1200.0 + roof);
        }
    }
    let twice = Measures { exaggeration: 2.0, ..MEASURES };
    near(volume(&made(&[("buildings.building", &LONG, "height=10")], &twice)) - PLATE, 4000.0);
    // Nothing floats.
    near(above(&[("buildings.building", &LONG, "height=10, min_height=6")]), 2000.0);
}

#[test]
fn the_highest_of_what_overlaps_counts() {
    let other = [[10.0, 0.0], [30.0, 0.0], [30.0, 10.0], [10.0, 10.0]];
    near(above(&[("buildings.building", &LONG, "height=10"), ("buildings.building", &other, "height=5")]), 2500.0);
}

#[test]
fn roads_stand_out_or_are_cut_in_and_water_lies_low() {
    let street: Thing = ("roads.residential", &[[-100.0, 0.0], [100.0, 0.0]], "");
    near(above(&[street]), 200.0 * 6.0 * 0.4);
    let engraved = made(&[street], &Measures { roads: -0.4, ..MEASURES });
    near(volume(&engraved) - PLATE, -200.0 * 6.0 * 0.4);
    near(volume(&made(&[street], &Measures { roads: 0.0, ..MEASURES })), PLATE);
    let lake = [[-100.0, -50.0], [0.0, -50.0], [0.0, 0.0], [-100.0, 0.0]];
    near(above(&[("water.lake", &lake, "")]), -100.0 * 50.0 * 0.6);
    // A street over it is a dam.
    near(above(&[("water.lake", &lake, ""), street]), -100.0 * 47.0 * 0.6 + 200.0 * 6.0 * 0.4);
    // Half of the plate stays.
    let thin = Measures { base: 0.4, water: 5.0, ..MEASURES };
    near(volume(&made(&[("water.lake", &lake, "")], &thin)), 200.0 * 100.0 * 0.4 - 100.0 * 50.0 * 0.2);
}

#[test]
fn narrow_roads_are_widened_or_left_out() {
    let path: Thing = ("roads.footway", &[[-100.0, 0.0], [100.0, 0.0]], "");
    let at = |least: f64| volume(&made(&[path], &Measures { least, ..MEASURES })) - PLATE;
    near(at(1.0), 200.0 * 2.0 * 0.4);
    near(at(3.0), 200.0 * 3.0 * 0.4);
    near(at(5.0), 0.0);
}

#[test]
fn corners_that_touch_are_joined() {
    let square = |x: f64, y: f64| [[x, y], [x + 10.0, y], [x + 10.0, y + 10.0], [x, y + 10.0]];
    let tags = ["height=10", "height=7"];
    for other in tags {
        let things: [Thing; 2] = [
            ("buildings.building", &square(0.0, 0.0), "height=10"),
            ("buildings.building", &square(10.0, 10.0), other),
        ];
        made(&things, &MEASURES);
    }
    // In the corner and on the edge of the plate.
    let things: [Thing; 3] = [
        ("buildings.building", &square(-100.0, -50.0), "height=10"),
        ("buildings.building", &square(-90.0, -40.0), "height=10"),
        ("buildings.building", &square(-100.0, -30.0), "height=20, roof:shape=pyramidal"),
    ];
    made(&things, &MEASURES);
}

#[test]
fn roofs_that_cross_at_a_party_wall_are_closed() {
    let next = [[20.0, -3.0], [40.0, -3.0], [40.0, 12.0], [20.0, 12.0]];
    for shape in ["gabled", "hipped", "pyramidal", "skillion"] {
        for more in ["", "roof:orientation=across", "roof:direction=N"] {
            let tags = format!("height=10, roof:height=6, roof:shape={shape}, {more}");
            let things: [Thing; 3] = [
                ("buildings.building", &LONG, &tags),
                ("buildings.building", &next, "height=9, roof:height=4, roof:shape=gabled"),
                ("buildings.building", &turned(&LONG, 20.0), &tags),
            ];
            made(&things, &MEASURES);
        }
    }
}

#[test]
fn a_heap_of_buildings_is_closed() {
    // A small generator of its own: the same heap every time.
    let mut seed = 3_u64;
    let mut next = |below: f64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as f64 / f64::from(1 << 31) * below
    };
    let shapes = ["flat", "gabled", "hipped", "pyramidal", "skillion"];
    let heap: Vec<(Vec<[f64; 2]>, String)> = (0..120)
        .map(|row| {
            let (x, y) = (next(220.0) - 110.0, next(120.0) - 60.0);
            let ring: Vec<[f64; 2]> = turned(&LONG, next(360.0)).iter().map(|p| [p[0] + x, p[1] + y]).collect();
            let tags = format!("height={}, roof:height=3, roof:shape={}", 4.0 + next(20.0), shapes[row % 5]);
            (ring, tags)
        })
        .collect();
    let things: Vec<Thing> =
        heap.iter().map(|(ring, tags)| ("buildings.building", ring.as_slice(), tags.as_str())).collect();
    made(&things, &MEASURES);
    made(&things, &Measures { size: 30.0, ..MEASURES });
}
