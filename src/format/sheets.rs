//! Workbooks: a sheet of what they are about, then one for every table. What the formats of spreadsheets share.

use super::option::Opt;
use super::write::Job;
use crate::map::Value;
use crate::osm::{ATTRIBUTION, Kind};
use crate::provenance::VERSION;
use crate::table::{Column, ColumnKind, Table, place};
use crate::wire::number::quantise;
use crate::wire::xml;
use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

/// The option `tags`.
pub const TAGS: Opt = Opt::flag("tags", "All tags as JSON in the last column", true);
/// Rows of a sheet in Excel and LibreOffice, the heading among them.
const ROWS: usize = 1_048_576;
/// Longest text of a cell in Excel, in units of UTF-16.
const TEXT: usize = 32_767;
/// Longest name of a sheet in Excel.
const NAME: usize = 31;
/// Figures that a spreadsheet keeps of a number.
const EXACT: i64 = 999_999_999_999_999;
/// Columns are at most so many characters wide.
const WIDE: usize = 60;

/// A sheet of some rows of a table.
pub struct Sheet<'t, 'f, 'm> {
    /// Its name, which no other has.
    pub name: String,
    /// The table.
    pub table: &'t Table<'f, 'm>,
    /// Its rows on this sheet.
    pub rows: Range<usize>,
    /// Its columns.
    pub fields: Vec<Field<'t>>,
}

/// A column of a sheet.
pub struct Field<'t> {
    /// Its heading.
    pub name: Cow<'t, str>,
    /// Its width in characters.
    pub width: usize,
    /// Where its values come from.
    pub source: Source<'t>,
}

/// Where the values of a column come from.
#[derive(Clone, Copy)]
pub enum Source<'t> {
    /// A column of the table.
    Column(&'t Column),
    /// A place on the line, in the area: along the first axis or the second.
    Place(usize),
    /// The page of the element.
    Link,
}

/// A value as sheets have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Nothing.
    None,
    /// Text, never a formula.
    Text(Cow<'a, str>),
    /// So many units of a decimal.
    Number(i64, u32),
    /// True or false.
    Flag(bool),
    /// An address.
    Link(String),
}

/// What did not fit.
#[derive(Debug, Default)]
pub struct Losses {
    dropped: u64,
    cut: u64,
    long: u64,
}

/// The sheets of all tables; what has more rows than a sheet goes on in another.
pub fn sheets<'t, 'f, 'm>(tables: &'t [Table<'f, 'm>], job: &Job) -> Vec<Sheet<'t, 'f, 'm>> {
    let tags = job.settings.flag("tags");
    let mut used = BTreeSet::from([ABOUT.to_lowercase()]);
    let mut sheets = Vec::new();
    for table in tables {
        let (mut start, most) = (0, ROWS - 1);
        while start < table.rows.len() {
            let rows = start..(start + most).min(table.rows.len());
            start = rows.end;
            sheets.push(Sheet { name: name(&table.name, &mut used), table, rows, fields: fields(table, tags) });
        }
    }
    sheets
}

/// The name of the first sheet.
pub const ABOUT: &str = "About";

/// A name without what Excel forbids, that is used once.
fn name(wish: &str, used: &mut BTreeSet<String>) -> String {
    let plain: String = wish.chars().map(|c| if "[]:*?/\\'".contains(c) { '_' } else { c }).collect();
    let mut count = 1;
    loop {
        let end = if count == 1 { String::new() } else { format!(" {count}") };
        let stem: String = plain.chars().take(NAME - end.len()).collect();
        let name = stem + &end;
        if used.insert(name.to_lowercase()) {
            return name;
        }
        count += 1;
    }
}

fn fields<'t>(table: &'t Table, tags: bool) -> Vec<Field<'t>> {
    let degrees = table.features.crs.geographic;
    let field = |column: &'t Column| Field {
        name: Cow::Borrowed(column.name.as_ref()),
        width: match column.kind {
            ColumnKind::Text | ColumnKind::Json => column.widest().min(WIDE).max(column.name.len() + 3).max(10),
            _ => column.name.len().max(8) + 3,
        },
        source: Source::Column(column),
    };
    let place = |axis: usize, name: &'static str| Field { name: name.into(), width: 13, source: Source::Place(axis) };
    let (last, others): (Vec<_>, Vec<_>) = table.columns.iter().partition(|column| column.kind == ColumnKind::Json);
    // What no row has would be an empty column.
    let mut fields: Vec<Field> = others.into_iter().filter(|column| !column.is_empty()).map(field).collect();
    fields.extend([place(0, if degrees { "lon" } else { "x" }), place(1, if degrees { "lat" } else { "y" })]);
    fields.push(Field { name: "link".into(), width: 45, source: Source::Link });
    fields.extend(last.into_iter().filter(|_| tags).map(field));
    fields
}

impl Sheet<'_, '_, '_> {
    /// The values of a row.
    pub fn cells<'s>(&'s self, row: usize, losses: &mut Losses) -> Vec<Cell<'s>> {
        let features = self.table.features;
        let feature = self.table.feature(row);
        let places = feature.and_then(|feature| place(features, feature));
        let cell = |field: &'s Field| match field.source {
            Source::Column(column) => match (column.cell(row), column.kind) {
                (Value::None, _) => Cell::None,
                (Value::Text(text), _) => Cell::Text(fitting(text, losses)),
                (Value::Int(whole), _) if !(-EXACT..=EXACT).contains(&whole) => {
                    losses.long += 1;
                    Cell::Text(whole.to_string().into())
                }
                (Value::Int(whole), _) => Cell::Number(whole, 0),
                (Value::Number(value), ColumnKind::Number(digits)) => Cell::Number(quantise(value, digits), digits),
                (Value::Number(value), _) => Cell::Number(quantise(value, 3), 3),
                (Value::Flag(flag), _) => Cell::Flag(flag),
            },
            Source::Place(axis) => {
                let digits = if features.crs.geographic { 7 } else { 3 };
                let value = places.and_then(|place| place.get(axis).copied());
                value.map_or(Cell::None, |value| Cell::Number(quantise(value, digits), digits))
            }
            Source::Link => feature.map_or(Cell::None, |feature| {
                let kind = match feature.element.kind {
                    Kind::Node => "node",
                    Kind::Way => "way",
                    Kind::Relation => "relation",
                };
                let id = features.map.osm.id(feature.element);
                // What is no element has no page.
                if id > 0 { Cell::Link(format!("https://www.openstreetmap.org/{kind}/{id}")) } else { Cell::None }
            }),
        };
        self.fields.iter().map(cell).collect()
    }
}

