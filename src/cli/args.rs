//! What the command line takes. Each request field is an option with hyphens; [`ExportArgs::request`] writes the JSON
//! that the browser would send, so there is one schema and one set of errors.

use super::batch::BatchArgs;
use super::keys::KeysArgs;
use super::like;
use super::serve::{ServeArgs, WorkArgs};
use super::users::UsersArgs;
use clap::{Args, Parser, Subcommand};
use mapwright::provenance::Found;
use mapwright::{Error, Request, Result};
use serde_json::{Map, Value, json};
use std::path::PathBuf;

/// OpenStreetMap data of an area into files that people use.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 120)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Export an area
    Export(Box<ExportArgs>),
    /// List the formats
    Formats(ListArgs),
    /// List the styles, or print one as a MapLibre style document
    Styles(StylesArgs),
    /// List layers and classes
    Layers(ListArgs),
    /// Serve the page and the REST API
    Serve(ServeArgs),
    /// Make, list, renew and revoke keys of the REST API
    Keys(KeysArgs),
    /// List accounts, set their tier and role, stop them
    Users(UsersArgs),
    /// Export many areas, each in a folder of its own; what is done already is not done again
    Batch(Box<BatchArgs>),
    /// Work on the tasks of servers that share a PostgreSQL database, until asked to stop
    Work(WorkArgs),
    /// Make exports for a server that starts this itself
    #[command(hide = true)]
    Make {
        /// Jobs come on standard input
        #[arg(long, required = true)]
        pipe: bool,
    },
    /// Print completions for a shell
    Completions {
        /// bash, elvish, fish, powershell or zsh
        shell: clap_complete::Shell,
    },
}

/// What `styles` takes.
#[derive(Debug, Args)]
pub struct StylesArgs {
    /// A style to print, for Maputnik or as a start for your own
    pub id: Option<String>,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// How a list is printed.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// Input, output and the request.
#[derive(Debug, Args, Default)]
pub struct ExportArgs {
    /// Overpass JSON, OSM XML (plain or gzip) or PBF; - for standard input
    #[arg(required_unless_present = "overpass", conflicts_with = "overpass")]
    pub input: Option<PathBuf>,
    /// Ask this Overpass server instead of reading a file; needs --bbox, --request or --like
    #[arg(long, value_name = "URL")]
    pub overpass: Option<String>,
    /// A folder, a file (its extension may name the format), or - for standard output
    #[arg(short, long, default_value = ".")]
    pub output: PathBuf,
    /// Print no progress and no notes
    #[arg(short, long)]
    pub quiet: bool,

