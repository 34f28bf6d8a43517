//! The command line as a person meets it.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn mapwright(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_mapwright")).current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().unwrap()
}

fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::remove_dir_all(&path).ok();
    std::fs::create_dir_all(&path).unwrap();
    path
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

const INPUT: &str = "tests/data/overpass/monaco-tiny.map.json.gz";

#[test]
fn several_formats_go_into_a_folder() {
    let out = folder("several");
    let output = mapwright(&["export", INPUT, "-f", "svg", "-f", "geojson", "-f", "png", "-o", out.to_str().unwrap()]);
    assert!(output.status.success(), "{}", said(&output));
    for (name, magic) in [("map.svg", &b"<?xml"[..]), ("map.geojson", b"{"), ("map.png", b"\x89PNG")] {
        assert!(std::fs::read(out.join(name)).unwrap().starts_with(magic), "{name}");
    }
    assert!(!said(&output).contains('\u{1b}'), "no control characters where nobody looks");
}

#[test]
fn the_extension_names_the_format() {
    let file = folder("extension").join("town.pdf");
    let output = mapwright(&["export", INPUT, "-o", file.to_str().unwrap(), "--quiet"]);
    assert!(output.status.success() && output.stderr.is_empty(), "{}", said(&output));
    assert!(std::fs::read(file).unwrap().starts_with(b"%PDF"));
}