/// A text without what XML has no place for, as long as a cell may be.
fn fitting<'a>(text: &'a str, losses: &mut Losses) -> Cow<'a, str> {
    let strange = text.chars().filter(|c| !xml::fits(*c)).count() as u64;
    let mut text = Cow::Borrowed(text);
    if strange > 0 {
        losses.dropped += strange;
        text = text.chars().filter(|c| xml::fits(*c)).collect::<String>().into();
    }
    if text.len() > TEXT && text.encode_utf16().count() > TEXT {
        losses.cut += 1;
        let mut units = 0;
        let end = text.char_indices().find(|(_, c)| {
            units += c.len_utf16();
            units > TEXT
        });
        text = text.get(..end.map_or(text.len(), |(at, _)| at)).unwrap_or_default().to_owned().into();
    }
    text
}

impl Losses {
    /// Says them.
    pub fn tell(&self, sheets: &[Sheet], job: &mut Job) {
        if self.dropped > 0 {
            let message = format!("{} control characters were left out, which sheets have no place for.", self.dropped);
            job.notes.say("control_characters", self.dropped, message);
        }
        if self.cut > 0 {
            let message =
                format!("{} texts are longer than the 32,767 characters of a cell and were cut off.", self.cut);
            job.notes.say("cut_texts", self.cut, message);
        }
        if self.long > 0 {
            let message =
                format!("{} numbers have more than the 15 figures of a spreadsheet and stand as text.", self.long);
            job.notes.say("long_numbers", self.long, message);
        }
        let more = sheets.iter().filter(|sheet| sheet.rows.start > 0).count() as u64;
        if more > 0 {
            let message = format!("A sheet has 1,048,576 rows; {more} more sheets go on where one is full.");
            job.notes.say("more_sheets", more, message);
        }
    }
}

/// A row of the first sheet: what it is, and the value.
pub struct Fact {
    /// What is said.
    pub title: String,
    /// What it is.
    pub value: Cell<'static>,
    /// The sheet it leads to.
    pub sheet: Option<String>,
}

/// The first sheet: credit, licence, date, sheets, and how it was made.
pub fn about(sheets: &[Sheet], job: &Job) -> Vec<Fact> {
    let fact = |title: &str, value| Fact { title: title.to_owned(), value, sheet: None };
    let text = |text: &str| Cell::Text(fitting(text, &mut Losses::default()).into_owned().into());
    let title = job.request.page.furniture.title.as_deref();
    let mut facts: Vec<Fact> = title.map(|title| fact("Map", text(title))).into_iter().collect();
    facts.push(fact("Source", text(ATTRIBUTION)));
    facts.push(fact("Credit", Cell::Link(crate::osm::COPYRIGHT.into())));
    facts.push(fact("Licence", Cell::Link(crate::osm::LICENCE.into())));
    if let Some(features) = sheets.first().map(|sheet| sheet.table.features) {
        let timestamp = &features.map.osm.timestamp;
        if !timestamp.is_empty() {
            facts.push(fact("Data of", text(timestamp)));
        }
        facts.push(fact("Coordinates", text(&format!("EPSG:{}", features.crs.epsg))));
    }
    facts.push(fact("Made with", text(&format!("mapwright {VERSION}"))));
    facts.push(fact("Sheet", text("Rows")));
    facts.extend(sheets.iter().map(|sheet| Fact {
        title: sheet.name.clone(),
        value: Cell::Number(sheet.rows.len() as i64, 0),
        sheet: Some(sheet.name.clone()),
    }));
    facts
}

/// The letters of a column: `A`, `AB`.
pub fn letters(column: usize) -> String {
    let (mut letters, mut left) = (Vec::new(), column + 1);
    while left > 0 {
        letters.push(char::from(b'A' + ((left - 1) % 26) as u8));
        left = (left - 1) / 26;
    }
    letters.into_iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fit_and_differ() {
        let mut used = BTreeSet::from(["about".to_owned()]);
        let long = "x".repeat(40);
        for (wish, expected) in [
            ("About", "About 2"),
            ("a/b:[c]", "a_b__c_"),
            (long.as_str(), &long[..31]),
            (long.as_str(), &format!("{} 2", &long[..29])),
        ] {
            assert_eq!(name(wish, &mut used), expected);
        }
    }

    #[test]
    fn columns_have_letters() {
        for (column, name) in [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16_383, "XFD")] {
            assert_eq!(letters(column), name);
        }
    }

    #[test]
    fn texts_fit_into_cells() {
        let mut losses = Losses::default();
        assert_eq!(fitting("=1+1\u{1}\0\n", &mut losses), "=1+1\n");
        let emoji = "😀".repeat(20_000);
        assert_eq!(fitting(&emoji, &mut losses).chars().count(), TEXT / 2);
        assert_eq!((losses.dropped, losses.cut), (2, 1));
    }
}
