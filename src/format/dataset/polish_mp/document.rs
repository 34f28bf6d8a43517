//! The file: its head, then places, lines and areas, each in its section.

use super::codes::code;
use super::roads::{Junctions, Route, Stretch, stretches};
use crate::error::Result;
use crate::format::cells;
use crate::format::degrees::Degrees;
use crate::format::{Job, Written};
use crate::map::Geometry;
use crate::osm::ATTRIBUTION;
use crate::sink::{Sink, spill};
use crate::table::Table;
use crate::table::shape::Shape;
use crate::watch::{Stage, Watch};
use crate::wire::codepage::CodePage;
use crate::wire::number;

/// Longest label, letters; devices show no more.
const LABEL: usize = 80;
/// Bits of coordinates that each level keeps, the largest scale first; the last level is empty.
const LEVELS: [u8; 5] = [24, 22, 20, 18, 16];

struct Writer {
    out: Vec<u8>,
    page: CodePage,
    degrees: Option<Degrees>,
    digits: u32,
    junctions: Junctions,
    routing: bool,
    /// The number of the last road.
    road: u32,
    lacking: u64,
    untyped: u64,
    done: u64,
    total: u64,
}

/// Writes the file.
///
/// # Errors
/// [`crate::error::Error::Cancelled`], those of the geometry and the sink.
pub fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let settings = job.settings;
    let digits = settings.int("digits").clamp(4, 9) as u32;
    let mut writer = Writer {
        out: Vec::new(),
        page: CodePage::of(settings.text("encoding")),
        degrees: tables.first().map(|table| Degrees::new(table.features, digits, job.notes)),
        digits,
        junctions: Junctions::new(digits),
        routing: settings.flag("routing"),
        road: 0,
        lacking: 0,
        untyped: 0,
        done: 0,
        total: tables.iter().map(|table| table.rows.len() as u64).sum(),
    };
    watch.at(Stage::Write, 0, writer.total)?;
    writer.head(job);
    if writer.routing {
        writer.meet(tables, watch)?;
    }
    for wanted in [Geometry::Area, Geometry::Line, Geometry::Point] {
        for table in tables.iter().filter(|table| table.geometry == Some(wanted)) {
            for row in 0..table.rows.len() {
                writer.done += 1;
                if writer.done.is_multiple_of(1000) {
                    watch.at(Stage::Write, writer.done, writer.total)?;
                }
                writer.feature(table, row)?;
                spill(&mut writer.out, sink)?;
            }
        }
    }
    if writer.untyped > 0 {
        let message =
            format!("{} features are of kinds that Garmin has no type for; they were left out.", writer.untyped);
        job.notes.say("no_garmin_type", writer.untyped, message);
    }
    if writer.lacking > 0 {
        let message =
            format!("{} letters are not in the character set; question marks stand for them.", writer.lacking);
        job.notes.say("lacking_letters", writer.lacking, message);
    }
    sink.put(&writer.out)
}

impl Writer {
    fn head(&mut self, job: &Job) {
        let flag = |name: &str| if job.settings.flag(name) { "Y" } else { "N" };
        // Unicode, for which mkgmap wants no code page to be named, or bytes of one.
        let page = match self.page {
            CodePage::Utf8 => "LblCoding=10",
            CodePage::Cyrillic => "CodePage=1251\nLblCoding=9",
            CodePage::Western => "CodePage=1252\nLblCoding=9",
        };
        self.line(&format!("; {}", job.provenance.text()));
        self.line("[IMG ID]");
        self.line(&format!("{page}\nID={}", number_of(&job.provenance.text())));
        self.named("Name", job.request.page.furniture.title.as_deref().unwrap_or("map"));
        self.named("Copyright", ATTRIBUTION);
        self.line("Elevation=M\nPreprocess=F\nTreSize=3000\nRgnLimit=1024\nPOIIndex=Y");
        self.line(&format!("Transparent={}\nRouting={}", flag("transparent"), flag("routing")));
        self.line(&format!("Levels={}", LEVELS.len()));
        for (level, bits) in LEVELS.iter().enumerate() {
            self.line(&format!("Level{level}={bits}"));
        }
        for level in 0..LEVELS.len() {
            self.line(&format!("Zoom{level}={level}"));
        }
        self.line("[END-IMG ID]\n");
    }

    /// Finds where roads meet.
    fn meet(&mut self, tables: &[Table], watch: &mut Watch) -> Result<()> {
        self.each_road(tables, watch, Junctions::add)?;
        self.junctions.number();
        self.each_road(tables, watch, Junctions::join)
    }