#[test]
fn it_works_in_a_pipe() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_mapwright"))
        .args(["export", "-", "-f", "geojson", "-o", "-", "--set", "geojson.digits=5"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let input = crate::common::data("overpass/monaco-tiny.map.json.gz");
    let mut stdin = child.stdin.take().unwrap();
    std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(json["type"], "FeatureCollection");
}

#[test]
fn faults_name_the_field_and_have_their_exit_code() {
    for (args, code, words) in [
        (&["export", INPUT, "-f", "dwf"][..], 64, "formats: \"dwf\" is not a format; there are"),
        (&["export", INPUT, "-f", "svg", "--paper", "A9"], 64, "page.size"),
        (&["export", INPUT, "-f", "geojson", "--set", "geojson.digits=12"], 64, "options.geojson.digits"),
        (&["export", INPUT, "-f", "svg", "--bbox", "1,2,3"], 64, "bbox"),
        (&["export", INPUT, "-f", "svg", "--layers", "streets"], 64, "layers"),
        (&["export", INPUT, "-f", "svg", "--map-style", "sepia"], 64, "map_style"),
        (
            &["export", INPUT, "-f", "svg", "--filter", "amenity="],
            64,
            "filter.amenity: values have 1 to 255 characters",
        ),
        (&["export", INPUT, "-f", "svg", "--filter", "name", "--filter", "!name"], 64, "filter.name"),
        (&["export", INPUT, "-f", "svg", "--limit", "vertex=3"], 64, "limit: \"vertex=3\": expected vertices=N"),
        (&["export", INPUT, "-f", "svg", "-f", "pdf", "-o", "-"], 64, "standard output"),
        (&["export", INPUT, "-o", "map.qqq"], 64, "output: no format ends in .qqq; name one with --format"),
        // Before anything is read.
        (&["export", "nowhere.osm", "-f", "dwf"], 64, "is not a format"),
        (&["export", "Cargo.toml", "-f", "svg"], 65, "not Overpass JSON, OSM XML or PBF"),
        (&["export", "nowhere.osm", "-f", "svg"], 74, "nowhere.osm"),
        (
            &["export", "--overpass", "http://127.0.0.1:9/api/interpreter", "--bbox", "1,2,3,4", "-f", "svg"],
            74,
            "127.0.0.1:9",
        ),
    ] {
        let output = mapwright(args);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {}", said(&output));
        assert!(said(&output).contains(words), "{args:?}: {}", said(&output));
    }
}

#[test]
fn filters_are_written_as_conditions() {
    let out = folder("filter");
    let conditions = ["--filter", "highway=residential,service", "--filter", "highway=footway", "--filter", "!name"];
    let formats = ["-f", "geojson", "-f", "osm-xml", "-f", "csv", "-o", out.to_str().unwrap()];
    let output = mapwright(&[&["export", INPUT][..], &conditions, &formats].concat());
    let said = said(&output);
    assert!(output.status.success(), "{said}");
    let json: serde_json::Value = serde_json::from_slice(&std::fs::read(out.join("map.geojson")).unwrap()).unwrap();
    let features = json["features"].as_array().unwrap();
    let fits = |feature: &serde_json::Value| {
        let own = &feature["properties"];
        ["residential", "service", "footway"].contains(&own["tags"]["highway"].as_str().unwrap_or_default())
            && own["tags"]["name"].is_null()
    };
    assert!(!features.is_empty() && features.iter().all(fits), "{} features", features.len());
    assert!(std::fs::read_to_string(out.join("map.osm")).unwrap().contains("building"));
    assert!(said.contains("note: The file holds everything that was read; filter does not apply to it."), "{said}");
    // What all files share is said once.
    assert_eq!(said.matches("the data name no box").count(), 1, "{said}");
    assert!(said.contains("\nnote for all files: the data name no box"), "{said}");
}

#[test]
fn lists_are_for_people_and_programs() {
    for list in ["formats", "styles", "layers"] {
        let plain = mapwright(&[list]);
        assert!(plain.status.success() && plain.stdout.len() > 50, "{list}");
        let json: serde_json::Value = serde_json::from_slice(&mapwright(&[list, "--json"]).stdout).unwrap();
        assert!(
            json.as_array().is_some_and(|rows| rows.len() >= 3 && rows.iter().all(|row| row["id"].is_string())),
            "{list}"
        );
    }
    assert!(String::from_utf8_lossy(&mapwright(&["completions", "bash"]).stdout).contains("mapwright"));
}

#[test]
fn nothing_half_is_left_behind() {
    let out = folder("half");
    let file = out.join("map.svg");
    std::fs::create_dir(&file).unwrap();
    std::fs::write(file.join("keep"), "x").unwrap();
    let target = out.join("map.svg/");
    let output = mapwright(&["export", INPUT, "-f", "svg", "-o", target.to_str().unwrap()]);
    assert!(output.status.success(), "a folder of that name takes the file: {}", said(&output));
    assert!(
        std::fs::read_dir(&file)
            .unwrap()
            .flatten()
            .all(|entry| !entry.file_name().to_string_lossy().ends_with(".part"))
    );
}

/// A pipe gets the file and stays a pipe; so does a device.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_written_to_and_not_replaced() {
    use std::os::unix::fs::FileTypeExt;
    let pipe = std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("export.pipe");
    std::fs::remove_file(&pipe).ok();
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let mut child = Command::new(env!("CARGO_BIN_EXE_mapwright"))
        .args(["export", "assets/sample/helsinki.osm.pbf", "-q", "-f", "geojson", "-o"])
        .arg(&pipe)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .spawn()
        .unwrap();
    let text = std::fs::read_to_string(&pipe).unwrap();
    assert!(child.wait().unwrap().success());
    assert!(text.starts_with("{\"type\":\"FeatureCollection\""));
    assert!(std::fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
}

#[test]
fn limits_are_set_by_an_option() {
    let out = folder("limit");
    let track = out.join("track.json");
    let places: Vec<[f64; 2]> = (0..50).map(|row| [7.42 + f64::from(row) * 1e-5, 43.73]).collect();
    std::fs::write(&track, serde_json::json!({"type": "LineString", "coordinates": places}).to_string()).unwrap();
    let (track, out) = (track.to_str().unwrap(), out.to_str().unwrap());
    let export =
        |limit: &str| mapwright(&["export", INPUT, "-f", "geojson", "--overlay", track, "--limit", limit, "-o", out]);
    let refused = export("vertices=49");
    assert_eq!(refused.status.code(), Some(65));
    assert!(said(&refused).contains("overlays[0]: area and overlays have 50 vertices"), "{}", said(&refused));
    assert!(export("vertices=50").status.success());
}

#[test]
fn a_file_makes_others_like_it() {
    let out = folder("like");
    let path = |name: &str| out.join(name).to_str().unwrap().to_owned();
    let bytes = |name: &str| std::fs::read(out.join(name)).unwrap();
    let export = |args: &[&str]| {
        let output = mapwright(&[&["export", INPUT][..], args].concat());
        assert!(output.status.success(), "{args:?}: {}", said(&output));
        said(&output)
    };
    let track = out.join("track.json");
    std::fs::write(&track, r#"{"type": "Point", "coordinates": [7.425, 43.735]}"#).unwrap();
    let page = ["--paper", "A6", "--title", "Rocher", "--map-style", "neon", "--set", "svg.digits=1", "--dpi", "50"];
    export(&[&["-o", &path("old.svg")][..], &page].concat());
    export(&["--like", &path("old.svg"), "-o", &path("new.svg")]);
    assert!(bytes("old.svg") == bytes("new.svg"), "made again");
    // A folder takes the file under its own name, a pipe takes it, too.
    std::fs::create_dir(out.join("v1.2")).unwrap();
    export(&["--like", &path("old.svg"), "-o", &path("v1.2")]);
    assert!(bytes("old.svg") == bytes("v1.2/rocher.svg"));
    // What is given overrides: the format by name or ending, fields, the place as a whole.
    export(&["--like", &path("old.svg"), "-o", &path("new.pdf")]);
    export(&["--like", &path("new.pdf"), "-f", "png", "-o", &path("new.png")]);
    export(&["--like", &path("new.png"), "-f", "svg", "-o", &path("back.svg"), "--set", "svg.digits=1"]);
    assert!(bytes("old.svg") == bytes("back.svg"), "by way of PDF and PNG");
    export(&[
        "--like",
        &path("old.svg"),
        "-o",
        &path("other.svg"),
        "--bbox",
        "7.42,43.73,7.43,43.74",
        "--map-style",
        "mono",
    ]);
    let other = String::from_utf8(bytes("other.svg")).unwrap();
    assert!(other.contains(r#""map_style":"mono""#) && other.contains(r#""min_lon":7.42"#) && other.contains("Rocher"));
    // What a file does not hold is told.
    export(&["-o", &path("over.svg"), "--overlay", track.to_str().unwrap()]);
    let told = export(&["--like", &path("over.svg"), "-o", &path("again.svg")]);
    assert!(told.contains("over.svg: it does not hold overlays; give that again"), "{told}");
    for (args, code, words) in [
        (["--like", "docs/styles.png", "-o", "x.svg"], 65, "docs/styles.png: this is a PNG picture that does not say"),
        (["--like", "nowhere.svg", "-o", "x.svg"], 74, "nowhere.svg"),
    ] {
        let output = mapwright(&[&["export", INPUT][..], &args].concat());
        assert_eq!(output.status.code(), Some(code), "{}", said(&output));
        assert!(said(&output).contains(words), "{}", said(&output));
    }
    let nowhere = mapwright(&["export", "--overpass", "http://127.0.0.1:9/api/interpreter", "-f", "svg"]);
    assert_eq!(nowhere.status.code(), Some(64));
    assert!(said(&nowhere).contains("bbox"), "{}", said(&nowhere));
    let asked = mapwright(&[
        "export",
        "--overpass",
        "http://127.0.0.1:9/api/interpreter",
        "--like",
        &path("old.svg"),
        "-o",
        &path("x.svg"),
    ]);
    assert_eq!(asked.status.code(), Some(74), "the box is that of the file: {}", said(&asked));
}
