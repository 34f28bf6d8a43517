//! What is wrong with maps of real places, counted: labels that meet or leave the frame, banks drawn as rivers, and
//! landmarks without sign or name.
//!
//! `npm run bench:labels -- PATH…`, or `cargo bench --bench labels -- PATH…`: files of OpenStreetMap's data, or folders of
//! them. `SCALES=2500,10000` and `STYLES=default,outdoor` say how they are drawn. Landmarks are counted at 1:2,500.

#[path = "../tests/scene/measure.rs"]
mod measure;

use mapwright::{Opened, Watch};
use measure::{banks, cut, draws, labels, landmarks, overlaps};
use std::path::{Path, PathBuf};

/// Ends of the names of what is drawn.
const ENDS: &[&str] = &[".pbf", ".osm", ".osm.gz", ".osm.bz2", ".json.gz", ".json", ".xml.gz"];
/// Longest side of a sheet, mm.
const LONGEST: f64 = 2500.0;
/// Metres of a degree of latitude.
const METRES: f64 = 111_195.0;
/// The scale at which landmarks are counted.
const LANDMARKS: &str = "2500";

fn main() {
    let given: Vec<PathBuf> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).map(PathBuf::from).collect();
    let mut files = Vec::new();
    given.iter().for_each(|path| gather(path, &mut files));
    let list = |name: &str, usual: &str| {
        let given = std::env::var(name).unwrap_or_else(|_| usual.to_owned());
        given.split(',').map(str::to_owned).collect::<Vec<_>>()
    };
    let (scales, styles) = (list("SCALES", "2500,10000,25000"), list("STYLES", "default"));
    println!(
        "| extract | style | 1: | labels | meet | cut | banks | landmarks | bare |\n|---|---|---:|---:|---:|---:|---:|---:|---:|"
    );
    let (mut faults, mut sums) = (Vec::new(), [0; 6]);
    for file in &files {
        let bytes = std::fs::read(file).unwrap_or_else(|fault| panic!("{}: {fault}", file.display()));
        let name = file.display().to_string();
        let opened = match Opened::open(&bytes, &mut Watch::silent()) {
            Ok(opened) => opened,
            Err(fault) => {
                println!("| {name} | {fault} |");
                continue;
            }
        };
        for style in &styles {
            for scale in &scales {
                row(&name, &opened, style, scale, &mut sums, &mut faults);
            }
        }
    }
    println!("| all | | | {} | {} | {} | {} | {} | {} |", sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
    faults.iter().for_each(|fault| println!("{fault}"));
    std::process::exit(i32::from(sums[1] + sums[2] + sums[3] > 0 || sums[5] * 20 > sums[4]));
}

/// The files of a folder, at any depth, in order.
fn gather(path: &Path, files: &mut Vec<PathBuf>) {
    let Ok(folder) = std::fs::read_dir(path) else {
        return files.push(path.to_owned());
    };
    let mut inner: Vec<PathBuf> = folder.flatten().map(|entry| entry.path()).collect();
    inner.sort();
    for path in inner {
        if path.is_dir() || ENDS.iter().any(|end| path.display().to_string().ends_with(end)) {
            gather(&path, files);
        }
    }
}

/// The middle of a box, as much of it as a sheet of [`LONGEST`] shows at 1 : `scale`.
fn middle([west, south, east, north]: [f64; 4], scale: f64) -> [f64; 4] {
    let [lon, lat] = [(west + east) / 2.0, (south + north) / 2.0];
    let half = LONGEST / 1000.0 * scale / METRES / 2.0;
    let wide = half / lat.to_radians().cos().max(0.01);
    [west.max(lon - wide), south.max(lat - half), east.min(lon + wide), north.min(lat + half)]
}

/// Draws one map and counts.
fn row(name: &str, opened: &Opened, style: &str, scale: &str, sums: &mut [usize; 6], faults: &mut Vec<String>) {
    let Some(bbox) = opened.info().bbox else { return println!("| {name} | nowhere |") };
    let bbox = middle([bbox.min_lon, bbox.min_lat, bbox.max_lon, bbox.max_lat], scale.parse().unwrap_or(1.0));
    let request =
        format!(r#"{{"formats": ["svg"], "bbox": {bbox:?}, "map_style": "{style}", "page": {{"scale": {scale}}}}}"#);
    let scene = match draws(opened, &request) {
        Ok(scene) => scene,
        Err(fault) => return println!("| {name} | {style} | {scale} | {fault} |"),
    };
    let labels = labels(&scene);
    let (meet, cut, banks) = (overlaps(&labels), cut(&scene, &labels), banks(opened, &scene));
    let marks = if scale == LANDMARKS { landmarks(opened, &scene, &labels) } else { measure::Landmarks::default() };
    let counts = [labels.len(), meet.len(), cut.len(), banks.len(), marks.all, marks.bare.len()];
    let cells = counts.map(|count| count.to_string()).join(" | ");
    println!("| {name} | {style} | {scale} | {cells} |");
    sums.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
    let found = [meet, cut, banks, marks.bare].concat();
    faults.extend(found.into_iter().map(|fault| format!("{name} {style} 1:{scale}: {fault}")));
}
