//! The document: what it is, styles, schemas, a folder a table (§9.7 and on say in which order).

use super::{geometry, look};
use crate::error::Result;
use crate::format::cells;
use crate::format::degrees::Degrees;
use crate::format::elements::say_unfit;
use crate::format::{Job, Written};
use crate::map::Geometry;
use crate::osm::ATTRIBUTION;
use crate::sink::Sink;
use crate::styled::{StyledLayer, StyledLayers};
use crate::table::{Column, ColumnKind, Table};
use crate::watch::{Stage, Watch};
use crate::wire::date;
use crate::wire::xml::Xml;
use std::collections::BTreeSet;

/// Height of a storey, metres.
const STOREY: f64 = 3.0;

struct Writer<'a> {
    xml: Xml,
    degrees: Option<Degrees>,
    digits: u32,
    extrude: bool,
    described: bool,
    /// Where the image of marks is.
    mark: &'a str,
    /// Buildings that do not say how high they are.
    flat: u64,
    done: u64,
    total: u64,
}

/// Writes the document; marks of places show the image at `mark`.
///
/// # Errors
/// [`crate::error::Error::Cancelled`], those of the geometry and the sink.
pub fn write(styled: &StyledLayers, mark: &str, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let settings = job.settings;
    let mut writer = Writer {
        xml: Xml::new(true),
        degrees: None,
        digits: settings.int("digits").clamp(0, 9) as u32,
        extrude: settings.flag("extrude"),
        described: settings.text("description") == "tags",
        mark,
        flat: 0,
        done: 0,
        total: styled.tables.iter().map(|table| table.rows.len() as u64).sum(),
    };
    let drawn = styled.drawn();
    watch.at(Stage::Write, 0, writer.total)?;
    writer.head(&drawn, job);
    for layer in &drawn {
        writer.folder(layer, job, watch, sink)?;
    }
    if writer.flat > 0 {
        let message = format!("{} buildings say neither height nor storeys; they lie on the ground.", writer.flat);
        job.notes.say("flat_buildings", writer.flat, message);
    }
    sink.put(&writer.xml.finish())
}

impl Writer<'_> {
    /// Everything before the folders.
    fn head(&mut self, drawn: &[StyledLayer], job: &mut Job) {
        let xml = &mut self.xml;
        xml.start("kml")
            .attr("xmlns", "http://www.opengis.net/kml/2.2")
            .attr("xmlns:atom", "http://www.w3.org/2005/Atom");
        xml.start("Document").leaf("name", job.request.page.furniture.title.as_deref().unwrap_or("map"));
        xml.leaf("open", look::flag(true));
        xml.start("atom:author").leaf("atom:name", "OpenStreetMap contributors");
        xml.leaf("atom:uri", crate::osm::COPYRIGHT).end_block();
        xml.start("Snippet").attr("maxLines", "1").text(ATTRIBUTION).end();
        let first = drawn.first().map(|layer| layer.table.features);
        let timestamp = first.map_or("", |features| features.map.osm.timestamp.as_str());
        let about = format!("OpenStreetMap data {timestamp}");
        xml.leaf(
            "description",
            &format!("{}\n{ATTRIBUTION}\nhttps://www.openstreetmap.org/copyright", about.trim_end()),
        );
        if date::seconds(timestamp).is_some() {
            xml.start("TimeStamp").leaf("when", timestamp).end_block();
        }
        for layer in drawn {
            let used: BTreeSet<usize> = (0..layer.table.rows.len()).filter_map(|row| layer.place(row)).collect();
            for own in used.into_iter().filter_map(|place| layer.classes.get(place)) {
                look::style(xml, &look::id(layer.table, own), &own.symbol, self.mark);
            }
        }
        xml.start("ExtendedData").start("Data").attr("name", "mapwright");
        xml.start("value").ready(&job.provenance.text()).end().end_block().end_block();
        if let Some(features) = first {
            say_unfit(&features.map.osm, job.notes);
        }
    }

    fn folder(&mut self, layer: &StyledLayer, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Result<()> {
        let table = layer.table;
        let degrees = *self.degrees.get_or_insert_with(|| Degrees::new(table.features, self.digits, job.notes));
        // A folder that is a document has its schema with it: GDAL finds it nowhere else in a KMZ.
        self.xml.start("Document").leaf("name", &table.name);
        schema(&mut self.xml, table);
        for row in 0..table.rows.len() {
            if self.done.is_multiple_of(1000) {
                watch.at(Stage::Write, self.done, self.total)?;
            }
            self.done += 1;
            self.placemark(layer, row, degrees)?;
            self.xml.spill(sink)?;
        }
        self.xml.end_block();
        Ok(())
    }

    fn placemark(&mut self, layer: &StyledLayer, row: usize, degrees: Degrees) -> Result<()> {
        let table = layer.table;
        let Some(feature) = table.feature(row) else { return Ok(()) };
        let Some(own) = layer.look(row) else { return Ok(()) };
        let shape = degrees.shape(table.features, feature)?;
        let height = self.height(table, row);
        let xml = &mut self.xml;
        xml.start("Placemark");
        if let Some(title) = cells::title(table, row) {
            xml.leaf("name", title);
        }
        // What the style never draws is there for whoever ticks it.
        if own.symbol.is_empty() {
            xml.leaf("visibility", look::flag(false));
        }
        if self.described {
            xml.start("Snippet").attr("maxLines", "0").end();
            // Readers would take angle brackets for HTML.
            let text = cells::tag_lines(table, row).replace('<', "\u{2039}").replace('>', "\u{203a}");
            xml.leaf("description", &text);
        }
        xml.leaf_with("styleUrl", |out| {
            out.push(b'#');
            out.extend_from_slice(look::id(table, own).as_bytes());
        });
        xml.start("ExtendedData").start("SchemaData").attr_with("schemaUrl", |out| {
            out.push(b'#');
            out.extend_from_slice(table.name.as_bytes());
        });
        for column in &table.columns {
            if let Some(text) = cells::cell(column, row) {
                xml.start("SimpleData").attr("name", &column.name).text(&text).end();
            }
        }
        xml.end_block().end_block();
        geometry::write(xml, &shape, degrees.digits(), height);
        xml.end_block();
        Ok(())
    }

    /// How high a building stands, where that is wanted and known.
    fn height(&mut self, table: &Table, row: usize) -> geometry::Height {
        let feature = table.feature(row)?;
        if !self.extrude || table.geometry != Some(Geometry::Area) || table.features.class(feature).layer != "buildings"
        {
            return None;
        }
        let levels = || cells::number(table, "levels", row).map(|levels| levels * STOREY);
        let height = cells::number(table, "height", row).or_else(levels).filter(|height| *height > 0.0);
        self.flat += u64::from(height.is_none());
        height
    }
}

/// The columns of a table and their types (§9.10).
fn schema(xml: &mut Xml, table: &Table) {
    xml.start("Schema").attr("name", &table.name).attr("id", &table.name);
    for column in &table.columns {
        xml.start("SimpleField").attr("type", kind(column, table.rows.len())).attr("name", &column.name).end();
    }
    xml.end_block();
}

fn kind(column: &Column, rows: usize) -> &'static str {
    match column.kind {
        ColumnKind::Int if cells::is_small(column, rows) => "int",
        ColumnKind::Number(_) => "double",
        ColumnKind::Flag => "bool",
        ColumnKind::Int | ColumnKind::Text | ColumnKind::Json => "string",
    }
}
