//! Tab-separated values (text/tab-separated-values at IANA): no quotes, no tabs and line ends within.

use crate::format::delimited::{self, DIGITS, GUARD, Layout, Wkt};
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Opt, Size, Tier, Topic, Write, Written};
use crate::sink::Sink;
use crate::table::{Split, Table};
use crate::watch::Watch;

/// The family.
pub const FORMATS: &[Format] = &[TSV];

const TSV: Format = Format {
    id: "tsv",
    aliases: &[],
    title: "TSV",
    family: "TSV",
    version: "",
    extension: "tsv",
    mime: "text/tab-separated-values",
    tier: Tier::Basic,
    topics: &[Topic::Office, Topic::Gis],
    about: "A table of all features with tabs between the values, which pastes into a spreadsheet and cuts in a shell.",
    for_whom: "Analysts, scientists, everybody who pastes into spreadsheets or works with cut and awk",
    kept: "Ids, layer and class, names, typed fields, all tags as JSON, a place on the line or in the area; geometry as WKT on request",
    lost: "Geometry, unless WKT is switched on; tabs and line ends within texts; which features share a node",
    programs: &["Microsoft Excel", "LibreOffice Calc", "R", "pandas", "cut", "awk", "MySQL", "QGIS", "Wikidata tools"],
    specification: "https://www.iana.org/assignments/media-types/text/tab-separated-values",
    credit: Credit::Inside("the column `source` of the first row"),
    provenance: None,
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[Opt::flag("wkt", "Geometry as WKT in a column", false), DIGITS, COLUMNS, GUARD],
    write: Write::Table(Split::Whole, write),
};

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let wkt = if job.settings.flag("wkt") { Wkt::Last } else { Wkt::None };
    delimited::write(tables, Layout { delimiter: b'\t', quoted: false, wkt }, job, watch, sink)
}