    /// A format; may be repeated up to five times
    #[arg(short, long = "format", value_name = "FORMAT")]
    pub formats: Vec<String>,
    /// A request as JSON file; other options override its fields
    #[arg(long, value_name = "FILE")]
    request: Option<PathBuf>,
    /// A file of mapwright: the request that made it, its format too unless -f or the ending of -o names one; other options override its
    /// fields, --bbox or --area all of its place
    #[arg(long, value_name = "FILE", conflicts_with = "request")]
    pub like: Option<PathBuf>,
    /// West, south, east, north in degrees
    #[arg(long, value_name = "W,S,E,N", allow_hyphen_values = true)]
    bbox: Option<String>,
    /// A GeoJSON file with a polygon, or relation:ID
    #[arg(long, value_name = "FILE|relation:ID")]
    area: Option<String>,
    /// A style's id, or a MapLibre style document
    #[arg(long, value_name = "STYLE|FILE")]
    map_style: Option<String>,
    /// 1 (overview) to 6 (everything); 3 is normal for the scale of a drawing, data are complete without it
    #[arg(long, value_name = "1..6")]
    detail_level: Option<u8>,
    /// Layers or layer.class, separated by commas
    #[arg(long, value_delimiter = ',')]
    layers: Vec<String>,
    /// Tags that elements must have: KEY=VALUE,VALUE (any of them), KEY (present) or '!KEY' (absent); may be repeated
    #[arg(long, value_name = "KEY[=VALUES]|!KEY")]
    filter: Vec<String>,
    /// EPSG:n or auto
    #[arg(long)]
    crs: Option<String>,
    /// auto, true or false
    #[arg(long)]
    clip: Option<String>,
    /// name, latin, a language tag, or tag+name
    #[arg(long)]
    language: Option<String>,
    /// A0 to A6, letter, legal, tabloid, arch-a to arch-e, W,H in mm, or fit
    #[arg(long)]
    paper: Option<String>,
    /// auto, portrait or landscape
    #[arg(long)]
    orientation: Option<String>,
    /// Ground scale 1 : N
    #[arg(long, value_name = "N")]
    scale: Option<f64>,
    /// Margin in mm
    #[arg(long, value_name = "MM")]
    margin: Option<f64>,
    /// Bleed in mm
    #[arg(long, value_name = "MM")]
    bleed: Option<f64>,
    /// Crop marks outside the bleed
    #[arg(long)]
    crop_marks: bool,
    /// Dots per inch of images
    #[arg(long)]
    dpi: Option<f64>,
    /// rectangle, rounded, circle or polygon
    #[arg(long, value_name = "SHAPE")]
    frame: Option<String>,
    /// Only this part of the sheet, in mm
    #[arg(long, value_name = "X,Y,W,H")]
    window: Option<String>,
    /// A heading on the sheet
    #[arg(long)]
    title: Option<String>,
    /// Draw a scale bar: metric, imperial or both
    #[arg(long, value_name = "UNITS", num_args = 0..=1, require_equals = true, default_missing_value = "metric")]
    scale_bar: Option<String>,
    /// Print the ratio 1 : N
    #[arg(long)]
    ratio: bool,
    /// Draw a north arrow
    #[arg(long)]
    north_arrow: bool,
    /// Draw a grid: degrees or metres
    #[arg(long)]
    grid: Option<String>,
    /// Draw a legend
    #[arg(long)]
    legend: bool,
    /// Print a street index
    #[arg(long)]
    index: bool,
    /// text or outline
    #[arg(long)]
    text: Option<String>,
    /// auto, land or sea; named, GeoJSON and CSV hold the sea, too
    #[arg(long)]
    sea: Option<String>,
    /// A GeoJSON, GPX or KML file on top of the map
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// An option of a format
    #[arg(long, value_name = "FORMAT.OPTION=VALUE")]
    set: Vec<String>,
    /// How much may be sent along and drawn: vertices, crossings, style_layers or labels
    #[arg(long, value_name = "NAME=N")]
    pub limit: Vec<String>,
}

impl ExportArgs {
    /// The request these arguments make.
    ///
    /// # Errors
    /// As [`Request::from_json`], and [`Error::Io`] for files that cannot be read.
    pub fn request(&self) -> Result<Request> {
        let mut request = match (&self.like, &self.request) {
            (Some(path), _) => self.alike(path)?,
            (None, Some(path)) => parse("request", &text_of(path)?)?,
            (None, None) => json!({}),
        };
        let fields = request.as_object_mut().ok_or_else(|| Error::request("request", "expected a JSON object"))?;
        let mut page = take_object(fields, "page");
        let mut furniture = take_object(&mut page, "furniture");
        let formats = self.formats.iter().map(|id| json!(id)).collect::<Vec<_>>();
        put(fields, "formats", (!formats.is_empty()).then(|| json!(formats)));
        put(fields, "bbox", self.bbox.as_deref().map(|list| numbers("bbox", list)).transpose()?);
        put(fields, "area", self.area.as_deref().map(area).transpose()?);
        put(fields, "map_style", self.map_style.as_deref().map(style).transpose()?);
        put(fields, "detail_level", self.detail_level.map(|level| json!(level)));
        put(fields, "layers", (!self.layers.is_empty()).then(|| json!(self.layers)));
        put(fields, "filter", (!self.filter.is_empty()).then(|| filter(&self.filter)).transpose()?);
        for (name, value) in
            [("crs", &self.crs), ("language", &self.language), ("text", &self.text), ("sea", &self.sea)]
        {
            put(fields, name, value.as_ref().map(|text| json!(text)));
        }
        put(fields, "clip", self.clip.as_deref().map(word));
        let overlays =
            self.overlay.iter().map(|path| Ok(json!({"data": text_of(path)?}))).collect::<Result<Vec<_>>>()?;
        put(fields, "overlays", (!overlays.is_empty()).then(|| json!(overlays)));

        let size = self.paper.as_deref().map(|paper| match paper.contains(',') {
            true => numbers("page.size", paper),
            false => Ok(json!(paper)),
        });
        put(&mut page, "size", size.transpose()?);
        put(&mut page, "orientation", self.orientation.as_ref().map(|text| json!(text)));
        for (name, value) in [("scale", self.scale), ("margin", self.margin), ("bleed", self.bleed), ("dpi", self.dpi)]
        {
            put(&mut page, name, value.map(|number| json!(number)));
        }
        put(&mut page, "crop_marks", self.crop_marks.then_some(json!(true)));
        put(&mut page, "frame", self.frame.as_ref().map(|shape| json!({"shape": shape})));
        put(&mut page, "window", self.window.as_deref().map(|list| numbers("page.window", list)).transpose()?);
        for (name, value) in [("title", &self.title), ("scale_bar", &self.scale_bar), ("grid", &self.grid)] {
            put(&mut furniture, name, value.as_ref().map(|text| json!(text)));
        }
        for (name, value) in
            [("ratio", self.ratio), ("north_arrow", self.north_arrow), ("legend", self.legend), ("index", self.index)]
        {
            put(&mut furniture, name, value.then_some(json!(true)));
        }
        put(&mut page, "furniture", (!furniture.is_empty()).then_some(Value::Object(furniture)));
        put(fields, "page", (!page.is_empty()).then_some(Value::Object(page)));

        let mut options = take_object(fields, "options");
        for setting in &self.set {
            let (format, option, value) = setting
                .split_once('=')
                .and_then(|(path, value)| path.split_once('.').map(|(format, option)| (format, option, value)))
                .ok_or_else(|| Error::request("options", format!("--set {setting}: expected FORMAT.OPTION=VALUE")))?;
            let mut of_format = take_object(&mut options, format);
            of_format.insert(option.to_owned(), word(value));
            options.insert(format.to_owned(), Value::Object(of_format));
        }
        put(fields, "options", (!options.is_empty()).then_some(Value::Object(options)));
        Request::from_json(&request.to_string())
    }

