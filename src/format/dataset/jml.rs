//! JML, OpenJUMP's own GML: a collection with columns, geometry as GML 2 writes it, a colour for every row.

use super::gml::geometry::Axes;
use super::gml::version::Version;
use crate::format::cells;
use crate::format::delimited::DIGITS;
use crate::format::elements::say_unfit;
use crate::format::{COLUMNS, Credit, Format, Job, Memory, Products, Size, Tier, Topic, Write, Written};
use crate::map::{Class, ClassId, Geometry};
use crate::osm::ATTRIBUTION;
use crate::sink::Sink;
use crate::style::Legend;
use crate::table::{self, Column, ColumnKind, Split, Table};
use crate::watch::{Stage, Watch};
use crate::wire::xml::Xml;
use std::collections::BTreeMap;

/// The family.
pub const FORMATS: &[Format] = &[JML];

const JML: Format = Format {
    id: "jml",
    aliases: &[],
    title: "JML (OpenJUMP)",
    family: "JML",
    version: "",
    extension: "jml",
    mime: "application/xml",
    tier: Tier::Pro,
    topics: &[Topic::Gis],
    about: "All features as one layer of OpenJUMP, with typed columns and a colour for every row.",
    for_whom: "Users of OpenJUMP and its kin, surveyors, planners",
    kept: "Geometry, ids, layer and class, names, typed fields, all tags as JSON, one colour a feature",
    lost: "Widths, edges and labels; which features share a node",
    programs: &["OpenJUMP", "Kosmo", "GDAL", "QGIS", "FME"],
    specification: "https://gdal.org/en/stable/drivers/vector/jml.html",
    credit: Credit::Inside("the second comment before the first element"),
    provenance: Some("the first comment before the first element"),
    size: Size::Elements,
    memory: Memory::Stream,
    options: &[DIGITS, COLUMNS],
    write: Write::Several("StyledLayers", write),
};

/// The column that OpenJUMP and GDAL take colours from.
const COLOR: &str = "R_G_B";

fn write(products: &mut dyn Products, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let (style, sheet) = products.look(job.notes)?;
    let features = watch.part(0.0..0.75, |watch| products.features(watch))?;
    job.notes.append(&features.notes);
    say_unfit(&features.map.osm, job.notes);
    watch.part(0.75..1.0, |watch| {
        let tables = table::list(features, Split::Whole, job.settings.text(COLUMNS.id), watch)?;
        let colors = Colors { legend: Legend::at(&style, sheet.zoom), known: BTreeMap::new() };
        tables.first().map_or(Ok(()), |table| document(table, colors, job, watch, sink))
    })
}

/// Colours of classes, each looked up once.
struct Colors<'s> {
    legend: Legend<'s>,
    known: BTreeMap<(ClassId, Geometry), String>,
}

impl Colors<'_> {
    /// `RRGGBB`; empty where the style draws nothing.
    fn of(&mut self, id: ClassId, class: &Class, geometry: Geometry) -> &str {
        self.known.entry((id, geometry)).or_insert_with(|| {
            let color = self.legend.symbol(class, geometry).color();
            color.map(|color| format!("{:02X}{:02X}{:02X}", color.r, color.g, color.b)).unwrap_or_default()
        })
    }
}

fn document(table: &Table, mut colors: Colors, job: &mut Job, watch: &mut Watch, sink: &mut dyn Sink) -> Written {
    let digits = job.settings.int("digits").clamp(0, 9) as u32;
    let mut xml = Xml::new(true);
    xml.comment(&job.provenance.text()).comment(ATTRIBUTION);
    xml.start("JCSDataFile").attr("xmlns:gml", Version::Two.namespace());
    xml.attr("xmlns:xsi", "http://www.w3.org/2000/10/XMLSchema-instance");
    template(&mut xml, table);
    xml.start("featureCollection");
    bounds(&mut xml, table);
    let axes = Axes { version: Version::Two, srs: None, north_first: false, digits };
    let total = table.rows.len() as u64;
    watch.at(Stage::Write, 0, total)?;
    for row in 0..table.rows.len() {
        if row % 1000 == 999 {
            watch.at(Stage::Write, row as u64, total)?;
        }
        let Some(feature) = table.feature(row) else { continue };
        xml.start("feature").start("geometry");
        match table.shape(row, digits).filter(|shape| !shape.is_empty()) {
            Some(shape) => axes.write(&mut xml, &shape, shape.len() > 1, ""),
            // Nothing in it, where readers want something.
            None => _ = xml.start("gml:MultiGeometry").end(),
        }
        xml.end_block();
        for column in &table.columns {
            if let Some(text) = cells::cell(column, row) {
                xml.start("property").attr("name", &column.name).text(&text).end();
            }
        }
        let color = colors.of(feature.class, table.features.class(feature), feature.geometry);
        if !color.is_empty() {
            xml.start("property").attr("name", COLOR).text(color).end();
        }
        xml.end_block();
        xml.spill(sink)?;
    }
    sink.put(&xml.finish())
}

/// Where what stands in the collection: names of elements, then the columns.
fn template(xml: &mut Xml, table: &Table) {
    xml.start("JCSGMLInputTemplate").leaf("CollectionElement", "featureCollection");
    xml.leaf("FeatureElement", "feature").leaf("GeometryElement", "geometry").leaf("CRSElement", "boundedBy");
    xml.start("ColumnDefinitions");
    let rows = table.rows.len();
    let typed = table.columns.iter().map(|column| (column.name.as_ref(), kind(column, rows)));
    for (name, kind) in typed.chain([(COLOR, "STRING")]) {
        xml.start("column").leaf("name", name).leaf("type", kind);
        xml.start("valueElement").attr("elementName", "property").attr("attributeName", "name");
        xml.attr("attributeValue", name).end().start("valueLocation").attr("position", "body").end();
        xml.end_block();
    }
    xml.end_block().end_block();
}

fn kind(column: &Column, rows: usize) -> &'static str {
    match column.kind {
        ColumnKind::Int if cells::is_small(column, rows) => "INTEGER",
        ColumnKind::Int => "LONG",
        ColumnKind::Number(_) => "DOUBLE",
        ColumnKind::Flag => "BOOLEAN",
        ColumnKind::Text | ColumnKind::Json => "STRING",
    }
}

/// The frame, and with it the coordinate system.
fn bounds(xml: &mut Xml, table: &Table) {
    let features = table.features;
    let [west, south, east, north] = features.extent;
    let digits = if features.crs.geographic { 7 } else { 3 };
    let text = |value: f64| crate::wire::number::text(value, digits);
    xml.start("boundedBy").start_inline("gml:Box").attr("srsName", &Version::Two.srs(&features.crs));
    let corners = format!("{},{} {},{}", text(west), text(south), text(east), text(north));
    xml.start_inline("gml:coordinates").text(&corners).end().end().end();
}
