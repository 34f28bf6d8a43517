//! Layers of an office: names after classes, after the national standards, or by a table of one's own.

use super::encoder::{Lies, Paint};
use crate::color::Color;
use serde_json::Value;

/// How layers are called and look.
pub(super) enum Standard {
    /// `roads-primary`.
    Class,
    /// US National CAD Standard, of the American Institute of Architects: discipline V (survey and mapping).
    Aia,
    /// ISO 13567-2: agent G (surveyors), element, presentation, status E (existing).
    Iso,
    /// A table of one's own; what it does not name is called after its class.
    Own(Vec<Row>),
}

/// A row of such a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Row {
    /// `roads.primary`, `roads`, `*`; `names.roads`, `fill.roads.primary`, `hatch.landuse`.
    key: String,
    name: Option<String>,
    /// Its colour.
    pub(super) color: Option<Paint>,
    /// The name of its line type.
    pub(super) line_type: Option<String>,
    /// Width of its lines, mm.
    pub(super) weight: Option<f64>,
}

/// Layers of the map: their group in AIA, their letters in ISO 13567.
const GROUPS: &[(&str, &str, &str)] = &[
    ("landuse", "SITE", "LU"),
    ("leisure", "SITE", "LE"),
    ("vegetation", "VEGE", "VE"),
    ("natural", "TOPO", "NA"),
    ("water", "RIVR", "WA"),
    ("aeroways", "AIRF", "AE"),
    ("buildings", "BLDG", "BU"),
    ("roads", "ROAD", "RO"),
    ("railways", "RAIL", "RA"),
    ("transport", "TRAN", "TR"),
    ("power", "POWR", "PO"),
    ("barriers", "FENC", "BA"),
    ("boundaries", "BNDY", "BO"),
    ("places", "NODE", "PL"),
    ("pois", "NODE", "PI"),
    ("addresses", "ADDR", "AD"),
    ("overlays", "OVLY", "OV"),
];
/// All others.
const OTHERS: (&str, &str, &str) = ("other", "UNID", "OT");

impl Standard {
    /// What the option says: a preset, or a table as JSON or CSV.
    ///
    /// # Errors
    /// What is wrong with a table, and in which row.
    pub(super) fn of(option: &str) -> Result<Self, String> {
        match option {
            "class" => Ok(Self::Class),
            "aia" => Ok(Self::Aia),
            "iso13567" => Ok(Self::Iso),
            table if table.trim_start().starts_with(['[', '{']) => json(table).map(Self::Own),
            table => csv(table).map(Self::Own),
        }
    }

    /// What a layer would be called, and what a table says of it.
    pub(super) fn layer(&self, layer: &str, class: &str, part: Lies) -> (String, Row) {
        let (_, group, letters) = GROUPS.iter().find(|(id, ..)| *id == layer).unwrap_or(&OTHERS);
        let short: String =
            class.chars().filter(char::is_ascii_alphanumeric).take(4).collect::<String>().to_ascii_uppercase();
        let minus = |text: &str| if text.is_empty() { String::new() } else { format!("-{text}") };
        let name = match (self, part) {
            (Self::Class | Self::Own(_), Lies::Lines) => format!("{layer}{}", minus(class)),
            (Self::Class | Self::Own(_), Lies::Fill) => format!("{layer}{}-fill", minus(class)),
            (Self::Class | Self::Own(_), Lies::Hatch) => format!("{layer}{}-hatch", minus(class)),
            (Self::Class | Self::Own(_), Lies::Names) => format!("names-{layer}"),
            (Self::Aia, Lies::Lines) => format!("V-{group}{}", minus(&short)),
            (Self::Aia, Lies::Fill) => format!("V-{group}{}-FILL", minus(&short)),
            (Self::Aia, Lies::Hatch) => format!("V-{group}{}-PATT", minus(&short)),
            (Self::Aia, Lies::Names) => format!("V-ANNO-{group}"),
            (Self::Iso, Lies::Lines) => format!("G-{letters}{short:-<4}E-E"),
            (Self::Iso, Lies::Fill) => format!("G-{letters}{short:-<4}HFE"),
            (Self::Iso, Lies::Hatch) => format!("G-{letters}{short:-<4}H-E"),
            (Self::Iso, Lies::Names) => format!("G-{letters}----T-E"),
        };
        let Self::Own(rows) = self else { return (name, Row::default()) };
        let (lead, ending) = match part {
            Lies::Lines => ("", ""),
            Lies::Fill => ("fill.", "-fill"),
            Lies::Hatch => ("hatch.", "-hatch"),
            Lies::Names => ("names.", ""),
        };
        let find = |key: &str| rows.iter().find(|row| row.key == key);
        let own = [format!("{lead}{layer}.{class}"), format!("{lead}{layer}"), format!("{lead}*")];
        if let Some(row) = own.iter().find_map(|key| find(key)) {
            return (row.name.clone().unwrap_or(name), row.clone());
        }
        // Fillings stand beside the lines of their class.
        let lines = [format!("{layer}.{class}"), layer.to_owned(), "*".to_owned()];
        let lines = lines.iter().filter(|_| !ending.is_empty()).find_map(|key| find(key)?.name.clone());
        (lines.map_or(name, |name| format!("{name}{ending}")), Row::default())
    }
}

