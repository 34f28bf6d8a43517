//! `mapwright batch`: many areas, resumed where it ended.

use super::{folder, program, sample};
use serde_json::Value;
use std::path::Path;
use std::process::{Output, Stdio};
use std::time::Duration;

const CSV: &str = "name,min_lon,min_lat,max_lon,max_lat
station, 24.940, 60.169, 24.943, 60.171
park, 24.944, 60.170, 24.947, 60.172
\"port, west\", 24.936, 60.168, 24.939, 60.170
";
const GEOJSON: &str = r#"{"type": "FeatureCollection", "features": [
 {"type": "Feature", "properties": {"name": "Треугольник"}, "geometry": {"type": "Polygon",
  "coordinates": [[[24.940, 60.169], [24.944, 60.169], [24.942, 60.171], [24.940, 60.169]]]}},
 {"type": "Feature", "properties": null, "geometry": {"type": "MultiPolygon",
  "coordinates": [[[[24.940, 60.170], [24.941, 60.170], [24.941, 60.171], [24.940, 60.170]]], [[[24.944, 60.170], [24.945, 60.170], [24.945, 60.171], [24.944, 60.170]]]]}}]}"#;

fn batch(areas: &Path, out: &Path, more: &[&str]) -> Output {
    let mut command = program();
    command.arg("batch").arg(areas).args(["--source", &sample("helsinki"), "-o"]).arg(out).args(more);
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn report(out: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(out.join("report.json")).unwrap()).unwrap()
}

#[test]
fn areas_of_a_table_become_folders_and_a_report() {
    let folder = folder("batch-csv");
    let (areas, out) = (folder.join("areas.csv"), folder.join("out"));
    std::fs::write(&areas, CSV).unwrap();
    let first = batch(&areas, &out, &["-f", "svg", "-f", "geojson", "-j", "3"]);
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    assert!(said(&first).contains("3 of 3 areas are done"), "{}", said(&first));
    let rows = report(&out);
    for name in ["station", "park", "port- west"] {
        assert_eq!(rows[name]["status"], "completed", "{rows}");
        for file in rows[name]["files"].as_array().unwrap() {
            let text = std::fs::read_to_string(out.join(name).join(file.as_str().unwrap())).unwrap();
            assert!(text.contains("OpenStreetMap contributors"));
        }
    }
    // Again: nothing is left to do. Something else asked for: everything is.
    let again = batch(&areas, &out, &["-f", "svg", "-f", "geojson"]);
    assert_eq!((again.status.code(), said(&again).matches("done before").count()), (Some(0), 3), "{}", said(&again));
    let other = batch(&areas, &out, &["-f", "svg"]);
    assert_eq!((other.status.code(), said(&other).matches("done before").count()), (Some(0), 0));
    // A result that was lost is made again.
    std::fs::remove_dir_all(out.join("park")).unwrap();
    let lost = batch(&areas, &out, &["-f", "svg"]);
    assert_eq!((lost.status.code(), said(&lost).matches("done before").count()), (Some(0), 2));
    assert!(out.join("park/map.svg").is_file());
}

#[test]
fn areas_may_be_polygons() {
    let folder = folder("batch-geojson");
    let (areas, out) = (folder.join("areas.geojson"), folder.join("out"));
    std::fs::write(&areas, GEOJSON).unwrap();
    let done = batch(&areas, &out, &["-f", "geojson", "-j", "2"]);
    assert_eq!(done.status.code(), Some(0), "{}", said(&done));
    let rows = report(&out);
    assert_eq!(rows["Треугольник"]["request"]["bbox"], serde_json::json!([24.94, 60.169, 24.944, 60.171]));
    let count = |name: &str| {
        let text = std::fs::read_to_string(out.join(name).join("map.geojson")).unwrap();
        serde_json::from_str::<Value>(&text).unwrap()["features"].as_array().unwrap().len()
    };
    // Cut to their polygons, not to their boxes.
    assert!(count("Треугольник") > 10 && count("area-2") > 0);
    let boxed = folder.join("boxed.csv");
    std::fs::write(&boxed, "name,min_lon,min_lat,max_lon,max_lat\nbox,24.940,60.169,24.944,60.171\n").unwrap();
    batch(&boxed, &out, &["-f", "geojson"]);
    assert!(count("box") > count("Треугольник"));
}

