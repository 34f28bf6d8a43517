//! OpenDocument spreadsheet 1.3 (ISO/IEC 26300): a sheet for every table, typed cells, filters, links.

mod parts;

use crate::format::opendocument;
use crate::format::sheets::{self, ABOUT, Cell, Field, Losses, Sheet, Source, about};
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::sink::Sink;
use crate::table::{ColumnKind, Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::number;
use crate::wire::package::{How, Package};
use crate::wire::xml::Xml;
use std::collections::BTreeSet;

/// The family.
pub const FORMATS: &[Format] = &[ODS];

const ODS: Format = Format {
    id: "ods",
    aliases: &[],
    title: "OpenDocument spreadsheet",
    family: "OpenDocument spreadsheet",
    version: "",
    extension: "ods",
    mime: "application/vnd.oasis.opendocument.spreadsheet",
    tier: Tier::Pro,
    topics: &[Topic::Office],
    about: "A workbook of the open standard with a sheet for each layer and kind of geometry, to sort, filter and count.",
    for_whom: "Offices and authorities with LibreOffice, analysts, planners",
    kept: "Layers as sheets, ids, classes, names, typed fields, all tags as JSON, a place on the line or in the area, a link to each element",
    lost: "Geometry but for one place; what a cell cannot hold, which notes name",
    programs: &[
        "LibreOffice Calc",
        "Microsoft Excel",
        "Google Sheets",
        "Collabora Online",
        "OnlyOffice",
        "Gnumeric",
        "pandas",
        "R (readODS)",
        "GDAL",
        "QGIS",
    ],
    specification: "https://docs.oasis-open.org/office/OpenDocument/v1.3/",
    credit: Credit::Inside("the sheet `About`, and the description of the document"),
    provenance: Some("the user-defined field `mapwright` of `meta.xml`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[COLUMNS, sheets::TAGS],
    write: Write::Table(Split::Layers, write),
};

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let sheets = sheets::sheets(tables, job);
    let mut package = Package::new(sink);
    package.mimetype(ODS.mime)?;
    let date = tables.first().map_or("", |table| table.features.map.osm.timestamp.as_str());
    let title = job.request.page.furniture.title.as_deref().unwrap_or("map");
    // As it is: who looks at the first bytes finds how it was made.
    package.put("meta.xml", How::STORED, &opendocument::meta(job, title, date))?;
    package.put("META-INF/manifest.xml", How::PACKED, &opendocument::manifest(ODS.mime, parts::PARTS))?;
    package.put("settings.xml", How::PACKED, &parts::settings(&sheets))?;
    package.put("styles.xml", How::PACKED, &parts::styles())?;
    let mut losses = Losses::default();
    let mut entry = package.entry("content.xml", How::PACKED)?;
    let mut writer = Writer { xml: Xml::new(true), losses: &mut losses };
    writer.head(&sheets);
    writer.first(&sheets, job);
    let (mut done, total) = (0, sheets.iter().map(|sheet| sheet.rows.len() as u64).sum());
    for sheet in &sheets {
        writer.start(&sheet.name, &sheet.fields);
        for (at, row) in sheet.rows.clone().enumerate() {
            if at % 1000 == 0 {
                watch.at(Stage::Write, done + at as u64, total)?;
            }
            let cells = sheet.cells(row, writer.losses);
            writer.row(cells.iter().zip(sheet.fields.iter().map(format)));
            writer.xml.spill(&mut entry)?;
        }
        writer.xml.end_block();
        done += sheet.rows.len() as u64;
    }
    writer.filters(&sheets);
    entry.put(&writer.xml.finish())?;
    losses.tell(&sheets, job);
    package.finish()
}

/// How the numbers of a column are shown.
fn format(field: &Field) -> &'static str {
    match field.source {
        Source::Place(_) => "place",
        Source::Column(column) if column.kind == ColumnKind::Int => "whole",
        Source::Column(column) if column.kind == ColumnKind::Flag => "flag",
        _ => "Default",
    }
}

struct Writer<'l> {
    xml: Xml,
    losses: &'l mut Losses,
}