fn wrong(row: usize, what: impl std::fmt::Display) -> String {
    format!("row {row} of the table of layers: {what}")
}

const FIELDS: [&str; 5] = ["class", "name", "color", "linetype", "weight"];

/// One row of text cells, in the order of [`FIELDS`].
fn row(number: usize, cells: [Option<&str>; 5]) -> Result<Row, String> {
    let [class, name, color, line_type, weight] = cells.map(|cell| cell.map(str::trim).filter(|cell| !cell.is_empty()));
    let key = class.ok_or_else(|| wrong(number, "no class; expected roads.primary, roads, names.roads or *"))?;
    let color = color.map(|text| {
        paint(text).ok_or_else(|| wrong(number, format!("\"{text}\" is no colour; expected #rrggbb or 1 to 255")))
    });
    let weight = weight.map(|text| {
        let width = text
            .trim_end_matches("mm")
            .trim()
            .replace(',', ".")
            .parse()
            .ok()
            .filter(|width| (0.0..=2.11).contains(width));
        width.ok_or_else(|| wrong(number, format!("\"{text}\" is no line weight; expected 0 to 2.11 (mm)")))
    });
    Ok(Row {
        key: key.to_ascii_lowercase(),
        name: name.map(str::to_owned),
        color: color.transpose()?,
        line_type: line_type.map(str::to_owned),
        weight: weight.transpose()?,
    })
}

fn paint(text: &str) -> Option<Paint> {
    if let Ok(index) = text.parse::<u8>() {
        return (index > 0).then_some(Paint::Index(index));
    }
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some(Paint::Color(Color { r: part(0)?, g: part(2)?, b: part(4)?, a: 255 }))
}

fn csv(table: &str) -> Result<Vec<Row>, String> {
    let first = table.lines().next().unwrap_or_default();
    let delimiter = [b';', b'\t', b','].into_iter().find(|sign| first.as_bytes().contains(sign)).unwrap_or(b',');
    let text = table.trim_start_matches('\u{feff}').as_bytes();
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).trim(csv::Trim::All).from_reader(text);
    let fault = |fault: csv::Error| format!("the table of layers: {fault}");
    let head: Vec<String> = reader.headers().map_err(fault)?.iter().map(str::to_ascii_lowercase).collect();
    if !head.iter().any(|name| name == "class") {
        let message = format!(
            "\"{}\": expected class, aia, iso13567, or a table whose first row is {}",
            first.trim(),
            FIELDS.join(",")
        );
        return Err(message);
    }
    let columns = FIELDS.map(|field| head.iter().position(|name| name == field));
    let mut rows = Vec::new();
    for (number, record) in reader.records().enumerate() {
        let record = record.map_err(fault)?;
        rows.push(row(number + 2, columns.map(|column| record.get(column?)))?);
    }
    Ok(rows)
}

