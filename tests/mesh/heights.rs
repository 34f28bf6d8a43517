//! How high buildings are, and which of outline and parts is drawn: the rules of Simple 3D Buildings.

use super::town::{LONG, building, model, reach, triangles};

/// Tags, underside, eaves, top.
const HEIGHTS: &[(&str, f64, f64, f64)] = &[
    ("height=12", 0.0, 12.0, 12.0),
    ("height=12.5 m", 0.0, 12.5, 12.5),
    ("building:levels=4", 0.0, 12.0, 12.0),
    ("height=11, building:levels=9", 0.0, 11.0, 11.0),
    ("height=10, min_height=4", 4.0, 10.0, 10.0),
    ("building:levels=5, building:min_level=2", 6.0, 15.0, 15.0),
    ("height=10, roof:shape=gabled, roof:height=4", 0.0, 6.0, 10.0),
    ("building:levels=3, roof:shape=gabled, roof:height=3", 0.0, 9.0, 12.0),
    ("building:levels=2, roof:shape=gabled, roof:levels=1", 0.0, 6.0, 9.0),
    ("height=15, roof:shape=gabled, roof:angle=45", 0.0, 10.0, 15.0),
    ("height=15, roof:shape=gabled, roof:height=3, roof:angle=45, roof:levels=2", 0.0, 12.0, 15.0),
    ("height=8, roof:shape=flat, roof:height=3", 0.0, 8.0, 8.0),
    ("", 0.0, 6.0, 6.0),
];

#[test]
fn tags_say_how_high() {
    for (tags, base, eaves, top) in HEIGHTS {
        let body = building(&LONG, tags);
        let [low, high] = reach(&triangles(&body));
        let roof = reach(&body.faces.last().unwrap().triangles);
        // Eaves of a gable lie a little higher, for its ridge may be moved by centimetres.
        assert!((low - base).abs() < 1e-9 && (high - top).abs() < 1e-9, "{tags}: {low} to {high}");
        assert!((roof[0] - eaves).abs() < 0.05, "{tags}: eaves at {}", roof[0]);
    }
}

#[test]
fn a_guess_is_told() {
    let said = |tags| {
        let model = model(&[("buildings.building", &LONG, tags)]);
        model.notes.list().iter().any(|note| note.code == "height_guessed")
    };
    assert!(said("roof:shape=gabled") && !said("height=3") && !said("building:levels=1"));
}

/// Ids of the ways that became bodies.
fn drawn(part: &[[f64; 2]]) -> Vec<i64> {
    let model = model(&[
        ("buildings.building", &LONG, "height=9"),
        ("buildings.part", part, "height=20"),
        ("buildings.building", &[[40.0, 0.0], [50.0, 0.0], [50.0, 9.0]], "height=9"),
    ]);
    model.layers.last().unwrap().bodies.iter().filter_map(|body| Some(body.source?.1)).collect()
}

#[test]
fn an_outline_gives_way_to_parts_that_cover_it() {
    assert_eq!(drawn(&LONG), [2, 3]);
    assert_eq!(drawn(&[[0.0, 0.0], [12.0, 0.0], [12.0, 10.0], [0.0, 10.0]]), [2, 3]);
    // A tower on a nave leaves the nave.
    assert_eq!(drawn(&[[0.0, 0.0], [4.0, 0.0], [4.0, 10.0], [0.0, 10.0]]), [1, 2, 3]);
    // One that touches it from outside covers nothing.
    assert_eq!(drawn(&[[-30.0, 0.0], [0.0, 0.0], [0.0, 10.0], [-30.0, 10.0]]), [1, 2, 3]);
}
