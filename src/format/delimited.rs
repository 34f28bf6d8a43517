//! Tables as text: a row a line, values with a delimiter between them. What the formats of this kind share.

use super::option::Opt;
use super::write::{Job, Written};
use crate::map::Value;
use crate::osm::ATTRIBUTION;
use crate::sink::{Sink, spill};
use crate::table::{Column, ColumnKind, Table};
use crate::watch::{Stage, Watch};
use crate::wire::number;
use std::borrow::Cow;

/// The option `digits`.
pub const DIGITS: Opt = Opt::int("digits", "Decimals of coordinates", 0, 9, 7);
/// The option `bom`.
pub const BOM: Opt = Opt::flag("bom", "Byte order mark, by which Excel knows UTF-8", false);
/// The option `guard`.
pub const GUARD: Opt = Opt::flag("guard", "Apostrophe before text that a spreadsheet would take for a formula", false);

/// Where the geometry stands as WKT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wkt {
    /// Nowhere.
    None,
    /// In the first column.
    First,
    /// Behind the tags.
    Last,
}

/// How a table is written.
#[derive(Debug, Clone, Copy)]
pub struct Layout {
    /// Between values.
    pub delimiter: u8,
    /// Whether values that hold what separates stand in quotes, and rows end as RFC 4180 says; else what separates becomes
    /// spaces, and rows end as programs of a command line expect.
    pub quoted: bool,
    /// Where the geometry stands.
    pub wkt: Wkt,
}

struct Writer {
    out: Vec<u8>,
    layout: Layout,
    digits: u32,
    guard: bool,
    /// Texts whose tabs and line ends became spaces.
    spaced: u64,
    /// Texts that a spreadsheet would compute.
    risky: u64,
}

/// Writes tables one behind the other.
///
/// # Errors
/// [`crate::error::Error::Cancelled`], those of the sink.
pub fn write(tables: &[Table], layout: Layout, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let settings = job.settings;
    let mut writer = Writer {
        out: if settings.flag("bom") { b"\xef\xbb\xbf".to_vec() } else { Vec::new() },
        layout,
        digits: settings.int("digits").clamp(0, 9) as u32,
        guard: settings.flag("guard"),
        spaced: 0,
        risky: 0,
    };
    for table in tables {
        // The name by which GDAL and QGIS know geometry.
        writer.wkt(Wkt::First, || "WKT".into());
        table.columns.iter().for_each(|column| writer.value(&column.name));
        writer.wkt(Wkt::Last, || "WKT".into());
        writer.value("source");
        writer.end();
        let total = table.rows.len() as u64;
        for row in 0..table.rows.len() {
            if row % 1000 == 0 {
                watch.at(Stage::Write, row as u64, total)?;
            }
            let digits = writer.digits;
            writer.wkt(Wkt::First, || table.wkt(row, digits));
            table.columns.iter().for_each(|column| writer.cell(column, row));
            writer.wkt(Wkt::Last, || table.wkt(row, digits));
            // Once is enough to say it, and the file stays small.
            writer.value(if row == 0 { ATTRIBUTION } else { "" });
            writer.end();
            spill(&mut writer.out, sink)?;
        }
    }
    writer.tell(job);
    sink.put(&writer.out)
}

impl Writer {
    /// Says what was changed, and what is left to others.
    fn tell(&self, job: &mut Job) {
        if self.spaced > 0 {
            let message = format!("{} texts have spaces in the place of tabs and line ends.", self.spaced);
            job.notes.say("spaced", self.spaced, message);
        }
        let (count, name) = (self.risky, job.name);
        if count > 0 && self.guard {
            let message =
                format!("{count} texts have an apostrophe before them, so that no spreadsheet computes them.");
            job.notes.say("guarded", count, message);
        } else if count > 0 {
            let message = format!(
                "{count} cells begin with =, +, - or @, and a spreadsheet may take them for formulas; {name}.guard=true puts an apostrophe before them."
            );
            job.notes.say("formulas", count, message);
        }
    }

    /// The geometry, where it stands here.
    fn wkt(&mut self, place: Wkt, text: impl FnOnce() -> String) {
        if self.layout.wkt == place {
            self.value(&text());
        }
    }

    fn cell(&mut self, column: &Column, row: usize) {
        match (column.cell(row), column.kind) {
            (Value::None, _) => self.value(""),
            (Value::Text(text), ColumnKind::Text) if risky(text) => {
                self.risky += 1;
                if self.guard { self.value(&format!("'{text}")) } else { self.value(text) }
            }
            (Value::Text(text), _) => self.value(text),
            (Value::Int(whole), _) => {
                number::integer(&mut self.out, whole);
                self.out.push(self.layout.delimiter);
            }
            (Value::Number(real), kind) => {
                let digits = match (column.name.as_ref(), kind) {
                    ("lon" | "lat" | "x" | "y", _) => self.digits,
                    (_, ColumnKind::Number(digits)) => digits,
                    _ => 3,
                };
                number::fixed(&mut self.out, number::quantise(real, digits), digits);
                self.out.push(self.layout.delimiter);
            }
            (Value::Flag(flag), _) => self.value(if flag { "true" } else { "false" }),
        }
    }

    /// A text as the layout has it, and the delimiter after it.
    fn value(&mut self, text: &str) {
        let mut text = Cow::Borrowed(text);
        let ends = |c: char| matches!(c, '\t' | '\n' | '\r');
        if !self.layout.quoted && text.contains(ends) {
            self.spaced += 1;
            text = text.replace(ends, " ").into();
        }
        let special = |c: char| matches!(c, '"' | ',' | ';') || ends(c);
        let quoted = match self.layout.quoted {
            true => text.contains(special) || text.starts_with(' ') || text.ends_with(' '),
            // Readers take what begins with a quotation mark for quoted.
            false => text.starts_with('"'),
        };
        if quoted {
            self.out.push(b'"');
            self.out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
            self.out.push(b'"');
        } else {
            self.out.extend_from_slice(text.as_bytes());
        }
        self.out.push(self.layout.delimiter);
    }

    /// Ends a row: the last delimiter gives way to a line end.
    fn end(&mut self) {
        self.out.pop();
        self.out.extend_from_slice(if self.layout.quoted { b"\r\n" } else { b"\n" });
    }
}

/// Whether a spreadsheet would compute a text (OWASP, CSV Injection).
fn risky(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::risky;

    #[test]
    fn formulas_are_known() {
        for text in ["=1+1", "+49 30", "-1", "@SUM(A1)", "\t=1", "＝1"] {
            assert!(risky(text), "{text}");
        }
        for text in ["", "Straße", "1-3", "a=b", " =1"] {
            assert!(!risky(text), "{text}");
        }
    }
}
