//! `mapwright batch`: many areas, one export each; started again, it goes on where it was.

use super::output::Target;
use clap::Args;
use mapwright::request::Limits;
use mapwright::server::Sources;
use mapwright::{Engine, Error, Request, Result, Watch};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Areas, data and what to make of them.
#[derive(Debug, Args)]
pub struct BatchArgs {
    /// A CSV file (name, min_lon, min_lat, max_lon, max_lat) or GeoJSON features with a name
    areas: PathBuf,
    /// Where data come from, the first that covers an area first: file:PATH or overpass:URL; may be repeated
    #[arg(long, value_name = "file:PATH|overpass:URL", required = true)]
    source: Vec<String>,
    /// A format; may be repeated up to five times
    #[arg(short, long = "format", value_name = "FORMAT", required = true)]
    formats: Vec<String>,
    /// A request as JSON file for everything else
    #[arg(long, value_name = "FILE")]
    request: Option<PathBuf>,
    /// Folder of the results: one folder an area, and report.json
    #[arg(short, long)]
    output: PathBuf,
    /// How much may be sent along and drawn: vertices, crossings, style_layers or labels
    #[arg(long, value_name = "NAME=N")]
    limit: Vec<String>,
    /// Exports made at the same time
    #[arg(short, long, default_value_t = 1)]
    jobs: usize,
}

/// What became of an area.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Row {
    status: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    files: Vec<String>,
    /// What was asked for: another question is answered anew.
    request: Value,
}

/// Runs the command; says how many areas failed.
pub fn run(args: &BatchArgs) -> Result<usize> {
    let areas = areas(&args.areas)?;
    let mut common = match &args.request {
        Some(path) => parse(path)?,
        None => json!({}),
    };
    let fields = common.as_object_mut().ok_or_else(|| Error::request("request", "expected a JSON object"))?;
    fields.insert("formats".into(), json!(args.formats));
    // What is wrong for all of them is said once.
    let limits = args.limit.iter().try_fold(Limits::default(), |limits, setting| limits.with(setting))?;
    mapwright::export::check(&Request::from_json(&common.to_string())?, &limits)?;
    let report_path = args.output.join("report.json");
    let before: BTreeMap<String, Row> =
        std::fs::read(&report_path).ok().and_then(|text| serde_json::from_slice(&text).ok()).unwrap_or_default();
    let sources = Sources::new(&args.source)?;
    let engine = Engine { limits, ..Engine::native()? };
    let report = Mutex::new(before.clone());
    let next = AtomicUsize::new(0);
    let write = |report: &BTreeMap<String, Row>| -> Result<()> {
        let text = serde_json::to_vec_pretty(report).map_err(|fault| Error::Internal(fault.to_string()))?;
        let half = report_path.with_extension("part");
        let failed = |fault: std::io::Error| Error::Io(format!("{}: {fault}", report_path.display()));
        std::fs::create_dir_all(&args.output).map_err(failed)?;
        std::fs::write(&half, text).and_then(|()| std::fs::rename(&half, &report_path)).map_err(failed)
    };
    std::thread::scope(|scope| {
        for _ in 0..args.jobs.clamp(1, 64).min(areas.len().max(1)) {
            scope.spawn(|| {
                while let Some((name, bbox)) = areas.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let mut request = common.clone();
                    if let Some(fields) = request.as_object_mut() {
                        fields.extend(bbox.as_object().cloned().unwrap_or_default());
                    }
                    let folder = args.output.join(name);
                    let done = |row: &Row| {
                        row.status == "completed"
                            && row.request == request
                            && row.files.iter().all(|file| folder.join(file).is_file())
                    };
                    if before.get(name).is_some_and(done) {
                        eprintln!("{name}: done before");
                        continue;
                    }
                    let row = one(&sources, &engine, &folder, request);
                    eprintln!("{name}: {}", row.error.as_deref().unwrap_or(&row.status));
                    let mut report = report.lock().unwrap_or_else(PoisonError::into_inner);
                    report.insert(name.clone(), row);
                    if let Err(fault) = write(&report) {
                        eprintln!("{fault}");
                    }
                }
            });
        }
    });
    let report = report.into_inner().unwrap_or_else(PoisonError::into_inner);
    let failed = areas.iter().filter(|(name, _)| report.get(name).is_none_or(|row| row.status != "completed")).count();
    eprintln!("{} of {} areas are done; {}", areas.len() - failed, areas.len(), report_path.display());
    Ok(failed)
}

