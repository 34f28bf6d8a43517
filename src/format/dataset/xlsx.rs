//! Office Open XML spreadsheet (ECMA-376 part 1, §18): a sheet for every table, typed cells, filters, links.

mod parts;

use crate::error::Result;
use crate::format::openxml;
use crate::format::sheets::{self, Cell, Fact, Losses, Sheet, about};
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Size, Tier, Topic, Write, Written};
use crate::sink::{Sink, spill};
use crate::table::{Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::number;
use crate::wire::package::{How, Package};
use crate::wire::xml::escape;

/// The family.
pub const FORMATS: &[Format] = &[XLSX];

const XLSX: Format = Format {
    id: "xlsx",
    aliases: &[],
    title: "Excel",
    family: "Excel",
    version: "",
    extension: "xlsx",
    mime: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    tier: Tier::Free,
    topics: &[Topic::Office],
    about: "A workbook with a sheet for each layer and kind of geometry: lists of shops, streets, houses to sort, filter and count.",
    for_whom: "Offices, analysts, planners, teachers, everybody with a spreadsheet",
    kept: "Layers as sheets, ids, classes, names, typed fields, all tags as JSON, a place on the line or in the area, a link to each element",
    lost: "Geometry but for one place; what a cell cannot hold, which notes name",
    programs: &[
        "Microsoft Excel",
        "LibreOffice Calc",
        "Google Sheets",
        "Apple Numbers",
        "Power BI",
        "Tableau",
        "pandas",
        "R (readxl)",
        "ArcGIS Pro",
        "Google My Maps",
        "OnlyOffice",
        "WPS Office",
    ],
    specification: "https://ecma-international.org/publications-and-standards/standards/ecma-376/",
    credit: Credit::Inside("the sheet `About`, and the description among the properties"),
    provenance: Some("the last row of the sheet `About`"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[COLUMNS, sheets::TAGS],
    write: Write::Table(Split::Layers, write),
};

/// Links that Excel keeps on a sheet.
const LINKS: usize = 65_530;
/// Rows of `cellXfs` in the styles.
const HEADING: u32 = 1;
const LINK: u32 = 2;
const WHOLE: u32 = 3;
const PLACE: u32 = 4;

fn write(tables: &[Table], job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let sheets = sheets::sheets(tables, job);
    let mut package = Package::new(sink);
    let date = tables.first().map_or("", |table| table.features.map.osm.timestamp.as_str());
    let title = job.request.page.furniture.title.as_deref().unwrap_or("map");
    package.put("[Content_Types].xml", How::PACKED, &parts::types(sheets.len()))?;
    package.put("_rels/.rels", How::PACKED, &parts::roots())?;
    // As it is: who looks at the first bytes finds how it was made.
    first(&mut package, &about(&sheets, job), &job.provenance.within(32_000))?;
    package.put("docProps/core.xml", How::PACKED, &openxml::core(title, date))?;
    package.put("docProps/app.xml", How::PACKED, &openxml::app())?;
    package.put("xl/workbook.xml", How::PACKED, &parts::workbook(&sheets))?;
    package.put("xl/_rels/workbook.xml.rels", How::PACKED, &parts::workbook_parts(sheets.len()))?;
    package.put("xl/styles.xml", How::PACKED, parts::STYLES.as_bytes())?;
    let (mut losses, mut unlinked, mut done) = (Losses::default(), 0, 0);
    let total = sheets.iter().map(|sheet| sheet.rows.len() as u64).sum();
    for (row, sheet) in sheets.iter().enumerate() {
        let number = row + 2;
        let mut entry = package.entry(&format!("xl/worksheets/sheet{number}.xml"), How::PACKED)?;
        let links = body(sheet, &mut entry, &mut losses, (watch, done, total))?;
        done += sheet.rows.len() as u64;
        unlinked += links.len().saturating_sub(LINKS) as u64;
        if !links.is_empty() {
            let targets = links.iter().take(LINKS).map(|(_, target)| target.as_str());
            let name = format!("xl/worksheets/_rels/sheet{number}.xml.rels");
            package.put(&name, How::PACKED, &parts::links(targets))?;
        }
    }
    losses.tell(&sheets, job);
    if unlinked > 0 {
        let message = format!("Excel keeps 65,530 links on a sheet; {unlinked} addresses more stand as text.");
        job.notes.say("plain_links", unlinked, message);
    }
    package.finish()
}

/// The head of a sheet: its heading stays, columns have widths.
fn head(out: &mut Vec<u8>, widths: impl Iterator<Item = usize>, frozen: bool) {
    out.extend_from_slice(parts::SHEET.as_bytes());
    out.extend_from_slice(if frozen { parts::FROZEN } else { parts::LOOSE }.as_bytes());
    out.extend_from_slice(b"<cols>");
    for (row, width) in (1..).zip(widths) {
        out.extend_from_slice(
            format!("<col min=\"{row}\" max=\"{row}\" width=\"{width}\" customWidth=\"1\"/>").as_bytes(),
        );
    }
    out.extend_from_slice(b"</cols>\n<sheetData>\n");
}

/// The sheet of a table; answers its links and where they stand.
fn body(
    sheet: &Sheet,
    sink: &mut dyn Sink,
    losses: &mut Losses,
    (watch, done, total): (&mut Watch, u64, u64),
) -> Result<Vec<(String, String)>> {
    let (mut out, mut links) = (Vec::new(), Vec::new());
    head(&mut out, sheet.fields.iter().map(|field| field.width), true);
    let heading = sheet.fields.iter().map(|field| Cell::Text(field.name.as_ref().into()));
    row(&mut out, 1, heading, |_| HEADING);
    for (at, table_row) in sheet.rows.clone().enumerate() {
        if at % 1000 == 0 {
            watch.at(Stage::Write, done + at as u64, total)?;
        }
        let cells = sheet.cells(table_row, losses);
        for (column, cell) in cells.iter().enumerate() {
            if let Cell::Link(target) = cell {
                links.push((reference(column, at + 2), target.clone()));
            }
        }
        row(&mut out, at + 2, cells, |_| 0);
        spill(&mut out, sink)?;
    }
    let last = reference(sheet.fields.len().saturating_sub(1), sheet.rows.len() + 1);
    out.extend_from_slice(format!("</sheetData>\n<autoFilter ref=\"A1:{last}\"/>\n").as_bytes());
    if !links.is_empty() {
        out.extend_from_slice(b"<hyperlinks>");
        for (number, (place, _)) in links.iter().take(LINKS).enumerate() {
            out.extend_from_slice(format!("<hyperlink ref=\"{place}\" r:id=\"rId{}\"/>\n", number + 1).as_bytes());
            spill(&mut out, sink)?;
        }
        out.extend_from_slice(b"</hyperlinks>\n");
    }
    out.extend_from_slice(b"</worksheet>\n");
    sink.put(&out)?;
    Ok(links)
}

/// The first sheet, and its links.
fn first(package: &mut Package, facts: &[Fact], provenance: &str) -> Written {
    let mut out = Vec::new();
    head(&mut out, [24, WIDE].into_iter(), false);
    let mut targets = Vec::new();
    let mut places = Vec::new();
    for (at, fact) in facts.iter().enumerate() {
        if let Cell::Link(target) = &fact.value {
            targets.push(target.as_str());
            places.push(format!("<hyperlink ref=\"B{}\" r:id=\"rId{}\"/>", at + 1, targets.len()));
        }
        let style = if fact.sheet.is_some() { LINK } else { HEADING };
        let title = Cell::Text(fact.title.as_str().into());
        row(&mut out, at + 1, [title, fact.value.clone()], |column| if column == 0 { style } else { 0 });
        if let Some(sheet) = &fact.sheet {
            // Names here have no apostrophes.
            let mut place = format!("<hyperlink ref=\"A{}\" location=\"'", at + 1).into_bytes();
            escape(&mut place, sheet);
            place.extend_from_slice(b"'!A1\"/>");
            places.push(String::from_utf8_lossy(&place).into_owned());
        }
    }
    let last = facts.len() + 1;
    out.extend_from_slice(
        format!("<row r=\"{last}\"><c r=\"A{last}\" t=\"inlineStr\" s=\"1\"><is><t>How it was made</t></is></c>")
            .as_bytes(),
    );
    // It has no sign that XML would take for its own, and stands as every other kind of file has it.
    out.extend_from_slice(
        format!("<c r=\"B{last}\" t=\"inlineStr\"><is><t>{provenance}</t></is></c></row>\n").as_bytes(),
    );
    out.extend_from_slice(b"</sheetData>\n<hyperlinks>");
    places.iter().for_each(|place| out.extend_from_slice(place.as_bytes()));
    out.extend_from_slice(b"</hyperlinks>\n</worksheet>\n");
    package.put("xl/worksheets/sheet1.xml", How::STORED, &out)?;
    package.put("xl/worksheets/_rels/sheet1.xml.rels", How::PACKED, &parts::links(targets.into_iter()))
}

/// Characters of the widest column.
const WIDE: usize = 50;

/// One row; `style` says how a cell looks whose value does not say it.
fn row<'a>(out: &mut Vec<u8>, number: usize, cells: impl IntoIterator<Item = Cell<'a>>, style: impl Fn(usize) -> u32) {
    out.extend_from_slice(format!("<row r=\"{number}\">").as_bytes());
    for (column, cell) in cells.into_iter().enumerate() {
        let style = match (&cell, style(column)) {
            (Cell::Link(_), _) => LINK,
            (Cell::Number(_, 0), 0) => WHOLE,
            (Cell::Number(_, 7), 0) => PLACE,
            (_, style) => style,
        };
        let start = |out: &mut Vec<u8>, kind: &str| {
            out.extend_from_slice(format!("<c r=\"{}\"{kind}", reference(column, number)).as_bytes());
            if style > 0 {
                out.extend_from_slice(format!(" s=\"{style}\"").as_bytes());
            }
            out.push(b'>');
        };
        match &cell {
            Cell::None => continue,
            Cell::Text(text) => {
                start(out, " t=\"inlineStr\"");
                string(out, text);
            }
            Cell::Link(target) => {
                start(out, " t=\"inlineStr\"");
                string(out, target);
            }
            Cell::Number(units, digits) => {
                start(out, "");
                out.extend_from_slice(b"<v>");
                number::fixed(out, *units, *digits);
                out.extend_from_slice(b"</v>");
            }
            Cell::Flag(flag) => {
                start(out, " t=\"b\"");
                out.extend_from_slice(if *flag { b"<v>1</v>" } else { b"<v>0</v>" });
            }
        }
        out.extend_from_slice(b"</c>");
    }
    out.extend_from_slice(b"</row>\n");
}

/// A string in its cell. What looks like an escaped character (`_x0041_`, §22.9.2.19) has its first sign escaped.
fn string(out: &mut Vec<u8>, text: &str) {
    out.extend_from_slice(b"<is><t xml:space=\"preserve\">");
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let (before, after) = rest.split_at(at);
        escape(out, before);
        let bytes = after.as_bytes();
        let escaped =
            bytes.get(6) == Some(&b'_') && bytes.get(2..6).is_some_and(|hex| hex.iter().all(u8::is_ascii_hexdigit));
        out.extend_from_slice(if escaped { b"_x005F_" } else { b"_" });
        rest = after.get(1..).unwrap_or_default();
    }
    escape(out, rest);
    out.extend_from_slice(b"</t></is>");
}

/// The name of a cell: `A1`, `AB12`.
fn reference(column: usize, row: usize) -> String {
    sheets::letters(column) + &row.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_texts() {
        let written = |text| {
            let mut out = Vec::new();
            string(&mut out, text);
            String::from_utf8(out).unwrap()
        };
        assert_eq!(written(" =1+1 "), "<is><t xml:space=\"preserve\"> =1+1 </t></is>");
        assert!(written("a_x0041_b_x_xyz").contains(">a_x005F_x0041_b_x_xyz<"));
    }
}
