//! The parts of a workbook beside its sheets.

use crate::format::openxml::{self, OFFICE, relationships};
use crate::format::sheets::{ABOUT, Sheet};
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

const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// `[Content_Types].xml` of the first sheet and so many others.
pub fn types(sheets: usize) -> Vec<u8> {
    let [book, styles, sheet] = ["sheet.main", "styles", "worksheet"].map(|kind| format!("{SPREADSHEET}.{kind}+xml"));
    let names: Vec<String> = (1..=sheets + 1).map(|number| format!("xl/worksheets/sheet{number}.xml")).collect();
    let head = [("xl/workbook.xml", book.as_str()), ("xl/styles.xml", styles.as_str())];
    openxml::types(head.into_iter().chain(names.iter().map(|name| (name.as_str(), sheet.as_str()))))
}

/// `_rels/.rels`.
pub fn roots() -> Vec<u8> {
    openxml::roots(&format!("{OFFICE}/relationships/officeDocument"), "xl/workbook.xml", &[])
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