fn one(sources: &Sources, engine: &Engine, folder: &Path, request: Value) -> Row {
    let make = || -> Result<Vec<String>> {
        let wanted = Request::from_json(&request.to_string())?;
        let mut watch = Watch::silent();
        let target = Target::Folder(folder.to_owned());
        let opened = sources.open(&wanted, &mut watch)?;
        let files = opened.export(engine, &wanted, &mut watch, |name| target.open(name))?;
        files.into_iter().map(|(file, bytes)| target.keep(&file, bytes).map(|_| file.name)).collect()
    };
    match make() {
        Ok(files) => Row { status: "completed".into(), error: None, files, request },
        Err(fault) => Row { status: "failed".into(), error: Some(fault.to_string()), files: Vec::new(), request },
    }
}

/// Names and the request fields of their areas.
fn areas(path: &Path) -> Result<Vec<(String, Value)>> {
    let geojson = path.extension().is_some_and(|end| end == "geojson" || end == "json");
    let found = if geojson { from_geojson(path)? } else { from_csv(path)? };
    let mut seen = std::collections::BTreeSet::new();
    for (name, _) in &found {
        if !seen.insert(name) {
            return Err(Error::request("areas", format!("the name \"{name}\" is there twice")));
        }
    }
    Ok(found)
}

fn from_csv(path: &Path) -> Result<Vec<(String, Value)>> {
    let fault = |fault: csv::Error| {
        let words = format!("{}: {fault}", path.display());
        if fault.is_io_error() { Error::Io(words) } else { Error::request("areas", words) }
    };
    #[derive(Deserialize)]
    struct Line {
        name: String,
        min_lon: f64,
        min_lat: f64,
        max_lon: f64,
        max_lat: f64,
    }
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_path(path).map_err(fault)?;
    let row = |line: csv::Result<Line>| {
        let line = line.map_err(fault)?;
        Ok((folder_name(&line.name)?, json!({ "bbox": [line.min_lon, line.min_lat, line.max_lon, line.max_lat] })))
    };
    reader.deserialize().map(row).collect()
}

fn from_geojson(path: &Path) -> Result<Vec<(String, Value)>> {
    let value = parse(path)?;
    let wrong = |place: usize, what: &str| Error::request(format!("areas.features[{place}]"), what);
    let features = value.get("features").and_then(Value::as_array);
    let features = features.ok_or_else(|| Error::request("areas", "expected a FeatureCollection"))?;
    let row = |(place, feature): (usize, &Value)| {
        let name = feature.pointer("/properties/name").and_then(Value::as_str);
        let name = name.map_or_else(|| format!("area-{}", place + 1), str::to_owned);
        let geometry = feature.get("geometry").cloned().unwrap_or_default();
        let mut bounds = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        extend(&mut bounds, geometry.get("coordinates").unwrap_or(&Value::Null));
        if bounds.iter().any(|side| !side.is_finite()) {
            return Err(wrong(place, "has no coordinates"));
        }
        Ok((folder_name(&name)?, json!({ "bbox": bounds, "area": geometry })))
    };
    features.iter().enumerate().map(row).collect()
}

/// Widens bounds by every position in nested lists.
fn extend(bounds: &mut [f64; 4], value: &Value) {
    match value.as_array().map(Vec::as_slice) {
        Some([Value::Number(x), Value::Number(y), ..]) => {
            let [x, y] = [x, y].map(|number| number.as_f64().unwrap_or(f64::NAN));
            let [west, south, east, north] = *bounds;
            *bounds = [west.min(x), south.min(y), east.max(x), north.max(y)];
        }
        Some(list) => list.iter().for_each(|inner| extend(bounds, inner)),
        None => {}
    }
}

/// A name that is a folder and nothing else.
fn folder_name(name: &str) -> Result<String> {
    let safe: String =
        name.trim().chars().map(|c| if c.is_alphanumeric() || "-_. ".contains(c) { c } else { '-' }).collect();
    let safe = safe.trim_matches('.').to_owned();
    if safe.is_empty() { Err(Error::request("areas", format!("\"{name}\" is no name for a folder"))) } else { Ok(safe) }
}

fn parse(path: &Path) -> Result<Value> {
    let text = std::fs::read(path).map_err(|fault| Error::Io(format!("{}: {fault}", path.display())))?;
    serde_json::from_slice(&text)
        .map_err(|fault| Error::request(path.display().to_string(), format!("not JSON: {fault}")))
}
