//! OGR/GMT vector text (GMT 6, appendix O.3 "The OGR/GMT vector data format"): a file a layer and kind of geometry, in a
//! ZIP package. Comments hold what a GIS wants, segment headers the pens and fills that GMT draws with.

use crate::color::Color;
use crate::error::Result;
use crate::format::cells;
use crate::format::delimited::DIGITS;
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written, bundle};
use crate::map::{Geometry, Value};
use crate::osm::ATTRIBUTION;
use crate::sink::{Sink, spill};
use crate::style::symbol::Symbol;
use crate::styled::{StyledLayer, StyledLayers};
use crate::table::shape::{Kind, Shape};
use crate::table::{Column, ColumnKind, Table};
use crate::watch::{Stage, Watch};
use crate::wire::number;
use crate::wire::package::{How, Package};

/// The family.
pub const FORMATS: &[Format] = &[GMT];

const GMT: Format = Format {
    id: "gmt",
    aliases: &[],
    title: "GMT vector text (ZIP)",
    family: "GMT",
    version: "",
    extension: "zip",
    mime: "application/zip",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "Layers as text for the Generic Mapping Tools, a file each, with pens and fills that `gmt plot` draws at once.",
    for_whom: "Geophysicists, oceanographers, everybody who draws maps with GMT",
    kept: "Geometry with holes, ids, classes, names, typed fields, all tags as `key=value;…`; colours and widths",
    lost: "Tags of features that have more than a line of GMT holds; quotation marks within texts; labels",
    programs: &["GMT", "PyGMT", "GMT.jl", "GDAL", "QGIS"],
    specification: "https://docs.generic-mapping-tools.org/latest/reference/ogr-gmt-format.html",
    credit: Credit::Inside("a comment in each file, and `LICENSE.txt`"),
    provenance: Some("the entry `mapwright.json`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[DIGITS, COLUMNS],
    write: Write::Styled(write),
};

/// Longest line that GMT reads in one piece, bytes.
const LONGEST: usize = 4095;
/// Longest name of a column; GMT knows no limit but that of lines.
const NAME: usize = 64;
/// The column that is left out where a line would be longer.
const TAGS: &str = "tags";
/// Points of a typographer's inch, in which pens are measured, by millimetre.
const POINTS: f64 = 72.0 / 25.4;

struct Writer<'s> {
    digits: u32,
    /// Rows without their tags.
    long: u64,
    /// Texts with other characters than they had.
    changed: u64,
    /// Rows without a geometry.
    empty: u64,
    done: u64,
    total: u64,
    sink: &'s mut dyn Sink,
    out: Vec<u8>,
}

fn write(styled: &StyledLayers, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let drawn = styled.drawn();
    let (mut done, mut long, mut changed, mut empty) = (0, 0, 0, 0);
    let total = styled.tables.iter().map(|table| table.rows.len() as u64).sum();
    watch.at(Stage::Write, done, total)?;
    let mut package = Package::new(sink);
    for layer in &drawn {
        let mut entry = package.entry(&format!("{}.gmt", layer.table.name), How::PACKED)?;
        let digits = job.settings.int("digits").clamp(0, 9) as u32;
        let mut writer = Writer { digits, long, changed, empty, done, total, sink: &mut entry, out: Vec::new() };
        writer.table(layer, watch)?;
        (done, long, changed, empty) = (writer.done, writer.long, writer.changed, writer.empty);
    }
    if long > 0 {
        let message = format!("{long} features have more tags than a line of GMT holds; they have their other fields.");
        job.notes.say("long_tags", long, message);
    }
    if changed > 0 {
        let message = format!(
            "{changed} texts have apostrophes, slashes and spaces for quotation marks, backslashes, tabs and line ends."
        );
        job.notes.say("changed_texts", changed, message);
    }
    if empty > 0 {
        let message = format!("{empty} features have no geometry with so few decimals; they were left out.");
        job.notes.say("no_shape", empty, message);
    }
    bundle::sign(&mut package, job)?;
    package.finish()
}

