//! What options of formats of GIS and GPS change.

use mapwright::export::Opened;
use mapwright::request::Request;
use mapwright::watch::Watch;
use mapwright::{Engine, Error};
use serde_json::{Value, json};

fn opened() -> Opened {
    Opened::open(&crate::common::data("overpass/monaco-tiny.map.json.gz"), &mut Watch::silent()).unwrap()
}

fn exported(opened: &Opened, format: &str, options: Value) -> (String, Vec<(&'static str, u64)>) {
    let request = Request::from_json(&json!({"formats": [format], "options": {format: options}}).to_string()).unwrap();
    let files = opened.export(&Engine::native().unwrap(), &request, &mut Watch::silent(), |_| Ok(Vec::new()));
    let files: Result<_, Error> = files;
    let (file, bytes) = files.unwrap().remove(0);
    let notes = file.notes.iter().map(|note| (note.code, note.count)).collect();
    (bytes.into_iter().map(char::from).collect(), notes)
}

fn count(text: &str, word: &str) -> usize {
    text.matches(word).count()
}

#[test]
fn buildings_stand_up_where_they_say_how_high() {
    let opened = Opened::open(&crate::common::data("extracts/moscow.osm.pbf"), &mut Watch::silent()).unwrap();
    let (flat, notes) = exported(&opened, "kml", json!({}));
    assert!(!flat.contains("relativeToGround") && !notes.iter().any(|(code, _)| *code == "flat_buildings"));
    let (text, notes) = exported(&opened, "kml", json!({"extrude": true}));
    let standing = count(&text, "<extrude>1</extrude>\n<altitudeMode>relativeToGround</altitudeMode>");
    assert!(standing > 0 && count(&text, "<altitudeMode>") == standing);
    let lying = notes.iter().find(|(code, _)| *code == "flat_buildings").map_or(0, |(_, count)| *count);
    assert!(lying > 0);
    // Every corner of one that stands has a height.
    let (_, rest) = text.split_once("relativeToGround").unwrap();
    let corners = rest.split_once("<coordinates>").unwrap().1.split_once('<').unwrap().0;
    assert!(corners.split(' ').all(|corner| corner.split(',').count() == 3), "{corners}");
    let (bare, _) = exported(&opened, "kml", json!({"description": "none"}));
    assert!(bare.len() < flat.len() && count(&bare, "<description>") == 1);
}

#[test]
fn lines_are_tracks_or_routes_and_points_are_picked() {
    let opened = opened();
    let (usual, _) = exported(&opened, "gpx", json!({}));
    let (all, _) = exported(&opened, "gpx", json!({"lines": "all", "areas": true}));
    assert!(count(&usual, "<trk>") > 10 && count(&all, "<trk>") > count(&usual, "<trk>") + 10);
    let (routes, _) = exported(&opened, "gpx", json!({"as": "routes", "points": "none"}));
    assert_eq!((count(&routes, "<trk>"), count(&routes, "<wpt ")), (0, 0));
    assert_eq!(count(&routes, "<rtept "), count(&usual, "<trkpt "));
    let (named, _) = exported(&opened, "gpx", json!({"points": "named", "lines": "none"}));
    assert!((1..count(&usual, "<wpt ")).contains(&count(&named, "<wpt ")) && count(&named, "<trk>") == 0);
}

#[test]
fn holes_are_kept_in_gml() {
    let opened = opened();
    let (simple, notes) = exported(&opened, "georss", json!({}));
    let holes = notes.iter().find(|(code, _)| *code == "filled_holes").map_or(0, |(_, count)| *count);
    let (gml, _) = exported(&opened, "georss", json!({"encoding": "gml"}));
    assert_eq!(count(&gml, "<gml:interior>") as u64, holes);
    assert!(holes > 0 && count(&simple, "<entry>") >= count(&gml, "<entry>") && !simple.contains("gml:"));
}

#[test]
fn letters_are_those_of_the_page() {
    let opened = opened();
    let (unicode, _) = exported(&opened, "polish-mp", json!({}));
    let (western, notes) = exported(&opened, "polish-mp", json!({"encoding": "cp1252", "routing": false}));
    // As bytes: é in UTF-8, and in one.
    assert!(unicode.contains("\u{c3}\u{a9}") && !unicode.contains("CodePage="));
    assert!(western.contains("CodePage=1252\nLblCoding=9\n") && western.contains('\u{e9}'));
    assert!(!western.contains("\u{c3}\u{a9}") && !western.contains("RoadID") && unicode.contains("\nNod1=0,"));
    assert!(!notes.iter().any(|(code, _)| *code == "lacking_letters"));
    let (_, notes) = exported(&opened, "polish-mp", json!({"encoding": "cp1251"}));
    assert!(notes.iter().any(|(code, count)| *code == "lacking_letters" && *count > 0));
}
