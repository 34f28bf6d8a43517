//! CSV (RFC 4180): a row for every feature, a column for every field that any of them has.

use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::map::Value;
use crate::osm::ATTRIBUTION;
use crate::sink::{Sink, spill};
use crate::table::{Column, ColumnKind, Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::number;
use std::borrow::Cow;

/// The family.
pub const FORMATS: &[Format] = &[CSV];

const CSV: Format = Format {
    id: "csv",
    aliases: &[],
    title: "CSV",
    family: "CSV",
    version: "",
    extension: "csv",
    mime: "text/csv",
    tier: Tier::Free,
    topics: &[Topic::Office, Topic::Gis],
    about: "A table of all features with a place in degrees, typed fields and every tag, for spreadsheets and statistics.",
    for_whom: "Analysts, researchers, business users, geocoding and address work",
    kept: "Ids, layer and class, names, typed fields, all tags as JSON, a place on the line or in the area; geometry as WKT on request",
    lost: "Geometry, unless WKT is switched on; which features share a node",
    programs: &[
        "Microsoft Excel",
        "LibreOffice Calc",
        "Google Sheets",
        "pandas",
        "R",
        "QGIS",
        "Tableau",
        "Power BI",
        "PostgreSQL",
        "DuckDB",
        "kepler.gl",
        "BigQuery",
    ],
    specification: "https://www.rfc-editor.org/rfc/rfc4180",
    credit: Credit::Inside("the column `source` of the first row"),
    provenance: None,
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[
        Opt::choice("delimiter", "Between values", &["comma", "semicolon", "tab"]),
        Opt::flag("wkt", "Geometry as WKT in a column", false),
        Opt::int("digits", "Decimals of coordinates", 0, 9, 7),
        Opt::flag("bom", "Byte order mark, by which Excel knows UTF-8", false),
        Opt::flag("guard", "Apostrophe before text that a spreadsheet would take for a formula", false),
    ],
    write: Write::Table(Split::Whole, write),
};

struct Writer {
    out: Vec<u8>,
    delimiter: u8,
    digits: u32,
    guard: bool,
    /// Characters that no reader of CSV takes.
    dropped: u64,
    /// Texts that a spreadsheet would compute.
    risky: u64,
}

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let settings = job.settings;
    let mut writer = Writer {
        out: if settings.flag("bom") { b"\xef\xbb\xbf".to_vec() } else { Vec::new() },
        delimiter: match settings.text("delimiter") {
            "semicolon" => b';',
            "tab" => b'\t',
            _ => b',',
        },
        digits: settings.int("digits").clamp(0, 9) as u32,
        guard: settings.flag("guard"),
        dropped: 0,
        risky: 0,
    };
    let wkt = settings.flag("wkt");
    for table in tables {
        table.columns.iter().for_each(|column| writer.value(column.name));
        if wkt {
            // The name by which GDAL and QGIS know geometry.
            writer.value("WKT");
        }
        writer.value("source");
        writer.end();
        let total = table.rows.len() as u64;
        for row in 0..table.rows.len() {
            if row % 1000 == 0 {
                watch.at(Stage::Write, row as u64, total)?;
            }
            table.columns.iter().for_each(|column| writer.cell(column, row));
            if wkt {
                writer.value(&table.wkt(row, writer.digits));
            }
            // Once is enough to say it, and the file stays small.
            writer.value(if row == 0 { ATTRIBUTION } else { "" });
            writer.end();
            spill(&mut writer.out, sink)?;
        }
    }
    if writer.dropped > 0 {
        let message = format!("{} NUL characters were left out, which no reader of CSV takes.", writer.dropped);
        job.notes.say("nul_characters", writer.dropped, message);
    }
    match writer.risky {
        0 => {}
        count if writer.guard => {
            let message =
                format!("{count} texts have an apostrophe before them, so that no spreadsheet computes them.");
            job.notes.say("guarded", count, message);
        }
        count => {
            let message = format!(
                "{count} cells begin with =, +, - or @, and a spreadsheet may take them for formulas; csv.guard=true puts an apostrophe before them."
            );
            job.notes.say("formulas", count, message);
        }
    }
    sink.put(&writer.out)
}

impl Writer {
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
                self.out.push(self.delimiter);
            }
            (Value::Number(real), kind) => {
                let digits = match (column.name, kind) {
                    ("lon" | "lat" | "x" | "y", _) => self.digits,
                    (_, ColumnKind::Number(digits)) => digits,
                    _ => 3,
                };
                number::fixed(&mut self.out, number::quantise(real, digits), digits);
                self.out.push(self.delimiter);
            }
            (Value::Flag(flag), _) => self.value(if flag { "true" } else { "false" }),
        }
    }

    /// A text, in quotes where it needs them, and the delimiter after it.
    fn value(&mut self, text: &str) {
        let text = if text.contains('\0') {
            self.dropped += text.matches('\0').count() as u64;
            Cow::Owned(text.replace('\0', ""))
        } else {
            Cow::Borrowed(text)
        };
        let special = |c: char| matches!(c, '"' | ',' | ';' | '\t' | '\n' | '\r');
        if text.contains(special) || text.starts_with(' ') || text.ends_with(' ') {
            self.out.push(b'"');
            self.out.extend_from_slice(text.replace('"', "\"\"").as_bytes());
            self.out.push(b'"');
        } else {
            self.out.extend_from_slice(text.as_bytes());
        }
        self.out.push(self.delimiter);
    }

    /// Ends a row: the last delimiter gives way to a line end.
    fn end(&mut self) {
        self.out.pop();
        self.out.extend_from_slice(b"\r\n");
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
