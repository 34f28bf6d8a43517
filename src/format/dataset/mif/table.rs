//! A table as its two files: objects, and the values that belong to them.

use super::{fields, look};
use crate::error::Result;
use crate::format::Job;
use crate::format::degrees::Degrees;
use crate::sink::{Sink, spill};
use crate::styled::StyledLayer;
use crate::table::Table;
use crate::table::shape::{Shape, Trace};
use crate::watch::{Stage, Watch};
use crate::wire::codepage::CodePage;
use crate::wire::number;
use crate::wire::package::{How, Package};

/// Writes tables, and counts what they lose.
pub struct Writer {
    /// How letters are bytes.
    pub page: CodePage,
    /// The clause of the coordinate system.
    pub system: String,
    /// Makes degrees, where that system is not that of the features.
    pub degrees: Option<Degrees>,
    /// Decimals of coordinates.
    pub digits: u32,
    /// Rows that are done, each twice.
    pub done: u64,
    /// All of them.
    pub total: u64,
    /// Texts whose line ends became spaces.
    pub spaced: u64,
    /// Letters that the page lacks.
    pub lacking: u64,
    /// Texts that were cut.
    pub cut: u64,
}

impl Writer {
    /// Says what was lost.
    pub fn tell(&self, job: &mut Job) {
        if self.spaced > 0 {
            let message = format!("{} texts have spaces in the place of tabs and line ends.", self.spaced);
            job.notes.say("spaced", self.spaced, message);
        }
        if self.lacking > 0 {
            let message =
                format!("{} letters are not in the character set; question marks stand for them.", self.lacking);
            job.notes.say("lacking_letters", self.lacking, message);
        }
        if self.cut > 0 {
            let message = format!("{} texts are longer than their columns; they were cut.", self.cut);
            job.notes.say("cut_texts", self.cut, message);
        }
    }

    /// Appends the two files of a table.
    ///
    /// # Errors
    /// [`crate::error::Error::Cancelled`], those of the geometry and the sink.
    pub fn pair(&mut self, layer: &StyledLayer, package: &mut Package, watch: &mut Watch) -> Result<()> {
        let table = layer.table;
        let fields = fields::fields(table, self.page);
        let looks: Vec<String> = layer.classes.iter().map(|look| look::clauses(&look.symbol, table.geometry)).collect();
        let mut entry = package.entry(&format!("{}.mif", table.name), How::PACKED)?;
        let mut out = self.head(&fields).into_bytes();
        for row in 0..table.rows.len() {
            self.step(watch)?;
            let clauses = layer.place(row).and_then(|place| looks.get(place)).map_or("", String::as_str);
            self.object(&mut out, table, row, clauses)?;
            spill(&mut out, &mut entry)?;
        }
        entry.put(&out)?;
        let mut entry = package.entry(&format!("{}.mid", table.name), How::PACKED)?;
        out.clear();
        for row in 0..table.rows.len() {
            self.step(watch)?;
            let losses = fields::row(&mut out, table, &fields, row, self.page);
            self.spaced += losses.spaced;
            self.lacking += losses.lacking;
            self.cut += losses.cut;
            spill(&mut out, &mut entry)?;
        }
        entry.put(&out)
    }

    fn step(&mut self, watch: &mut Watch) -> Result<()> {
        self.done += 1;
        if self.done.is_multiple_of(1000) { watch.at(Stage::Write, self.done, self.total) } else { Ok(()) }
    }

    /// Everything before the first object. UTF-8 came with version 15.2, which later ones are counted from.
    fn head(&self, fields: &[fields::Field]) -> String {
        let (version, charset) = match self.page {
            CodePage::Utf8 => (1520, "UTF-8"),
            CodePage::Cyrillic => (650, "WindowsCyrillic"),
            CodePage::Western => (650, "WindowsLatin1"),
        };
        let mut head = format!("Version {version}\nCharset \"{charset}\"\nDelimiter \",\"\nCoordSys {}\n", self.system);
        head += &format!("Columns {}\n", fields.len());
        for field in fields {
            head += &format!("  {} {}\n", field.name, field.kind);
        }
        head + "Data\n\n"
    }

    fn object(&self, out: &mut Vec<u8>, table: &Table, row: usize, clauses: &str) -> Result<()> {
        let shape = match (self.degrees, table.feature(row)) {
            (Some(degrees), Some(feature)) => degrees.shape(table.features, feature)?,
            (None, Some(feature)) => Shape::of(table.features, feature, self.digits),
            (_, None) => Shape::Points(Vec::new()),
        };
        let line = |out: &mut Vec<u8>, text: &str| out.extend_from_slice(text.as_bytes());
        match &shape {
            _ if shape.is_empty() => {
                line(out, "None\n");
                return Ok(());
            }
            Shape::Points(points) if points.len() == 1 => {
                line(out, "Point ");
                self.points(out, points);
            }
            Shape::Points(points) => {
                line(out, &format!("Multipoint {}\n", points.len()));
                self.points(out, points);
            }
            Shape::Lines(lines) => match lines.as_slice() {
                [one] => {
                    line(out, &format!("Pline {}\n", one.len()));
                    self.points(out, one);
                }
                many => {
                    line(out, &format!("Pline Multiple {}\n", many.len()));
                    many.iter().for_each(|one| self.section(out, one));
                }
            },
            // Rings within others are holes.
            Shape::Areas(areas) => {
                let rings: Vec<&Trace> = areas.iter().flatten().collect();
                line(out, &format!("Region {}\n", rings.len()));
                rings.iter().for_each(|ring| self.section(out, ring));
            }
        }
        line(out, clauses);
        Ok(())
    }

    fn section(&self, out: &mut Vec<u8>, trace: &Trace) {
        out.extend_from_slice(format!("  {}\n", trace.len()).as_bytes());
        self.points(out, trace);
    }

    fn points(&self, out: &mut Vec<u8>, trace: &[[i64; 2]]) {
        for &[x, y] in trace {
            number::fixed(out, x, self.digits);
            out.push(b' ');
            number::fixed(out, y, self.digits);
            out.push(b'\n');
        }
    }
}