    /// Tells the junctions of every road.
    fn each_road(
        &mut self,
        tables: &[Table],
        watch: &mut Watch,
        tell: impl Fn(&mut Junctions, &[[i64; 2]]),
    ) -> Result<()> {
        for table in tables.iter().filter(|table| table.geometry == Some(Geometry::Line)) {
            for row in 0..table.rows.len() {
                if row % 1000 == 0 {
                    watch.at(Stage::Write, self.done, self.total)?;
                }
                if is_road(table, row) && Route::of(table, row).is_some() {
                    let shape = self.shape(table, row)?;
                    shape.traces().into_iter().for_each(|line| tell(&mut self.junctions, line));
                }
            }
        }
        Ok(())
    }

    fn line(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
        self.out.push(b'\n');
    }

    /// A key and a text in the code page, on one line.
    fn named(&mut self, key: &str, text: &str) {
        self.out.extend_from_slice(key.as_bytes());
        self.out.push(b'=');
        // What begins a code of the format stands for itself nowhere else.
        let clean: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(LABEL).collect();
        self.lacking += self.page.encode(&mut self.out, clean.replace("~[", "~(").trim());
        self.out.push(b'\n');
    }

    fn shape(&self, table: &Table, row: usize) -> Result<Shape> {
        match (self.degrees, table.feature(row)) {
            (Some(degrees), Some(feature)) => degrees.shape(table.features, feature),
            _ => Ok(Shape::Points(Vec::new())),
        }
    }

    fn feature(&mut self, table: &Table, row: usize) -> Result<()> {
        let Some(feature) = table.feature(row) else { return Ok(()) };
        let kind = table.features.value(feature);
        let Some((code, level)) = code(table.features.class(feature), kind, table.geometry) else {
            self.untyped += 1;
            return Ok(());
        };
        let label = cells::title(table, row).unwrap_or_default();
        let head = format!("Type=0x{code:02x}");
        match self.shape(table, row)? {
            Shape::Points(points) => {
                for point in points {
                    self.start("[POI]", &head, label, level);
                    self.data(std::slice::from_ref(&point));
                    self.line("[END]\n");
                }
            }
            Shape::Lines(lines) => {
                let route = Route::of(table, row).filter(|_| self.routing && is_road(table, row));
                let oneway = route.as_ref().is_some_and(|route| route.oneway);
                let number = cells::text(table, "ref", row).filter(|number| *number != label);
                for mut line in lines {
                    if route.as_ref().is_some_and(|route| route.reverse) {
                        line.reverse();
                    }
                    let nodes = if route.is_some() { self.junctions.of(&line) } else { Vec::new() };
                    let mut pieces = stretches(&nodes);
                    let route = route.as_ref().filter(|_| !pieces.is_empty());
                    if pieces.is_empty() {
                        pieces.push(Stretch { points: 0..=line.len().saturating_sub(1), nodes: Vec::new() });
                    }
                    for piece in pieces {
                        self.start("[POLYLINE]", &head, label, level);
                        if let Some(number) = number {
                            self.named("Label2", number);
                        }
                        if oneway {
                            self.line("DirIndicator=1");
                        }
                        if let Some(route) = route {
                            self.road += 1;
                            self.line(&format!("RoadID={}\n{}", self.road, route.line()));
                        }
                        self.data(line.get(piece.points).unwrap_or(&[]));
                        // Which of its points, which number, inside of the map.
                        for (row, (point, number)) in piece.nodes.into_iter().enumerate() {
                            self.line(&format!("Nod{}={point},{number},0", row + 1));
                        }
                        self.line("[END]\n");
                    }
                }
            }
            Shape::Areas(areas) => {
                for rings in areas {
                    self.start("[POLYGON]", &head, label, level);
                    rings.iter().for_each(|ring| self.data(ring));
                    self.line("[END]\n");
                }
            }
        }
        Ok(())
    }

    fn start(&mut self, section: &str, head: &str, label: &str, level: u8) {
        self.line(section);
        self.line(head);
        if !label.is_empty() {
            self.named("Label", label);
        }
        if level > 0 {
            self.line(&format!("EndLevel={level}"));
        }
    }

    /// Places at the largest scale: (latitude,longitude),…
    fn data(&mut self, trace: &[[i64; 2]]) {
        self.out.extend_from_slice(b"Data0=");
        for (row, &[lon, lat]) in trace.iter().enumerate() {
            self.out.extend_from_slice(if row == 0 { b"(" } else { b",(" });
            number::fixed(&mut self.out, lat, self.digits);
            self.out.push(b',');
            number::fixed(&mut self.out, lon, self.digits);
            self.out.push(b')');
        }
        self.out.push(b'\n');
    }
}

fn is_road(table: &Table, row: usize) -> bool {
    table.feature(row).is_some_and(|feature| table.features.class(feature).layer == "roads")
}

/// The number of a map, of eight figures and its own: from what it is made of (FNV-1a).
fn number_of(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    10_000_000 + hash % 89_999_999
}