impl Writer<'_> {
    /// Styles of columns and numbers.
    fn head(&mut self, sheets: &[Sheet]) {
        let xml = &mut self.xml;
        opendocument::root(xml, "office:document-content").start("office:automatic-styles");
        let widths: BTreeSet<usize> =
            sheets.iter().flat_map(|sheet| &sheet.fields).map(|field| field.width).chain([24, 50]).collect();
        for width in widths {
            xml.start("style:style").attr("style:name", &format!("w{width}")).attr("style:family", "table-column");
            // A character of the usual font is some two millimetres wide.
            let millimetres = format!("{}mm", width * 2);
            xml.start("style:table-column-properties").attr("style:column-width", &millimetres).end();
            xml.end_block();
        }
        parts::number_styles(xml);
        xml.end_block();
        // Nothing between them: odfpy takes the first node in the body for the spreadsheet.
        xml.start("office:body").start_inline("office:spreadsheet");
    }

    fn first(&mut self, sheets: &[Sheet], job: &Job) {
        self.table(ABOUT, [24, 50].into_iter());
        for fact in about(sheets, job) {
            self.xml.start("table:table-row");
            match &fact.sheet {
                Some(sheet) => self.link(&format!("#'{sheet}'.A1"), &fact.title),
                None => self.text(&fact.title, "heading"),
            }
            self.cell(&fact.value, "whole");
            self.xml.end_block();
        }
        self.xml.end_block();
    }

    fn table(&mut self, name: &str, widths: impl Iterator<Item = usize>) {
        self.xml.start("table:table").attr("table:name", name);
        for width in widths {
            self.xml.start("table:table-column").attr("table:style-name", &format!("w{width}")).end();
        }
    }

    /// A sheet up to its heading.
    fn start(&mut self, name: &str, fields: &[Field]) {
        self.table(name, fields.iter().map(|field| field.width));
        self.xml.start("table:table-header-rows").start("table:table-row");
        fields.iter().for_each(|field| self.text(&field.name, "heading"));
        self.xml.end_block().end_block();
    }

    fn row<'c>(&mut self, cells: impl Iterator<Item = (&'c Cell<'c>, &'static str)>) {
        self.xml.start("table:table-row");
        cells.for_each(|(cell, style)| self.cell(cell, style));
        self.xml.end_block();
    }

    fn cell(&mut self, cell: &Cell, style: &str) {
        match cell {
            Cell::None => _ = self.xml.start("table:table-cell").end(),
            Cell::Text(text) => self.text(text, ""),
            Cell::Link(target) => self.link(target, target),
            Cell::Number(units, digits) => {
                self.xml.start("table:table-cell").attr("table:style-name", style);
                self.xml.attr("office:value-type", "float");
                self.xml.attr_with("office:value", |out| number::fixed(out, *units, *digits)).end();
            }
            Cell::Flag(flag) => {
                self.xml.start("table:table-cell").attr("table:style-name", "flag");
                self.xml.attr("office:value-type", "boolean");
                self.xml.attr("office:boolean-value", if *flag { "true" } else { "false" }).end();
            }
        }
    }

    fn text(&mut self, text: &str, style: &str) {
        self.xml.start("table:table-cell");
        if !style.is_empty() {
            self.xml.attr("table:style-name", style);
        }
        self.xml.attr("office:value-type", "string");
        for line in text.split('\n') {
            self.xml.start_inline("text:p");
            self.spaced(line);
            self.xml.end();
        }
        self.xml.end();
    }

    /// Text whose tabs, and spaces that are several or at an end, are elements (§6.1.2): as characters they would collapse.
    fn spaced(&mut self, line: &str) {
        let mut rest = line;
        let mut begun = false;
        while !rest.is_empty() {
            let end = rest.find(['\t', '\r', ' ']).unwrap_or(rest.len());
            let (plain, tail) = rest.split_at(end);
            self.xml.text(plain);
            begun |= !plain.is_empty();
            let spaces = tail.bytes().take_while(|byte| *byte == b' ').count();
            let after = tail.get(spaces..).unwrap_or_default();
            if spaces == 1 && begun && !after.is_empty() {
                self.xml.text(" ");
            } else if spaces > 0 {
                self.xml.start_inline("text:s").attr("text:c", &spaces.to_string()).end();
            }
            rest = after;
            if let Some(tail) = rest.strip_prefix('\t') {
                self.xml.start_inline("text:tab").end();
                rest = tail;
            } else if let Some(tail) = rest.strip_prefix('\r') {
                rest = tail;
            }
        }
    }

    fn link(&mut self, target: &str, text: &str) {
        self.xml.start("table:table-cell").attr("office:value-type", "string");
        self.xml.start_inline("text:p").start_inline("text:a").attr("xlink:type", "simple").attr("xlink:href", target);
        self.xml.text(text).end().end().end();
    }

    /// Buttons to filter by in every heading.
    fn filters(&mut self, sheets: &[Sheet]) {
        if sheets.is_empty() {
            return;
        }
        self.xml.start("table:database-ranges");
        for (number, sheet) in sheets.iter().enumerate() {
            let last = sheets::letters(sheet.fields.len().saturating_sub(1));
            let range = format!("'{0}'.A1:'{0}'.{last}{1}", sheet.name, sheet.rows.len() + 1);
            self.xml.start("table:database-range").attr("table:name", &format!("__Anonymous_Sheet_DB__{}", number + 1));
            self.xml.attr("table:target-range-address", &range).attr("table:display-filter-buttons", "true").end();
        }
        self.xml.end_block();
    }
}