/// A list of objects with the fields of the table, or an object with such an object for every class.
fn json(table: &str) -> Result<Vec<Row>, String> {
    let read: Value = serde_json::from_str(table).map_err(|fault| format!("the table of layers: {fault}"))?;
    let rows: Vec<(Option<String>, Value)> = match read {
        Value::Array(rows) => rows.into_iter().map(|row| (None, row)).collect(),
        Value::Object(rows) => rows.into_iter().map(|(class, row)| (Some(class), row)).collect(),
        _ => Vec::new(),
    };
    let text = |value: Option<&Value>| match value {
        None | Some(Value::Null) => None,
        Some(Value::String(text)) => Some(text.clone()),
        Some(other) => Some(other.to_string()),
    };
    let read = rows.iter().enumerate().map(|(number, (class, value))| {
        // A name alone.
        let name = value.as_str().map(|name| Value::String(name.to_owned()));
        let mut cells = FIELDS.map(|field| text(value.get(field).or(name.as_ref().filter(|_| field == "name"))));
        if let (Some(class), [first, ..]) = (class, &mut cells) {
            *first = Some(class.clone());
        }
        row(number + 1, cells.each_ref().map(Option::as_deref))
    });
    read.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn presets_name_layers() {
        let name = |standard: &Standard, part| standard.layer("roads", "primary_link", part).0;
        let parts = [Lies::Lines, Lies::Fill, Lies::Hatch, Lies::Names];
        assert_eq!(
            parts.map(|part| name(&Standard::Class, part)),
            ["roads-primary_link", "roads-primary_link-fill", "roads-primary_link-hatch", "names-roads"]
        );
        assert_eq!(
            parts.map(|part| name(&Standard::Aia, part)),
            ["V-ROAD-PRIM", "V-ROAD-PRIM-FILL", "V-ROAD-PRIM-PATT", "V-ANNO-ROAD"]
        );
        assert_eq!(
            parts.map(|part| name(&Standard::Iso, part)),
            ["G-ROPRIME-E", "G-ROPRIMHFE", "G-ROPRIMH-E", "G-RO----T-E"]
        );
    }

    #[test]
    fn tables_are_read() {
        let csv = "class;name;color;linetype;weight\nroads.primary;STR_HAUPT;#ff0000;DASHED;0,35\nroads;STR;3;;\nnames.roads;STR_TEXT;;;\n";
        let json = r##"[{"class": "roads.primary", "name": "STR_HAUPT", "color": "#ff0000", "linetype": "DASHED", "weight": 0.35},
            {"class": "roads", "name": "STR", "color": 3}, {"class": "names.roads", "name": "STR_TEXT"}]"##;
        for table in [csv, json] {
            let standard = Standard::of(table).unwrap();
            let (name, row) = standard.layer("roads", "primary", Lies::Lines);
            assert_eq!(
                (name.as_str(), row.weight, row.line_type.as_deref()),
                ("STR_HAUPT", Some(0.35), Some("DASHED"))
            );
            assert_eq!(row.color, Some(Paint::Color(Color { r: 255, g: 0, b: 0, a: 255 })));
            assert_eq!(standard.layer("roads", "primary", Lies::Fill).0, "STR_HAUPT-fill");
            let (name, row) = standard.layer("roads", "track", Lies::Lines);
            assert_eq!((name.as_str(), row.color), ("STR", Some(Paint::Index(3))));
            assert_eq!(standard.layer("roads", "track", Lies::Names).0, "STR_TEXT");
            assert_eq!(standard.layer("water", "river", Lies::Lines).0, "water-river");
        }
        let Standard::Own(rows) = Standard::of(r#"{"buildings": "B"}"#).unwrap() else { panic!("no table") };
        assert_eq!(rows, [Row { key: "buildings".into(), name: Some("B".into()), ..Row::default() }]);
    }

    #[test]
    fn what_is_wrong_in_a_table_is_said() {
        let fault = |table: &str| Standard::of(table).err().unwrap();
        assert!(fault("din").contains("\"din\": expected class, aia, iso13567"));
        assert!(fault("class,color\nroads,red").contains("row 2 of the table of layers: \"red\" is no colour"));
        assert!(fault("class,weight\nroads,9").contains("\"9\" is no line weight"));
        assert!(fault("[{\"name\": \"x\"}]").contains("row 1 of the table of layers: no class"));
        assert!(fault("[{").contains("the table of layers: "));
    }
}