impl Writer<'_> {
    fn table(&mut self, layer: &StyledLayer, watch: &mut Watch) -> Result<()> {
        let table = layer.table;
        self.head(table);
        let heads: Vec<String> = layer.classes.iter().map(|look| segment(&look.symbol)).collect();
        for row in 0..table.rows.len() {
            self.done += 1;
            if self.done.is_multiple_of(1000) {
                watch.at(Stage::Write, self.done, self.total)?;
            }
            let Some(feature) = table.feature(row) else { continue };
            let shape = Shape::of(table.features, feature, self.digits);
            self.empty += u64::from(shape.is_empty());
            let head = layer.place(row).and_then(|place| heads.get(place)).map_or("", String::as_str);
            let fields = self.fields(table, row);
            self.feature(&shape, head, &fields);
            spill(&mut self.out, self.sink)?;
        }
        self.sink.put(&self.out)
    }

    fn line(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'\n');
    }

    /// Kind of geometry, coordinate system, names and types of columns.
    fn head(&mut self, table: &Table) {
        let kind = match table.geometry {
            Some(Geometry::Line) => many(table, self.digits, Kind::LineString),
            Some(Geometry::Area) => many(table, self.digits, Kind::Polygon),
            // Readers know no multipoints.
            _ => Kind::Point,
        };
        self.line(&format!("# @VGMT1.0 @G{}", kind.word()));
        let [west, south, east, north] = table.features.extent;
        let digits = if table.features.crs.geographic { 7 } else { 3 };
        let text = |value: f64| number::text(value, digits);
        self.line(&format!("# @R{}/{}/{}/{}", text(west), text(east), text(south), text(north)));
        self.line(&format!("# @Je{}", table.features.crs.epsg));
        self.line(&format!("# {ATTRIBUTION}"));
        let names = cells::names(table, NAME, &[]);
        let rows = table.rows.len();
        let kinds: Vec<&str> = table.columns.iter().map(|column| type_of(column, rows)).collect();
        self.line(&format!("# @N{}", names.join("|")));
        self.line(&format!("# @T{}", kinds.join("|")));
        self.line("# FEATURE_DATA");
    }

    fn fields(&mut self, table: &Table, row: usize) -> String {
        let rows = table.rows.len();
        let mut changed = 0;
        let mut text = |text: &str| {
            changed += u64::from(text.contains(CHANGED));
            quoted(text)
        };
        let mut value = |column: &Column| match (column.cell(row), column.kind) {
            (Value::Flag(flag), _) => i32::from(flag).to_string(),
            (_, ColumnKind::Json) => text(&tags(table, row)),
            _ if type_of(column, rows) != "string" => cells::cell(column, row).unwrap_or_default().into_owned(),
            _ => cells::cell(column, row).map(|own| text(&own)).unwrap_or_default(),
        };
        let mut values: Vec<String> = table.columns.iter().map(&mut value).collect();
        self.changed += changed;
        let length: usize = values.iter().map(|value| value.len() + 1).sum();
        if length + 4 > LONGEST
            && let Some(tags) = table.columns.iter().position(|column| column.name == TAGS)
            && let Some(value) = values.get_mut(tags)
        {
            value.clear();
            self.long += 1;
        }
        values.join("|")
    }

    fn feature(&mut self, shape: &Shape, head: &str, fields: &str) {
        match shape {
            Shape::Points(points) => {
                for point in points {
                    self.line(&format!("# @D{fields}"));
                    self.points(std::slice::from_ref(point));
                }
            }
            Shape::Lines(lines) => {
                for (row, line) in lines.iter().enumerate() {
                    self.line(&format!(">{head}"));
                    if row == 0 {
                        self.line(&format!("# @D{fields}"));
                    }
                    self.points(line);
                }
            }
            Shape::Areas(areas) => {
                for (area, rings) in areas.iter().enumerate() {
                    for (row, ring) in rings.iter().enumerate() {
                        self.line(&format!(">{head}"));
                        if area + row == 0 {
                            self.line(&format!("# @D{fields}"));
                        }
                        self.line(if row == 0 { "# @P" } else { "# @H" });
                        self.points(ring);
                    }
                }
            }
        }
    }

    fn points(&mut self, trace: &[[i64; 2]]) {
        for &[x, y] in trace {
            number::fixed(&mut self.out, x, self.digits);
            self.out.push(b' ');
            number::fixed(&mut self.out, y, self.digits);
            self.out.push(b'\n');
        }
    }
}

/// The kind of a table: that of many where a row has many.
fn many(table: &Table, digits: u32, one: Kind) -> Kind {
    let several = |row| table.shape(row, digits).is_some_and(|shape| shape.len() > 1);
    if (0..table.rows.len()).any(several) { one.multi() } else { one }
}

fn type_of(column: &Column, rows: usize) -> &'static str {
    match column.kind {
        ColumnKind::Int if cells::is_small(column, rows) => "integer",
        ColumnKind::Flag => "integer",
        ColumnKind::Number(_) => "double",
        ColumnKind::Int | ColumnKind::Text | ColumnKind::Json => "string",
    }
}

/// What stands for itself in no text: readers end it there, or take it for something else.
const CHANGED: [char; 5] = ['"', '\\', '\n', '\r', '\t'];

/// Text in quotation marks, between which GMT takes everything but those as it is.
fn quoted(text: &str) -> String {
    let fit = |c: char| match c {
        '"' => '\'',
        '\\' => '/',
        c if c.is_control() => ' ',
        c => c,
    };
    format!("\"{}\"", text.chars().map(fit).collect::<String>())
}

/// All tags, `key=value` with semicolons between them; those within are doubled.
fn tags(table: &Table, row: usize) -> String {
    let double = |text: &str| text.replace(';', ";;");
    let tags: Vec<String> =
        cells::tags(table, row).map(|(key, value)| format!("{}={}", double(key), double(value))).collect();
    tags.join(";")
}

/// What stands in the head of a segment: the fill and the pen.
fn segment(symbol: &Symbol) -> String {
    let fill = match symbol.fill {
        Some(color) => format!(" -G{}", shade(color)),
        None => " -G-".to_owned(),
    };
    match symbol.strokes.last() {
        Some(stroke) => format!("{fill} -W{}p,{}", number::text(stroke.width * POINTS, 2), shade(stroke.color)),
        None => format!("{fill} -W-"),
    }
}

/// Red, green, blue, and how much is seen through, in hundredths.
fn shade(Color { r, g, b, a }: Color) -> String {
    let clear = 100 - u32::from(a) * 100 / 255;
    if clear == 0 { format!("{r}/{g}/{b}") } else { format!("{r}/{g}/{b}@{clear}") }
}