    /// The request of a file; its place and format only where none is given.
    fn alike(&self, path: &std::path::Path) -> Result<Value> {
        let Found { mut request, left_out, .. } = like::found(path)?;
        if !self.quiet && !left_out.is_empty() {
            eprintln!(
                "{}: it does not hold {}; give that again where it is wanted",
                path.display(),
                left_out.join(", ")
            );
        }
        if let (Some(fields), true) = (request.as_object_mut(), self.bbox.is_some() || self.area.is_some()) {
            fields.remove("bbox");
            fields.remove("area");
        }
        Ok(request)
    }
}

fn put(fields: &mut Map<String, Value>, name: &str, value: Option<Value>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), value);
    }
}

fn take_object(fields: &mut Map<String, Value>, name: &str) -> Map<String, Value> {
    match fields.remove(name) {
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    }
}

/// Conditions on tags; values of a key that is named again are added to those before.
fn filter(conditions: &[String]) -> Result<Value> {
    let mut fields = Map::new();
    for condition in conditions {
        let (key, wanted) = match (condition.split_once('='), condition.strip_prefix('!')) {
            (Some((key, values)), _) => (key, json!(values.split(',').collect::<Vec<_>>())),
            (None, Some(key)) => (key, json!(false)),
            (None, None) => (condition.as_str(), json!(true)),
        };
        match (fields.get_mut(key), wanted) {
            (Some(Value::Array(values)), Value::Array(more)) => values.extend(more),
            (Some(known), wanted) if *known != wanted => {
                return Err(Error::request(
                    format!("filter.{key}"),
                    "asked for in two ways; values, present or absent",
                ));
            }
            (_, wanted) => _ = fields.insert(key.to_owned(), wanted),
        }
    }
    Ok(Value::Object(fields))
}

/// A word as JSON would have it: numbers, true and false are themselves, everything else is text.
fn word(text: &str) -> Value {
    serde_json::from_str(text)
        .ok()
        .filter(|value: &Value| !value.is_object() && !value.is_array())
        .unwrap_or(json!(text))
}

fn numbers(field: &str, list: &str) -> Result<Value> {
    let parse =
        |text: &str| text.trim().parse::<f64>().map_err(|_| format!("\"{text}\" in \"{list}\" is not a number"));
    let numbers = list.split(',').map(parse).collect::<std::result::Result<Vec<_>, _>>();
    numbers.map(|numbers| json!(numbers)).map_err(|message| Error::request(field, message))
}

fn text_of(path: &std::path::Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|fault| Error::Io(format!("{}: {fault}", path.display())))
}

fn parse(field: &str, text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(|fault| Error::request(field, format!("not JSON: {fault}")))
}

fn area(text: &str) -> Result<Value> {
    if let Some(id) = text.strip_prefix("relation:") {
        return Ok(json!({"relation": word(id)}));
    }
    let mut value = parse("area", &text_of(text.as_ref())?)?;
    if let Some(Value::Array(features)) = value.get_mut("features").map(Value::take) {
        let only = features.len() == 1;
        value = features.into_iter().next().filter(|_| only).ok_or_else(|| {
            Error::request(
                "area",
                format!("{text} holds several features; expected one with a Polygon or MultiPolygon"),
            )
        })?;
    }
    Ok(value)
}

fn style(text: &str) -> Result<Value> {
    let path = std::path::Path::new(text);
    match text.ends_with(".json") || path.is_file() {
        true => parse("map_style", &text_of(path)?),
        false => Ok(json!(text)),
    }
}
