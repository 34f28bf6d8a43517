//! CSV (RFC 4180): a row for every feature, a column for every field that any of them has.

use crate::format::delimited::{self, BOM, DIGITS, GUARD, Layout, Wkt};
use crate::format::{Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::sink::Sink;
use crate::table::{Split, Table};
use crate::watch::Watch;

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
        DIGITS,
        BOM,
        GUARD,
    ],
    write: Write::Table(Split::Whole, write),
};

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let delimiter = match job.settings.text("delimiter") {
        "semicolon" => b';',
        "tab" => b'\t',
        _ => b',',
    };
    let wkt = if job.settings.flag("wkt") { Wkt::Last } else { Wkt::None };
    delimited::write(tables, Layout { delimiter, quoted: true, wkt }, job, watch, sink)
}