#[test]
fn after_a_kill_it_goes_on() {
    let folder = folder("batch-kill");
    let (areas, out) = (folder.join("areas.csv"), folder.join("out"));
    let rows: String = (0..12).map(|n| format!("area {n},24.940,60.169,24.9{},60.171\n", 43 + n)).collect();
    std::fs::write(&areas, format!("name,min_lon,min_lat,max_lon,max_lat\n{rows}")).unwrap();
    let args = ["-f", "svg", "-f", "png"];
    let mut command = program();
    command.arg("batch").arg(&areas).args(["--source", &sample("helsinki"), "-o"]).arg(&out).args(args);
    let mut child = command.stderr(Stdio::null()).spawn().unwrap();
    let finished = || match std::fs::read(out.join("report.json")) {
        // Never half a report.
        Ok(text) => serde_json::from_slice::<Value>(&text).unwrap().as_object().unwrap().len(),
        Err(_) => 0,
    };
    while finished() < 3 && child.try_wait().unwrap().is_none() {
        std::thread::sleep(Duration::from_millis(5));
    }
    child.kill().ok();
    child.wait().unwrap();
    let before = finished();
    assert!(before >= 3);
    let rest = batch(&areas, &out, &[&args[..], &["-j", "2"]].concat());
    assert_eq!(rest.status.code(), Some(0), "{}", said(&rest));
    assert_eq!(said(&rest).matches("done before").count(), before, "{}", said(&rest));
    assert_eq!(finished(), 12);
}

#[test]
fn what_fails_is_told_and_the_rest_is_done() {
    let folder = folder("batch-fails");
    let (areas, out) = (folder.join("areas.csv"), folder.join("out"));
    std::fs::write(&areas, format!("{CSV}nowhere, 0, 0, 0.01, 0.01\n")).unwrap();
    let done = batch(&areas, &out, &["-f", "csv"]);
    assert_eq!(done.status.code(), Some(1), "{}", said(&done));
    assert!(said(&done).contains("3 of 4 areas are done"), "{}", said(&done));
    assert!(report(&out)["nowhere"]["error"].as_str().unwrap().contains("no data there"));
    for (name, text, code, words) in [
        ("twice.csv", "name,min_lon,min_lat,max_lon,max_lat\na,1,2,3,4\na,1,2,3,4\n", 64, "twice"),
        ("column.csv", "name,min_lon,min_lat,max_lon\na,1,2,3\n", 64, "max_lat"),
        ("number.csv", "name,min_lon,min_lat,max_lon,max_lat\na,1,2,3,north\n", 64, "line: 2"),
        ("path.csv", "name,min_lon,min_lat,max_lon,max_lat\n..,1,2,3,4\n", 64, "no name for a folder"),
        ("shape.geojson", r#"{"type": "Feature"}"#, 64, "FeatureCollection"),
        ("empty.geojson", r#"{"features": [{"properties": {}, "geometry": null}]}"#, 64, "features[0]"),
    ] {
        let areas = folder.join(name);
        std::fs::write(&areas, text).unwrap();
        let wrong = batch(&areas, &out, &["-f", "csv"]);
        assert_eq!(wrong.status.code(), Some(code), "{name}: {}", said(&wrong));
        assert!(said(&wrong).contains(words), "{name}: {}", said(&wrong));
    }
    let missing = batch(&folder.join("nothing.csv"), &out, &["-f", "csv"]);
    assert_eq!(missing.status.code(), Some(74), "{}", said(&missing));
    let format = batch(&areas, &out, &["-f", "nothing"]);
    assert_eq!(format.status.code(), Some(64), "{}", said(&format));
}
