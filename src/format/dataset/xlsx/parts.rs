//! The parts of a workbook beside its sheets.

use crate::format::Job;
use crate::format::sheets::{ABOUT, Sheet};
use crate::osm::ATTRIBUTION;
use crate::wire::xml::Xml;

/// The beginning of a sheet.
pub const SHEET: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<worksheet \
     xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" \
     xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\n";
/// The view of a sheet whose heading stays.
pub const FROZEN: &str = "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" \
     activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>\n";
/// The view of the first sheet.
pub const LOOSE: &str = "<sheetViews><sheetView tabSelected=\"1\" workbookViewId=\"0\"/></sheetViews>\n";
/// How cells look: plain, headings, links, whole numbers, degrees.
pub const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet \
     xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\">\n\
     <numFmts count=\"1\"><numFmt numFmtId=\"164\" formatCode=\"0.0000000\"/></numFmts>\n\
     <fonts count=\"3\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>\
     <font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>\
     <font><u/><sz val=\"11\"/><color rgb=\"FF0563C1\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\n\
     <fills count=\"3\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill>\
     <fill><patternFill patternType=\"solid\"><fgColor rgb=\"FFE7E6E6\"/></patternFill></fill></fills>\n\
     <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\n\
     <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\n\
     <cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
     <xf numFmtId=\"0\" fontId=\"1\" fillId=\"2\" borderId=\"0\" xfId=\"0\" applyFont=\"1\" applyFill=\"1\"/>\
     <xf numFmtId=\"0\" fontId=\"2\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
     <xf numFmtId=\"1\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
     <xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>\n\
     <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>\n</styleSheet>\n";

const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// `[Content_Types].xml` of the first sheet and so many others.
pub fn types(sheets: usize) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("Types").attr("xmlns", &format!("{PACKAGE}/content-types"));
    let defaults = [("rels", "application/vnd.openxmlformats-package.relationships+xml"), ("xml", "application/xml")];
    for (extension, kind) in defaults {
        xml.start("Default").attr("Extension", extension).attr("ContentType", kind).end();
    }
    let mut part = |name: &str, kind: &str| {
        xml.start("Override").attr("PartName", name).attr("ContentType", kind).end();
    };
    part("/xl/workbook.xml", &format!("{SPREADSHEET}.sheet.main+xml"));
    part("/xl/styles.xml", &format!("{SPREADSHEET}.styles+xml"));
    for number in 1..=sheets + 1 {
        part(&format!("/xl/worksheets/sheet{number}.xml"), &format!("{SPREADSHEET}.worksheet+xml"));
    }
    part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml");
    part("/docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties+xml");
    xml.finish()
}

/// Relationships: their kinds and targets, numbered from 1.
fn relationships<'a>(list: impl Iterator<Item = (String, &'a str, bool)>) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("Relationships").attr("xmlns", &format!("{PACKAGE}/relationships"));
    for (row, (kind, target, outside)) in list.enumerate() {
        xml.start("Relationship").attr("Id", &format!("rId{}", row + 1)).attr("Type", &kind).attr("Target", target);
        if outside {
            xml.attr("TargetMode", "External");
        }
        xml.end();
    }
    xml.finish()
}

/// `_rels/.rels`.
pub fn roots() -> Vec<u8> {
    let list = [
        (format!("{OFFICE}/relationships/officeDocument"), "xl/workbook.xml", false),
        (format!("{PACKAGE}/relationships/metadata/core-properties"), "docProps/core.xml", false),
        (format!("{OFFICE}/relationships/extended-properties"), "docProps/app.xml", false),
    ];
    relationships(list.into_iter())
}

/// The parts of the workbook: the first sheet, so many others, styles.
pub fn workbook_parts(sheets: usize) -> Vec<u8> {
    let names: Vec<String> = (1..=sheets + 1).map(|number| format!("worksheets/sheet{number}.xml")).collect();
    let sheets = names.iter().map(|name| (format!("{OFFICE}/relationships/worksheet"), name.as_str(), false));
    relationships(sheets.chain([(format!("{OFFICE}/relationships/styles"), "styles.xml", false)]))
}

/// Links of a sheet.
pub fn links<'a>(targets: impl Iterator<Item = &'a str>) -> Vec<u8> {
    relationships(targets.map(|target| (format!("{OFFICE}/relationships/hyperlink"), target, true)))
}

/// `xl/workbook.xml`.
pub fn workbook(sheets: &[Sheet]) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("workbook").attr("xmlns", "http://schemas.openxmlformats.org/spreadsheetml/2006/main");
    xml.attr("xmlns:r", &format!("{OFFICE}/relationships"));
    xml.start("bookViews").start("workbookView").attr("activeTab", "0").end().end();
    xml.start("sheets");
    for (number, name) in (1..).zip([ABOUT].into_iter().chain(sheets.iter().map(|sheet| sheet.name.as_str()))) {
        xml.start("sheet")
            .attr("name", name)
            .attr("sheetId", &format!("{number}"))
            .attr("r:id", &format!("rId{number}"));
        xml.end();
    }
    xml.finish()
}

/// `docProps/core.xml`: credit, and the date of the data.
pub fn core(job: &Job, date: &str) -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("cp:coreProperties")
        .attr("xmlns:cp", &format!("{PACKAGE}/metadata/core-properties"))
        .attr("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .attr("xmlns:dcterms", "http://purl.org/dc/terms/")
        .attr("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance");
    xml.leaf("dc:title", job.request.page.furniture.title.as_deref().unwrap_or("map"));
    xml.leaf("dc:creator", "OpenStreetMap contributors");
    xml.leaf("dc:description", &format!("{ATTRIBUTION} (https://opendatacommons.org/licenses/odbl/1-0/)"));
    if crate::wire::date::seconds(date).is_some() {
        xml.start("dcterms:created").attr("xsi:type", "dcterms:W3CDTF").text(date).end();
    }
    xml.finish()
}

/// `docProps/app.xml`.
pub fn app() -> Vec<u8> {
    let mut xml = Xml::new(true);
    xml.start("Properties").attr("xmlns", &format!("{OFFICE}/extended-properties"));
    xml.leaf("Application", "mapwright");
    xml.finish()
}
